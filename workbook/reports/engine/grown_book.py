"""The parts that tie a workbook together, written anew when sheets are added: the book, its links, its list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workbook.package.parts import Package, PackageWriter
from workbook.package.relationships import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    relationships_name,
    relationships_xml,
)
from workbook.reading.references import prefix
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.markup import Element, add, child, document, local, named, parse, remove
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.sheet_copies import Copy

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NAMES_AFTER = (
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


class GrownBook:
    """The workbook part of a package to which sheets are added, in front of those it has or after them."""

    def __init__(self, package: Package, dropped: Sequence[str] = (), tables: Collection[str] = ()) -> None:
        self.package = package
        self.book = BookPart(package)
        self.types = ContentTypes(package.read(CONTENT_TYPES))
        self.taken = {name.lower() for name in self.book.sheet_names() if name.lower() not in dropped}
        self.kept_sheets = [part for name, part in self.book.sheets() if name.lower() not in dropped]
        self._links = list(self.book.links.values())
        self._sheets = next(iter(named(self.book.root, "sheets")))
        self._old_order = [sheet for sheet in self._sheets if local(sheet) == "sheet"]
        self._next_sheet = 1 + max((int(sheet.get("sheetId", "0")) for sheet in self._old_order), default=0)
        self._next_link = len(self._links)
        self._known_links = {link.id for link in self._links}
        self._new_names: list[tuple[Element, Element]] = []
        self._drop(dropped, tables)

    @property
    def rewritten(self) -> set[str]:
        """The parts that `write` writes, which are not to be carried."""
        found = {CONTENT_TYPES, self.book.part, relationships_name(self.book.part)}
        properties = self._properties()
        return found | ({properties} if properties else set())

    def _properties(self) -> str | None:
        links = self.package.relationships()
        return next((link.target for link in links if link.kind == "extended-properties"), None)

    def _drop(self, names: Sequence[str], tables: Collection[str]) -> None:
        """Take sheets and their tables out of the book, with the defined names that belong to them or look at them."""
        gone = [sheet for sheet in self._old_order if sheet.get("name", "").lower() in names]
        places = {str(self._old_order.index(sheet)) for sheet in gone}
        changes = Changes(frozenset(), frozenset(), frozenset(names), frozenset(tables))
        lost = self.book.names_that(changes.alter)
        for name in self.book.defined_names():
            if name.get("localSheetId") in places or (name.get("name") or "").lower() in lost:
                remove(name)
        parts = {part for name, part in self.book.sheets() if name.lower() in names}
        self._links = [link for link in self._links if link.target not in parts]
        for sheet in gone:
            remove(sheet)

    def forget(self, part: str | None) -> None:
        """Take out the link to a part that is left out."""
        self._links = [link for link in self._links if link.target != part]

    def link(self, kind: str, target: str) -> str:
        """A new link from the book to a part; gives its id."""
        base = next(link.type for link in self._links if link.kind in ("worksheet", "styles", "theme"))
        self._next_link += 1
        while f"rId{self._next_link}" in self._known_links:
            self._next_link += 1
        self._links.append(Relationship(f"rId{self._next_link}", f"{base.rsplit('/', 1)[0]}/{kind}", target))
        return f"rId{self._next_link}"

    def add(self, copy: Copy, *, first: bool = False) -> None:
        """Add the sheets of a copy, at the end or in front."""
        elements = [self._add_sheet(name, part, first and not index) for index, (name, part) in enumerate(copy.sheets)]
        for part, kind in copy.types.items():
            if kind and self.types.of(part) != kind:
                self.types.parts[part] = kind
        for name in copy.names:
            element = self._names().makeelement(_like(self._sheets, "definedName"), dict(name.attributes))
            element.text = name.text
            self._new_names.append((element, elements[name.sheet]))

    def _add_sheet(self, name: str, part: str, first: bool) -> Element:
        element = add(self._sheets, "sheet", index=0 if first else None)
        element.set("name", name)
        element.set("sheetId", str(self._next_sheet))
        self._next_sheet += 1
        strict = "purl.oclc.org" in str(element.tag)
        space = (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
            if strict
            else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        )
        element.set(f"{{{space}}}id", self.link("worksheet", part))
        self._old_order.append(element)
        return element

    def _names(self) -> Element:
        found = child(self.book.root, "definedNames")
        if found is not None:
            return found
        after = [index for index, e in enumerate(self.book.root) if local(e) in _NAMES_AFTER]
        return add(self.book.root, "definedNames", index=after[0] if after else None)

    def _settle_names(self, before: Sequence[Element]) -> None:
        """Give every name of a sheet the place that its sheet has now; `before` are the sheets as they were."""
        now = {id(sheet): str(place) for place, sheet in enumerate(self._sheets)}
        for name in self.book.defined_names():
            old = name.get("localSheetId")
            if old is not None:
                name.set("localSheetId", now[id(before[int(old)])])
        for name, sheet in self._new_names:
            name.set("localSheetId", now[id(sheet)])
            self._names().append(name)
        names = child(self.book.root, "definedNames")
        if names is not None and not len(names):
            remove(names)

    def write(self, writer: PackageWriter, *, formulas: bool | None, active: int | None = None) -> None:
        """Write the parts. `formulas`: whether the new sheets have any, None to leave that; `active`: the one shown."""
        self._settle_names(self._old_order)
        for view in named(self.book.root, "workbookView"):
            if active is not None:
                view.set("activeTab", str(active))
                view.attrib.pop("firstSheet", "")
        if formulas is not None:
            self.book.order_calculation(formulas)
        writer.add(self.book.part, document(self.book.root))
        writer.add(relationships_name(self.book.part), relationships_xml(self.book.part, self._links))
        properties = self._properties()
        if properties and self.package.find(properties):
            root = parse(self.package.read(properties), properties)
            self._list_contents(root)
            writer.add(properties, document(root))
        writer.add(CONTENT_TYPES, self.types.to_xml())

    def _list_contents(self, root: Element) -> None:
        """Bring the list of sheets and names in the file's properties up to date."""
        sheets = [sheet.get("name", "") for sheet in self._sheets if local(sheet) == "sheet"]
        names = [self._title(name, sheets) for name in self.book.defined_names() if _is_listed(name)]
        titles, pairs = child(root, "TitlesOfParts"), child(root, "HeadingPairs")
        if titles is None or pairs is None:
            return
        vector = titles[0]
        for old in list(vector):
            vector.remove(old)
        for text in (*sheets, *names):
            add(vector, "lpstr", text)
        vector.set("size", str(len(sheets) + len(names)))
        vector = pairs[0]
        for old in list(vector):
            vector.remove(old)
        counts = [("Worksheets", len(sheets)), *([("Named Ranges", len(names))] if names else [])]
        for heading, count in counts:
            add(add(vector, "variant"), "lpstr", heading)
            add(add(vector, "variant"), "i4", str(count))
        vector.set("size", str(2 * len(counts)))

    def _title(self, name: Element, sheets: Sequence[str]) -> str:
        own = name.get("localSheetId")
        title = name.get("name", "").removeprefix("_xlnm.")
        return title if own is None else f"{prefix(sheets[int(own)])}{title}"


def _is_listed(name: Element) -> bool:
    return name.get("hidden") not in ("1", "true") and name.get("name") != "_xlnm._FilterDatabase"


def _like(element: Element, name: str) -> str:
    tag = str(element.tag)
    return tag[: tag.index("}") + 1] + name if tag.startswith("{") else name
