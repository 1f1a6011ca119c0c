"""Words: names, free text, choices of a list, yes or no, and values that another sheet must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbook.checks.findings import Finding, Judge, judged
from workbook.checks.kinds import (
    BECAME_DATE,
    BECAME_SCIENTIFIC,
    CHOICE_UNKNOWN,
    FORMULA_AS_TEXT,
    LEVEL_UNKNOWN,
    REFERENCE_UNKNOWN,
    SPACES,
    TEXT_WRONG_TYPE,
)
from workbook.checks.reference import Known
from workbook.checks.spelling import Listed, bare, tidy
from workbook.checks.typed_choices import NEARLY
from workbook.model.lists import TYPED
from workbook.model.problem import Problem
from workbook.model.sheets import sheet as sheet_of
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Column, Kind, Value

_FORMULA = re.compile(r"\s*(=.+|[+\-@][A-Za-z]+\(.*)", re.DOTALL)
_FORMS = range(7, 15)


def words(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of words."""
    yield from judged(table, column.key, _judge_of(column, known))


def _judge_of(column: Column, known: Known) -> Judge:
    if column.kind is Kind.YES_NO:
        return choice_judge(known.choices("Yes or no") or Listed(("Yes", "No")))
    if column.choices:
        return choice_judge(known.choices(column.choices), column.choices == "Forms", column.choices in TYPED)
    if column.refers:
        return reference_judge(column, known)
    return {Kind.NAME: judge_name, Kind.NOTE: judge_note, Kind.ANY: judge_any}.get(column.kind, judge_text)


def as_typed(day: date, listed: Listed) -> str | None:
    """The listed value that Excel turns into this date: ``9-8`` and ``9/8`` become 9 August of this year."""
    tries = [
        f"{first}{mark}{second}"
        for mark in "-/"
        for first, second in ((day.day, day.month), (day.month, day.day), (day.month, day.year % 100))
    ]
    return next((one for one in tries if one in listed), None)


def choice_judge(listed: Listed, forms: bool = False, typed: bool = False) -> Judge:
    """Judges choices of a list; where ``forms``, a form like 10E1 may have become the number 100.

    A list that is ``typed`` is what Learners holds, and has something to say of a value before there are others.
    """

    def judge(value: Value) -> Finding | None:
        if not (listed or typed) or value is None or isinstance(value, CellError):
            return None
        if isinstance(value, bool):
            return Finding(CHOICE_UNKNOWN, "Yes" if value else "No", {"choices": listed.in_words()})
        if value in listed:
            return None
        if isinstance(value, date):
            meant = as_typed(value, listed) or (f"{value.day}/{value.month}" if forms else None)
            return Finding(BECAME_DATE, meant)
        if isinstance(value, (int, float)):
            meant = _power_of_ten(value, listed) if forms else None
            if meant:
                return Finding(BECAME_SCIENTIFIC, meant)
            if listed.open:
                return None
            return Finding(CHOICE_UNKNOWN, None, {"choices": listed.in_words()})
        if _FORMULA.fullmatch(value):
            return Finding(FORMULA_AS_TEXT)
        found = listed.typed_otherwise(value)
        if not found and listed.open and not (value.strip() and listed.nearest(value, NEARLY)):
            return None  # of a list that is only what was typed so far, another may well be right
        return found or Finding(CHOICE_UNKNOWN, _meant(value, listed), {"choices": listed.in_words()})

    return judge


def _meant(value: str, listed: Listed) -> str | None:
    """The choice a short or misspelt word stands for: ``y`` is Yes."""
    starts = [one for one in listed.texts if bare(one).startswith(bare(value))] if value.strip() else []
    return starts[0] if len(starts) == 1 else listed.nearest(value)


def _power_of_ten(value: float, listed: Listed) -> str | None:
    """The form that became a number: 10E1 is 100 to Excel. A listed form first, else the plainest."""
    tries = [f"{year}E{power}" for year in _FORMS for power in range(10) if value == year * 10**power]
    return next((one for one in tries if one in listed), tries[0] if tries and value >= 100 else None)


def reference_judge(column: Column, known: Known) -> Judge:
    """Judges values that another sheet must hold."""
    place = column.refers or ""
    listed = known.referred(place)
    other = sheet_of(place.partition(".")[0]).name

    def judge(value: Value) -> Finding | None:
        if isinstance(value, CellError) or value in listed:
            return None
        if isinstance(value, date):
            return Finding(BECAME_DATE, as_typed(value, listed))
        if isinstance(value, str):
            found = listed.typed_otherwise(value)
            if found:
                return found
        return Finding(REFERENCE_UNKNOWN, listed.nearest(value), {"where": other})

    return judge


def judge_name(value: Value) -> Finding | None:
    """Judges names of people: any letters, but words."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, date):
        return Finding(BECAME_DATE)
    if not isinstance(value, str):
        return Finding(TEXT_WRONG_TYPE)
    return judge_text(value)


def judge_text(value: Value) -> Finding | None:
    """Judges short texts: a number may stand for itself (a room), a date may not."""
    if isinstance(value, (CellError, int, float)):
        return None
    if isinstance(value, date):
        return Finding(BECAME_DATE, f"{value.day}/{value.month}")
    if isinstance(value, str):
        if _FORMULA.fullmatch(value):
            return Finding(FORMULA_AS_TEXT)
        if tidy(value) != value:
            return Finding(SPACES, tidy(value))
    return None


def judge_note(value: Value) -> Finding | None:
    """Judges notes: only what could become a formula."""
    return Finding(FORMULA_AS_TEXT) if isinstance(value, str) and _FORMULA.fullmatch(value) else None


def judge_any(value: Value) -> Finding | None:
    """Judges codes and levels where they are declared: text or number, never a date."""
    if isinstance(value, date):
        return Finding(BECAME_DATE, f"{value.day}-{value.month}")
    if isinstance(value, bool):
        return Finding(LEVEL_UNKNOWN, None, {"scale": "text or number"})
    if isinstance(value, str) and tidy(value) != value:
        return Finding(SPACES, tidy(value))
    return None
