"""The judge's deeds, done in LibreOffice's own process, where server.py has them loaded.

Standard library and uno only. Every workbook is opened as a copy in a folder of its own, so a lock file that a killed
LibreOffice left beside the original does not matter, and the original is never touched.
"""

import contextlib
import re
import shutil
import sys
import tempfile
import time
import zipfile
from functools import partial
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

sys.path.insert(0, str(Path(__file__).resolve().parent))
from within import Deeds

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlam": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}
FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult.ERROR
EXCEL_ERRORS = {
    32767: "#N/A",
    532: "#DIV/0!",
    502: "#VALUE!",
    504: "#VALUE!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    503: "#NUM!",
    523: "#NUM!",
    521: "#NULL!",
}
PRINT_TITLES = re.compile(rb'<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*</definedName>')
MARGIN = 500  # round a picture, in 1/100 mm


def prop(name, value):
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def copy_for_values(path, copy):
    """Copy a workbook without its print titles: LibreOffice takes longer to lay pages out than to load all else."""
    try:
        with zipfile.ZipFile(path) as package, zipfile.ZipFile(copy, "w") as made:
            for name in package.namelist():
                part = package.read(name)
                made.writestr(name, PRINT_TITLES.sub(b"", part) if name == "xl/workbook.xml" else part)
    except zipfile.BadZipFile:  # LibreOffice says what is wrong
        shutil.copyfile(path, copy)


@contextlib.contextmanager
def opened(desktop, path, changes=None, copied=shutil.copyfile):
    """The workbook, opened from a copy; `changes` {sheet: {cell: value}} are typed in first."""
    with tempfile.TemporaryDirectory(prefix="judged-") as folder:
        copy = Path(folder) / Path(path).name
        copied(path, copy)
        if not copy.stat().st_size:  # LibreOffice takes an empty file for a new document
            raise OSError(f"{copy.name} is empty")
        options = [prop("Hidden", True)]
        if copy.suffix in FILTERS:  # else LibreOffice opens a text file named .xlsx as text
            options.append(prop("FilterName", FILTERS[copy.suffix]))
        document = desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, tuple(options))
        if document is None:
            raise OSError(f"LibreOffice cannot open {copy.name}")
        try:
            for name, cells in (changes or {}).items():
                for address, value in cells.items():
                    type_in(document.Sheets.getByName(name).getCellRangeByName(address), value)
            yield document
        finally:
            document.close(True)


def type_in(cell, value):
    if isinstance(value, str):
        if value.startswith("="):
            cell.setFormula(value)
        else:
            cell.setString(value)
    elif value is None:
        cell.clearContents(1 | 2 | 4 | FORMULA_CELLS)  # numbers, dates, texts
    else:
        cell.setValue(float(value))


def used_area(sheet):
    """From A1 to the last cell that holds something."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def areas(document, wanted):
    """(name, range) for each sheet asked for: all of them, a list of names, or {name: range or None}."""
    names = list(wanted) if wanted else list(document.Sheets.ElementNames)
    for name in names:
        sheet = document.Sheets.getByName(name)
        address = wanted.get(name) if isinstance(wanted, dict) else None
        yield name, sheet.getCellRangeByName(address) if address else used_area(sheet)


def each_cell(found, area):
    """(row, column, address) inside `area` for each cell of the ranges that a query found."""
    top, left = area.RangeAddress.StartRow, area.RangeAddress.StartColumn
    for part in found.getRangeAddresses():
        for row in range(part.StartRow, part.EndRow + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                yield row - top, column - left


def grid(area, rows):
    where = area.RangeAddress
    return {"rows": rows, "first_row": where.StartRow + 1, "first_column": where.StartColumn + 1}


def values(document, area):
    """Numbers, texts, None for blank, "" where a formula says so, {"error": "#N/A"} for an error."""
    rows = [[None if value == "" else value for value in row] for row in area.getDataArray()]
    for row, column in each_cell(area.queryContentCells(FORMULA_CELLS), area):
        if rows[row][column] is None:
            rows[row][column] = ""
    wrong = list(each_cell(area.queryFormulaCells(ERROR_RESULTS), area))
    for (row, column), code in zip(wrong, error_codes(document, area, wrong), strict=True):
        rows[row][column] = {"error": EXCEL_ERRORS.get(code, f"Err:{code}")}
    return grid(area, rows)


def error_codes(document, area, cells):
    """LibreOffice's error number of each cell, by formulas in a spare sheet: to ask 50,000 cells takes a minute."""
    if not cells:
        return []
    sheets, spare = document.Sheets, "Spare sheet of the judge"
    sheets.insertNewByName(spare, sheets.Count)
    top, left, sheet = area.RangeAddress.StartRow, area.RangeAddress.StartColumn, area.Spreadsheet
    column = sheets.getByName(spare).getCellRangeByPosition(0, 0, 0, len(cells) - 1)
    name = sheet.AbsoluteName.rpartition(".")[0]
    column.setFormulaArray([(f"=ERRORTYPE({name}.{letters(left + c)}{top + r + 1})",) for r, c in cells])
    codes = [int(code) for (code,) in column.getDataArray()]
    sheets.removeByName(spare)
    return codes


def letters(column):
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def recalculate(desktop, path, sheets, changes):
    began = time.perf_counter()
    with opened(desktop, path, changes, copy_for_values) as document:
        loaded = time.perf_counter()
        document.calculateAll()
        done = time.perf_counter()
        found = {name: values(document, area) for name, area in areas(document, sheets)}
    return {"grids": found, "seconds": done - loaded, "load_seconds": loaded - began}


def formulas(desktop, path, sheets):
    found = {}
    with opened(desktop, path, copied=copy_for_values) as document:
        for name, area in areas(document, sheets):
            texts = area.getFormulaArray()
            rows = [[None] * len(row) for row in texts]
            for row, column in each_cell(area.queryContentCells(FORMULA_CELLS), area):
                rows[row][column] = texts[row][column]
            found[name] = grid(area, rows)
    return {"grids": found}


def store(desktop, path, out, recalculated):
    with opened(desktop, path) as document:
        if recalculated:
            document.calculateAll()
        target = Path(out)
        document.storeToURL(target.as_uri(), (prop("FilterName", FILTERS[target.suffix]),))
    return {}


def extent(sheet, most_rows):
    """The cells that a picture of the sheet shows: all used, charts and images too, down to `most_rows`."""
    used = used_area(sheet).RangeAddress
    column, row = used.EndColumn, used.EndRow
    for shape in sheet.DrawPage:
        right, bottom = shape.Position.X + shape.Size.Width, shape.Position.Y + shape.Size.Height
        while column < 300 and sheet.getCellByPosition(column + 1, 0).Position.X < right:
            column += 1
        while row < most_rows and sheet.getCellByPosition(0, row + 1).Position.Y < bottom:
            row += 1
    return sheet.getCellRangeByPosition(0, 0, column, min(row, most_rows - 1))


def fit_page(document, sheet, area):
    """Gives the sheet a page that is exactly as large as `area`, with nothing else on it."""
    styles = document.StyleFamilies.getByName("PageStyles")
    name = "Picture of " + sheet.Name
    styles.insertByName(name, document.createInstance("com.sun.star.style.PageStyle"))
    page = styles.getByName(name)
    for option in ("HeaderIsOn", "FooterIsOn", "CenterHorizontally", "CenterVertically"):
        page.setPropertyValue(option, False)
    for side in ("Left", "Right", "Top", "Bottom"):
        page.setPropertyValue(side + "Margin", MARGIN)
    page.Width, page.Height = area.Size.Width + 2 * MARGIN + 10, area.Size.Height + 2 * MARGIN + 10
    page.ScaleToPagesX = page.ScaleToPagesY = 1
    sheet.PageStyle = name
    sheet.setPrintTitleRows(False)
    sheet.setPrintTitleColumns(False)


def screens(desktop, path, out, sheets, most_rows, recalculated):
    """A PDF of one page for each visible sheet, as large as what the sheet holds: [[sheet name, PDF]]."""
    made = []
    with opened(desktop, path) as document:
        if recalculated:
            document.calculateAll()
        names = sheets or [sheet.Name for sheet in document.Sheets if sheet.IsVisible]
        for number, name in enumerate(names):
            sheet = document.Sheets.getByName(name)
            sheet.IsVisible = True
            area = extent(sheet, most_rows)
            fit_page(document, sheet, area)
            target = Path(out) / f"{number:03}.pdf"
            only = uno.Any("[]com.sun.star.beans.PropertyValue", (prop("Selection", area),))
            options = (prop("FilterName", FILTERS[".pdf"]), prop("FilterData", only))
            document.storeToURL(target.as_uri(), options)
            made.append([name, str(target)])
    return {"made": made}


def getComponentFactory(name, services, key):  # noqa: N802 (LibreOffice's loader asks for it by this name)
    """What the loader hands to the server."""
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    return Deeds({deed.__name__: partial(deed, desktop) for deed in (recalculate, formulas, store, screens)})
