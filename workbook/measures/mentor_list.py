"""The week's list of a mentor: so many conversations as there is room for, and the rest counted, never hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from workbook.measures.contacts import UNRECORDED
from workbook.measures.flags import Flag, Found, found_in
from workbook.measures.order import Conversation, Tier, conversations_of, told
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.rules import Nature

MOST = 20
PARTS = ("now", "looks_now", "hello", "next", "looks", "answered", "severe", "quiet", "strengths", "more_strengths")
"""What a list holds, in the order in which it is told."""


@dataclass(frozen=True)
class Noticed:
    """A learner to say something good to, or to say hello to: quiet ones have had no contact for weeks."""

    learner_id: str
    mentor: str
    flags: tuple[Flag, ...]
    quiet: bool

    def as_row(self) -> dict[str, Any]:
        """The learner by column, as lists give it."""
        return {"learner_id": self.learner_id, "quiet": self.quiet, "reasons": told(self.flags)}


One = TypeVar("One", Conversation, Noticed)


@dataclass(frozen=True)
class MentorList:
    """What a mentor sees on a Monday; every learner with a concern stands in exactly one of the first five parts.

    ``now`` are the conversations of the week and ``looks_now`` fill free places, as ``hello`` does after them (quiet
    learners without a concern); ``next`` and ``looks`` wait, ``answered`` come back by themselves. ``severe`` is
    everybody with severe absence, whichever part they stand in; ``strengths`` has as many places as the list.
    """

    mentor: str
    now: tuple[Conversation, ...]
    looks_now: tuple[Conversation, ...]
    next: tuple[Conversation, ...]
    looks: tuple[Conversation, ...]
    answered: tuple[Conversation, ...]
    severe: tuple[Conversation, ...]
    hello: tuple[Noticed, ...]
    quiet: tuple[Noticed, ...]
    strengths: tuple[Noticed, ...]
    more_strengths: tuple[Noticed, ...]
    note: str = ""
    """What all lists together have to say, such as that no contacts are recorded."""

    @property
    def line(self) -> str:
        """The first line: ``5 of 9 open; 7 answered``."""
        listed = len(self.now) + len(self.looks_now)
        waiting = listed + len(self.next) + len(self.looks)
        return f"{listed} of {waiting} open; {len(self.answered)} answered"

    @property
    def numbers(self) -> str:
        """The first line and what else waits: ``5 of 9 open; 7 answered · 4 next in line``."""
        parts = (
            (self.next, "next in line"),
            (self.looks, "only a look"),
            (self.severe, "severe absence"),
            ((*self.hello, *self.quiet), "quiet"),
            ((*self.strengths, *self.more_strengths), "to praise"),
        )
        return " · ".join([self.line, *(f"{len(part)} {words}" for part, words in parts if part)])

    @property
    def for_head_of_year(self) -> tuple[Conversation, ...]:
        """Whom the Head of Year should know of: all with severe absence, and those who wait for two weeks."""
        return (*self.severe, *(one for one in (*self.now, *self.next) if one.waiting and not one.severe))

    def as_row(self) -> dict[str, Any]:
        """The list as data: its line, and each of its parts by name, learner by learner."""
        parts: dict[str, tuple[Conversation | Noticed, ...]] = {name: getattr(self, name) for name in PARTS}
        return {"mentor": self.mentor, "line": self.line, "numbers": self.numbers, "note": self.note or None} | {
            name: [one.as_row() for one in part] for name, part in parts.items()
        }


def mentor_lists(tracker: Tracker, on: date) -> list[MentorList]:
    """The list of every mentor who has a learner, by name; learners without a mentor have one of their own."""
    return lists_of(found_in(Snapshot(tracker, on)))


def lists_of(found: Found, conversations: Sequence[Conversation] | None = None) -> list[MentorList]:
    """The same for flags at hand, and for ``conversations`` if these are known too."""
    every = conversations_of(found) if conversations is None else conversations
    strong, quiet = _noticed(found)
    names: dict[str, str] = {}
    for i in found.snapshot.here:
        mentor = found.snapshot.learners.all[i].mentor
        names.setdefault(fold(mentor), mentor)
    places = room(found.snapshot.settings)
    talks, praise, hello = _by_mentor(every), _by_mentor(strong), _by_mentor(quiet)
    lists = [
        _list(name, places, talks.get(mentor, []), praise.get(mentor, []), hello.get(mentor, []))
        for mentor, name in sorted(names.items())
    ]
    return lists if all(one.recorded for one in every) else [replace(one, note=UNRECORDED) for one in lists]


def room(settings: Mapping[str, Any]) -> int:
    """How many conversations a mentor has room for in a week, and as many strengths: 1 to 20."""
    return int(min(MOST, max(1, settings["list_length"])))


def _by_mentor(them: Iterable[One]) -> dict[str, list[One]]:
    found: dict[str, list[One]] = {}
    for one in them:
        found.setdefault(fold(one.mentor), []).append(one)
    return found


def _list(
    mentor: str, places: int, every: list[Conversation], strong: list[Noticed], quiet: list[Noticed]
) -> MentorList:
    opened = [one for one in every if one.open]
    talks = [one for one in opened if one.tier is not Tier.LOOK]
    looks = [one for one in opened if one.tier is Tier.LOOK]
    free = max(0, places - len(talks))
    left = max(0, free - len(looks))
    return MentorList(
        mentor,
        tuple(talks[:places]),
        tuple(looks[:free]),
        tuple(talks[places:]),
        tuple(looks[free:]),
        tuple(one for one in every if not one.open),
        tuple(one for one in every if one.severe),
        tuple(quiet[:left]),
        tuple(quiet[left:]),
        tuple(strong[:places]),
        tuple(strong[places:]),
    )


def _noticed(found: Found) -> tuple[list[Noticed], list[Noticed]]:
    """Learners with a strength, quiet ones first, and quiet learners without a concern, the longest quiet first."""
    mine: dict[str, list[Flag]] = {}
    for flag in found.flags:
        mine.setdefault(flag.learner_id, []).append(flag)
    mentors = {one.learner_id: one.mentor for one in found.snapshot.learners.all}
    strong: list[tuple[tuple[bool, str], Noticed]] = []
    hello: list[tuple[tuple[float, str], Noticed]] = []
    for learner, flags in mine.items():
        silence = tuple(flag for flag in flags if flag.code == "no_contact")
        strengths = tuple(flag for flag in flags if flag.nature is Nature.STRENGTH)
        if strengths:
            strong.append(((not silence, learner), Noticed(learner, mentors[learner], strengths, bool(silence))))
        if silence and not any(flag.nature is Nature.CONCERN for flag in flags):
            weeks = silence[0].value or 0
            hello.append(((-weeks, learner), Noticed(learner, mentors[learner], silence, True)))
    strong.sort(key=lambda pair: pair[0])
    hello.sort(key=lambda pair: pair[0])
    return [one for _, one in strong], [one for _, one in hello]
