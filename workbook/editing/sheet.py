"""The XML of a sheet that is being changed: a run of bytes, of which only the rows touched are written anew."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from workbook.editing.table import address, grown
from workbook.model import CannotDo
from workbook.package import xml_tree as etree
from workbook.package.meanwhile import Spread, one_by_one
from workbook.reading.outline import TablePart, corners

_ROWS = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*?(/?)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_NAMESPACE = re.compile(rb"""\bxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_WITHOUT_ADDRESS = re.compile(rb"<(?:[\w.-]+:)?(?:row|c)(?:>|\s(?![^>]*?\br=\")[^>]*>)")
_LAST_OF_SHEET = 1_048_576
_AT_ONCE = 500
"""Rows that are written in one go."""


@dataclass
class SheetText:
    """A sheet's ``frame``, what stands before and after the rows, and its rows: the run of ``xml`` from ``first`` to
    ``end``, which are not cut out of it, since a large sheet would then be held twice.

    ``numbers`` and ``starts`` say which row begins where in ``xml``; ``anew`` and ``more`` collect the rows written
    anew and the rows that were not there. What ``waits`` for a row is done when its turn comes to be written, so that
    of a large sheet few rows are held twice.
    """

    frame: etree.Element
    xml: bytes
    first: int
    end: int
    prefix: str
    namespaces: bytes
    numbers: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    anew: dict[int, bytes] = field(default_factory=dict)
    more: dict[int, bytes] = field(default_factory=dict)
    waits: dict[int, list[Callable[[], None]]] = field(default_factory=dict)

    @property
    def rows(self) -> bytes:
        """The XML of all rows as they were; whoever sets it also says in ``starts`` where rows begin in it."""
        return self.xml[self.first : self.end]

    @rows.setter
    def rows(self, rows: bytes) -> None:
        self.xml, self.first, self.end = rows, 0, len(rows)

    def found(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Where a pattern fits in the rows as they were."""
        return pattern.finditer(self.xml, self.first, self.end)

    def __contains__(self, row: int) -> bool:
        return row in self.more or self._was_there(row)

    def _was_there(self, row: int) -> bool:
        place = bisect_left(self.numbers, row)
        return place < len(self.numbers) and self.numbers[place] == row

    def text(self, row: int) -> bytes:
        """The XML of a row as it was; nothing where the sheet has no such row."""
        place = bisect_left(self.numbers, row)
        if place >= len(self.numbers) or self.numbers[place] != row:
            return b""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else self.end
        return self.xml[self.starts[place] : end]

    def element(self, row: int) -> etree.Element:
        """A row as an element, as it stands by now; each of its cells has its address."""
        text = self.anew.get(row) or self.more.get(row) or self.text(row)
        wrapped = b"<rows %s>%s</rows>" % (self.namespaces, text)
        element: etree.Element = etree.fromstring(wrapped)[0]
        return element

    def put(self, row: int, element: etree.Element) -> None:
        """Write a row anew that came from `element`."""
        parent = element.getparent()
        assert parent is not None
        whole = etree.tostring(parent)
        rows = self.more if row in self.more else self.anew
        rows[row] = whole[whole.index(b">") + 1 : whole.rindex(b"</")]

    def to_xml(self) -> bytes:
        """The whole sheet with its changes."""
        return b"".join(self.pieces())

    def pieces(self, spread: Spread = one_by_one) -> Iterator[bytes]:
        """The same piece by piece, once: rows written anew are let go on the way. ``spread`` has them made."""
        frame = etree.tostring(self.frame, xml_declaration=True, encoding="UTF-8", standalone=True)
        tag = b"%ssheetData" % self.prefix.encode()
        head, _, tail = frame.partition(b"<%s/>" % tag)
        rows = sorted(self.anew.keys() | self.more.keys() | self.waits.keys())
        runs = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
        written = spread(self._run, [*zip([0, *(run[-1] for run in runs)], runs, strict=False)])
        yield head + b"<%s>" % tag
        yield from written
        yield self.xml[self._start(rows[-1] + 1) if rows else self.first : self.end]
        yield b"</%s>" % tag + tail

    def _run(self, some: tuple[int, list[int]]) -> bytes:
        """Rows as they are by now, with those between that stay: all behind the row before."""
        before, rows = some
        at = self._start(before + 1) if before else self.first
        pieces: list[bytes] = []
        for row in rows:
            for task in self.waits.pop(row, ()):
                task()
            anew = self.anew.pop(row) if row in self.anew else self.more.pop(row)
            pieces += self.xml[at : self._start(row)], anew
            at = self._start(row + 1)
        return b"".join(pieces)

    def _start(self, row: int) -> int:
        """Where a row begins in the XML, or the next one where the sheet has none of that number."""
        place = bisect_left(self.numbers, row)
        return self.starts[place] if place < len(self.starts) else self.end


def open_sheet(xml: bytes, name: str) -> SheetText:
    """Take a sheet's XML apart; CannotDo where it makes no sense. ``name`` is for the sentence."""
    try:
        xml = _usual(xml)
        opening = _ROWS.search(xml)
        if opening is None:
            raise CannotDo(f"The sheet {name} has no rows: open the tracker in Excel and save it.")
        prefix = opening.group(1)
        if opening.group(2):
            closing = end = opening.end()
        else:
            closing = xml.rindex(b"</%ssheetData" % prefix)
            end = xml.index(b">", closing) + 1
        frame = etree.fromstring(xml[: opening.start()] + b"<%ssheetData/>" % prefix + xml[end:])
    except (etree.XMLSyntaxError, ValueError, UnicodeError) as error:
        raise CannotDo(f"The sheet {name} is damaged: open the tracker in Excel and save it.") from error
    namespaces = b" ".join(_NAMESPACE.findall(xml[: opening.start()]))
    sheet = SheetText(frame, xml, opening.end(), closing, prefix.decode(), namespaces)
    _find_rows(sheet)
    return sheet


def _usual(xml: bytes) -> bytes:
    """The same XML as UTF-8 without comments, each row and cell with its address: what nearly every file holds."""
    head = xml[:200].lower()
    odd = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"encoding" in head and b"utf-8" not in head)
    if not odd and not _declares(xml) and not _WITHOUT_ADDRESS.search(xml[:200_000]):
        return xml
    root = etree.fromstring(xml, comments=False)
    main = root.tag[: root.tag.rindex("}") + 1]
    row = 0
    for row_node in root.iter(main + "row"):
        row = int(row_node.get("r") or row + 1)
        row_node.set("r", str(row))
        _give_addresses(row_node, row)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declares(xml: bytes) -> bool:
    """Whether there is a comment or another declaration; formulas have few of its second sign, so it is sought."""
    at = xml.find(b"!")
    while at > 0 and xml[at - 1 : at] != b"<":
        at = xml.find(b"!", at + 1)
    return at > 0


def _give_addresses(row_node: etree.Element, row: int) -> None:
    column = 0
    for cell in row_node:
        area = corners(cell.get("r", ""))
        column = area[2] if area else column + 1
        cell.set("r", address(column, row))


def _find_rows(sheet: SheetText) -> None:
    for found in sheet.found(re.compile(rb"<%srow\b[^>]*>" % re.escape(sheet.prefix.encode()))):
        number = _NUMBER.search(found.group())
        sheet.numbers.append(int(number.group(1)) if number else 0)
        sheet.starts.append(found.start())
    if any(later <= earlier for earlier, later in zip(sheet.numbers, sheet.numbers[1:], strict=False)):
        raise CannotDo("The rows of the sheet are out of order: open the tracker in Excel and save it.")


def grow_frame(sheet: SheetText, place: TablePart, last_row: int) -> None:
    """Let all that covered the table's last row cover ``last_row``: colours, dropdowns, bars, the sheet's size."""
    if last_row > _LAST_OF_SHEET:
        raise CannotDo(f"A sheet ends at row {_LAST_OF_SHEET:,}: import fewer rows.")
    for part in sheet.frame:
        if part.tag.rpartition("}")[2] == "sheetViews":
            continue  # a selection stays where it is
        for node in part.iter("{*}*"):
            name = node.tag.rpartition("}")[2]
            if node.get("sqref"):
                node.set("sqref", grown(node.get("sqref", ""), place, last_row))
            if name == "sqref" and node.text:
                node.text = grown(node.text, place, last_row)
            elif name == "dimension":
                _stretch_dimension(node, place, last_row)
            elif name == "mergeCell":
                _refuse_merged(node.get("ref", ""), place, last_row)


def _stretch_dimension(node: etree.Element, place: TablePart, last_row: int) -> None:
    area = corners(node.get("ref", "").replace("$", ""))
    if area:
        top, bottom, left, right = area
        left, right = min(left, place.first_column), max(right, place.last_column)
        top = min(top, place.header_row)
        node.set("ref", f"{address(left, top)}:{address(right, max(bottom, last_row))}")


def _refuse_merged(reference: str, place: TablePart, last_row: int) -> None:
    area = corners(reference)
    if area is None or area[0] > last_row or area[1] <= place.last_row:
        return
    if area[2] <= place.last_column and area[3] >= place.first_column:
        raise CannotDo(
            f"Below the table {place.name} the cells {reference} are merged: split them in Excel "
            "(Home, Merge & Center), save, then import again."
        )
