"""Pivot tables: what they remember of their source is forgotten, and Excel reads it again when it opens the file."""

from __future__ import annotations

import re

from workbook.editing.sheet import open_sheet
from workbook.fewer.around import written
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.take import without_parts
from workbook.package import xml_tree as etree
from workbook.package.parts import Package
from workbook.reading.outline import Book, corners

_RELATION = "}id"
_HELD = ("s", "n", "d", "b", "e")


def pivots_forgotten(package: Package, book: Book, parts: dict[str, bytes]) -> None:
    """Put into ``parts`` the pivots without records, items and shown cells; as many items stay as there were."""
    records: set[str] = set()
    for name in package.names:
        low = name.lower()
        if re.match(r"xl/pivotcache/pivotcachedefinition\d*\.xml$", low):
            root = etree.fromstring(parts.get(name) or package.read(name))
            _forget(root)
            parts[name] = written(root)
            records |= {
                package.find(link.target) or link.target
                for link in package.relationships(name)
                if link.kind == "pivotCacheRecords"
            }
    if records:
        without_parts(package, records, parts)
    for one in book.sheets:
        for link in package.relationships(one.part):
            if link.kind == "pivotTable" and package.find(link.target):
                place = package.tree(link.target).find("{*}location")
                area = corners(place.get("ref", "")) if place is not None else None
                if area:
                    text = open_sheet(parts.get(one.part) or package.read(one.part), one.name)
                    text.rows = _emptied(text.rows, Cells(text.prefix), area)
                    parts[one.part] = text.to_xml()


def _forget(root: etree.Element) -> None:
    for attribute in [name for name in root.attrib if name.endswith(_RELATION)]:
        del root.attrib[attribute]
    root.set("saveData", "0")
    root.set("refreshOnLoad", "1")
    for holder in [*root.iter("{*}sharedItems"), *root.iter("{*}groupItems")]:
        for name in ("minValue", "maxValue", "minDate", "maxDate"):
            if name in holder.attrib:
                holder.set(name, "2000-01-01T00:00:00" if name.endswith("Date") else "0")
        for number, item in enumerate(holder, start=1):
            kind = str(item.tag).rpartition("}")[2]
            if kind in _HELD and item.get("v") is not None:
                text = {"d": f"2000-01-01T00:{number // 60 % 60:02}:{number % 60:02}", "b": "0", "e": "#N/A"}
                item.set("v", text.get(kind, str(number)))


def _emptied(rows: bytes, cells: Cells, area: tuple[int, int, int, int]) -> bytes:
    top, bottom, left, right = area

    def put(cell: CellText) -> None:
        if top <= cell.row <= bottom and left <= cell.column <= right and b"<%sf" % cells.prefix not in cell.held:
            cell.held = b""
            cell.without(b"t")

    return cells.change(rows, put)
