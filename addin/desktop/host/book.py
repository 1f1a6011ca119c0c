"""The open workbook, through xlwings: read into a tracker without a path, in one go for each sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import xlwings as xw

from addin.deeds.actions import Opened
from addin.desktop.host.sheet import found_sheet
from workbook.model import SHEETS, Sheet, Tracker
from workbook.model.problem_kind import SHEET_MISSING
from workbook.reading.found_sheet import FoundSheet, require_tracker
from workbook.reading.headings import are_likely
from workbook.reading.records import take_table
from workbook.reading.structure import structure_problems


def calling_book() -> xw.Book:
    """The workbook that was active when the button was pressed, in the Excel that it was pressed in."""
    return xw.Book.caller()


@dataclass
class OpenTracker:
    """The open workbook and what was read from it."""

    book: xw.Book
    tracker: Tracker
    sheets: dict[str, str] = field(default_factory=dict)
    tables: dict[str, xw.main.Table] = field(default_factory=dict)

    def told(self, tracker: Tracker | None = None) -> Opened:
        """What deeds hear of it; of ``tracker``, where some tables were read again."""
        return Opened(self.book.name, tracker or self.tracker, self.sheets)


def read(book: xw.Book, structure: bool = False, step: Callable[[str], None] = lambda words: None) -> OpenTracker:
    """The tracker in an open workbook, as `workbook.reading.read` gives it for a file.

    With ``structure`` also what only the workbook itself shows, as problems: headings, formulas, hidden rows, merged
    cells. Raises CannotDo for a workbook that is no tracker.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    tables = {table.name.casefold(): (sheet, table) for sheet in sheets.values() for table in sheet.tables}
    by_name = {name.strip().casefold(): sheet for name, sheet in sheets.items()}
    opened = OpenTracker(book, Tracker({}, name=book.name))
    found: list[FoundSheet] = []
    for model in SHEETS:
        sheet, table = tables.get(model.table.casefold(), (by_name.get(model.name.casefold()), None))
        if sheet is None:
            opened.tracker.problems.append(SHEET_MISSING.at(model.name, ""))
            continue
        step(f"reading {model.name}")
        table = table or _likely_table(model, sheet)
        one = found_sheet(model, sheet, table, structure)
        opened.sheets[model.table] = sheet.name
        if table is not None:
            opened.tables[model.table] = table
        opened.tracker.tables[model.table] = take_table(one)
        if structure:
            opened.tracker.problems += structure_problems(one)
        found.append(one)
    require_tracker(book.name, found)
    return opened


def read_again(opened: OpenTracker, names: Iterable[str]) -> Tracker:
    """Some tables of the open tracker as they are now."""
    tables = {}
    for name in names:
        before = opened.tracker.tables[name]
        found = found_sheet(before.sheet, opened.book.sheets[opened.sheets[name]], opened.tables.get(name), False)
        tables[name] = take_table(found)
    return Tracker(tables, name=opened.book.name)


def _likely_table(model: Sheet, sheet: xw.Sheet) -> xw.main.Table | None:
    """The table under another name that holds at least half of the sheet's headings."""
    for table in sheet.tables:
        head = table.header_row_range
        headings = head.options(ndim=1).value if head is not None else []
        if are_likely(model, headings):
            return table
    return None
