"""Rows taken out of the tables of a tracker, in its own package: what a college has made of its tracker stays.

Cells of a table move up as in Excel when its rows are deleted, with their colours and notes; formulas, names, charts,
rules and pivots of the whole workbook follow. Of a table from which every row goes one blank row stays.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.editing.edit import workbook_parts
from workbook.editing.sheet import open_sheet
from workbook.editing.table import EditedTable, find_table
from workbook.fewer.around import names_follow, notes_without, others_follow, table_without, written
from workbook.fewer.sheet import SheetCut
from workbook.fewer.shift import Shift, Shifts
from workbook.model import Tracker, sheet
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile, guarded
from workbook.package.parts import Package, rewrite
from workbook.package.relationships import CONTENT_TYPES, relationships_name
from workbook.reading.outline import Book, read_book

Rows = Mapping[str, set[int]]
"""Rows of the sheets by table name."""


@dataclass
class _Going:
    """What goes from one table, and which columns of its first row are emptied because that row stays, blank."""

    table: EditedTable
    shift: Shift
    emptied: set[int] = field(default_factory=set)


def without_rows(file: GuardedFile, tracker: Tracker, rows: Rows) -> GuardedFile:
    """The workbook in ``file``, which ``tracker`` was read from, without these records; CannotDo where it cannot be."""
    going = [(name, gone) for name, gone in rows.items() if gone]
    while going:
        package, book = Package(file), read_book(file)
        now: dict[str, _Going] = {}
        later: list[tuple[str, set[int]]] = []
        for name, gone in going:
            one = _going(package, book, file, tracker, name, gone)
            key = one.table.sheet_part.name.casefold()
            if key in now:  # two tables on one sheet: one after the other
                above = now[key].shift
                moved = {(above.row(row) or row) if above.covers(one.shift.first, row) else row for row in gone}
                later.append((name, moved))
            else:
                now[key] = one
        file = _without(file, package, book, now)
        going = later
    return file


def _going(package: Package, book: Book, file: GuardedFile, tracker: Tracker, name: str, gone: set[int]) -> _Going:
    table = find_table(package, book.sheets, sheet(name), file.path.name)
    place = table.place
    rows = set(gone)
    emptied: set[int] = set()
    if rows >= set(tracker[name].rows):
        inside = range(place.header_row + 1, place.last_row - place.totals_rows + 1)
        rows = (rows | set(inside)) - {place.header_row + 1}
        emptied = {n for n in range(place.first_column, place.last_column + 1) if table.typed_in(n)}
    columns = place.first_column, place.last_column
    shift = Shift(table.sheet_part.name, place.header_row, *columns, tuple(sorted(rows)))
    return _Going(table, shift, emptied)


def _without(file: GuardedFile, package: Package, book: Book, going: Mapping[str, _Going]) -> GuardedFile:
    shifts = Shifts({key: one.shift for key, one in going.items()})
    parts: dict[str, bytes] = {}
    own: dict[str, str] = {}
    for one in book.sheets:
        links = package.relationships(one.part)
        text = open_sheet(package.read(one.part), one.name)
        mine = going.get(one.name.casefold())
        cut = SheetCut(text, shifts, one.name, mine.emptied if mine else ())
        cut.follow()
        cut.move()
        parts[one.part] = text.to_xml()
        if mine is not None:
            parts |= notes_without(package, links, mine.shift)
        for link in links:
            if link.kind == "table":
                root = package.tree(link.target)
                table_without(root, shifts, one.name)
                parts[package.find(link.target) or link.target] = written(root)
            elif link.kind == "drawing":
                own[package.find(link.target) or link.target] = one.name
    parts |= others_follow(package, shifts, own)
    parts |= workbook_parts(package, lambda root: names_follow(root, shifts))
    return repacked(file, parts)


def repacked(file: GuardedFile, parts: Mapping[str, bytes]) -> GuardedFile:
    """The workbook with parts written anew; an empty one is left out."""
    out = io.BytesIO()
    rewrite(Package(file), parts, out)
    return guarded(out.getvalue(), file.path)


def without_sheet(file: GuardedFile, name: str) -> GuardedFile:
    """The workbook without a sheet that nothing else refers to, and without its tables; as it is if there is none."""
    package, book = Package(file), read_book(file)
    found = next((place for place, one in enumerate(book.sheets) if one.name.casefold() == name.casefold()), None)
    if found is None:
        return file
    part = book.sheets[found].part
    gone = {part, package.find(relationships_name(part)) or ""} - {""}
    gone |= {package.find(link.target) or "" for link in package.relationships(part) if link.kind == "table"} - {""}

    def change(root: etree.Element) -> None:
        nodes = list(root.iter("{*}sheet"))
        place = next(number for number, node in enumerate(nodes) if node.get("name") == book.sheets[found].name)
        for node in [nodes[place], *root.iter("{*}definedName")]:
            own, parent = node.get("localSheetId"), node.getparent()
            if parent is not None and (node is nodes[place] or own == str(place)):
                parent.remove(node)
            elif own is not None and (number := etree.whole(node, "localSheetId")) > place:
                node.set("localSheetId", str(number - 1))
        for view in root.iter("{*}workbookView"):
            for tab in ("activeTab", "firstSheet"):
                view.attrib.pop(tab, None)

    parts = workbook_parts(package, change)
    without_parts(package, gone, parts)
    return repacked(file, parts)


def without_parts(package: Package, gone: set[str], parts: dict[str, bytes]) -> None:
    """Leave parts out of a package: in ``parts`` as empty, without the links to them and without their types."""
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, _, end = name.rpartition("_rels/")
        source = f"{folder}{end[: -len('.rels')]}"
        root = etree.fromstring(parts.get(name) or package.read(name))
        ids = {one.id for one in package.relationships(source) if not one.external and package.find(one.target) in gone}
        for node in [one for one in root if one.get("Id") in ids]:
            root.remove(node)
        if ids:
            parts[relationships_name(source)] = written(root)
    types = etree.fromstring(parts.get(CONTENT_TYPES) or package.read(CONTENT_TYPES))
    for node in list(types):
        if package.find(node.get("PartName", "").lstrip("/")) in gone and node.get("PartName"):
            types.remove(node)
    parts[CONTENT_TYPES] = written(types)
    parts |= dict.fromkeys(gone, b"")
