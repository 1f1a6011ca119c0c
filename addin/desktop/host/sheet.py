"""One sheet of the open workbook as the core knows sheets: its values, formulas, errors, hidden and merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlwings as xw

from addin.desktop.host import excel
from workbook.model import Sheet
from workbook.model.tracker import column_letter
from workbook.reading.found_sheet import FoundSheet
from workbook.reading.gathered_rows import GAP
from workbook.reading.headings import heading_row, match_headings
from workbook.reading.outline import SheetPart, TablePart
from workbook.reading.sheet_xml import LAST_COLUMN

ERRORS = frozenset(
    (
        "#N/A",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
    )
)
BLOCK = 20_000
"""Rows that are read in one go; trackers are smaller."""
_A_TIME = date(1900, 1, 1)  # Excel tells a time of day as a moment of the day before its first


def found_sheet(model: Sheet, sheet: xw.Sheet, table: xw.main.Table | None, structure: bool) -> FoundSheet:
    """A sheet of the model as it stands in the open workbook; ``structure`` reads formulas and what is hidden too."""
    place = _table_part(table) if table is not None else None
    hidden = not excel.is_shown(sheet)
    one = FoundSheet(model, SheetPart(sheet.name, "", hidden, (place,) if place else ()), place)
    last_row, last_column = _extent(sheet, place)
    one.grid = _values(sheet, last_row, last_column, one.raw.errors)
    one.header_row = place.header_row if place else heading_row(model, one.grid) or 0
    row = one.grid[one.header_row - 1] if 0 < one.header_row <= len(one.grid) else []
    first = place.first_column if place else 1
    one.headings = match_headings(model, row[first - 1 : last_column], first)
    if structure and one.header_row:
        _read_formulas(sheet, one, last_column)
        _read_looks(sheet, one, table)
    return one


def _table_part(table: xw.main.Table) -> TablePart:
    cells = table.range
    height, width = cells.shape
    head = table.header_row_range  # none where its headings are not shown
    headings = head.options(ndim=1).value if head is not None else []
    totals = 1 if excel.told(table.api, "ShowTotals", False) is True else 0
    return TablePart(
        table.name,
        cells.row,
        cells.row + height - 1,
        cells.column,
        cells.column + width - 1,
        tuple("" if one is None else str(one) for one in headings),
        totals,
        excel.is_filtered(table.parent, table),
    )


def _extent(sheet: xw.Sheet, place: TablePart | None) -> tuple[int, int]:
    used = sheet.used_range.last_cell
    last_column = place.last_column if place else min(used.column, LAST_COLUMN)
    return max(used.row, place.last_row if place else 1), last_column


def _values(sheet: xw.Sheet, last_row: int, last_column: int, errors: dict[str, str]) -> list[list[Any]]:
    """The cells from A1 on, up to a wide gap; errors are noted and left blank, as the reader of files does."""
    grid: list[list[Any]] = []
    filled = 0
    for first in range(1, last_row + 1, BLOCK):
        last = min(first + BLOCK - 1, last_row)
        cells = sheet.range((first, 1), (last, last_column))
        rows = cells.options(ndim=2, err_to_str=True).value
        for number, row in enumerate(rows, start=first):
            if any(value is not None and value != "" for value in row):
                filled = number
            if any(type(value) is not str and value is not None and type(value) is not float for value in row) or any(
                type(value) is str and value in ERRORS for value in row
            ):
                row = [_value(value, place, number, errors) for place, value in enumerate(row, start=1)]
            grid.append(["" if value is None else value for value in row])
        if last - filled > GAP:
            break
    return grid[:filled]


def _value(value: Any, column: int, row: int, errors: dict[str, str]) -> Any:
    if isinstance(value, str) and value in ERRORS:
        errors[f"{column_letter(column)}{row}"] = value
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.date() < _A_TIME:
        return f"{value:%H:%M}"
    return value


def _read_formulas(sheet: xw.Sheet, one: FoundSheet, last_column: int) -> None:
    first, last = one.header_row + 1, len(one.grid)
    if last < first:
        return
    computed = one.headings.computed(one.sheet)
    texts = sheet.range((first, 1), (last, last_column)).formula
    rows = texts if isinstance(texts, (tuple, list)) else ((texts,),)
    own: list[str] = []
    for number, row in enumerate(rows, start=first):
        for column, text in enumerate(row, start=1):
            if isinstance(text, str) and text.startswith("=") and text != "=":
                cell = f"{column_letter(column)}{number}"
                if column in computed:
                    own.append(cell)
                elif text != one.grid[number - 1][column - 1]:  # else a text that only looks like a formula
                    one.raw.typed_formulas.append(cell)
    one.raw.formulas = "\n".join(own).encode()


def _read_looks(sheet: xw.Sheet, one: FoundSheet, table: xw.main.Table | None) -> None:
    raw, last = one.raw, max(len(one.grid), one.header_row)
    raw.filtered = excel.is_filtered(sheet, table)
    if not raw.filtered:
        raw.hidden_rows = excel.hidden_rows(sheet, one.header_row + 1, last)
    numbers = sorted(one.headings.columns.values())
    if not numbers:
        return
    raw.hidden_columns = list(_hidden_columns(sheet, one, numbers))
    area = (one.header_row, min(one.headings.texts), last, max(one.headings.texts))
    raw.merged = list(dict.fromkeys(_merged(sheet, *area)))


def _hidden_columns(sheet: xw.Sheet, one: FoundSheet, numbers: list[int]) -> Iterator[tuple[int, int]]:
    row = one.header_row
    whole = excel.told(sheet.range((row, numbers[0]), (row, numbers[-1])).api, "EntireColumn.Hidden", False)
    if whole is False:
        return
    for number in numbers:
        if excel.told(sheet.range((row, number)).api, "EntireColumn.Hidden", False) is True:
            yield number, number


def _merged(sheet: xw.Sheet, top: int, left: int, bottom: int, right: int) -> Iterator[str]:
    """The merged areas that touch an area; Excel is asked about halves until one answer is true of all."""
    cells = sheet.range((top, left), (bottom, right))
    state = cells.merge_cells
    if state is False:
        return
    if (top, left) == (bottom, right):
        whole = cells.merge_area
        height, width = whole.shape
        last = excel.cell_name(whole.row + height - 1, whole.column + width - 1)
        yield f"{excel.cell_name(whole.row, whole.column)}:{last}"
    elif bottom > top:
        middle = (top + bottom) // 2
        yield from _merged(sheet, top, left, middle, right)
        yield from _merged(sheet, middle + 1, left, bottom, right)
    else:
        middle = (left + right) // 2
        yield from _merged(sheet, top, left, bottom, middle)
        yield from _merged(sheet, top, middle + 1, bottom, right)
