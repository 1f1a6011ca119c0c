"""The days of the sample's year: which weeks have registers, which days are school days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from workbook.model import Tracker

REGISTER_WEEKS = 20
#: The week of each data drop, counted in school weeks; the first four lie within the registers.
DROP_WEEKS = (6, 10, 14, 18, 24, 31)
DROP_NAMES = ("October", "November", "December", "January", "March", "May")
FILLED_DROPS = 4
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class SchoolYear:
    """``mondays`` of all weeks with school; ``days`` that are school days within the weeks that have registers."""

    mondays: tuple[date, ...]
    days: tuple[date, ...]
    first: date
    last: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that have registers."""
        return self.mondays[:REGISTER_WEEKS]

    def friday(self, week: int) -> date:
        """The Friday of a school week counted from 1."""
        return self.mondays[week - 1] + 4 * DAY

    @cached_property
    def slots(self) -> dict[date, int]:
        """Where the morning of each school day stands in a learner's marks of all weeks: ten to a week."""
        return {day: 10 * self.weeks.index(day - day.weekday() * DAY) + 2 * day.weekday() for day in self.days}

    def days_within(self, first: date, last: date | None) -> Sequence[date]:
        """The school days from ``first`` to ``last``, or to the end."""
        if first <= self.first and last is None:
            return self.days
        return [day for day in self.days if first <= day <= (last or day)]


def school_year(tracker: Tracker) -> SchoolYear:
    """The school days of the tracker's Terms sheet."""
    open_days: set[date] = set()
    closed: set[date] = set()
    for row in tracker["Terms"].records():
        span = (row["end"] - row["start"]).days + 1
        (open_days if row["kind"] == "Term" else closed).update(row["start"] + n * DAY for n in range(span))
    days = sorted(day for day in open_days - closed if day.weekday() < 5)
    mondays = tuple(sorted({day - day.weekday() * DAY for day in days}))
    end = mondays[REGISTER_WEEKS - 1] + WEEK
    with_registers = tuple(day for day in days if day < end)
    return SchoolYear(mondays, with_registers, days[0], with_registers[-1])


def drops(year: SchoolYear) -> list[dict[str, object]]:
    """Rows of the Drops sheet: a Friday each, comments due the Wednesday after, Progress Day the Friday after that."""
    return [
        {
            "drop": number,
            "name": name,
            "date": year.friday(week),
            "reports_due": year.friday(week) + 5 * DAY,
            "progress_day": year.friday(week + 1),
        }
        for number, (week, name) in enumerate(zip(DROP_WEEKS, DROP_NAMES, strict=True), start=1)
    ]
