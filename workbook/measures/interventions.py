"""Interventions: which run on a day, whose they are, and which still need their review.

An intervention is a learner's own or that of the group the learner is in. The columns Running of Interventions and
In group of Groups give the same as formulas (`workbook.model.questions`).
"""

from __future__ import annotations

from datetime import date

from workbook.model import Value
from workbook.model.excel import fold, seen
from workbook.model.tracker import as_date


def is_running(start: Value, end: Value, on: date) -> bool:
    """Whether something is in place on a day: begun and not over; without a date it is taken to be."""
    first, last = as_date(start), as_date(end)
    return not (first and first > on) and not (last and last < on)


is_member = is_running
"""Whether someone is in a group on a day: joined and not left."""


def is_reviewed(outcome: Value) -> bool:
    """Whether an intervention's outcome is known; one that goes on will be reviewed again."""
    return fold(seen(outcome)) not in ("", "goes on")


def awaits_review(end: Value, outcome: Value, on: date) -> bool:
    """Whether an intervention still needs its review on a day: not over, and no outcome yet."""
    last = as_date(end)
    return not is_reviewed(outcome) and (last is None or last >= on)


def group_name(group: Value) -> str:
    """A group's name without spaces too many; empty for none."""
    return seen(group)


def group_key(group: Value) -> str:
    """A group's name as it is compared, capitals aside; empty for none."""
    return fold(group_name(group))


def measure_of(aim: str) -> str:
    """The measure that the aim of an intervention names; attendance where none is named."""
    known = {
        "attendance": "attendance",
        "point": "points",
        "effort": "effort",
        "incident": "incidents",
        "late": "lates",
    }
    return next((measure for start, measure in known.items() if fold(aim).startswith(start)), "attendance")
