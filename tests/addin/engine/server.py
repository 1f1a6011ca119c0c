"""LibreOffice as the open spreadsheet, run by Debian's own Python, the only one with its bridge.

Standard library and uno only. Starts one headless LibreOffice in the profile folder it is given and answers a JSON
line for each JSON line, until they end. Documents stay open between requests and are known by a number. Rows and
columns are counted from 1; an area is [first row, first column, last row, last column].
"""

import contextlib
import json
import re
import shutil
import sys
from pathlib import Path

import uno
from com.sun.star.table import CellAddress, CellRangeAddress
from com.sun.star.table.TableOrientation import COLUMNS

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "office"))
from server import FILTERS, prop, start, used_area, values

ENGLISH_EXCEL = 3  # com.sun.star.sheet.AddressConvention.XL_OOX
DATE, LOGICAL, TEXT = 2, 1024, 256  # com.sun.star.util.NumberFormat
LOOKS = (
    "NumberFormat", "CellBackColor", "CharColor", "CharHeight", "CharFontName", "CharWeight", "IsTextWrapped",
    "HoriJustify", "VertJustify", "BottomBorder", "ParaIndent",
)  # fmt: skip
CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
AS_EXCEL_READS = re.compile(
    r"(?P<number>[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?%?)|(?P<date>\d{1,4}[/-]\d{1,2}([/-]\d{2,4})?)|(?P<truth>TRUE|FALSE)",
    re.IGNORECASE,
)


class Documents:
    def __init__(self, desktop):
        self.desktop, self.open, self.next = desktop, {}, 1

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


def open_(docs, path):
    return docs.add(Path(path).as_uri())


def new(docs):
    return docs.add("private:factory/scalc")


def close(docs, doc):
    docs.open.pop(doc).close(True)


def save(docs, doc, path):
    target = Path(path)
    docs.open[doc].storeToURL(target.as_uri(), (prop("FilterName", FILTERS[target.suffix.lower()]),))


def calculate(docs, doc):
    docs.open[doc].calculateAll()


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
    document, cells = docs.open[doc], docs.area(doc, sheet, area)
    found = {"rows": values(document, cells)["rows"]}
    for name, kind in (("dates", DATE), ("truths", LOGICAL)):
        found[name] = formatted(document, cells, kind)
    return found


def formatted(document, cells, kind):
    """The areas within `cells`, counted from 0, whose number format is of a kind."""
    top, left = cells.RangeAddress.StartRow, cells.RangeAddress.StartColumn
    areas = []
    for alike in cells.getUniqueCellFormatRanges():
        if document.NumberFormats.getByKey(alike.NumberFormat).Type & kind:
            for one in alike.getRangeAddresses():
                areas.append([one.StartRow - top, one.StartColumn - left, one.EndRow - top, one.EndColumn - left])
    return areas


def formulas(docs, doc, sheet, area):
    return [[text.removeprefix("'") for text in row] for row in docs.area(doc, sheet, area).getFormulaArray()]


def write(docs, doc, sheet, area, rows):
    """Put values into cells as Excel does when a program sets them: a text is read as if it had been typed."""
    document, cells = docs.open[doc], docs.area(doc, sheet, area)
    texts = formatted(document, cells, TEXT)
    formulas_, dates, data = [], [], []
    for i, row in enumerate(rows):
        line = []
        for j, value in enumerate(row):
            if isinstance(value, dict) and "serial" in value:
                dates.append((i, j))
                value = value["serial"]
            elif isinstance(value, str):
                as_text = any(a <= i <= c and b <= j <= d for a, b, c, d in texts)
                value = value if as_text else typed(value)
                if isinstance(value, str) and value.startswith("=") and not as_text:
                    formulas_.append((i, j, value))
                    value = ""
                elif isinstance(value, str) and value.startswith("'") and not as_text:
                    value = value[1:]
            elif isinstance(value, bool):
                value = float(value)
            line.append("" if value is None else value if isinstance(value, str) else float(value))
        data.append(tuple(line))
    cells.setDataArray(tuple(data))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is None or value == "":
                cells.getCellByPosition(j, i).clearContents(CONTENTS)
    for i, j, text in formulas_:
        put_formula(document, cells.getCellByPosition(j, i), text)
    for i, j in dates:
        cell = cells.getCellByPosition(j, i)
        if not document.NumberFormats.getByKey(cell.NumberFormat).Type & DATE:
            cell.NumberFormat = format_key(document, "dd/mm/yyyy")


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


def parser(document):
    made = document.createInstance("com.sun.star.sheet.FormulaParser")
    made.CompileEnglish, made.FormulaConvention = True, ENGLISH_EXCEL
    return made


def put_formula(document, cell, text):
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


def tables(docs, doc):
    found = []
    for name in docs.open[doc].DatabaseRanges.ElementNames:
        one = docs.open[doc].DatabaseRanges.getByName(name)
        area = one.DataArea
        filtered = bool(one.getFilterDescriptor().getFilterFields2())
        sheet = docs.open[doc].Sheets.getByIndex(area.Sheet).Name
        place = [area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1]
        found.append([name, sheet, place, filtered])
    return found


def address(docs, doc, sheet, area):
    top, left, bottom, right = area
    return CellRangeAddress(docs.sheet(doc, sheet).RangeAddress.Sheet, left - 1, top - 1, right - 1, bottom - 1)


def resize_table(docs, doc, name, sheet, area):
    docs.open[doc].DatabaseRanges.getByName(name).DataArea = address(docs, doc, sheet, area)


def add_table(docs, doc, name, sheet, area):
    docs.open[doc].DatabaseRanges.addNewByName(name, address(docs, doc, sheet, area))


def unfilter(docs, doc, name):
    one = docs.open[doc].DatabaseRanges.getByName(name)
    one.getFilterDescriptor().setFilterFields2(())
    one.refresh()


def filter_(docs, doc, name, field, text):
    field_ = uno.createUnoStruct("com.sun.star.sheet.TableFilterField2")
    field_.Field, field_.IsNumeric, field_.StringValue = field, False, text
    field_.Operator = 2  # equal
    one = docs.open[doc].DatabaseRanges.getByName(name)
    one.getFilterDescriptor().setFilterFields2((field_,))
    one.refresh()


def format_key(document, code):
    formats, english = document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", "en", "GB", "")
    key = formats.queryKey(code, english, False)
    return key if key != -1 else formats.addNew(code, english)


def number_format(docs, doc, sheet, area, code=None):
    document, cells = docs.open[doc], docs.area(doc, sheet, area)
    if code is not None:
        cells.NumberFormat = format_key(document, "Standard" if code == "General" else code)
    return document.NumberFormats.getByKey(cells.NumberFormat).FormatString


def look(docs, doc, sheet, area, name, value=None):
    """A property of cells; set where a value is given."""
    cells = docs.area(doc, sheet, area)
    if value is not None:
        setattr(cells, name, value)
    found = getattr(cells, name)
    return found if isinstance(found, (int, float, str, bool)) else None


def same_look(docs, doc, sheet, area, source):
    """Give an area the look of a row above it, column by column."""
    top, left, bottom, _ = area
    cells = docs.area(doc, sheet, source)
    for column in range(source[3] - source[1] + 1):
        like = cells.getCellByPosition(column, 0)
        target = docs.area(doc, sheet, [top, left + column, bottom, left + column])
        for name in LOOKS:
            target.setPropertyValue(name, like.getPropertyValue(name))


def hidden(docs, doc, sheet, area, what, value=None):
    """Whether all rows (or columns) of an area are hidden, null where some are; set where a value is given."""
    cells = docs.area(doc, sheet, area)
    lines = cells.Rows if what == "rows" else cells.Columns
    if value is not None:
        lines.IsVisible = not value
    shown = {lines.getByIndex(i).IsVisible for i in range(lines.Count)}
    return None if len(shown) > 1 else not shown.pop()


def fit_rows(docs, doc, sheet, area):
    docs.area(doc, sheet, area).Rows.OptimalHeight = True


def group_columns(docs, doc, sheet, area, away):
    page, place = docs.sheet(doc, sheet), address(docs, doc, sheet, area)
    page.ungroup(place, COLUMNS) if away else page.group(place, COLUMNS)


def width(docs, doc, sheet, area, points):
    docs.area(doc, sheet, area).Columns.Width = round(points * 35.28)


def merged(docs, doc, sheet, area):
    """[whether cells of the area are merged (null: some), the merged area of its first cell]."""
    cells = docs.area(doc, sheet, area)
    cursor = docs.sheet(doc, sheet).createCursorByRange(cells.getCellByPosition(0, 0))
    cursor.collapseToMergedArea()
    one = cursor.RangeAddress
    found = [one.StartRow + 1, one.StartColumn + 1, one.EndRow + 1, one.EndColumn + 1]
    if area[:2] == area[2:]:
        return [found[:2] != found[2:], found]
    return [None if cells.getIsMerged() else False, found]


def names(docs, doc):
    found = docs.open[doc].NamedRanges
    here = CellAddress(0, 0, 0)
    reader = parser(docs.open[doc])
    return [[name, "=" + reader.printFormula(found.getByName(name).getTokens(), here)] for name in found.ElementNames]


def add_name(docs, doc, name, refers_to):
    found, here = docs.open[doc].NamedRanges, CellAddress(0, 0, 0)
    if found.hasByName(name):
        found.removeByName(name)
    found.addNewByName(name, "", here, 0)
    found.getByName(name).setTokens(parser(docs.open[doc]).parseFormula(refers_to.lstrip("="), here))


def add_rule(docs, doc, sheet, area, formula, fill):
    """A conditional format of a formula, with a fill."""
    document = docs.open[doc]
    styles, name = document.StyleFamilies.getByName("CellStyles"), f"Marked {fill:06x}"
    if not styles.hasByName(name):
        styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
        styles.getByName(name).CellBackColor = fill
    cells = docs.area(doc, sheet, area)
    rules = cells.ConditionalFormat
    condition = (prop("Operator", uno.Enum("com.sun.star.sheet.ConditionOperator", "FORMULA")),)
    rules.addNew((*condition, prop("Formula1", formula.lstrip("=")), prop("StyleName", name)))
    cells.ConditionalFormat = rules


DEEDS = {
    name.strip("_"): deed
    for name, deed in list(globals().items())
    if callable(deed) and getattr(deed, "__code__", None) and deed.__code__.co_varnames[:1] == ("docs",)
}


def main():
    process, desktop = start(sys.argv[1])
    docs = Documents(desktop)
    try:
        print(json.dumps({"answer": process.pid}), flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            try:
                answer = {"answer": DEEDS[request.pop("deed")](docs, **request)}
            except Exception as problem:
                if process.poll() is not None:
                    raise
                answer = {"failed": f"{type(problem).__name__}: {problem}".split("\n")[0]}
            print(json.dumps(answer), flush=True)
        with contextlib.suppress(Exception):
            desktop.terminate()
            process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
        shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
