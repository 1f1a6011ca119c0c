"""The computed columns that answer questions of the domain: on roll, sessions, open, running, a row at a time.

Each is worked out when it is asked for: a day that moves on reaches what is missing in a week, not what was attended.

The formulas are those of `workbook.model.questions` and `workbook.model.academic_year`; the rules those of the homes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache, cached_property, partial
from typing import TypeAlias

from workbook.measures.again import subjects_again
from workbook.measures.calendar import Calendar, monday
from workbook.measures.codes import COUNTS, MARK_KEYS, Columns, code_counts, counted_codes
from workbook.measures.interventions import group_name, is_member, is_running
from workbook.measures.learners import Learners
from workbook.measures.roll import Roll
from workbook.measures.sessions import rows_again
from workbook.measures.targets import is_open
from workbook.model import Table, Tracker, Value
from workbook.model.excel import fold, is_error, serial, text
from workbook.model.formulas import SESSIONS
from workbook.model.marks import is_missing
from workbook.model.questions import OF_GROUP
from workbook.model.tracker import as_date

FAR = date(2099, 12, 31)
"""The last day of a learner, where none is known, as the sheet has it."""
ALL = "1" * len(SESSIONS)
NONE = "0" * len(SESSIONS)


Column: TypeAlias = Callable[[], list[Value]]
Lazily: TypeAlias = Mapping[str, Column]
"""Columns by key, each still to be worked out."""


class Asked:
    """A tracker with what several columns ask for, worked out once and only where it is asked.

    ``on`` gives the last day of the data.
    """

    def __init__(self, tracker: Tracker, on: Callable[[], date]) -> None:
        self.tracker, self._on = tracker, on

    @cached_property
    def on(self) -> date:
        """The last day of the data."""
        return self._on()

    @cached_property
    def learners(self) -> Learners:
        """Who is listed."""
        return Learners(self.tracker)

    @cached_property
    def _here(self) -> set[int]:
        return set(self.learners.on_roll(self.on))

    def is_here(self, value: Value) -> bool:
        """Whether the learner with an ID is on roll."""
        return self.learners.find(value) in self._here

    @cached_property
    def roll(self) -> Roll:
        """Which days count for whom."""
        return Roll(self.tracker, self.learners, Calendar(self.tracker))

    @cached_property
    def rows_again(self) -> set[int]:
        """The rows of Registers, as the sheet counts them, whose learner and week an earlier row has."""
        rows = self.tracker["Registers"].rows
        return {rows[place] for place in rows_again(self.tracker, self.learners)}

    @cached_property
    def subjects_again(self) -> set[int]:
        """The rows of Progress, as the sheet counts them, whose learner and subject an earlier row has."""
        rows = self.tracker["Progress"].rows
        return {rows[place] for place in subjects_again(self.tracker, self.learners)}


def learners_columns(asked: Asked) -> Lazily:
    """On roll, and the days from and to which sessions count, for every row of Learners."""
    rows = partial(map, asked.learners.of_row, range(len(asked.tracker["Learners"])))
    return {
        "on_roll": partial(_on_roll, asked),
        "starts": lambda: [0 if one.started is None else serial(one.started) for one in rows()],
        "ends": lambda: [serial(one.left or FAR) for one in rows()],
        "counts_to": lambda: [serial(min(asked.roll.span(one)[1], FAR)) for one in rows()],
    }


def _on_roll(asked: Asked) -> list[Value]:
    """Whether a learner is on roll, in the first row that has the ID."""
    learners = asked.learners
    places = map(learners.find, asked.tracker["Learners"]["learner_id"])
    here = (place is not None and learners.all[place].row == row for row, place in enumerate(places))
    return ["Yes" if first and learners.of_row(row).on_roll(asked.on) else None for row, first in enumerate(here)]


def terms_columns(asked: Asked) -> Lazily:
    """The days from and to which a row of Terms counts this year; 0 for a row that does not."""

    def ends(which: int) -> list[Value]:
        spans = map(asked.tracker.span, range(len(asked.tracker["Terms"])))
        return [serial(span[which]) if span else 0 for span in spans]

    return {"from": partial(ends, 0), "to": partial(ends, 1)}


def _still_open(asked: Asked, table: Table) -> list[Value]:
    rows = zip(table["learner_id"], table["status"], strict=True)
    return ["Yes" if asked.is_here(who) and is_open(status) else None for who, status in rows]


def _running(asked: Asked, table: Table) -> list[Value]:
    rows = zip(*(table[key] for key in ("learner_id", "group", "start", "end")), strict=True)

    def whose(who: Value, group: Value) -> Value:
        if asked.learners.find(who) is not None:
            return "Yes" if asked.is_here(who) else None
        return f"{OF_GROUP}{group_name(group)}" if group_name(group) else None

    return [whose(who, group) if is_running(start, end, asked.on) else None for who, group, start, end in rows]


def _in_group(asked: Asked, table: Table) -> list[Value]:
    rows = zip(*(table[key] for key in ("learner_id", "group", "joined", "left")), strict=True)
    return [
        (group_name(group) or None) if asked.is_here(who) and is_member(joined, left, asked.on) else None
        for who, group, joined, left in rows
    ]


def _registers(asked: Asked, table: Table) -> Lazily:
    """Which sessions of a row count, what its marks count as, and how many are missing."""
    sessions = cache(partial(_sessions, asked, table))
    counts = cache(lambda: _counts(asked.tracker, table, sessions()))

    def count(what: str) -> list[Value]:
        return counts()[what]

    counted = {what: partial(count, what) for what in COUNTS}
    return {"sessions": sessions, **counted, "missing": partial(_missing, asked, table)}


def _sessions(asked: Asked, table: Table) -> list[Value]:
    learners, roll = asked.learners, asked.roll
    first, last = asked.tracker.year[0] - timedelta(days=6), asked.tracker.year[1]
    found: list[Value] = []
    for row, who, week in zip(table.rows, table["learner_id"], table["week"], strict=True):
        day = as_date(week)
        if day is None or not first <= day <= last:
            found.append(None)
        else:
            found.append(NONE if row in asked.rows_again else roll.pattern(learners.find(who), monday(day)))
    return found


def _counts(tracker: Tracker, table: Table, sessions: list[Value]) -> Columns:
    """Possible, attended, unauthorised and late sessions of each row; all four are summed in one number."""
    marks = [table[key] for key in MARK_KEYS]
    codes = code_counts(tracker)
    counting = [counted_codes(codes, what) for what in COUNTS]

    def worth(mark: Value) -> int:
        code = "" if is_error(mark) else fold(text(mark))
        return sum(1 << 8 * i for i, known in enumerate(counting) if code in known)

    worths = {mark: worth(mark) for column in marks for mark in set(filter(_is_text, column))}
    weighed = [[worths[mark] if _is_text(mark) else worth(mark) for mark in column] for column in marks]
    sums = [
        sum(row) if held == ALL else sum(one for one, there in zip(row, str(held or NONE), strict=True) if there == "1")
        for row, held in zip(zip(*weighed, strict=True), sessions, strict=True)
    ]
    return {what: [total >> 8 * i & 255 for total in sums] for i, what in enumerate(COUNTS)}


def _missing(asked: Asked, table: Table) -> list[Value]:
    """Marks still to come up to the last day of the data; few rows lack any, and only these are looked at."""
    marks = [table[key] for key in MARK_KEYS]
    like_none = {mark for column in marks for mark in set(column) if is_missing(None if mark is None else str(mark))}
    lacking = [row for row, held in enumerate(zip(*marks, strict=True)) if not like_none.isdisjoint(held)]
    found: list[Value] = [0] * len(table)
    some = table.some(lacking)
    for row, held, place in zip(lacking, _sessions(asked, some), range(len(some)), strict=True):
        day = as_date(some["week"][place])
        if not day or not asked.is_here(some["learner_id"][place]):
            continue
        due = max(0, ((asked.on - monday(day)).days + 1) * 2)
        pairs = zip([column[row] for column in marks[:due]], str(held or NONE), strict=False)
        found[row] = sum(there == "1" and is_missing(mark) for mark, there in pairs)
    return found


def _is_text(value: Value) -> bool:
    return type(value) is str


def _alone(key: str, column: Callable[[Asked, Table], list[Value]]) -> Callable[[Asked, Table], Lazily]:
    """A table of which one column answers a question."""
    return lambda asked, table: {key: partial(column, asked, table)}


ANSWERS: dict[str, Callable[[Asked, Table], Lazily]] = {
    "Targets": _alone("still_open", _still_open),
    "Interventions": _alone("running", _running),
    "Groups": _alone("in_group", _in_group),
    "Registers": _registers,
}
