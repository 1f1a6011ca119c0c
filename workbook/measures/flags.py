"""Flags: who needs a look or a talk, and who deserves praise, each with its reason in words.

The rules and their words are declared in `workbook.model.rules`, the thresholds are those of the Settings sheet. No
data never raises a flag; learners who have left have none. Nothing here looks at special needs, free meals,
ethnicity, sex or care, and nothing predicts what becomes of a learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workbook.measures.answer import Answer, answers
from workbook.measures.earlier import Earlier
from workbook.measures.flags_attendance import attendance_flags
from workbook.measures.flags_progress import progress_flags
from workbook.measures.flags_records import record_flags
from workbook.measures.snapshot import Raised, Snapshot, in_use
from workbook.model import Tracker
from workbook.model.rules import BY_CODE, RULES, Band, Nature

_PLACE = {rule.code: place for place, rule in enumerate(RULES)}
_TALK_FROM = 2
_NEW_WITHIN = 5
"""A concern that was not there so many school days before is new."""


@dataclass(frozen=True)
class Flag:
    """A rule that holds for a learner, with the figure, its threshold, the day of the data and the reason in words.

    ``answered`` is the day of the contact that answers a concern (`workbook.measures.answer`), ``until`` the day on
    which it comes back; ``new`` tells a concern that was not there five school days before. Who the learner is,
    where they stand on their mentor's list and what the Head of Year should know (on the first concern) is filled in by
    `workbook.measures.flag_list`.
    """

    learner_id: str
    code: str
    band: Band
    value: float | None
    threshold: float | date | None
    data_date: date | None
    reason: str
    nature: Nature
    answered: date | None = None
    until: date | None = None
    new: bool = False
    name: str | None = None
    form: str | None = None
    mentor: str | None = None
    standing: str | None = None
    place: int | None = None
    head_of_year: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The flag by column, as commands print it."""
        return {
            "learner_id": self.learner_id,
            "code": self.code,
            "band": str(self.band),
            "value": self.value,
            "threshold": self.threshold,
            "data_date": self.data_date,
            "reason": self.reason,
            "nature": str(self.nature),
            "answered": self.answered,
            "until": self.until,
            "new": self.new,
            "name": self.name,
            "form": self.form,
            "mentor": self.mentor,
            "standing": self.standing,
            "place": self.place,
            "head_of_year": self.head_of_year,
        }


@dataclass(frozen=True)
class Count:
    """How many learners a rule marks, so that a rule that floods is seen."""

    code: str
    title: str
    nature: Nature
    flagged: int
    of: int

    @property
    def words(self) -> str:
        """Such as ``23 of 240``."""
        return f"{self.flagged} of {self.of}"


@dataclass(frozen=True)
class Found:
    """All that was found on a day: every flag, and the answer of each learner (a position) with a concern."""

    snapshot: Snapshot
    flags: list[Flag]
    answers: dict[int, Answer]
    earlier: Earlier


def flags(tracker: Tracker, on: date) -> list[Flag]:
    """Every flag on a day, in the order of the Learners sheet, the most serious rule first."""
    return flags_of(Snapshot(tracker, on))


def flags_of(snapshot: Snapshot) -> list[Flag]:
    """The same for a case at hand, which may have worked out some of it already."""
    return found_in(snapshot).flags


def found_in(snapshot: Snapshot) -> Found:
    """Every flag with its answer, worked out once for a case."""
    return snapshot.once(_found_in)


def raised_in(snapshot: Snapshot) -> dict[int, list[Raised]]:
    """The rules that hold for each learner (a position), before answers and bands; worked out once for a case."""
    return snapshot.once(_raised_in)


def _raised_in(snapshot: Snapshot) -> dict[int, list[Raised]]:
    raised: dict[int, list[Raised]] = {}
    for one in (*attendance_flags(snapshot), *progress_flags(snapshot), *record_flags(snapshot)):
        raised.setdefault(one.learner, []).append(one)
    return raised


def _found_in(snapshot: Snapshot) -> Found:
    raised = raised_in(snapshot)
    earlier = Earlier(snapshot, raised)
    answered = answers(snapshot, raised, earlier)
    before = earlier.look(dict.fromkeys(answered, snapshot.calendar.days_before(snapshot.on, _NEW_WITHIN)))
    found = []
    for learner in sorted(raised):
        mine = sorted(raised[learner], key=lambda one: _PLACE[one.code])
        flagged = [_flag(snapshot, one) for one in mine]
        if learner in answered:
            was, answer = before[learner], answered[learner]
            flagged = [_with_answer(flag, answer, not was.had(flag.code)) for flag in flagged]
        found += _in_bands(snapshot, learner, flagged)
    return Found(snapshot, found, answered, earlier)


def counts(found: Iterable[Flag], learners: int) -> list[Count]:
    """How many of ``learners`` each rule marks, in the order of the rules; those that mark nobody are left out."""
    marked: dict[str, set[str]] = {}
    for flag in found:
        marked.setdefault(flag.code, set()).add(flag.learner_id)
    return [
        Count(rule.code, rule.title, rule.nature, len(marked[rule.code]), learners)
        for rule in RULES
        if rule.code in marked
    ]


def _flag(snapshot: Snapshot, one: Raised) -> Flag:
    rule = BY_CODE[one.code]
    figures = {"value": one.value, "threshold": one.threshold} | one.figures
    return Flag(
        snapshot.learners.all[one.learner].learner_id,
        one.code,
        rule.band,
        one.value,
        one.threshold,
        one.data_date,
        rule.say(**figures),
        rule.nature,
    )


def _with_answer(flag: Flag, answer: Answer, new: bool) -> Flag:
    """A concern with what a contact says of it; other flags have their own dates."""
    if flag.nature is not Nature.CONCERN:
        return flag
    if answer.holds and answer.contact:
        return replace(flag, answered=answer.contact.day, until=answer.until, new=new)
    return replace(flag, new=new)


def _in_bands(snapshot: Snapshot, learner: int, mine: Sequence[Flag]) -> list[Flag]:
    """One concern is a look, two or more are a talk; a rule's own higher band stays."""
    concerns = [flag for flag in mine if flag.nature is Nature.CONCERN]
    several = len(concerns) >= _TALK_FROM
    banded = [replace(flag, band=Band.TALK) if several and flag.band is Band.LOOK else flag for flag in mine]
    to_talk = [flag for flag in banded if flag.band in (Band.TALK, Band.HEAD_OF_YEAR)]
    wanted = snapshot.threshold("no_intervention") == "Yes" and in_use(snapshot.tracker["Interventions"])
    if not wanted or not to_talk or learner in snapshot.supported:
        return banded
    dates = [flag.data_date for flag in concerns if flag.data_date]
    nothing = Raised(learner, "no_intervention", len(concerns), None, max(dates, default=None))
    return sorted([*banded, _flag(snapshot, nothing)], key=lambda flag: _PLACE[flag.code])
