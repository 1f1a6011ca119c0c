"""Charts: the ranges they show follow their rows, and the values they keep are the learner's own.

A chart keeps a copy of what it shows (its cache). Previewers draw from it, so it is filled; a template's copy
would show nothing, or somebody else's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbook.files.package import Package
from workbook.reports.cells import refers_to
from workbook.reports.markup import Element, Marks, before, child, local, named, parse, remove
from workbook.reports.program import Content, Fill, Formula, Opened, Place, Placing, place_all, place_reference
from workbook.reports.references import Reference, column_number
from workbook.reports.references import parse as parse_formula
from workbook.reports.values import escape, escape_cell, is_blank

Read = Callable[[Opened], object]
"""Gives one point's value for a learner: a number (as digits), a text, or None."""


class ChartPart:
    """One chart of a template."""

    has_tokens = False

    def __init__(self, package: Package, part: str) -> None:
        self.part = part
        self.root = parse(package.read(part), part)
        self._sources = [source for source in named(self.root, "numRef", "strRef") if child(source, "f") is not None]
        self.pieces: list[object] = []

    def looks_at(self, sheets: set[str]) -> bool:
        """Does the chart show cells of one of `sheets`?"""
        return any(refers_to(parse_formula(f.text or ""), sheets, "") for f in named(self.root, "f"))

    def compile(self, filled: set[str]) -> None:
        """Cut the chart into pieces; `filled` are the sheets whose values or rows differ from report to report."""
        marks = Marks()
        for source in self._sources:
            formula = child(source, "f")
            assert formula is not None
            parts = parse_formula(formula.text or "")
            if not refers_to(parts, filled, ""):
                continue
            if all(isinstance(part, str) or part.sheet for part in parts):
                before(source, marks.put(Source(source, [p for p in parts if isinstance(p, Reference)])))
                remove(source)
        for formula in named(self.root, "f"):
            parts = parse_formula(formula.text or "")
            if refers_to(parts, filled, ""):
                formula.text = marks.put(Formula(parts))
        self.pieces = marks.cut(self.root)

    def place(self, at: Place) -> Placing:
        """The chart for one shape of the data."""
        return place_all(self.pieces, at)


class Source:
    """Where a chart gets a run of values, and the values: a whole `numRef` or `strRef`."""

    def __init__(self, element: Element, references: list[Reference]) -> None:
        self.prefix = f"{element.prefix}:" if element.prefix else ""
        self.kind = local(element)
        holder = element.getparent()
        # Excel guessed the kind from the template's cells, which held tokens; only a series' values must be numbers.
        self.free = holder is not None and local(holder) in ("cat", "xVal")
        code = next((e.text for e in named(element, "formatCode")), None)
        self.code = escape(code or "General")
        self.references = references

    def place(self, at: Place) -> Placing:
        """A fill that writes the reference with its values."""
        areas = [place_reference(_whole(reference), at) for reference in self.references]
        formula = escape(areas[0] if len(areas) == 1 else f"({','.join(areas)})")
        reads = [read for reference in self.references for read in _reads(reference, at)]
        yield self._fill(formula, reads)

    def _fill(self, formula: str, reads: list[Read]) -> Fill:
        x = self.prefix
        count = f'<{x}ptCount val="{len(reads)}"/>'
        points = [f'<{x}pt idx="{index}"><{x}v>' for index in range(len(reads))]
        end = f"</{x}v></{x}pt>"
        number = (f"<{x}numRef><{x}f>{formula}</{x}f><{x}numCache><{x}formatCode>{self.code}</{x}formatCode>{count}",
                  f"</{x}numCache></{x}numRef>")  # fmt: skip
        text = (f"<{x}strRef><{x}f>{formula}</{x}f><{x}strCache>{count}", f"</{x}strCache></{x}strRef>")
        free, numeric = self.free, self.kind == "numRef"

        def fill(opened: Opened) -> str:
            values = [read(opened) for read in reads]
            as_numbers = numeric
            if free:
                as_numbers = not any(isinstance(value, str) for value in values) and any(values)
            head, tail = number if as_numbers else text
            kept = [
                point + (escape_cell(value) if isinstance(value, str) else str(value)) + end
                for point, value in zip(points, values, strict=True)
                if value is not None and not (as_numbers and isinstance(value, str))
            ]
            return f"{head}{''.join(kept)}{tail}"

        return fill


def _whole(reference: Reference) -> Reference:
    """A chart's single cell grows into an area as an area does."""
    return replace(reference, gathers=True)


def _reads(reference: Reference, at: Place) -> list[Read]:
    """One reader for each cell the reference covers in the report, row by row."""
    sheet = (reference.sheet or "").lower()
    rows = at.maps.get(sheet)
    span = rows.span(reference.top, reference.bottom) if rows else None
    if span is None:
        return []
    columns = range(column_number(reference.columns[0]), column_number(reference.columns[1]) + 1)
    return [_read(sheet, row, column, at) for row in range(span[0], span[1] + 1) for column in columns]


def _read(sheet: str, row: int, column: int, at: Place) -> Read:
    placed = at.origin(sheet, row)
    content = at.contents[sheet].get((placed.template, column)) if placed else None
    if placed is None or content is None or not content.parts:
        return lambda opened: None
    scopes = [part if not isinstance(part, tuple) else at.scopes.find(part, placed.items) for part in content.parts]
    return _reader(scopes, content)


def _reader(parts: list[str | float | tuple[int, str]], content: Content) -> Read:
    number, words = content.format.number, content.format.text
    if len(parts) == 1 and isinstance(parts[0], tuple):
        scope, key = parts[0]

        def read(opened: Opened) -> object:
            value = opened[scope].get(key)
            if is_blank(value):
                return None
            digits = None if isinstance(value, str) else number(value)
            return words(value) if digits is None else _Digits(digits)

        return read
    if len(parts) == 1 and isinstance(parts[0], float):
        digits = _Digits(f"{parts[0]!r}".removesuffix(".0"))
        return lambda opened: digits

    def read_text(opened: Opened) -> object:
        return "".join(words(opened[p[0]].get(p[1])) if isinstance(p, tuple) else str(p) for p in parts)

    return read_text


class _Digits:
    """A number as it is written in the cache."""

    __slots__ = ("digits",)

    def __init__(self, digits: str) -> None:
        self.digits = digits

    def __str__(self) -> str:
        return self.digits
