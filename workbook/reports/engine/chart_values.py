"""The values a chart keeps of the cells it shows, read from what is filled into those cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.reading.outline import column_number
from workbook.reading.references import Reference
from workbook.reports.engine.markup import Element, local, named
from workbook.reports.engine.moving import place_reference, rows_of, stretches_of
from workbook.reports.engine.placing import Content, Items, Place, Placing
from workbook.reports.engine.placing import Words as Dotted
from workbook.reports.engine.programs import Fill, Known, Opened, Program, Slot, program
from workbook.reports.engine.tokens import Path
from workbook.reports.engine.values import escape, escape_cell

Value = str | float | None
Read = Callable[[Opened], Value]
"""Gives one point's value for a learner: a number, a text, or None for a blank."""


def _as_it_is(value: Any) -> Value:
    return value  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Kept:
    """The `Read` of a cell that shows one value: the mapping and key it stands under, and what the cell keeps of it."""

    scope: int
    key: str
    kept: Callable[[Any], Value]

    def __call__(self, opened: Opened) -> Value:
        """The value."""
        return self.kept(opened[self.scope].get(self.key))


class Source:
    """Where a chart gets a run of values, and the values: a whole `numRef` or `strRef`."""

    def __init__(self, element: Element, references: Sequence[Reference]) -> None:
        self.prefix = f"{element.prefix}:" if element.prefix else ""
        self.numeric = local(element) == "numRef"
        holder = element.getparent()
        # Excel guessed the kind from the template's cells, which held tokens; only a series' values must be numbers.
        self.free = holder is not None and local(holder) in ("cat", "xVal")
        code = next((e.text for e in named(element, "formatCode")), None)
        self.code = escape(code or "General")
        self.references = list(references)
        self._points = _Points(self.prefix, numbers=self.numeric and not self.free)
        self._placed: tuple[Place, Fill] | None = None

    @property
    def said(self) -> tuple[Any, ...]:
        """All that it is written from."""
        return self.prefix, self.numeric, self.free, self.code, *self.references

    def place(self, at: Place) -> Placing:
        """The reference with its values."""
        if self._placed and self._placed[0] is at:
            yield self._placed[1]
            return
        reads = [read for reference in self.references for read in reads_of(reference, at)]
        formula = list(_written(self.references, at))
        if self.free:
            self._placed = at, self._either(program(formula), reads)
            yield self._placed[1]
            return
        head, middle, tail = self._around(len(reads), self.numeric)
        yield from (head, *formula, middle, *self._points.place(reads), tail)

    def _around(self, count: int, numbers: bool) -> tuple[str, str, str]:
        """What stands before the reference, between it and the values, and behind them."""
        x, kind = self.prefix, "num" if numbers else "str"
        code = f"<{x}formatCode>{self.code}</{x}formatCode>" if numbers else ""
        middle = f'</{x}f><{x}{kind}Cache>{code}<{x}ptCount val="{count}"/>'
        return f"<{x}{kind}Ref><{x}f>", middle, f"</{x}{kind}Cache></{x}{kind}Ref>"

    def _either(self, formula: Program, reads: list[Read]) -> Fill:
        """A fill that writes numbers where there are some and no text, else texts."""
        numbers, texts = self._around(len(reads), True), self._around(len(reads), False)
        known = [self._points.known(index) for index in range(len(reads))]

        @_once_a_report
        def fill(opened: Opened) -> str:
            values = [read(opened) for read in reads]
            kinds = set(map(type, values))
            head, middle, tail = numbers if str not in kinds and not kinds <= {type(None)} else texts
            points = [point[type(value)][value] for point, value in zip(known, values, strict=True)]
            written = formula.text(opened) if formula.steps else formula.end
            return f"{head}{written}{middle}{''.join(points)}{tail}"

        return fill


def _once_a_report(fill: Fill) -> Fill:
    """A fill that stands in several places of a report, and is worked out in the first."""
    last: tuple[Opened, str] | None = None

    def remembered(opened: Opened) -> str:
        nonlocal last
        if last is None or last[0] is not opened:
            last = opened, fill(opened)
        return last[1]

    return remembered


class Points:
    """The points of one column (counted from the left of the area) inside a cache, or of all with their number.

    `bare` points, of the newer charts, hold their value without an element of its own; `numbers` leaves texts out.
    """

    def __init__(
        self,
        prefix: str,
        references: Sequence[Reference],
        column: int | None,
        *,
        bare: bool = False,
        numbers: bool = False,
    ) -> None:
        self.prefix, self.references, self.column, self.bare = prefix, list(references), column, bare
        self._points = _Points(prefix, bare=bare, numbers=numbers)

    def place(self, at: Place) -> Placing:
        """The points."""
        reads = [read for reference in self.references for read in reads_of(reference, at, self.column)]
        if self.column is None and not self.bare:
            yield f'<{self.prefix}ptCount val="{len(reads)}"/>'
        yield from self._points.place(reads)


class _Points:
    """How the points of a cache are written, by their place in it: blanks are left out, and texts among `numbers`."""

    def __init__(self, x: str, *, bare: bool = False, numbers: bool = False) -> None:
        inner, end = ("", f"</{x}pt>") if bare else (f"<{x}v>", f"</{x}v></{x}pt>")
        self._head, self._inner, self._end = f'<{x}pt idx="', f'">{inner}', end
        self._numbers = numbers
        self._known: dict[tuple[int, Callable[[Any], Value]], Known[str]] = {}

    def place(self, reads: Sequence[Read]) -> Placing:
        """A slot or fill for each."""
        for index, read in enumerate(reads):
            if isinstance(read, Kept):
                yield Slot(read.scope, read.key, self.known(index, read.kept))
            else:
                yield self._fill(self.known(index), read)

    @staticmethod
    def _fill(known: Known[str], read: Read) -> Fill:
        return lambda opened: known.of(read(opened))

    def known(self, index: int, kept: Callable[[Any], Value] = _as_it_is) -> Known[str]:
        """How values of which the cell keeps so much are written at a place."""
        found = self._known.get((index, kept))
        if found is None:
            found = self._known[index, kept] = Known(lambda value: self._written(index, kept(value)))
        return found

    def _written(self, index: int, value: Value) -> str:
        if value is None or (isinstance(value, str) and self._numbers):
            return ""
        shown = escape_cell(value) if isinstance(value, str) else value
        return f"{self._head}{index}{self._inner}{shown}{self._end}"


class Words:
    """The text of a title that shows cells."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = list(references)

    def place(self, at: Place) -> Placing:
        """A fill that writes it."""
        reads = [read for reference in self.references for read in reads_of(reference, at)]
        yield lambda opened: escape(" ".join(str(v) for read in reads if (v := read(opened)) not in (None, "")))


class PointCount:
    """How many rows a reference has."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = list(references)

    def place(self, at: Place) -> Placing:
        """The number."""
        yield str(sum(len(reads_of(reference, at, 0)) for reference in self.references))


def _written(references: Sequence[Reference], at: Place) -> Placing:
    """The references; several areas, which rows of other kinds come between, stand in brackets."""
    written: list[str | Fill | Slot] = []
    for index, reference in enumerate(references):
        written += [","] if index else []
        written += place_reference(reference, at)
    return iter(["(", *written, ")"] if "," in written else written)


def reads_of(reference: Reference, at: Place, column: int | None = None) -> list[Read]:
    """One reader for each cell the reference covers in the report, row by row, or for one of its columns only."""
    sheet = (reference.sheet or "").lower()
    span = rows_of(reference, at) if sheet in at.maps else None
    if span is None:
        return []
    left, right = (column_number(letters) for letters in reference.columns)
    columns = range(left, right + 1) if column is None else [left + column]
    stretches = stretches_of(reference, at, span)
    return [_read(sheet, row, each, at) for top, end in stretches for row in range(top, end + 1) for each in columns]


def _read(sheet: str, row: int, column: int, at: Place) -> Read:
    placed = at.origin(sheet, row)
    content = at.contents[sheet].get((placed.template, column)) if placed else None
    if placed is None or content is None or not content.parts:
        return lambda opened: None
    return _reader(content, at, placed.items)


def _reader(content: Content, at: Place, items: Items) -> Read:
    """A reader of a cell that holds something."""
    parts = content.parts or ()
    if len(parts) == 1 and isinstance(parts[0], float):
        number = parts[0]
        fixed = int(number) if repr(number).endswith(".0") else number
        return lambda opened: fixed
    if len(parts) == 1 and isinstance(parts[0], tuple):
        return Kept(*at.scopes.find(parts[0], items), content.format_of(parts[0]).kept)
    return _text_reader(content, at, items)


def _text_reader(content: Content, at: Place, items: Items) -> Fill:
    """A reader of a cell that holds words beside its values."""

    def reader(part: str | float | Path | Dotted) -> Fill:
        if isinstance(part, Dotted):
            return part.fill(at.scopes, items)
        if not isinstance(part, tuple):
            return lambda opened: str(part)
        (scope, key), text = at.scopes.find(part, items), content.format_of(part).text
        return lambda opened: text(opened[scope].get(key))

    readers = [reader(part) for part in content.parts or ()]
    return lambda opened: "".join(read(opened) for read in readers)
