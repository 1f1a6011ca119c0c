"""Register marks: codes in force, the right half of the day, none missing; registers that were not taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from workbook.checks.findings import Finding, put
from workbook.checks.kinds import (
    MARK_MISSING,
    MARK_RETIRED,
    MARK_SWAPPED,
    MARK_UNKNOWN,
    MARK_WITHOUT_SESSION,
    REGISTER_MISSING,
)
from workbook.checks.reference import CODES_IN_FORCE, Known
from workbook.checks.spelling import Listed, bare, text_of
from workbook.measures.calendar import monday
from workbook.measures.codes import ABSENT_CLASSES, ATTENDED_CLASSES, MARK_KEYS
from workbook.measures.distinct import where
from workbook.model.formulas import DAYS
from workbook.model.marks import is_missing
from workbook.model.problem import Problem
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import CellError, Column, Kind, Value

_POSSIBLE = {bare(one) for one in ATTENDED_CLASSES + ABSENT_CLASSES}
_A_WEEK = 6
"""The week in which the year begins may begin before it."""
_AM, _PM = "/", "\\"


def marks(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of the marks of one session, Monday morning to Friday afternoon."""
    weeks = known.weeks
    half = "am" if column.key.endswith("am") else "pm"
    listed = Listed(code.text for code in known.codes.values() if not code.retired)

    def judge(value: Value) -> Finding | None:
        return judge_mark(value, half, known, listed)

    for place, finding in where(table[column.key], judge):
        week = weeks[place]
        if finding.kind is MARK_RETIRED and week is not None and week < CODES_IN_FORCE:
            continue
        if finding.kind is not MARK_MISSING or _is_due(table, place, column, known, weeks[place]):
            yield put(table, column.key, place, finding)
    yield from _without_session(table, column, known)
    if None in table[column.key]:
        due = _due_days(weeks, column, known)
        for place, value in enumerate(table[column.key]):
            if value is None and weeks[place] in due and _is_due(table, place, column, known, weeks[place]):
                yield put(table, column.key, place, Finding(MARK_MISSING))


def judge_mark(value: Value, half: str, known: Known, listed: Listed) -> Finding | None:
    """What is wrong with a mark of the morning (``am``) or afternoon (``pm``)."""
    if isinstance(value, CellError) or not known.codes:
        return None
    text = text_of(value)
    code = known.codes.get(text.casefold())
    if code is not None and not isinstance(value, (bool, date)):
        if code.retired:
            instead = code.instead
            clear = instead if instead in listed else None
            return Finding(MARK_RETIRED, clear, {"now": instead or "see the Codes sheet"})
        if text == _AM and half == "pm" and _PM in listed:
            return Finding(MARK_SWAPPED, _PM, {"other": "morning"})
        if text == _PM and half == "am" and _AM in listed:
            return Finding(MARK_SWAPPED, _AM, {"other": "afternoon"})
        if text in listed:
            return None
    if is_missing(text):
        return Finding(MARK_MISSING)
    if isinstance(value, (bool, date)):
        return Finding(MARK_UNKNOWN)
    return listed.typed_otherwise(text) or Finding(MARK_UNKNOWN)


def _due_days(weeks: list[date | None], column: Column, known: Known) -> set[date | None]:
    """The weeks in which the column's day is a school day that has come."""
    offset = _offset(column)
    return {
        week
        for week in set(weeks)
        if week is not None and known.is_school_day(week + offset) and (known.on is None or week + offset <= known.on)
    }


def _offset(column: Column) -> timedelta:
    return timedelta(days=DAYS.index(column.header.split()[0]))


def _is_due(table: Table, place: int, column: Column, known: Known, week: date | None) -> bool:
    """Whether a session needs a mark: a school day that has come, the learner on roll, no earlier row for the week."""
    if week is None or place in known.rows_again:
        return False
    day = week + _offset(column)
    if not known.is_school_day(day) or (known.on is not None and day > known.on):
        return False
    return known.has_session(table["learner_id"][place], day)


def _without_session(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Marks of possible sessions on days without any: closed, outside the terms, or the learner not on roll."""
    session, offset = MARK_KEYS.index(column.key), _offset(column)
    for place, week, pattern in known.part_weeks:
        mark = table[column.key][place] if pattern[session] == "0" else None
        code = known.codes.get(text_of(mark).casefold()) if mark is not None else None
        if code is None or code.counts_as not in _POSSIBLE or not known.inside(week + offset, before=_A_WEEK):
            continue
        day = week + offset
        if not known.is_school_day(day) or known.is_partly_here(table["learner_id"][place], day):
            yield put(table, column.key, place, Finding(MARK_WITHOUT_SESSION, "#", {"day": f"{day:%d/%m/%Y}"}))


def registers(table: Table, known: Known) -> Iterator[Problem]:
    """Weeks in which learners who are on roll, and are in other registers, have no row at all."""
    mondays = {
        week: day
        for week in set(table["week"])
        if (held := as_date(week)) is not None and known.inside(day := monday(held), before=6)
    }
    rows_of: dict[date, dict[str, int]] = defaultdict(dict)
    for place, (learner, week) in enumerate(zip(table["learner_id"], table["week"], strict=True)):
        if learner is not None and week in mondays:
            rows_of[mondays[week]][bare(text_of(learner))] = place
    if not rows_of:
        return
    on_sheet = {bare(one) for one in known.learners.texts}
    everyone = [one for one in {one for rows in rows_of.values() for one in rows} if one in on_sheet]
    last = min(max(rows_of), known.on or max(rows_of))
    week, before = min(rows_of), next(iter(rows_of))
    while week <= last:
        days = [week + timedelta(days=offset) for offset in range(5)]
        school_days = [day for day in days if known.is_school_day(day) and (not known.on or day <= known.on)]
        if school_days:
            rows = rows_of.get(week, {})
            absent = [
                one for one in everyone if one not in rows and all(known.on_roll(one, day) for day in school_days)
            ]
            if absent:
                # a week without any row is reported at the last row of the week before
                place = min(rows.values()) if rows else max(rows_of[before].values())
                count = "one learner" if len(absent) == 1 else f"{len(absent)} learners"
                yield put(
                    table,
                    "week",
                    place,
                    Finding(REGISTER_MISSING, None, {"week": f"{week:%d/%m/%Y}", "count": count}),
                )
        if week in rows_of:
            before = week
        week += timedelta(days=7)


def mark_columns(table: Table) -> list[Column]:
    """The columns of marks that the sheet has."""
    return [column for column in table.sheet.entry if column.kind is Kind.MARK]
