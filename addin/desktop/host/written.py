"""Sheets that Mentorbook writes into the open workbook: a table under a title, filled in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlwings as xw

from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from workbook.building.look import ACCENT, BODY, DATE, FONT, INK, LINE, MUTED, TITLE
from workbook.building.views.written_rows import Heading
from workbook.model import CannotDo
from workbook.reading.cell_values import plain

HEAD = 4
"""The row of the headings."""
START = "Start"
ROW_POINTS = 19
_READ_AS_OTHER = re.compile(r"^[=+\-@'\d(.$£€%]|^(?:true|false)$", re.IGNORECASE)
Rows = Sequence[Sequence[Any]]


def write_sheet(
    book: xw.Book, name: str, purpose: str, line: str, headings: Sequence[Heading], rows: Rows, after: str | None = None
) -> xw.Sheet:
    """Fill the sheet called ``name``, made if it is not there, with a row for each of ``rows``, and show it.

    A cell of kind "link" becomes a link to that cell of the sheet that its row names before it. Raises CannotDo
    where the sheet, or the workbook's structure, is protected.
    """
    names = {sheet.name.casefold(): sheet for sheet in book.sheets}
    sheet = names.get(name.casefold())
    if sheet is None:
        sheet = excel.add_sheet(book, name, after)
    excel.require_unprotected(sheet)
    excel.show(sheet)
    table = _table(sheet, name, purpose, headings)
    excel.show_all(sheet, table)
    _fill(sheet, table, headings, rows)
    sheet.range((3, 1)).value = line
    sheet.activate()
    sheet.range((HEAD + 1, 1)).select()
    return sheet


def typed_rows(book: xw.Book, name: str) -> list[dict[str, Any]]:
    """The rows of a written sheet by heading, as they stand; none where the workbook has no such sheet."""
    sheet = {one.name.casefold(): one for one in book.sheets}.get(name.casefold())
    if sheet is None:
        return []
    last = sheet.used_range.last_cell
    if last.row <= HEAD:
        return []
    head, *rows = sheet.range((HEAD, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    return [dict(zip(map(str, head), plain(row), strict=True)) for row in rows]


def dated(opened: OpenTracker, words: str, on: date) -> str:
    """The line over a written sheet: the words until entries change, by formula, where the tracker can tell that."""
    from workbook.building.views.written_rows import line

    mark = _live_mark(opened.book)
    return words if mark is None else line(words, on, mark)


def _live_mark(book: xw.Book) -> int | None:
    """The number by which the tracker itself tells that entries have changed, as Excel works it out now.

    Asked of the cell and not worked out again: where a heading is gone or a table cut short, formulas see less than
    we do. None where an older tracker has no such cell.
    """
    from workbook.measures.entries_mark import NAME

    named = [name.refers_to for name in book.names if name.name == NAME]
    place = re.search(r"\$([A-Z]{1,3})\$(\d+)$", named[0] or "") if named else None
    if place is None or START not in book.sheet_names:
        return None
    book.app.calculate()
    value = book.sheets[START].range(f"{place[1]}{place[2]}").value
    return int(value) if isinstance(value, (int, float)) else None


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
    head.color, head.wrap_text, head.row_height = ACCENT, True, 28
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
        block = [[_cell(one, row, place) for place, one in enumerate(headings)] for row in rows]
        sheet.range((HEAD + 1, 1), (last, len(headings))).value = block
        _heights(sheet, headings, rows, last)


def _heights(sheet: xw.Sheet, headings: Sequence[Heading], rows: Rows, last: int) -> None:
    """Rows as high as on a new tracker; those with long notes as high as these need."""
    from workbook.building.heights import row_heights

    sheet.range((HEAD + 1, 1), (last, 1)).row_height = ROW_POINTS
    notes = [([row[i] for row in rows], one.width) for i, one in enumerate(headings) if one.wraps]
    for number, height in enumerate(row_heights(notes, len(rows), ROW_POINTS, BODY), start=HEAD + 1):
        if height:
            sheet.range((number, 1)).row_height = height


def _style(cells: xw.Range, heading: Heading) -> None:
    cells.number_format = DATE if heading.dated else "@" if heading.kind in ("text", "entry") else "General"
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


def _cell(heading: Heading, row: Sequence[Any], place: int) -> Any:
    value = row[place]
    if heading.kind == "link" and value:
        return link(str(row[place - 1]), str(value))
    if value is None or isinstance(value, (int, float, datetime)):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return str(value) if heading.kind in ("text", "entry") else as_text(str(value))


def link(sheet: str, cell: str) -> str:
    """A formula that leads to a cell when it is clicked."""
    inside = sheet.replace("'", "''").replace('"', '""')
    return f'=HYPERLINK("#\'{inside}\'!{cell}","{cell}")'


def as_text(words: str) -> str:
    """A text as Excel takes it for a text in a cell of no special format, whatever it looks like.

    Excel reads what a program sets as if it had been typed: a leading = would become a formula, 1/2 a date. An
    apostrophe before it keeps it as it is and is not shown.
    """
    return f"'{words}" if _READ_AS_OTHER.match(words) or (len(words) < 30 and re.search(r"\d", words)) else words
