"""The rows of a sheet that a reader of values is given: usual ones as they stand, the others put right."""

from __future__ import annotations

import re

from workbook.package.guard import GuardedFile
from workbook.reading.cells_xml import (
    digits_of_rows,
    letters_to,
    lies_close,
    needless,
    oddly_spelt,
    usual_rows,
    with_plain_values,
)

_EMPTY_ROW = re.compile(rb"<row[^>]*(?:/>|>\s*</row>)")
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
#: Rows further than this below the last filled one are not a table's.
GAP = 5_000
#: So many bytes from the first row that is unusual on are looked at closely.
CLOSELY = 64 * 1024
#: Bytes of rows that are many.
MANY = 16 * 1024 * 1024


class OddSpelling(Exception):
    """Somewhere in a sheet a row or cell is written as Excel never writes it."""


class GatheredRows:
    """Gathers the rows that a reader of values is given; ``unusual`` are those that had to be looked at closely."""

    def __init__(self, file: GuardedFile, part: str, last_column: int) -> None:
        self._file, self._part, self._width = file, part, last_column
        self._letters = letters_to(last_column)
        self.last = 0
        """The number of the last filled row so far; below 0 once a wide gap has come."""
        self.pieces: list[bytes] = []
        self.unusual: list[bytes] = []
        self.digits = 1
        """How many digits the row of a cell has at most in what is not unusual."""
        self.gone = 0
        """How many cells are in rows that were taken away."""

    def may_go(self) -> bool:
        """Whether the rows so far are many, and such that their values can be read before all others are known."""
        if sum(map(len, self.pieces)) <= MANY:
            return False
        self.digits = digits_of_rows(self.unusual, self.digits)
        return lies_close(self.unusual, self.digits, self._width)

    def taken(self) -> list[bytes]:
        """The rows so far, taken away."""
        rows, self.pieces, self.unusual = self.pieces, [], []
        self.gone += sum(row.count(b"<c ") for row in rows)
        return rows

    def add(self, rows: bytes) -> None:
        """Take the next rows; raises `OddSpelling` where some are written as Excel never writes them."""
        ends = _ROW_NUMBER.findall(rows[-20_000:])
        digits = len(ends[-1]) if ends else 1
        usual = usual_rows(self._letters, digits)
        start = 0
        while start < len(rows):
            found = usual.match(rows, start)
            end = found.end() if found else start
            if end > start:
                self._add_usual(rows[start:end], digits)
            start = rows.find(b"<row ", end + CLOSELY)
            start = start if start >= 0 else len(rows)
            self._add_unusual(rows[end:start])

    def _add_usual(self, rows: bytes, digits: int) -> None:
        filled = rows.rfind(b"</c>")
        if filled < 0:
            return
        number = int(rows[rows.rfind(b'<row r="', 0, filled) + 8 :][:7].partition(b'"')[0])
        if 0 <= self.last and number <= self.last + GAP:
            self.last = max(self.last, number)
            self.digits = max(self.digits, digits)
            self.pieces.append(rows)
        else:
            self._add_unusual(rows)

    def _add_unusual(self, rows: bytes) -> None:
        if not rows:
            return
        # (computed cells are spelt as they should be, or they would not have been found)
        if oddly_spelt(rows, self._file, self._part):
            raise OddSpelling
        rows = _EMPTY_ROW.sub(b"", needless(self._width).sub(b"", rows))
        rows = with_plain_values(self._without_strays(rows), self._file)
        self.pieces.append(rows)
        self.unusual.append(rows)

    def _without_strays(self, rows: bytes) -> bytes:
        """Rows up to the first wide gap."""
        if self.last < 0:
            return b""
        ends = list(_ROW_NUMBER.finditer(rows[-20_000:]))
        if not ends:
            return rows
        if int(ends[-1].group(1)) <= self.last + GAP:
            self.last = max(self.last, int(ends[-1].group(1)))
            return rows
        for row in _ROW_NUMBER.finditer(rows):
            number = int(row.group(1))
            if number > self.last + GAP:
                self.last = -1
                return rows[: row.start()]
            self.last = number
        return rows
