"""Rules that Excel keeps when it opens a workbook: what breaks one is "repaired", which loses it, or opens not at all.

Sources: ECMA-376 part 1, 18.2 to 18.5; "Excel specifications and limits"; the names of functions after 2007 as
Microsoft lists them under "Issue: An _xlfn. prefix is displayed in front of a formula".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from tests.excel_rules.book import LINK, MAIN, BookFile, Cell, place
from workbook.model.settings_sheets import settings_sheets

ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
).split()
IN_BOOK = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
).split()
LONGEST = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d{1,7}|r(\d*)(c\d*)?|c\d*", re.IGNORECASE)
AFTER_2007 = re.compile(
    r"(?<![\w.])(?:AGGREGATE|IFNA|XLOOKUP|LET|FILTER|LAMBDA|TEXTJOIN|CONCAT|IFS|SWITCH|MAXIFS|MINIFS|UNIQUE|SORT|"
    r"SEQUENCE|XMATCH|DAYS|NUMBERVALUE|PERCENTILE\.INC|STDEV\.S|RANK\.EQ)\("
)
WITHOUT_PREFIX = {"AGGREGATE("}  # of 2010, and yet written without
NOT_IN_2019 = re.compile(r"(?:XLOOKUP|LET|FILTER|LAMBDA|UNIQUE|SORT|SEQUENCE|XMATCH)\(")


_SEEN: dict[int, list[str]] = {}


def broken_rules(book: BookFile) -> list[str]:
    """A sentence for each rule that a workbook breaks."""
    found = [*_package(book), *_workbook(book), *_names(book), *_styles(book)]
    for name, part, sheet in book.sheets:
        found += [f"{name}: {what}" for what in _sheet(book, part, sheet)]
    return found


def _sheet(book: BookFile, part: str, sheet: etree._Element) -> list[str]:
    """Of a sheet; one that is in many files byte for byte, with all it leans on, is looked at once."""
    linked = [target for _, kind, target in book.links(part) if kind == "table"]
    leans = [book.main, *linked, *(name for name in book.parts if name.endswith("sharedStrings.xml"))]
    key = hash((etree.tostring(sheet), *(book.parts[name] for name in leans)))
    if key not in _SEEN:
        cells = dict(book.cells(sheet))
        looks = (
            *(_order(sheet), _cells(sheet, cells), _offered(sheet, cells)),
            *(_more(book, sheet), _tables(book, part, sheet, cells)),
        )
        _SEEN[key] = [what for look in looks for what in look]
    return _SEEN[key]


def _package(book: BookFile) -> Iterator[str]:
    types = book.xml("[Content_Types].xml")
    defaults = {one.get("Extension").lower() for one in types if one.tag.endswith("Default")}
    overrides = [one.get("PartName").lstrip("/") for one in types if one.tag.endswith("Override")]
    yield from (f"the part {one} is named twice" for one, count in Counter(overrides).items() if count > 1)
    yield from (f"the type of {one}, which is not there" for one in overrides if one not in book.parts)
    lower = Counter(name.lower() for name in book.parts)
    yield from (f"{name} is there twice" for name, count in lower.items() if count > 1)
    for name in book.parts:
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name} has no type"
        if name.endswith(".rels"):
            folder, _, one = name.rpartition("_rels/")
            part = folder + one.removesuffix(".rels")
            links = book.links(part)
            yield from (f"{part} links to {target}" for _, _, target in links if target not in book.parts)
            yield from (
                f"{part}: link {one} twice" for one, count in Counter(a for a, _, _ in links).items() if count > 1
            )


def _workbook(book: BookFile) -> Iterator[str]:
    tags = [child.tag.rpartition("}")[2] for child in book.workbook if isinstance(child.tag, str)]
    known = [tag for tag in tags if tag in IN_BOOK]
    if known != sorted(known, key=IN_BOOK.index):
        yield f"the workbook's parts stand as {known}"
    sheets = list(book.workbook.iter(f"{MAIN}sheet"))
    names = [one.get("name") for one in sheets]
    for name in names:
        if (
            not 0 < len(name.encode("utf-16-le")) // 2 <= 31
            or re.search(r"[\[\]:*?/\\]", name)
            or name[0] == "'" == name[-1:]
        ):
            yield f"the sheet's name {name}"
    yield from (f"sheet {name} twice" for name, count in Counter(map(str.lower, names)).items() if count > 1)
    yield from (f"sheetId {one} twice" for one, n in Counter(one.get("sheetId") for one in sheets).items() if n > 1)
    yield from (f"a sheet of settings or code, {name}" for name in settings_sheets(names))
    if not any(one.get("state", "visible") == "visible" for one in sheets):
        yield "no sheet is shown"
    view = book.workbook.find(f".//{MAIN}workbookView")
    active = int(view.get("activeTab", "0")) if view is not None else 0
    if active >= len(sheets) or sheets[active].get("state", "visible") != "visible":
        yield f"the sheet {active} in front is not shown"
    selected = [
        name for name, _, sheet in book.sheets if sheet.find(f".//{MAIN}sheetView[@tabSelected='1']") is not None
    ]
    if len(selected) > 1:
        yield f"{selected} are selected together: what is typed goes into all"
    calc = book.workbook.find(f"{MAIN}calcPr")
    formulas = any(sheet.find(f".//{MAIN}f") is not None for _, _, sheet in book.sheets)
    if calc is not None and calc.get("fullCalcOnLoad") in ("1", "true") and not formulas:
        yield "asks to be worked out and has no formula: Excel asks to save it untouched"


def _names(book: BookFile) -> Iterator[str]:
    scoped = Counter(
        (one.get("name").lower(), one.get("localSheetId")) for one in book.workbook.iter(f"{MAIN}definedName")
    )
    yield from (f"the name {name} twice" for (name, _), count in scoped.items() if count > 1)
    tables = [table.get("displayName") for _, _, table in book.tables]
    ids = Counter(table.get("id") for _, _, table in book.tables)
    yield from (f"table id {one} twice" for one, count in ids.items() if count > 1)
    everybody = Counter([*map(str.lower, tables), *(name for name, scope in scoped if scope is None)])
    yield from (f"{name} names two things" for name, count in everybody.items() if count > 1)
    for name in (*tables, *(name for name, _ in scoped)):
        bare = name.removeprefix("_xlnm.")
        if LIKE_A_CELL.fullmatch(bare) or not re.fullmatch(r"[A-Za-z_\\][\w.\\?]*", bare) or len(bare) > 255:
            yield f"the name {name} is none"
    sheets = len(list(book.workbook.iter(f"{MAIN}sheet")))
    for one in book.workbook.iter(f"{MAIN}definedName"):
        if int(one.get("localSheetId", "0")) >= sheets:
            yield f"{one.get('name')} belongs to no sheet"
        if "#REF!" in (one.text or ""):
            yield f"{one.get('name')} is {one.text}"


def _order(sheet: etree._Element) -> Iterator[str]:
    tags = [
        child.tag.rpartition("}")[2] for child in sheet if isinstance(child.tag, str) and child.tag.startswith(MAIN)
    ]
    places = [ORDER.index(tag) if tag in ORDER else -1 for tag in tags]
    if places != sorted(places):
        yield f"its parts stand as {tags}"
    yield from (f"{tag} twice" for tag, n in Counter(tags).items() if n > 1 and tag != "conditionalFormatting")


def _cells(sheet: etree._Element, cells: Mapping[str, Cell]) -> Iterator[str]:
    last_row = 0
    for row in sheet.iter(f"{MAIN}row"):
        number, last_column = int(row.get("r")), 0
        if not last_row < number <= 1_048_576:
            yield f"row {number} after row {last_row}"
        last_row = number
        for cell in row:
            at, column = place(cell.get("r"))
            if at != number or not last_column < column <= 16_384:
                yield f"{cell.get('r')} in row {number} after column {last_column}"
            last_column = column
    for address, cell in cells.items():
        if cell.value is not None and len(cell.value) > 32_767:
            yield f"{address} holds {len(cell.value)} letters"
        if cell.formula:
            yield from (f"{address}: {what}" for what in _formula(cell.formula))
            if cell.value is None:
                yield f"{address}: a formula without its result"


@cache
def _formula(text: str) -> tuple[str, ...]:
    return tuple(_of_formula(text))


def _of_formula(text: str) -> Iterator[str]:
    if len(text) > 8192:
        yield f"a formula of {len(text)} letters"
    outside = re.sub(r'"(?:[^"]|"")*"', '""', text)
    for literal in re.findall(r'"((?:[^"]|"")*)"', text):
        if len(literal.replace('""', '"')) > 255:
            yield f"a text of {len(literal)} letters in a formula"
    if text.startswith("="):
        yield "a formula with its sign ="
    for found in AFTER_2007.finditer(outside):
        if found[0] not in WITHOUT_PREFIX and not outside[: found.start()].endswith("_xlfn."):
            yield f"{found[0]} without _xlfn."
    if NOT_IN_2019.search(outside):
        yield "a function that Excel 2019 does not have"
    depth = deepest = 0
    for letter in outside:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    if depth or deepest > 64:
        yield f"brackets {deepest} deep"


def _offered(sheet: etree._Element, cells: Mapping[str, Cell]) -> Iterator[str]:
    """A formula written out to be copied, beside an answer of many cells: Excel 2019 wants to be told so."""
    for row in sheet.iter(f"{MAIN}row"):
        if any(f.get("t") == "array" and ":" in f.get("ref", "") for f in row.iter(f"{MAIN}f")):
            texts = [cells[one.get("r")].value or "" for one in row.iter(f"{MAIN}c")]
            offered = [text for text in texts if text.startswith("=")]
            if offered and not any("Ctrl+Shift+Enter" in text for text in texts):
                yield f"offers {offered[0][:60]} without a word of Ctrl+Shift+Enter"


def _more(book: BookFile, sheet: etree._Element) -> Iterator[str]:
    validations = list(sheet.iter(f"{MAIN}dataValidation"))
    for one in validations:
        yield from (
            f"{what} of a validation is too long" for what, most in LONGEST.items() if len(one.get(what) or "") > most
        )
        for formula in (one.findtext(f"{MAIN}formula1") or "", one.findtext(f"{MAIN}formula2") or ""):
            if len(formula) > 255 or "[" in re.sub(r'"[^"]*"', "", formula):
                yield f"a validation asks {formula[:60]}"
    counted = sheet.find(f"{MAIN}dataValidations")
    if counted is not None and int(counted.get("count", len(validations))) != len(validations):
        yield "the count of validations"
    for formula in sheet.iter(f"{MAIN}formula"):
        if len(formula.text or "") > 255 or "[" in re.sub(r'"[^"]*"', "", formula.text or ""):
            yield f"a conditional format asks {(formula.text or '')[:60]}"
    priorities = Counter(rule.get("priority") for rule in sheet.iter(f"{MAIN}cfRule"))
    yield from (f"two rules of priority {one}" for one, count in priorities.items() if count > 1)
    names = {one.get("name").lower() for one in book.workbook.iter(f"{MAIN}sheet")}
    for link in sheet.iter(f"{MAIN}hyperlink"):
        to = link.get("location") or ""
        found = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^'!]+))!.+", to)
        if len(to) > 255 or len(link.get("tooltip") or "") > 255:
            yield f"a link of {len(to)} letters"
        if to and link.get(LINK) is None and found and (found[1] or found[2]).replace("''", "'").lower() not in names:
            yield f"a link to {to}"
    merged = [one.get("ref") for one in sheet.iter(f"{MAIN}mergeCell")]
    boxes = [(*place(one.split(":")[0]), *place(one.split(":")[-1])) for one in merged]
    for at, one in enumerate(boxes):
        if any(one[0] <= b[2] and b[0] <= one[2] and one[1] <= b[3] and b[1] <= one[3] for b in boxes[:at]):
            yield f"merged cells {merged[at]} meet others"


def _tables(book: BookFile, part: str, sheet: etree._Element, cells: Mapping[str, Cell]) -> Iterator[str]:
    listed = len(list(sheet.iter(f"{MAIN}tablePart")))
    targets = [target for _, kind, target in book.links(part) if kind == "table"]
    if listed != len(targets):
        yield f"{listed} tables are listed and {len(targets)} linked"
    for target in targets:
        table = book.xml(target)
        name = table.get("displayName")
        first, last = table.get("ref").split(":")
        (top, left), (bottom, right) = place(first), place(last)
        columns = list(table.iter(f"{MAIN}tableColumn"))
        if len(columns) != right - left + 1 or bottom <= top:
            yield f"table {name} of {len(columns)} columns at {first}:{last}"
        if len({one.get("name").lower() for one in columns}) != len(columns):
            yield f"table {name} has a heading twice"
        for number, column in enumerate(columns, start=left):
            letters = _letters(number)
            head = cells.get(f"{letters}{top}")
            heading = re.sub(r"_x000a_|\n", "\n", column.get("name"), flags=re.IGNORECASE)
            if head is None or head.kind not in ("s", "str", "inlineStr") or head.value != heading or head.formula:
                yield f"table {name}: the heading {column.get('name')} and its cell differ"
            formula = column.findtext(f"{MAIN}calculatedColumnFormula")
            below = (cells.get(f"{letters}{row}") for row in range(top + 1, bottom + 1)) if formula else ()
            other = sum(cell is None or cell.formula not in (formula, "") for cell in below)
            if other:
                yield f"table {name}: {other} cells of {column.get('name')} differ from its formula"


def _styles(book: BookFile) -> Iterator[str]:
    part = next((target for _, kind, target in book.links(book.main) if kind == "styles"), None)
    if part is None:
        return
    root = book.xml(part)
    formats = len(root.find(f"{MAIN}cellXfs"))
    differing = root.find(f"{MAIN}dxfs")
    rules = len(differing) if differing is not None else 0
    if formats > 65_490 or len(root.find(f"{MAIN}fonts")) > 1024:
        yield f"{formats} formats of cells"
    for name, _, sheet in book.sheets:
        if any(int(cell.get("s", "0")) >= formats for cell in sheet.iter(f"{MAIN}c", f"{MAIN}row", f"{MAIN}col")):
            yield f"{name}: a format that is not there"
        if any(int(rule.get("dxfId", "-1")) >= rules for rule in sheet.iter(f"{MAIN}cfRule")):
            yield f"{name}: a rule's format that is not there"


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
