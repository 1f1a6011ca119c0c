"""What stands around a sheet's cells and means some of them: notes and their boxes, threads, charts, pivots, names."""

from __future__ import annotations

import re

from workbook.fewer.shift import Shift, Shifts
from workbook.package import xml_tree as etree
from workbook.package.parts import Package
from workbook.package.relationships import Relationship
from workbook.reading.outline import corners

_SHAPE = re.compile(rb"<v:shape\b(?![a-z]).*?</v:shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def written(root: etree.Element) -> bytes:
    """A part as it is written."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def notes_without(package: Package, links: list[Relationship], shift: Shift) -> dict[str, bytes]:
    """The notes, threads and note boxes of a sheet, moved with their cells; those of cells that go are left out."""
    changed: dict[str, bytes] = {}
    for link in links:
        part = package.find(link.target)
        if part is None or link.external:
            continue
        if link.kind in ("comments", "threadedComment"):
            root = package.tree(part)
            for node in [one for one in root.iter("{*}*") if one.get("ref") and _note(one)]:
                new = shift.area(node.get("ref", ""))
                parent = node.getparent()
                if new is not None:
                    node.set("ref", new)
                elif parent is not None:
                    parent.remove(node)
            changed[part] = written(root)
        elif link.kind == "vmlDrawing":
            changed[part] = _SHAPE.sub(lambda found: _box(found[0], shift), package.read(part))
    return changed


def _note(node: etree.Element) -> bool:
    return str(node.tag).rpartition("}")[2] in ("comment", "threadedComment")


def _box(shape: bytes, shift: Shift) -> bytes:
    """The box of a note where its cell stands then; nothing for one that goes."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or not shift.covers(int(column[1]) + 1, int(row[1]) + 1):
        return shape
    new = shift.row(int(row[1]) + 1)
    if new is None:
        return b""
    up = int(row[1]) + 1 - new

    def anchor(found: re.Match[bytes]) -> bytes:
        numbers = [one.strip() for one in found[2].split(b",")]
        for place in (2, 6) if len(numbers) == 8 else ():
            numbers[place] = b"%d" % max(0, int(numbers[place]) - up)
        return found[1] + b", ".join(numbers) + found[3]

    return _ANCHOR.sub(anchor, _ROW.sub(b"<x:Row>%d</x:Row>" % (new - 1), shape))


def others_follow(package: Package, shifts: Shifts, own: dict[str, str]) -> dict[str, bytes]:
    """Charts, drawings, form controls and pivots whose references follow; ``own`` gives the sheet of a part."""
    changed: dict[str, bytes] = {}
    for part in package.names:
        low = part.lower()
        sheet = own.get(part, "")
        if re.match(r"xl/(?:charts|drawings|ctrlprops)/[^/]+\.xml$", low):
            root = package.tree(part)
            if _follow_all(root, shifts, sheet):
                changed[part] = written(root)
        elif "pivotcachedefinition" in low and low.endswith(".xml"):
            root = package.tree(part)
            for node in root.iter("{*}worksheetSource"):
                shift = shifts.of(node.get("sheet", ""))
                if shift and node.get("ref"):
                    node.set("ref", shift.area(node.get("ref", "")) or node.get("ref", ""))
                    changed[part] = written(root)
    return changed


def _follow_all(root: etree.Element, shifts: Shifts, sheet: str) -> bool:
    touched = False
    for node in root.iter("{*}*"):
        if str(node.tag).endswith("}f") and node.text:
            new = shifts.follow(node.text, sheet)
            touched, node.text = touched or new != node.text, new
        for name in ("textlink", "fmlaLink", "fmlaRange"):
            if node.get(name):
                new = shifts.follow(node.get(name, ""), sheet)
                touched = touched or new != node.get(name)
                node.set(name, new)
    return touched


def names_follow(root: etree.Element, shifts: Shifts) -> None:
    """The defined names of the workbook, whose references follow."""
    for name in root.iter("{*}definedName"):
        if name.text:
            name.text = shifts.follow(name.text, "")


def table_without(root: etree.Element, shifts: Shifts, sheet: str) -> None:
    """A table's area as it is then, and the formulas of its columns; what filtered its rows is taken off."""
    shift = shifts.of(sheet)
    if shift is not None:
        area = corners(root.get("ref", ""))
        inside = area is not None and area[0] == shift.head and shift.first == area[2]
        new = shift.area(root.get("ref", ""))
        root.set("ref", new or root.get("ref", ""))
        for node in list(root.iter("{*}*")):
            name, parent = str(node.tag).rpartition("}")[2], node.getparent()
            if name == "autoFilter" and node.get("ref"):
                node.set("ref", shift.area(node.get("ref", "")) or node.get("ref", ""))
            elif name in ("filterColumn", "sortState") and inside and parent is not None:
                parent.remove(node)
    for node in root.iter("{*}*"):
        if str(node.tag).rpartition("}")[2] in ("calculatedColumnFormula", "totalsRowFormula") and node.text:
            node.text = shifts.follow(node.text, sheet)
