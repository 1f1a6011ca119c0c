"""What came of things in the sample: attendance, levels, effort and incidents between two days, as it was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import mean
from typing import Any

from workbook.sample.people import Person
from workbook.sample.progress import Scale
from workbook.sample.school_year import SchoolYear

ABSENT = frozenset(("C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U"))
NO_SESSION = frozenset(("#", "Z", "D", "Y1", "Y7", "Q"))
MET, PARTLY, NOT = "Met", "Partly met", "Not met"


class Results:
    """Answers from the marks, rows of Progress and rows of Behaviour of the sample."""

    def __init__(
        self,
        marks: Mapping[str, Sequence[str]],
        progress: Iterable[Mapping[str, Any]],
        behaviour: Iterable[Mapping[str, Any]],
        drops: Mapping[int, date],
        scales: Mapping[str, Scale],
        calendar: SchoolYear,
    ) -> None:
        self._marks, self._drops, self._calendar = marks, drops, calendar
        self._points = {
            level: points for one in scales.values() for level, points in zip(one.levels, one.points, strict=True)
        }
        self._subjects: dict[str, list[Mapping[str, Any]]] = {}
        for row in progress:
            self._subjects.setdefault(row["learner_id"], []).append(row)
        self._incidents: dict[str, list[date]] = {}
        for row in behaviour:
            self._incidents.setdefault(row["learner_id"], []).append(row["date"])

    def attendance(self, person: Person, first: date, last: date) -> float | None:
        """The percentage of possible sessions attended from one day to another; None without any."""
        marks = self._marks[person.learner_id]
        slots = [self._calendar.slots[day] for day in person.here if first <= day <= last]
        held = [mark for slot in slots for mark in marks[slot : slot + 2] if mark not in NO_SESSION]
        return 100 * sum(mark not in ABSENT for mark in held) / len(held) if held else None

    def rise(self, person: Person, first: date, last: date) -> float | None:
        """How many points levels rose in the mean, from the drop before one day to that before another."""
        before, after = self._drop(first), self._drop(last)
        if before is None or after is None or before == after:
            return None
        changes = []
        for row in self._subjects.get(person.learner_id, ()):
            levels = [self._points.get(str(row.get(f"apl_{drop}"))) for drop in (before, after)]
            if None not in levels:
                changes.append((levels[1] or 0) - (levels[0] or 0))
        return mean(changes) if changes else None

    def lowest_effort(self, person: Person, day: date) -> int | None:
        """The lowest effort code of a learner at the last drop up to a day."""
        drop = self._drop(day)
        codes = [row.get(f"effort_{drop}") for row in self._subjects.get(person.learner_id, ())] if drop else []
        return min((int(code) for code in codes if code), default=None)

    def incidents(self, person: Person, first: date, last: date) -> int:
        """The incidents from one day to another."""
        return sum(first <= day <= last for day in self._incidents.get(person.learner_id, ()))

    def _drop(self, day: date) -> int | None:
        return max((number for number, given in self._drops.items() if given <= day), default=None)

    def outcome(self, measure: str, aim: float, person: Person, first: date, last: date) -> str | None:
        """How an aim went between two days; None where nothing is known of it."""
        if measure == "Attendance %":
            return _reached(self.attendance(person, first, last), aim, aim - 5)
        if measure == "Points":
            return _reached(self.rise(person, first, last), aim, aim / 2)
        if measure == "Effort":
            return _reached(self.lowest_effort(person, last), aim, aim - 1)
        return _reached(-self.incidents(person, first, last), -aim, -aim - 1)


def _reached(value: float | None, whole: float, part: float) -> str | None:
    return None if value is None else MET if value >= whole else PARTLY if value >= part else NOT


def of_all(outcomes: Sequence[str | None]) -> str | None:
    """How it went for a group: met if it was for most, partly if it was for some."""
    known = [one for one in outcomes if one]
    if not known:
        return None
    share = mean(1 if one == MET else 0.5 if one == PARTLY else 0 for one in known)
    return MET if share >= 0.75 else PARTLY if share >= 0.3 else NOT
