"""Flags about levels and effort.

How things stand is read from the latest known level or effort of each subject; what rose or fell only from subjects
that have one at the learner's latest drop.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from workbook.measures.data_date import drop_dates, drop_names
from workbook.measures.effort import EFFORT_KEYS, EffortOrder, lowest_order
from workbook.measures.learners import word
from workbook.measures.levels import Assessed
from workbook.measures.snapshot import Raised, Rules, Snapshot, listed
from workbook.model.excel import fold, is_yes, whole
from workbook.model.formulas import DROPS
from workbook.model.rule import Figure, in_words


class _Subject(NamedTuple):
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


class _Levels(NamedTuple):
    """What every rule about levels and effort is given: a learner's subjects, the drops, the lowest effort there is."""

    snapshot: Snapshot
    learner: int
    subjects: list[_Subject]
    days: dict[int, date]
    names: dict[int, str]
    lowest: float | None


_rule = Rules[_Levels]()


def progress_flags(snapshot: Snapshot) -> Iterator[Raised]:
    """Every rule about levels and effort for every learner with any."""
    days, names = drop_dates(snapshot.tracker), drop_names(snapshot.tracker)
    lowest = lowest_order(snapshot.tracker)
    for learner, subjects in _subjects(snapshot).items():
        yield from _rule.ask(_Levels(snapshot, learner, subjects, days, names, lowest))


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
        called = word(name)
        key, latest = fold(called), assessed.latest(efforts)
        if key in found.setdefault(learner, {}):
            continue
        found[learner][key] = _Subject(
            name=called,
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


@_rule
def _below(case: _Levels) -> Iterator[Raised]:
    """Below in several subjects."""
    yield from _several(case, "progress_below", [one for one in case.subjects if one.status == "Below"])


@_rule
def _core(case: _Levels) -> Iterator[Raised]:
    """Below in a core subject."""
    limit = case.snapshot.threshold("core_below")
    core = [one for one in case.subjects if one.core and one.drop and one.gap is not None]
    short = [(one, -one.gap) for one in core if one.gap is not None and limit is not None and 0 < -one.gap >= limit]
    if short:
        words = [f"{one.name} by {Figure(in_words(gap)):point}" for one, gap in short]
        value, day = max(gap for _, gap in short), case.days.get(max(one.drop for one, _ in short))
        yield Raised(case.learner, "core_below", whole(value), whole(limit), day, {"subjects": listed(words)})


@_rule
def _levels_moved(case: _Levels) -> Iterator[Raised]:
    """Levels that fell or rose at the latest drop."""
    drop = max((one.drop for one in case.subjects), default=0)
    at_drop = [one for one in case.subjects if one.drop == drop]
    yield from _several(case, "progress_fell", [one for one in at_drop if one.change < 0])
    yield from _several(case, "improved", [one for one in at_drop if one.change > 0])


@_rule
def _effort_moved(case: _Levels) -> Iterator[Raised]:
    """Effort that dropped or went up at the latest drop."""
    drop = max((one.effort_drop for one in case.subjects), default=0)
    at_drop = [one for one in case.subjects if one.effort_drop == drop]
    yield from _several(case, "effort_dropped", [one for one in at_drop if one.effort_change < 0], effort=True)
    yield from _several(case, "effort_up", [one for one in at_drop if one.effort_change > 0], effort=True)


@_rule
def _lowest(case: _Levels) -> Iterator[Raised]:
    """Effort at the lowest order there is; with a single order there is no lowest."""
    low = [one for one in case.subjects if case.lowest is not None and one.effort == case.lowest]
    yield from _several(case, "effort_lowest", low, effort=True)


def _several(case: _Levels, code: str, subjects: list[_Subject], effort: bool = False) -> Iterator[Raised]:
    """A flag where enough subjects are concerned, dated by the latest drop among them."""
    limit = case.snapshot.threshold(code)
    if limit is None or not subjects or len(subjects) < limit:
        return
    drop = max(one.effort_drop if effort else one.drop for one in subjects)
    names = listed([one.name for one in subjects])
    yield Raised(case.learner, code, len(subjects), whole(limit), case.days.get(drop), {"subjects": names})


@_rule
def _low(case: _Levels) -> Iterator[Raised]:
    """Levels worth less than the line that the Settings sheet draws, at its drop or at the latest."""
    limit, chosen = case.snapshot.threshold("low_level"), case.snapshot.settings["low_level_drop"]
    if limit is None:
        return
    low: list[tuple[_Subject, float, int]] = []
    for one in case.subjects:
        drop = one.drop if chosen is None else int(chosen)
        points = one.points[drop - 1] if drop in DROPS else None
        if points is not None and points < limit:
            low.append((one, points, drop))
    if low:
        drop = max(at for _, _, at in low)
        words = listed([f"{one.name} ({in_words(points)})" for one, points, _ in low])
        figures = {"subjects": words, "drop": case.names[drop]}
        lowest = min(points for _, points, _ in low)
        yield Raised(case.learner, "low_level", whole(lowest), whole(limit), case.days.get(drop), figures)
