"""Flags from what is written down: incidents, contacts, targets, interventions, next steps, placements, comments.

A sheet that nobody fills in raises nothing: no data is no reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from workbook.measures.again import subjects_again
from workbook.measures.contacts import recorded_since
from workbook.measures.data_date import drop_dates
from workbook.measures.interventions import awaits_review
from workbook.measures.learners import word
from workbook.measures.levels import Assessed
from workbook.measures.next_step import is_undecided
from workbook.measures.snapshot import Raised, Rules, Snapshot, in_use, listed
from workbook.measures.targets import is_open, met_lately
from workbook.model import Tracker, Value
from workbook.model.excel import is_number, number, whole
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

PLACEMENT_CHECKS = {"health_and_safety": "health and safety", "insurance": "insurance", "consent": "consent"}
_SCHOOL_WEEK = 5
_rule = Rules[Snapshot]()


def record_flags(snapshot: Snapshot) -> Iterator[Raised]:
    """Every rule about records for every learner who is here."""
    return _rule.ask(snapshot)


def missing_checks(cells: tuple[Value, ...]) -> list[str]:
    """What a placement still lacks before it can start, of health and safety, insurance and consent."""
    return [words for words, cell in zip(PLACEMENT_CHECKS.values(), cells, strict=True) if cell is None]


@_rule
def _incidents(snapshot: Snapshot) -> Iterator[Raised]:
    limit, days = snapshot.threshold("incidents"), int(snapshot.settings["incidents_days"])
    if limit is None:
        return
    first = snapshot.calendar.days_back(snapshot.on, days)
    for learner, dates in snapshot.incidents.items():
        count = len(dates) - bisect_left(dates, first)
        if count and count >= limit:
            yield Raised(learner, "incidents", count, whole(limit), dates[-1], {"days": days})


@_rule
def _no_contact(snapshot: Snapshot) -> Iterator[Raised]:
    """School weeks since the last contact, or since the learner or the year started where there is none."""
    limit = snapshot.threshold("no_contact")
    if limit is None or recorded_since(snapshot.tracker, snapshot.on) is None:
        return
    first = snapshot.tracker.year[0] - timedelta(days=1)
    for learner in snapshot.here:
        started = snapshot.learners.all[learner].started
        since = max(snapshot.contacts.get(learner, [first])[-1], started - timedelta(days=1) if started else first)
        weeks = snapshot.calendar.days_after(since, snapshot.on) // _SCHOOL_WEEK
        if weeks and weeks >= limit:
            yield Raised(learner, "no_contact", weeks, whole(limit), snapshot.on)


def _overdue(snapshot: Snapshot, code: str, late: dict[int, list[date]]) -> Iterator[Raised]:
    """A flag for each learner with something far enough past its date; the longest overdue gives the figures."""
    limit = snapshot.threshold(code)
    for learner, dates in late.items():
        days = (snapshot.on - min(dates)).days
        if limit is not None and days > 0 and days >= limit:
            yield Raised(learner, code, days, whole(limit), min(dates))


@_rule
def _targets(snapshot: Snapshot) -> Iterator[Raised]:
    late: dict[int, list[date]] = {}
    for learner, _, due, status in snapshot.records("Targets", "due", "status"):
        day = as_date(due)
        if day and is_open(status):
            late.setdefault(learner, []).append(day)
    yield from _overdue(snapshot, "target_overdue", late)


@_rule
def _reviews(snapshot: Snapshot) -> Iterator[Raised]:
    late: dict[int, list[date]] = {}
    for learner, _, due, end, outcome in snapshot.records("Interventions", "review_due", "end", "outcome"):
        day = as_date(due)
        if day and awaits_review(end, outcome, snapshot.on):
            late.setdefault(learner, []).append(day)
    yield from _overdue(snapshot, "review_overdue", late)


@_rule
def _destinations(snapshot: Snapshot) -> Iterator[Raised]:
    """Learners of the last year without an intended destination, or undecided, once its date is past."""
    by = snapshot.threshold("no_destination")
    if by is None or snapshot.on <= by or not in_use(snapshot.tracker["Transition"]):
        return
    known = {
        learner for learner, _, wish in snapshot.records("Transition", "intended_destination") if not is_undecided(wish)
    }
    for learner in snapshot.here:
        if snapshot.learners.all[learner].year == snapshot.learners.last_year and learner not in known:
            yield Raised(learner, "no_destination", None, by, by)


@_rule
def _placements(snapshot: Snapshot) -> Iterator[Raised]:
    """A placement that starts soon while checks or consent are missing; the nearest one speaks."""
    limit = snapshot.threshold("placement_unconfirmed")
    if limit is None:
        return
    nearest: dict[int, tuple[int, list[str]]] = {}
    for learner, _, start, *cells in snapshot.records("Workexperience", "start", *PLACEMENT_CHECKS):
        day = as_date(start)
        days = (day - snapshot.on).days if day else -1
        missing = missing_checks(tuple(cells))
        if 0 <= days <= 7 * limit and missing and (learner not in nearest or days < nearest[learner][0]):
            nearest[learner] = days, missing
    for learner, (days, missing) in nearest.items():
        when = f"in {Figure(in_words(days)):day}" if days else "today"
        figures = {"when": when, "missing": listed(missing)}
        yield Raised(learner, "placement_unconfirmed", days, whole(limit), snapshot.on, figures)


@_rule
def _targets_met(snapshot: Snapshot) -> Iterator[Raised]:
    """Targets met lately, by the day of their review (or their due date, where no review is noted)."""
    limit = snapshot.threshold("target_met")
    if limit is None:
        return
    met: dict[int, list[tuple[date, str]]] = {}
    for learner, _, reviewed, due, status, words in snapshot.records("Targets", "reviewed", "due", "status", "target"):
        day = met_lately(status, reviewed, due, snapshot.on, limit)
        if day:
            met.setdefault(learner, []).append((day, word(words).rstrip(".")))
    for learner, targets in met.items():
        names = listed([words for _, words in targets])
        yield Raised(learner, "target_met", len(targets), whole(limit), max(targets)[0], {"targets": names})


@_rule
def _comments(snapshot: Snapshot) -> Iterator[Raised]:
    """Comments still missing for the latest reports that are due, in subjects that have a level for them."""
    limit = snapshot.threshold("report_missing")
    day, lacking = comments_lacking(snapshot)
    for learner, rows in lacking.items() if limit is not None else ():
        if len(rows) >= limit:
            names = listed([subject for _, subject in rows])
            yield Raised(learner, "report_missing", len(rows), whole(limit), day, {"subjects": names})


def comments_lacking(snapshot: Snapshot) -> tuple[date | None, dict[int, list[tuple[int, str]]]]:
    """When the latest reports were due, and whose comments they lack: row and subject, where there is a level."""
    due, table = latest_reports(snapshot.tracker, snapshot.on), snapshot.tracker["Progress"]
    if due is None or not in_use(table, "comment"):
        return None, {}
    drop, day = due
    assessed, again = Assessed(snapshot.tracker), subjects_again(snapshot.tracker, snapshot.learners)
    lacking: dict[int, list[tuple[int, str]]] = {}
    for learner, row, subject, level, comment in snapshot.records("Progress", "subject", f"apl_{drop}", "comment"):
        if comment is None and assessed(level) and row not in again:
            lacking.setdefault(learner, []).append((row, word(subject)))
    return day, lacking


def latest_reports(tracker: Tracker, on: date) -> tuple[int, date] | None:
    """The drop, with levels, whose reports were the last to fall due up to a day, and when that was."""
    given = drop_dates(tracker, given_only=True)
    drops = zip(tracker["Drops"]["drop"], map(as_date, tracker["Drops"]["reports_due"]), strict=True)
    due = [(day, int(number(drop))) for drop, day in drops if is_number(drop) and day and day <= on]
    latest = max((pair for pair in due if pair[1] in given), default=None)
    return (latest[1], latest[0]) if latest else None
