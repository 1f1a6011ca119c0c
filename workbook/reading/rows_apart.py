"""Rows as nearly all are, taken apart at once: each computed cell with its formula, all others plain, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise, repeat

from workbook.model.tracker import column_letter
from workbook.model.vocabulary import Value
from workbook.reading.cell_values import Run
from workbook.reading.cells_xml import PLAIN, RESULT

#: Of a sheet with fewer bytes the rows are read sooner than the pattern for them is made.
WORTH = 1024 * 1024
#: Bytes of rows that are taken apart at once.
MOST = 8 * 1024 * 1024
_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')

ValuesOf = Callable[[Sequence[Sequence[bytes | None]]], list[list[Value]]]
"""Gives the values of columns of cells, each spelt from behind its address up to its end, None where there is none."""


class RowsApart:
    """Takes rows of a sheet apart that are as nearly all are; ``take`` is given their values.

    ``complete`` are these rows: every computed column has its formula and its result. ``cells`` counts the others.
    """

    def __init__(
        self, computed: Collection[int], last_column: int, values: ValuesOf, take: Callable[[Run], None]
    ) -> None:
        self._values, self._take = values, take
        self._computed = [number in computed for number in range(1, last_column + 1)]
        self._pattern = re.compile(_row(self._computed))
        self._seen = self._left = 0
        self.complete: list[int] = []
        self.cells = 0

    def rest_of(self, rows: bytes, last: int, gap: int) -> tuple[bytes, int]:
        """The other rows, and the number of the last filled row among those taken, or the ``last`` before them.

        None is taken where some are out of order or further than a ``gap`` below it.
        """
        if len(rows) > MOST or 2 * self._left > self._seen or last < 0:
            return rows, last
        parts = self._pattern.split(rows)
        step = self._pattern.groups + 1
        rest, numbers = b"".join(parts[::step]), list(map(int, parts[1::step]))
        self._seen, self._left = self._seen + len(rows), self._left + len(rest)
        if not numbers or numbers[-1] > last + gap or not _in_order([last, *numbers], rest):
            return rows, last
        self.complete += numbers
        columns = [parts[place::step] for place in range(2, step)]
        self.cells += sum(len(column) - column.count(None) for column in columns)
        return rest, self._hand_over(numbers, columns) or last

    def _hand_over(self, numbers: list[int], columns: list[list[bytes | None]]) -> int:
        """Have the rows taken, but for blank ones at the end; the number of the last, 0 where all are blank."""
        count = len(numbers)
        while count and not any(map(_filled, (column[count - 1] for column in columns))):
            count -= 1
        if count:
            waiting = iter(self._values(columns))
            rows = zip(*(repeat("") if computed else next(waiting) for computed in self._computed), strict=False)
            self._take((numbers[0] - 1, 0, list(_with_gaps(numbers[:count], rows, len(self._computed)))))
        return numbers[count - 1] if count else 0


def _filled(spelt: bytes | None) -> bool:
    return spelt is not None and not spelt.endswith(b"/>")


def _in_order(numbers: Sequence[int], rest: bytes) -> bool:
    """Whether rows come one below the other, and none of them is among the rest."""
    others = set(map(int, _NUMBER.findall(rest)))
    return all(one < other for one, other in pairwise(numbers)) and others.isdisjoint(numbers[1:])


def _with_gaps(numbers: list[int], rows: Iterator[tuple[Value, ...]], width: int) -> Iterator[list[Value]]:
    """Rows that follow one another, blank where a number is missing."""
    at = numbers[0]
    for number, row in zip(numbers, rows, strict=False):
        for _ in range(at, number):
            yield [""] * width
        yield list(row)
        at = number + 1


def _row(computed: Sequence[bool]) -> bytes:
    """A pattern for a whole row, which gives its number and its cells that are not computed."""
    result = rb'\1"' + RESULT
    other = rb'\1"((?: s="\d++")?+(?:/>|(?: t="[snb]")?+><v>' + PLAIN + rb"</v>))(?:(?<=/>)|</c>))?"
    cells = (
        b'<c r="%s' % letter + result if formula else b'(?:<c r="%s' % letter + other
        for letter, formula in ((column_letter(at).encode(), one) for at, one in enumerate(computed, start=1))
    )
    return rb'<row r="([1-9]\d{0,5})"[^>]*+(?<!/)>' + b"".join(cells) + rb"</row>\s*+"
