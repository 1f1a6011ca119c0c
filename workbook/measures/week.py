"""The week: what is owed and whom to see, what the first two days need at the head, each with its cell.

After that comes what is overdue, the latest first, then the rest of the week by date. A mentor's list of
conversations stands at the head in the order in which to see people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from workbook.measures.answer import Contact
from workbook.measures.due import Due, Part, item
from workbook.measures.flags import Found, found_in
from workbook.measures.mentor_list import MentorList, Noticed, lists_of
from workbook.measures.order import Conversation, Tier
from workbook.measures.past import kept_too_long
from workbook.measures.snapshot import Snapshot, listed
from workbook.measures.week_followed import followed_up, unchecked_placements
from workbook.measures.week_records import Owed, diary_due, records_due
from workbook.measures.week_registers import marks_to_chase, registers_never_taken
from workbook.model import CannotDo, Tracker
from workbook.model.choices import on_lists
from workbook.model.excel import fold, seen
from workbook.model.rules import BY_CODE

__all__ = ["Due", "week", "week_of"]
FOLLOWED = "Keep to what was agreed; say at once if it does not hold."
SHARED_OUT = "Agree with the Head of Year who speaks with the learner, and when."
_SHARED = 3
"""The same mark missing for so many, and for most of a mentor's learners in a form, is told once."""


def week(tracker: Tracker, on: date, mentor: str | None = None, among: Collection[str] | None = None) -> list[Due]:
    """What is due from ``on`` to six days later, what is late and still open, and whom to see, in order.

    With ``mentor``: that mentor's learners and diary, and what concerns everyone. ``among`` keeps to learners by ID.
    CannotDo for a mentor nobody has.
    """
    return week_of(found_in(Snapshot(tracker, on)), mentor, among)


def week_of(
    found: Found,
    mentor: str | None = None,
    among: Collection[str] | None = None,
    lists: Sequence[MentorList] | None = None,
) -> list[Due]:
    """The same for flags at hand, and for the mentors' ``lists`` if these are known too."""
    snapshot = found.snapshot
    mine = _mentors_learners(snapshot, mentor)
    if among is not None:
        wanted = set(map(fold, among))
        mine = {i for i in mine if fold(snapshot.learners.all[i].learner_id) in wanted}
    parts = (records_due(snapshot), followed_up(snapshot), _registers(snapshot))
    owed = [due for part in parts for whom, due in part if whom is None or whom & mine]
    if among is None:
        owed += diary_due(snapshot, mentor)
        owed += [due for _, due in kept_too_long(snapshot)]
    every = lists_of(found) if lists is None else lists
    own = [one for one in every if mentor is None or fold(one.mentor) == fold(seen(mentor))]
    talks = [due for whom, due in (*_talks(found, own), *_for_head_of_year(found, own)) if whom is None or whom & mine]
    praise = [due for whom, due in _praise(found, own) if whom is None or whom & mine]
    second = _second_day(snapshot)
    placed = [replace(one, part=_part(one.due, snapshot.on, second)) for one in owed]
    unsafe = [due for whom, due in unchecked_placements(snapshot) if whom & mine]
    return [
        *(replace(one, part=Part.FIRST) for one in (*unsafe, *talks)),
        *sorted((one for one in placed if one.part is Part.FIRST), key=_order),
        *(replace(one, part=Part.PRAISE) for one in praise),
        *sorted(
            (one for one in placed if one.part is Part.OVERDUE),
            key=lambda one: (-one.due.toordinal(), *_order(one)[1:]),
        ),
        *sorted((one for one in placed if one.part is Part.LATER), key=_order),
    ]


def _order(one: Due) -> tuple[date, str, str, str]:
    return one.due, one.sheet, one.learner_id or "", one.what


def _second_day(snapshot: Snapshot) -> date:
    """The second school day from the day on; the day after where there is no school."""
    ahead = snapshot.calendar.school_days(snapshot.on, snapshot.on + timedelta(days=6))
    return ahead[1] if len(ahead) > 1 else snapshot.on + timedelta(days=1)


def _part(due: date, on: date, second: date) -> Part:
    return Part.OVERDUE if due < on else Part.FIRST if due <= second else Part.LATER


def _mentors_learners(snapshot: Snapshot, mentor: str | None) -> set[int]:
    if mentor is None:
        return set(snapshot.here)
    wanted = fold(seen(mentor))
    diary = {fold(seen(name)) for name in snapshot.tracker["Diary"]["mentor"]}
    names = {learner.mentor for learner in snapshot.learners.all if learner.mentor}
    listed_names = {fold(seen(name)) for name in on_lists(snapshot.tracker, "Mentors")}
    if wanted not in diary | listed_names | set(map(fold, names)):
        known = listed(sorted(names)) or "nobody yet"
        raise CannotDo(f"No learner has the mentor {mentor}: the mentors on Learners are {known}.")
    return {i for i in snapshot.here if fold(snapshot.learners.all[i].mentor) == wanted}


def _registers(snapshot: Snapshot) -> Owed:
    for learners, row, key, what, day, reason in registers_never_taken(snapshot):
        yield learners, item(snapshot, "Registers", key, row, None, what, day, reason)
    chased = [(item(snapshot, "Registers", key, row, learner, what, day, reason), learner)
              for learner, row, key, what, day, reason in marks_to_chase(snapshot)]  # fmt: skip
    together = Counter(map(_alike, (due for due, _ in chased)))
    of_all = Counter(
        (fold(one.form), fold(one.mentor)) for one in map(snapshot.learners.all.__getitem__, snapshot.here)
    )
    shared: dict[tuple[str, ...], list[tuple[Due, int]]] = {}
    for due, learner in chased:
        alike = _alike(due)
        if together[alike] < _SHARED or 2 * together[alike] <= of_all[alike[:2]]:
            yield {learner}, due
        else:
            shared.setdefault(alike, []).append((due, learner))
    yield from map(_for_the_form, shared.values())


def _alike(due: Due) -> tuple[str, str, str, str]:
    return fold(due.form or ""), fold(due.mentor or ""), due.what, due.reason


def _for_the_form(dues: list[tuple[Due, int]]) -> tuple[set[int], Due]:
    """One thing to do instead of the same for most of a form: a register that was half taken, or imported for some."""
    first, names = dues[0][0], [due.name or "" for due, _ in dues]
    who = f"{', '.join(names[:_SHARED])} and {len(names) - _SHARED} more" if len(names) > _SHARED else listed(names)
    what = f"{first.what} for {len(names)} learners{f' of {first.form}' if first.form else ''}"
    told = replace(
        first, what=what, reason=f"{first.reason} {who}.", learner_id=None, name=None, form=None, mentor=None
    )
    return {learner for _, learner in dues}, told


def _talks(found: Found, lists: Sequence[MentorList]) -> Owed:
    """The lists of the week: conversations, then looks and quiet learners where places are free."""
    for mine in lists:
        for one in (*mine.now, *mine.looks_now):
            yield {one.learner}, conversation_due(found, one)
        for quiet in mine.hello:
            yield _noticed(found, quiet, "Say hello")


def _for_head_of_year(found: Found, lists: Sequence[MentorList]) -> Owed:
    """Whom the Head of Year should know of and who is not on the week's list: none of them is ever out of sight."""
    for mine in lists:
        shown = {one.learner for one in mine.now}
        for one in (one for one in mine.for_head_of_year if one.learner not in shown):
            row = found.snapshot.learners.all[one.learner].row
            due = item(found.snapshot, "Learners", "learner_id", row, one.learner, "For the Head of Year",
                       found.snapshot.on, one.for_head_of_year)  # fmt: skip
            step = FOLLOWED if one.answer.holds else BY_CODE["attendance_head"].do if one.severe else SHARED_OUT
            yield {one.learner}, replace(due, last_contact=in_a_line(one.answer.contact), next_step=step)


def _praise(found: Found, lists: Sequence[MentorList]) -> Owed:
    """The lists of strengths, with as many places as the week's, quiet learners first."""
    return (_noticed(found, one, "Say what went well") for mine in lists for one in mine.strengths)


def _noticed(found: Found, one: Noticed, what: str) -> tuple[set[int], Due]:
    learner, snapshot = found.snapshot.learners.by_id[fold(one.learner_id)], found.snapshot
    row, reason = snapshot.learners.all[learner].row, " ".join(flag.reason for flag in one.flags)
    due = item(snapshot, "Learners", "learner_id", row, learner, what, snapshot.on, reason)
    return {learner}, replace(due, next_step=BY_CODE[one.flags[0].code].do)


def conversation_due(found: Found, one: Conversation) -> Due:
    """A conversation as a thing to do: why now, what is new, what was last agreed, and a next step."""
    snapshot = found.snapshot
    whom = " and the Head of Year" if one.severe and one.tier is Tier.SEVERE else ""
    what = "Look at how the learner is doing" if one.tier is Tier.LOOK else f"Talk with the learner{whom}"
    waiting = " Waiting for 2 weeks: tell the Head of Year." if one.waiting else ""
    row = snapshot.learners.all[one.learner].row
    reason = one.reasons + waiting
    due = item(snapshot, "Learners", "learner_id", row, one.learner, what, snapshot.on, reason)
    return replace(due, last_contact=in_a_line(one.answer.contact), next_step=BY_CODE[one.flags[0].code].do)


def in_a_line(contact: Contact | None) -> str | None:
    """The last contact in a line: the day, with whom, what about, and what was agreed."""
    if contact is None:
        return None
    about = ", ".join(part for part in (contact.with_, contact.why) if part)
    agreed = f": {contact.summary}" if contact.summary else ""
    return (
        f"{contact.day.day} {contact.day:%B}, {about}{agreed}"
        if about
        else f"{contact.day.day} {contact.day:%B}{agreed}"
    )
