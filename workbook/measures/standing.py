"""How each learner on roll stands, in the facts that a Head of Year counts, and what a group of learners adds up to.

One home for the tracker's own page (`workbook.measures.head_of_year`) and for a set of many trackers
(`workbook.gather.figures`): a set keeps these rows and only adds them up, so both give the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.measures.attendance import is_too_early
from workbook.measures.flags import Found
from workbook.measures.interventions import awaits_review, group_key
from workbook.measures.progress import progress_rows
from workbook.measures.snapshot import Snapshot
from workbook.model.excel import fold
from workbook.model.rules import Band, Nature
from workbook.model.tracker import as_date

SESSIONS = ("possible", "attended", "unauthorised")
"""What is added up of the sessions of the year to date."""

COUNTS = (
    "persistent", "severe", "with_concern", "to_talk_to", "below", "head_of_year", "below_before", "supported",
    "review_overdue",
)  # fmt: skip
"""Counts of learners. Absence is not judged before there are sessions enough; ``to_talk_to`` has a concern above a
look, ``head_of_year`` one of that band; ``below`` is Below in a subject at its latest drop, ``below_before`` was at the
latest but one; ``supported`` has an intervention in place, an own one or a group's; ``review_overdue`` awaits one."""

FIGURES = ("on_roll", *SESSIONS[:2], "attendance", "unauthorised_percent", *COUNTS)
"""The figures of a group of learners in order."""


@dataclass(frozen=True)
class Standing:
    """A learner on roll: where they belong, their sessions, and which of `COUNTS` holds."""

    learner_id: str
    form: str
    mentor: str
    year: int | None
    course: str
    possible: int
    attended: int
    unauthorised: int
    holds: frozenset[str]

    def as_row(self) -> dict[str, Any]:
        """The standing by column, with a column for each of `COUNTS`."""
        row = {key: value for key, value in vars(self).items() if key != "holds"}
        return row | {name: name in self.holds for name in COUNTS}


def standings(found: Found, levels: Sequence[dict[str, Any]] | None = None) -> list[Standing]:
    """How every learner on roll stands on the day, in the order of Learners.

    ``levels`` are the rows of `workbook.measures.progress` on that day, where they are at hand.
    """
    snapshot = found.snapshot
    tallies = snapshot.sessions.tallies()
    early = snapshot.settings["early_sessions"]
    marked = _marked(found)
    below, before = below_now_and_before(progress_rows(snapshot.tracker) if levels is None else levels)
    overdue = _overdue(snapshot)
    courses = snapshot.tracker["Learners"]["course"]
    rows = []
    for place in snapshot.here:
        one, mine = snapshot.learners.all[place], tallies[place]
        judged = bool(mine.possible) and not is_too_early(mine, early)
        key = fold(one.learner_id)
        facts = {
            "persistent": judged and mine.persistent, "severe": judged and mine.severe,
            "with_concern": key in marked["with_concern"], "to_talk_to": key in marked["to_talk_to"],
            "head_of_year": key in marked["head_of_year"], "below": key in below, "below_before": key in before,
            "supported": place in snapshot.supported, "review_overdue": place in overdue,
        }  # fmt: skip
        holds = frozenset(name for name, true in facts.items() if true)
        course = str(courses[one.row] or "").strip()
        year = None if one.year is None else int(one.year)
        rows.append(Standing(one.learner_id, one.form, one.mentor, year, course, mine.possible, mine.attended,
                             mine.unauthorised, holds))  # fmt: skip
    return rows


def _marked(found: Found) -> dict[str, set[str]]:
    marked: dict[str, set[str]] = {"with_concern": set(), "to_talk_to": set(), "head_of_year": set()}
    for flag in found.flags:
        if flag.nature is Nature.CONCERN:
            who = fold(flag.learner_id)
            marked["with_concern"].add(who)
            if flag.band is not Band.LOOK:
                marked["to_talk_to"].add(who)
            if flag.band is Band.HEAD_OF_YEAR:
                marked["head_of_year"].add(who)
    return marked


def below_now_and_before(rows: Sequence[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """Who is Below in a subject, at its latest drop, and as it was before the tracker's last drop; IDs folded.

    Where a subject has no level at the last drop, it stands as it stood before.
    """
    last = max((row["drop"] for row in rows), default=0)
    earlier = {(fold(row["learner_id"]), fold(row["subject"])): row["status"] for row in rows if row["drop"] < last}
    now = {fold(row["learner_id"]) for row in rows if row["latest"] and row["status"] == "Below"}
    return now, {who for (who, _), status in earlier.items() if status == "Below"}


def _overdue(snapshot: Snapshot) -> set[int]:
    """Who has an intervention, an own one or a group's, whose review is past its day."""
    found: set[int] = set()
    table = snapshot.tracker["Interventions"]
    keys = ("learner_id", "group", "review_due", "end", "outcome")
    for learner_id, group, due, end, outcome in zip(*(table[key] for key in keys), strict=True):
        day = as_date(due)
        if day and day < snapshot.on and awaits_review(end, outcome, snapshot.on):
            learner = snapshot.learners.find(learner_id)
            found |= snapshot.members.get(group_key(group), set()) if learner is None else {learner}
    return found


def added_up(rows: Iterable[Standing]) -> dict[str, int]:
    """What learners add up to: on_roll, the sessions, and each of `COUNTS`."""
    listed = list(rows)
    sums = {key: sum(getattr(one, key) for one in listed) for key in SESSIONS}
    return {"on_roll": len(listed), **sums, **{name: sum(name in one.holds for one in listed) for name in COUNTS}}


def figures_of(numbers: Mapping[str, int]) -> dict[str, Any]:
    """The figures of `FIGURES` from what `added_up` gives; percentages to two places, None without sessions."""
    possible = numbers["possible"]
    rates = {
        "attendance": round(100 * numbers["attended"] / possible, 2) if possible else None,
        "unauthorised_percent": round(100 * numbers["unauthorised"] / possible, 2) if possible else None,
    }
    return {key: rates[key] if key in rates else numbers[key] for key in FIGURES}


def by_group(rows: Sequence[Standing], what: str) -> dict[str, list[Standing]]:
    """Learners by form, mentor, course or year, in order; those without one stand under an empty text."""
    groups: dict[str, list[Standing]] = {}
    for one in rows:
        value = getattr(one, what)
        groups.setdefault("" if value is None else str(value), []).append(one)
    return dict(sorted(groups.items()))
