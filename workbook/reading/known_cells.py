"""What cells hold: few different ones fill a large sheet, and each of them is read once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain

from workbook.model.problem import CannotDo
from workbook.model.tracker import column_letter
from workbook.model.vocabulary import Value
from workbook.reading.cell_values import Values, plain, sheet_of

Spelt = bytes | None
"""A cell from behind its address up to its end, such as ``s="5" t="s"><v>21</v>``; None for one that is not there."""

_TEXT = re.compile(rb'(?: s="\d+")? t="s"><v>(\d+)</v>')
_LETTERS = [column_letter(number).encode() for number in range(1, 101)]


class KnownCells:
    """What the cells of a workbook hold, by how they are spelt."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._known: dict[Spelt, Value] = {None: None}

    def columns(self, spelt: Sequence[Sequence[Spelt]]) -> list[list[Value]]:
        """Columns of cells as typed values, blanks as None; raises `CannotDo` where one cannot be read."""
        known = self._known
        new = [one for one in set[Spelt]().union(*spelt) if one not in known]
        if new:
            self._learn(new)
        return [list(map(known.__getitem__, column)) for column in spelt]

    def _learn(self, spelt: Iterable[Spelt]) -> None:
        others = []
        for one in filter(None, spelt):
            text = _TEXT.fullmatch(one)
            if text and int(text[1]) < len(self._texts):
                self._known[one] = self._texts[int(text[1])]
            elif one.endswith(b"/>"):
                self._known[one] = None
            else:
                others.append(one)
        self._known |= zip(others, self._read(others), strict=True)

    @cached_property
    def _texts(self) -> list[Value]:
        """The texts that cells share, by their number; none where they cannot be told apart before cells are read."""
        texts = self.values.plain_texts
        if texts is not None:
            return [one or None for one in texts]
        try:
            return self._read([b' t="s"><v>%d</v>' % number for number in range(self.values.texts)])
        except CannotDo:
            return []

    def _read(self, spelt: Collection[bytes]) -> list[Value]:
        """The values of so many cells, read as a sheet of their own."""
        if not spelt:
            return []
        beside, waiting, rows = len(_LETTERS), iter(spelt), []
        for row in range(1, (len(spelt) - 1) // beside + 2):
            in_row = zip(_LETTERS, waiting, strict=False)
            cells = b"".join(b'<c r="%s%d"%s</c>' % (letter, row, cell) for letter, cell in in_row)
            rows.append(b'<row r="%d">%s</row>' % (row, cells))
        (grid,) = self.values.grids([sheet_of(rows)])
        grid += ([] for _ in range(len(rows) - len(grid)))
        return plain(list(chain.from_iterable(row + [""] * (beside - len(row)) for row in grid)))[: len(spelt)]
