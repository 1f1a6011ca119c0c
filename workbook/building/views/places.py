"""The sheets that are not tables of the model: their place among the tabs, and what they are written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from workbook.building.look import ACCENT, LINE, MUTED, TABS, WORKED_OUT, Format, Look
from workbook.building.tables.table import Laid, set_up_print
from workbook.measures import entries_mark
from workbook.measures.again import subjects_twice
from workbook.measures.contacts import contact_day
from workbook.measures.data_date import last_date
from workbook.measures.folded import folded_away
from workbook.measures.learners import Learners
from workbook.measures.sessions import weeks_twice
from workbook.model import SHEETS, CellError, Group, Problem, Table, Tracker, Value
from workbook.model.excel import fold, serial, tidied
from workbook.model.formulas import literal
from workbook.model.questions import TWICE, in_form
from workbook.model.tracker import FIRST_ROW

START = "Start"
VIEWS: dict[Group, tuple[tuple[str, str], ...]] = {
    Group.EVERY_DAY: (
        ("My week", "What is due in the coming days, with links to the cells."),
        ("Flags", "Learners to look at and to talk with, and strengths to notice, each with its reason."),
        ("Problems", "Cells that need mending, each with a link and a suggestion."),
        ("Form view", "One form at a glance: choose it from the list."),
    ),
    Group.DATA_DROP: (
        ("Grid", "Every learner in every subject: the latest level and how it stands."),
        (
            "Head of Year",
            "Forms, mentors, subjects, flags and support in numbers; for mentors only.",
        ),
    ),
    Group.PROGRESS_DAY: (
        ("Learner view", "One learner on a page: choose the form, then the learner."),
        ("Celebration", "Whom to celebrate, by several measures; those celebrated lately stand last."),
    ),
    Group.WHEN_NEEDED: (
        ("PD coverage", "Personal development: which learner of a form has evidence for which topic."),
    ),
    Group.SET_UP: (("Guide", "Your first ten minutes, the usual jobs, and what words and flags mean."),),
}
_BEFORE_TABLES = {"My week", "Flags", "Problems", "Guide", "Learner view"}


def tabs() -> list[tuple[Group, str, str]]:
    """Every tab but Start, in order: its group, its name and what it is for."""
    ordered = []
    for group in Group:
        views = [(group, *view) for view in VIEWS[group]]
        ordered += [view for view in views if view[1] in _BEFORE_TABLES]
        ordered += [(group, one.name, one.purpose) for one in SHEETS if one.group is group]
        ordered += [view for view in views if view[1] not in _BEFORE_TABLES]
    return ordered


def purpose(name: str) -> str:
    """What a view is for, in a line."""
    return next(words for views in VIEWS.values() for view, words in views if view == name)


@dataclass(frozen=True)
class Matter:
    """All that a view may show: the tracker, Python's figures, and what was found in it."""

    book: Any
    look: Look
    tracker: Tracker
    computed: Mapping[str, Mapping[str, Sequence[Value]]]
    laid: Mapping[str, Laid]
    on: date | None
    flags: Sequence[Any]
    problems: Sequence[Problem]
    week: Sequence[Any]
    checked: bool = False
    lists: Mapping[str, Sequence[tuple[Any, ...]]] = field(default_factory=dict)
    """The rows of the other written sheets by name."""
    week_line: str = ""

    @cached_property
    def mark(self) -> int:
        """The number that changes with the entries, as it is now."""
        return entries_mark.figure(self.tracker, self.computed)

    @cached_property
    def weeks_twice(self) -> dict[str, int]:
        """Where learners' weeks and subjects stand twice, by the names that formulas use; 0 where none does."""
        learners = Learners(self.tracker)
        weeks, subjects = weeks_twice(self.tracker, learners), subjects_twice(self.tracker, learners)
        rows = [row + FIRST_ROW for twice in weeks for row in twice] or [0]
        of_weeks, of_subjects = self._listed(learners, "Registers", weeks), self._listed(learners, "Progress", subjects)
        runs = (rows, of_weeks, of_subjects)
        return dict(zip(TWICE, (end(run) for run in runs for end in (min, max)), strict=True))

    def _listed(self, learners: Learners, table: str, several: Sequence[Sequence[int]]) -> list[int]:
        """The rows on Learners of those whose rows of a table these are; 0 where there are none."""
        places = (learners.find(self.tracker[table]["learner_id"][rows[0]]) for rows in several)
        return [learners.all[place].row + 1 for place in places if place is not None] or [0]

    @cached_property
    def folded(self) -> list[str]:
        """The sheets seldom used on which nothing stands yet, which a new file hides."""
        return folded_away(self.tracker)

    def contact_day(self, value: Value) -> date | None:
        """The day of a contact of this year so far; None for any other."""
        return contact_day(value, self.tracker.year, self._data_day)

    @cached_property
    def _data_day(self) -> date:
        return last_date(self.tracker)

    @property
    def names(self) -> set[str]:
        """The sheets that hold the tracker's tables, which links may lead to."""
        return {place.sheet.name for place in self.laid.values()}

    def values(self, table: str, key: str) -> list[Value]:
        """A column of a table, typed or computed."""
        whole: Table = self.tracker[table]
        figures = self.computed.get(table, {})
        if key in figures:
            return list(figures[key])
        return list(whole[key])


def setting_cell(matter: Matter, name: str) -> str:
    """Where a setting's value stands, as a link takes it; empty where the tracker has no row for it."""
    laid = matter.laid["Settings"]
    rows = enumerate(matter.tracker["Settings"]["name"], FIRST_ROW)
    row = next((row for row, one in rows if str(one).strip().lower() == name), None)
    return f"Settings!{laid.letter('value')}{row}" if row else ""


def open_view(page: Any, look: Look, name: str, words: str, group: Group | None, widths: Sequence[float]) -> None:
    """Columns, title, purpose and the way back to Start of a view."""
    page.hide_gridlines(2)
    page.set_default_row(20)
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    page.set_row(0, 30)
    page.set_row(1, 16)
    page.write_string(0, 0, name, look.title())
    page.write_string(1, 0, words, look.muted())
    if group is not None:
        place, room = 1, len(name) * 2.1 + 4
        while place < len(widths) - 1 and sum(widths[:place]) < room:
            place += 1
        page.write_url(0, place, "internal:Start!A1", look.link(), "Back to Start")
    page.set_tab_color(TABS[group] if group else ACCENT)
    set_up_print(page, name, -1)


def put(page: Any, row: int, column: int, formula: str, value: Value, style: Format) -> None:
    """A live formula with Python's result beside it; ``row`` and ``column`` count from 0."""
    stored = value if value is not None else ""
    if isinstance(stored, date):
        stored = serial(stored)
    page.write_formula(row, column, formula, style, stored)


def section(look: Look) -> Format:
    """The heading of a part of a view."""
    return look.format(bold=True, font_color=ACCENT, bottom=2, bottom_color=ACCENT)


def chooser(look: Look) -> Format:
    """The cell in which a form or a learner is chosen."""
    return look.format(
        bold=True, border=1, border_color=ACCENT, bg_color="#FFFFFF", num_format="@", align="left", indent=1
    )


def figure(look: Look, **properties: Any) -> Format:
    """A cell of a view that works itself out."""
    return look.format(**{"bottom": 1, "bottom_color": LINE, **_indented(properties)})


def plain(look: Look, **properties: Any) -> Format:
    """A cell of a view whose line appears only where there is something to show."""
    return look.format(**_indented(properties))


def _indented(properties: dict[str, Any]) -> dict[str, Any]:
    return properties if "align" in properties else {"align": "left", "indent": 1, **properties}


def line_where_filled(page: Any, look: Look, area: str, cell: str) -> None:
    """A hairline under the rows of ``area`` where ``cell`` of the row shows something."""
    style = look.difference(bottom=1, bottom_color=LINE)
    page.conditional_format(area, {"type": "formula", "criteria": f'={cell}<>""', "format": style})


def helper(look: Look) -> Format:
    """A cell that only serves other formulas."""
    return look.format(font_color=MUTED, bg_color=WORKED_OUT, font_size=9)


def folded(value: Value) -> str | float | None:
    """A text or a number as Excel compares it, so that capitals do not matter; None for what is like nothing."""
    if isinstance(value, str):
        return None if isinstance(value, CellError) else value.lower()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def same_text(one: Value, other: Value) -> bool:
    """Whether two cells hold the same text, or the same number; blanks and errors are like nothing."""
    return folded(one) is not None and folded(one) == folded(other)


def joined(value: Value) -> str:
    """A cell joined to a text: a blank is empty, a whole number has no point."""
    if value is None or isinstance(value, CellError):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def next_row(what: str, column: str, before: str = "") -> str:
    """The place in a table's ``column`` of the next row that holds ``what``, after the place in cell ``before``.

    A run of such cells lists every row of a learner without array formulas, however the table is sorted.
    """
    wanted = f"IF(ISTEXT({what}),{literal(what)},{what})"  # an ID may be typed as a number throughout
    if not before:
        return f'=IF({what}="","",IFERROR(MATCH({wanted},{column},0),""))'
    rest = f"INDEX({column},{before}+1):INDEX({column},ROWS({column}))"
    return f'=IF({before}="","",IFERROR({before}+MATCH({wanted},{rest},0),""))'


def next_of(there: str, place: str, column: str, before: str = "") -> str:
    """The next row of a table whose ``column`` is a learner's ``place``, after that in cell ``before``.

    ``there`` is blank where there is no learner.
    """
    if not before:
        return f'=IF({there}="","",IFERROR(MATCH({place},{column},0),""))'
    rest = f"INDEX({column},{before}+1):INDEX({column},ROWS({column}))"
    return f'=IF({before}="","",IFERROR({before}+MATCH({place},{rest},0),""))'


def next_on_roll(form: str, number: int) -> str:
    """The place on Learners of the learner of a number among those of a form who are on roll."""
    place = "ROW(Learners[Form])-ROW(INDEX(Learners[Form],1))+1"
    return f'=IF({form}="","",IFERROR(_xlfn.AGGREGATE(15,6,({place})/{in_form(form)},{number}),""))'


def on_roll_in(matter: Matter, form: str) -> list[int]:
    """What a run of `next_on_roll` cells finds: places from 1."""
    pairs = zip(matter.values("Learners", "form"), matter.values("Learners", "on_roll"), strict=True)
    wanted = fold(tidied(form))
    return [at for at, (one, here) in enumerate(pairs, 1) if here and wanted and fold(tidied(joined(one))) == wanted]


def filled_up(found: Sequence[int], most: int) -> list[int | None]:
    """The first places found, then blanks, as many as a view has room for."""
    return [*found[:most], *[None] * (most - len(found[:most]))]


def places(values: Sequence[Value], what: Value, most: int) -> list[int | None]:
    """What a run of `next_row` cells shows: places from 1, then blanks."""
    wanted = folded(what)
    found = [place for place, value in enumerate(values, start=1) if wanted is not None and folded(value) == wanted]
    found = found[:most]
    return [*found, *[None] * (most - len(found))]
