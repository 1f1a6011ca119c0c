"""Which rows come along into the new year, and why the others stay behind: declared sheet by sheet.

What has happened stays in the old tracker, which is kept. What is still open comes along: it is work to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.measures.interventions import awaits_review, group_key, is_reviewed, is_running
from workbook.measures.learners import Learners, id_key
from workbook.measures.targets import is_open
from workbook.model import Tracker, Value
from workbook.model.academic_year import belongs, bounds
from workbook.model.date_windows import window_of
from workbook.model.excel import fold, seen
from workbook.model.tracker import as_date

EMPTY = "starts empty each year"
LEAVES, LEFT = "leaves at the end of the course", "has left"
THEIRS_LEFT = "of a learner who leaves or has left"


@dataclass
class Turn:
    """A tracker at the turn of its year: who stays behind and why, by ID key, and the year that begins."""

    tracker: Tracker
    first: date
    stay: frozenset[str] = frozenset()
    behind: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    terms_there: bool = False

    def __post_init__(self) -> None:
        learners = Learners(self.tracker)
        for one in learners.all:
            key = id_key(one.learner_id)
            if one.has_left(self.first):
                self.behind[key] = LEFT
            elif one.year is not None and one.year >= learners.last_year and key not in self.stay:
                self.behind[key] = LEAVES
        self.groups = {
            group_key(row["group"])
            for row in self.tracker["Groups"].records()
            if not self._stays_behind(row) and not _over(row.get("left"), self.first)
        }
        terms = self.tracker["Terms"]
        self.terms_there = any(
            fold(seen(kind)) == "term" and self.in_new_year(start, end)
            for kind, start, end in zip(terms["kind"], terms["start"], terms["end"], strict=True)
        )

    def in_new_year(self, start: Value, end: Value) -> bool:
        """Whether a row of Terms is of the year that begins."""
        first, last = as_date(start), as_date(end)
        new = bounds(f"{self.first.year}-{(self.first.year + 1) % 100:02d}", ())
        return bool(first and last and belongs((first, last), new) and first >= self.first.replace(month=8, day=1))

    def _stays_behind(self, row: Mapping[str, Any]) -> bool:
        return id_key(row.get("learner_id")) in self.behind

    def why_not(self, table: str, row: Mapping[str, Any]) -> str:
        """Why a row stays in the old tracker; empty where it comes along."""
        if table == "Learners":
            return self.behind.get(id_key(row.get("learner_id")), "")
        if "learner_id" in row and self._stays_behind(row):
            return THEIRS_LEFT
        rule = _RULES.get(table)
        return rule(row, self) if rule else ""


def _over(day: Value, first: date) -> bool:
    last = as_date(day)
    return last is not None and last < first


def _empty(_: Mapping[str, Any], __: Turn) -> str:
    return EMPTY


def _contact(row: Mapping[str, Any], turn: Turn) -> str:
    waits = as_date(row.get("follow_up_due")) is not None and fold(seen(row.get("done"))) != "yes"
    year = (turn.first, turn.first.replace(year=turn.first.year + 1))
    day = as_date(row.get("date"))
    near = day is not None and day >= window_of("Contacts", "date").span(year)[0]
    return "" if waits and near else "no follow-up is open"


def _target(row: Mapping[str, Any], _: Turn) -> str:
    return "" if is_open(row.get("status")) else "was reviewed"


def _intervention(row: Mapping[str, Any], turn: Turn) -> str:
    if not id_key(row.get("learner_id")) and group_key(row.get("group")) not in turn.groups:
        return "of a group in which nobody is left"
    open_ = awaits_review(row.get("end"), row.get("outcome"), turn.first)
    on = not as_date(row.get("end")) and is_running(row.get("start"), None, turn.first)
    return "" if open_ or (on and not is_reviewed(row.get("outcome"))) else "is over"


def _member(row: Mapping[str, Any], turn: Turn) -> str:
    return "has left the group" if _over(row.get("left"), turn.first) else ""


def _placement(row: Mapping[str, Any], turn: Turn) -> str:
    over = _over(row.get("end"), turn.first) or (
        as_date(row.get("end")) is None and _over(row.get("start"), turn.first)
    )
    return "is over" if over else ""


def _term(row: Mapping[str, Any], turn: Turn) -> str:
    start, end = as_date(row.get("start")), as_date(row.get("end"))
    if not start or not end or turn.in_new_year(start, end):
        return ""
    this = belongs((start, end), turn.tracker.bounds)
    return "" if this and not turn.terms_there else "is another year's"


_RULES: dict[str, Callable[[Mapping[str, Any], Turn], str]] = {
    "Registers": _empty,
    "Diary": _empty,
    "Behaviour": _empty,
    "Achievements": _empty,
    "PDevidence": _empty,
    "Vocationaldays": _empty,
    "Contacts": _contact,
    "Targets": _target,
    "Interventions": _intervention,
    "Groups": _member,
    "Workexperience": _placement,
    "Terms": _term,
}
