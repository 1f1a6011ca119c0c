"""Who made a template stays with them: authors, editors, printers and paths are taken out before reports are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workbook.package.parts import Package
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name, relationships_xml
from workbook.reports.engine.formula_matter import Matter
from workbook.reports.engine.markup import Element, document, local, named, parse, remove

_PEOPLE = ("creator", "lastModifiedBy", "manager", "company", "Manager", "Company", "revision", "created", "modified",
           "lastPrinted", "HyperlinkBase", "Template")  # fmt: skip
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
    gone |= {relationships_name(part) for part in gone}
    for name in package.names if gone else ():
        if name in gone:
            continue
        folder, _, file = name.rpartition("_rels/")
        source = f"{folder}{file[: -len('.rels')]}"
        links = package.relationships(source) if file.endswith(".rels") else []
        kept = [link for link in links if link.external or link.target not in gone]
        if len(kept) < len(links):
            changed[relationships_name(source)] = relationships_xml(source, kept)
            if source in package.names and any(link.kind == "printerSettings" for link in links):
                changed[source] = _without_printer(changed.get(source) or package.read(source), source)
    types = ContentTypes(package.read(CONTENT_TYPES))
    if gone & types.parts.keys():
        types.parts = {part: kind for part, kind in types.parts.items() if part not in gone}
        changed[CONTENT_TYPES] = types.to_xml()
    return package.anew(changed, gone) if changed or gone else package


def _without_printer(xml: bytes, part: str) -> bytes:
    root = parse(xml, part)
    for set_up in named(root, "pageSetup", "legacyDrawingHF"):
        if local(set_up) == "pageSetup":
            for name in [name for name in set_up.attrib if str(name).endswith("}id")]:
                del set_up.attrib[name]
    return document(root)


_WHOLE_PARTS = {
    "printerSettings": ("printer", "the settings of a printer"),
    "classificationlabels": ("label", "the college's label of sensitivity"),
    "thumbnail": ("thumbnail", "a picture of how the template looked when it was saved"),
    "origin": ("signature", "a signature, which would no longer be valid"),
    "signature": ("signature", "a signature, which would no longer be valid"),
    "certificate": ("signature", "whose signature it is"),
}
"""Parts that go as a whole, by the kind of link that leads to them."""
_SIGNS = {"fileSharing": ("userName",), "scenario": ("user", "comment"), "absPath": ("url",)}
"""Where else in a workbook or sheet somebody's name, or a folder of theirs, stands."""


def _traces(package: Package) -> Iterator[tuple[Matter, str, Element | None]]:
    """Each trace: what it is, its part, and the part's tree without it (None where the whole part goes)."""
    reached = package.reached()
    for source in ("", *reached):
        for link in package.relationships(source):
            part = None if link.external else package.find(link.target)
            if part is not None:
                yield from _of_kind(package, link.kind, part)
    if any(link.kind == "officeDocument" for link in package.relationships()):
        yield from _left_over(package, reached)


def _of_kind(package: Package, kind: str, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    if kind in _WHOLE_PARTS:
        word, what = _WHOLE_PARTS[kind]
        yield Matter(word, "workbook", part, what), part, None
    elif kind in _PROPERTIES:
        yield from _properties(package, part)
    elif kind == "custom-properties":
        yield from _own_properties(package, part)
    elif kind == "person":
        root = parse(package.read(part), part)
        people = [each for each in named(root, "person") if each.get("displayName") != _SOMEBODY]
        for each in people:
            each.set("displayName", _SOMEBODY)
            each.set("userId", "")
            each.set("providerId", "None")
        if people:
            yield Matter("comment authors", "workbook", part, "who wrote comments"), part, root
    elif kind == "comments":
        yield from _notes(package, part)
    elif kind in ("officeDocument", "worksheet"):
        yield from _signs(package, part)


def _left_over(package: Package, reached: Collection[str]) -> Iterator[tuple[Matter, str, Element | None]]:
    """Parts that no link leads to: no program shows them, and what is in them goes to nobody."""
    kept = {CONTENT_TYPES, relationships_name(""), *reached, *(relationships_name(part) for part in reached)}
    small = {part.lower() for part in kept}
    for name in package.names:
        if name.lower() not in small:
            yield Matter("left over", "workbook", name, "a part that nothing in the workbook uses"), name, None


def _notes(package: Package, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    """The authors of notes, as a list and where Excel begins a note with the name."""
    root = parse(package.read(part), part)
    authors = [each for each in named(root, "author") if (each.text or "").strip()]
    begun = tuple(f"{(each.text or '').strip()}:" for each in authors)
    for each in authors:
        each.text = ""
    for note in named(root, "comment"):
        first = next((each for each in named(note, "t") if (each.text or "").strip()), None)
        for beginning in begun:
            if first is not None and (first.text or "").lstrip().startswith(beginning):
                first.text = (first.text or "").lstrip().removeprefix(beginning).lstrip()
    if authors:
        yield Matter("comment authors", "workbook", part, "who wrote notes"), part, root


def _signs(package: Package, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    if not any(sign.encode() in package.read(part) for sign in _SIGNS):
        return
    root = parse(package.read(part), part)
    found = [(each, sign) for each in named(root, *_SIGNS) for sign in _SIGNS[local(each)] if each.get(sign)]
    for each, sign in found:
        each.set(sign, "")
    for each, _ in found:
        yield Matter("author", "workbook", f"{local(each)} in {part}", "who made it, or in which folder"), part, root


def _own_properties(package: Package, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    """Properties of the college's own, as systems put them into every file; those that ask for something stay."""
    root = parse(package.read(part), part)
    found = [each for each in named(root, "property") if not any("{{" in (text.text or "") for text in each.iter("*"))]
    for each in found:
        remove(each)
    for each in found:
        yield Matter("property", "document properties", each.get("name", ""), "a property of the college"), part, root


def _properties(package: Package, part: str) -> Iterator[tuple[Matter, str, Element | None]]:
    root = parse(package.read(part), part)
    found = [each for each in root if local(each) in _PEOPLE]
    told = [local(each) for each in found if (each.text or "").strip()]
    for each in found:
        remove(each)
    for name in told:
        yield Matter("author", "document properties", name, "who made or changed the template, or when"), part, root
