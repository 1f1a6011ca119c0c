"""Blocks of entries written into the tables of the open tracker; a table that must hold more rows grows before."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from addin.deeds.actions import Block, Held, WriteRows
from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from workbook.model import CannotDo


def held(opened: OpenTracker, name: str) -> Held:
    """How a table stands in the open workbook now."""
    table = opened.tables.get(name)
    if table is None:
        return Held(opened.sheets.get(name, name))
    sheet = table.parent
    return Held(
        sheet.name,
        table.range.row,
        table.range.last_cell.row,
        protected=bool(excel.told(sheet.api, "ProtectContents", False)),
        filtered=excel.is_filtered(sheet, table),
        totals=excel.told(table.api, "ShowTotals", False) is True,
    )


def write_rows(opened: OpenTracker, action: WriteRows) -> None:
    """Write blocks into a table, which grows first where they reach below it."""
    table = opened.tables[action.table]
    sheet, whole = table.parent, table.range
    end = whole.last_cell.row
    if action.last > end:
        _require_free(sheet, max(action.first, end + 1), action.last, whole)
        table.resize(sheet.range((whole.row, whole.column), (action.last, whole.last_cell.column)))
        _grow(sheet, action.formulas, whole, end, action.last)
    for block in action.blocks:
        _write(sheet, block)


def _require_free(sheet: xw.Sheet, first: int, last: int, whole: xw.Range) -> None:
    cells = sheet.range((first, whole.column), (last, whole.last_cell.column)).options(ndim=2).value
    if any(value not in (None, "") for row in cells for value in row):
        raise CannotDo(f"There is something below the table of {sheet.name} in the way of new rows: move it first.")


def _grow(sheet: xw.Sheet, formulas: Mapping[int, str], whole: xw.Range, old_last: int, last: int) -> None:
    """The table's look and formulas for rows that it has grown by."""
    if old_last > whole.row:
        source = sheet.range((old_last, whole.column), (old_last, whole.last_cell.column))
        source.autofill(sheet.range((old_last, whole.column), (last, whole.last_cell.column)), "fill_formats")
    for number, formula in formulas.items():
        sheet.range((old_last + 1, number), (last, number)).formula = [[formula]] * (last - old_last)


def _write(sheet: xw.Sheet, block: Block) -> None:
    last = block.row + len(block.values) - 1
    for place, form in block.formats.items():
        sheet.range((block.row, block.column + place), (last, block.column + place)).number_format = form
    right = block.column + len(block.values[0]) - 1
    sheet.range((block.row, block.column), (last, right)).value = block.values
