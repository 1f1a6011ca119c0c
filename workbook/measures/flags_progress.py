"""Flags about levels, effort and comments.

How things stand is read from the latest known level or effort of each subject; what rose or fell only from subjects
that have one at the learner's latest drop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.data_date import drop_dates, drop_names
from workbook.measures.effort import EFFORT_KEYS, EffortOrder, lowest_order
from workbook.measures.learners import word
from workbook.measures.levels import Assessed
from workbook.measures.snapshot import Raised, Snapshot, in_use, listed
from workbook.model import Tracker
from workbook.model.excel import fold, is_number, is_yes, number, whole
from workbook.model.formulas import DROPS
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date


@dataclass(slots=True)
class _Subject:
    """A learner in a subject, as the rules see it; figures are None where not known."""

    name: str
    core: bool
    drop: int
    status: str
    gap: float | None
    change: float
    points: list[float | None]
    effort_drop: int
    effort: float | None
    effort_change: float


def progress_flags(snapshot: Snapshot) -> Iterator[Raised]:
    """Every rule about levels and effort for every learner with any, and about comments for reports."""
    days, names = drop_dates(snapshot.tracker), drop_names(snapshot.tracker)
    lowest = lowest_order(snapshot.tracker)
    for learner, subjects in _subjects(snapshot).items():
        yield from _standing(snapshot, learner, subjects, days)
        yield from _low(snapshot, learner, subjects, days, names)
        yield from _moved(snapshot, learner, subjects, days)
        yield from _effort(snapshot, learner, subjects, days, lowest)
    yield from _comments(snapshot)


def _subjects(snapshot: Snapshot) -> dict[int, list[_Subject]]:
    """The subjects of each learner who is here; of two rows for the same subject the first one counts."""
    done = snapshot.figures
    figures: dict[str, list[Any]] = dict(done["Progress"])
    assessed, order = Assessed(snapshot.tracker), EffortOrder(snapshot.tracker, done["Effort"]["key"])
    subjects = snapshot.tracker["Subjects"]
    core = {
        fold(word(name)) for name, chosen in zip(subjects["subject"], subjects["core"], strict=True) if is_yes(chosen)
    }
    points = list(zip(*(figures[f"points_{drop}"] for drop in DROPS), strict=True))
    found: dict[int, dict[str, _Subject]] = {}
    for learner, i, name, *efforts in snapshot.records("Progress", "subject", *EFFORT_KEYS):
        key, latest = fold(word(name)), assessed.latest(efforts)
        if key in found.setdefault(learner, {}):
            continue
        found[learner][key] = _Subject(
            name=word(name),
            core=key in core,
            drop=figures["drop"][i] or 0,
            status=figures["status"][i] or "",
            gap=figures["gap"][i],
            change=figures["change"][i] or 0,
            points=list(points[i]),
            effort_drop=latest or 0,
            effort=order(efforts[latest - 1]) if latest else None,
            effort_change=figures["effort_change"][i] or 0,
        )
    return {learner: list(known.values()) for learner, known in found.items()}


def _standing(snapshot: Snapshot, learner: int, subjects: list[_Subject], days: dict[int, date]) -> Iterator[Raised]:
    """Below in several subjects, or in a core subject."""
    below = [one for one in subjects if one.status == "Below"]
    yield from _several(snapshot, learner, "progress_below", below, days)
    limit = snapshot.threshold("core_below")
    core = [one for one in subjects if one.core and one.drop and one.gap is not None]
    short = [(one, -one.gap) for one in core if one.gap is not None and limit is not None and 0 < -one.gap >= limit]
    if short:
        words = [f"{one.name} by {Figure(in_words(gap)):point}" for one, gap in short]
        value, day = max(gap for _, gap in short), days.get(max(one.drop for one, _ in short))
        yield Raised(learner, "core_below", whole(value), whole(limit), day, {"subjects": listed(words)})


def _moved(snapshot: Snapshot, learner: int, subjects: list[_Subject], days: dict[int, date]) -> Iterator[Raised]:
    """Levels that fell or rose at the latest drop, and effort that did."""
    drop = max((one.drop for one in subjects), default=0)
    at_drop = [one for one in subjects if one.drop == drop]
    yield from _several(snapshot, learner, "progress_fell", [one for one in at_drop if one.change < 0], days)
    yield from _several(snapshot, learner, "improved", [one for one in at_drop if one.change > 0], days)
    drop = max((one.effort_drop for one in subjects), default=0)
    at_drop = [one for one in subjects if one.effort_drop == drop]
    fell = [one for one in at_drop if one.effort_change < 0]
    rose = [one for one in at_drop if one.effort_change > 0]
    yield from _several(snapshot, learner, "effort_dropped", fell, days, effort=True)
    yield from _several(snapshot, learner, "effort_up", rose, days, effort=True)


def _effort(
    snapshot: Snapshot, learner: int, subjects: list[_Subject], days: dict[int, date], lowest: float | None
) -> Iterator[Raised]:
    """Effort at the lowest order there is; with a single order there is no lowest."""
    low = [one for one in subjects if lowest is not None and one.effort == lowest]
    yield from _several(snapshot, learner, "effort_lowest", low, days, effort=True)


def _several(
    snapshot: Snapshot, learner: int, code: str, subjects: list[_Subject], days: dict[int, date], effort: bool = False
) -> Iterator[Raised]:
    """A flag where enough subjects are concerned, dated by the latest drop among them."""
    limit = snapshot.threshold(code)
    if limit is None or not subjects or len(subjects) < limit:
        return
    drop = max(one.effort_drop if effort else one.drop for one in subjects)
    names = listed([one.name for one in subjects])
    yield Raised(learner, code, len(subjects), whole(limit), days.get(drop), {"subjects": names})


def _low(
    snapshot: Snapshot, learner: int, subjects: list[_Subject], days: dict[int, date], names: dict[int, str]
) -> Iterator[Raised]:
    """Levels worth less than the line that the Settings sheet draws, at its drop or at the latest."""
    limit, chosen = snapshot.threshold("low_level"), snapshot.settings["low_level_drop"]
    if limit is None:
        return
    low: list[tuple[_Subject, float, int]] = []
    for one in subjects:
        drop = one.drop if chosen is None else int(chosen)
        points = one.points[drop - 1] if drop in DROPS else None
        if points is not None and points < limit:
            low.append((one, points, drop))
    if low:
        drop = max(at for _, _, at in low)
        words = listed([f"{one.name} ({in_words(points)})" for one, points, _ in low])
        figures = {"subjects": words, "drop": names[drop]}
        lowest = min(points for _, points, _ in low)
        yield Raised(learner, "low_level", whole(lowest), whole(limit), days.get(drop), figures)


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
    assessed = Assessed(snapshot.tracker)
    lacking: dict[int, list[tuple[int, str]]] = {}
    for learner, row, subject, level, comment in snapshot.records("Progress", "subject", f"apl_{drop}", "comment"):
        if comment is None and assessed(level):
            lacking.setdefault(learner, []).append((row, word(subject)))
    return day, lacking


def latest_reports(tracker: Tracker, on: date) -> tuple[int, date] | None:
    """The drop, with levels, whose reports were the last to fall due up to a day, and when that was."""
    given = drop_dates(tracker, given_only=True)
    drops = zip(tracker["Drops"]["drop"], map(as_date, tracker["Drops"]["reports_due"]), strict=True)
    due = [(day, int(number(drop))) for drop, day in drops if is_number(drop) and day and day <= on]
    latest = max((pair for pair in due if pair[1] in given), default=None)
    return (latest[1], latest[0]) if latest else None
