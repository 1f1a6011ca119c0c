"""Attendance for each learner: the year to date, half term by half term, and by weekday, half day, vocational day.

Source of the arithmetic: Working together to improve school attendance (Department for Education, in force from
19 August 2024). With A attended, AU authorised and UN unauthorised, P = A + AU + UN sessions are possible; attendance
is 100 A / P, absence is persistent from 10% and severe from 50% of P missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.measures.calendar import Calendar
from workbook.measures.learners import Learners
from workbook.measures.sessions import WEEK, Mask, Sessions, Tally
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.formulas import DAYS
from workbook.model.lists import LISTS

if TYPE_CHECKING:
    import pandas as pd

NO_SESSIONS = "no possible sessions"
TOO_EARLY = "too early"

TOLD = (
    "learner_id", "possible", "attended", "authorised", "unauthorised", "late", "attendance", "persistent", "severe",
    "too_early", "missing",
)  # fmt: skip
"""What is told of a row where attendance is printed as data."""


def attendance(tracker: Tracker, on: date, sessions: Sessions | None = None) -> pd.DataFrame:
    """The rows of `attendance_rows` as a frame."""
    return _frame(attendance_rows(tracker, on, sessions))


def attendance_rows(tracker: Tracker, on: date, sessions: Sessions | None = None) -> list[dict[str, Any]]:
    """A row for each learner: sessions of the academic year up to ``on``; ``sessions`` are those of that day, if known.

    Columns: learner_id, possible, attended, authorised, unauthorised, late, attendance and unauthorised_percent (in
    percent to two places, None where no session was possible), persistent, severe (worked out from whole numbers),
    too_early (fewer possible sessions than the setting says), missing (marks still to come), note.
    """
    sessions = sessions or Sessions(tracker, Learners(tracker), on)
    learners, calendar = sessions.learners, Calendar(tracker)
    missing = sessions.count(missing_marks(sessions, calendar))
    early = tracker.settings["early_sessions"]
    yearly = sessions.tallies(counted(tracker, sessions, calendar))
    return [
        {"learner_id": learner.learner_id, **_figures(one), **_judgement(one, early), "missing": still}
        for learner, one, still in zip(learners.all, yearly, missing, strict=True)
    ]


def told_attendance(tracker: Tracker, on: date) -> list[dict[str, Any]]:
    """The rows as the command prints them: what `TOLD` names, in its order."""
    return [{key: row[key] for key in TOLD} for row in attendance_rows(tracker, on)]


def half_terms(tracker: Tracker, on: date, sessions: Sessions | None = None) -> pd.DataFrame:
    """The rows of `half_term_rows` as a frame."""
    return _frame(half_term_rows(tracker, on, sessions))


def half_term_rows(tracker: Tracker, on: date, sessions: Sessions | None = None) -> list[dict[str, Any]]:
    """A row for each learner and half term with possible sessions: learner_id, half_term, and the sessions."""
    sessions = sessions or Sessions(tracker, Learners(tracker), on)
    learners, calendar = sessions.learners, Calendar(tracker)
    rows = []
    for term in calendar.half_terms:
        for learner, one in zip(learners.all, sessions.tallies(sessions.between(term.start, term.end)), strict=True):
            if one.possible:
                rows.append({"learner_id": learner.learner_id, "half_term": term.name, **_figures(one)})
    return rows


def patterns(tracker: Tracker, on: date) -> pd.DataFrame:
    """A row for each learner and part of the week: each weekday, am, pm, the vocational day and the other days."""
    learners = Learners(tracker)
    sessions = Sessions(tracker, learners, on)
    rows = []
    for part, mask in _parts(sessions):
        for learner, one in zip(learners.all, sessions.tallies(mask), strict=True):
            if one.possible and not (part.endswith("days") and not learner.vocational_day):
                rows.append({"learner_id": learner.learner_id, "part": part, **_figures(one)})
    return _frame(rows)


def counted(tracker: Tracker, sessions: Sessions, calendar: Calendar) -> Mask:
    """The sessions that yearly attendance counts: all, or without study leave where the setting says so.

    Study leave is the last half term of the learners in the last year of the course.
    """
    if tracker.settings["leave_out_study_leave"] != "Yes" or not calendar.half_terms:
        return sessions.exists
    learners = sessions.learners
    last = calendar.half_terms[-1]
    leave = sessions.axis(last.start.toordinal(), last.end.toordinal())
    return sessions.exists & Mask(~leave if one.year == learners.last_year else -1 for one in learners.all)


def missing_marks(sessions: Sessions, calendar: Calendar) -> Mask:
    """The marks still to come: blank or ``-`` on a school day on which the learner was at the Academy."""
    school = 0
    for day in calendar.days:
        school |= sessions.axis(day.toordinal(), day.toordinal())
    here = (
        sessions.axis((one.started or date.min).toordinal(), (one.left or date.max).toordinal())
        for one in sessions.learners.all
    )
    return sessions.missing & Mask(school & mine for mine in here)


def _parts(sessions: Sessions) -> Iterator[tuple[str, Mask]]:
    def weekly(places: Iterable[int]) -> int:
        return sum(1 << week * WEEK + place for week in range(sessions.weeks) for place in places)

    names = LISTS["Weekdays"]
    weekdays = [weekly((2 * i, 2 * i + 1)) for i in range(len(DAYS))]
    for i, axis in enumerate(weekdays):
        yield names[i], sessions.everywhere(axis)
    yield "am", sessions.everywhere(weekly(range(0, WEEK, 2)))
    yield "pm", sessions.everywhere(weekly(range(1, WEEK, 2)))
    places = {fold(name): axis for name, axis in zip(names, weekdays, strict=False)}
    own = [places.get(fold(one.vocational_day)) for one in sessions.learners.all]
    yield "vocational days", Mask(axis or 0 for axis in own)
    yield "other days", Mask(0 if axis is None else ~axis for axis in own)


def _figures(one: Tally) -> dict[str, Any]:
    return {
        "possible": one.possible,
        "attended": one.attended,
        "authorised": one.authorised,
        "unauthorised": one.unauthorised,
        "late": one.late,
        "attendance": None if one.attendance is None else round(one.attendance, 2),
        "unauthorised_percent": None if one.unauthorised_percent is None else round(one.unauthorised_percent, 2),
    }


def _judgement(one: Tally, early: float) -> dict[str, Any]:
    too_early = 0 < one.possible < early
    note = NO_SESSIONS if not one.possible else TOO_EARLY if too_early else None
    return {"persistent": one.persistent, "severe": one.severe, "too_early": too_early, "note": note}


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, dtype=object)
