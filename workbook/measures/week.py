"""The week ahead: what is due, what is late, which marks to chase, whom to talk to, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.measures.flags import flags
from workbook.measures.flags_progress import drop_names
from workbook.measures.flags_records import PLACEMENT_CHECKS, is_open, late_review, missing_checks
from workbook.measures.learners import word
from workbook.measures.snapshot import Snapshot, listed
from workbook.measures.week_registers import marks_to_chase
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold, is_error, is_number
from workbook.model.rule import Figure, in_words
from workbook.model.rules import Band
from workbook.model.tracker import as_date

DAYS_AHEAD = 6


@dataclass(frozen=True)
class Due:
    """Something to do: where it stands, about whom (None for everyone), by when, and why."""

    sheet: str
    cell: str
    learner_id: str | None
    what: str
    due: date
    reason: str

    def as_row(self) -> dict[str, Any]:
        """The thing due by column, as commands print it."""
        return dict(vars(self))


def week(tracker: Tracker, on: date, mentor: str | None = None) -> list[Due]:
    """What is due from ``on`` to six days later, and what is late and still open, the earliest first.

    With ``mentor``: that mentor's learners and diary, and what concerns everyone. CannotDo for a mentor nobody has.
    """
    snapshot = Snapshot(tracker, on)
    mine = _mentors_learners(snapshot, mentor)
    parts: tuple[Callable[[Snapshot], Iterator[tuple[set[int] | None, Due]]], ...] = (
        _targets, _follow_ups, _interventions, _placements, _drops, _registers, _talks,
    )  # fmt: skip
    found = [due for part in parts for whom, due in part(snapshot) if whom is None or whom & mine]
    found += _diary(snapshot, mentor)
    return sorted(found, key=lambda one: (one.due, one.sheet, one.learner_id or "", one.what))


def _mentors_learners(snapshot: Snapshot, mentor: str | None) -> set[int]:
    if mentor is None:
        return set(snapshot.here)
    wanted = fold(mentor.strip())
    diary = {fold(word(name)) for name in snapshot.tracker["Diary"]["mentor"]}
    names = {learner.mentor for learner in snapshot.learners.all if learner.mentor}
    listed_names = {fold(word(name)) for name in snapshot.tracker["Lists"]["mentors"]}
    if wanted not in diary | listed_names | set(map(fold, names)):
        known = listed(sorted(names)) or "nobody yet"
        raise CannotDo(f"No learner has the mentor {mentor}: the mentors on Learners are {known}.")
    return {i for i in snapshot.here if fold(snapshot.learners.all[i].mentor) == wanted}


def _in_week(snapshot: Snapshot, day: date | None) -> bool:
    return day is not None and snapshot.on <= day <= snapshot.on + timedelta(days=DAYS_AHEAD)


def _due_or_late(snapshot: Snapshot, day: date | None) -> bool:
    """Due within the week, or late since this academic year began."""
    return day is not None and snapshot.tracker.year[0] <= day <= snapshot.on + timedelta(days=DAYS_AHEAD)


def _late(snapshot: Snapshot, day: date) -> str:
    days = (snapshot.on - day).days
    return f"{Figure(in_words(days)):day} late." if days > 0 else "Due this week."


def _item(
    snapshot: Snapshot, name: str, key: str, row: int, learner: int | None, what: str, due: date, reason: str
) -> Due:
    table = snapshot.tracker[name]
    who = None if learner is None else snapshot.learners.all[learner].learner_id
    return Due(table.sheet.name, table.cell(key, row), who, what, due, reason)


def _targets(snapshot: Snapshot) -> Iterator[tuple[set[int], Due]]:
    for learner, row, due, status, target in snapshot.records("Targets", "due", "status", "target"):
        day = as_date(due)
        if day and _due_or_late(snapshot, day) and is_open(status):
            what = f"Look at the target: {word(target)}"
            yield {learner}, _item(snapshot, "Targets", "due", row, learner, what, day, _late(snapshot, day))


def _follow_ups(snapshot: Snapshot) -> Iterator[tuple[set[int], Due]]:
    for learner, row, due, done, with_, why in snapshot.records("Contacts", "follow_up_due", "done", "with", "why"):
        day = as_date(due)
        if day and _due_or_late(snapshot, day) and fold(word(done)) != "yes":
            about = f" about {word(why).lower()}" if word(why) else ""
            who = word(with_).lower() or "them"
            what = f"Follow up with {who}{about}"
            yield {learner}, _item(snapshot, "Contacts", "follow_up_due", row, learner, what, day, _late(snapshot, day))


def _interventions(snapshot: Snapshot) -> Iterator[tuple[set[int] | None, Due]]:
    table = snapshot.tracker["Interventions"]
    keys = ("learner_id", "group", "type", "review_due", "end", "outcome")
    for row, (value, group, kind, due, end, outcome) in enumerate(zip(*(table[key] for key in keys), strict=True)):
        day, learner = as_date(due), snapshot.learners.find(value)
        if day is None or not _due_or_late(snapshot, day) or not late_review(end, outcome, snapshot.on):
            continue
        if learner is None and not word(group):
            continue
        whom = snapshot.members.get(fold(word(group))) if learner is None else {learner}
        about = f" of {word(group)}" if learner is None else ""
        what = f"Review the intervention{about}: {word(kind).lower()}"
        yield whom, _item(snapshot, "Interventions", "review_due", row, learner, what, day, _late(snapshot, day))


def _placements(snapshot: Snapshot) -> Iterator[tuple[set[int], Due]]:
    keys = ("visit", "start", "end", "employer", *PLACEMENT_CHECKS)
    for learner, row, visit, start, end, employer, *checks in snapshot.records("Workexperience", *keys):
        name, first, last = word(employer) or "the placement", as_date(start), as_date(end)

        def item(
            key: str, what: str, due: date, reason: str, learner: int = learner, row: int = row
        ) -> tuple[set[int], Due]:
            return {learner}, _item(snapshot, "Workexperience", key, row, learner, what, due, reason)

        visited, missing = as_date(visit), missing_checks(tuple(checks))
        if visited and _in_week(snapshot, visited):
            yield item("visit", f"Visit {name}", visited, "A placement visit.")
        if first and _in_week(snapshot, first):
            reason = f"Still missing: {listed(missing)}." if missing else "All checks are in."
            yield item("start", f"Placement starts at {name}", first, reason)
        elif first and last and first < snapshot.on <= last and visited is None and not is_error(visit):
            yield item("visit", f"Arrange a visit to {name}", last, "The placement is under way without a visit.")


def _drops(snapshot: Snapshot) -> Iterator[tuple[None, Due]]:
    """Data drops, reports and Progress Days of the week; they concern everyone."""
    table, names = snapshot.tracker["Drops"], drop_names(snapshot.tracker)
    kinds = (
        ("date", "Levels and effort for {}", "The data drop."),
        ("reports_due", "Comments for the reports of {}", "Reports are due."),
        ("progress_day", "Progress Day after {}", "Packs and slots should be ready."),
    )
    for key, what, reason in kinds:
        for row, (drop, value) in enumerate(zip(table["drop"], table[key], strict=True)):
            day = as_date(value)
            if day and _in_week(snapshot, day):
                name = names.get(int(drop), "") if is_number(drop) else ""  # type: ignore[arg-type]
                title = what.format(name or word(table["name"][row]) or "the next drop")
                yield None, _item(snapshot, "Drops", key, row, None, title, day, reason)


def _registers(snapshot: Snapshot) -> Iterator[tuple[set[int], Due]]:
    for learner, row, key, what, day, reason in marks_to_chase(snapshot):
        yield {learner}, _item(snapshot, "Registers", key, row, learner, what, day, reason)


def _talks(snapshot: Snapshot) -> Iterator[tuple[set[int], Due]]:
    """Learners to talk to whose flags have no answer yet."""
    reasons: dict[str, list[str]] = {}
    heads: set[str] = set()
    for flag in flags(snapshot.tracker, snapshot.on):
        if flag.band in (Band.TALK, Band.HEAD_OF_YEAR) and flag.answered is None:
            reasons.setdefault(flag.learner_id, []).append(flag.reason)
            heads |= {flag.learner_id} if flag.band is Band.HEAD_OF_YEAR else set()
    for learner in snapshot.here:
        one = snapshot.learners.all[learner]
        if one.learner_id in reasons:
            what = "Talk with the learner" + (" and the Head of Year" if one.learner_id in heads else "")
            reason = " ".join(reasons[one.learner_id])
            yield {learner}, _item(snapshot, "Learners", "learner_id", one.row, learner, what, snapshot.on, reason)


def _diary(snapshot: Snapshot, mentor: str | None) -> Iterator[Due]:
    table = snapshot.tracker["Diary"]
    rows = zip(*(table[key] for key in ("date", "time", "type", "what", "where", "mentor", "done")), strict=True)
    for row, (value, time, kind, what, where, whose, done) in enumerate(rows):
        day = as_date(value)
        other = mentor is not None and word(whose) and fold(word(whose)) != fold(mentor.strip())
        if day and _in_week(snapshot, day) and not other and fold(word(done)) != "yes":
            place = ", ".join(part for part in (_clock(time), word(where)) if part)
            reason = f"{word(kind)}{f' ({place})' if place else ''}."
            yield _item(snapshot, "Diary", "date", row, None, word(what), day, reason)


def _clock(value: Any) -> str:
    """A time as typed, or as Excel keeps it: a part of a day."""
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return word(value)
