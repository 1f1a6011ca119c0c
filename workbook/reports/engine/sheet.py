"""A template sheet, compiled: what it asks for, its tree of rows, and its XML cut into pieces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from workbook.package.parts import Package
from workbook.reading.references import Part as ReferencePart
from workbook.reading.references import Reference
from workbook.reports.engine import cells as cell_pieces
from workbook.reports.engine.cells import Cell, Formulas, Strings
from workbook.reports.engine.fit import Columns, fit_row
from workbook.reports.engine.groups import RowGroup, Rows, areas
from workbook.reports.engine.headers import header_asks, outside_rows, put_headers
from workbook.reports.engine.links import link_asks, put_link_ids, put_link_texts
from workbook.reports.engine.markup import Element, Marks, add, child, named, parse
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.placing import Content, Inner, Place, Placing, RowNumber, place_all
from workbook.reports.engine.rows import Each, Row, RowSpec, is_fixed, tree
from workbook.reports.engine.sheet_features import feature_asks, features_touched, put_features, put_messages
from workbook.reports.engine.styles import Styles
from workbook.reports.engine.tables import headings, put_heading, table_rows
from workbook.reports.engine.tokens import Ask, Path, Token, Vocabulary, stray_braces, tokens_in

MOST_MERGED = 1000
"""Rows of a merged cell that can repeat together."""


class SheetPart:
    """One worksheet of a template. Reading it finds the tokens; `compile` makes the pieces."""

    def __init__(
        self,
        package: Package,
        part: str,
        name: str,
        strings: Strings,
        styles: Styles,
        vocabulary: Vocabulary,
        sheet_names: Collection[str] = (),
    ) -> None:
        self.part, self.name, self.sheet = part, name, name.lower()
        self._styles, self._vocabulary = styles, vocabulary
        self._sheet_tokens = {token.written.lower() for other in sheet_names for token in tokens_in(other)}
        self.root = parse(package.read(part), part)
        data = child(self.root, "sheetData")
        self._data: Element = add(self.root, "sheetData") if data is None else data
        self._rows = cell_pieces.read_rows(self._data, strings)
        self.asks: list[Ask] = [
            *(Ask(name, "sheet name", token.written, outside_rows(token, vocabulary)) for token in tokens_in(name)),
            *header_asks(self.root, name, vocabulary),
            *link_asks(self.root, name, vocabulary),
            *feature_asks(self.root, name, vocabulary, self._sheet_tokens),
        ]
        self._table_rows = table_rows(package, part)
        self._headings = headings(package, part)
        self.specs = self._specs()
        self.tree: list[Row | Each] = tree([self.specs[number] for number in sorted(self.specs)])
        self.is_fixed = is_fixed(self.tree)
        self.has_tokens = bool(self.asks)
        self.fills_cells = any(cell.tokens for cell in self._cells())
        self.contents: Mapping[tuple[int, int], Content] = {}
        if self.fills_cells:
            self.contents = {
                (cell.row, cell.column): cell_pieces.content(cell, styles, vocabulary) for cell in self._cells()
            }
        self.pieces: Inner = ()

    def _cells(self) -> list[Cell]:
        return [cell for _, cells in self._rows.values() for cell in cells]

    def _specs(self) -> dict[int, RowSpec]:
        specs = {number: self._spec(number, cells) for number, (_, cells) in self._rows.items()}
        for number, spec in specs.items():
            spec.keeps_one = any(area.top <= number <= area.bottom for area in self._table_rows)
        for merge in named(self.root, "mergeCell"):
            for area in areas(merge.get("ref", "")):
                self._join(specs, area)
        return specs

    def _spec(self, number: int, cells: list[Cell]) -> RowSpec:
        spec = RowSpec(number)
        for cell in cells:
            stray = stray_braces(cell.text)
            if stray:
                why = f"{stray} has a brace too few or too many: write {{{{name}}}}."
                self.asks.append(Ask(self.name, cell.place, stray, why))
            formula = cell.formula()
            for token in tokens_in(formula.text or "") if formula is not None else ():
                if token.written.lower() not in self._sheet_tokens:
                    why = f"{token.written} stands in a formula: give it a cell and let the formula look at that cell."
                    self.asks.append(Ask(self.name, cell.place, token.written, why))
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

    def _join(self, specs: dict[int, RowSpec], area: Reference) -> None:
        """Rows under a merged cell that names a list belong to its items."""
        place = f"{area.columns[0] or 'A'}{area.top}".replace("$", "")
        cell = next((cell for cell in self._rows.get(area.top, (None, []))[1] if cell.place == place), None)
        tokens = [] if cell is None else [token for token in cell.tokens if self._vocabulary.row_lists(token)]
        if not tokens:
            return
        if area.bottom - area.top > MOST_MERGED:
            why = f"{tokens[0].written} repeats its row, but its cell is merged over whole columns: unmerge it."
            self.asks.append(Ask(self.name, place, tokens[0].written, why))
            return
        lists: tuple[Path, ...] = max((self._vocabulary.row_lists(token) for token in tokens), key=len)
        for number in range(area.top + 1, area.bottom + 1):
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

    def concerns(self, changes: Changes) -> bool:
        """Does the sheet differ from report to report?"""
        if self.has_tokens or self.looks_at(changes.alter):
            return True
        return features_touched(self.root, self.sheet, changes)

    def looks_at(self, asked: Callable[[list[ReferencePart], str], bool]) -> bool:
        """Is there a cell with a formula of which the answer is yes?"""
        return any(asked(parts, self.sheet) for parts in self._formulas)

    @cached_property
    def _formulas(self) -> list[list[ReferencePart]]:
        formulas = Formulas()
        found = ((cell, cell.formula()) for cell in self._cells())
        return [formulas.parts(cell, formula) for cell, formula in found if formula is not None]

    def compile(self, changes: Changes) -> None:
        """Cut the sheet into pieces."""
        marks = Marks()
        first = self._first_moving()
        self._put_cells(marks, changes, first)
        put_features(self.root, marks, self.sheet, changes)
        put_headers(self.root, marks, self._vocabulary)
        put_messages(self.root, marks)
        put_link_texts(self.root, marks)
        if not self.is_fixed:
            put_link_ids(self.root, marks)
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

    def _put_cells(self, marks: Marks, changes: Changes, first: int) -> None:
        formulas, columns = Formulas(), Columns(self.root)
        for row, cells in self._rows.values():
            if any(cell.tokens for cell in cells) and row.get("customHeight") not in ("1", "true"):
                row.attrib.pop("ht", "")  # the height of the template's text; Excel fits the row to the learner's
            fit_row(row, cells, self.contents, columns, self._styles, marks)
            for cell in cells:
                formula = cell.formula()
                moves = cell.row >= first
                heading = self._headings.get((cell.row, cell.column))
                if cell.tokens and heading:
                    put_heading(cell, heading, marks)
                elif cell.tokens:
                    cell_pieces.put_cell(cell, marks, self._styles, self._vocabulary, moves)
                    continue
                if formula is not None:
                    parts = formulas.parts(cell, formula)
                    cell_pieces.put_formula(cell, formula, parts, marks, changes, self.sheet)
                if moves:
                    cell.element.set("r", cell.letters + marks.put(RowNumber()))

    def place(self, at: Place) -> Placing:
        """The sheet for one shape of the data."""
        return place_all(self.pieces, at)
