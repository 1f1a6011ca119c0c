"""The table: a row for each question of the domain, a column for each place that answers it.

``homes`` name where the answer is worked out: a function or method of `workbook.measures`, a name or a column of
`workbook.model.questions`. Every module that asks one of them is a place of the row, or hands on to one (`SEEN_BY`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.parity.asked import Asked
from tests.parity.college import Case

Place = Callable[[Asked], Any]


@dataclass(frozen=True)
class Question:
    """A question, where it is at home, and what each place answers.

    ``expected`` gives the answer worked out by hand, for places that answer all of it. ``each`` marks a question asked
    of every learner: places answer for those they show, and are compared where they show the same ones; those that are
    ``partly`` an answer need not show all that was expected.
    """

    asks: str
    homes: tuple[str, ...]
    places: Mapping[str, Place]
    expected: Callable[[Case], Any] | None = None
    each: bool = False
    partly: frozenset[str] = frozenset()

    def differences(self, asked: Asked) -> list[str]:
        """Where places disagree, each in a line."""
        answers = {place: answer(asked) for place, answer in self.places.items()}
        wanted = self.expected(asked.case) if self.expected else None
        if not self.each:
            first = next(iter(answers.values())) if wanted is None else wanted
            return [f"{place}: {given!r}, not {first!r}" for place, given in answers.items() if given != first]
        found: list[str] = []
        held = dict(wanted or {})
        for place, given in answers.items():
            assert given, f"{place} answers for nobody"
            for who, said in given.items():
                if held.setdefault(who, said) != said:
                    found.append(f"{place}, {who}: {said!r}, not {held[who]!r}")
            if place not in self.partly:
                found += [f"{place} says nothing of {who}" for who in wanted or () if who not in given]
        return found
