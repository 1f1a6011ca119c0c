"""The functions around each place of a formula, and what they make of a single cell that stands for many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbook.reading.area_arguments import takes_area, takes_many, works_on_arrays

_LENT = re.compile(r"([\w.]+)\s*,\s*$")
_STEP = re.compile(r'"[^"]*"|[()]')


@dataclass(slots=True)
class _Call:
    """A function, or brackets without one, that the formula is inside of.

    `joins` says that commas inside join areas to one argument: `SUM((B5,C5))`.
    """

    function: str = ""
    argument: int = 0
    joins: bool = False


class Calls:
    """The functions that a formula is inside of, followed stretch by stretch."""

    def __init__(self, formula: str, arrays: bool) -> None:
        self._formula, self._arrays = formula, arrays
        self._calls: list[_Call] = []

    def follow(self, match: re.Match[str]) -> None:
        """Keep count of the functions around and of their arguments."""
        written, calls = match[0], self._calls
        if match["call"]:
            calls.append(_Call(match["word"].upper().removeprefix("_XLFN.").removeprefix("_XLWS.")))
        elif written == "(" and calls and self._is_whole(match.start(), self._closing(match.end())):
            calls.append(_Call(calls[-1].function, calls[-1].argument, joins=True))
        elif written in ("(", "{"):
            calls.append(_Call())
        elif written in (")", "}") and calls:
            calls.pop()
        elif written == "," and calls and not calls[-1].joins:
            calls[-1].argument += 1

    def around(self, match: re.Match[str]) -> tuple[bool, bool]:
        """What the functions around a reference, or a name, make of it: `gathers` and `parts` of a `Reference`."""
        calls = self._calls
        inside = any(works_on_arrays(call.function) for call in calls)
        taken = self._arrays and any(takes_area(call.function, call.argument) for call in calls)
        if inside or (taken and calls[-1].function != "OFFSET"):  # OFFSET begins at one cell
            return True, False
        if not calls or not takes_area(calls[-1].function, calls[-1].argument):
            return False, False
        whole = self._is_whole(match.start(), match.end())
        return whole, whole and takes_many(calls[-1].function)

    def let(self, match: re.Match[str]) -> str:
        """The name, in capitals, that LET gives to a reference, if it does."""
        if not self._calls or self._calls[-1].function != "LET" or self._calls[-1].argument % 2 == 0:
            return ""
        named = _LENT.search(self._formula, 0, match.start())
        return named[1].upper() if named and self._formula[match.end() :].lstrip()[:1] == "," else ""

    def _is_whole(self, start: int, end: int) -> bool:
        """Is this stretch an argument of its own, not part of one?"""
        return self._formula[:start].rstrip()[-1:] in ("(", ",") and self._formula[end:].lstrip()[:1] in (")", ",")

    def _closing(self, start: int) -> int:
        """Where the brackets end that open before `start`."""
        depth = 1
        for step in _STEP.finditer(self._formula, start):
            depth += {"(": 1, ")": -1}.get(step[0], 0)
            if not depth:
                return step.end()
        return len(self._formula)
