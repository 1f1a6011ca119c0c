"""What a template carries beside words and figures: what runs, what reaches out, what comes from elsewhere.

Nothing of it is run or followed here. It is listed with its place, by a word with which it can be allowed. Parts are
found along the links of the package, whatever their names; a kind of part that is not known to be harmless is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.package.addresses import as_utf8
from workbook.package.parts import Package
from workbook.package.relationships import Relationship
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.formula_matter import TOKEN, WORDS, Matter, in_formula, with_token
from workbook.reports.engine.markup import Element, local, parse

_KINDS = {
    "vbaProject": "macros", "xlMacrosheet": "macros", "xlIntlMacrosheet": "macros", "dialogsheet": "macros",
    "attachedToolbars": "macros", "ui/extensibility": "macros", "ui/userCustomization": "macros",
    "extensibility": "macros", "userCustomization": "macros",
    "oleObject": "ole", "package": "ole", "control": "activex", "activeXControlBinary": "activex",
    "connections": "queries", "queryTable": "queries", "dataModel": "queries", "powerPivotData": "queries",
    "customData": "queries", "model": "queries", "xmlMaps": "custom-xml", "customXml": "custom-xml",
    "customXmlProps": "custom-xml", "font": "fonts", "webextension": "add-ins", "webextensiontaskpanes": "add-ins",
    "taskpanes": "add-ins", "revisionHeaders": "revisions", "revisionLog": "revisions", "usernames": "revisions",
    "pivotTable": "pivots", "pivotCacheDefinition": "pivots", "pivotCacheRecords": "pivots", "slicer": "pivots",
    "slicerCache": "pivots", "timeline": "pivots", "timelineCache": "pivots",
}  # fmt: skip
"""Kinds of links between parts that lead to such matter."""
_HARMLESS = frozenset(
    {
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "worksheet", "chartsheet",
        "styles", "theme", "themeOverride", "sharedStrings", "calcChain", "sheetMetadata", "drawing", "vmlDrawing",
        "comments", "threadedComment", "person", "chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes",
        "image", "hdphoto", "hyperlink", "table", "tableSingleCells", "ctrlProp", "diagramData", "diagramLayout",
        "diagramQuickStyle", "diagramColors", "diagramDrawing", "namedSheetView", "FeaturePropertyBag",
        "rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "rdArray", "rdSupportingPropertyBag",
        "rdSupportingPropertyBagStructure", "richStyles", "richValueRel",
        # what `personal` takes out of every report
        "printerSettings", "thumbnail", "classificationlabels", "origin", "signature", "certificate",
    }
)  # fmt: skip
"""Kinds that hold words, figures, looks and pictures alone, or stay out of reports."""
_FORMULAS = frozenset(
    {
        "f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "definedName",
        "FmlaMacro", "FmlaLink", "FmlaRange", "FmlaPict", "FmlaTxbx", "FmlaGroup",
    }
)  # fmt: skip
_FORMULA_ATTRIBUTES = ("textlink", "fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup")
_MACRO_ATTRIBUTES = ("macro", "fmlaMacro")
_ELEMENTS = {
    "oleObject": "ole", "oleObjects": "ole", "smartTagType": "other-links", "cellSmartTag": "other-links",
    "webPublishItem": "other-links", "webPublishObject": "other-links", "externalReference": "workbooks",
    "pivotCache": "pivots", "dataConsolidate": "workbooks",
}  # fmt: skip
"""Elements that are such matter whether or not a link goes with them."""
_BOX_MACRO = re.compile(r"<(?:\w+:)?(?:FmlaMacro|ScriptText)\b[^>]*>[^<]*\S")
_BOX_PICTURE = re.compile(r"\b(?:src|o:href|r:href)\s*=\s*[\"']\s*(?:[a-z]+:)?[/\\]{2}", re.IGNORECASE)
_BOX_LINK = re.compile(r"\bhref\s*=\s*[\"']\s*(?!#)\S", re.IGNORECASE)
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


def matter_in(package: Package) -> list[Matter]:
    """All of it, in the order of the sheets, each once. Raises CannotDo where a part cannot be read."""
    book = BookPart(package)
    names = {part: name for kind in ("worksheet", "chartsheet") for name, part in book.sheets(kind)}
    reached = package.reached()
    order = [*names, *(part for part in reached if part not in names)]
    found = [one for part in order for one in _in_part(package, part, names.get(part, "") or _short(part))]
    found += _in_links(package, names)
    kept = {link.target for link in package.relationships(book.part) if link.kind == "vbaProject"}
    if not kept and any(name.lower().endswith("vbaproject.bin") for name in package.names):
        found.append(Matter("macros", "workbook", "xl/vbaProject.bin", WORDS["macros"]))
    return list(dict.fromkeys(found))


def _short(part: str) -> str:
    name = part.rpartition("/")[2]
    return "workbook" if name == "workbook.xml" else name


def _in_part(package: Package, part: str, where: str) -> Iterator[Matter]:
    """Matter in the XML of a part: formulas, wherever they stand, and elements that run or reach out."""
    if package.find(part) is None:
        return
    data = as_utf8(package.read(part)).lstrip(b"\xef\xbb\xbf \r\n\t")
    if not data.startswith(b"<"):
        return
    if part.lower().endswith(".vml"):  # Excel's own is not always XML
        yield from _in_boxes(data.decode("utf-8", "replace"), where)
        return
    root = parse(package.read(part), part)
    for feature in root:
        place = local(feature) or where
        for element in feature.iter("*"):
            if local(element) == "c" and element.get("r"):
                place = element.get("r", "")
            yield from _in_element(element, where, place)


def _in_element(element: Element, where: str, place: str) -> Iterator[Matter]:
    name = local(element)
    if name == "definedName":
        place = f"name {element.get('name')}"
        if any(element.get(sign) in ("1", "true") for sign in ("xlm", "vbProcedure")):
            yield Matter("macros", where, place, WORDS["macros"])
        if element.get("hidden") in ("1", "true") and not (element.get("name") or "").startswith("_xl"):
            yield Matter("hidden", where, place, WORDS["hidden"])
    elif name == "sheet" and element.get("state", "visible") != "visible":
        yield Matter("hidden", element.get("name", ""), "the whole sheet", WORDS["hidden"])
    if name in _ELEMENTS:
        yield Matter(_ELEMENTS[name], where, place, WORDS[_ELEMENTS[name]])
    if name in _FORMULAS and element.text:
        yield from in_formula(element.text, where, place)
    for attribute in _FORMULA_ATTRIBUTES:
        yield from in_formula(element.get(attribute) or "", where, place)
    if any((element.get(attribute) or "").strip() for attribute in _MACRO_ATTRIBUTES):
        yield Matter("macros", where, place, WORDS["macros"])


def _in_boxes(drawing: str, where: str) -> Iterator[Matter]:
    """Matter in an old drawing: the boxes of notes, buttons, pictures of headers."""
    for pattern, word in ((_BOX_MACRO, "macros"), (_BOX_PICTURE, "pictures"), (_BOX_LINK, "hyperlink")):
        if pattern.search(drawing):
            yield Matter(word, where, "drawing", WORDS[word])


def _in_links(package: Package, names: dict[str, str]) -> Iterator[Matter]:
    """Matter that links lead to, from any part of the package."""
    for name in package.names:
        folder, _, file = name.rpartition("_rels/")
        if not file.lower().endswith(".rels"):
            continue
        source = f"{folder}{file[: -len('.rels')]}"
        where = names.get(source, source.rpartition("/")[2] or "workbook")
        for link in package.relationships(source):
            word = _word_of(link, package, source)
            if word:
                yield Matter(word, where, link.target[-80:], WORDS[word])


def _word_of(link: Relationship, package: Package, source: str) -> str | None:
    kind = link.kind
    if kind == "hyperlink":
        data = link.external and with_token(link.target)
        leads_away = link.external and not (_SAFE_ADDRESS.match(link.target) or TOKEN.match(link.target))
        return "hyperlink" if data or leads_away else None
    if kind == "externalLink" and not link.external:
        part = package.find(link.target)
        root = parse(package.read(part), part) if part else None
        inner = {local(each) for each in root} if root is not None else set()
        return "dde" if "ddeLink" in inner else "ole" if "oleLink" in inner else "workbooks"
    if kind in _KINDS:
        return _KINDS[kind]
    if link.external:
        book = source.startswith("xl/externalLinks/")
        return "pictures" if kind in ("image", "hdphoto") else None if book else "other-links"
    return None if kind in _HARMLESS else "other-parts"
