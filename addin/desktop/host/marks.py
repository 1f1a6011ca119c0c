"""Puts the marks of problems into the open workbook: their keys beside the sheet Problems, a rule on each table."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from addin.deeds.actions import Marks
from addin.deeds.marks import COLUMN, NAME, formula
from addin.deeds.written import HEAD
from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from workbook.building.look import DARK_RED, WRONG


def put_marks(opened: OpenTracker, marks: Marks) -> None:
    """Write the keys of problems and see that the sheets they are on show marks."""
    book = opened.book
    _write_keys(book.sheets["Problems"], marks.keys)
    if NAME not in [name.name for name in book.names]:
        book.names.add(NAME, "=Problems!$H:$H")
    for name, sheet in marks.tables.items():
        table = opened.tables.get(name)
        if table is not None and not excel.told(table.parent.api, "ProtectContents", False):
            _show_marks(table, sheet)


def _write_keys(sheet: xw.Sheet, keys: Sequence[str]) -> None:
    last = max(sheet.used_range.last_cell.row, HEAD + len(keys), HEAD + 1)
    column = sheet.range((HEAD + 1, COLUMN), (last, COLUMN))
    column.clear_contents()
    column.number_format = "@"
    if keys:
        sheet.range((HEAD + 1, COLUMN), (HEAD + len(keys), COLUMN)).value = [[key] for key in keys]
    excel.hide_columns(sheet.range((1, COLUMN)), True)


def _show_marks(table: xw.main.Table, name: str) -> None:
    """Give a table the rule, unless it has it."""
    cells = table.range
    if cells.shape[0] < 2 or any(NAME in str(rule.formula or "") for rule in cells.conditional_formats):
        return
    cells.conditional_formats.add_custom(formula(name), fill_color=WRONG, font_color=DARK_RED, font_bold=True)
