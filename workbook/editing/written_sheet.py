"""A sheet that Mentorbook writes, filled anew in a tracker that is there: its table, its line, nothing else.

Cells beside the table, widths, the title, print set-up and the user's own formats stay. Rows take the look of the
table's first row; links are formulas, so that no link of an earlier row is left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from workbook.editing.cells import cell_xml
from workbook.editing.sheet import SheetText, open_sheet
from workbook.editing.styles import DateStyles
from workbook.model import CannotDo, Value
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.package.parts import Package
from workbook.reading.outline import SheetPart, TablePart, corners

Link = tuple[str, str]
"""A sheet and a cell on it."""


@dataclass(frozen=True)
class WrittenSheet:
    """What a written sheet is to hold: the line above the headings (a formula and what it says), and the rows.

    ``table`` is the table's name; an empty ``line`` leaves its ``words`` alone. A cell is a value or a link,
    ``heights`` gives the points of rows higher than usual.
    """

    table: str
    line: str
    words: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value | Link]]
    heights: Sequence[float | None]


def written_parts(
    package: Package, sheets: Sequence[SheetPart], wanted: WrittenSheet, from_1904: bool, styles: DateStyles
) -> dict[str, bytes]:
    """The parts of a written sheet anew, by name; CannotDo where the tracker has no such sheet."""
    for sheet_part in sheets:
        for place in sheet_part.tables:
            if place.name.casefold() == wanted.table.casefold():
                return _parts(
                    package, sheet_part, place, wanted, _Writer(package, sheet_part, place, from_1904, styles)
                )
    raise CannotDo(
        f"The tracker has no table called {wanted.table}, which Mentorbook writes: run mentorbook upgrade first."
    )


def _parts(
    package: Package, sheet_part: SheetPart, place: TablePart, wanted: WrittenSheet, writer: _Writer
) -> dict[str, bytes]:
    text = writer.text
    last = place.header_row + max(1, len(wanted.rows))
    writer.require_free(max(last, place.last_row), place.first_column + len(wanted.headings) - 1, sheet_part.name)
    writer.line(wanted)
    writer.head(wanted.headings)
    for number in range(place.header_row + 1, max(last, place.last_row) + 1):
        at = number - place.header_row - 1
        row = wanted.rows[at] if at < len(wanted.rows) else ()
        writer.row(number, row, wanted.heights[at] if at < len(wanted.heights) else None)
    _tidy(text, place, last, len(wanted.headings))
    part, table = _table(package, sheet_part, place, wanted.headings, last)
    return {sheet_part.part: text.to_xml(), part: table}


class _Writer:
    """Writes cells of the table's columns and keeps those beside it."""

    def __init__(
        self, package: Package, sheet_part: SheetPart, place: TablePart, from_1904: bool, styles: DateStyles
    ) -> None:
        self.text: SheetText = open_sheet(package.read(sheet_part.part), sheet_part.name)
        self.place, self.from_1904, self.dates = place, from_1904, styles
        first = self._cells(place.header_row + 1)
        self.styles = {number: cell.get("s", "") for number, cell in first.items()}
        self.fallback = self.styles.get(place.last_column, next(iter(self.styles.values()), ""))

    def _cells(self, row: int) -> dict[int, etree.Element]:
        if row not in self.text:
            return {}
        return {corners(cell.get("r", ""))[2]: cell for cell in self.text.element(row)}  # type: ignore[index]

    def require_free(self, last: int, right: int, name: str) -> None:
        """CannotDo where new columns would lie over cells beside the table that somebody has filled."""
        for row in range(self.place.header_row, last + 1) if right > self.place.last_column else ():
            for number, cell in self._cells(row).items():
                if self.place.last_column < number <= right and len(cell):
                    raise CannotDo(
                        f"{name} has cells beside its list where new columns belong ({cell.get('r')}): move them to "
                        f"the right of column {column_letter(right)}, save, then try again."
                    )

    def line(self, wanted: WrittenSheet) -> None:
        """The line above the headings: a formula in the first cell, in the look that it has."""
        row = self.place.header_row - 1
        style = self._cells(row)[self.place.first_column].get("s", "") if self._cells(row) else ""
        asked = escape(wanted.line.removeprefix("="), quote=False)
        formula = f"<{self.text.prefix}f>{asked}</{self.text.prefix}f>" if asked else ""
        self._put(row, {self.place.first_column: (style, wanted.words, formula)}, "")

    def head(self, headings: Sequence[str]) -> None:
        """The headings as they should be."""
        known = self._cells(self.place.header_row)
        look = known[self.place.last_column].get("s", "") if self.place.last_column in known else ""
        cells: dict[int, tuple[str, Value, str]] = {
            number: (known[number].get("s", "") if number in known else look, heading, "")
            for number, heading in enumerate(headings, start=self.place.first_column)
        }
        self._put(self.place.header_row, cells, None)

    def row(self, number: int, values: Sequence[Value | Link], height: float | None) -> None:
        """A row of the table; without values its cells are emptied."""
        cells: dict[int, tuple[str, Value, str]] = {}
        for column, value in enumerate(values, start=self.place.first_column):
            style = self.styles.get(column, self.fallback)
            if isinstance(value, tuple):
                sheet, cell = (part.replace("'", "''").replace('"', '""') for part in value)
                formula = f'HYPERLINK("#\'{sheet}\'!{cell}","{cell}")'
                written = f"<{self.text.prefix}f>{escape(formula, quote=False)}</{self.text.prefix}f>"
                cells[column] = style, value[1], written
            else:
                cells[column] = (self.dates.dated(style) if isinstance(value, date) else style), value, ""
        high = f' ht="{height:g}" customHeight="1"' if height else ""
        self._put(number, cells, high, clear=True)

    def _put(
        self, row: int, cells: dict[int, tuple[str, Value, str]], attributes: str | None, clear: bool = False
    ) -> None:
        prefix = self.text.prefix
        kept = self._cells(row)
        last = self.place.last_column
        pieces = {
            number: etree.tostring(cell)
            for number, cell in kept.items()
            if number not in cells and not (clear and self.place.first_column <= number <= last)
        }
        for number, (style, value, formula) in cells.items():
            address = f"{column_letter(number)}{row}"
            pieces[number] = cell_xml(prefix, address, style, value, self.from_1904, formula).encode()
        own = self._attributes(row) if attributes is None or not attributes else attributes
        made = f'<{prefix}row r="{row}"{own}>'.encode() + b"".join(pieces[n] for n in sorted(pieces))
        made += f"</{prefix}row>".encode()
        where = self.text.anew if row in self.text and row not in self.text.more else self.text.more
        where[row] = made

    def _attributes(self, row: int) -> str:
        """The height of the heading and the line; rows below have that of their sheet unless they need more."""
        if row > self.place.header_row or row not in self.text:
            return ""
        element = self.text.element(row)
        return "".join(f' {name}="{element.get(name)}"' for name in ("ht", "customHeight") if element.get(name))


def _tidy(text: SheetText, place: TablePart, last: int, columns: int) -> None:
    """Links of earlier rows go, colours reach all rows, the sheet's size is right."""
    right = place.first_column + columns - 1
    for part in list(text.frame):
        name = part.tag.rpartition("}")[2]
        if name == "hyperlinks":
            for node in list(part):
                area = corners(node.get("ref", ""))
                if (
                    area
                    and area[0] > place.header_row
                    and place.first_column <= area[2] <= max(right, place.last_column)
                ):
                    part.remove(node)
            if not len(part):
                text.frame.remove(part)
        elif name == "conditionalFormatting":
            part.set("sqref", " ".join(_reaching(one, place, last) for one in part.get("sqref", "").split()))
        elif name == "dimension":
            part.set("ref", f"A1:{column_letter(max(right, place.last_column))}{max(last, place.last_row)}")


def _reaching(area: str, place: TablePart, last: int) -> str:
    found = corners(area)
    if not found or found[0] != place.header_row + 1 or found[1] >= last:
        return area
    return f"{column_letter(found[2])}{found[0]}:{column_letter(found[3])}{last}"


def _table(
    package: Package, sheet_part: SheetPart, place: TablePart, headings: Sequence[str], last: int
) -> tuple[str, bytes]:
    """The table's part with its area, an open filter and the headings."""
    for link in package.relationships(sheet_part.part):
        if link.kind != "table":
            continue
        root = etree.fromstring(package.read(link.target))
        if (root.get("displayName") or "").casefold() != place.name.casefold():
            continue
        main = root.tag[: root.tag.rindex("}") + 1]
        right = column_letter(place.first_column + len(headings) - 1)
        area = f"{column_letter(place.first_column)}{place.header_row}:{right}{last}"
        root.set("ref", area)
        for node in list(root):
            name = node.tag.rpartition("}")[2]
            if name == "autoFilter":
                for child in list(node):
                    node.remove(child)
                node.set("ref", area)
            elif name == "sortState":
                root.remove(node)
            elif name == "tableColumns":
                for child in list(node):
                    node.remove(child)
                node.set("count", str(len(headings)))
                for number, heading in enumerate(headings, start=1):
                    etree.sub_element(node, main + "tableColumn", id=str(number), name=heading)
        return package.find(link.target) or link.target, etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    raise CannotDo(f"The table {place.name} is damaged: open the tracker in Excel and save it.")
