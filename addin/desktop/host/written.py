"""Sheets that Mentorbook writes into the open workbook: a table under a title, filled in one go."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from addin.deeds.actions import Rows, WriteSheet
from addin.deeds.written import HEAD, HEAD_POINTS, ROW_POINTS, block, heights, number_format
from addin.desktop.host import excel
from workbook.building.look import ACCENT, BODY, FONT, INK, LINE, MUTED, TITLE
from workbook.building.views.written_rows import Heading
from workbook.model import CannotDo


def write_sheet(book: xw.Book, told: WriteSheet) -> xw.Sheet:
    """Fill the sheet of that name, made if it is not there, with its rows, and show it.

    Raises CannotDo where the sheet, or the workbook's structure, is protected.
    """
    names = {sheet.name.casefold(): sheet for sheet in book.sheets}
    sheet = names.get(told.name.casefold())
    if sheet is None:
        sheet = excel.add_sheet(book, told.name, told.after)
    excel.require_unprotected(sheet)
    excel.show(sheet)
    table = _table(sheet, told.name, told.purpose, told.headings)
    excel.show_all(sheet, table)
    _fill(sheet, table, told.headings, told.rows)
    sheet.range((3, 1)).value = told.line
    sheet.activate()
    sheet.range((HEAD + 1, 1)).select()
    return sheet


def _table(sheet: xw.Sheet, name: str, purpose: str, headings: Sequence[Heading]) -> xw.main.Table:
    """The sheet's table with its headings as they should be; title, purpose and widths too where it is new."""
    wanted = name.replace(" ", "")
    known = {one.name.casefold(): one for one in sheet.tables}
    if wanted.casefold() in known:
        table = known[wanted.casefold()]
        head = table.header_row_range
        if head is not None and head.row == HEAD and head.column == 1 and head.shape[1] >= len(headings):
            return table
    if wanted.casefold() in known:
        _require_free(sheet, known[wanted.casefold()], len(headings))
    sheet.range((1, 1)).value = [[name], [purpose]]
    _type(sheet.range((1, 1)), TITLE, ACCENT, bold=True)
    _type(sheet.range((2, 1), (3, 1)), BODY, MUTED)
    head = sheet.range((HEAD, 1), (HEAD, len(headings)))
    head.value = [[one.header for one in headings]]
    _type(head, BODY, "#FFFFFF", bold=True)
    head.color, head.wrap_text, head.row_height = ACCENT, True, HEAD_POINTS
    for place, one in enumerate(headings, start=1):
        sheet.range((HEAD, place)).column_width = one.width
        _aligned(sheet.range((HEAD, place)), one)
    excel.freeze_above(sheet, HEAD + 1)
    if wanted.casefold() in known:
        table = known[wanted.casefold()]
        table.resize(sheet.range((HEAD, 1), (max(HEAD + 1, table.range.last_cell.row), len(headings))))
        return table
    whole = sheet.range((HEAD, 1), (HEAD + 1, len(headings)))
    return sheet.tables.add(source=whole, name=wanted, table_style_name="TableStyleLight1")


def _require_free(sheet: xw.Sheet, table: xw.main.Table, width: int) -> None:
    """Raise CannotDo where a table of an earlier version would grow over cells that somebody has filled."""
    last = table.range.last_cell
    if width <= last.column:
        return
    beside = sheet.range((HEAD, last.column + 1), (max(last.row, HEAD + 1), width)).options(ndim=2).value
    if any(value not in (None, "") for row in beside for value in row):
        raise CannotDo(f"{sheet.name} has cells beside its list where new columns belong: move them, then try again.")


def _fill(sheet: xw.Sheet, table: xw.main.Table, headings: Sequence[Heading], rows: Rows) -> None:
    old = table.range.last_cell.row
    width = table.range.shape[1]
    if old > HEAD:
        sheet.range((HEAD + 1, 1), (old, width)).clear_contents()
    last = HEAD + max(1, len(rows))
    table.resize(sheet.range((HEAD, 1), (last, width)))
    for place, one in enumerate(headings, start=1):
        _style(sheet.range((HEAD + 1, place), (last, place)), one)
    lines = sheet.range((HEAD + 1, 1), (last, len(headings))).borders
    kinds = ["inside_horizontal", "edge_bottom"] if last > HEAD + 1 else ["edge_bottom"]  # one row has none inside
    lines.set(kinds, line_style="continuous", weight="thin", color=LINE)
    if rows:
        sheet.range((HEAD + 1, 1), (last, len(headings))).value = block(headings, rows)
        _heights(sheet, headings, rows, last)


def _heights(sheet: xw.Sheet, headings: Sequence[Heading], rows: Rows, last: int) -> None:
    sheet.range((HEAD + 1, 1), (last, 1)).row_height = ROW_POINTS
    for number, height in enumerate(heights(headings, rows), start=HEAD + 1):
        if height != ROW_POINTS:
            sheet.range((number, 1)).row_height = height


def _style(cells: xw.Range, heading: Heading) -> None:
    cells.number_format = number_format(heading)
    _type(cells, BODY, ACCENT if heading.kind == "link" else INK)
    cells.wrap_text = heading.wraps
    _aligned(cells, heading)


def _type(cells: xw.Range, size: int, color: str, bold: bool = False) -> None:
    cells.font.name, cells.font.size, cells.font.color, cells.font.bold = FONT, size, color, bold


def _aligned(cells: xw.Range, heading: Heading) -> None:
    cells.vertical_alignment = "center"
    cells.horizontal_alignment = "center" if heading.centred else "left"
    if not heading.centred:
        excel.set_to(cells.api, "IndentLevel", 1)
