"""The Start sheet: where everything is, and a few live counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbook.building.look import INK, LINE, SOFT, TABS
from workbook.building.views.first_steps import all_done, write_steps
from workbook.building.views.places import Matter, open_view, put, section, setting_cell, tabs
from workbook.building.views.written_rows import NOT_YET
from workbook.measures import entries_mark
from workbook.measures.data_date import DATA_DATE, last_date
from workbook.model import SHEETS, CellError, Group, Value
from workbook.model.questions import ON_START


@dataclass(frozen=True)
class Count:
    """A live count on Start: what it counts, where it leads, the formula and the same in Python."""

    words: str
    sheet: str
    formula: str
    figure: Callable[[Matter], int]


def _filled(matter: Matter, table: str, key: str) -> int:
    return sum(value is not None for value in matter.values(table, key))


def _is(value: Value, word: str) -> bool:
    return isinstance(value, str) and not isinstance(value, CellError) and value.lower() == word.lower()


def _standing(word: str) -> str:
    """How many rows of Progress of learners on roll have a status."""
    rows = "ROW(Learners[Key])-ROW(INDEX(Learners[Key],1))+1"
    return f'SUMPRODUCT((Learners[On roll]="Yes")*COUNTIFS(Progress[Learners row],{rows},Progress[Status],"{word}"))'


def _status(word: str) -> Callable[[Matter], int]:
    def count(matter: Matter) -> int:
        here = {place for place, value in enumerate(matter.values("Learners", "on_roll"), 1) if value}
        pairs = zip(matter.values("Progress", "learners_row"), matter.values("Progress", "status"), strict=True)
        return sum(who in here and _is(value, word) for who, value in pairs)

    return count


def _counted(table: str, key: str) -> Callable[[Matter], int]:
    """How many rows of a table say so in a column that answers a question: any text that is not blank."""
    return lambda matter: sum(bool(value) for value in matter.values(table, key))


DATED = "Flags and My week"
"""How the sentence begins that says of which day these sheets are: it is what My week says of itself."""
FOLDED_WORDS = "Folded away until used. To bring one out: right-click any tab at the foot of the window, then Unhide."

COUNTS = (
    Count("learners on roll", "Learners", 'COUNTIF(Learners[On roll],"Yes")', _counted("Learners", "on_roll")),
    Count("flags", "Flags", "COUNTA(Flags[Learner ID])", lambda m: len(m.flags)),
    Count("things due", "My week", "COUNTA(Myweek[What])", lambda m: len(m.week)),
    Count("problems to mend", "Problems", "COUNTA(Problems[Sheet])", lambda m: len(m.problems)),
    Count(
        "missing register marks",
        "Registers",
        "SUM(Registers[Missing])",
        lambda matter: sum(int(str(value or 0)) for value in matter.values("Registers", "missing")),
    ),
    Count("levels above", "Grid", _standing("Above"), _status("Above")),
    Count("levels below", "Grid", _standing("Below"), _status("Below")),
    Count("without a baseline", "Progress", _standing("No baseline"), _status("No baseline")),
    Count("open targets", "Targets", 'COUNTIF(Targets[Still open],"Yes")', _counted("Targets", "still_open")),
    Count(
        "interventions in place",
        "Interventions",
        'COUNTIF(Interventions[Running],"?*")',
        _counted("Interventions", "running"),
    ),
)


def write_start(page: Any, matter: Matter) -> None:
    """Counts on the left; first steps and the sheets by group on the right."""
    look = matter.look
    open_view(page, look, "", "", None, (4, 9, 30, 4, 24, 92, 11, 16))
    settings = matter.tracker.settings
    title = f"{settings['academy'] or ''} tracker {settings['academic_year'] or ''}"
    put(page, 0, 0, '=academy&" tracker "&academic_year', title, look.title())
    page.write_string(1, 0, "Click a name to go there. Every sheet has a way back.", look.muted())
    _write_counts(page, matter)
    set_up = all_done(matter)
    row = 3 if set_up else write_steps(page, matter, 3)
    row = _write_sheets(page, matter, row)
    row = _write_rare(page, matter, row)
    if set_up:
        write_steps(page, matter, row)
    page.freeze_panes(2, 0)
    page.set_first_sheet()
    page.activate()


def _write_counts(page: Any, matter: Matter) -> None:
    look = matter.look
    page.merge_range(3, 1, 3, 2, "Now", section(look))
    for row, count in enumerate(COUNTS, start=4):
        put(
            page, row, 1, f"={count.formula}", count.figure(matter), look.format(bold=True, font_size=12, align="right")
        )
        page.write_url(row, 2, f"internal:'{count.sheet}'!A1", look.link(indent=1, underline=0), count.words)
    row = 5 + len(COUNTS)
    last = last_date(matter.tracker)
    known, unknown = "is the last day of the data", "begins the year: nothing is recorded yet"
    said = known if last > matter.tracker.year[0] else unknown
    put(page, row, 2, f'=IF(data_date>year_starts,"{known}","{unknown}")', said, look.muted(indent=1))
    style = look.format(num_format="d mmm yyyy", align="right", bg_color=SOFT)
    page.set_column(1, 1, 12)
    put(page, row, 1, f"={DATA_DATE}", last, style)
    matter.book.define_name("data_date", f"=Start!$B${row + 1}")
    put(page, row + 1, 1, f"={entries_mark.formula()}", matter.mark, look.format(num_format=";;;"))
    matter.book.define_name(entries_mark.NAME, f"=Start!$B${row + 2}")
    for at, name in enumerate(ON_START, row + 2):
        put(page, at, 1, f"={ON_START[name]}", matter.weeks_twice[name], look.format(num_format=";;;"))
        matter.book.define_name(name, f"=Start!$B${at + 1}")
    fresh = f"As of {matter.on.day} {matter.on:%B %Y}." if matter.on else NOT_YET
    words = look.muted(font_size=9, text_wrap=True, valign="top")
    page.merge_range(row + 1, 2, row + 3, 2, "", words)
    if matter.book.get_worksheet_by_name("My week"):
        said = "'My week'!$A$3"
        formula = f'="{DATED}: "&LEFT({said},FIND(".",{said}&"."))'
        put(page, row + 1, 2, formula, f"{DATED}: {fresh}", words)


def _write_sheets(page: Any, matter: Matter, row: int) -> int:
    look = matter.look
    for group in Group:
        under = {"bottom": 2, "bottom_color": TABS[group]}
        page.write_string(row, 4, group.value, look.format(bold=True, font_color=TABS[group], **under))
        page.write_blank(row, 5, None, look.format(**under))
        page.write_string(row, 6, "rows", look.muted(align="right", font_size=9, **under))
        for _, name, words in (tab for tab in tabs() if tab[0] is group and tab[1] not in matter.folded):
            row += 1
            _write_sheet(page, matter, row, name, words)
        row += 2
    return row


def _write_sheet(page: Any, matter: Matter, row: int, name: str, words: str) -> None:
    """A sheet in a line: its name, which leads there, what it is for, how many rows it has."""
    look, line = matter.look, {"bottom": 1, "bottom_color": LINE}
    page.write_url(row, 4, f"internal:'{name}'!A1", look.link(underline=0, bold=True, **line), name)
    page.write_string(row, 5, words, look.format(font_color=INK, **line))
    style = look.muted(align="right", num_format="#,##0;;", **line)
    one = next((one for one in SHEETS if one.name == name), None)
    if one is None:
        page.write_blank(row, 6, None, style)
        return
    first = next((column for column in one.entry if column.required), one.entry[0])
    put(page, row, 6, f"=COUNTA({one.table}[{first.header}])", _filled(matter, one.table, first.key), style)


def _write_rare(page: Any, matter: Matter, row: int) -> int:
    """The sheets that are folded away, how to bring them out, and the choice to show all of them."""
    if not matter.folded:
        return row
    look = matter.look
    under = {"bottom": 2, "bottom_color": LINE}
    page.write_string(row, 4, "Seldom used", look.muted(bold=True, **under))
    page.write_string(row, 5, FOLDED_WORDS, look.muted(**under))
    page.write_string(row, 6, "rows", look.muted(align="right", font_size=9, **under))
    for _, name, words in (tab for tab in tabs() if tab[1] in matter.folded):
        row += 1
        _write_sheet(page, matter, row, name, words)
    row += 1
    cell = setting_cell(matter, "rare_sheets")
    if cell:
        words = "Sheets seldom used"
        page.write_url(row, 4, f"internal:{cell}", look.link(underline=0), words)
        now, how = (
            matter.tracker.settings["rare_sheets"],
            ". Click on the left to choose All shown; then press My week.",
        )
        put(page, row, 5, f'="Now: "&rare_sheets&"{how}"', f"Now: {now}{how}", look.muted())
    return row + 2
