"""The Start sheet: where everything is, and a few live counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbook.building.look import INK, LINE, SOFT, TABS
from workbook.building.views.places import Matter, open_view, put, section, tabs
from workbook.building.views.written_rows import NOT_YET, line
from workbook.measures import entries_mark
from workbook.measures.data_date import DATA_DATE, last_date
from workbook.model import SHEETS, CellError, Group, Value
from workbook.model.formulas import SESSIONS
from workbook.model.vocabulary import key_of

_MARKS = "Registers[[Mon am]:[Fri pm]]"


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


def _status(word: str) -> Callable[[Matter], int]:
    return lambda matter: sum(_is(value, word) for value in matter.values("Progress", "status"))


def _missing_marks(matter: Matter) -> int:
    someone = [value is not None for value in matter.values("Registers", "learner_id")]
    columns = [matter.values("Registers", key_of(session)) for session in SESSIONS]
    return sum(
        there and value in (None, "-") for column in columns for there, value in zip(someone, column, strict=True)
    )


def _open_targets(matter: Matter) -> int:
    return sum(_is(value, "Open") for value in matter.values("Targets", "status"))


def _open_interventions(matter: Matter) -> int:
    pairs = zip(matter.values("Interventions", "type"), matter.values("Interventions", "end"), strict=True)
    return sum(isinstance(kind, str) and not isinstance(kind, CellError) and end is None for kind, end in pairs)


def _no_baseline(matter: Matter) -> int:
    return _status("No baseline")(matter)


COUNTS = (
    Count("learners", "Learners", "COUNTA(Learners[Learner ID])", lambda m: _filled(m, "Learners", "learner_id")),
    Count("flags", "Flags", "COUNTA(Flags[Learner ID])", lambda m: len(m.flags)),
    Count("things due", "My week", "COUNTA(Myweek[What])", lambda m: len(m.week)),
    Count("problems to mend", "Problems", "COUNTA(Problems[Sheet])", lambda m: len(m.problems)),
    Count(
        "missing register marks",
        "Registers",
        f'SUMPRODUCT((Registers[Learner ID]<>"")*(({_MARKS}="")+({_MARKS}="-")))',
        _missing_marks,
    ),
    Count("levels above", "Grid", 'COUNTIF(Progress[Status],"Above")', _status("Above")),
    Count("levels below", "Grid", 'COUNTIF(Progress[Status],"Below")', _status("Below")),
    Count("without a baseline", "Progress", 'COUNTIF(Progress[Status],"No baseline")', _no_baseline),
    Count("open targets", "Targets", 'COUNTIF(Targets[Status],"Open")', _open_targets),
    Count(
        "open interventions",
        "Interventions",
        'COUNTIFS(Interventions[Type],"?*",Interventions[End],"")',
        _open_interventions,
    ),
)


def write_start(page: Any, matter: Matter) -> None:
    """Counts on the left, the sheets by group on the right."""
    look = matter.look
    open_view(page, look, "", "", None, (4, 9, 30, 4, 22, 92, 9))
    settings = matter.tracker.settings
    title = f"{settings['academy'] or ''} tracker {settings['academic_year'] or ''}"
    put(page, 0, 0, '=academy&" tracker "&academic_year', title, look.title())
    page.write_string(1, 0, "Click a name to go there. Every sheet has a way back.", look.muted())
    _write_counts(page, matter)
    _write_sheets(page, matter)
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
    fresh = f"Flags and My week are of {matter.on.day} {matter.on:%B %Y}." if matter.on else NOT_YET
    put(page, row + 1, 2, line(fresh, matter.on, matter.mark), fresh, look.muted(font_size=9, text_wrap=True))
    page.set_row(row + 1, 40)


def _write_sheets(page: Any, matter: Matter) -> None:
    look, row = matter.look, 3
    rows_of = {one.name: one for one in SHEETS}
    for group in Group:
        under = {"bottom": 2, "bottom_color": TABS[group]}
        page.write_string(row, 4, group.value, look.format(bold=True, font_color=TABS[group], **under))
        page.write_blank(row, 5, None, look.format(**under))
        page.write_string(row, 6, "rows", look.muted(align="right", font_size=9, **under))
        for _, name, words in (tab for tab in tabs() if tab[0] is group):
            row += 1
            line = {"bottom": 1, "bottom_color": LINE}
            page.write_url(row, 4, f"internal:'{name}'!A1", look.link(underline=0, bold=True, **line), name)
            page.write_string(row, 5, words, look.format(font_color=INK, **line))
            style = look.muted(align="right", num_format="#,##0;;", **line)
            one = rows_of.get(name)
            if one is None:
                page.write_blank(row, 6, None, style)
                continue
            first = next((column for column in one.entry if column.required), one.entry[0])
            put(page, row, 6, f"=COUNTA({one.table}[{first.header}])", _filled(matter, one.table, first.key), style)
        row += 2
