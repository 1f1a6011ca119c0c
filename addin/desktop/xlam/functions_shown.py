"""What the formulas of the sheet Functions give on a tracker, worked out by the same Python that Excel calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from workbook.measures.computed import computed
from workbook.model import Tracker

Rows: TypeAlias = list[list[Any]]

WHOLE = "[#Headers],[#Data]"
_ARGUMENT = re.compile(r'\{[^}]*\}|"[^"]*"|\w+\[(?:[^\[\]]|\[[^\]]*\])*\]|DATE\([^)]*\)|[^,]+')


@dataclass(frozen=True)
class Shown:
    """A function, the formula that shows it and how many columns its answer has."""

    name: str
    formula: str
    columns: int


def answers(tracker: Tracker, examples: Sequence[Shown]) -> Iterator[tuple[str, Rows]]:
    """For each example its function's description and its answer on the tracker."""
    from addin.functions import declared as functions

    sheets = Sheets(tracker)
    for one in examples:
        function = getattr(functions, one.name)
        inside = one.formula[len(one.name) + 1 : -1]
        yield function.__doc__, function(*(sheets.value(written) for written in _ARGUMENT.findall(inside)))


class Sheets:
    """The tables of a tracker as ranges, as Excel would hand them over."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._computed = computed(tracker)

    def value(self, written: str) -> Any:
        """The value of an argument as a formula writes it."""
        table = re.fullmatch(r"(\w+)\[(.*)\]", written)
        if table:
            return self._range(table[1], table[2])
        if written.startswith("{"):
            return [[float(figure) for figure in written[1:-1].split(",")]]
        if written.startswith("DATE("):
            return date(*map(int, written[5:-1].split(",")))
        if written.startswith('"'):
            return written[1:-1]
        return float(written) if written[0].isdigit() else self._tracker.settings[written]

    def _range(self, name: str, inside: str) -> Rows:
        table = self._tracker[name]
        by_header = {column.header: column for column in table.sheet.columns}
        headers = list(by_header)
        if inside != WHOLE:
            ends = re.findall(r"\[([^\]]*)\]", inside) or [inside]
            headers = headers[headers.index(ends[0]) : headers.index(ends[-1]) + 1]
        chosen = (by_header[header] for header in headers)
        columns = [self._computed[name][one.key] if one.computed else table[one.key] for one in chosen]
        rows = [list(row) for row in zip(*columns, strict=True)]
        return [headers, *rows] if inside == WHOLE else rows or [[None] * len(headers)]
