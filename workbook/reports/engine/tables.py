"""Excel tables on a template sheet: a table over a repeated row grows, and its headings may hold tokens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from workbook.model.excel import fold
from workbook.package.parts import Package
from workbook.reading.outline import column_number
from workbook.reading.references import Reference
from workbook.reading.references import parse as parse_formula
from workbook.reports.engine.cells import Cell
from workbook.reports.engine.headers import outside_rows
from workbook.reports.engine.markup import Element, Marks, add, child, named, parse, remove
from workbook.reports.engine.moving import Changes, Formula, TableName, rows_of
from workbook.reports.engine.placing import TABLE_NUMBER, Inner, Place, Placing, place_all
from workbook.reports.engine.programs import Opened
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
        names = _names(self.root)
        for number, column in enumerate(named(self.root, "tableColumn")):
            if "{{" in names[number]:
                column.set("name", marks.put(Heading(names, number, "_x000a_")))
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


def headings(package: Package, sheet: str) -> dict[tuple[int, int], Heading]:
    """What stands in the cells (row, column) of a sheet that are headings of a table, where it differs by report."""
    found: dict[tuple[int, int], Heading] = {}
    for link in package.relationships(sheet):
        if link.kind == "table" and package.find(link.target):
            root = parse(package.read(link.target), link.target)
            names = _names(root)
            for part in parse_formula(root.get("ref", "")) if root.get("headerRowCount", "1") != "0" else ():
                if isinstance(part, Reference):
                    left = column_number(part.columns[0])
                    told = [number for number, name in enumerate(names) if "{{" in name]
                    found |= {(part.top, left + number): Heading(names, number, "\n") for number in told}
    return found


def _names(table: Element) -> list[str]:
    """The headings of a table, as their cells have them."""
    return [column.get("name", "").replace("_x000a_", "\n") for column in named(table, "tableColumn")]


def put_heading(cell: Cell, heading: Heading, marks: Marks) -> None:
    """Fill a heading's cell with what the table itself says, or Excel calls the file damaged."""
    for inner in list(cell.element):
        cell.element.remove(inner)
    cell.element.set("t", "inlineStr")
    add(add(cell.element, "is"), "t", marks.put(heading)).set(XML_SPACE, "preserve")


class Heading:
    """A heading of a table: always text, never blank, and never the same as another of its table.

    `names` are those of the whole table, `number` which of them it is, `line` how a new line is written.
    """

    def __init__(self, names: Sequence[str], number: int, line: str) -> None:
        self.parts = [split(name) for name in names]
        self.rooms = [room_for_each(name, LONGEST_HEADING) for name in names]
        self.number, self.line = number, line
        self.typed = {fold(name) for name in names if "{{" not in name}

    def place(self, at: Place) -> Placing:
        """A fill that writes it."""
        found = [[p if isinstance(p, str) else at.scopes.find(p.path, at.items) for p in parts] for parts in self.parts]

        def fill(opened: Opened) -> str:
            taken, text = set(self.typed), ""
            for number, (parts, room) in enumerate(zip(found[: self.number + 1], self.rooms, strict=False)):
                text = "".join(
                    part if isinstance(part, str) else fitting(_PLAIN.text(opened[part[0]].get(part[1])), room)
                    for part in parts
                )
                if number == self.number or not all(isinstance(part, str) for part in parts):
                    text = _another(text or f"Column{number + 1}", taken)
                    taken.add(fold(text))
            return escape_cell(text).replace("\n", self.line)

        yield fill


def _another(text: str, taken: Collection[str]) -> str:
    """The text, with a number at its end where it stands for another heading already, as Excel does it."""
    found, number = text, 1
    while fold(found) in taken:
        number += 1
        found = fitting(text, LONGEST_HEADING - len(str(number))) + str(number)
    return found


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
