"""What mentors wrote down and owe: targets, follow-ups, reviews, placements, drops, the diary, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from workbook.measures.data_date import drop_names
from workbook.measures.due import Due, item
from workbook.measures.flags_records import PLACEMENT_CHECKS, missing_checks
from workbook.measures.interventions import awaits_review, group_key, group_name
from workbook.measures.learners import word
from workbook.measures.snapshot import Snapshot, listed
from workbook.measures.targets import is_open
from workbook.model.excel import fold, is_error, is_number, is_yes
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

DAYS_AHEAD = 6

Owed = Iterator[tuple[set[int] | None, Due]]
"""Things due, each with the learners it concerns; None is everybody."""


def records_due(snapshot: Snapshot) -> Owed:
    """Everything owed on the sheets about learners, and the drops of the week."""
    for part in (_targets, _follow_ups, _interventions, _placements, _drops):
        yield from part(snapshot)


def _in_week(snapshot: Snapshot, day: date | None) -> bool:
    return day is not None and snapshot.on <= day <= snapshot.on + timedelta(days=DAYS_AHEAD)


def _due_or_late(snapshot: Snapshot, day: date | None) -> bool:
    """Due within the week, or late since this academic year began."""
    return day is not None and snapshot.tracker.year[0] <= day <= snapshot.on + timedelta(days=DAYS_AHEAD)


def _late(snapshot: Snapshot, day: date) -> str:
    days = (snapshot.on - day).days
    return f"{Figure(in_words(days)):day} late." if days > 0 else "Due this week."


def _targets(snapshot: Snapshot) -> Owed:
    for learner, row, due, status, target in snapshot.records("Targets", "due", "status", "target"):
        day = as_date(due)
        if day and _due_or_late(snapshot, day) and is_open(status):
            what = f"Look at the target: {word(target)}"
            yield {learner}, item(snapshot, "Targets", "due", row, learner, what, day, _late(snapshot, day))


def _follow_ups(snapshot: Snapshot) -> Owed:
    for learner, row, due, done, with_, why in snapshot.records("Contacts", "follow_up_due", "done", "with", "why"):
        day = as_date(due)
        if day and _due_or_late(snapshot, day) and not is_yes(done):
            about = f" about {word(why).lower()}" if word(why) else ""
            who = word(with_).lower() or "them"
            what = f"Follow up with {who}{about}"
            yield {learner}, item(snapshot, "Contacts", "follow_up_due", row, learner, what, day, _late(snapshot, day))


def _interventions(snapshot: Snapshot) -> Owed:
    table = snapshot.tracker["Interventions"]
    keys = ("learner_id", "group", "type", "review_due", "end", "outcome")
    for row, (value, group, kind, due, end, outcome) in enumerate(zip(*(table[key] for key in keys), strict=True)):
        day, learner = as_date(due), snapshot.learners.find(value)
        if day is None or not _due_or_late(snapshot, day) or not awaits_review(end, outcome, snapshot.on):
            continue
        if learner is None and not group_key(group):
            continue
        whom = snapshot.members.get(group_key(group)) if learner is None else {learner}
        about = f" of {group_name(group)}" if learner is None else ""
        what = f"Review the intervention{about}: {word(kind).lower()}"
        yield whom, item(snapshot, "Interventions", "review_due", row, learner, what, day, _late(snapshot, day))


def _placements(snapshot: Snapshot) -> Owed:
    keys = ("visit", "start", "end", "employer", *PLACEMENT_CHECKS)
    for learner, row, visit, start, end, employer, *checks in snapshot.records("Workexperience", *keys):
        name, first, last = word(employer) or "the placement", as_date(start), as_date(end)

        def owed(
            key: str, what: str, due: date, reason: str, learner: int = learner, row: int = row
        ) -> tuple[set[int], Due]:
            return {learner}, item(snapshot, "Workexperience", key, row, learner, what, due, reason)

        visited, missing = as_date(visit), missing_checks(tuple(checks))
        if visited and _in_week(snapshot, visited):
            yield owed("visit", f"Visit {name}", visited, "A placement visit.")
        if first and _in_week(snapshot, first) and not (missing and first == snapshot.on):
            reason = f"Still missing: {listed(missing)}." if missing else "All checks are in."
            yield owed("start", f"Placement starts at {name}", first, reason)
        elif first and last and first < snapshot.on <= last and visited is None and not is_error(visit):
            yield owed("visit", f"Arrange a visit to {name}", last, "The placement is under way without a visit.")


def _drops(snapshot: Snapshot) -> Owed:
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
                yield None, item(snapshot, "Drops", key, row, None, title, day, reason)


def diary_due(snapshot: Snapshot, mentor: str | None) -> Iterator[Due]:
    """The diary until it is done: a mentor's own entries and everybody's."""
    table = snapshot.tracker["Diary"]
    rows = zip(*(table[key] for key in ("date", "time", "type", "what", "where", "mentor", "done")), strict=True)
    for row, (value, time, kind, what, where, whose, done) in enumerate(rows):
        day = as_date(value)
        other = mentor is not None and word(whose) and fold(word(whose)) != fold(mentor.strip())
        if day and _due_or_late(snapshot, day) and not other and not is_yes(done):
            place = ", ".join(part for part in (_clock(time), word(where)) if part)
            late = f" {_late(snapshot, day)}" if day < snapshot.on else ""
            reason = f"{word(kind)}{f' ({place})' if place else ''}.{late}"
            yield item(snapshot, "Diary", "date", row, None, word(what), day, reason)


def _clock(value: Any) -> str:
    """A time as typed, or as Excel keeps it: a part of a day."""
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return word(value)
