"""What answers a concern, how long the answer holds, and what ends it early.

The last contact up to the day answers everything there was, of whatever kind: what was seen stays seen. It holds for
as many school weeks as the setting says, or to a later follow-up that its row names, eight school weeks at most.
It ends early where things got worse since; figures for the day of the answer come from the data of that day or
before, by the settings of now. Why four weeks and why these signs: docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from workbook.measures.contacts import contact_day
from workbook.measures.earlier import Earlier, Then
from workbook.measures.flags_attendance import TIERS, falls, shown
from workbook.measures.learners import word
from workbook.measures.snapshot import Raised, Snapshot
from workbook.model.rule import Figure, in_words
from workbook.model.rules import BY_CODE, Nature
from workbook.model.tracker import as_date

LONGEST_WEEKS = 8
ATTENDANCE_YEAR = "attendance_year"
"""What got worse where the year's attendance fell; no rule says that."""
SCHOOL_WEEK = 5
_LIGHT = ("attendance_look", "lates")
COUNTED = {
    "progress_below": "Below in {0:subject} instead of {1}.",
    "effort_lowest": "Effort at the lowest level in {0:subject} instead of {1}.",
    "incidents": "{0:incident} instead of {1}.",
}
_TIER_WORDS = {"attendance_talk": "Absence is persistent now.", "attendance_head": "Absence is severe now."}


class Memory(IntEnum):
    """How a learner stands with contacts, in the order in which they are seen."""

    NEVER = 0
    RUN_OUT = 1
    WORSE = 2
    ANSWERED = 3


@dataclass(frozen=True)
class Contact:
    """A learner's last contact of the year: its day, its place on Contacts, and what was noted."""

    row: int
    day: date
    with_: str
    why: str
    summary: str
    follow_up: date | None


@dataclass(frozen=True)
class Answer:
    """How a learner with a concern stands: the last contact, and for how long it answers.

    ``until`` is the day on which the learner comes back (None without a contact), ``days_left`` the school days to
    it; ``worse`` says in words what got worse since the contact, whether or not the answer has run out, and
    ``worse_in`` which rule each of these sentences is about (`ATTENDANCE_YEAR` is none).
    """

    memory: Memory
    contact: Contact | None = None
    until: date | None = None
    days_left: int = 0
    worse: tuple[str, ...] = ()
    worse_in: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the concern is answered."""
        return self.memory is Memory.ANSWERED


def last_contacts(snapshot: Snapshot) -> dict[int, Contact]:
    """The last contact of this academic year up to the day, by learner; of several on a day the lowest row counts."""
    found: dict[int, Contact] = {}
    keys = ("date", "with", "why", "summary", "follow_up_due")
    for learner, row, value, with_, why, summary, due in snapshot.records("Contacts", *keys):
        day = contact_day(value, snapshot.tracker.year, snapshot.on)
        if day is None:
            continue
        if learner not in found or day >= found[learner].day:
            found[learner] = Contact(row, day, word(with_), word(why), word(summary), as_date(due))
    return found


def ends(snapshot: Snapshot, contact: Contact) -> date | None:
    """The first day on which a contact answers no longer; None where the year ends before.

    A follow-up later than the usual time puts the end off, to eight school weeks at most; an earlier one is due by
    itself and does not call the conversation back.
    """
    weeks = min(LONGEST_WEEKS, max(1, snapshot.settings["answer_weeks"]))
    usual, due = _after(snapshot, contact.day, weeks), contact.follow_up
    if usual is None or due is None or due <= usual:
        return usual
    longest = _after(snapshot, contact.day, LONGEST_WEEKS)
    return due if longest is None else min(due, longest)


def _after(snapshot: Snapshot, day: date, weeks: float) -> date | None:
    """The day that lies so many school weeks of five days after another; holidays do not count."""
    days = -int(-weeks * SCHOOL_WEEK // 1)
    on = snapshot.calendar.days_on(day, days)
    return on if snapshot.calendar.days_after(day, on) >= days else None


def holds(snapshot: Snapshot, contact: Contact, on: date) -> bool:
    """Whether a contact still answers on a day, were nothing to get worse."""
    end = ends(snapshot, contact)
    return end is None or on < end


def answers(snapshot: Snapshot, raised: Mapping[int, Iterable[Raised]], earlier: Earlier) -> dict[int, Answer]:
    """How each learner with a concern stands with contacts."""
    concerned = {
        learner: {one.code for one in mine if BY_CODE[one.code].nature is Nature.CONCERN}
        for learner, mine in raised.items()
    }
    contacts = last_contacts(snapshot)
    then = earlier.look(
        {
            learner: contacts[learner].day
            for learner, codes in concerned.items()
            if codes
            and learner in contacts
            and ("attendance_head" in codes or holds(snapshot, contacts[learner], snapshot.on))
        }
    )
    found: dict[int, Answer] = {}
    for learner, codes in concerned.items():
        contact = contacts.get(learner)
        if not codes or contact is None:
            if codes:
                found[learner] = Answer(Memory.NEVER)
            continue
        end = ends(snapshot, contact)
        worse = tuple(_worse(snapshot, earlier.present(learner), then[learner])) if learner in then else ()
        memory = Memory.RUN_OUT if end and end <= snapshot.on else Memory.WORSE if worse else Memory.ANSWERED
        left = snapshot.calendar.days_after(snapshot.on, end) if end else 0
        said, about = tuple(words for _, words in worse), tuple(code for code, _ in worse)
        found[learner] = Answer(memory, contact, end, left, said, about)
    return found


def got_worse(snapshot: Snapshot, now: Then, then: Then) -> Iterator[str]:
    """What is worse than it was, in words; nothing where nothing is."""
    yield from (words for _, words in _worse(snapshot, now, then))


def _worse(snapshot: Snapshot, now: Then, then: Then) -> Iterator[tuple[str, str]]:
    """The same with the rule that each sentence is about."""
    for code, value in now.concerns.items():
        if code in TIERS:
            if code not in _LIGHT and not then.reached(code):
                yield code, _TIER_WORDS[code]
        elif code not in _LIGHT and code not in then.concerns:
            yield code, f"New: {BY_CODE[code].title.lower()}."
        elif code in COUNTED and (value or 0) > (then.concerns[code] or 0):
            yield code, COUNTED[code].format(*(Figure(in_words(one)) for one in (value, then.concerns[code])))
    limit, before, after = snapshot.settings["attendance_fall"], then.attendance, now.attendance
    if then.judged and now.judged and before is not None and after is not None and falls(before - after, limit):
        yield ATTENDANCE_YEAR, f"Attendance this year went from {shown(before)}% to {shown(after)}%."
