"""A sheet without the rows that go: cells move up, and so do colours, dropdowns, links, merged cells and sparklines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from workbook.editing.sheet import SheetText
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.shift import Shift, Shifts
from workbook.model import CannotDo
from workbook.package import xml_tree as etree
from workbook.reading.outline import corners
from workbook.reading.references import LOST

_HIDDEN = re.compile(rb'\s(?:hidden|collapsed)="[^"]*"')
_NUMBER = re.compile(rb'\sr="\d+"')
_SPANS = re.compile(rb'\sspans="[^"]*"')
_RULES = ("conditionalFormatting", "dataValidation")
_AREAS = ("ignoredError", "protectedRange")


class SheetCut:
    """A sheet from which the rows of a shift go. ``emptied`` are the columns of a first row that stays, blank."""

    def __init__(self, text: SheetText, shifts: Shifts, name: str, emptied: Collection[int] = ()) -> None:
        self.text, self.shifts, self.name = text, shifts, name
        self.cells, self.shift, self.emptied = Cells(text.prefix), shifts.of(name), emptied
        if b'"shared"' in text.rows:
            self._write_out()

    def _write_out(self) -> None:
        """Formulas that cells share are written out, for the cells part."""
        new = self.cells.written_out(self.text.rows)
        tag = b"<%srow" % self.cells.prefix
        self.text.rows = new
        self.text.starts = [found.start() for found in re.finditer(re.escape(tag) + rb"[\s>/]", new)]

    def follow(self) -> None:
        """Let every formula of the sheet follow what it names, and rules and sparklines too."""

        def put(cell: CellText) -> None:
            told = self.cells.formula(cell)
            if told is None:
                return
            attributes, text = told
            new = self.shifts.follow(text, self.name) if text else text
            area = re.search(rb'\sref="([^"]*)"', attributes)
            if area and self.shift:
                attributes = self._array(area, attributes)
            if new != text or attributes != told[0]:
                self.cells.put_formula(cell, attributes, new)

        self.text.rows = self.cells.change(self.text.rows, put, b"<%sf" % self.cells.prefix)
        tag = b"<%srow" % self.cells.prefix
        self.text.starts = [found.start() for found in re.finditer(re.escape(tag) + rb"[\s>/]", self.text.rows)]
        self._frame()

    def _array(self, area: re.Match[bytes], attributes: bytes) -> bytes:
        assert self.shift is not None
        before = area[1].decode()
        after = self.shift.area(before)
        if after is None:
            return attributes  # the cell itself goes
        if _height(before) != _height(after):
            raise CannotDo(
                f"On {self.name} a formula fills {before} at once, across rows that are to go: take it out in Excel, "
                "save, then try again."
            )
        return attributes.replace(area[0], b' ref="%s"' % after.encode())

    def move(self) -> None:
        """Move the cells up, and leave out those that go."""
        shift = self.shift
        if shift is None:
            return
        kept: dict[int, list[CellText]] = defaultdict(list)
        beside = False
        for number in self.text.numbers:
            for cell in self.cells.split(self.text.text(number)):
                row: int | None = number
                if shift.covers(cell.column, number):
                    row = shift.row(number)
                    if number == shift.head + 1 and cell.column in self.emptied:
                        cell.held = b""
                        cell.without(b"t", b"cm", b"vm")
                else:
                    beside = beside or (number > shift.head and bool(cell.held))
                if row is not None:
                    if row != cell.row:
                        cell.move(row)
                    kept[row].append(cell)
        openings = self._openings(shift, beside)
        pieces, numbers, starts, at = [], [], [], 0
        for number in sorted(kept.keys() | openings.keys()):
            cells = sorted(kept[number], key=lambda one: one.column)
            body = b"".join(cell.xml(self.cells.prefix) for cell in cells)
            p = self.cells.prefix
            piece = b'<%srow r="%d"%s>%s</%srow>' % (p, number, openings.get(number, b""), body, p)
            pieces.append(piece)
            numbers.append(number)
            starts.append(at)
            at += len(piece)
        self.text.rows, self.text.numbers, self.text.starts = b"".join(pieces), numbers, starts

    def _openings(self, shift: Shift, beside: bool) -> dict[int, bytes]:
        """The attributes of each row that stays: they move with the cells unless something stands beside the table."""
        found: dict[int, bytes] = {}
        for number in self.text.numbers:
            opening = re.match(rb"<[\w.:-]+([^>]*?)/?>", self.text.text(number))
            told = _SPANS.sub(b"", _NUMBER.sub(b"", opening[1] if opening else b""))
            if number > shift.head:
                told = _HIDDEN.sub(b"", told)
            row = number if beside else (shift.row(number) if number > shift.head else number)
            if row is not None:
                found[row] = told
        return found

    def _frame(self) -> None:
        frame = self.text.frame
        for node in [one for one in frame.iter("{*}*") if isinstance(one.tag, str)]:
            name = node.tag.rpartition("}")[2]
            if name in _RULES:
                self._rule(node)
            elif name in _AREAS and self.shift:
                _area(node, "sqref", self.shift.areas(node.get("sqref", "")))
            elif name in ("hyperlink", "mergeCell") and self.shift:
                _area(node, "ref", self.shift.area(node.get("ref", "")))
            elif name == "dimension" and self.shift:
                node.set("ref", self.shift.area(node.get("ref", "")) or node.get("ref", ""))
            elif name == "sparkline":
                self._sparkline(node)
        for name in ("hyperlinks", "mergeCells", "dataValidations", "ignoredErrors", "protectedRanges", "sparklines"):
            for node in list(frame.iter("{*}" + name)):
                if node.get("count"):
                    node.set("count", str(len(node)))
                parent = node.getparent()
                if not len(node) and parent is not None:
                    parent.remove(node)

    def _rule(self, node: etree.Element) -> None:
        """A colour rule or a dropdown: its area, and its formulas as its first cell reads them."""
        inner = next((one for one in node if str(one.tag).endswith("}sqref")), None)
        before = (inner.text or "") if inner is not None else node.get("sqref", "")
        after = self.shift.areas(before) if self.shift else before
        if before and not after:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            return
        if inner is not None:
            inner.text = after
        elif after:
            node.set("sqref", after)
        one, two = (corners(areas.split()[0].replace("$", "")) if areas else None for areas in (before, after))
        down = two[0] - one[0] if one and two else 0
        for formula in node.iter("{*}*"):
            if str(formula.tag).rpartition("}")[2] in ("formula", "formula1", "formula2", "f") and formula.text:
                formula.text = self.shifts.follow_rule(formula.text, self.name, down)

    def _sparkline(self, node: etree.Element) -> None:
        for one in node:
            name = str(one.tag).rpartition("}")[2]
            if name == "f" and one.text:
                one.text = self.shifts.follow(one.text, self.name)
            elif name == "sqref" and self.shift:
                one.text = self.shift.areas(one.text or "")
            if not one.text or LOST in one.text:
                parent = node.getparent()
                if parent is not None:
                    parent.remove(node)
                return


def _area(node: etree.Element, attribute: str, new: str | None) -> None:
    """Give an element its area; one of which nothing is left goes."""
    parent = node.getparent()
    if new:
        node.set(attribute, new)
    elif parent is not None:
        parent.remove(node)


def _height(area: str) -> int:
    found = corners(area.replace("$", ""))
    return found[1] - found[0] if found else 0
