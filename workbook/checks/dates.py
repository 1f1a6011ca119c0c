"""Dates: texts and numbers where dates should be, days outside the year, day and month swapped, odd order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workbook.checks.findings import Finding, judged, put, where
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
from workbook.checks.spelling import bare, text_of, tidy
from workbook.measures.data_date import HAPPENED
from workbook.model.problem import Problem
from workbook.model.problem_kind import shown_as
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import CellError, Column, Value

_DAY = "%d/%m/%Y"
_FIRST_SERIAL = date(1899, 12, 30)
_SERIALS = range(25_569, 73_051)  # 1970 to 2099
_PATTERNS = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?P<m>\d{1,2}|[A-Za-z]{3,9})[\s./,-]+(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?:[T ].*)?"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class DateRule:
    """What else a column of dates must be: inside the year give or take some days, a Monday, a day of school."""

    before: int = 0
    after: int = 0
    monday: bool = False
    happened: bool = False
    while_on_roll: bool = False


_HAPPENED = DateRule(while_on_roll=True)
_PLANNED = DateRule(before=120, after=120)
_AHEAD = DateRule(before=400, after=200)
#: Columns that differ from the general rule: a year's leeway, for a tracker may carry over what is still open.
RULES: dict[str, DateRule] = {
    "Registers.week": DateRule(before=7, monday=True, while_on_roll=True),
    "PDtopics.week": DateRule(before=7, monday=True),
    "Behaviour.date": _HAPPENED,
    "Achievements.date": _HAPPENED,
    "PDevidence.date": _HAPPENED,
    "Contacts.date": DateRule(before=60),
    "Diary.date": DateRule(before=30, after=30),
    "Drops.date": DateRule(),
    "Terms.start": DateRule(before=30, after=30),
    "Terms.end": DateRule(before=30, after=30),
    "Targets.set_on": DateRule(before=120),
    "Interventions.start": _PLANNED,
    "Learners.date_of_birth": DateRule(before=365 * 22, after=-365 * 9),
    "Learners.started": DateRule(before=365 * 6),
    "Learners.left": DateRule(before=365 * 6, after=30),
}
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
)


def dates(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of dates."""
    name = f"{table.sheet.table}.{column.key}"
    rule = RULES.get(name, _AHEAD)
    if name in RULES and column.key in HAPPENED.get(table.sheet.table, ()):
        rule = replace(rule, happened=True)
    yield from judged(table, column.key, lambda value: judge_date(value, rule, known))
    if rule.while_on_roll and "learner_id" in table.sheet.by_key:
        yield from _on_roll(table, column, rule, known)


def read_date(text: str) -> date | None:
    """The date that a text means, day first, as people write dates in Britain; None if it means none."""
    for pattern in _PATTERNS:
        found = pattern.fullmatch(tidy(text))
        if found:
            year, month = int(found["y"]), found["m"]
            number = int(month) if month.isdigit() else _month(month)
            try:
                return date(year + 2000 if year < 100 else year, number, int(found["d"]))
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def swapped(day: date) -> date | None:
    """The same date with day and month exchanged, where that is another date."""
    return None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)


def judge_date(value: Value, rule: DateRule, known: Known) -> Finding | None:
    """What is wrong with a cell that should hold a date."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, str):
        day = read_date(value)
        return Finding(DATE_AS_TEXT, f"{day:{_DAY}}") if day else Finding(DATE_UNREADABLE)
    if isinstance(value, (int, float)):
        if isinstance(value, bool) or int(value) not in _SERIALS:
            return Finding(DATE_UNREADABLE)
        return Finding(DATE_AS_NUMBER, f"{_FIRST_SERIAL + timedelta(days=int(value)):{_DAY}}")
    day = as_date(value)
    return _judge_day(day, rule, known) if day else None


def _judge_day(day: date, rule: DateRule, known: Known) -> Finding | None:
    other = swapped(day)
    good = _fits(rule, known)
    if not known.inside(day, rule.before, rule.after):
        if other and good(other):
            return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
        start, end = (known.year[0] - timedelta(days=rule.before), known.year[1] + timedelta(days=rule.after))
        return Finding(
            DATE_OUTSIDE_YEAR, _with_likely_year(day, known), {"start": f"{start:{_DAY}}", "end": f"{end:{_DAY}}"}
        )
    if rule.monday and day.weekday() != 0:
        if other and good(other):
            return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
        return Finding(WEEK_NOT_MONDAY, f"{day - timedelta(days=day.weekday()):{_DAY}}")
    if rule.happened and other and good(other) and not good(day):
        return Finding(DATE_SWAPPED, f"{other:{_DAY}}")
    return None


def _fits(rule: DateRule, known: Known) -> Callable[[date], bool]:
    """Whether a day is all that a column asks for; for what has happened: a school day not after the last register."""
    latest = known.on
    if known.last_register is not None:
        latest = max(known.last_register + timedelta(days=6), known.on or known.last_register)

    def good(day: date) -> bool:
        if not known.inside(day, rule.before, rule.after) or (rule.monday and day.weekday() != 0):
            return False
        if rule.happened:
            return day.weekday() < 5 and (latest is None or day <= latest)
        return True

    return good


def _with_likely_year(day: date, known: Known) -> str | None:
    """The same day in the academic year, where only the year is mistyped by a few years or a century."""
    for year in {known.year[0].year, known.year[1].year}:
        if known.inside(date(year, day.month, min(day.day, 28))):
            try:
                return f"{date(year, day.month, day.day):{_DAY}}"
            except ValueError:
                return None
    return None


def _on_roll(table: Table, column: Column, rule: DateRule, known: Known) -> Iterator[Problem]:
    """Dates after a learner left or before the learner started; a week counts as its last or first school day."""
    if not known.left and not known.started:
        return
    pairs = [
        (bare(text_of(learner)), day) if learner is not None and (day := as_date(value)) else None
        for learner, value in zip(table["learner_id"], table[column.key], strict=True)
    ]
    week = timedelta(days=4) if rule.monday else timedelta()

    def judge(pair: tuple[str, date]) -> Finding | None:
        learner, day = pair
        left, started = known.left.get(learner), known.started.get(learner)
        if not known.inside(day, rule.before, rule.after):
            return None
        if left is not None and day > left:
            return Finding(DATE_AFTER_LEAVING, None, {"left": f"{left:{_DAY}}"})
        if started is not None and day + week < started:
            return Finding(DATE_BEFORE_START, None, {"started": f"{started:{_DAY}}"})
        return None

    for place, finding in where(pairs, judge):
        yield put(table, column.key, place, finding)


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
        if born is None or not isinstance(year, int) or isinstance(year, bool) or not 7 <= year <= 14:
            continue
        age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
        if abs(age - (year + 4)) > 1:
            yield put(table, "date_of_birth", place, Finding(BIRTH_DATE_ODD, None, {"age": age}))
