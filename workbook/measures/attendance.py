"""Attendance for each learner: the year to date, and half term by half term.

Source of the arithmetic: Working together to improve school attendance (Department for Education, in force from
19 August 2024). With A attended, AU authorised and UN unauthorised, P = A + AU + UN sessions are possible; attendance
is 100 A / P, absence is persistent from 10% and severe from 50% of P missed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.measures.sessions import Tally
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker

if TYPE_CHECKING:
    import pandas as pd

NO_SESSIONS = "no possible sessions"
TOO_EARLY = "too early"

TOLD = (
    "learner_id", "possible", "attended", "authorised", "unauthorised", "late", "attendance", "persistent", "severe",
    "too_early", "missing",
)  # fmt: skip
"""What is told of a row where attendance is printed as data."""


def attendance(tracker: Tracker, on: date) -> pd.DataFrame:
    """The rows of `attendance_rows` as a frame."""
    return _frame(attendance_rows(Snapshot(tracker, on)))


def attendance_rows(snapshot: Snapshot, everyone: bool = False) -> list[dict[str, Any]]:
    """A row for each learner on roll, or ``everyone`` listed: sessions of the academic year up to the day.

    Columns: learner_id, possible, attended, authorised, unauthorised, late, attendance and unauthorised_percent (in
    percent to two places, None where no session was possible), persistent, severe (worked out from whole numbers),
    too_early (fewer possible sessions than the setting says), missing (marks
    still to come), note.
    """
    sessions, learners = snapshot.sessions, snapshot.learners.all
    missing, yearly = sessions.count(sessions.missing), sessions.tallies()
    early = snapshot.settings["early_sessions"]
    return [
        {
            "learner_id": learners[place].learner_id,
            **figures(yearly[place]),
            **_judgement(yearly[place], early),
            "missing": missing[place],
        }
        for place in (range(len(learners)) if everyone else snapshot.here)
    ]


def told_attendance(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The rows as the command prints them: what `TOLD` names, in its order."""
    return [{key: row[key] for key in TOLD} for row in attendance_rows(snapshot)]


def half_terms(tracker: Tracker, on: date) -> pd.DataFrame:
    """The rows of `half_term_rows` as a frame."""
    return _frame(half_term_rows(Snapshot(tracker, on)))


def half_term_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """A row for each learner on roll and half term with possible sessions: learner_id, half_term, and the sessions."""
    sessions, learners = snapshot.sessions, snapshot.learners.all
    rows = []
    for term in snapshot.calendar.half_terms:
        tallies = sessions.tallies(sessions.between(term.start, term.end))
        for place in snapshot.here:
            if tallies[place].possible:
                rows.append(
                    {"learner_id": learners[place].learner_id, "half_term": term.name, **figures(tallies[place])}
                )
    return rows


def figures(one: Tally) -> dict[str, Any]:
    """The sessions of a tally as a row tells them."""
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
    early_yet = is_too_early(one, early)
    note = NO_SESSIONS if not one.possible else TOO_EARLY if early_yet else None
    return {"persistent": one.persistent, "severe": one.severe, "too_early": early_yet, "note": note}


def is_too_early(one: Tally, early: float) -> bool:
    """Whether fewer sessions were possible than it takes to judge (``early``, a setting)."""
    return 0 < one.possible < early


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, dtype=object)
