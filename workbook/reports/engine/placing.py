"""From a template part to a report part, in two steps.

A compiled part is literal text and pieces. *Placing* it for one shape of data (so many subjects, this row kept)
works out all that depends on rows and leaves a `Program`: literal text and fills. *Running* the program for one
learner only joins text. Many learners share a shape, so placing is rare and running is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbook.reading.references import Name, Reference, prefix
from workbook.reports.engine.programs import Fill, Known, Opened, Slot
from workbook.reports.engine.rows import Placed, RowMap, Within
from workbook.reports.engine.tokens import Path
from workbook.reports.engine.values import CellFormat, escape

Placing = Iterable["str | Fill | Slot"]
Items = tuple[tuple[Path, int], ...]

SHEET_NAMES = "sheet names"
"""Where a context keeps the names of sheets that differ from learner to learner, by the template's name in small
letters. No token can ask for it, since token names hold no blank."""

COPY_NUMBER = "copy number"
"""Where a context keeps the number of a copy in one workbook, as text."""

TABLE_NUMBER = "table number"
"""Where it keeps the number of that copy's first table."""


class Scopes:
    """Numbers the groups and list items that a report reads from, so that a fill finds its value in one step."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str, int | None], int] = {}
        self._items: dict[Path, tuple[Path, int]] = {}

    def find(self, path: Path, items: Items = ()) -> tuple[int, str]:
        """The number of the mapping that holds `path`, and the key in it, for a row of the given items."""
        scope, done = 0, 0
        for list_path, index in items:
            if path[: len(list_path)] != list_path or len(path) == len(list_path):
                break
            scope = self._steps(scope, path[done : len(list_path) - 1])
            scope = self._step(scope, list_path[-1], index)
            done = len(list_path)
        return self._steps(scope, path[done:-1]), path[-1]

    def _steps(self, scope: int, names: Path) -> int:
        for name in names:
            scope = self._step(scope, name, None)
        return scope

    def _step(self, parent: int, name: str, index: int | None) -> int:
        return self._numbers.setdefault((parent, name, index), len(self._numbers) + 1)

    def open(self, context: Mapping[str, Any]) -> Opened:
        """All of them for one learner."""
        opened: Opened = [context]
        for parent, name, index in self._numbers:
            value = opened[parent].get(name)
            if index is not None:
                value = value[index] if value else None  # the blank row that an empty list leaves in a table
            opened.append(value if type(value) is dict or isinstance(value, Mapping) else {})
        return opened


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand only where each of some groups of names has a value."""

    words: str
    needs: tuple[tuple[Path, ...], ...]

    def place(self, at: Place) -> Placing:
        """The words for XML, or nothing."""
        return (self.fill(at.scopes, at.items, escape),)

    def fill(self, scopes: Scopes, items: Items, written: Callable[[str], str] = str) -> Fill:
        """What stands for one learner: the words as they are ``written``, or nothing."""
        words = written(self.words)
        needs = [[scopes.find(path, items) for path in paths] for paths in self.needs]

        def fill(opened: Opened) -> str:
            there = all(any(opened[scope].get(key) not in (None, "") for scope, key in group) for group in needs)
            return words if there else ""

        return fill


class Content(NamedTuple):
    """What a template cell holds, for charts and heights: text and names of values, or None for a formula's result.

    `hundreds` are the names among them whose values count from 0 to 100.
    """

    parts: tuple[str | float | Path | Words, ...] | None
    format: CellFormat = field(default_factory=CellFormat)
    hundreds: frozenset[Path] = frozenset()

    def format_of(self, part: Path) -> CellFormat:
        """How a value among its parts is written."""
        return self.format.of_hundreds() if part in self.hundreds else self.format


class Place(NamedTuple):
    """Where a piece stands while a program is made.

    All sheets: where their rows went, what their cells hold. Here: the sheet, the row, the items around it, the area
    that a copy covers, and whether references to a repeated row mean this item even with `$`.
    """

    maps: Mapping[str, RowMap]
    scopes: Scopes
    contents: Mapping[str, Mapping[tuple[int, int], Content]]
    origins: dict[str, dict[int, Placed]]
    renamed: frozenset[str] = frozenset()
    sheet: str = ""
    row: int = 0
    within: Within = ()
    items: Items = ()
    area: str = ""
    pinned: bool = False

    def on(self, sheet: str) -> Place:
        """The same on a sheet, by its name in small letters."""
        return self._replace(sheet=sheet)

    def at(self, placed: Placed) -> Place:
        """The same place on one row of the report."""
        return self._replace(row=placed.number, within=placed.within, items=placed.items)

    def map(self, sheet: str | None) -> RowMap | None:
        """Where the rows of a sheet went; None when they stayed. The name ignores case, None is this sheet."""
        found = self.maps.get((self.sheet if sheet is None else sheet).lower())
        return None if found is None or found.is_fixed else found

    def prefix(self, part: Reference | Name) -> str | Fill:
        """A sheet's name before a reference or name as typed, or the fill that writes it where the name differs.

        Of a stretch of sheets (`Autumn:Summer!`) each end may have another name.
        """
        ends = part.sheet.split(":") if part.sheet and "[" not in part.sheet else []
        if not any(end.lower() in self.renamed for end in ends):
            return escape(part.prefix)
        keys = [(end, *self.scopes.find((SHEET_NAMES, end.lower()))) for end in ends]
        return lambda opened: escape(prefix(":".join(opened[scope].get(key) or end for end, scope, key in keys)))

    def origin(self, sheet: str, row: int) -> Placed | None:
        """The template row that became this report row, or None for a row the template leaves blank."""
        if sheet not in self.origins:
            self.origins[sheet] = {placed.number: placed for placed in self.maps[sheet].placed}
        return self.origins[sheet].get(row)


Inner = Sequence[Any]
"""str, pieces and groups; what a group holds is set by `Marks.cut`."""


def place_all(inner: Inner, at: Place) -> Placing:
    """Text as it is, pieces and groups placed."""
    placed: list[str | Fill | Slot] = []
    for part in inner:
        if type(part) is str:
            placed.append(part)
        else:
            placed += part.place(at)
    return placed


class RowNumber:
    """The number of the row it stands in."""

    def place(self, at: Place) -> Placing:
        """The number."""
        return (str(at.row),)


class OwnArea:
    """The area that the copy around it covers."""

    def place(self, at: Place) -> Placing:
        """The area."""
        return (at.area,)


class TextValue:
    """A value inside text. `escaping` makes it fit for its part."""

    def __init__(self, path: Path, format: CellFormat, escaping: Callable[[str], str] = escape) -> None:
        self.path = path
        self.known = Known(lambda value: escaping(format.text(value)))

    def place(self, at: Place) -> Placing:
        """A slot for the value."""
        return (Slot(*at.scopes.find(self.path, at.items), self.known),)


class CellValue:
    """A cell that holds one value, from `<c r="B` on; the row number follows, then `after`, then the value.

    `row` is its number where rows do not move, else None.
    """

    def __init__(self, before: str, row: int | None, after: str, path: Path, format: CellFormat) -> None:
        self.before, self.row, self.after, self.path = before, row, after, path
        self.known = Known(format.cell)

    def place(self, at: Place) -> Placing:
        """A slot for the value and the cell's end."""
        head = f"{self.before}{at.row if self.row is None else self.row}{self.after}"
        return head, Slot(*at.scopes.find(self.path, at.items), self.known)
