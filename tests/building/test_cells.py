"""What `TableSheet` takes of XlsxWriter's inside: rows written at once are the cells that XlsxWriter itself writes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import xlsxwriter

from workbook.building.cells import TableSheet
from workbook.model.excel import serial

VALUES: list[Any] = ["a", "<&\"'>", " b ", 1, 2.5, -3, True, False, date(2026, 9, 7), datetime(2026, 9, 7, 12)]


def sheet_of(make: Any) -> dict[str, str]:
    """The cells of a sheet, without its strings' numbers; and the strings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        style = book.add_format({"bold": True})
        make(book, style)
    package = zipfile.ZipFile(file)
    cells = re.findall(r"<c r=\"(\w+)\".*?(?:/>|</c>)", package.read("xl/worksheets/sheet1.xml").decode())
    whole = package.read("xl/worksheets/sheet1.xml").decode()
    found = {one: re.search(rf'<c r="{one}".*?(?:/>|</c>)', whole)[0] for one in cells}  # type: ignore[index]
    return found | {"strings": package.read("xl/sharedStrings.xml").decode()}


def test_rows_at_once_are_the_cells_that_xlsxwriter_writes() -> None:
    formulas = [7.25, "text", ""]

    def at_once(book: Any, style: Any) -> None:
        page = book.add_worksheet("T", TableSheet)
        page.write_row(0, 0, ["A", "B"])
        makers = [page.typed("A", style), page.worked_out("B", style, '=SUM(A{row},1)&"<"')]
        results = [*formulas, *[0] * (len(VALUES) - len(formulas))]
        page.put_records(2, [VALUES, results], makers, [0.0] * len(VALUES))

    def cell_by_cell(book: Any, style: Any) -> None:
        page = book.add_worksheet("T", TableSheet)
        page.write_row(0, 0, ["A", "B"])
        for row, value in enumerate(VALUES, 1):
            page.write(row, 0, serial(value) if isinstance(value, date) else value, style)
            result = formulas[row - 1] if row <= len(formulas) else 0
            page.write_formula(row, 1, f'=SUM(A{row + 1},1)&"<"', style, result)

    assert sheet_of(at_once) == sheet_of(cell_by_cell)


def test_formulas_are_made_ready_as_xlsxwriter_does_it() -> None:
    """A function is newer than the file format or not wherever it stands: alone, twice, within another, in a text."""
    plain, ours = xlsxwriter.worksheet.Worksheet(), TableSheet()
    names = ["SUM", "IFS", "TEXTJOIN", "F.DIST", "XLOOKUP", "FILTER", "BETA.DIST", "IFERROR", "_xlfn.CONCAT", "MY.IFS"]
    shapes = ["=%s(A1)", "{=SUM(%s (A1,%s(2)))}", '="%s("&A1', "%s(1)+IF(1,%s(A1),2)", "=A1", "=-%s($A1:B2)}"]
    for name in names:
        for other in names:
            for shape in shapes:
                formula = shape.replace("%s", name, 1).replace("%s", other)
                for newer in (False, True, False):
                    assert ours._prepare_formula(formula, newer) == plain._prepare_formula(formula, newer), formula
