"""The Form view: one form at a glance, chosen from a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from workbook.building.look import DATE, STATUS, TO_CHASE, WRONG, Look
from workbook.building.tables.table import HEAD, set_up_print
from workbook.building.views.in_use import write_in_use
from workbook.building.views.places import (
    Matter,
    chooser,
    filled_up,
    helper,
    joined,
    line_where_filled,
    next_on_roll,
    on_roll_in,
    open_view,
    plain,
    purpose,
    put,
    same_text,
)
from workbook.model import Group, Value
from workbook.model.excel import fold, tidied
from workbook.model.formulas import literal, or_blank
from workbook.model.questions import CONTACT_COUNTS, OF_GROUP, in_form
from workbook.model.rule import Nature

MOST = 40
"""Learners that a form may have here."""
ON_A_PAGE = 28
"""Learners that a printed page has room for."""
_HEADS = (
    ("Learner ID", 11),
    ("Learner", 24),
    ("Mentor", 18),
    ("Possible", 10),
    ("Attendance", 12),
    ("Unauthorised", 14),
    ("Late", 8),
    *((f"{mark} {word}", 10) for word, (_, mark) in STATUS.items()),
    ("Open targets", 9),
    ("Open interventions", 14),
    ("Last contact", 13),
    ("Concerns", 10),
)
_CHOSEN = "$C$3"
_NOT_NEWS = 'Flags[Band],"<>For information",Flags[Band],"?*"'
ATTENDANCE_COLOURS = (
    # limit, fill, mark: at or under the limit of persistent absence, then under the limit to look
    ("attendance_talk", "<=", WRONG, "▼"),
    ("attendance_look", "<", TO_CHASE, "▽"),
)


def chosen_form(matter: Matter) -> str:
    """The form that a new file shows: that of the first learner on roll."""
    pairs = zip(matter.values("Learners", "form"), matter.values("Learners", "on_roll"), strict=True)
    return next((form for value, here in pairs if here and (form := tidied(joined(value)))), "")


def write_form_view(page: Any, matter: Matter) -> None:
    """A row for each learner of the chosen form, all of it live."""
    look = matter.look
    open_view(page, look, "Form view", purpose("Form view"), Group.EVERY_DAY, [width for _, width in _HEADS])
    page.write_string(2, 1, "Form", look.format(bold=True, align="right", indent=1))
    page.write_string(2, 2, chosen_form(matter), chooser(look))
    page.data_validation(2, 2, 2, 2, {"validate": "list", "source": "=choice_forms", "error_type": "warning"})
    page.set_row(2, 20)
    page.set_row(HEAD - 1, 32)
    for number, (words, _) in enumerate(_HEADS):
        page.write_string(HEAD - 1, number, words, look.header(False, number > 2))
    members = on_roll_in(matter, chosen_form(matter))
    people = filled_up(members, MOST)
    about = _About(matter)
    for number in range(MOST):
        _write_row(page, look, HEAD + number, people[number], about)
    _write_sum(page, look, members, about)
    _colour(page, look)
    page.set_column(len(_HEADS), len(_HEADS), 8, None, {"level": 1, "hidden": True})
    page.set_column(len(_HEADS) + 1, len(_HEADS) + 1, 3, None, {"collapsed": True})
    write_in_use(page, matter)
    page.freeze_panes(HEAD, 2)
    set_up_print(page, "Form view", HEAD - 1)
    page.print_area(0, 0, HEAD + printed(matter, ON_A_PAGE) - 1, len(_HEADS) - 1)


def printed(matter: Matter, on_a_page: int) -> int:
    """How many learners' rows are printed: as many as fit a page, or all where a form of the tracker has more."""
    values = zip(matter.values("Learners", "form"), matter.values("Learners", "on_roll"), strict=True)
    forms = Counter(fold(tidied(joined(form))) for form, here in values if here)
    return on_a_page if max(forms.values(), default=0) <= on_a_page else MOST


def _write_row(page: Any, look: Look, row: int, place: int | None, about: _About) -> None:
    at = row + 1
    spot, who = f"$P{at}", f'"="&{literal(f"$A{at}")}'
    put(page, row, 15, next_on_roll(_CHOSEN, row - HEAD + 1), place, helper(look))
    found = f"INDEX(Learners[Learner ID],{spot})"
    put(
        page, row, 0, f'=IF({spot}="","",' + or_blank(f'IF({found}="","",{found})') + ")", about.who(place), plain(look)
    )
    for number, (header, style) in enumerate((("Name", plain(look, bold=True)), ("Mentor", plain(look))), start=1):
        formula = f'=IF({spot}="","",' + or_blank(f'INDEX(Learners[{header}],{spot})&""') + ")"
        put(page, row, number, formula, about.learner(header.lower(), place), style)
    someone = about.who(place)
    sums = about.registers(place)
    count = plain(look, align="center", num_format="0;-0;–")
    share = plain(look, align="center", num_format="0.0%")
    cells: list[tuple[str, Value, Any]] = [
        (f"SUMIFS(Registers[Possible],Registers[Learners row],{spot})", sums["possible"], count),
        (
            f'IF(D{at}=0,"",SUMIFS(Registers[Attended],Registers[Learners row],{spot})/D{at})',
            sums["attended"] / sums["possible"] if sums["possible"] else None,
            share,
        ),
        (f"SUMIFS(Registers[Unauthorised],Registers[Learners row],{spot})", sums["unauthorised"], count),
        (f"SUMIFS(Registers[Late],Registers[Learners row],{spot})", sums["late"], count),
    ]
    for word in STATUS:
        formula = f'COUNTIFS(Progress[Learners row],{spot},Progress[Status],"{word}")'
        cells.append((formula, about.count("Progress", place, "status", word), count))
    cells += [
        (
            f'COUNTIFS(Targets[Learners row],{spot},Targets[Still open],"Yes")',
            about.count("Targets", place, "still_open", "Yes"),
            count,
        ),
        (
            running(spot),
            len(about.running(place)),
            count,
        ),
        (
            or_blank(f"_xlfn.AGGREGATE(14,6,INT(Contacts[Date])/((Contacts[Learners row]={spot})*{CONTACT_COUNTS}),1)"),
            about.last_contact(place),
            plain(look, align="center", num_format=DATE),
        ),
        (f'COUNTIFS(Flags[Learner ID],{who},Flags[Band],"<>Strength",{_NOT_NEWS})', about.concerns(someone), count),
    ]
    for number, (formula, value, style) in enumerate(cells, start=3):
        put(page, row, number, f'=IF({spot}="","",{formula})', value if place else None, style)


def _write_sum(page: Any, look: Look, members: Sequence[int], about: _About) -> None:
    """The form in a line above the headings, and how many learners of it have no room here."""
    top, last = HEAD + 1, HEAD + MOST
    sums = [about.registers(place) for place in members[:MOST]]
    flagged = sum(about.concerns(about.who(place)) > 0 for place in members[:MOST])
    possible, attended = sum(one["possible"] for one in sums), sum(one["attended"] for one in sums)
    share = f"{_half_up(1000 * attended / possible) / 10:.1f}%" if possible else ""
    words = f"{len(sums)} learners" + (f", attendance {share}" if share else "") + f", {flagged} with a concern"
    more = len(members) - MOST
    words += f"; {more} more have no room here: filter Learners by form" if more > 0 else ""
    whole = f"SUMPRODUCT({in_form(_CHOSEN)})-{MOST}"
    formula = (
        f'=COUNT(P{top}:P{last})&" learners"&IF(SUM(D{top}:D{last})=0,"",", attendance "'
        f"&TEXT(SUMPRODUCT(SUMIFS(Registers[Attended],Registers[Learners row],P{top}:P{last})*ISNUMBER(P{top}:P{last}))"
        f'/SUM(D{top}:D{last}),"0.0%"))&", "&COUNTIF(O{top}:O{last},">0")&" with a concern"'
        f'&IFERROR(IF({whole}>0,"; "&({whole})&" more have no room here: filter Learners by form",""),"")'
    )
    put(page, 2, 4, formula, words, look.muted())


def running(spot: str) -> str:
    """How many interventions run for the learner whose place stands in a cell: their own and their groups'."""
    mine = f'COUNTIFS(Interventions[Learners row],{spot},Interventions[Running],"Yes")'
    return f"{mine}+SUMPRODUCT({of_their_groups(spot)}*1)"


def of_their_groups(spot: str) -> str:
    """TRUE for each intervention that runs for a group which the learner whose place stands in a cell is in."""
    name = literal(f"MID(Interventions[Running],{len(OF_GROUP) + 1},255)")
    member = f'COUNTIFS(Groups[Learners row],{spot},Groups[In group],"="&{name})'
    return f'(LEFT(Interventions[Running],{len(OF_GROUP)})="{OF_GROUP}")*({member}>0)'


def low_attendance(limit: str, sign: str, row: int) -> str:
    """Whether the attendance in a row is as low as a limit of Settings; never while it is too early to say."""
    return f"AND(ISNUMBER($E{row}),$D{row}>=early_sessions,ROUND(100*$E{row},10){sign}{limit})"


def _half_up(value: float) -> int:
    return int(value + 0.5)


def _colour(page: Any, look: Look) -> None:
    first = HEAD + 1
    area = f"E{first}:E{HEAD + MOST}"
    for limit, sign, fill, mark in ATTENDANCE_COLOURS:
        style = look.difference(bg_color=fill, num_format=f'"{mark} "0.0%')
        formula = f"={low_attendance(limit, sign, first)}"
        page.conditional_format(area, {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True})
    style = look.difference(bg_color=WRONG, bold=True)
    many = f"=AND(ISNUMBER($K{first}),subjects_below>0,$K{first}>=subjects_below)"
    page.conditional_format(f"K{first}:K{HEAD + MOST}", {"type": "formula", "criteria": many, "format": style})
    line_where_filled(page, look, f"A{first}:O{HEAD + MOST}", f"$A{first}")


class _About:
    """What the tracker holds about a learner, counted as the formulas of the view count it."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._sums: dict[Value, dict[str, float]] = {}
        keys = ("possible", "attended", "unauthorised", "late")
        columns = [matter.values("Registers", key) for key in keys]
        for who, *figures in zip(matter.values("Registers", "learners_row"), *columns, strict=True):
            held = self._sums.setdefault(who, dict.fromkeys(keys, 0))
            for key, figure_ in zip(keys, figures, strict=True):
                held[key] += figure_ if isinstance(figure_, int | float) else 0

    def who(self, place: int | None) -> Value:
        """The ID of a learner, as it is typed."""
        return self._matter.values("Learners", "learner_id")[place - 1] if place else None

    def learner(self, key: str, place: int | None) -> str | None:
        """A column of the Learners sheet as text, by place."""
        return joined(self._matter.values("Learners", key)[place - 1]) or None if place else None

    def registers(self, place: int | None) -> dict[str, float]:
        """The sums of a learner's weeks."""
        none = {"possible": 0.0, "attended": 0.0, "unauthorised": 0.0, "late": 0.0}
        return self._sums.get(place, none) if place else none

    def count(self, table: str, place: int | None, key: str, word: str) -> int:
        """Rows of a learner that hold a word."""
        pairs = zip(self._matter.values(table, "learners_row"), self._matter.values(table, key), strict=True)
        return sum(one == place and same_text(value, word) for one, value in pairs)

    def running(self, place: int | None) -> list[int]:
        """The rows of interventions that run for a learner: their own, and those of their groups."""
        return running_rows(self._matter, place)

    def last_contact(self, place: int | None) -> Value:
        """The day of the latest contact."""
        pairs = zip(*(self._matter.values("Contacts", key) for key in ("learners_row", "date")), strict=True)
        days = (self._matter.contact_day(value) for one, value in pairs if one == place)
        return max((day for day in days if day), default=None)

    def concerns(self, who: Value) -> int:
        """Flags raised for the learner, praise and information aside."""
        aside = (Nature.STRENGTH, Nature.INFORMATION)
        mine = (flag for flag in self._matter.flags if flag.learner_id.lower() == joined(who).lower())
        return sum(flag.nature not in aside for flag in mine)


def running_rows(matter: Matter, place: int | None) -> list[int]:
    """The rows (from 0) of Interventions that run for a learner: their own, and those of their groups."""
    if not place:
        return []
    members = zip(matter.values("Groups", "learners_row"), matter.values("Groups", "in_group"), strict=True)
    groups = {f"{OF_GROUP}{held}".lower() for one, held in members if one == place and held}
    rows = zip(matter.values("Interventions", "learners_row"), matter.values("Interventions", "running"), strict=True)
    return [
        row
        for row, (one, held) in enumerate(rows)
        if (held == "Yes" and one == place) or joined(held).lower() in groups
    ]
