"""The computed columns of the sheets that others look things up in: what a row is found by, and what it is called."""

from __future__ import annotations

from workbook.measures.learners import learner_key
from workbook.measures.levels import Assessed
from workbook.model import Tracker, Value
from workbook.model.excel import is_error, is_number, number, rounded, seen, serial, text, trim


def learner_names(tracker: Tracker) -> list[Value]:
    """The name of each row of Learners as its sheet shows it; None where none is typed."""
    learners = tracker["Learners"]
    names = zip(learners["preferred_name"], learners["first_name"], learners["surname"], strict=True)
    return [_name(*one) for one in names]


def _name(preferred: Value, first: Value, surname: Value) -> Value:
    """The name a learner goes by and the surname, tidily spaced."""
    goes_by = preferred if is_error(preferred) or seen(preferred) else first
    if is_error(goes_by) or is_error(surname):
        return None
    return trim(f"{text(goes_by)} {text(surname)}") or None


def learner_keys(tracker: Tracker) -> list[Value]:
    """The ID of each row of Learners as others find it; None where there is none."""
    return [learner_key(value) or None for value in tracker["Learners"]["learner_id"]]


def subject_keys(tracker: Tracker) -> list[Value]:
    """The subjects as the texts that formulas find them by."""
    return [None if is_error(value) else text(value) or None for value in tracker["Subjects"]["subject"]]


def scale_keys(tracker: Tracker) -> list[Value]:
    """``scale|level`` for every row of Scales that has points, but for the level that means "not assessed"."""
    scales, assessed = tracker["Scales"], Assessed(tracker)
    return [
        f"{text(scale)}|{text(level)}" if _filled(scale) and assessed(level) and is_number(points) else None
        for scale, level, points in zip(scales["scale"], scales["level"], scales["points"], strict=True)
    ]


def effort_keys(tracker: Tracker) -> list[Value]:
    """The code as text for every row of Effort that has an order."""
    effort = tracker["Effort"]
    return [
        text(code) if _filled(code) and is_number(order) else None
        for code, order in zip(effort["code"], effort["order"], strict=True)
    ]


def _filled(value: Value) -> bool:
    return value is not None and not is_error(value)


def elapsed(tracker: Tracker) -> list[Value]:
    """The share of this year's term days gone by at the date of each drop."""
    terms = [(serial(start), serial(end)) for kind, _, start, end in tracker.spans if kind == "term"]
    total = sum(last - first + 1 for first, last in terms)
    return [
        rounded(sum(_gone(number(day), *term) for term in terms) / total) if is_number(day) and total else None
        for day in tracker["Drops"]["date"]
    ]


def _gone(day: float, first: float, last: float) -> float:
    """Days of a half term gone by on ``day``, it included."""
    return (last if day >= last else day) - first + 1 if first <= day else 0
