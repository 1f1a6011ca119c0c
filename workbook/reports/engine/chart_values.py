"""The values a chart keeps of the cells it shows, read from what is filled into those cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.reading.outline import column_number
from workbook.reading.references import Reference
from workbook.reports.engine.markup import Element, local, named
from workbook.reports.engine.moving import place_reference, rows_of, stretches_of
from workbook.reports.engine.placing import Content, Fill, Items, Known, Opened, Place, Placing, Program, Slot, program
from workbook.reports.engine.placing import Words as Dotted
from workbook.reports.engine.tokens import Path
from workbook.reports.engine.values import escape, escape_cell

Value = str | float | None
Read = Callable[[Opened], Value]
"""Gives one point's value for a learner: a number, a text, or None for a blank."""


class Source:
    """Where a chart gets a run of values, and the values: a whole `numRef` or `strRef`."""

    def __init__(self, element: Element, references: Sequence[Reference]) -> None:
        self.prefix = f"{element.prefix}:" if element.prefix else ""
        self.kind = local(element)
        holder = element.getparent()
        # Excel guessed the kind from the template's cells, which held tokens; only a series' values must be numbers.
        self.free = holder is not None and local(holder) in ("cat", "xVal")
        code = next((e.text for e in named(element, "formatCode")), None)
        self.code = escape(code or "General")
        self.references = list(references)

    def place(self, at: Place) -> Placing:
        """A fill that writes the reference with its values."""
        reads = [read for reference in self.references for read in reads_of(reference, at)]
        yield self._fill(program(_written(self.references, at)), reads)

    def _fill(self, formula: Program, reads: list[Read]) -> Fill:
        x = self.prefix
        count = f'<{x}ptCount val="{len(reads)}"/>'
        numbers = (
            f"<{x}numRef><{x}f>",
            f"</{x}f><{x}numCache><{x}formatCode>{self.code}</{x}formatCode>{count}",
            f"</{x}numCache></{x}numRef>",
        )
        texts = (f"<{x}strRef><{x}f>", f"</{x}f><{x}strCache>{count}", f"</{x}strCache></{x}strRef>")
        free, numeric, points = self.free, self.kind == "numRef", _points(x, reads)

        def fill(opened: Opened) -> str:
            values = [read(opened) for read in reads]
            as_numbers = numeric
            if free:
                kinds = set(map(type, values))
                as_numbers = str not in kinds and not kinds <= {type(None)}
            head, middle, tail = numbers if as_numbers else texts
            return f"{head}{formula.text(opened)}{middle}{points(values, as_numbers)}{tail}"

        return fill


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
        self.prefix, self.references, self.column = prefix, list(references), column
        self.bare, self.numbers = bare, numbers

    def place(self, at: Place) -> Placing:
        """A fill that writes the points."""
        reads = [read for reference in self.references for read in reads_of(reference, at, self.column)]
        points, numbers = _points(self.prefix, reads, self.bare), self.numbers
        if self.column is None and not self.bare:
            yield f'<{self.prefix}ptCount val="{len(reads)}"/>'
        yield lambda opened: points([read(opened) for read in reads], numbers)


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


def _points(x: str, reads: list[Read], bare: bool = False) -> Callable[[list[Value], bool], str]:
    """Writes values as points, leaving out blanks and, among numbers, text."""
    inner, end = ("", f"</{x}pt>") if bare else (f"<{x}v>", f"</{x}v></{x}pt>")
    heads = [f'<{x}pt idx="{index}">{inner}' for index in range(len(reads))]
    known = Known(escape_cell)

    def write(values: list[Value], as_numbers: bool) -> str:
        return "".join(
            [
                f"{head}{known[value] if type(value) is str else value}{end}"
                for head, value in zip(heads, values, strict=True)
                if value is not None and not (as_numbers and type(value) is str)
            ]
        )

    return write


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
        (scope, key), kept = at.scopes.find(parts[0], items), content.format_of(parts[0]).kept
        return lambda opened: kept(opened[scope].get(key))

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
