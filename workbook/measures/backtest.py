"""How well the flag rules would have worked: who they marked early, and who stood below at the end.

Marked is who had a concern on the day of the first data drop. The outcome is standing below at the last one: below in
as many subjects as the setting says, below in a core subject, or under the level that the Settings sheet draws as a
line. It describes the tracker's own past and foretells nobody's future.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.capacity import (
    EVERYBODY,
    AtCapacity,
    at_capacity,
    came_to,
    orders_on,
    outcomes_of,
    said_in,
)
from workbook.measures.data_date import drop_dates
from workbook.measures.flags import flags
from workbook.measures.flags_attendance import TIERS
from workbook.measures.flags_progress import progress_flags
from workbook.measures.intervals import wilson
from workbook.measures.learners import Learners
from workbook.measures.levels import Assessed
from workbook.measures.mentor_list import room
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold
from workbook.model.rules import RULES, Nature
from workbook.model.settings import LIST_ORDERS

ANY, HERE = "any", "here"
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


def backtest(tracker: Tracker, on: date, among: Collection[str] | None = None) -> list[Hindsight]:
    """Every concern that marked somebody at the first drop, and any of them, against the last drop up to ``on``.

    ``among`` (IDs in small letters) narrows who is judged.
    CannotDo where there are not two dated drops with levels.
    """
    given = sorted((day, drop) for drop, day in drop_dates(tracker, given_only=True).items() if day <= on)
    if len(given) < 2:
        raise CannotDo("A backtest needs two data drops with a date and levels: fill in Drops and Progress first.")
    (early, _), (_, last) = given[0], given[-1]
    judged = {one for one in with_levels(tracker, last) if among is None or fold(one) in among}
    outcomes = below(tracker, on) & judged
    found = {code: who & judged for code, who in marked(tracker, early).items()}
    return [_in_hindsight(code, who, outcomes) for code, who in found.items() if who]


def marked(tracker: Tracker, on: date) -> dict[str, set[str]]:
    """Who each concern marks on a day, in the order of the rules, and last who any of them does.

    A tier of attendance marks those of the graver tiers too: whoever is severely absent is persistently absent.
    """
    who: dict[str, set[str]] = {}
    for flag in flags(tracker, on):
        if flag.nature is Nature.CONCERN:
            reached = TIERS[TIERS.index(flag.code) :] if flag.code in TIERS else (flag.code,)
            for code in (*reached, ANY):
                who.setdefault(code, set()).add(flag.learner_id)
    return {code: who[code] for code in (*(rule.code for rule in RULES), ANY) if code in who}


def looked_back(
    tracker: Tracker, on: date, own: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a set keeps so that rules and orders can be judged over years: who stood where, and what became of them.

    The first list has a row for each learner on roll on the day of each drop but the last (``what`` is here), for each
    concern at the first one, and for each place in an order; the second the outcomes, those of the columns ``own`` of
    Learners too, where it has them. Both are empty without two dated drops with levels.
    """
    given = sorted((day, drop) for drop, day in drop_dates(tracker, given_only=True).items() if day <= on)
    if len(given) < 2:
        return [], []
    rows: list[dict[str, Any]] = []
    for number, (day, _) in enumerate(given[:-1]):
        orders, answered = orders_on(tracker, day)
        places = places_of(Snapshot(tracker, day))
        common = {"on": day, "first": number == 0, "places": places}
        rows += [common | {"learner_id": one, "what": HERE, "answered": one in answered} for one in orders[EVERYBODY]]
        for order in LIST_ORDERS:
            rows += [common | {"learner_id": one, "what": order, "place": place, "answered": one in answered}
                     for place, one in enumerate(orders[order], 1)]  # fmt: skip
        if number == 0:
            rows += [common | {"learner_id": one, "what": code} for code, who in marked(tracker, day).items()
                     for one in sorted(who)]  # fmt: skip
    levelled = with_levels(tracker, given[-1][1])
    came = outcomes_of(tracker, on, below(tracker, on), levelled)
    outcomes = [{"learner_id": one, "outcome": name, "came": yes} for name, all_ in came.items()
                for one, yes in all_.items()]  # fmt: skip
    for heading in own:
        outcomes += [{"learner_id": one, "outcome": heading, "came": came_to(said), "value": said}
                     for one, said in said_in(tracker, heading).items()]  # fmt: skip
    return rows, outcomes


def lists(
    tracker: Tracker, on: date, size: int | None = None, own: str | None = None, among: Collection[str] | None = None
) -> list[AtCapacity]:
    """The orders of seeing people side by side with ``size`` places, else as many as all mentors' lists have.

    Against who is below at the last drop and who is persistently absent at the end, or against a column of Learners.
    ``among`` (IDs in small letters) narrows who is judged and whose mentors have places.
    """
    given = sorted((day, drop) for drop, day in drop_dates(tracker, given_only=True).items() if day <= on)
    places = size or places_of(Snapshot(tracker, on), among)
    levelled = with_levels(tracker, given[-1][1]) if given else set()
    outcomes = outcomes_of(tracker, on, below(tracker, on), levelled, own)
    if among is not None:
        outcomes = {
            name: {who: value for who, value in came.items() if fold(who) in among} for name, came in outcomes.items()
        }
    return at_capacity(tracker, on, places, outcomes)


def places_of(snapshot: Snapshot, among: Collection[str] | None = None) -> int:
    """How many conversations all mentors, or those of the learners ``among``, have room for together in a week."""
    here = [snapshot.learners.all[i] for i in snapshot.here]
    mentors = len({fold(one.mentor) for one in here if among is None or fold(one.learner_id) in among})
    return room(snapshot.settings) * max(1, mentors)


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
