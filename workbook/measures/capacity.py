"""How the order of seeing people would have done with the places there are: for every drop but the last.

As known on the day of the drop, contacts too: who would have been on a list of so many, and who came to the outcome by
the end. Found is who was listed or had a valid answer that day, else a mentor's good work would look like a miss.
Intervals are Wilson's for one day (1927); over several days learners are drawn again, never rows, because the same
learners stand on many lists. It describes the tracker's own past and foretells nobody's future.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from workbook.measures.data_date import drop_dates
from workbook.measures.flags import found_in
from workbook.measures.intervals import wilson
from workbook.measures.learners import Learners
from workbook.measures.order import LOWEST_ATTENDANCE, MOST_REASONS, THE_RULE, conversations_of
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold, is_error, text
from workbook.model.settings import LIST_ORDERS
from workbook.model.vocabulary import key_of

BELOW, ABSENT = "below at the last drop", "persistent absence at the end"
EVERYBODY = "everybody"
YOURS = "the list as Settings has it"
"""The order that a college has chosen, where it is not the rule."""
CAUTION = "Conversations were held in between; one that helped looks like a wrong alarm."
TOO_FEW = "too few to tell"
_ENOUGH = 10
_DRAWS = 200


@dataclass(frozen=True)
class AtCapacity:
    """An order on the day of a drop (``on`` is None for all of them together), against one outcome.

    ``listed`` of ``judged`` learners had a place, ``already_answered`` had a valid answer; of ``outcomes``, ``found``
    were one or the other. ``recall`` is found of outcomes, ``right`` the outcomes among those listed, each with its
    95% interval; ``chance`` is the recall of a list drawn by lot; ``same_as_last`` the share listed the time before.
    """

    on: date | None
    order: str
    outcome: str
    size: int
    judged: int
    listed: int
    already_answered: int
    outcomes: int
    found: int
    recall: float | None
    low: float | None
    high: float | None
    right: float | None
    right_low: float | None
    right_high: float | None
    chance: float | None
    days_ahead: int | None
    same_as_last: float | None
    words: str | None

    def as_row(self) -> dict[str, Any]:
        """The order by column, as commands print it."""
        return dict(vars(self))


@dataclass(frozen=True)
class _Day:
    """One list: who was judged, listed in order, answered."""

    on: date
    judged: set[str]
    listed: list[str]
    answered: set[str]


def at_capacity(tracker: Tracker, on: date, size: int, outcomes: Mapping[str, Mapping[str, bool]]) -> list[AtCapacity]:
    """Every order against each outcome (learner ID: whether it came), with ``size`` places at every drop but the last.

    CannotDo where there are not two dated drops with levels.
    """
    days = sorted(day for day in drop_dates(tracker, given_only=True).values() if day <= on)
    if len(days) < 2:
        raise CannotDo("A backtest needs two data drops with a date and levels: fill in Drops and Progress first.")
    lists = [(day, orders_on(tracker, day)) for day in days[:-1]]
    rows = []
    for outcome, came in outcomes.items():
        for order in lists[0][1][0]:
            if order == EVERYBODY:
                continue
            told = []
            for day, (orders, answered) in lists:
                judged = {one for one in orders[EVERYBODY] if one in came}
                listed = [one for one in orders[order] if one in judged and one not in answered][:size]
                told.append(_Day(day, judged, listed, answered & judged))
            rows += [_row(one, before, order, outcome, size, came, on)
                     for one, before in zip(told, [None, *told], strict=False)]  # fmt: skip
            if len(told) > 1:
                rows.append(_together(told, order, outcome, size, came))
    return rows


def better(rows: Sequence[AtCapacity]) -> list[str]:
    """Where another order found clearly more here, over all drops together, than the one in use: a sentence each."""
    together = [one for one in rows if one.on is None and one.recall is not None]
    said = []
    for outcome in dict.fromkeys(one.outcome for one in together):
        mine = {one.order: one for one in together if one.outcome == outcome}
        now = mine.get(YOURS) or mine[THE_RULE]
        best = max((mine[order] for order in LIST_ORDERS), key=lambda one: one.recall or 0)
        if best.low is not None and now.high is not None and best.low > now.high:
            said.append(
                f"For {outcome}, {best.order} found more here ({best.recall}) than {now.order} ({now.recall}): the "
                "setting list_order chooses it within each part of the list."
            )
    return said


def outcomes_of(
    tracker: Tracker, on: date, below: set[str], levelled: set[str], own: str | None = None
) -> dict[str, dict[str, bool]]:
    """Who came to which outcome: below and persistently absent, each by itself, or a column of Learners if ``own``."""
    snapshot = Snapshot(tracker, on)
    tallies = snapshot.sessions.tallies()
    absent = {snapshot.learners.all[i].learner_id: tallies[i].persistent for i in snapshot.here if tallies[i].possible}
    found = {BELOW: {one: one in below for one in sorted(levelled)}, ABSENT: absent}
    if own is None:
        return found
    said = said_in(tracker, own)
    if not said and key_of(own) not in tracker["Learners"].columns:
        raise CannotDo(f"Learners has no column {own}: name one of its headings, with Yes for who came to the outcome.")
    return {own: {who: came_to(word) for who, word in said.items()}}


def said_in(tracker: Tracker, heading: str) -> dict[str, str]:
    """What a column of Learners says of each learner, as text; those of whom it says nothing are left out."""
    table, key = tracker["Learners"], key_of(heading)
    values = table[key] if key in table.columns else [None] * len(table)
    everyone = Learners(tracker).all
    pairs = ((one.learner_id, values[one.row]) for one in everyone)
    return {who: text(value).strip() for who, value in pairs if value is not None and not is_error(value)}


def came_to(said: str) -> bool:
    """Whether a word tells that an outcome came: any but No."""
    return fold(said) not in ("no", "0", "false")


def orders_on(tracker: Tracker, day: date) -> tuple[dict[str, list[str]], set[str]]:
    """Everybody here in each order as known on a day, and who had a valid answer."""
    found = found_in(Snapshot(tracker, day))
    talks = conversations_of(found, THE_RULE)
    snapshot = found.snapshot
    chosen = str(snapshot.settings["list_order"])
    yours = (
        {} if chosen == THE_RULE else {YOURS: [one.learner_id for one in conversations_of(found, chosen) if one.open]}
    )
    ids = [snapshot.learners.all[i].learner_id for i in snapshot.here]
    present = {snapshot.learners.all[i].learner_id: found.earlier.present(i).attendance for i in snapshot.here}
    low = sorted((one for one in ids if present[one] is not None), key=lambda one: (present[one], one))
    return {
        EVERYBODY: ids,
        THE_RULE: [one.learner_id for one in talks if one.open],
        MOST_REASONS: [one.learner_id for one in sorted(talks, key=lambda one: (-len(one.flags), one.learner_id))],
        LOWEST_ATTENDANCE: low,
        **yours,
    }, {one.learner_id for one in talks if not one.open}


def _row(
    day: _Day, before: _Day | None, order: str, outcome: str, size: int, came: Mapping[str, bool], on: date
) -> AtCapacity:
    wanted = {one for one in day.judged if came[one]}
    hits, right = len(wanted & ({*day.listed} | day.answered)), len(wanted & {*day.listed})
    enough = len(wanted) >= _ENOUGH
    low, high = wilson(hits, len(wanted)) if enough else (None, None)
    right_low, right_high = wilson(right, len(day.listed)) if enough and day.listed else (None, None)
    again = len({*day.listed} & {*before.listed}) / len(day.listed) if before and day.listed else None
    return AtCapacity(
        day.on, order, outcome, size, len(day.judged), len(day.listed), len(day.answered), len(wanted), hits,
        _share(hits, len(wanted)) if enough else None, low, high,
        _share(right, len(day.listed)) if enough else None, right_low, right_high,
        _share(min(size, len(day.judged)), len(day.judged)), (on - day.on).days,
        None if again is None else round(again, 2), None if enough else TOO_FEW,
    )  # fmt: skip


def _together(told: Sequence[_Day], order: str, outcome: str, size: int, came: Mapping[str, bool]) -> AtCapacity:
    """All days together; the interval from drawing learners again, each with all their days."""
    counts: dict[str, list[int]] = {}
    for day in told:
        listed = {*day.listed}
        for one in day.judged:
            mine = counts.setdefault(one, [0, 0, 0, 0])
            mine[0] += came[one]
            mine[1] += came[one] and (one in listed or one in day.answered)
            mine[2] += one in listed
            mine[3] += one in listed and came[one]
    enough = sum(came[one] for one in counts) >= _ENOUGH
    random, everyone = Random(1), list(counts.values())
    recalls, rights = [], []
    for _ in range(_DRAWS if enough else 0):
        drawn = random.choices(everyone, k=len(everyone))
        outcomes, found, listed_, right = (sum(column) for column in zip(*drawn, strict=True))
        recalls += [found / outcomes] if outcomes else []
        rights += [right / listed_] if listed_ else []
    totals = [sum(column) for column in zip(*everyone, strict=True)] if everyone else [0, 0, 0, 0]
    low, high = _middle(recalls)
    right_low, right_high = _middle(rights)
    judged = sum(len(day.judged) for day in told)
    places = sum(min(size, len(day.judged)) for day in told)
    return AtCapacity(
        None, order, outcome, size, judged, totals[2], sum(len(day.answered) for day in told), totals[0], totals[1],
        _share(totals[1], totals[0]) if enough else None, low, high,
        _share(totals[3], totals[2]) if enough else None, right_low, right_high,
        _share(places, judged), None, None, None if enough else TOO_FEW,
    )  # fmt: skip


def _middle(values: list[float]) -> tuple[float | None, float | None]:
    """The middle 95% of figures drawn again."""
    if not values:
        return None, None
    ordered = sorted(values)
    cut = int(0.025 * len(ordered))
    return round(ordered[cut], 2), round(ordered[-1 - cut], 2)


def _share(part: int, of: int) -> float | None:
    return round(part / of, 2) if of else None
