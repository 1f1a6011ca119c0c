"""Excel tables on a template sheet: a table over a repeated row grows, and its headings may hold tokens."""

from __future__ import annotations

from dataclasses import replace

from workbook.package.parts import Package
from workbook.reading.outline import column_number
from workbook.reading.references import Reference
from workbook.reading.references import parse as parse_formula
from workbook.reports.engine.cells import Cell
from workbook.reports.engine.headers import outside_rows
from workbook.reports.engine.markup import Marks, add, child, named, parse, remove
from workbook.reports.engine.moving import Changes, Formula, TableName, rows_of
from workbook.reports.engine.placing import TABLE_NUMBER, Inner, Place, Placing, TextValue, place_all
from workbook.reports.engine.textruns import XML_SPACE
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, room_for_each, split
from workbook.reports.engine.values import CellFormat, escape_cell, fitting

_PLAIN = CellFormat()
LONGEST_HEADING = 255
"""Characters of a table's heading."""
_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")


class TablePart:
    """One table."""

    def __init__(self, package: Package, part: str, sheet: str, vocabulary: Vocabulary) -> None:
        self.part, self.sheet = part, sheet.lower()
        self.root = parse(package.read(part), part)
        self.asks = [
            Ask(sheet, f"table {self.root.get('displayName')}", token.written, problem)
            for column in named(self.root, "tableColumn")
            for token in split(column.get("name", ""))
            if isinstance(token, Token) and (problem := outside_rows(token, vocabulary))
        ]
        self.name = self.root.get("displayName", "")
        self.number = 0
        self.pieces: Inner = ()

    def concerns(self, changes: Changes) -> bool:
        """Does the table differ from report to report?"""
        headings = any("{{" in column.get("name", "") for column in named(self.root, "tableColumn"))
        known = self.sheet in changes.moving or self.name.lower() in changes.tables
        formulas = (changes.read(formula.text or "") for formula in named(self.root, *_FORMULAS))
        return headings or known or any(changes.touch(parts, self.sheet) for parts in formulas)

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        marks = Marks()
        for number, column in enumerate(named(self.root, "tableColumn"), 1):
            column.set("name", _heading(column.get("name", ""), number, marks, "_x000a_"))
        if self.name.lower() in changes.tables:
            self.root.set("id", marks.put(TableNumber(self.number)))
            for attribute in ("name", "displayName"):
                self.root.set(attribute, marks.put(TableName(self.name)))
        if self.sheet in changes.moving:
            for state in named(self.root, "sortState"):
                remove(state)
            totals = int(self.root.get("totalsRowCount", "0"))
            filter = child(self.root, "autoFilter")
            for element, below in ((self.root, totals), (filter, 0)):
                if element is not None and element.get("ref"):
                    element.set("ref", marks.put(TableArea(element.get("ref", ""), below)))
        for formula in named(self.root, *_FORMULAS):
            parts = changes.read(formula.text or "")
            if changes.touch(parts, self.sheet):
                formula.text = marks.put(Formula(parts))
        self.pieces = marks.cut(self.root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)


def table_rows(package: Package, sheet: str) -> list[Reference]:
    """The rows of data of a sheet's tables. A table must keep a row, so a repeated one leaves a blank row at least."""
    found: list[Reference] = []
    for link in package.relationships(sheet):
        if link.kind == "table" and package.find(link.target):
            root = parse(package.read(link.target), link.target)
            headings, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
            for part in parse_formula(root.get("ref", "")):
                if isinstance(part, Reference):
                    found.append(replace(part, top=part.top + headings, bottom=part.bottom - totals))
    return found


def headings(package: Package, sheet: str) -> dict[tuple[int, int], int]:
    """The cells (row, column) of a sheet that are headings of a table, and the number of each in its table."""
    found: dict[tuple[int, int], int] = {}
    for link in package.relationships(sheet):
        if link.kind == "table" and package.find(link.target):
            root = parse(package.read(link.target), link.target)
            for part in parse_formula(root.get("ref", "")) if root.get("headerRowCount", "1") != "0" else ():
                if isinstance(part, Reference):
                    left, right = (column_number(letters) for letters in part.columns)
                    found |= {(part.top, column): column - left + 1 for column in range(left, right + 1)}
    return found


def put_heading(cell: Cell, number: int, marks: Marks) -> None:
    """Fill a heading's cell with what the table itself says, or Excel calls the file damaged."""
    for inner in list(cell.element):
        cell.element.remove(inner)
    cell.element.set("t", "inlineStr")
    add(add(cell.element, "is"), "t", _heading(cell.text, number, marks, "\n")).set(XML_SPACE, "preserve")


def _heading(text: str, number: int, marks: Marks, line: str) -> str:
    """A heading of a table: always text, never blank. `line` is how a new line is written."""
    parts, room = split(text), room_for_each(text, LONGEST_HEADING)
    blank = f"Column{number}" if len(parts) == 1 else ""

    def written(value: str) -> str:
        return escape_cell(fitting(value, room) or blank).replace("\n", line)

    return "".join(p if isinstance(p, str) else marks.put(TextValue(p.path, _PLAIN, written)) for p in parts)


class TableNumber:
    """A table's number, which no other table of the workbook has; `number` counts the tables of a copy."""

    def __init__(self, number: int) -> None:
        self.number = number

    def place(self, at: Place) -> Placing:
        """A fill that writes the number."""
        number = self.number
        yield lambda opened: str(opened[0][TABLE_NUMBER] + number)


class TableArea:
    """The table's area, which holds at least one row below the headings, as Excel wants."""

    def __init__(self, area: str, totals: int) -> None:
        self.references = [part for part in parse_formula(area) if isinstance(part, Reference)]
        self.totals = totals

    def place(self, at: Place) -> Placing:
        """The area."""
        for reference in self.references:
            top, bottom = rows_of(reference, at) or (reference.top, reference.bottom)
            yield reference.write(top, max(bottom, top + 1 + self.totals))
