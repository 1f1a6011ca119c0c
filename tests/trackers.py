"""Small trackers written with XlsxWriter, for tests of reading: tables, headings and formulas as in a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from workbook.model import SHEETS, Sheet, Tracker
from workbook.model.tracker import FIRST_ROW

Change = Callable[[Any, Any, Sheet], None]


def write_tracker(
    path: Path,
    tracker: Tracker,
    sheets: Iterable[str] | None = None,
    change: Change | None = None,
    tables: bool = True,
    shrink: int = 0,
    **options: Any,
) -> Path:
    """`tracker` as a workbook. `change(book, worksheet, sheet)` spoils a sheet; `shrink` leaves rows out of tables."""
    book = xlsxwriter.Workbook(path, options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in SHEETS:
        if sheets is not None and sheet.table not in sheets:
            continue
        worksheet = book.add_worksheet(sheet.name)
        table = tracker[sheet.table]
        worksheet.write(0, 0, sheet.name)
        worksheet.write(1, 0, sheet.purpose)
        height = max(len(table), 1)
        for place, column in enumerate(sheet.columns):
            worksheet.write_string(FIRST_ROW - 2, place, column.header)
            for index in range(height):
                row = FIRST_ROW - 1 + index
                if column.computed:
                    worksheet.write_formula(row, place, "=1+1", None, 2)
                elif index < len(table):
                    write_value(worksheet, row, place, table[column.key][index], day)
        if tables:
            worksheet.add_table(
                FIRST_ROW - 2,
                0,
                FIRST_ROW - 2 + max(height - shrink, 1),
                len(sheet.columns) - 1,
                {"name": sheet.table, "columns": [{"header": column.header} for column in sheet.columns]},
            )
        if change:
            change(book, worksheet, sheet)
    book.close()
    return path


def write_value(worksheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    """A value into a cell, as its own kind of cell."""
    if isinstance(value, bool):
        worksheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        worksheet.write_string(row, column, value)
    elif isinstance(value, (date, datetime)):
        worksheet.write_datetime(row, column, value, day)
    elif value is not None:
        worksheet.write_number(row, column, value)
