"""The Form view: one form at a glance, chosen from a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.building.look import DATE, STATUS, TO_CHASE, WRONG, Look
from workbook.building.tables.table import HEAD, set_up_print
from workbook.building.views.places import (
    Matter,
    chooser,
    helper,
    joined,
    line_where_filled,
    next_row,
    open_view,
    places,
    plain,
    purpose,
    put,
    same_text,
)
from workbook.model import Group, Value
from workbook.model.formulas import literal, or_blank
from workbook.model.tracker import as_date

MOST = 40
"""Learners that a form may have here."""
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
    ("Flags", 8),
)
_CHOSEN = "$C$3"
ATTENDANCE_COLOURS = (
    # limit, fill, mark: at or under the limit of persistent absence, then under the limit to look
    ("attendance_talk", "<=", WRONG, "▼"),
    ("attendance_look", "<", TO_CHASE, "▽"),
)


def chosen_form(matter: Matter) -> str:
    """The form that a new file shows: the first learner's."""
    return next((value for value in matter.values("Learners", "form") if isinstance(value, str)), "")


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
    people = places(matter.values("Learners", "form"), chosen_form(matter), MOST)
    about = _About(matter)
    for number in range(MOST):
        _write_row(page, look, HEAD + number, people[number], about)
    _write_sum(page, look, people, about)
    _colour(page, look)
    page.set_column(len(_HEADS), len(_HEADS), 8, None, {"level": 1, "hidden": True})
    page.set_column(len(_HEADS) + 1, len(_HEADS) + 1, 3, None, {"collapsed": True})
    page.freeze_panes(HEAD, 2)
    set_up_print(page, "Form view", HEAD - 1)
    page.print_area(0, 0, HEAD + MOST - 1, len(_HEADS) - 1)


def _write_row(page: Any, look: Look, row: int, place: int | None, about: _About) -> None:
    at = row + 1
    spot, who = f"$P{at}", f'"="&{literal(f"$A{at}")}'
    before = f"$P{at - 1}" if row > HEAD else ""
    put(page, row, 15, next_row(_CHOSEN, "Learners[Form]", before), place, helper(look))
    found = f"INDEX(Learners[Learner ID],{spot})"
    put(
        page, row, 0, f'=IF({spot}="","",' + or_blank(f'IF({found}="","",{found})') + ")", about.who(place), plain(look)
    )
    for number, (header, style) in enumerate((("Name", plain(look, bold=True)), ("Mentor", plain(look))), start=1):
        formula = f'=IF({spot}="","",' + or_blank(f'INDEX(Learners[{header}],{spot})&""') + ")"
        put(page, row, number, formula, about.learner(header.lower(), place), style)
    someone = about.who(place)
    sums = about.registers(someone)
    count = plain(look, align="center", num_format="0;-0;–")
    share = plain(look, align="center", num_format="0.0%")
    cells: list[tuple[str, Value, Any]] = [
        (f"SUMIFS(Registers[Possible],Registers[Learner ID],{who})", sums["possible"], count),
        (
            f'IF(D{at}=0,"",SUMIFS(Registers[Attended],Registers[Learner ID],{who})/D{at})',
            sums["attended"] / sums["possible"] if sums["possible"] else None,
            share,
        ),
        (f"SUMIFS(Registers[Unauthorised],Registers[Learner ID],{who})", sums["unauthorised"], count),
        (f"SUMIFS(Registers[Late],Registers[Learner ID],{who})", sums["late"], count),
    ]
    for word in STATUS:
        formula = f'COUNTIFS(Progress[Learner ID],{who},Progress[Status],"{word}")'
        cells.append((formula, about.count("Progress", someone, "status", word), count))
    cells += [
        (
            f'COUNTIFS(Targets[Learner ID],{who},Targets[Status],"Open")',
            about.count("Targets", someone, "status", "Open"),
            count,
        ),
        (
            f'COUNTIFS(Interventions[Learner ID],{who},Interventions[Type],"?*",Interventions[End],"")',
            about.open_interventions(someone),
            count,
        ),
        (
            or_blank(f"_xlfn.AGGREGATE(14,6,Contacts[Date]/(Contacts[Learner ID]=$A{at}),1)"),
            about.last_contact(someone),
            plain(look, align="center", num_format=DATE),
        ),
        (f"COUNTIFS(Flags[Learner ID],{who})", about.flags(someone), count),
    ]
    for number, (formula, value, style) in enumerate(cells, start=3):
        put(page, row, number, f'=IF({spot}="","",{formula})', value if place else None, style)


def _write_sum(page: Any, look: Look, people: Sequence[int | None], about: _About) -> None:
    """The form in a line above the headings."""
    top, last = HEAD + 1, HEAD + MOST
    sums = [about.registers(about.who(place)) for place in people if place]
    flagged = sum(about.flags(about.who(place)) > 0 for place in people if place)
    possible, attended = sum(one["possible"] for one in sums), sum(one["attended"] for one in sums)
    share = f"{_half_up(1000 * attended / possible) / 10:.1f}%" if possible else ""
    words = f"{len(sums)} learners" + (f", attendance {share}" if share else "") + f", {flagged} with a flag"
    formula = (
        f'=COUNT(P{top}:P{last})&" learners"&IF(SUM(D{top}:D{last})=0,"",", attendance "'
        f'&TEXT(SUMPRODUCT(SUMIFS(Registers[Attended],Registers[Learner ID],A{top}:A{last})*(A{top}:A{last}<>""))'
        f'/SUM(D{top}:D{last}),"0.0%"))&", "&COUNTIF(O{top}:O{last},">0")&" with a flag"'
    )
    put(page, 2, 4, formula, words, look.muted())


def _half_up(value: float) -> int:
    return int(value + 0.5)


def _colour(page: Any, look: Look) -> None:
    first = HEAD + 1
    area = f"E{first}:E{HEAD + MOST}"
    for name, sign, fill, mark in ATTENDANCE_COLOURS:
        style = look.difference(bg_color=fill, num_format=f'"{mark} "0.0%')
        formula = f"=AND(ISNUMBER($E{first}),ROUND(100*$E{first},10){sign}{name})"
        page.conditional_format(area, {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True})
    style = look.difference(bg_color=WRONG, bold=True)
    many = f"=AND(ISNUMBER($K{first}),subjects_below>0,$K{first}>=subjects_below)"
    page.conditional_format(f"K{first}:K{HEAD + MOST}", {"type": "formula", "criteria": many, "format": style})
    line_where_filled(page, look, f"A{first}:O{HEAD + MOST}", f"$A{first}")


class _About:
    """What the tracker holds about a learner, counted as the formulas of the view count it."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._sums: dict[str, dict[str, float]] = {}
        keys = ("possible", "attended", "unauthorised", "late")
        columns = [matter.values("Registers", key) for key in keys]
        for who, *figures in zip(matter.values("Registers", "learner_id"), *columns, strict=True):
            if joined(who):
                held = self._sums.setdefault(joined(who).lower(), dict.fromkeys(keys, 0))
                for key, figure_ in zip(keys, figures, strict=True):
                    held[key] += figure_ if isinstance(figure_, int | float) else 0

    def who(self, place: int | None) -> Value:
        """The ID of a learner, as it is typed."""
        return self._matter.values("Learners", "learner_id")[place - 1] if place else None

    def learner(self, key: str, place: int | None) -> str | None:
        """A column of the Learners sheet as text, by place."""
        return joined(self._matter.values("Learners", key)[place - 1]) or None if place else None

    def registers(self, who: Value) -> dict[str, float]:
        """The sums of a learner's weeks."""
        none = {"possible": 0.0, "attended": 0.0, "unauthorised": 0.0, "late": 0.0}
        return self._sums.get(joined(who).lower(), none)

    def count(self, table: str, who: Value, key: str, word: str) -> int:
        """Rows of a learner that hold a word."""
        pairs = zip(self._matter.values(table, "learner_id"), self._matter.values(table, key), strict=True)
        return sum(same_text(one, who) and same_text(value, word) for one, value in pairs)

    def open_interventions(self, who: Value) -> int:
        """Interventions of the learner alone that have no end."""
        columns = [self._matter.values("Interventions", key) for key in ("learner_id", "type", "end")]
        return sum(
            same_text(one, who) and same_text(kind, kind) and end is None
            for one, kind, end in zip(*columns, strict=True)
        )

    def last_contact(self, who: Value) -> Value:
        """The day of the latest contact."""
        pairs = zip(self._matter.values("Contacts", "learner_id"), self._matter.values("Contacts", "date"), strict=True)
        return max((day for one, value in pairs if same_text(one, who) and (day := as_date(value))), default=None)

    def flags(self, who: Value) -> int:
        """Flags raised for the learner."""
        return sum(same_text(flag.learner_id, who) for flag in self._matter.flags)
