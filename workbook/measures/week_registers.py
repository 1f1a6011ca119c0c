"""Marks to chase: sessions without a mark, and N (no reason yet) that is older than five school days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from workbook.measures.calendar import monday
from workbook.measures.computed import MARK_KEYS
from workbook.measures.excel import fold
from workbook.measures.flag_case import Case
from workbook.measures.learners import word
from workbook.measures.sessions import MISSING
from workbook.model import Value
from workbook.model.formulas import SESSIONS
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

NO_REASON = "n"
REASON_WITHIN = 5


def marks_to_chase(case: Case) -> Iterator[tuple[int, int, str, str, date, str]]:
    """For each row of Registers with marks to chase: learner, row, key of the first cell, what, day, why.

    Source: a mark N is to be replaced by the reason within five school days (Working together to improve school
    attendance, Department for Education, in force from 19 August 2024).
    """
    school, first = set(case.calendar.days), case.tracker.year[0]
    for learner, row, week, *marks in case.records("Registers", "week", *MARK_KEYS):
        start = as_date(week)
        if start is None or not first <= start <= case.on:
            continue
        one = case.learners.all[learner]
        days = [monday(start) + timedelta(days=place // 2) for place in range(len(MARK_KEYS))]
        due = [place for place, day in enumerate(days) if day in school and day < case.on and one.here(day)]
        blank = [place for place in due if _missing(marks[place])]
        if blank:
            yield learner, row, MARK_KEYS[blank[0]], *_say(blank, days, "mark missing", "marks missing")
        unknown = [place for place in due if fold(word(marks[place])) == NO_REASON]
        old = [place for place in unknown if case.calendar.days_after(days[place], case.on) > REASON_WITHIN]
        if old:
            what, day, _ = _say(old, days, "absence without a reason", "absences without a reason")
            waited = case.calendar.days_after(day, case.on)
            reason = f"N for {Figure(in_words(waited)):school day}; a reason is due within {REASON_WITHIN}."
            yield learner, row, MARK_KEYS[old[0]], what, day, reason


def _missing(mark: Value) -> bool:
    return mark is None or mark in MISSING


def _say(places: list[int], days: list[date], one: str, many: str) -> tuple[str, date, str]:
    """How many, the day of the first, and which sessions."""
    sessions = ", ".join(SESSIONS[place] for place in places)
    day = days[places[0]]
    return (
        f"{len(places)} {one if len(places) == 1 else many}",
        day,
        f"{sessions} in the week of {monday(day).day} {day:%B}.",
    )
