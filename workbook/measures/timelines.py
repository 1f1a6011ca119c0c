"""Too few for a figure: each learner's own values before and after, to be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any, Protocol

from workbook.measures.windows import Windows


class Begun(Protocol):
    """Somebody's intervention, by position in `Learners`, with its first day."""

    @property
    def learner(self) -> int:
        """Whose it is."""

    @property
    def start(self) -> date:
        """The first day."""


@dataclass(frozen=True)
class Timeline:
    """A learner's value over the time before, in the window before the start, and in the window after it."""

    learner_id: str
    start: date
    earlier: float | None
    before: float | None
    after: float | None

    def as_row(self) -> dict[str, Any]:
        """The timeline as commands print it."""
        return dict(vars(self))


def timelines(windows: Windows, begun: Iterable[Begun], measure: str) -> tuple[Timeline, ...]:
    """One for each of these learners who has a value before or after, in the order of their starts."""
    found = []
    for one in sorted(begun, key=lambda one: (one.start, one.learner)):
        window = windows.of(measure, one.start)
        if window is None:
            continue
        earlier, before, change = (float(row[one.learner]) for row in (window.earlier, window.before, window.change))
        values = [None if isnan(value) else round(value, 2) for value in (earlier, before, before + change)]
        if values[1] is not None or values[2] is not None:
            who = windows.snapshot.learners.all[one.learner].learner_id
            found.append(Timeline(who, one.start, *values))
    return tuple(found)
