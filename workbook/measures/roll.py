"""The sessions of a learner: two on each school day on which the learner is on roll, study leave aside.

A mark on any other day is of no session: it counts neither as possible nor as missed, and a check asks about it.
Study leave is the last half term of the learners in the last year of the course, where the setting leaves it out.
"""

from __future__ import annotations

from datetime import date, timedelta

from workbook.measures.calendar import Calendar
from workbook.measures.learners import Learner, Learners
from workbook.model import Tracker
from workbook.model.formulas import DAYS

Span = tuple[date, date]


class Roll:
    """Which days count for which learner."""

    def __init__(self, tracker: Tracker, learners: Learners, calendar: Calendar) -> None:
        self.learners, self.calendar = learners, calendar
        leaves = tracker.settings["leave_out_study_leave"] == "Yes" and calendar.half_terms
        self._leave = calendar.half_terms[-1].start if leaves else date.max
        self._patterns: dict[tuple[date, int, int], str] = {}

    def span(self, learner: Learner) -> Span:
        """The first and last day on which sessions may count for a learner."""
        last = learner.left or date.max
        if self._leave != date.max and learner.year == self.learners.last_year:
            last = min(last, self._leave - timedelta(days=1))
        return learner.started or date.min, last

    def counts(self, place: int | None, day: date) -> bool:
        """Whether a day has sessions for a learner (a position in `Learners`; None for one who is not listed)."""
        if not self.calendar.is_school_day(day):
            return False
        if place is None:
            return True
        first, last = self.span(self.learners.all[place])
        return first <= day <= last

    def pattern(self, place: int | None, week: date) -> str:
        """The sessions of the week from a Monday, morning and afternoon: 1 where one counts, else 0."""
        first, last = (date.min, date.max) if place is None else self.span(self.learners.all[place])
        begin = min(max((first - week).days, 0), len(DAYS))
        end = min(max((last - week).days, -1), len(DAYS) - 1)
        if (week, begin, end) not in self._patterns:
            days = (week + timedelta(days=n) for n in range(len(DAYS)))
            counted = (begin <= n <= end and self.calendar.is_school_day(day) for n, day in enumerate(days))
            self._patterns[week, begin, end] = "".join("11" if one else "00" for one in counted)
        return self._patterns[week, begin, end]
