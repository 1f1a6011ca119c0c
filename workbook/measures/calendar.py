"""School days, school weeks and half terms as the Terms sheet has them.

A school day is a weekday in a row of the kind Term that no row of the kind Closed takes away. Rows of another academic
year say nothing about this one; where Terms has none of this year, every weekday of the year is a school day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from workbook.model import Tracker
from workbook.model.excel import is_error, text


class HalfTerm(NamedTuple):
    """A half term: first and last day."""

    name: str
    start: date
    end: date


def monday(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


class Calendar:
    """The school days of a tracker. Without any half term on the Terms sheet every weekday of the year is one."""

    def __init__(self, tracker: Tracker) -> None:
        spans = tracker.spans
        terms = [
            HalfTerm("" if is_error(name) else text(name), start, end)
            for kind, name, start, end in spans
            if kind == "term"
        ]
        self.half_terms: list[HalfTerm] = sorted(terms, key=lambda term: term.start)
        closed = {day for kind, _, start, end in spans if kind == "closed" for day in _days(start, end)}
        held = [(term.start, term.end) for term in self.half_terms] or [tracker.year]
        self._open = {day for start, end in held for day in _days(start, end) if day.weekday() < 5} - closed
        self.days: list[date] = sorted(self._open)
        self.weeks: list[date] = sorted({monday(day) for day in self.days})

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on a day."""
        return day in self._open

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from ``first`` to ``last``, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def days_back(self, on: date, days: int) -> date:
        """The first of the latest ``days`` school days up to ``on``; ``on`` itself where there are none."""
        known = bisect_right(self.days, on)
        return self.days[max(0, known - max(1, days))] if known else on

    def weeks_back(self, on: date, weeks: int) -> date:
        """The Monday of the first of the latest ``weeks`` school weeks up to ``on``; they may span terms."""
        known = bisect_right(self.weeks, on)
        return self.weeks[max(0, known - max(1, weeks))] if known else monday(on)

    def days_after(self, day: date, on: date) -> int:
        """How many school days lie after ``day``, up to and including ``on``."""
        return max(0, bisect_right(self.days, on) - bisect_right(self.days, day))

    def days_before(self, on: date, days: int) -> date:
        """The day that lies ``days`` school days before ``on``; the day before the first where the year is younger."""
        known = bisect_right(self.days, on) - 1 - days
        return self.days[known] if known >= 0 else min([on, *self.days[:1]]) - timedelta(days=1)

    def days_on(self, day: date, days: int) -> date:
        """The school day that lies ``days`` school days after ``day``; the last known one where the year ends first."""
        if not self.days:
            return day
        return self.days[min(bisect_right(self.days, day) + days, len(self.days)) - 1]

    def half_term(self, on: date) -> int | None:
        """The position of the half term that ``on`` lies in, or of the last one before it; None before the first."""
        begun = [i for i, term in enumerate(self.half_terms) if term.start <= on]
        return begun[-1] if begun else None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
