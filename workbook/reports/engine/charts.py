"""Charts: the ranges they show follow their rows, and the values they keep are the learner's own.

A chart keeps a copy of what it shows (its cache). Previewers draw from it, so it is filled; a template's copy
would show nothing, or somebody else's figures. A series that lies along a repeated row comes once for each item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbook.package.parts import Package
from workbook.reading.references import Part, Reference
from workbook.reading.references import parse as parse_formula
from workbook.reports.engine.chart_values import PointCount, Points, Source
from workbook.reports.engine.drawings import put_text, text_asks
from workbook.reports.engine.markup import Element, Marks, before, child, local, named, parse, remove
from workbook.reports.engine.moving import Changes, Formula
from workbook.reports.engine.placing import Inner, Place, Placing, place_all
from workbook.reports.engine.tokens import Vocabulary


class ChartPart:
    """One chart of a template."""

    def __init__(self, package: Package, part: str, sheet: str, vocabulary: Vocabulary) -> None:
        self.part, self.sheet = part, ""
        self.root = parse(package.read(part), part)
        self.asks = text_asks(self.root, sheet, "chart", vocabulary)
        self.pieces: Inner = ()

    def concerns(self, changes: Changes) -> bool:
        """Does the chart differ from report to report?"""
        return bool(self.asks) or any(changes.alter(parts) for _, parts in formulas(self.root))

    def compile(self, changes: Changes) -> None:
        """Cut the chart into pieces."""
        marks = Marks()
        put_text(self.root, marks)
        self._put_series(marks, changes)
        sources: dict[Any, Source] = {}  # of series that lie over the same categories they are one
        for formula, parts in list(formulas(self.root)):
            holder = formula.getparent()
            if holder is None or not changes.alter(parts):
                continue
            references = [part for part in parts if isinstance(part, Reference)]
            kept = changes.stale(parts) and bool(references) and all(reference.sheet for reference in references)
            if kept and local(holder) in ("numRef", "strRef"):
                source = Source(holder, references)
                before(holder, marks.put(sources.setdefault(source.said, source)))
                remove(holder)
                continue
            if kept:
                _put_cache(holder, references, marks)
            elif not references:  # a name: Excel looks up what it means, the template's figures mean nothing
                for cache in [each for each in holder if local(each).endswith("Cache")]:
                    remove(cache)
            formula.text = marks.put(Formula(changes.spell(parts)))
        self.pieces = marks.cut(self.root)

    def _put_series(self, marks: Marks, changes: Changes) -> None:
        series = named(self.root, "ser")
        for each in series:
            row = _along_row(each, changes)
            if row is None:
                continue
            for name in ("idx", "order"):
                number = child(each, name)
                if number is not None:
                    number.set("val", marks.put(SeriesNumber(int(number.get("val", "0")), len(series))))
            marks.wrap(each, SeriesCopies(row))

    def place(self, at: Place) -> Placing:
        """The chart for one shape of the data."""
        return place_all(self.pieces, at)


def formulas(root: Element) -> Iterator[tuple[Element, list[Part]]]:
    """Each formula of a chart, element and parts. A chart's single cell grows into an area, as an area does."""
    for formula in named(root, "f"):
        parts = parse_formula(formula.text or "")
        yield formula, [replace(p, gathers=True, parts=True) if isinstance(p, Reference) else p for p in parts]


def _along_row(series: Element, changes: Changes) -> Reference | None:
    """The row that the series' values lie along, several columns wide, on a sheet whose rows move."""
    values = child(series, "val")
    values = child(series, "yVal") if values is None else values
    found = [part for _, parts in formulas(values) for part in parts] if values is not None else []
    reference = found[0] if len(found) == 1 else None
    if not isinstance(reference, Reference) or (reference.sheet or "").lower() not in changes.moving:
        return None
    wide = reference.columns[0] != reference.columns[1]
    return reference if wide and reference.top == reference.bottom else None


def _put_cache(holder: Element, references: list[Reference], marks: Marks) -> None:
    """Points for caches other than a series' own: labels from cells, and categories in several levels."""
    for cache in holder:
        if local(cache) == "dlblRangeCache":
            first = next(iter(named(cache, "ptCount", "pt")), None)
            prefix = f"{first.prefix}:" if first is not None and first.prefix else "c:"
            for old in list(cache):
                cache.remove(old)
            cache.text = marks.put(Points(prefix, references, None))
        elif local(cache) == "multiLvlStrCache":
            prefix = f"{cache.prefix}:" if cache.prefix else ""
            for count in named(cache, "ptCount"):
                count.set("val", marks.put(PointCount(references)))
            levels = named(cache, "lvl")
            for index, level in enumerate(levels):  # the innermost level comes first: the rightmost column
                for old in list(level):
                    level.remove(old)
                level.text = marks.put(Points(prefix, references, len(levels) - 1 - index))


class SeriesNumber:
    """The number of a series, different for each copy."""

    def __init__(self, number: int, series: int) -> None:
        self.number, self.series = number, series

    def place(self, at: Place) -> Placing:
        """The number; `at.row` counts the copies."""
        yield str(self.number + at.row * self.series)


class SeriesCopies:
    """A series along a repeated row: one for each item."""

    inner: Inner = ()

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def place(self, at: Place) -> Placing:
        """All copies."""
        sheet = (self.reference.sheet or "").lower()
        for count, (_, _, placed) in enumerate(at.maps[sheet].copies(self.reference.top, self.reference.top)):
            if placed is None:
                yield from place_all(self.inner, at._replace(row=0))
                continue
            item = at._replace(sheet=sheet, row=count, within=placed.within, items=placed.items, pinned=True)
            yield from place_all(self.inner, item)
