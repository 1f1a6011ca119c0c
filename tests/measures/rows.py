"""Rows for small trackers in memory, as the tests of measures need them."""

from __future__ import annotations

from datetime import date, timedelta

from workbook.measures.flags import flags
from workbook.model import Tracker
from workbook.model import defaults as default

KEYS = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
WEEK = date(2026, 9, 7)
ON = date(2026, 11, 20)
AMIRA = {"learner_id": "A1", "first_name": "Amira", "surname": "Khan", "year": 10}
SUBJECTS = [
    {"subject": "English", "scale": "GCSE 9-1", "core": "Yes"},
    {"subject": "Maths", "scale": "GCSE 9-1", "core": "yes"},
    {"subject": "Art", "scale": "GCSE 9-1"}, {"subject": "Music", "scale": "GCSE 9-1", "core": "No"},
]  # fmt: skip
TARGET = {"status_measure": "current against target"}


def tracker(settings=None, **tables):
    """A tracker with the defaults of a new one, other rows where given."""
    rows = default.settings()
    for row in rows:
        row["value"] = (settings or {}).get(row["name"], row["value"])
    given = {
        "Scales": default.scales(), "Effort": default.effort(), "Codes": default.codes(), "Terms": default.terms(),
        "Drops": default.drops(), "Settings": rows,
        "Learners": [{"learner_id": "A1", "first_name": "Amira", "surname": "Khan", "year": 10, "form": "10C"}],
        "Subjects": [{"subject": "Maths", "scale": "GCSE 9-1"}, {"subject": "Hair", "scale": "Level 1/2 Tech"}],
    }  # fmt: skip
    return Tracker.of(given | tables)


def week(marks, learner="A1", monday=WEEK):
    """A row of Registers from ten marks, ``.`` for a blank."""
    given = [None if mark == "." else mark for mark in marks]
    return {"learner_id": learner, "week": monday, **dict(zip(KEYS, given, strict=False))}


def raised(on=ON, settings=None, **tables):
    """The flags of Amira and whoever else is given, as ``{code: flag}`` of Amira."""
    tables = {"Learners": [AMIRA], "Subjects": SUBJECTS} | tables
    return {flag.code: flag for flag in flags(tracker(settings, **tables), on) if flag.learner_id == "A1"}


def registers(*weeks, first=WEEK):
    """Weeks of marks, one after the other; a week is ten marks or one mark for all ten."""
    rows = [marks * 10 if len(marks) == 1 else marks for marks in weeks]
    return [week(list(marks), monday=first + timedelta(weeks=n)) for n, marks in enumerate(rows)]


def record(subject, *levels, effort=(), **cells):
    given = {f"apl_{n}": level for n, level in enumerate(levels, 1)}
    return {
        "learner_id": "A1",
        "subject": subject,
        **given,
        **{f"effort_{n}": e for n, e in enumerate(effort, 1)},
        **cells,
    }
