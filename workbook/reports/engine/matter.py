"""What a template carries beside words and figures: what runs, what reaches out, what comes from elsewhere.

Nothing of it is run or followed here. It is listed with its place, by a word with which it can be allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook.package.parts import Package
from workbook.package.relationships import Relationship
from workbook.reading.references import Name, Reference, parse
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.cells import Strings, read_rows
from workbook.reports.engine.markup import Element, child, local
from workbook.reports.engine.markup import parse as parse_xml

WORDS = {
    "web": "a formula that asks a web address or a server (WEBSERVICE, IMAGE, RTD …)",
    "hyperlink": "a link whose address is put together from what stands in cells, or that leads to a file or program",
    "workbooks": "figures from another workbook",
    "dde": "a formula that talks to another program (DDE)",
    "ole": "an object of another program",
    "activex": "an ActiveX control",
    "queries": "a query or a connection to data elsewhere",
    "macros": "macros, or buttons and menus that start them",
    "custom-xml": "XML that another program has put in",
    "fonts": "an embedded font",
    "pictures": "a picture that is fetched from an address each time",
    "add-ins": "an Office add-in",
    "revisions": "a record of who changed what",
    "other-links": "another link out of the workbook",
}
"""Each kind of matter by its word; `--allow` names them."""

_KINDS = {
    "vbaProject": "macros", "xlMacrosheet": "macros", "xlIntlMacrosheet": "macros", "dialogsheet": "macros",
    "attachedToolbars": "macros", "ui/extensibility": "macros", "ui/userCustomization": "macros",
    "extensibility": "macros", "userCustomization": "macros",
    "oleObject": "ole", "package": "ole", "control": "activex", "activeXControlBinary": "activex",
    "connections": "queries", "queryTable": "queries", "dataModel": "queries", "powerPivotData": "queries",
    "customData": "queries", "model": "queries", "xmlMaps": "custom-xml", "customXml": "custom-xml",
    "customXmlProps": "custom-xml", "font": "fonts", "webextension": "add-ins", "webextensiontaskpanes": "add-ins",
    "taskpanes": "add-ins", "revisionHeaders": "revisions", "revisionLog": "revisions", "usernames": "revisions",
}  # fmt: skip
"""Kinds of links between parts that lead to such matter."""
_WEB = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xlws\.)*(WEBSERVICE|FILTERXML|IMAGE|STOCKHISTORY|RTD|CUBE[A-Z]+|PY|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"(?<![\w.])(CALL|REGISTER|REGISTER\.ID|EXEC|EVALUATE|RUN|FOPEN)\s*\(", re.IGNORECASE)
_HYPERLINK = re.compile(r"(?<![\w.])HYPERLINK\s*\(", re.IGNORECASE)
_PLAIN_HYPERLINK = re.compile(r'\s*"(?:https?://|mailto:|#)[^"]*"\s*[,)]', re.IGNORECASE)
_DDE = re.compile(r"[\w.']\s*\|\s*(?:'[^']*'|[^\s|'!]+)\s*!")
_QUOTED = re.compile(r'"[^"]*"')
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_TOKEN = re.compile(r"\{\{|%7b%7b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matter:
    """One piece of it: its word, the sheet (or part) and place, and what it is."""

    word: str
    sheet: str
    place: str
    what: str


def matter_in(package: Package) -> list[Matter]:
    """All of it, in the order of the sheets, each once. Raises CannotDo where a part cannot be read."""
    book = BookPart(package)
    names = {part: name for kind in ("worksheet", "chartsheet") for name, part in book.sheets(kind)}
    found = [*_in_cells(package, book), *_in_names(book), *_in_links(package, names)]
    kept = {link.target for link in package.relationships(book.part) if link.kind == "vbaProject"}
    if not kept and any(name.lower().endswith("vbaproject.bin") for name in package.names):
        found.append(Matter("macros", "workbook", "xl/vbaProject.bin", WORDS["macros"]))
    return list(dict.fromkeys(found))


def _in_cells(package: Package, book: BookPart) -> Iterator[Matter]:
    strings = Strings(package, book.linked("sharedStrings"))
    for sheet, part in book.sheets():
        root = parse_xml(package.read(part), part)
        data = child(root, "sheetData")
        for _, cells in read_rows(data, strings).values() if data is not None else ():
            for cell in cells:
                formula = cell.formula()
                if formula is not None and formula.text:
                    yield from _in_formula(formula.text, sheet, cell.place)
        yield from _in_features(root, sheet)


def _in_features(root: Element, sheet: str) -> Iterator[Matter]:
    for feature in root:
        name = local(feature)
        if name == "sheetData":
            continue
        for element in feature.iter("*"):
            if local(element) in ("formula", "formula1", "formula2", "f") and element.text:
                yield from _in_formula(element.text, sheet, name)
            if element.get("macro"):
                yield Matter("macros", sheet, name, WORDS["macros"])
        if name == "oleObjects":
            yield Matter("ole", sheet, name, WORDS["ole"])


def _in_names(book: BookPart) -> Iterator[Matter]:
    for name in book.defined_names():
        place = f"name {name.get('name')}"
        yield from _in_formula(name.text or "", "workbook", place)
        if name.get("xlm") in ("1", "true") or name.get("vbProcedure") in ("1", "true"):
            yield Matter("macros", "workbook", place, WORDS["macros"])


def _in_formula(formula: str, sheet: str, place: str) -> Iterator[Matter]:
    bare = _QUOTED.sub('""', formula)
    if _WEB.search(bare):
        yield Matter("web", sheet, place, WORDS["web"])
    if _PROGRAM.search(bare):
        yield Matter("macros", sheet, place, WORDS["macros"])
    if "|" in bare and _DDE.search(bare):
        yield Matter("dde", sheet, place, WORDS["dde"])
    calls = [_PLAIN_HYPERLINK.match(formula, call.end()) for call in _HYPERLINK.finditer(formula)]
    if _HYPERLINK.search(bare) and not all(calls):
        yield Matter("hyperlink", sheet, place, WORDS["hyperlink"])
    if "[" in bare and any(_elsewhere(part.sheet) for part in parse(formula) if isinstance(part, Reference | Name)):
        yield Matter("workbooks", sheet, place, WORDS["workbooks"])


def _elsewhere(sheet: str | None) -> bool:
    """Is it another workbook's sheet? `[0]` is this one."""
    return sheet is not None and "[" in sheet and not sheet.startswith("[0]")


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
        data = link.external and _TOKEN.search(link.target) and not _whole_or_mail(link.target)
        leads_away = link.external and not (_SAFE_ADDRESS.match(link.target) or _TOKEN.match(link.target))
        return "hyperlink" if data or leads_away else None
    if kind == "externalLink" and not link.external:
        part = package.find(link.target)
        root = parse_xml(package.read(part), part) if part else None
        inner = {local(each) for each in root} if root is not None else set()
        return "dde" if "ddeLink" in inner else "ole" if "oleLink" in inner else "workbooks"
    if kind in _KINDS:
        return _KINDS[kind]
    if link.external:
        book = source.startswith("xl/externalLinks/")
        return "pictures" if kind in ("image", "hdphoto") else None if book else "other-links"
    return None


def _whole_or_mail(target: str) -> bool:
    """Is the address a token alone, which becomes a web or mail address or nothing, or one to write a mail to?"""
    bare = target.strip().lower()
    alone = re.fullmatch(r"(\{\{|%7b%7b)((?!\}\}|%7d%7d).)*(\}\}|%7d%7d)", bare) is not None
    return alone or bare.startswith("mailto:")
