"""Rows that go from the columns of a table: where what stood below stands then, and how references follow.

As in Excel when rows of a table are deleted: only the table's own columns move up; a reference to a cell that went
reads #REF!, an area shrinks to what is left of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.reading.outline import column_number, corners
from workbook.reading.references import LOST, Reference, parse, write

_CELL = re.compile(r"(?<![A-Za-z0-9_.])\$?[A-Za-z]{1,3}\$?[0-9]|[0-9]:\$?[0-9]")


@dataclass(frozen=True)
class Shift:
    """The rows (in order) that go from columns ``first`` to ``last`` of a sheet, all below the row ``head``."""

    sheet: str
    head: int
    first: int
    last: int
    gone: tuple[int, ...]

    def covers(self, column: int, row: int) -> bool:
        """Whether a cell is one of those that go or move."""
        return self.first <= column <= self.last and row > self.head

    def row(self, row: int) -> int | None:
        """Where a row stands then; None where it goes."""
        place = bisect_left(self.gone, row)
        return None if place < len(self.gone) and self.gone[place] == row else row - place

    def rows(self, top: int, bottom: int) -> tuple[int, int] | None:
        """First and last row of what is left of a run of rows; None where nothing is."""
        first, last = top - bisect_left(self.gone, top), bottom - bisect_right(self.gone, bottom)
        return (first, last) if first <= last else None

    def area(self, reference: str) -> str | None:
        """An area such as ``A5:C9`` as it reads then; None where nothing of it is left."""
        found = corners(reference.replace("$", ""))
        if found is None or found[3] < self.first or found[2] > self.last or found[1] <= self.head:
            return reference
        rows = self.rows(found[0], found[1])
        if rows is None:
            return None
        ends = reference.split(":")
        new = [_with_row(end, row) for end, row in zip(ends, rows, strict=False)]
        return ":".join(new)

    def areas(self, references: str) -> str:
        """What is left of several areas with spaces between them."""
        return " ".join(new for one in references.split() if (new := self.area(one)))

    def moves(self, reference: Reference) -> bool:
        """Whether a reference (to this sheet) reaches cells that go or move."""
        if reference.whole or reference.every_row or reference.bottom <= self.head or not self.gone:
            return False
        left, right = (column_number(one) for one in reference.columns)
        return not right or (left <= self.last and right >= self.first)

    def write(self, reference: Reference) -> str:
        """The reference (to this sheet) as it reads then."""
        if not self.moves(reference):
            return reference.text
        rows = self.rows(reference.top, reference.bottom)
        return LOST if rows is None else reference.prefix + reference.write(*rows)


def _with_row(cell: str, row: int) -> str:
    dollar = "$" if "$" in cell.lstrip("$") else ""
    return cell.rstrip("0123456789").rstrip("$") + dollar + str(row)


@dataclass
class Shifts:
    """One shift a sheet, by its name in small letters; formulas that read alike are followed once."""

    by_sheet: Mapping[str, Shift]
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = tuple(
            f"{name.replace(chr(39), chr(39) * 2)}{end}" for name in self.by_sheet for end in ("!", "'!")
        )

    def of(self, sheet: str) -> Shift | None:
        """The shift of a sheet."""
        return self.by_sheet.get(sheet.casefold())

    def follow(self, formula: str, sheet: str) -> str:
        """A formula of a sheet whose references follow what they mean."""
        known = self._known.get((sheet, formula))
        if known is None and not self._may_mean(formula, sheet):
            known = self._known[sheet, formula] = formula
        if known is None:
            known = self._known[sheet, formula] = write(parse(formula), lambda one: self._write(one, sheet))
        return known

    def _may_mean(self, formula: str, sheet: str) -> bool:
        """Whether a formula could name cells of a sheet with a shift: told in a moment, for most do not."""
        if self.of(sheet) and _CELL.search(formula):
            return True
        small = formula.casefold()
        return "!" in small and any(word in small for word in self._words)

    def _write(self, reference: Reference, sheet: str) -> str:
        shift = self.of(sheet if reference.sheet is None else reference.sheet)
        return reference.text if shift is None else shift.write(reference)

    def follow_rule(self, formula: str, sheet: str, down: int) -> str:
        """A formula of a colour rule or a dropdown, whose first cell moves ``down``: only fixed rows follow cells."""

        def place(reference: Reference) -> str:
            shift = self.of(sheet if reference.sheet is None else reference.sheet)
            if (
                shift is None
                or reference.top_fixed
                or reference.bottom_fixed
                or shift.sheet.casefold() != sheet.casefold()
            ):
                return self._write(reference, sheet)
            moved = reference.shifted(down, 0)
            return LOST if moved is None else moved.text

        return write(parse(formula), place)
