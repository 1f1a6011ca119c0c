"""Dates: texts and numbers where dates should be, days outside the year, day and month swapped, odd order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from workbook.checks.cross_kinds import DATE_IN_FUTURE
from workbook.checks.findings import Finding, judged, put
from workbook.checks.kinds import (
    BIRTH_DATE_ODD,
    DATE_AFTER_LEAVING,
    DATE_AS_NUMBER,
    DATE_AS_TEXT,
    DATE_BEFORE_START,
    DATE_OUTSIDE_YEAR,
    DATE_SWAPPED,
    DATE_UNREADABLE,
    DATES_OUT_OF_ORDER,
    WEEK_NOT_MONDAY,
)
from workbook.checks.reference import Known
from workbook.checks.spelling import bare, text_of
from workbook.measures.data_date import HAPPENED
from workbook.measures.distinct import where
from workbook.model.date_windows import Window, window_of
from workbook.model.excel import FIRST_DAY
from workbook.model.problem import Problem
from workbook.model.problem_kind import shown_as
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import CellError, Column, Value
from workbook.reading.written_dates import read_date

_DAY = "%d/%m/%Y"
_SERIALS = range(25_569, 73_051)  # 1970 to 2099


@dataclass(frozen=True)
class DateRule:
    """What a column of dates must be: within its window, a Monday, a school day, while on roll, gone by."""

    window: Window = field(default_factory=Window)
    monday: bool = False
    happened: bool = False
    while_on_roll: bool = False
    past: bool = False


_MONDAYS = ("Registers.week", "PDtopics.week", "Vocationaldays.week")
_ON_ROLL = (
    "Registers.week",
    "Behaviour.date",
    "Achievements.date",
    "PDevidence.date",
    "Vocationaldays.week",
    "Contacts.date",
    "Targets.set_on",
    "Interventions.start",
    "Groups.joined",
    "Workexperience.start",
)
_HAPPENED = ("Behaviour.date", "Achievements.date", "PDevidence.date", "Contacts.date", "Targets.set_on")


def rule_of(table: str, key: str) -> DateRule:
    """The rule of a column of dates."""
    name = f"{table}.{key}"
    past = key in HAPPENED.get(table, ())
    return DateRule(window_of(table, key), name in _MONDAYS, name in _HAPPENED, name in _ON_ROLL, past)


#: Pairs of columns in the order that their dates must have.
IN_ORDER: tuple[tuple[str, str, str], ...] = (
    ("Learners", "started", "left"),
    ("Targets", "set_on", "due"),
    ("Targets", "set_on", "reviewed"),
    ("Interventions", "start", "review_due"),
    ("Interventions", "start", "end"),
    ("Groups", "joined", "left"),
    ("Workexperience", "start", "end"),
    ("Contacts", "date", "follow_up_due"),
    ("Terms", "start", "end"),
    ("Drops", "date", "reports_due"),
    ("Drops", "date", "progress_day"),
)

#: What is still open may come along from the year before: columns, each with what fell due after it in the same row.
CARRIED: dict[str, tuple[str, ...]] = {
    "Targets.set_on": ("due",),
    "Interventions.start": ("review_due", "end"),
    "Contacts.date": ("follow_up_due",),
}
_LESS_THAN_A_YEAR = timedelta(days=365)
"""Where only the year is mistyped, what fell due after it is a year off or more: such a row is not excused."""


def dates(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of dates."""
    rule = rule_of(table.sheet.table, column.key)
    carried = {table.cell(column.key, place) for place in _carried(table, column.key, rule, known)}
    found = judged(table, column.key, lambda value: judge_date(value, rule, known))
    yield from (one for one in found if one.cell not in carried)
    if rule.while_on_roll and "learner_id" in table.sheet.by_key:
        yield from _on_roll(table, column, rule, known)


def _carried(table: Table, key: str, rule: DateRule, known: Known) -> Iterator[int]:
    """The rows that came along from the year before: their date lies before this one, and what follows from it fits."""
    later = CARRIED.get(f"{table.sheet.table}.{key}", ())
    first = rule.window.span(known.year)[0]
    for place, value in enumerate(table[key]) if later else ():
        day = as_date(value)
        for other in later if day and day < first else ():
            due = as_date(table[other][place])
            fits = due is not None and window_of(table.sheet.table, other).holds(due, known.year)
            if day and due and fits and timedelta() <= due - day < _LESS_THAN_A_YEAR:
                yield place
                break


def swapped(day: date) -> date | None:
    """The same date with day and month exchanged, where that is another date."""
    return None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)


def judge_date(value: Value, rule: DateRule, known: Known) -> Finding | None:
    """What is wrong with a cell that should hold a date."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, str):
        day = read_date(value)
        if day and not rule.window.holds(day, known.year):
            day = rule.window.likely(day, known.year) or (day if rule.window.can_be(day, known.year) else None)
            return Finding(DATE_AS_TEXT, f"{day:{_DAY}}" if day else None)
        return Finding(DATE_AS_TEXT, f"{day:{_DAY}}") if day else Finding(DATE_UNREADABLE)
    if isinstance(value, (int, float)):
        if isinstance(value, bool) or int(value) not in _SERIALS:
            return Finding(DATE_UNREADABLE)
        return Finding(DATE_AS_NUMBER, f"{FIRST_DAY + timedelta(days=int(value)):{_DAY}}")
    day = as_date(value)
    return _judge_day(day, rule, known) if day else None


def _judge_day(day: date, rule: DateRule, known: Known) -> Finding | None:
    other = swapped(day)
    good = _fits(rule, known)
    if not rule.window.holds(day, known.year):
        if other and good(other):
            return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
        start, end = rule.window.span(known.year)
        likely = rule.window.likely(day, known.year)
        return Finding(
            DATE_OUTSIDE_YEAR,
            f"{likely:{_DAY}}" if likely else None,
            {"start": f"{start:{_DAY}}", "end": f"{end:{_DAY}}"},
        )
    if rule.monday and day.weekday() != 0:
        if other and good(other):
            return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
        return Finding(WEEK_NOT_MONDAY, f"{day - timedelta(days=day.weekday()):{_DAY}}")
    if rule.happened and other and good(other) and not good(day):
        return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
    return Finding(DATE_IN_FUTURE) if rule.past and known.latest and day > known.latest else None


def _fits(rule: DateRule, known: Known) -> Callable[[date], bool]:
    """Whether a day is all that a column asks for; for what has happened: a school day not after the last register."""
    latest = known.on
    if known.last_register is not None:
        latest = max(known.last_register + timedelta(days=6), known.on or known.last_register)

    def good(day: date) -> bool:
        if not rule.window.holds(day, known.year) or (rule.monday and day.weekday() != 0):
            return False
        if rule.happened:
            return day.weekday() < 5 and (latest is None or day <= latest)
        return True

    return good


def _on_roll(table: Table, column: Column, rule: DateRule, known: Known) -> Iterator[Problem]:
    """Dates after a learner left or before the learner started; a week counts as its last or first school day."""
    first, last = rule.window.span(known.year)
    week = timedelta(days=4) if rule.monday else timedelta()

    def moves(learner: Value) -> tuple[date | None, date | None] | None:
        started, left = known.stays.get(bare(text_of(learner)), (None, None))
        return (started, left) if (started and started > first) or (left and left < last) else None

    for place, stay in where(table["learner_id"], moves):
        day, (started, left) = as_date(table[column.key][place]), stay
        if day is None or not first <= day <= last:
            continue
        if left is not None and day > left:
            yield put(table, column.key, place, Finding(DATE_AFTER_LEAVING, None, {"left": f"{left:{_DAY}}"}))
        elif started is not None and day + week < started:
            yield put(table, column.key, place, Finding(DATE_BEFORE_START, None, {"started": f"{started:{_DAY}}"}))


def dates_in_order(table: Table) -> Iterator[Problem]:
    """Pairs of dates in the wrong order, such as an end before its start."""
    for name, first, second in IN_ORDER:
        if name != table.sheet.table:
            continue
        for place, (one, two) in enumerate(zip(table[first], table[second], strict=True)):
            earlier, later = as_date(one), as_date(two)
            if earlier and later and later < earlier:
                other = table.sheet.by_key[first].header
                suggestion = swapped(later)
                fits = suggestion if suggestion and suggestion >= earlier else None
                yield put(
                    table,
                    second,
                    place,
                    Finding(
                        DATES_OUT_OF_ORDER,
                        f"{fits:{_DAY}}" if fits else None,
                        {"other": other, "other_value": shown_as(one)},
                    ),
                )


def birth_dates(table: Table, known: Known) -> Iterator[Problem]:
    """Dates of birth that do not go with the year group: Year 10 is 14 on the first of September, Year 11 is 15."""
    start = date(known.year[0].year, 9, 1)
    for place, (value, year) in enumerate(zip(table["date_of_birth"], table["year"], strict=True)):
        born = as_date(value)
        if born is None or not window_of("Learners", "date_of_birth").holds(born, known.year):
            continue  # said of the date already
        if not isinstance(year, int) or isinstance(year, bool) or not 7 <= year <= 14:
            continue
        age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
        if abs(age - (year + 4)) > 1:
            yield put(table, "date_of_birth", place, Finding(BIRTH_DATE_ODD, None, {"age": age}))
