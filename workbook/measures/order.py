"""Whom to see first: every learner with a concern, in tiers, and the week's list of each mentor.

Three tiers. Severe absence that nobody has spoken about, or that got worse since; then conversations whose answer is
not there or no longer holds; then a look, where places are free. Within a tier those never spoken to come first, then
those whose answer has run out, then those answered but worse; more areas before fewer, lower attendance before higher,
then the Learner ID. No special need, free meal, ethnicity, sex or care counts. Evidence: docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import Any

from workbook.measures.answer import COUNTED, Answer, Memory, got_worse, holds
from workbook.measures.contacts import recorded_since
from workbook.measures.earlier import Then
from workbook.measures.flags import Flag, Found, found_in
from workbook.measures.flags_attendance import shown
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.model.rule import Figure
from workbook.model.rules import AREAS, Band, Nature
from workbook.model.settings import LIST_ORDERS

THE_RULE, MOST_REASONS, LOWEST_ATTENDANCE = LIST_ORDERS
WAITING_DAYS = 10
"""An open conversation that waits so many school days is the Head of Year's too."""


class Tier(IntEnum):
    """How soon a learner with a concern is seen."""

    SEVERE = 1
    CONVERSATION = 2
    LOOK = 3


@dataclass(frozen=True)
class Conversation:
    """A learner with a concern: the tier, the answer and what the order goes by.

    ``attendance`` is the year's so far in percent; ``waiting`` says that it has been open for two school weeks, and
    ``recorded`` whether anybody's contacts are recorded this year, without which nothing is said of having spoken.
    """

    learner: int
    learner_id: str
    mentor: str
    tier: Tier
    answer: Answer
    flags: tuple[Flag, ...]
    areas: int
    attendance: Fraction | None
    severe: bool
    waiting: bool = False
    recorded: bool = True

    @property
    def open(self) -> bool:
        """Whether somebody should see this learner now."""
        return not self.answer.holds

    def as_row(self) -> dict[str, Any]:
        """The conversation by column, as lists give it."""
        contact = self.answer.contact
        return {
            "learner_id": self.learner_id,
            "tier": self.tier.name.lower(),
            "why_now": self.why_now,
            "waiting": self.waiting,
            "for_head_of_year": self.for_head_of_year or None,
            "answered": contact.day if contact and self.answer.holds else None,
            "until": self.answer.until if self.answer.holds else None,
            "reasons": told(self.flags),
        }

    def order(self, by: str = THE_RULE) -> tuple[object, ...]:
        """What open learners are put in order by, within their tier; ``by`` is one of `LIST_ORDERS`."""
        lowest = (self.attendance is None, self.attendance or 0, self.learner_id)
        if by == MOST_REASONS:
            return (self.tier, -len(self.flags), self.learner_id)
        return (
            (self.tier, *lowest) if by == LOWEST_ATTENDANCE else (self.tier, self.answer.memory, -self.areas, *lowest)
        )

    @property
    def why_now(self) -> str:
        """Why the learner stands where they do, in words."""
        return " ".join(filter(None, (self._spoken, *self.answer.worse)))

    @property
    def reasons(self) -> str:
        """Why now and every reason, each once: what is worse or new since the contact comes first."""
        answer, codes = self.answer, {flag.code for flag in self.flags}
        more = [words for words, code in zip(answer.worse, answer.worse_in, strict=True) if code not in codes]
        flags = sorted(self.flags, key=lambda flag: flag.code not in answer.worse_in)
        return " ".join(filter(None, (self._spoken, *more, *map(self._reason, flags))))

    def _reason(self, flag: Flag) -> str:
        worse = flag.code in self.answer.worse_in
        beside = "Worse: " if worse and flag.code in COUNTED and not flag.new else "New since then: " if worse else ""
        return f"{'New: ' if flag.new else beside}{flag.reason}"

    @property
    def _spoken(self) -> str:
        memory, contact = self.answer.memory, self.answer.contact
        if memory is Memory.NEVER or contact is None:
            return "Not spoken to yet this year." if self.recorded else ""
        spoken = f"Spoken to on {contact.day.day} {contact.day:%B}"
        if memory is Memory.ANSWERED:
            end = self.answer.until
            return f"{spoken}; comes back on {end.day} {end:%B}." if end else f"{spoken}; answered for this year."
        return f"{spoken}, worse since." if memory is Memory.WORSE else f"{spoken}, and it is time to speak again."

    @property
    def for_head_of_year(self) -> str:
        """Why the Head of Year should know, in a sentence or two; empty where it is the mentor's alone."""
        if self.severe:
            return f"Severe absence: {self.where_it_stands}"
        return f"Waiting for 2 weeks. {self.why_now}" if self.waiting else ""

    @property
    def where_it_stands(self) -> str:
        """A severe absence in a line: the year's attendance, and when it was spoken about or that it was not."""
        words = f"{shown(self.attendance or Fraction(0))}%"
        if self.answer.holds and self.answer.contact:
            day, left = self.answer.contact.day, Figure(self.answer.days_left)
            back = f", comes back in {left:school day}" if self.answer.until else ""
            return f"{words}, spoken to {day.day} {day:%B}{back}."
        return " ".join(filter(None, (f"{words}.", self.why_now, "Waiting for 2 weeks." if self.waiting else "")))


def told(flags: Iterable[Flag]) -> list[dict[str, Any]]:
    """Flags as the reasons of a list: each sentence, and whether it is new."""
    return [{"reason": flag.reason, "new": flag.new} for flag in flags]


def conversations(tracker: Tracker, on: date) -> list[Conversation]:
    """Every learner with a concern: those to see in the order in which to see them, then the answered ones."""
    return conversations_of(found_in(Snapshot(tracker, on)))


def conversations_of(found: Found, by: str | None = None) -> list[Conversation]:
    """The same for flags at hand; ``by`` is one of `LIST_ORDERS`, that of Settings where it is not given."""
    by = str(found.snapshot.settings["list_order"]) if by is None else by
    concerns: dict[str, list[Flag]] = {}
    for flag in found.flags:
        if flag.nature is Nature.CONCERN:
            concerns.setdefault(flag.learner_id, []).append(flag)
    learners = found.snapshot.learners
    since = recorded_since(found.snapshot.tracker, found.snapshot.on)
    every = [
        _conversation(found, learner, answer, concerns[learners.all[learner].learner_id], since is not None)
        for learner, answer in found.answers.items()
    ]
    late = _waiting(found, [one for one in every if one.open and one.tier is not Tier.LOOK], since)
    every = [replace(one, waiting=True) if one.learner in late else one for one in every]
    return [
        *sorted((one for one in every if one.open), key=lambda one: one.order(by)),
        *sorted((one for one in every if not one.open), key=lambda one: (one.answer.until or date.max, *one.order())),
    ]


def _conversation(found: Found, learner: int, answer: Answer, flags: list[Flag], recorded: bool) -> Conversation:
    codes = {flag.code for flag in flags}
    severe = "attendance_head" in codes
    talk = any(flag.band in (Band.TALK, Band.HEAD_OF_YEAR) for flag in flags)
    urgent = severe and (answer.memory is Memory.NEVER or bool(answer.worse))
    return Conversation(
        learner,
        found.snapshot.learners.all[learner].learner_id,
        found.snapshot.learners.all[learner].mentor,
        Tier.SEVERE if urgent else Tier.CONVERSATION if talk else Tier.LOOK,
        answer,
        tuple(flags),
        sum(bool(codes & area) for area in AREAS.values()),
        found.earlier.present(learner).attendance,
        severe,
        recorded=recorded,
    )


def _waiting(found: Found, talks: Iterable[Conversation], since: date | None) -> set[int]:
    """Those open for ten school days or more, on every one of them, without a contact since.

    Nobody waits for longer than anybody's contacts have been recorded, which is ``since`` when.
    """
    snapshot = found.snapshot
    first = snapshot.calendar.days_before(snapshot.on, WAITING_DAYS)
    days = [first, *snapshot.calendar.school_days(first, snapshot.on)[1:-1]]
    if not snapshot.calendar.days or first < snapshot.calendar.days[0] or since is None or since > first:
        return set()
    left = {one.learner: one.answer for one in talks if one.answer.contact is None or one.answer.contact.day <= first}
    at_answer = found.earlier.look(
        {
            learner: answer.contact.day
            for learner, answer in left.items()
            if answer.contact and holds(snapshot, answer.contact, first)
        },
        whole=True,
    )
    for day in days:
        then = found.earlier.look(dict.fromkeys(left, day), whole=True)
        left = {
            learner: answer
            for learner, answer in left.items()
            if _was_open(snapshot, day, then[learner], answer, at_answer.get(learner))
        }
    return set(left)


def _was_open(snapshot: Snapshot, day: date, then: Then, answer: Answer, before: Then | None) -> bool:
    """Whether a conversation was already wanted on an earlier day."""
    talk = len(then.concerns) > 1 or bool({"attendance_talk", "attendance_head"} & then.concerns.keys())
    if not talk or answer.contact is None or before is None:
        return talk  # never spoken to, or the answer had run out
    return not holds(snapshot, answer.contact, day) or any(got_worse(snapshot, then, before))
