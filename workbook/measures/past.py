"""What is past its time: rows older than Settings keep them, kind by kind, and learners who left long enough ago.

How long that is, and where each figure is from, `workbook.model.times_kept` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.measures.due import Due
from workbook.measures.interventions import is_reviewed
from workbook.measures.learners import Learners, id_key, word
from workbook.measures.snapshot import Snapshot
from workbook.measures.targets import is_open
from workbook.model import Tracker
from workbook.model.excel import fold, seen
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

#: The setting of each kind, and the dates of its rows: of the first that a row has its time runs.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Registers": ("keep_registers", ("week",)),
    "Behaviour": ("keep_behaviour", ("date",)),
    "Contacts": ("keep_contacts", ("date",)),
    "Targets": ("keep_plans", ("reviewed", "due", "set_on")),
    "Interventions": ("keep_plans", ("end", "review_due", "start")),
    "PDevidence": ("keep_evidence", ("date",)),
    "Vocationaldays": ("keep_evidence", ("week",)),
    "Workexperience": ("keep_evidence", ("end", "start")),
    "Achievements": ("keep_evidence", ("date",)),
    "Diary": ("keep_diary", ("date",)),
}
LEAVERS = "keep_leavers"


@dataclass(frozen=True)
class Past:
    """A row past its time, or a learner with every row: table, row, sheet and cell, the day from which time ran."""

    table: str
    row: int
    sheet: str
    cell: str
    learner_id: str
    since: date
    months: int
    whole_learner: bool = False


def past_its_time(tracker: Tracker, on: date) -> list[Past]:
    """Everything past its time on a day: learners first, then rows of others by sheet."""
    learners = list(_leavers(tracker, on))
    theirs = {id_key(one.learner_id) for one in learners}
    rows = [
        one for name in KINDS if name in tracker.tables for one in _rows(tracker, name, on)
        if id_key(one.learner_id) not in theirs
    ]  # fmt: skip
    return learners + rows


def _leavers(tracker: Tracker, on: date) -> Iterator[Past]:
    months, table = _months(tracker, LEAVERS), tracker["Learners"]
    for one in Learners(tracker).all if months is not None else ():
        if one.left is not None and months is not None and later(one.left, months) < on:
            row, cell = table.rows[one.row], table.cell("left", one.row)
            yield Past("Learners", row, "Learners", cell, one.learner_id, one.left, months, True)


def _rows(tracker: Tracker, name: str, on: date) -> Iterator[Past]:
    setting, keys = KINDS[name]
    months, table = _months(tracker, setting), tracker[name]
    if months is None:
        return
    for place, record in enumerate(table.records()):
        found = next(((key, day) for key in keys if (day := as_date(record.get(key)))), None)
        if found and later(found[1], months) < on and not _waits(name, record):
            who = word(record.get("learner_id"))
            yield Past(name, table.rows[place], table.sheet.name, table.cell(found[0], place), who, found[1], months)


def _waits(name: str, record: Mapping[str, Any]) -> bool:
    """Whether a row is still to be dealt with, so that its time has not begun."""
    if name == "Targets":
        return is_open(record.get("status"))
    if name == "Interventions":
        return as_date(record.get("end")) is None and not is_reviewed(record.get("outcome"))
    if name == "Contacts":
        return as_date(record.get("follow_up_due")) is not None and fold(seen(record.get("done"))) != "yes"
    return False


def _months(tracker: Tracker, setting: str) -> int | None:
    months = tracker.settings[setting]
    return None if months is None else int(months)


def later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def kept_too_long(snapshot: Snapshot) -> Iterator[tuple[set[int] | None, Due]]:
    """A thing to do for each sheet with something past its time, at the cell of the first; no child's need, so last."""
    found: dict[str, list[Past]] = {}
    for one in past_its_time(snapshot.tracker, snapshot.on):
        found.setdefault(one.table, []).append(one)
    last = snapshot.on + timedelta(days=6)
    for rows in found.values():
        first = min(rows, key=lambda one: later(one.since, one.months))
        count, since = Figure(in_words(len(rows))), later(first.since, first.months)
        whose = f"{count:learner} who left" if first.whole_learner else f"{count:row} of {first.sheet}"
        what = f"Past the time they are kept: {whose}"
        reason = f"Since {since.day} {since:%B %Y}. List them with mentorbook past, remove them with erase --past."
        yield None, Due(first.sheet, first.cell, None, what, last, reason)
