"""The tracker workbook made from nothing: every sheet, with Python's results stored beside the formulas.

The same input gives the same bytes on every day: the file's dates are fixed and nothing here reads a clock.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from workbook.building.cells import TableSheet, short_numbers
from workbook.building.in_english import EnglishWorkbook
from workbook.building.look import Look
from workbook.building.tables.names import SHARED_NAMES, row_names, setting_names
from workbook.building.tables.rules import add_colours, add_help, add_settings_help, name_lists
from workbook.building.tables.table import lay_out, write_bands, write_table
from workbook.building.views.form import write_form_view
from workbook.building.views.grid import write_grid
from workbook.building.views.guide import write_guide
from workbook.building.views.head_of_year import write_head_of_year
from workbook.building.views.in_use import SHEET, names_in_use
from workbook.building.views.learner import write_learner_view
from workbook.building.views.pd import write_pd_coverage
from workbook.building.views.places import START, Matter, tabs
from workbook.building.views.start import write_start
from workbook.building.views.written import write_celebration, write_flags, write_problems, write_week
from workbook.building.worked_out import results_are_stored
from workbook.measures.data_date import last_date
from workbook.model import SHEETS, Problem, Tracker, Value
from workbook.model.excel import serial
from workbook.package.writing import write_safely

Computed = Mapping[str, Mapping[str, Sequence[Value]]]
"""The computed columns by table name and column key; None where the formula gives a blank."""

_MADE = datetime(2026, 9, 1)
_FEW = 100
"""Learners up to whom a tracker is laid out in memory; its hundred parts as files would take a third of the time."""


_WRITERS = {
    START: write_start,
    "My week": write_week,
    "Flags": write_flags,
    "Problems": write_problems,
    "Form view": write_form_view,
    "Grid": write_grid,
    "Head of Year": write_head_of_year,
    "Celebration": write_celebration,
    "PD coverage": write_pd_coverage,
    "Learner view": write_learner_view,
    "Guide": write_guide,
}


def build(
    path: str | Path,
    tracker: Tracker,
    computed: Computed,
    *,
    on: date | None = None,
    flags: Sequence[Any] = (),
    problems: Sequence[Problem] | None = None,
    week: Sequence[Any] = (),
    lists: Mapping[str, Sequence[tuple[Any, ...]]] | None = None,
    week_line: str = "",
    only: Collection[str] | None = None,
) -> Path:
    """Write the tracker as an Excel workbook at ``path``, over what was there, and return it.

    It is written beside and renamed into place. ``on`` is the day that ``flags`` and ``week`` were worked out for;
    without ``problems`` the sheet Problems says that it has not been worked out yet.
    ``lists`` holds the rows of the other sheets that Mentorbook writes, by name; ``week_line`` is said over the week.
    ``only`` names the sheets to write, where a part of a tracker will do.
    CannotDo if the folder cannot be written to or a text is too long for a cell.
    """
    target = Path(path)

    def write(file: BinaryIO) -> None:
        whole = io.BytesIO()
        book = EnglishWorkbook(whole, {"strings_to_urls": False, "in_memory": len(tracker["Learners"]) <= _FEW})
        results_are_stored(book)
        laid = {one.table: lay_out(tracker[one.table]) for one in SHEETS}
        checked, look = problems is not None, Look(book)
        found = (on, flags, problems or (), week, checked, lists or {}, week_line)
        _fill(Matter(book, look, tracker, computed, laid, *found), only)
        book.close()
        file.write(whole.getbuffer())

    write_safely(target, write, replace=True)
    return target


def _fill(matter: Matter, only: Collection[str] | None) -> None:
    """All tabs in order, and the names that formulas and dropdowns use."""
    matter.book.set_properties({"title": "Tracker", "author": "Mentorbook", "created": _MADE})
    tables = {one.name: one for one in SHEETS}
    names = [name for name in (START, *(tab[1] for tab in tabs())) if only is None or name in only]
    if "Codes" in names:
        short_numbers(matter.book, matter.tracker["Codes"]["code"])
    pages = {name: matter.book.add_worksheet(name, TableSheet) for name in names}
    for name, page in pages.items():
        if name in tables:
            _fill_table(page, matter, tables[name].table)
        else:
            _WRITERS[name](page, matter)
        if name in matter.folded:
            page.hide()
    _name_all(matter, pages)


def _fill_table(page: TableSheet, matter: Matter, table: str) -> None:
    laid, held = matter.laid[table], matter.tracker[table]
    write_table(page, matter.look, laid, held, matter.computed.get(table, {}))
    add_help(page, laid, matter.laid)
    add_colours(page, matter.look, laid)
    if table == "Progress":
        write_bands(page, matter.look, laid, matter.tracker["Drops"])
    if table == "Settings":
        add_settings_help(page, laid, held["name"])


def _name_all(matter: Matter, pages: Collection[str]) -> None:
    """The lists, the settings and what several cells of a row share; rows of sheets that are written only."""
    name_lists(matter.book, matter.laid, names_in_use(matter) if SHEET in pages else {})
    named = setting_names(matter.laid["Settings"], matter.tracker["Settings"])
    for one in SHEETS:
        if one.name in pages:
            laid = matter.laid[one.table]
            letters = {column.header: laid.letter(column.key) for column in laid.columns}
            named.update(row_names(one.name, one.table, letters))
    named |= SHARED_NAMES
    if START not in pages:  # a part of a tracker, without the sheet that works the data date out
        named["data_date"] = f"={serial(last_date(matter.tracker))}"
        named |= {name: f"={row}" for name, row in matter.weeks_twice.items()}
    for word, meaning in sorted(named.items()):
        matter.book.define_name(word, meaning)
