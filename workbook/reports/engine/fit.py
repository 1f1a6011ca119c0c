"""Rows that grow with their text: a template's row keeps its height at least, and is taller where a learner needs it.

Only cells with wrapped text count. A cell merged over several rows is as its author made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbook.building.heights import height_of, lines, sure_to_fit
from workbook.package.addresses import LAST_COLUMN
from workbook.reading.outline import column_number
from workbook.reports.engine.cells import Cell
from workbook.reports.engine.groups import areas
from workbook.reports.engine.markup import Element, Marks, named
from workbook.reports.engine.placing import Content, Opened, Place, Placing
from workbook.reports.engine.styles import Look, Styles

_INDENT = 1.3
"""Characters that a step of indent takes."""
_STANDARD = 9.14
"""Characters of a column whose width nobody has set."""


class Columns:
    """Column widths of a template sheet in characters, and its merged cells that lie in one row."""

    def __init__(self, root: Element) -> None:
        self._standard = _STANDARD
        for element in named(root, "sheetFormatPr"):
            self._standard = float(element.get("defaultColWidth") or _STANDARD)
        self._spans = [
            (int(e.get("min", "1")), int(e.get("max", "1")), float(e.get("width") or self._standard))
            for e in named(root, "col")
        ]
        self._merged: dict[tuple[int, int], int | None] = {}
        for element in named(root, "mergeCell"):
            for area in areas(element.get("ref", "")):
                left, right = (column_number(letters) for letters in area.columns)
                if area.every_column:
                    left, right = 1, LAST_COLUMN
                self._merged[area.top, left] = right if area.top == area.bottom else None

    def width(self, row: int, column: int) -> float | None:
        """The characters a cell has room for, with the cells merged to it; None where it spans rows."""
        last = self._merged.get((row, column), column)
        return None if last is None else sum(self._width(one) for one in range(column, last + 1))

    def across(self, last: int) -> float:
        """The characters of the columns from the first to the ``last`` one."""
        return sum(self._width(one) for one in range(1, last + 1))

    def _width(self, column: int) -> float:
        return next((width for first, last, width in self._spans if first <= column <= last), self._standard)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A cell whose text wraps: what it holds, its room and its type."""

    content: Content
    width: float
    look: Look


class RowHeight:
    """The value of a row's `ht`: the template's height, or what the learner's texts need."""

    def __init__(self, least: float, cells: Sequence[Wrapped]) -> None:
        self.least, self.cells = least, cells

    def place(self, at: Place) -> Placing:
        """A fill that writes the height in points."""
        least = self.least
        checks = [_needs(cell, at) for cell in self.cells]

        def fill(opened: Opened) -> str:
            needed = least
            for check in checks:
                height = check(opened)
                if height > needed:
                    needed = height
            return f"{needed:g}"

        yield fill


def _needs(cell: Wrapped, at: Place) -> Callable[[Opened], float]:
    """Gives the points a cell's text needs; 0 where it surely stands on one line."""
    content, width, size, bold = cell.content, cell.width, cell.look.size, cell.look.bold
    short = sure_to_fit(width, size) if not bold else 0
    parts = [
        (*at.scopes.find(part, at.items), content.format_of(part).text) if isinstance(part, tuple) else str(part)
        for part in content.parts or ()
    ]
    only = parts[0] if len(parts) == 1 else None

    def height(text: str) -> float:
        if len(text) <= short and "\n" not in text:
            return 0
        return height_of(lines(text, width, size, bold), size)

    if isinstance(only, tuple):
        scope, key, words = only

        def one(opened: Opened) -> float:
            value = opened[scope].get(key)
            return height(value if type(value) is str else words(value))

        return one

    def joined(opened: Opened) -> float:
        return height("".join(p if isinstance(p, str) else p[2](opened[p[0]].get(p[1])) for p in parts))

    return joined


def fit_row(
    row: Element,
    cells: Sequence[Cell],
    contents: Mapping[tuple[int, int], Content],
    columns: Columns,
    styles: Styles,
    marks: Marks,
) -> None:
    """Let a row with tokens in wrapped cells grow with them; any other row stays as it is."""
    wrapped = []
    for cell in cells:
        look = styles.look(cell.element.get("s"))
        width = columns.width(cell.row, cell.column)
        if cell.tokens and look.wraps and width is not None:
            content = contents[cell.row, cell.column]
            wrapped.append(Wrapped(content, width - _INDENT * look.indent, look))
    if not wrapped:
        return
    fixed = row.get("customHeight") in ("1", "true")
    row.set("ht", marks.put(RowHeight(float(row.get("ht") or 15) if fixed else 15.0, wrapped)))
    row.set("customHeight", "1")
