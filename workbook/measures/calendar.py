"""School days, school weeks and half terms as the Terms sheet has them, and the last date in a tracker's data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workbook.measures.computed import MARK_KEYS, code_counts, counted_codes
from workbook.measures.levels import LEVEL_KEYS, Assessed
from workbook.model import Table, Tracker, Value
from workbook.model.excel import fold, is_error, is_number, number, same, text
from workbook.model.tracker import as_date

# What has happened. What is planned (reviews, due dates, visits, the diary) says nothing about the data.
_HAPPENED: dict[str, tuple[str, ...]] = {
    "Behaviour": ("date",),
    "Contacts": ("date",),
    "Achievements": ("date",),
    "PDevidence": ("date",),
    "Targets": ("set_on", "reviewed"),
    "Workexperience": ("health_and_safety", "insurance", "consent"),
    "Transition": ("applied", "offer_date", "evidence"),
}
_LONGEST_TERM = timedelta(days=366)


@dataclass(frozen=True)
class HalfTerm:
    """A half term: first and last day."""

    name: str
    start: date
    end: date


def monday(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


class Calendar:
    """The school days of a tracker. Without any half term on the Terms sheet every weekday of the year is one."""

    def __init__(self, tracker: Tracker) -> None:
        spans = list(_spans(tracker["Terms"]))
        terms = [HalfTerm(name, start, end) for kind, name, start, end in spans if same(kind, "Term")]
        self.half_terms: list[HalfTerm] = sorted(terms, key=lambda term: term.start)
        closed = {day for kind, _, start, end in spans if same(kind, "Closed") for day in _days(start, end)}
        first, last = tracker.year
        held = [(term.start, term.end) for term in self.half_terms] or [(first, min(last, first + _LONGEST_TERM))]
        open_days = {day for start, end in held for day in _days(start, end) if day.weekday() < 5}
        self.days: list[date] = sorted(open_days - closed)
        self.weeks: list[date] = sorted({monday(day) for day in self.days})

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from ``first`` to ``last``, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def days_back(self, on: date, days: int) -> date:
        """The first of the latest ``days`` school days up to ``on``; ``on`` itself where there are none."""
        known = bisect_right(self.days, on)
        return self.days[max(0, known - max(1, days))] if known else on

    def weeks_back(self, on: date, weeks: int) -> date:
        """The Monday of the first of the latest ``weeks`` school weeks up to ``on``; they may span terms."""
        known = bisect_right(self.weeks, on)
        return self.weeks[max(0, known - max(1, weeks))] if known else monday(on)

    def days_after(self, day: date, on: date) -> int:
        """How many school days lie after ``day``, up to and including ``on``."""
        return max(0, bisect_right(self.days, on) - bisect_right(self.days, day))

    def days_before(self, on: date, days: int) -> date:
        """The day that lies ``days`` school days before ``on``; the day before the first where the year is younger."""
        known = bisect_right(self.days, on) - 1 - days
        return self.days[known] if known >= 0 else min([on, *self.days[:1]]) - timedelta(days=1)

    def days_on(self, day: date, days: int) -> date:
        """The school day that lies ``days`` school days after ``day``; the last known one where the year ends first."""
        if not self.days:
            return day
        return self.days[min(bisect_right(self.days, day) + days, len(self.days)) - 1]

    def half_term(self, on: date) -> int | None:
        """The position of the half term that ``on`` lies in, or of the last one before it; None before the first."""
        begun = [i for i, term in enumerate(self.half_terms) if term.start <= on]
        return begun[-1] if begun else None


def _spans(terms: Table) -> Iterator[tuple[Value, str, date, date]]:
    """The rows of Terms whose dates can be used."""
    for kind, name, first, last in zip(*(terms[key] for key in ("kind", "name", "start", "end")), strict=True):
        start, end = as_date(first), as_date(last)
        if start and end and not is_error(kind) and start <= end <= start + _LONGEST_TERM:
            yield kind, "" if is_error(name) else text(name), start, end


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def last_date(tracker: Tracker) -> date:
    """The last date inside the academic year on which the tracker records something that has happened.

    Marks of possible sessions, dated records, and the dates of drops that have a level or an effort count; what is
    planned does not. The first day of the year where nothing is dated.
    """
    first, last = tracker.year
    dates = (day for day in _recorded(tracker) if first <= day <= last)
    return max(dates, default=first)


def _recorded(tracker: Tracker) -> Iterator[date]:
    for name, keys in _HAPPENED.items():
        table = tracker[name]
        yield from (day for key in keys for day in map(as_date, table[key]) if day)
    yield from drop_dates(tracker, given_only=True).values()
    last_mark = _last_mark(tracker)
    if last_mark:
        yield last_mark


def drop_dates(tracker: Tracker, given_only: bool = False) -> dict[int, date]:
    """The date of each drop by its number; ``given_only`` leaves out drops for which nothing has been given yet."""
    drops, progress = tracker["Drops"], tracker["Progress"]
    assessed = Assessed(tracker)
    dates: dict[int, date] = {}
    for drop, value in zip(drops["drop"], drops["date"], strict=True):
        day = as_date(value)
        if is_number(drop) and day and 1 <= number(drop) <= len(LEVEL_KEYS):
            dates.setdefault(int(number(drop)), day)
    if not given_only:
        return dates
    return {
        drop: day
        for drop, day in dates.items()
        if any(map(assessed, progress[f"apl_{drop}"])) or any(map(assessed, progress[f"effort_{drop}"]))
    }


def _last_mark(tracker: Tracker) -> date | None:
    """The last day inside the year with a mark of a possible session; codes such as ``#`` may be typed ahead."""
    registers = tracker["Registers"]
    possible = counted_codes(code_counts(tracker), "possible")
    columns = [registers[key] for key in MARK_KEYS]
    rows: dict[date, list[int]] = {}
    for i, value in enumerate(registers["week"]):
        day = as_date(value)
        if day and tracker.year[0] <= day <= tracker.year[1]:
            rows.setdefault(monday(day), []).append(i)

    def marked(column: list[Value], week: date) -> bool:
        marks = (column[i] for i in rows[week])
        return any(mark is not None and not is_error(mark) and fold(text(mark)) in possible for mark in marks)

    for week in sorted(rows, reverse=True):
        for place in range(len(columns) - 1, -1, -1):
            if marked(columns[place], week):
                return week + timedelta(days=place // 2)
    return None
