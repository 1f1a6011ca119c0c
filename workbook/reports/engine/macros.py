"""Templates with macros: kept in an .xlsm report, or taken out so that the report is an .xlsx."""

from __future__ import annotations

from workbook.package.parts import Package
from workbook.package.relationships import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    relationships_name,
    relationships_xml,
)

_KINDS = ("vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3")
_PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def holds_macros(package: Package) -> bool:
    """Is there a VBA project in the workbook?"""
    return any(link.kind == "vbaProject" for link in _book_links(package)[1])


def without_macros(package: Package) -> Package:
    """The same workbook without its VBA project, as an .xlsx holds it."""
    book, links = _book_links(package)
    gone = {link.target for link in links if link.kind in _KINDS}
    for part in list(gone):
        gone |= {link.target for link in package.relationships(part)} | {relationships_name(part)}
    types = ContentTypes(package.read(CONTENT_TYPES))
    types.parts = {part: kind for part, kind in types.parts.items() if part not in gone}
    types.defaults = {ending: kind for ending, kind in types.defaults.items() if not kind.endswith("vbaProject")}
    types.parts[book] = _PLAIN_BOOK
    changed = {
        CONTENT_TYPES: types.to_xml(),
        relationships_name(book): relationships_xml(book, [link for link in links if link.target not in gone]),
    }
    return package.anew(changed, gone)


def _book_links(package: Package) -> tuple[str, list[Relationship]]:
    main = next((link.target for link in package.relationships() if link.kind == "officeDocument"), "xl/workbook.xml")
    return main, package.relationships(main)
