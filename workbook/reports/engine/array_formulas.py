"""Formulas over repeated rows whose references do not only move: worked out over whole areas, or over no row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.reading.references import Part, Reference, parse
from workbook.reports.engine.moving import Formula, Spelling, rows_of, stretches_of
from workbook.reports.engine.placing import Inner, Place, Placing, place_all

_OF_ONE_CELL = re.compile(r"\b(?:OFFSET|INDIRECT|ROW|COLUMN|CELL|ADDRESS|FORMULATEXT)\s*\(", re.IGNORECASE)
"""Functions that speak of a cell's place: with an area they would say something else."""
_STEP = re.compile(r'"(?:[^"]|"")*"?|([\w.]*)\(|[(){},]')
_COUNT = frozenset("ROWS COUNTBLANK COUNTIF COUNTIFS SUMPRODUCT".split())
_ADD = frozenset("SUM COUNT COUNTA".split())
"""What gives nought for no row; the second only where what they add up is worked out of the rows."""
_REFERENCE, _LONGEST = 20, 6_000
"""Letters that a reference may have, and that calls over several stretches may: Excel's formulas have 8,192."""


def with_areas(formula: str, parts: Sequence[Part]) -> tuple[list[Part], list[Reference]]:
    """The parts of an ordinary formula where single cells inside the argument of an area stand for all rows, too, as
    `SUM(IF(B5>1,B5))` means it below a row 5 that repeats; and the references that do.
    """
    if _OF_ONE_CELL.search(formula):
        return list(parts), []
    found, inside = list(parts), []
    for at, part in enumerate(parse(formula, arrays=True)):
        plain = parts[at]
        if isinstance(part, Reference) and isinstance(plain, Reference) and part.gathers and not plain.gathers:
            found[at] = part
            inside.append(part)
    return found, inside


class ArrayFormula:
    """The element of a formula with such references: an array formula where one of them came to be several rows.

    Excel would otherwise put one value in for `B5:B7` in `SUM(IF(B5:B7>1,B5:B7))`.
    """

    inner: Inner = ()

    def __init__(self, references: Sequence[Reference], letters: str) -> None:
        self.references, self.letters = references, letters

    def place(self, at: Place) -> Placing:
        """The element, with what makes it an array formula if it is one."""
        placed = list(place_all(self.inner, at))
        spans = (rows_of(one, at) for one in self.references)
        if any(span and span[0] != span[1] for span in spans):
            name = re.match(r"<[\w:]+", str(placed[0]))
            assert name
            placed[0] = f'{name[0]} t="array" ref="{self.letters}{at.row}"{str(placed[0])[name.end() :]}'
        yield from placed


@dataclass(frozen=True)
class Counted:
    """A call that counts or adds up rows.

    Where there are none it is nought, since the blank cell in their place is one; where other rows come between them
    it is the sum over each stretch.
    """

    parts: tuple[Any, ...]

    def place(self, at: Place) -> Placing:
        """The call, the sum of several, or nought."""
        repeats = [part for part in self.parts if isinstance(part, Reference) and part.gathers and not part.every_row]
        repeats = [part for part in repeats if at.map(part.sheet) is not None]
        spans = [rows_of(part, at) for part in repeats]
        if None in spans:
            yield "0"
            return
        stretches = [stretches_of(part, at, span) for part, span in zip(repeats, spans, strict=True) if span]
        count = len(stretches[0]) if stretches else 1
        length = sum(len(part) if isinstance(part, str) else _REFERENCE for part in self.parts)
        if count == 1 or any(len(each) != count for each in stretches) or count * length > _LONGEST:
            yield from Formula(self.parts).place(at)
            return
        for number in range(count):
            yield "+" if number else "("
            waiting = iter([each[number] for each in stretches])
            for part in self.parts:
                if any(part is one for one in repeats):
                    top, bottom = next(waiting)
                    yield at.prefix(part)
                    yield part.write(top, bottom, area=part.is_area or top != bottom)
                else:
                    yield from Formula((part,)).place(at)
        yield ")"


def without_rows(parts: Sequence[Spelling]) -> list[Any]:
    """The formula with its calls that count rows as `Counted`."""
    found: list[Any] = []
    calls: list[tuple[str, int]] = []  # a function, and where it begins in `found`
    for part in parts:
        if not isinstance(part, str):
            found.append(part)
            continue
        end = 0
        for step in _STEP.finditer(part):
            if step[0][-1] in "({":
                found.append(part[end : step.start()])
                calls.append(((step[1] or "").upper(), len(found)))
                end = step.start()
            elif step[0] in (")", "}") and calls:
                found.append(part[end : step.end()])
                function, begins = calls.pop()
                if _is_counted(function, found[begins:]):
                    found[begins:] = [Counted(tuple(found[begins:]))]
                end = step.end()
        found.append(part[end:])
    return [part for part in found if part != ""]


def _is_counted(function: str, inside: Sequence[Any]) -> bool:
    repeats = [part for part in inside if isinstance(part, Reference) and part.gathers]
    if not repeats or function not in _COUNT | _ADD:
        return False
    return function in _COUNT or (not all(part.parts for part in repeats) and _arguments(inside) == 1)


def _arguments(inside: Sequence[Any]) -> int:
    depth, count = 0, 1
    for part in inside:
        for step in _STEP.finditer(part) if isinstance(part, str) else ():
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(step[0][-1], 0)
            count += step[0] == "," and depth == 1
    return count
