"""Registers never taken, marks to chase, and N (no reason yet) that is older than five school days.

A sheet without a row asks for none; from the first row on, every school day wants its marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workbook.measures.calendar import monday
from workbook.measures.codes import MARK_KEYS
from workbook.measures.learners import word
from workbook.measures.sessions import WEEK, rows_again
from workbook.measures.snapshot import Snapshot
from workbook.model.excel import fold
from workbook.model.formulas import DAYS
from workbook.model.tracker import as_date

REASON_WITHIN = 5
_NAMED = 3


@dataclass(frozen=True, order=True)
class _Session:
    day: date
    place: int

    @property
    def words(self) -> str:
        half = "pm" if self.place % 2 else "am"
        return f"{DAYS[self.place // 2]} {self.day.day} {self.day:%b} {half}"


def registers_never_taken(snapshot: Snapshot) -> Iterator[tuple[set[int], int, str, str, date, str]]:
    """For each form with sessions in which nobody has a mark: its learners, row, key, what, day, which sessions."""
    rows = None
    for form, learners in _forms(snapshot).items():
        lacking = _expected(snapshot, learners) & ~_taken(snapshot, learners)
        sessions = _sessions(snapshot, lacking)
        if not sessions:
            continue
        rows = rows or _rows(snapshot)
        first, name = sessions[0], snapshot.learners.all[learners[0]].form or form
        row = next((rows[key] for key in ((one, monday(first.day)) for one in learners) if key in rows), None)
        count = f"{len(sessions)} registers" if len(sessions) > 1 else "1 register"
        what = f"{count} of {name} never taken"
        place = len(snapshot.tracker["Registers"]) if row is None else row
        key = "learner_id" if row is None else MARK_KEYS[first.place]
        yield set(learners), place, key, what, first.day, f"{_named(sessions)}."


def marks_to_chase(snapshot: Snapshot) -> Iterator[tuple[int, int, str, str, date, str]]:
    """For each learner with marks to chase: learner, row and key of the first cell, what, due day, which sessions.

    Sessions in which a whole form has no mark are told once, for the form. Source: a mark N is to be replaced by the
    reason within five school days (Working together to improve school attendance, Department for Education, in force
    from 19 August 2024).
    """
    blank, unknown = _blank(snapshot), _without_reason(snapshot)
    rows = _rows(snapshot) if blank or unknown else {}
    for learner, sessions in blank.items():
        first = sessions[0]
        what = "1 mark missing" if len(sessions) == 1 else f"{len(sessions)} marks missing"
        row = rows.get((learner, monday(first.day)))
        key = "learner_id" if row is None else MARK_KEYS[first.place]
        place = len(snapshot.tracker["Registers"]) if row is None else row
        yield learner, place, key, what, first.day, f"{_named(sessions)}."
    for learner, sessions in unknown.items():
        first = min(sessions)
        what = "1 absence without a reason" if len(sessions) == 1 else f"{len(sessions)} absences without a reason"
        due = snapshot.calendar.days_on(first.day, REASON_WITHIN)
        row = rows[learner, monday(first.day)]
        yield learner, row, MARK_KEYS[first.place], what, due, f"N on {_named(sorted(sessions))}."


def _forms(snapshot: Snapshot) -> dict[str, list[int]]:
    """The learners of each form."""
    forms: dict[str, list[int]] = {}
    for i in snapshot.here:
        if snapshot.learners.all[i].form:
            forms.setdefault(fold(snapshot.learners.all[i].form), []).append(i)
    return forms


def _past(snapshot: Snapshot) -> int:
    """The sessions of school days gone by, from the first row of anybody, as bits."""
    sessions = snapshot.sessions
    begun = 0
    for exists in sessions.exists:
        begun |= exists
    if not begun:
        return 0
    first = date.fromordinal(sessions.day((begun & -begun).bit_length() - 1))
    past = 0
    for day in snapshot.calendar.school_days(first, snapshot.on - timedelta(days=1)):
        past |= sessions.axis(day.toordinal(), day.toordinal())
    return past


def _mine(snapshot: Snapshot, learner: int, past: int) -> int:
    """Those of them that count for a learner."""
    first, last = snapshot.roll.span(snapshot.learners.all[learner])
    return past & snapshot.sessions.axis(first.toordinal(), last.toordinal())


def _expected(snapshot: Snapshot, learners: list[int]) -> int:
    past, expected = _past(snapshot), 0
    for learner in learners:
        expected |= _mine(snapshot, learner, past)
    return expected


def _taken(snapshot: Snapshot, learners: list[int]) -> int:
    sessions, taken = snapshot.sessions, 0
    for learner in learners:
        taken |= sessions.exists[learner] & ~sessions.missing[learner]
    return taken


def _blank(snapshot: Snapshot) -> dict[int, list[_Session]]:
    """The sessions of each learner that lack a mark though the form's register was taken, or a row was begun."""
    sessions, past = snapshot.sessions, _past(snapshot)
    taken = {form: _taken(snapshot, learners) for form, learners in _forms(snapshot).items()}
    found: dict[int, list[_Session]] = {}
    for learner in snapshot.here:
        exists, missing = sessions.exists[learner], sessions.missing[learner]
        form = fold(snapshot.learners.all[learner].form)
        lacking = _mine(snapshot, learner, past) & (~exists | missing) & (taken[form] if form else exists)
        if lacking:
            found[learner] = _sessions(snapshot, lacking)
    return found


def _sessions(snapshot: Snapshot, mask: int) -> list[_Session]:
    """The sessions of a mask in order."""
    found = []
    while mask:
        place = (mask & -mask).bit_length() - 1
        found.append(_Session(date.fromordinal(snapshot.sessions.day(place)), place % WEEK))
        mask &= mask - 1
    return found


def _rows(snapshot: Snapshot) -> dict[tuple[int, date], int]:
    """The first row of each learner and week on Registers."""
    rows: dict[tuple[int, date], int] = {}
    for learner, row, week in snapshot.records("Registers", "week"):
        day = as_date(week)
        if day:
            rows.setdefault((learner, monday(day)), row)
    return rows


def _without_reason(snapshot: Snapshot) -> dict[int, list[_Session]]:
    """The sessions of each learner with an N that is too old."""
    found: dict[int, list[_Session]] = {}
    again = rows_again(snapshot.tracker, snapshot.learners)
    for learner, row, week, *marks in snapshot.records("Registers", "week", *MARK_KEYS):
        if row in again or not any(
            type(mark) is str and len(mark) < 4 and "n" in mark.lower() for mark in marks if mark != "/"
        ):
            continue
        start = as_date(week)
        if start is None:
            continue
        for place, mark in enumerate(marks):
            day = monday(start) + timedelta(days=place // 2)
            known = fold(word(mark)) != "n" or day >= snapshot.on
            if known or not snapshot.roll.counts(learner, day):
                continue
            if snapshot.calendar.days_after(day, snapshot.on) > REASON_WITHIN:
                found.setdefault(learner, []).append(_Session(day, place))
    return found


def _named(sessions: list[_Session]) -> str:
    named = ", ".join(one.words for one in sessions[:_NAMED])
    more = len(sessions) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
