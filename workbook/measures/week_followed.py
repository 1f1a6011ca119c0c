"""What was begun and must be followed up until it is done: actions, comments, evidence, destinations, placements.

Sheets and columns that nobody fills in ask for nothing. A placement that has begun without its checks comes before all
else, whatever the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from workbook.measures.due import Due, item
from workbook.measures.flags_records import PLACEMENT_CHECKS, comments_lacking, missing_checks
from workbook.measures.learners import word
from workbook.measures.next_step import has_offer, is_undecided, was_declined
from workbook.measures.pd import lacking, proven, topics
from workbook.measures.snapshot import Snapshot, in_use, listed
from workbook.model.excel import fold
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

Followed = Iterator[tuple[set[int], Due]]
_WITHIN = 5
"""School days in which a restorative action should have taken place."""
_AHEAD, _CHECKS_AHEAD, _AFTER = timedelta(days=6), timedelta(days=14), timedelta(days=14)


def unchecked_placements(snapshot: Snapshot) -> Followed:
    """Placements under way without health and safety, insurance or consent; the most urgent there is."""
    for learner, row, first, last, employer, missing in _placements(snapshot):
        if first <= snapshot.on <= (last or snapshot.on) and missing:
            key = next(key for key, words in PLACEMENT_CHECKS.items() if words == missing[0])
            when = "starts today" if first == snapshot.on else "has begun"
            reason = f"Still missing: {listed(missing)}. Until it is there, the learner should not be."
            due = item(
                snapshot, "Workexperience", key, row, learner, f"Placement at {employer} {when}", snapshot.on, reason
            )
            yield {learner}, due


def followed_up(snapshot: Snapshot) -> Followed:
    """Everything else that waits to be done, each with its cell, until it is."""
    for part in (_actions, _checks, _afterwards, _evidence, _comments, _destinations):
        yield from part(snapshot)


def _late(snapshot: Snapshot, day: date) -> str:
    days = (snapshot.on - day).days
    return f"{Figure(in_words(days)):day} late." if days > 0 else "Due this week."


def _placements(snapshot: Snapshot) -> Iterator[tuple[int, int, date, date | None, str, list[str]]]:
    """Placements of this year with a first day: learner, row, first and last day, employer, what is missing."""
    keys = ("start", "end", "employer", *PLACEMENT_CHECKS)
    for learner, row, start, end, employer, *checks in snapshot.records("Workexperience", *keys):
        first = as_date(start)
        if first and first >= snapshot.tracker.year[0]:
            yield learner, row, first, as_date(end), word(employer) or "the employer", missing_checks(tuple(checks))


def _actions(snapshot: Snapshot) -> Followed:
    """Restorative actions not done, and incidents for which none was agreed."""
    if not in_use(snapshot.tracker["Behaviour"], "restorative_action"):
        return
    for learner, row, value, action, done in snapshot.records("Behaviour", "date", "restorative_action", "done"):
        day = as_date(value)
        if day is None or not snapshot.tracker.year[0] <= day <= snapshot.on or fold(word(done)) == "yes":
            continue
        due = snapshot.calendar.days_on(day, _WITHIN)
        agreed = fold(word(action)) not in ("", "none yet")
        what = f"Not yet done: {word(action).lower()}" if agreed else "Agree what puts the incident right"
        reason = f"The incident was on {day.day} {day:%B}. {_late(snapshot, due)}"
        key = "done" if agreed else "restorative_action"
        yield {learner}, item(snapshot, "Behaviour", key, row, learner, what, due, reason)


def _checks(snapshot: Snapshot) -> Followed:
    """Checks still missing two weeks before a placement starts; in its own week the start itself says so."""
    for learner, row, first, _, employer, missing in _placements(snapshot):
        if missing and snapshot.on + _AHEAD < first <= snapshot.on + _CHECKS_AHEAD + _AHEAD:
            key = next(key for key, words in PLACEMENT_CHECKS.items() if words == missing[0])
            what = f"Get {listed(missing)} for the placement at {employer}"
            reason = f"It starts on {first.day} {first:%B}."
            due = max(snapshot.on, first - _CHECKS_AHEAD)
            yield {learner}, item(snapshot, "Workexperience", key, row, learner, what, due, reason)


def _afterwards(snapshot: Snapshot) -> Followed:
    """What a placement leaves to write down: what the employer says, what the learner says."""
    table = snapshot.tracker["Workexperience"]
    asked = (
        ("employers_comment", "Ask {} how the placement went"),
        ("reflection", "Write down what the learner says of {}"),
    )
    for learner, row, _, last, employer, _ in _placements(snapshot):
        if last is None or last >= snapshot.on:
            continue
        for key, what in asked:
            if in_use(table, key) and table[key][row] is None:
                due = last + timedelta(days=7)
                reason = f"The placement ended on {last.day} {last:%B}. {_late(snapshot, due)}"
                yield {learner}, item(snapshot, "Workexperience", key, row, learner, what.format(employer), due, reason)


def _forms(snapshot: Snapshot, learners: set[int]) -> dict[str, set[int]]:
    forms: dict[str, set[int]] = {}
    for learner in sorted(learners):
        forms.setdefault(snapshot.learners.all[learner].form, set()).add(learner)
    return forms


def _evidence(snapshot: Snapshot) -> Followed:
    """Personal development: who has no evidence for a topic, from its week on until a fortnight after it."""
    if not in_use(snapshot.tracker["PDevidence"]):
        return
    known = proven(snapshot)
    for topic in topics(snapshot):
        if not snapshot.on - _AFTER <= topic.end <= snapshot.on + _AHEAD:
            continue
        for form, learners in _forms(snapshot, lacking(snapshot, topic, known)).items():
            what = f"Evidence for the topic {topic.name}"
            reason = f"{Figure(in_words(len(learners))):learner} of {form or 'no form'} without any."
            yield learners, item(snapshot, "PDtopics", "topic", topic.row, None, what, topic.end, reason)


def _comments(snapshot: Snapshot) -> Followed:
    """Comments for reports that are due or late, told once for each form, at the first that is missing."""
    due, lacking = comments_lacking(snapshot)
    if due is None or due > snapshot.on + _AHEAD:
        return
    first = {learner: min(row for row, _ in rows) for learner, rows in lacking.items()}
    for form, learners in _forms(snapshot, set(first)).items():
        row = min(first[one] for one in learners)
        count = sum(len(lacking[one]) for one in learners)
        what = f"{Figure(in_words(count)):comment} to write for {form or 'learners without a form'}"
        reason = f"For {Figure(in_words(len(learners))):learner}. {_late(snapshot, due)}"
        yield learners, item(snapshot, "Progress", "comment", row, None, what, due, reason)


def _destinations(snapshot: Snapshot) -> Followed:
    """Once destinations were due: who is undecided or was declined without a plan; an empty sheet speaks for all."""
    by = snapshot.threshold("no_destination")
    if by is None or snapshot.on <= by:
        return
    last = {one for one in snapshot.here if snapshot.learners.all[one].year == snapshot.learners.last_year}
    table = snapshot.tracker["Transition"]
    if not in_use(table):
        if last:
            reason = f"Transition is empty. {_late(snapshot, by)}"
            what = f"Next steps of {Figure(in_words(len(last))):learner} of the last year"
            yield last, item(snapshot, "Transition", "learner_id", len(table), None, what, by, reason)
        return
    keys = ("intended_destination", "offer", "back_up_plan", "applied")
    seen = set()
    for learner, row, wish, offer, plan, applied in snapshot.records("Transition", *keys):
        seen.add(learner)
        if learner not in last:
            continue
        if is_undecided(wish):
            what, key = "Find a destination together", "intended_destination"
            yield {learner}, item(snapshot, "Transition", key, row, learner, what, by, _late(snapshot, by))
        elif was_declined(offer) and not word(plan):
            what, key = "Find another way: the application was declined", "back_up_plan"
            yield {learner}, item(snapshot, "Transition", key, row, learner, what, by, _late(snapshot, by))
        elif not has_offer(offer) and not was_declined(offer):
            what = "Ask about the application" if applied is not None else "Agree when the application goes in"
            yield {learner}, item(snapshot, "Transition", "offer", row, learner, what, by, _late(snapshot, by))
    for learner in sorted(last - seen):
        what, row = "Write down the learner's next step", len(table)
        yield {learner}, item(snapshot, "Transition", "learner_id", row, learner, what, by, _late(snapshot, by))
