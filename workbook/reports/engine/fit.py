"""Rows that grow with their text: a template's row keeps its height at least, and is taller where a learner needs it.

Only cells with wrapped text count. A cell merged over several rows is as its author made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.building.heights import height_of, lines, sure_to_fit
from workbook.package.addresses import LAST_COLUMN
from workbook.reading.outline import column_number
from workbook.reports.engine.cells import Cell
from workbook.reports.engine.groups import areas
from workbook.reports.engine.markup import Element, Marks, named
from workbook.reports.engine.placing import Content, Place, Placing, Words
from workbook.reports.engine.programs import Fill, Known, Opened, Program, Slot, program
from workbook.reports.engine.styles import Look, Styles
from workbook.reports.engine.tokens import Path

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


class Wrapped:
    """A cell whose text wraps: what it holds, its room in characters and its type."""

    def __init__(self, content: Content, width: float, look: Look) -> None:
        self.content, self.width, self.look = content, width, look
        self._short = sure_to_fit(width, look.size) if not look.bold else 0
        parts = content.parts or ()
        self.only = parts[0] if len(parts) == 1 and isinstance(parts[0], tuple) else None
        """The name of the one value that is all its text."""
        text = content.format_of(self.only).text if self.only else str
        self.known = Known(lambda value: self._needs(text(value)))
        """The points that its value needs, or else a text of it."""

    def text(self, at: Place) -> Program:
        """Its text for one shape of the data."""

        def shown(part: str | float | Path | Words) -> str | Fill | Slot:
            if isinstance(part, tuple):
                return Slot(*at.scopes.find(part, at.items), Known(self.content.format_of(part).text))
            return part.fill(at.scopes, at.items) if isinstance(part, Words) else str(part)

        return program(map(shown, self.content.parts or ()))

    def _needs(self, text: str) -> float:
        """The points that a text needs; 0 where it surely stands on one line."""
        if len(text) <= self._short and "\n" not in text:
            return 0.0
        return height_of(lines(text, self.width, self.look.size, self.look.bold), self.look.size)


class Heights(dict[float, str]):
    """How a row's height is written, by the points that its texts need; no less than what the template gives it."""

    def __init__(self, least: float) -> None:
        self.least = least

    def __missing__(self, points: float) -> str:
        written = self[points] = f"{max(self.least, points):g}"
        return written


class RowHeight:
    """The value of a row's `ht`: the template's height, or what the learner's texts need."""

    def __init__(self, least: float, cells: Sequence[Wrapped]) -> None:
        self.cells = cells
        self._written = written = Heights(least)
        if len(cells) == 1 and cells[0].only:
            needs = cells[0].known
            self._known = Known(lambda value: written[needs.of(value)])

    def place(self, at: Place) -> Placing:
        """A slot or fill for the height in points."""
        values = [(*at.scopes.find(cell.only, at.items), cell.known) for cell in self.cells if cell.only]
        texts = [(cell.known, cell.text(at)) for cell in self.cells if not cell.only]
        if len(values) == 1 and not texts:
            yield Slot(*values[0][:2], self._known)
            return
        written = self._written

        def fill(opened: Opened) -> str:
            points = [known[str][text.text(opened)] for known, text in texts]
            points += [known[type(value := opened[scope].get(key))][value] for scope, key, known in values]
            return written[max(points, default=0.0)]

        yield fill


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
