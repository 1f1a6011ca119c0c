"""Who made a template stays with them: authors, editors, printers and paths are taken out before reports are made."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.package.parts import Package
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name, relationships_xml
from workbook.reports.engine.markup import Element, document, local, named, parse, remove
from workbook.reports.engine.matter import Matter

_PEOPLE = ("creator", "lastModifiedBy", "manager", "company", "Manager", "Company", "revision", "created", "modified",
           "lastPrinted", "HyperlinkBase")  # fmt: skip
_DATES = ("created", "modified")
"""Taken out like the rest, but every template has them, so they are not worth a line."""
_PROPERTIES = ("core-properties", "extended-properties")
_SOMEBODY = "Mentor"


def personal_in(package: Package) -> list[Matter]:
    """What is personal in a template, with its place; all of it is taken out of reports."""
    return list(dict.fromkeys(found for found, _, _ in _traces(package) if found.place not in _DATES))


def without_traces(package: Package) -> Package:
    """The template without what tells who made it: the same where there is nothing of that."""
    changed: dict[str, bytes] = {}
    gone: set[str] = set()
    for _, part, root in _traces(package):
        if root is None:
            gone.add(part)
        else:
            changed[part] = document(root)
    for name in package.names if gone else ():
        folder, _, file = name.rpartition("_rels/")
        source = f"{folder}{file[: -len('.rels')]}"
        links = package.relationships(source) if file.endswith(".rels") else []
        kept = [link for link in links if link.external or link.target not in gone]
        if len(kept) < len(links):
            changed[relationships_name(source)] = relationships_xml(source, kept)
            if source in package.names and any(link.kind == "printerSettings" for link in links):
                changed[source] = _without_printer(package, source)
    types = ContentTypes(package.read(CONTENT_TYPES))
    if gone & types.parts.keys():
        types.parts = {part: kind for part, kind in types.parts.items() if part not in gone}
        changed[CONTENT_TYPES] = types.to_xml()
    return package.anew(changed, gone) if changed or gone else package


def _without_printer(package: Package, part: str) -> bytes:
    root = parse(package.read(part), part)
    for set_up in named(root, "pageSetup", "legacyDrawingHF"):
        if local(set_up) == "pageSetup":
            for name in [name for name in set_up.attrib if str(name).endswith("}id")]:
                del set_up.attrib[name]
    return document(root)


def _traces(package: Package) -> Iterator[tuple[Matter, str, Element | None]]:
    """Each trace: what it is, its part, and the part's tree without it (None where the whole part goes)."""
    for link in package.relationships():
        if link.kind in _PROPERTIES and package.find(link.target):
            yield from _properties(package, link.target)
    for name in package.names:
        low = name.lower()
        if "printersettings" in low and low.endswith(".bin"):
            yield Matter("printer", "workbook", name, "the settings of a printer"), name, None
        elif low.startswith("xl/persons/") and low.endswith(".xml"):
            root = parse(package.read(name), name)
            people = [each for each in named(root, "person") if each.get("displayName") != _SOMEBODY]
            for each in people:
                each.set("displayName", _SOMEBODY)
                each.set("userId", "")
                each.set("providerId", "None")
            if people:
                yield Matter("comment authors", "workbook", name, "who wrote comments"), name, root
        elif low.startswith("xl/comments") and low.endswith(".xml"):
            root = parse(package.read(name), name)
            authors = [each for each in named(root, "author") if (each.text or "").strip()]
            for each in authors:
                each.text = ""
            if authors:
                yield Matter("comment authors", "workbook", name, "who wrote notes"), name, root
        elif low == "docmetadata/labelinfo.xml":
            yield Matter("label", "workbook", name, "the college's label of sensitivity"), name, None


def _properties(package: Package, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    root = parse(package.read(part), part)
    found = [each for each in root if local(each) in _PEOPLE]
    told = [local(each) for each in found if (each.text or "").strip()]
    for each in found:
        remove(each)
    for name in told:
        yield Matter("author", "document properties", name, "who made or changed the template, or when"), part, root
