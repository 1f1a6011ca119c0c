"""What an intervention is associated with: how learners changed, beside comparable learners who did not have it.

Learners picked for being low rise anyway, so nothing is said from before and after alone. Compared are learners of
the same year group and in the same band before, who never had this type of intervention and had no other one at the
time. The interval is a bootstrap over both groups. It shows what goes together, not what causes what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.measures.learners import word
from workbook.measures.snapshot import Snapshot
from workbook.measures.windows import Figures, Windows, measure_of
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

LEAST_LEARNERS = 5
_DRAWS = 2000
_UNITS = {"attendance": "percentage point", "lates": "session", "incidents": "incident", "effort": "step"}


@dataclass(frozen=True)
class Effect:
    """A type of intervention and a measure: the difference in change, its 95% interval, and how many it rests on."""

    what: str
    n: int
    n_comparison: int
    effect: float | None
    low: float | None
    high: float | None
    words: str

    def as_row(self) -> dict[str, Any]:
        """The effect by column, as commands print it."""
        return dict(vars(self))


@dataclass(frozen=True)
class _Spell:
    """A learner in an intervention of a type, from its start to its end."""

    learner: int
    kind: str
    measure: str
    start: date
    end: date


def effects(tracker: Tracker, on: date) -> list[Effect]:
    """The effect of each type of intervention on what it aimed at, from data up to ``on``."""
    snapshot = Snapshot(tracker, on)
    windows = Windows(snapshot)
    spells = list(_spells(snapshot))
    pairs = sorted({(one.kind, one.measure) for one in spells})
    found = []
    for kind, aim in pairs:
        for measure in windows.scales() if aim == "points" else [aim]:
            found.append(_effect(snapshot, windows, spells, kind, aim, measure))
    return [one for one in found if one.n]


def _spells(snapshot: Snapshot) -> Iterator[_Spell]:
    """Every learner's interventions, a group's members each; the first of a type counts."""
    table = snapshot.tracker["Interventions"]
    keys = ("learner_id", "group", "type", "aim_measure", "start", "end")
    for learner_id, group, kind, aim, first, last in zip(*(table[key] for key in keys), strict=True):
        start = as_date(first)
        if start is None or start > snapshot.on or not word(kind):
            continue
        learner = snapshot.learners.find(learner_id)
        members = snapshot.members.get(fold(word(group)), set()) if learner is None else {learner}
        for who in sorted(members):
            yield _Spell(who, word(kind), measure_of(word(aim)), start, as_date(last) or snapshot.on)


def _effect(
    snapshot: Snapshot, windows: Windows, spells: Sequence[_Spell], kind: str, aim: str, measure: str
) -> Effect:
    """The effect of one type on one measure."""
    firsts: dict[int, _Spell] = {}
    for spell in sorted(spells, key=lambda one: one.start):
        if spell.kind == kind and spell.measure == aim:
            firsts.setdefault(spell.learner, spell)
    years = np.array([np.nan if one.year is None else one.year for one in snapshot.learners.all], dtype=float)
    had = np.zeros(len(snapshot.learners), dtype=bool)
    had[[spell.learner for spell in spells if spell.kind == kind]] = True
    changes: list[float] = []
    others: list[Figures] = []
    for learner, spell in firsts.items():
        window = windows.of(measure, spell.start)
        if window is None or np.isnan(window.change[learner]):
            continue
        alike = (window.band == window.band[learner]) & (years == years[learner]) & ~had
        alike &= ~np.isnan(window.change) & ~_busy(snapshot, spells, spell)
        if alike.any():
            changes.append(float(window.change[learner]))
            others.append(np.where(alike, window.change, np.nan))
    return _summed_up(kind, measure, np.array(changes), np.array(others).reshape(len(changes), len(snapshot.learners)))


def _busy(snapshot: Snapshot, spells: Sequence[_Spell], during: _Spell) -> NDArray[np.bool_]:
    """Who had some intervention while another one ran."""
    busy = np.zeros(len(snapshot.learners), dtype=bool)
    busy[[one.learner for one in spells if one.start <= during.end and one.end >= during.start]] = True
    return busy


def _summed_up(kind: str, measure: str, changes: Figures, others: Figures) -> Effect:
    n, compared = len(changes), int((~np.isnan(others)).any(axis=0).sum())
    what = f"{kind}: {measure}"
    if n < LEAST_LEARNERS or compared < LEAST_LEARNERS:
        words = (
            f"{Figure(in_words(n)):learner}, {compared} to compare with: too few for a figure, look at their timelines."
        )
        return Effect(what, n, compared, None, None, None, words)
    middle = float(np.mean(changes - np.nanmean(others, axis=1)))
    low, high = _interval(changes, others)
    return Effect(what, n, compared, round(middle, 2), low, high, _say(kind, measure, middle, low, high, n, compared))


def _interval(changes: Figures, others: Figures) -> tuple[float, float]:
    """The middle 95% of the effect when both groups are drawn anew, again and again."""
    draw = np.random.default_rng(0)
    n, learners = others.shape
    compared = (~np.isnan(others)).any(axis=0)  # whoever is compared with nobody weighs nothing
    others = others[:, compared]
    known, values = (~np.isnan(others)).astype(float), np.nan_to_num(others)
    drawn_learners = draw.multinomial(learners, np.full(learners, 1 / learners), size=_DRAWS)
    weights = drawn_learners[:, compared].astype(float)
    total, seen = weights @ values.T, weights @ known.T
    means = np.divide(total, seen, out=np.full(total.shape, np.nan), where=seen > 0)
    chosen = draw.integers(0, n, size=(_DRAWS, n))
    drawn = np.nanmean(changes[chosen] - np.take_along_axis(means, chosen, axis=1), axis=1)
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return round(float(low), 2), round(float(high), 2)


def _say(kind: str, measure: str, effect: float, low: float, high: float, n: int, compared: int) -> str:
    """The effect in a sentence that claims no more than it shows."""
    count, unit = Figure(in_words(round(abs(effect), 1))), _UNITS.get(measure, "point")
    basis = f"95% interval {in_words(low)} to {in_words(high)}; {Figure(in_words(n)):learner}, {compared} compared"
    if low <= 0 <= high:
        return f"{kind} shows no clear difference in {measure} beside comparable learners ({basis})."
    way = "higher" if effect > 0 else "lower"
    size = f"{count:{unit}} {way} than among comparable learners"
    return f"{kind} is associated with a change in {measure} that is {size} ({basis})."
