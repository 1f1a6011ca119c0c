"""How well the flag rules would have worked: who they marked early, and who stood below at the end.

Marked is who had a concern on the day of the first data drop. The outcome is standing below at the last one: below in
as many subjects as the setting says, below in a core subject, or under the level that the Settings sheet draws as a
line. It describes the tracker's own past and foretells nobody's future.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.capacity import AtCapacity, at_capacity, outcomes_of
from workbook.measures.data_date import drop_dates
from workbook.measures.flags import flags
from workbook.measures.flags_progress import progress_flags
from workbook.measures.intervals import wilson
from workbook.measures.learners import Learners
from workbook.measures.levels import Assessed
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold
from workbook.model.rules import RULES, Nature

ANY = "any"
_OUTCOMES = ("progress_below", "core_below", "low_level")


@dataclass(frozen=True)
class Hindsight:
    """A rule (or ``any`` of them) in hindsight: how many it marked, how many outcomes there were, and its hits.

    ``recall`` is the share of outcomes that were marked, ``precision`` the share of those marked that came to the
    outcome, with its 95% interval from ``low`` to ``high`` (Wilson 1927).
    """

    code: str
    marked: int
    outcomes: int
    recall: float | None
    precision: float | None
    low: float | None
    high: float | None

    def as_row(self) -> dict[str, Any]:
        """The rule by column, as commands print it."""
        return dict(vars(self))


def backtest(tracker: Tracker, on: date) -> list[Hindsight]:
    """Every concern that marked somebody at the first drop, and any of them, against the last drop up to ``on``.

    CannotDo where there are not two dated drops with levels.
    """
    given = sorted((day, drop) for drop, day in drop_dates(tracker, given_only=True).items() if day <= on)
    if len(given) < 2:
        raise CannotDo("A backtest needs two data drops with a date and levels: fill in Drops and Progress first.")
    (early, _), (_, last) = given[0], given[-1]
    judged = with_levels(tracker, last)
    outcomes = below(tracker, on) & judged
    marked: dict[str, set[str]] = {}
    for flag in flags(tracker, early):
        if flag.nature is Nature.CONCERN and flag.learner_id in judged:
            marked.setdefault(flag.code, set()).add(flag.learner_id)
            marked.setdefault(ANY, set()).add(flag.learner_id)
    codes = [*(rule.code for rule in RULES), ANY]
    return [_in_hindsight(code, marked[code], outcomes) for code in codes if code in marked]


def lists(tracker: Tracker, on: date, size: int | None = None, own: str | None = None) -> list[AtCapacity]:
    """The orders of seeing people side by side with ``size`` places, else as many as all mentors' lists have.

    Against who is below at the last drop and who is persistently absent at the end, or against a column of Learners.
    """
    snapshot = Snapshot(tracker, on)
    given = sorted((day, drop) for drop, day in drop_dates(tracker, given_only=True).items() if day <= on)
    mentors = len({fold(snapshot.learners.all[i].mentor) for i in snapshot.here})
    places = size or int(snapshot.settings["list_length"]) * max(1, mentors)
    levelled = with_levels(tracker, given[-1][1]) if given else set()
    return at_capacity(tracker, on, places, outcomes_of(tracker, on, below(tracker, on), levelled, own))


def with_levels(tracker: Tracker, drop: int) -> set[str]:
    """The learners with a level at a drop: for them the outcome is known."""
    learners, assessed, progress = Learners(tracker), Assessed(tracker), tracker["Progress"]
    places = (
        learners.find(value)
        for value, level in zip(progress["learner_id"], progress[f"apl_{drop}"], strict=True)
        if assessed(level)
    )
    return {learners.all[place].learner_id for place in places if place is not None}


def below(tracker: Tracker, on: date) -> set[str]:
    """Who stands below at the latest drop, by the rules about levels."""
    snapshot = Snapshot(tracker, on)
    snapshot.settings = snapshot.settings | {"low_level_drop": None}
    return {snapshot.learners.all[one.learner].learner_id for one in progress_flags(snapshot) if one.code in _OUTCOMES}


def _in_hindsight(code: str, marked: set[str], outcomes: set[str]) -> Hindsight:
    hits = len(marked & outcomes)
    low, high = wilson(hits, len(marked))
    recall = round(hits / len(outcomes), 2) if outcomes else None
    return Hindsight(code, len(marked), len(outcomes), recall, round(hits / len(marked), 2), low, high)
