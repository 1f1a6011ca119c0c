"""The computed columns that answer questions of the domain: on roll, sessions, open, running, a row at a time.

The formulas are those of `workbook.model.questions` and `workbook.model.academic_year`; the rules those of the homes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property

from workbook.measures.calendar import Calendar, monday
from workbook.measures.codes import COUNTS, MARK_KEYS, Columns, code_counts, counted_codes
from workbook.measures.interventions import group_name, is_member, is_running
from workbook.measures.learners import Learners
from workbook.measures.roll import Roll
from workbook.measures.targets import is_open
from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_error, serial, text
from workbook.model.formulas import SESSIONS
from workbook.model.marks import is_missing
from workbook.model.questions import OF_GROUP
from workbook.model.tracker import as_date

FAR = date(2099, 12, 31)
"""The last day of a learner, where none is known, as the sheet has it."""
ALL = "1" * len(SESSIONS)
NONE = "0" * len(SESSIONS)


class Asked:
    """A tracker with what several columns ask for, worked out once and only where it is asked.

    ``on`` gives the last day of the data, all of it: the tracker may hold some of its rows only.
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


def _learners(asked: Asked) -> Columns:
    """On roll, and the days from and to which sessions count, for every row of Learners."""
    learners, on, roll = asked.learners, asked.on, asked.roll
    columns: Columns = {"on_roll": [], "starts": [], "ends": [], "counts_to": []}
    for row, value in enumerate(asked.tracker["Learners"]["learner_id"]):
        one = learners.of_row(row)
        place = learners.find(value)
        first = place is not None and learners.all[place].row == row
        columns["on_roll"].append("Yes" if first and one.on_roll(on) else None)
        columns["starts"].append(0 if one.started is None else serial(one.started))
        columns["ends"].append(serial(one.left or FAR))
        columns["counts_to"].append(serial(min(roll.span(one)[1], FAR)))
    return columns


def _terms(asked: Asked) -> Columns:
    """The days from and to which a row of Terms counts this year; 0 for a row that does not."""
    spans = [asked.tracker.span(row) for row in range(len(asked.tracker["Terms"]))]
    return {
        "from": [serial(span[0]) if span else 0 for span in spans],
        "to": [serial(span[1]) if span else 0 for span in spans],
    }


def _targets(asked: Asked) -> Columns:
    table = asked.tracker["Targets"]
    rows = zip(table["learner_id"], table["status"], strict=True)
    return {"still_open": ["Yes" if asked.is_here(who) and is_open(status) else None for who, status in rows]}


def _interventions(asked: Asked) -> Columns:
    table, on = asked.tracker["Interventions"], asked.on
    rows = zip(*(table[key] for key in ("learner_id", "group", "start", "end")), strict=True)

    def whose(who: Value, group: Value) -> Value:
        if asked.learners.find(who) is not None:
            return "Yes" if asked.is_here(who) else None
        return f"{OF_GROUP}{group_name(group)}" if group_name(group) else None

    return {"running": [whose(who, group) if is_running(start, end, on) else None for who, group, start, end in rows]}


def _groups(asked: Asked) -> Columns:
    table, on = asked.tracker["Groups"], asked.on
    rows = zip(*(table[key] for key in ("learner_id", "group", "joined", "left")), strict=True)
    return {
        "in_group": [
            (group_name(group) or None) if asked.is_here(who) and is_member(joined, left, on) else None
            for who, group, joined, left in rows
        ]
    }


def _registers(asked: Asked) -> Columns:
    """Which sessions of a row count, what its marks count as, and how many are missing."""
    table = asked.tracker["Registers"]
    sessions = _sessions(asked)
    marks = [table[key] for key in MARK_KEYS]
    missing = _missing(asked, marks, sessions)
    return {"sessions": sessions, **_counts(asked.tracker, marks, sessions), "missing": missing}


def _sessions(asked: Asked) -> list[Value]:
    table, learners, roll = asked.tracker["Registers"], asked.learners, asked.roll
    first, last = asked.tracker.year[0] - timedelta(days=6), asked.tracker.year[1]
    found: list[Value] = []
    for who, week in zip(table["learner_id"], table["week"], strict=True):
        day = as_date(week)
        inside = day is not None and first <= day <= last
        found.append(roll.pattern(learners.find(who), monday(day)) if day and inside else None)
    return found


def _counts(tracker: Tracker, marks: list[list[Value]], sessions: list[Value]) -> Columns:
    """Possible, attended, unauthorised and late sessions of each row; all four are summed in one number."""
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


def _missing(asked: Asked, marks: list[list[Value]], sessions: list[Value]) -> list[Value]:
    """Marks still to come up to the last day of the data."""
    on, table = asked.on, asked.tracker["Registers"]
    lacking = [[is_missing(mark) for mark in column] for column in marks]
    found: list[Value] = []
    for row, held, week, who in zip(
        zip(*lacking, strict=True), sessions, table["week"], table["learner_id"], strict=True
    ):
        day = as_date(week)
        if not any(row) or not day or not asked.is_here(who):
            found.append(0)
            continue
        due = ((on - monday(day)).days + 1) * 2
        pairs = zip(row[: max(0, due)], str(held or NONE), strict=False)
        found.append(sum(one and there == "1" for one, there in pairs))
    return found


def _is_text(value: Value) -> bool:
    return type(value) is str


ANSWERS: dict[str, Callable[[Asked], Columns]] = {
    "Learners": _learners,
    "Terms": _terms,
    "Targets": _targets,
    "Interventions": _interventions,
    "Groups": _groups,
    "Registers": _registers,
}
