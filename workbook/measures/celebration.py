"""Whom to celebrate: several honest measures side by side, and who was celebrated lately, so that it is not always the
same few.

Levels and effort count where at least three subjects can be compared, since one subject alone moves by chance; each is
the mean over a learner's subjects in points of its scale, so the measure says who moved, not who stands high. Those
lowest rise most by chance alone: a list to praise from, never a ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.measures.effort import EFFORT_KEYS, EffortOrder
from workbook.measures.flags import Found
from workbook.measures.learners import word
from workbook.measures.progress import progress_rows
from workbook.measures.snapshot import Snapshot
from workbook.model.excel import fold
from workbook.model.rule import Figure, in_words
from workbook.model.rules import BY_CODE
from workbook.model.tracker import as_date

SUBJECTS = 3
"""So many subjects must be compared."""
LATELY = timedelta(weeks=6)
"""Who was celebrated since then stands after the others."""
MOST = 5
_FLAGS = ("attendance_up", "streak", "full_week", "target_met")
"""Strengths that a rule tells already, with its own words."""


@dataclass(frozen=True)
class Praise:
    """A learner to celebrate for something: ``value`` is how much, ``words`` say it; when last, how often this year."""

    measure: str
    learner_id: str
    name: str | None
    form: str | None
    value: float
    words: str
    last: date | None
    times: int

    def as_row(self) -> dict[str, Any]:
        """The praise by column, as commands print it."""
        row = dict(vars(self))
        row["last_celebrated"] = row.pop("last")
        return row


def celebration(found: Found, most: int = MOST, among: Collection[str] | None = None) -> list[Praise]:
    """The first ``most`` of each measure, all who are level with the last of them too; those celebrated lately last.

    ``among`` keeps to learners by ID in small letters.
    """
    snapshot = found.snapshot
    before = celebrated(snapshot)
    told: list[Praise] = []
    for measure, say, values in _measures(found):
        rows = [
            Praise(measure, one.learner_id, snapshot.names[place] or None, one.form or None, value, say(place, value),
                   *before.get(place, (None, 0)))
            for place, value in values.items() if value > 0
            for one in (snapshot.learners.all[place],) if among is None or fold(one.learner_id) in among
        ]  # fmt: skip
        rows.sort(key=lambda one: (_lately(one.last, snapshot.on), -one.value, one.times, one.learner_id))
        told += [one for one in rows if one in rows[:most] or _as_good(one, rows[most - 1 : most], snapshot.on)]
    return told


def _lately(last: date | None, on: date) -> bool:
    return last is not None and on - last <= LATELY


def _as_good(one: Praise, last: list[Praise], on: date) -> bool:
    """Whether a learner is level with the last who is told; then it would be chance to leave them out."""
    return any(one.value == other.value and _lately(one.last, on) == _lately(other.last, on) for other in last)


def celebrated(snapshot: Snapshot) -> dict[int, tuple[date | None, int]]:
    """When each learner's achievements were last celebrated this year, by their date, and how many were."""
    found: dict[int, list[date]] = {}
    for learner, _, value, done in snapshot.records("Achievements", "date", "celebrated"):
        day = as_date(value)
        if fold(word(done)) == "yes" and day and snapshot.tracker.year[0] <= day <= snapshot.on:
            found.setdefault(learner, []).append(day)
    return {learner: (max(days), len(days)) for learner, days in found.items()}


def _measures(found: Found) -> Iterator[tuple[str, Callable[[int, float], str], Mapping[int, float]]]:
    """Each measure: its name, its words for a learner and value, the values by learner."""
    snapshot = found.snapshot
    rows = [row for row in progress_rows(snapshot.tracker) if snapshot.learners.find(row["learner_id"]) is not None]
    last = max((row["drop"] for row in rows), default=0)
    lately: dict[int, list[float]] = {}
    year: dict[int, list[float]] = {}
    first: dict[tuple[int, str], float] = {}
    here = set(snapshot.here)
    for row in rows:
        place, points = snapshot.learners.find(row["learner_id"]), row["points"]
        if place not in here or place is None or points is None:
            continue
        key = (place, fold(row["subject"]))
        if row["drop"] == last and row["change"] is not None:
            lately.setdefault(place, []).append(row["change"])
        if row["latest"] and key in first:
            year.setdefault(place, []).append(points - first[key])
        first.setdefault(key, points)
    yield "Moved up since the last drop", _points, _means(lately)
    yield "Moved up this year", _points, _means(year)
    yield "Effort up since the drop before", _steps, _means(_efforts(snapshot))
    for code in _FLAGS:
        mine = {snapshot.learners.by_id[fold(one.learner_id)]: one for one in found.flags if one.code == code}
        reasons = {place: one.reason for place, one in mine.items()}
        values = {place: float(one.value or 1) for place, one in mine.items()}
        yield BY_CODE[code].title, lambda place, _, said=reasons: said[place], values  # type: ignore[misc]


def _efforts(snapshot: Snapshot) -> dict[int, list[float]]:
    """The steps of effort from the last drop but one to the last, subject by subject."""
    order = EffortOrder(snapshot.tracker, snapshot.figures["Effort"]["key"])
    rows = [
        (learner, [order(cell) for cell in cells]) for learner, _, *cells in snapshot.records("Progress", *EFFORT_KEYS)
    ]
    last = max((at for _, efforts in rows for at, one in enumerate(efforts) if one is not None), default=0)
    changes: dict[int, list[float]] = {}
    for learner, efforts in rows:
        now, before = efforts[last], efforts[last - 1] if last else None
        if now is not None and before is not None:
            changes.setdefault(learner, []).append(now - before)
    return changes


def _means(values: Mapping[int, list[float]]) -> dict[int, float]:
    return {place: round(sum(all_) / len(all_), 2) for place, all_ in values.items() if len(all_) >= SUBJECTS}


def _points(place: int, value: float) -> str:
    return f"Up by {Figure(in_words(value)):point} on average over all subjects."


def _steps(place: int, value: float) -> str:
    return f"Effort up by {Figure(in_words(value)):step} on average over all subjects."
