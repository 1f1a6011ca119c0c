"""Attendance for each learner: the year to date, half term by half term, and by weekday, half day, vocational day.

Source of the arithmetic: Working together to improve school attendance (Department for Education, in force from
19 August 2024). With A attended, AU authorised and UN unauthorised, P = A + AU + UN sessions are possible; attendance
is 100 A / P, absence is persistent from 10% and severe from 50% of P missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from workbook.measures.calendar import Calendar
from workbook.measures.excel import fold
from workbook.measures.learners import Learners
from workbook.measures.sessions import Mask, Sessions, Tally
from workbook.model import Tracker
from workbook.model.formulas import DAYS
from workbook.model.lists import LISTS

if TYPE_CHECKING:
    import pandas as pd

NO_SESSIONS = "no possible sessions"
TOO_EARLY = "too early"


def attendance(tracker: Tracker, on: date, sessions: Sessions | None = None) -> pd.DataFrame:
    """A row for each learner: sessions of the academic year up to ``on``; ``sessions`` are those of that day, if known.

    Columns: learner_id, possible, attended, authorised, unauthorised, late, attendance and unauthorised_percent (in
    percent to two places, None where no session was possible), persistent, severe (worked out from whole numbers),
    too_early (fewer possible sessions than the setting says), missing (marks still to come), note.
    """
    sessions = sessions or Sessions(tracker, Learners(tracker), on)
    learners, calendar = sessions.learners, Calendar(tracker)
    missing = sessions.count(missing_marks(sessions, calendar)).tolist()
    early = tracker.settings["early_sessions"]
    yearly = sessions.tallies(counted(tracker, sessions, calendar))
    return _frame(
        {"learner_id": learner.learner_id, **_figures(one), **_judgement(one, early), "missing": still}
        for learner, one, still in zip(learners.all, yearly, missing, strict=True)
    )


def half_terms(tracker: Tracker, on: date, sessions: Sessions | None = None) -> pd.DataFrame:
    """A row for each learner and half term with possible sessions: learner_id, half_term, and the sessions."""
    sessions = sessions or Sessions(tracker, Learners(tracker), on)
    learners, calendar = sessions.learners, Calendar(tracker)
    rows = []
    for term in calendar.half_terms:
        for learner, one in zip(learners.all, sessions.tallies(sessions.between(term.start, term.end)), strict=True):
            if one.possible:
                rows.append({"learner_id": learner.learner_id, "half_term": term.name, **_figures(one)})
    return _frame(iter(rows))


def patterns(tracker: Tracker, on: date) -> pd.DataFrame:
    """A row for each learner and part of the week: each weekday, am, pm, the vocational day and the other days."""
    learners = Learners(tracker)
    sessions = Sessions(tracker, learners, on)
    rows = []
    for part, mask in _parts(sessions):
        for learner, one in zip(learners.all, sessions.tallies(mask), strict=True):
            if one.possible and not (part.endswith("days") and not learner.vocational_day):
                rows.append({"learner_id": learner.learner_id, "part": part, **_figures(one)})
    return _frame(iter(rows))


def counted(tracker: Tracker, sessions: Sessions, calendar: Calendar) -> Mask:
    """The sessions that yearly attendance counts: all, or without study leave where the setting says so.

    Study leave is the last half term of the learners in the last year of the course.
    """
    everything = np.ones(len(sessions.day), dtype=bool)
    if tracker.settings["leave_out_study_leave"] != "Yes" or not calendar.half_terms:
        return everything
    learners = sessions.learners
    leaving = np.array([one.year == learners.last_year for one in learners.all], dtype=bool)
    last = calendar.half_terms[-1]
    return ~(leaving[sessions.learner] & sessions.between(last.start, last.end))


def missing_marks(sessions: Sessions, calendar: Calendar) -> Mask:
    """The marks still to come: blank or ``-`` on a school day on which the learner was at the Academy."""
    school = np.array([day.toordinal() for day in calendar.days], dtype=np.int64)
    started = np.array([(one.started or date.min).toordinal() for one in sessions.learners.all], dtype=np.int64)
    left = np.array([(one.left or date.max).toordinal() for one in sessions.learners.all], dtype=np.int64)
    here = (sessions.day >= started[sessions.learner]) & (sessions.day <= left[sessions.learner])
    return sessions.missing & np.isin(sessions.day, school) & here


def _parts(sessions: Sessions) -> Iterator[tuple[str, Mask]]:
    weekday = (sessions.day - 1) % 7  # ordinal 1 is a Monday
    names = LISTS["Weekdays"]
    for i in range(len(DAYS)):
        yield names[i], weekday == i
    yield "am", sessions.half == 0
    yield "pm", sessions.half == 1
    places = {fold(name): i for i, name in enumerate(names)}
    own = np.array([places.get(fold(one.vocational_day), -1) for one in sessions.learners.all], dtype=np.int64)
    on_course = own[sessions.learner]
    yield "vocational days", weekday == on_course
    yield "other days", (weekday != on_course) & (on_course >= 0)


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


def _frame(rows: Iterator[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), dtype=object)
