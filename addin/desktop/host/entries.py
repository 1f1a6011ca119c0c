"""Entries written into the tables of the open tracker, in blocks, after they were shown and agreed to.

New rows come behind the last filled one; the table grows over them, and they get its formulas and look. Nothing else is
touched, and never the file: Excel does it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlwings as xw

from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.sheet import found_sheet
from addin.desktop.host.written import as_text
from workbook.building.look import AS_TEXT, number_format
from workbook.model import CannotDo, Table, Value
from workbook.model.vocabulary import Sheet
from workbook.reading.outline import column_number
from workbook.reading.records import take_table

Records = Sequence[Mapping[str, Value]]


def require_ready(opened: OpenTracker, names: Iterable[str]) -> None:
    """Raise CannotDo where rows could not be put into these tables as the mentor would expect."""
    excel.require_writable(opened.book)
    for name in names:
        table = opened.tables.get(name)
        if table is None:
            raise CannotDo(f"The rows of {name} are no longer a table: press Check tracker to see how to mend that.")
        sheet = table.parent
        excel.require_unprotected(sheet)
        if excel.is_filtered(sheet, table):
            raise CannotDo(
                f"{sheet.name} is filtered, so that not all rows are seen: choose Data, Clear there, then press the "
                "button again."
            )
        if excel.told(table.api, "ShowTotals", False) is True:
            raise CannotDo(f"{sheet.name} has a row of totals: choose Table Design, untick Total Row, then try again.")
        held = opened.tracker.tables[name]
        if held.rows and held.rows[-1] > table.range.last_cell.row:
            raise CannotDo(f"Rows stand below the table {name}: drag its corner down to row {held.rows[-1]} first.")


def require_unchanged(opened: OpenTracker, names: Iterable[str]) -> None:
    """Raise CannotDo where somebody changed one of these tables since it was read, as can happen online."""
    for name in names:
        before = opened.tracker.tables[name]
        now = take_table(found_sheet(before.sheet, opened.sheet(name), opened.tables[name], structure=False))
        if now.rows != before.rows or now.columns != before.columns:
            raise CannotDo(
                f"{before.sheet.name} was changed by somebody meanwhile, so nothing was written: press the button anew."
            )


def add_rows(opened: OpenTracker, name: str, records: Records) -> tuple[int, int]:
    """Put new rows behind the last filled one of a table; gives the first and last row of the sheet they got."""
    table, held = opened.tables[name], opened.tracker.tables[name]
    sheet, whole = table.parent, table.range
    if held.sheet.rare:
        excel.show(sheet)
    last_of_table = whole.last_cell.row
    first = (held.rows[-1] if held.rows else whole.row) + 1
    last = first + len(records) - 1
    _require_free(sheet, max(first, last_of_table + 1), last, whole)
    if last > last_of_table:
        table.resize(sheet.range((whole.row, whole.column), (last, whole.last_cell.column)))
        _grow(sheet, held, whole, last_of_table, last)
    for run in _runs(held, {key for record in records for key in record}):
        block = [[_cell(held.sheet, key, record.get(key)) for key in run] for record in records]
        for key in run:
            _ready_for_text(sheet, held, key, first, last)
        sheet.range((first, _number(held, run[0])), (last, _number(held, run[-1]))).value = block
    return first, last


def change_rows(opened: OpenTracker, name: str, changed: Mapping[int, Mapping[str, Value]]) -> None:
    """Give cells of rows that are there other values, column by column in runs of rows that follow one another."""
    table, held = opened.tables[name], opened.tracker.tables[name]
    sheet = table.parent
    for key in dict.fromkeys(key for values in changed.values() for key in values):
        rows = sorted(row for row, values in changed.items() if key in values)
        column = _number(held, key)
        for first, last in _following(rows):
            _ready_for_text(sheet, held, key, first, last)
            block = [[_cell(held.sheet, key, changed[row][key])] for row in range(first, last + 1)]
            sheet.range((first, column), (last, column)).value = block


def _require_free(sheet: xw.Sheet, first: int, last: int, whole: xw.Range) -> None:
    if last < first:
        return
    cells = sheet.range((first, whole.column), (last, whole.last_cell.column)).options(ndim=2).value
    if any(value not in (None, "") for row in cells for value in row):
        raise CannotDo(f"There is something below the table of {sheet.name} in the way of new rows: move it first.")


def _grow(sheet: xw.Sheet, held: Table, whole: xw.Range, old_last: int, last: int) -> None:
    """The table's look and formulas for rows that it has grown by."""
    if old_last > whole.row:
        source = sheet.range((old_last, whole.column), (old_last, whole.last_cell.column))
        source.autofill(sheet.range((old_last, whole.column), (last, whole.last_cell.column)), "fill_formats")
    for column in held.sheet.computed:
        if column.key in held.letters:
            number = _number(held, column.key)
            cells = sheet.range((old_last + 1, number), (last, number))
            cells.formula = [[held.sheet.native(column)]] * (last - old_last)


def _runs(held: Table, keys: set[str]) -> Iterator[list[str]]:
    """Keys of columns that stand side by side, so that each run is written in one go."""
    ordered = sorted((key for key in keys if key in held.columns), key=lambda key: _number(held, key))
    run: list[str] = []
    for key in ordered:
        if run and _number(held, key) != _number(held, run[-1]) + 1:
            yield run
            run = []
        run.append(key)
    if run:
        yield run


def _following(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


def _number(held: Table, key: str) -> int:
    return column_number(held.letters[key])


def _ready_for_text(sheet: xw.Sheet, held: Table, key: str, first: int, last: int) -> None:
    """Cells of columns of text are formatted as text before anything is put in, so that 007 and 9-8 stay."""
    column = held.sheet.by_key.get(key)
    if column is not None and column.kind in AS_TEXT:
        number = _number(held, key)
        sheet.range((first, number), (last, number)).number_format = number_format(column)


def _cell(sheet: Sheet, key: str, value: Value) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    column = sheet.by_key.get(key)
    if isinstance(value, str) and (column is None or column.kind not in AS_TEXT):
        return as_text(value)
    return value
