"""Marks to chase: sessions without a mark, and N (no reason yet) that is older than five school days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workbook.measures.calendar import monday
from workbook.measures.computed import MARK_KEYS
from workbook.measures.learners import word
from workbook.measures.sessions import MISSING
from workbook.measures.snapshot import Snapshot
from workbook.model import Value
from workbook.model.excel import fold
from workbook.model.formulas import DAYS
from workbook.model.tracker import as_date

NO_REASON = "n"
REASON_WITHIN = 5
_NAMED = 3


@dataclass(frozen=True, order=True)
class _Session:
    day: date
    place: int
    row: int

    @property
    def words(self) -> str:
        half = "pm" if self.place % 2 else "am"
        return f"{DAYS[self.place // 2]} {self.day.day} {self.day:%b} {half}"


def marks_to_chase(snapshot: Snapshot) -> Iterator[tuple[int, int, str, str, date, str]]:
    """For each learner with marks to chase: learner, row and key of the first cell, what, due day, which sessions.

    Source: a mark N is to be replaced by the reason within five school days (Working together to improve school
    attendance, Department for Education, in force from 19 August 2024).
    """
    blank, unknown = _sessions(snapshot)
    for learner, found in blank.items():
        first = min(found)
        what = "1 mark missing" if len(found) == 1 else f"{len(found)} marks missing"
        yield learner, first.row, MARK_KEYS[first.place], what, first.day, f"{_named(sorted(found))}."
    for learner, found in unknown.items():
        first = min(found)
        what = "1 absence without a reason" if len(found) == 1 else f"{len(found)} absences without a reason"
        due = snapshot.calendar.days_on(first.day, REASON_WITHIN)
        yield learner, first.row, MARK_KEYS[first.place], what, due, f"N on {_named(sorted(found))}."


def _sessions(snapshot: Snapshot) -> tuple[dict[int, list[_Session]], dict[int, list[_Session]]]:
    """The sessions of past school days without a mark, and those with an N that is too old, by learner."""
    school, first = set(snapshot.calendar.days), snapshot.tracker.year[0]
    blank: dict[int, list[_Session]] = {}
    unknown: dict[int, list[_Session]] = {}
    for learner, row, week, *marks in snapshot.records("Registers", "week", *MARK_KEYS):
        start = as_date(week)
        if start is None or not first <= start <= snapshot.on:
            continue
        for place, mark in enumerate(marks):
            kind = blank if _missing(mark) else unknown if fold(word(mark)) == NO_REASON else None
            if kind is None:
                continue
            day = monday(start) + timedelta(days=place // 2)
            if day not in school or day >= snapshot.on or not snapshot.learners.all[learner].here(day):
                continue
            if kind is blank or snapshot.calendar.days_after(day, snapshot.on) > REASON_WITHIN:
                kind.setdefault(learner, []).append(_Session(day, place, row))
    return blank, unknown


def _missing(mark: Value) -> bool:
    return mark is None or mark in MISSING


def _named(sessions: list[_Session]) -> str:
    named = ", ".join(one.words for one in sessions[:_NAMED])
    more = len(sessions) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
