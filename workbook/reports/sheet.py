"""A template sheet, compiled: what it asks for, its tree of rows, and its XML cut into pieces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.files.package import Package
from workbook.reports import cells as cell_pieces
from workbook.reports.cells import Cell, Formulas, Strings
from workbook.reports.groups import RowGroup, Rows, areas
from workbook.reports.headers import header_asks, put_headers
from workbook.reports.markup import Element, Marks, add, child, named, parse
from workbook.reports.program import Content, Place, Placing, RowNumber, place_all
from workbook.reports.rows import Each, Row, RowSpec, is_fixed, tree
from workbook.reports.sheet_features import put_features
from workbook.reports.styles import Styles
from workbook.reports.tokens import Ask, Path, Token, Vocabulary, stray_braces


class SheetPart:
    """One worksheet of a template. Reading it finds the tokens; `compile` makes the pieces."""

    def __init__(
        self, package: Package, part: str, name: str, strings: Strings, styles: Styles, vocabulary: Vocabulary
    ) -> None:
        self.part, self.name, self.key = part, name, name.lower()
        self._styles, self._vocabulary = styles, vocabulary
        self.root = parse(package.read(part), part)
        data = child(self.root, "sheetData")
        self._data: Element = add(self.root, "sheetData") if data is None else data
        self._rows = cell_pieces.read_rows(self._data, strings)
        self.asks: list[Ask] = [*header_asks(self.root, name, vocabulary)]
        self.tree: list[Row | Each] = tree(self._specs())
        self.is_fixed = is_fixed(self.tree)
        self.has_tokens = bool(self.asks)
        self.contents: Mapping[tuple[int, int], Content] = {}
        if self.has_tokens:
            self.contents = {
                (cell.row, cell.column): cell_pieces.content(cell, styles, vocabulary) for cell in self._cells()
            }
        self.pieces: list[Any] = []

    def _cells(self) -> list[Cell]:
        return [cell for _, cells in self._rows.values() for cell in cells]

    def _specs(self) -> list[RowSpec]:
        specs = {number: self._spec(number, cells) for number, (_, cells) in self._rows.items()}
        for merge in named(self.root, "mergeCell"):
            for area in areas(merge.get("ref", "")):
                self._join(specs, area.top, area.bottom, f"{area.columns[0]}{area.top}".replace("$", ""))
        return [specs[number] for number in sorted(specs)]

    def _spec(self, number: int, cells: list[Cell]) -> RowSpec:
        spec = RowSpec(number)
        for cell in cells:
            stray = stray_braces(cell.text)
            if stray:
                why = f"{stray} has a brace too few or too many: write {{{{name}}}}."
                self.asks.append(Ask(self.name, cell.place, stray, why))
            for token in cell.tokens:
                problem = self._vocabulary.problem(token) or self._add_token(spec, token)
                self.asks.append(Ask(self.name, cell.place, token.written, problem))
        return spec

    def _add_token(self, spec: RowSpec, token: Token) -> str | None:
        lists = self._vocabulary.row_lists(token)
        longer, shorter = (lists, spec.lists) if len(lists) > len(spec.lists) else (spec.lists, lists)
        if longer[: len(shorter)] != shorter:
            names = " and ".join(".".join(path[-1]) for path in (spec.lists, lists))
            return f"{token.written}: one row cannot repeat for two lists ({names}), so give each its own row."
        spec.lists = longer
        if token.wanted is not None:
            spec.conditions += (token,)
        return None

    def _join(self, specs: dict[int, RowSpec], top: int, bottom: int, place: str) -> None:
        """Rows under a merged cell that names a list belong to its items."""
        lists: tuple[Path, ...] = ()
        for cell in self._rows[top][1] if top in self._rows else ():
            if cell.place == place:
                lists = max((self._vocabulary.row_lists(token) for token in cell.tokens), key=len, default=())
        if not lists:
            return
        for number in range(top + 1, bottom + 1):
            if number not in self._rows:
                self._rows[number] = (self._new_row(number), [])
            spec = specs.setdefault(number, RowSpec(number))
            if spec.lists == lists[: len(spec.lists)]:
                spec.lists = lists

    def _new_row(self, number: int) -> Element:
        index = sum(1 for known in self._rows if known < number)
        row = add(self._data, "row", index=index)
        row.set("r", str(number))
        return row

    def looks_at(self, sheets: set[str]) -> bool:
        """Has this sheet a formula that looks at one of `sheets`?"""
        formulas = Formulas()
        for cell in self._cells():
            formula = cell.formula()
            if formula is not None and cell_pieces.refers_to(formulas.parts(cell, formula), sheets, self.key):
                return True
        return False

    def compile(self, moving: set[str]) -> None:
        """Cut the sheet into pieces; `moving` are the sheets whose rows move."""
        marks = Marks()
        first = self._first_moving()
        self._put_cells(marks, moving, first)
        put_features(self.root, marks, self.key, moving)
        put_headers(self.root, marks, self._vocabulary)
        if not self.is_fixed:
            for number, (row, _) in self._rows.items():
                if number >= first:
                    row.set("r", marks.put(RowNumber()))
                marks.wrap(row, RowGroup(number))
            marks.wrap(self._data, Rows())
        self.pieces = marks.cut(self.root)

    def _first_moving(self) -> int:
        """The first row that may get another number, above which nothing moves."""
        for node in self.tree:
            if isinstance(node, Each):
                while isinstance(node, Each):
                    node = node.children[0]
                return node.number
            if node.conditions:
                return node.number
        return 1 << 30

    def _put_cells(self, marks: Marks, moving: set[str], first: int) -> None:
        formulas = Formulas()
        for row, cells in self._rows.values():
            if any(cell.tokens for cell in cells) and row.get("customHeight") not in ("1", "true"):
                row.attrib.pop("ht", "")  # the height of the template's text; Excel fits the row to the learner's
            for cell in cells:
                formula = cell.formula()
                moves = cell.row >= first
                if cell.tokens:
                    cell_pieces.put_cell(cell, marks, self._styles, self._vocabulary, moves)
                    continue
                if formula is not None:
                    parts = formulas.parts(cell, formula)
                    cell_pieces.put_formula(cell, formula, parts, marks, moving, self.key)
                if moves:
                    cell.element.set("r", cell.letters + marks.put(RowNumber()))

    def place(self, at: Place) -> Placing:
        """The sheet for one shape of the data."""
        return place_all(self.pieces, at)
