"""The cells of a sheet as runs of bytes: found, readdressed, their formulas written out, their results forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from workbook.model.excel import count_in
from workbook.reading.outline import column_number
from workbook.reading.references import parse, shifted, write

_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_SHARED = re.compile(rb'\bt="shared"')
_GROUP = re.compile(rb'\bsi="(\d+)"')
_LOOSE = re.compile(rb'\s(?:t|si|ref)="[^"]*"')


@dataclass
class CellText:
    """A cell of a sheet's XML: its column and row, its attributes, and what it holds (nothing for an empty one)."""

    column: int
    row: int
    attributes: bytes
    held: bytes

    def xml(self, prefix: bytes) -> bytes:
        """The cell as it is written."""
        if not self.held:
            return b"<%sc%s/>" % (prefix, self.attributes)
        return b"<%sc%s>%s</%sc>" % (prefix, self.attributes, self.held, prefix)

    def move(self, row: int) -> None:
        """Give the cell another row."""
        self.row = row
        self.attributes = _ADDRESS.sub(lambda found: b'r="%s%d"' % (found[1], row), self.attributes, count=1)

    @property
    def address(self) -> str:
        """Such as "C5", as the file has it; "" where a cell says none."""
        found = _ADDRESS.search(self.attributes)
        return (found[1] + found[2]).decode() if found else ""

    def without(self, *names: bytes) -> None:
        """Take attributes away."""
        for name in names:
            if b'%s="' % name in self.attributes:
                self.attributes = re.sub(rb'\s%s="[^"]*"' % name, b"", self.attributes)

    def give(self, name: bytes, value: bytes) -> None:
        """Give an attribute."""
        self.without(name)
        self.attributes += b' %s="%s"' % (name, value)


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


class Cells:
    """Finds the cells in rows of a sheet whose elements have ``prefix`` (with its colon, or nothing)."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix.encode()
        self.opening = b"<%sf" % self.prefix  # of a formula
        p = re.escape(self.prefix)
        self._cell = re.compile(rb"<%sc(\s[^>]*?)?(?:/>|>(.*?)</%sc>)" % (p, p), re.DOTALL)
        self._formula = re.compile(rb"<%sf(\s[^>]*?)?(?:/>|>([^<]*)</%sf>)" % (p, p))
        self._value = re.compile(rb"<%sv(?:\s[^>]*)?(?:/>|>([^<]*)</%sv>)" % (p, p))

    def split(self, row: bytes) -> Iterator[CellText]:
        """The cells of a row's XML."""
        for found in self._cell.finditer(row):
            place = _ADDRESS.search(found[1] or b"")
            if place is not None:
                yield CellText(_column(place[1]), int(place[2]), found[1], found[2] or b"")

    def change(self, rows: bytes, change: Callable[[CellText], None], only: bytes = b"") -> bytes:
        """The rows with each cell changed; with ``only`` just the cells whose content has these bytes."""

        def put(found: re.Match[bytes]) -> bytes:
            place = _ADDRESS.search(found[1] or b"") if only in (found[2] or b"") else None
            if place is None:
                return found[0]
            cell = CellText(_column(place[1]), int(place[2]), found[1], found[2] or b"")
            change(cell)
            return cell.xml(self.prefix)

        return self._cell.sub(put, rows)

    def formula(self, cell: CellText) -> tuple[bytes, str] | None:
        """The attributes and the text of a cell's formula; None where it has none."""
        found = self._formula.search(cell.held) if self.opening in cell.held else None
        return None if found is None else (found[1] or b"", unescape((found[2] or b"").decode()))

    def value(self, cell: CellText) -> str | None:
        """The value of a cell as it is stored."""
        found = self._value.search(cell.held)
        return None if found is None else unescape((found[1] or b"").decode())

    def shown(self, cell: CellText, texts: list[str]) -> str:
        """What a cell shows, as a text; ``texts`` are those that cells share."""
        told = (self.value(cell) or "").strip()
        if b't="s"' in cell.attributes:
            index = count_in(told, len(texts) - 1)
            return "" if index is None else texts[index]
        if b't="inlineStr"' in cell.attributes:
            return unescape(re.sub(r"<[^>]*>", "", cell.held.decode()))
        return told.removesuffix(".0")

    def put_text(self, cell: CellText, text: str) -> None:
        """Give a typed cell another text."""
        p = self.prefix
        cell.without(b"t")
        cell.give(b"t", b"inlineStr")
        written = escape(text, quote=False).encode()
        cell.held = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (p, p, written, p, p)

    def put_formula(self, cell: CellText, attributes: bytes, text: str) -> None:
        """Give a cell's formula other attributes and another text."""
        written = escape(text, quote=False).encode()
        p = self.prefix
        new = b"<%sf%s>%s</%sf>" % (p, attributes, written, p) if text else b"<%sf%s/>" % (p, attributes)
        cell.held = self._formula.sub(lambda _: new, cell.held, count=1)

    def put_result(self, cell: CellText, kind: str, text: str) -> None:
        """Give a formula's cell another result: the type attribute, and the value escaped; none without either."""
        cell.without(b"t", b"vm")
        found = self._formula.search(cell.held)
        cell.held = found[0] if found else b""
        if kind or text:
            cell.held += b"<%sv>%s</%sv>" % (self.prefix, text.encode(), self.prefix)
        if kind:
            cell.give(b"t", kind.encode())

    def written_out(self, rows: bytes) -> bytes:
        """The rows with each formula that cells share written out in each of them."""
        if b'"shared"' not in rows:
            return rows
        first: dict[bytes, tuple[CellText, list[object]]] = {}

        def put(cell: CellText) -> None:
            told = self.formula(cell)
            if told is None or not _SHARED.search(told[0]):
                return
            group = _GROUP.search(told[0])
            number = group[1] if group else b""
            if told[1]:
                first[number] = cell, list(parse(told[1]))
            if number in first:
                origin, parts = first[number]
                moved = shifted(parts, cell.row - origin.row, cell.column - origin.column)  # type: ignore[arg-type]
                self.put_formula(cell, _LOOSE.sub(b"", told[0]), write(moved, lambda one: one.text))

        return self.change(rows, put, b"f")
