"""The server's deeds that concern tables, names and the look of cells. Standard library and uno only."""

import re

import uno
from com.sun.star.table import CellAddress, CellRangeAddress
from com.sun.star.table.TableOrientation import COLUMNS
from judge import prop

SEPARATOR = re.compile(r'"(?:[^"]|"")*"|[,;]')  # unless it stands within a text
ENGLISH_EXCEL = 3  # com.sun.star.sheet.AddressConvention.XL_OOX
DATE, LOGICAL, TEXT = 2, 1024, 256  # com.sun.star.util.NumberFormat
LOOKS = (
    "NumberFormat", "CellBackColor", "CharColor", "CharHeight", "CharFontName", "CharWeight", "IsTextWrapped",
    "HoriJustify", "VertJustify", "BottomBorder", "ParaIndent",
)  # fmt: skip


def spelt(formula):
    """A formula in LibreOffice's own spelling, which knows tables and serves conditional formats."""
    return SEPARATOR.sub(lambda found: {",": ";", ";": "|"}.get(found[0], found[0]), formula)


def parser(document):
    made = document.createInstance("com.sun.star.sheet.FormulaParser")
    made.CompileEnglish, made.FormulaConvention = True, ENGLISH_EXCEL
    return made


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
    if code == "General":
        return formats.getStandardIndex(english)
    key = formats.queryKey(code, english, False)
    return key if key != -1 else formats.addNew(code, english)


def number_format(docs, doc, sheet, area, code=None):
    document, cells = docs.open[doc], docs.area(doc, sheet, area)
    if code is not None:
        cells.NumberFormat = format_key(document, code)
    return document.NumberFormats.getByKey(cells.NumberFormat).FormatString


def look(docs, doc, sheet, area, name, value=None):
    """A property of cells; set where a value is given."""
    cells = docs.area(doc, sheet, area)
    if value is not None:
        setattr(cells, name, value)
    found = getattr(cells, name)
    return found if isinstance(found, (int, float, str, bool)) else None


def align(docs, doc, sheet, area, way, value):
    cells = docs.area(doc, sheet, area)
    if way == "HoriJustify":
        cells.HoriJustify = uno.Enum("com.sun.star.table.CellHoriJustify", value.upper())
    else:
        cells.VertJustify = {"top": 1, "center": 2, "bottom": 3}[value]


def lines(docs, doc, sheet, area, color):
    """A thin line under each row."""
    border = docs.area(doc, sheet, area).TableBorder
    line = uno.createUnoStruct("com.sun.star.table.BorderLine")
    line.Color, line.OuterLineWidth = color, 18
    border.HorizontalLine = border.BottomLine = line
    border.IsHorizontalLineValid = border.IsBottomLineValid = True
    docs.area(doc, sheet, area).TableBorder = border


def height(docs, doc, sheet, area, points):
    docs.area(doc, sheet, area).Rows.Height = round(points * 35.28)


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
    top, left, bottom, right = area
    whole = docs.area(doc, sheet, [top, 1, bottom, 200] if what == "rows" else [1, left, 1000, right])
    visible = set()
    for one in whole.queryVisibleCells().getRangeAddresses():
        first, last = (one.StartRow, one.EndRow) if what == "rows" else (one.StartColumn, one.EndColumn)
        visible.update(range(first, last + 1))
    count = bottom - top + 1 if what == "rows" else right - left + 1
    return not visible if len(visible) in (0, count) else None


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
    rules.addNew((*condition, prop("Formula1", spelt(formula.lstrip("="))), prop("StyleName", name)))
    cells.ConditionalFormat = rules
