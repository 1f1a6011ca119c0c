"""Groups that could be helped together: learners of a year group who share a reason, and have no support yet.

A suggestion is a list of names to talk over, no more: who goes well together in a group nobody can work out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.measures.flags import found_in
from workbook.measures.flags_attendance import TIERS
from workbook.measures.learners import word
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker, Value
from workbook.model.excel import fold
from workbook.model.rule import in_words
from workbook.model.rules import Nature

FEWEST = 3
"""Fewer is no group; two can be seen one after the other."""
_REVIEW = timedelta(weeks=6)
"""So that the four weeks after the start, which an effect needs, are over."""
_SHARED: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys((*TIERS, "attendance_fall"), ("Attendance", "Attendance", "Attendance %")),
    "lates": ("Lateness", "Attendance", "Lates"),
    "incidents": ("Behaviour", "Restorative meeting", "Incidents"),
    "effort_lowest": ("Effort", "Effort", "Effort"),
    "effort_dropped": ("Effort", "Effort", "Effort"),
}
"""What concerns have in common: the reason in a word, the type of intervention and what it aims at."""


@dataclass(frozen=True)
class Suggestion:
    """Learners who share a reason: IDs and names, the reason, the type, the aim, and perhaps a subject."""

    reason: str
    kind: str
    aim: str
    subject: str | None
    year: float | None
    learners: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the group may be called."""
        return f"{self.reason} Year {in_words(self.year)}" if self.year is not None else self.reason

    def as_row(self) -> dict[str, Any]:
        """The suggestion as commands print it."""
        return {**vars(self), "learners": list(self.learners), "names": list(self.names), "name": self.name}

    def called(self, on: date) -> str:
        """What the group is called unless somebody names it: the reason with its month."""
        return f"{self.name} {on:%B %Y}"

    def rows(self, on: date, name: str, owner: str, value: float | None = None) -> dict[str, list[dict[str, Value]]]:
        """The rows that accepting it adds: each member of the group, and the intervention with its aim."""
        members: list[dict[str, Value]] = [
            {"group": name, "learner_id": learner, "joined": on} for learner in self.learners
        ]
        one: dict[str, Value] = {
            "group": name, "type": self.kind, "reason": f"{self.reason}: {len(self.learners)} learners share it",
            "owner": owner or None, "start": on, "review_due": on + _REVIEW,
            "aim_measure": self.aim if value is not None else None, "aim_value": value,
            "subject": self.subject,
        }  # fmt: skip
        return {"Groups": members, "Interventions": [one]}


def suggestions(tracker: Tracker, on: date, among: Collection[str] | None = None) -> list[Suggestion]:
    """The groups of a day, the largest first; ``among`` are IDs in small letters, where not everybody is meant."""
    snapshot = Snapshot(tracker, on)
    shared: dict[tuple[str, str, str, str | None, float | None], set[int]] = defaultdict(set)
    for learner, reason in (*_concerns(snapshot), *_subjects(snapshot)):
        one = snapshot.learners.all[learner]
        if among is None or fold(one.learner_id) in among:
            shared[(*reason, one.year)].add(learner)
    found = [
        Suggestion(*key, tuple(snapshot.learners.all[place].learner_id for place in sorted(mine)),
                   tuple(snapshot.names[place] for place in sorted(mine)))
        for key, mine in shared.items()
        if len(mine) >= FEWEST
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-len(one.learners), one.name))


_Reason = tuple[str, str, str, str | None]


def _free(snapshot: Snapshot) -> set[int]:
    """Those here who have no support of their own or of a group."""
    return {place for place in snapshot.here if place not in snapshot.supported}


def _concerns(snapshot: Snapshot) -> Iterator[tuple[int, _Reason]]:
    free = _free(snapshot)
    for flag in found_in(snapshot).flags:
        learner = snapshot.learners.find(flag.learner_id)
        if flag.nature is Nature.CONCERN and flag.answered is None and flag.code in _SHARED and learner in free:
            yield learner, (*_SHARED[flag.code], None)


def _subjects(snapshot: Snapshot) -> Iterator[tuple[int, _Reason]]:
    """Who is below in a subject at the latest drop."""
    table, free = snapshot.tracker["Progress"], _free(snapshot)
    status = snapshot.figures["Progress"]["status"]
    for learner_id, subject, stands in zip(table["learner_id"], table["subject"], status, strict=True):
        learner = snapshot.learners.find(learner_id)
        if learner in free and word(subject) and stands == "Below":
            assert learner is not None
            yield learner, (f"Below in {word(subject)}", "Academic", "Points", word(subject))
