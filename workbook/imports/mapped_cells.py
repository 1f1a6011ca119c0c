"""The cells that a map makes of a row of the file: found, put together, translated, read as their columns hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from workbook.imports.mapping import Map, Rows
from workbook.imports.parse import NotTaken, parsed
from workbook.imports.source import Source, SourceRow
from workbook.imports.wanted import Wanted
from workbook.imports.words import as_text
from workbook.model import CellError, Value
from workbook.reading.headings import folded


@dataclass(frozen=True)
class Turn:
    """One turn of ``each``: what stands for its names in headings and in the sheet."""

    in_headings: Mapping[str, str] = field(default_factory=dict)
    in_sheet: Mapping[str, str] = field(default_factory=dict)

    def heading(self, text: str) -> str:
        """A heading of the map with the names filled in."""
        return _filled(text, self.in_headings)


class MappedCells:
    """What a block of a map makes of each row, in one turn; what does not depend on the row is looked up once.

    ``start`` is the year in which the academic year starts.
    """

    def __init__(self, source: Source, plan: Map, block: Rows, turn: Turn, start: int) -> None:
        year = None if block.sheet.table == "Learners" else start  # a birthday without its year says too little
        self._cells = {key: _Cell(source, plan, block, key, turn, year) for key in block.columns}
        self._wipes = frozenset(key for key, one in block.columns.items() if one.wipe)
        self._gentle = frozenset(key for key, one in block.columns.items() if one.if_blank)
        self._new: dict[str, Value] = {key: one.new for key, one in block.columns.items() if one.new}
        self._own = any(cell.own for cell in self._cells.values())

    def of(self, row: SourceRow) -> Wanted | None:
        """The mapped cells of one row; None where ``each`` finds all of its own columns blank."""
        wanted = Wanted(row.number, wipes=self._wipes, gentle=self._gentle, new=self._new)
        filled = not self._own
        for key, cell in self._cells.items():
            there, value, reason = cell.of(row)
            filled = filled or (cell.own and there)
            if reason is None:
                wanted.values[key] = value
            elif not wanted.reason:
                wanted.reason, wanted.asks = str(reason), reason.asks
        return wanted if filled else None


class _Cell:
    """One column of a block. ``own`` says that a row is only one where such a cell is filled."""

    def __init__(self, source: Source, plan: Map, block: Rows, key: str, turn: Turn, year: int | None) -> None:
        self._column, self._origin, self._turn = block.sheet.by_key[key], block.columns[key], turn
        self._dates, self._decimal, self._year = self._origin.dates or plan.file.dates, plan.file.decimal, year
        headings = [source.find(turn.heading(heading)) for heading in self._origin.columns]
        self._headings = [heading for heading in headings if heading]
        turning = any("{" in heading for heading in self._origin.columns)
        names = key in (*block.sheet.unique, "learner_id")
        self.own = turning or bool(block.only_filled and self._origin.columns and not names)
        self._made = lru_cache(maxsize=4096, typed=True)(self._of_value)

    def of(self, row: SourceRow) -> tuple[bool, Value, NotTaken | None]:
        """Whether the file says something, the value as the column holds it, why it cannot be taken."""
        return self._made(self._found(row))

    def _found(self, row: SourceRow) -> Value:
        """The value before it is translated and read."""
        origin = self._origin
        if origin.number_from:
            head, first = re.fullmatch(r"(.*?)(\d+)", origin.number_from).groups()  # type: ignore[union-attr]
            return f"{head}{int(first) + row.place:0{len(first)}}"
        if origin.columns:
            return self._from_file(row)
        return _filled(origin.constant, self._turn.in_sheet) if isinstance(origin.constant, str) else origin.constant

    def _from_file(self, row: SourceRow) -> Value:
        origin = self._origin
        values = [row.values[heading] for heading in self._headings]
        if len(origin.columns) > 1:
            broken = next((value for value in values if isinstance(value, CellError)), None)
            return broken or origin.join.join(as_text(value) for value in values if value is not None) or None
        value = values[0] if values else None
        if not origin.split or value is None or isinstance(value, CellError):
            return value
        pieces = [piece.strip() for piece in " ".join(as_text(value).split()).split(origin.split)]
        if origin.rest:
            return origin.split.join(pieces[origin.part - 1 :]) or None
        place = origin.part - 1 if origin.part > 0 else origin.part
        return (pieces[place] or None) if -len(pieces) <= place < len(pieces) else None

    def _of_value(self, value: Value) -> tuple[bool, Value, NotTaken | None]:
        origin = self._origin
        if origin.values:
            value = _translated(value, origin.values)
        if origin.words and value is not None:
            value = _filled(origin.words, self._turn.in_sheet).replace("{}", as_text(value))
        there = value is not None
        try:
            read = parsed(value, self._column, self._dates, self._decimal, self._year)
        except NotTaken as reason:
            return there, None, reason
        return there, _of_100(read) if origin.fractions and "%" not in as_text(value) else read, None


def _of_100(number: Value) -> Value:
    """A fraction as a percentage; a number above 1 is one already."""
    if not isinstance(number, (int, float)) or not 0 < number <= 1:
        return number
    whole = round(number * 100, 6)
    return int(whole) if whole == int(whole) else whole


def _translated(value: Value, values: Mapping[str, str]) -> Value:
    text = folded(as_text(value))
    return (values[text] or None) if text in values else value


def _filled(text: str, names: Mapping[str, str]) -> str:
    for name, words in names.items():
        text = text.replace(f"{{{name}}}", words)
    return text
