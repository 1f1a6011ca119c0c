"""What an intervention is associated with: how learners changed, beside what was to be expected without it.

Learners picked for being low rise anyway, so nothing is said from before and after alone. What was to be expected comes
from learners of the same year group who never had this type of intervention and had no other one at the time: how
much they changed, given how they were in the window before and in the time before that (a straight line through both;
for one subject through their other subjects too).
Where those who had it were lower than nearly everybody who had not, nobody would be a fair comparison, and no figure is
given.
The interval redraws both groups. It shows what goes together, not what causes what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.measures.intervals import student_t
from workbook.measures.interventions import measure_of
from workbook.measures.learners import word
from workbook.measures.snapshot import Snapshot
from workbook.measures.timelines import Timeline, timelines
from workbook.measures.windows import Figures, Window, Windows, points_in
from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_number, number
from workbook.model.rule import Figure, in_words
from workbook.model.tracker import as_date

LEAST_LEARNERS = 5
_DRAWS = 1000
_STEADY = 1e-6  # keeps the line level where all were alike before
_ALIKE, _NEAR, _MOST = 0.5, 3, 0.8  # in standard deviations; how many near; for how many of those helped
_UNITS = {"attendance": "percentage point", "lates": "session", "incidents": "incident", "effort": "step"}


@dataclass(frozen=True)
class Effect:
    """A type of intervention and a measure: the difference in change, its 95% interval, and how many it rests on.

    ``before_and_after`` is the change alone, which counts what would have come anyway; ``attended`` is the share of
    the planned sessions attended (0 to 1); ``left_out`` are learners without data on both sides or anyone to compare.
    Where they are too few for a figure, ``timelines`` has each learner's own values before and after.
    """

    what: str
    n: int
    n_comparison: int
    effect: float | None
    low: float | None
    high: float | None
    words: str
    before_and_after: float | None = None
    attended: float | None = None
    left_out: int = 0
    timelines: tuple[Timeline, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """The effect by column, as commands print it."""
        return {**vars(self), "timelines": [one.as_row() for one in self.timelines]}


@dataclass(frozen=True)
class _Spell:
    """A learner in an intervention of a type, from its start to its end; ``dose`` is the share of sessions attended."""

    learner: int
    kind: str
    measure: str
    start: date
    end: date
    dose: float | None


@dataclass(frozen=True)
class _Sample:
    """Those who began on one day and those to compare with: positions in `Learners`, changes, values before."""

    window: Window
    helped: list[int]
    others: NDArray[np.bool_]

    @property
    def before(self) -> Figures:
        """A row for each learner: 1, the window before, the time before that and, for a subject, all subjects of its
        scale; around the mean of those compared.
        """
        known = [self.window.before, self.window.earlier]
        both = np.stack(known if self.window.beside is None else [*known, self.window.beside], axis=1)
        return np.column_stack([np.ones(len(both)), both - both[self.others].mean(axis=0)])


def effects(tracker: Tracker, on: date, among: Collection[str] | None = None) -> list[Effect]:
    """The effect of each type of intervention on what it aimed at, from data up to ``on``.

    ``among`` (IDs in small letters) narrows who was helped; those compared with are of the whole tracker.
    """
    snapshot = Snapshot(tracker, on)
    wanted = {at for at, one in enumerate(snapshot.learners.all) if among is None or fold(one.learner_id) in among}
    windows = Windows(snapshot)
    spells = list(_spells(snapshot))
    mine = [one for one in spells if one.learner in wanted]
    pairs = sorted({(one.kind, one.measure) for one in mine})
    found = []
    for kind, aim in pairs:
        for measure in windows.scales() if aim == "points" else [aim]:
            found.append(_effect(snapshot, windows, spells, mine, kind, aim, measure))
    return [one for one in found if one.n or one.timelines]


def _spells(snapshot: Snapshot) -> Iterator[_Spell]:
    """Every learner's interventions, and those of every member a group had while it ran, whoever has left since."""
    table, groups = snapshot.tracker["Interventions"], _members(snapshot)
    keys = ("learner_id", "group", "type", "aim_measure", "subject", "start", "end")
    doses = zip(table["sessions_attended"], table["sessions_planned"], strict=True)
    rows = zip(*(table[key] for key in keys), doses, strict=True)
    for learner_id, group, kind, aim, subject, first, last, sessions in rows:
        start = as_date(first)
        if start is None or start > snapshot.on or not word(kind):
            continue
        end, measure, learner = as_date(last) or snapshot.on, measure_of(word(aim)), snapshot.learners.find(learner_id)
        if measure == "points" and word(subject):
            measure = points_in(subject)
        spans = groups.get(fold(word(group)), []) if learner is None else [(learner, start, end)]
        for who, joined, left in spans:
            if joined <= end and left >= start:
                yield _Spell(who, word(kind), measure, max(start, joined), min(end, left), _dose(*sessions))


def _dose(attended: Value, planned: Value) -> float | None:
    known = is_number(attended) and is_number(planned) and number(planned) > 0
    return number(attended) / number(planned) if known else None


def _members(snapshot: Snapshot) -> dict[str, list[tuple[int, date, date]]]:
    """Everybody who ever was in each group, with their first and last day in it."""
    table = snapshot.tracker["Groups"]
    found: dict[str, list[tuple[int, date, date]]] = {}
    for group, learner, joined, left in zip(
        *(table[key] for key in ("group", "learner_id", "joined", "left")), strict=True
    ):
        who = snapshot.learners.find(learner)
        if who is not None:
            span = (who, as_date(joined) or date.min, as_date(left) or date.max)
            found.setdefault(fold(word(group)), []).append(span)
    return found


def _effect(
    snapshot: Snapshot, windows: Windows, spells: Sequence[_Spell], mine: Sequence[_Spell], kind: str, aim: str,
    measure: str,
) -> Effect:  # fmt: skip
    """The effect of one type on one measure, for the spells that are ``mine``."""
    firsts: dict[int, _Spell] = {}
    for spell in sorted(mine, key=lambda one: one.start):
        if spell.kind == kind and spell.measure == aim:
            firsts.setdefault(spell.learner, spell)
    had = np.zeros(len(snapshot.learners), dtype=bool)
    had[[spell.learner for spell in spells if spell.kind == kind]] = True
    samples = list(_samples(snapshot, windows, spells, firsts, had, measure))
    helped = [learner for sample in samples for learner in sample.helped]
    doses = [dose for learner in helped if (dose := firsts[learner].dose) is not None]
    found = _summed_up(kind, measure, samples)
    alone = timelines(windows, firsts.values(), measure) if len(firsts) < LEAST_LEARNERS else ()
    return replace(
        found,
        timelines=alone,
        attended=round(float(np.mean(doses)), 2) if doses else None,
        left_out=len(firsts) - len(helped),
    )


def _samples(
    snapshot: Snapshot,
    windows: Windows,
    spells: Sequence[_Spell],
    firsts: dict[int, _Spell],
    had: NDArray[np.bool_],
    measure: str,
) -> Iterator[_Sample]:
    """Those who began on the same day in the same year group, with at least five to compare with."""
    years = np.array([np.nan if one.year is None else one.year for one in snapshot.learners.all], dtype=float)
    begun: dict[tuple[date, float], list[_Spell]] = {}
    for learner, spell in firsts.items():
        begun.setdefault((spell.start, float(years[learner])), []).append(spell)
    for (start, year), mine in sorted(begun.items()):
        window = windows.of(measure, start)
        if window is None:
            continue
        known = ~np.isnan(window.change) & ~np.isnan(window.earlier)
        busy = _busy(snapshot, spells, start, max(one.end for one in mine))
        others = (years == year) & ~had & known & ~busy
        helped = [one.learner for one in mine if known[one.learner]]
        if helped and others.sum() >= LEAST_LEARNERS:
            yield _Sample(window, helped, others)


def _busy(snapshot: Snapshot, spells: Sequence[_Spell], start: date, end: date) -> NDArray[np.bool_]:
    """Who had some intervention in a time."""
    busy = np.zeros(len(snapshot.learners), dtype=bool)
    busy[[one.learner for one in spells if one.start <= end and one.end >= start]] = True
    return busy


def _summed_up(kind: str, measure: str, samples: list[_Sample]) -> Effect:
    helped = [learner for one in samples for learner in one.helped]
    n = len(helped)
    compared = int(np.any([one.others for one in samples], axis=0).sum()) if samples else 0
    what, count = f"{kind}: {measure}", Figure(in_words(n))
    if n < LEAST_LEARNERS or compared < LEAST_LEARNERS:
        words = f"{count:learner}, {compared} to compare with: too few for a figure, look at their timelines."
        return Effect(what, n, compared, None, None, None, words)
    alone = round(float(np.mean([one.window.change[learner] for one in samples for learner in one.helped])), 2)
    if not _fair(samples):
        words = (
            f"{count:learner}, but hardly anyone without {kind.lower()} was as they were before: nobody to compare "
            f"with fairly, so no figure. Before and after alone ({in_words(alone)}) says nothing about the help."
        )
        return Effect(what, n, compared, None, None, None, words, alone)
    middle, low, high = _interval(samples)
    words = _say(kind, measure, middle, low, high, n, compared, alone)
    return Effect(what, n, compared, round(middle, 2), low, high, words, alone)


def _fair(samples: list[_Sample]) -> bool:
    """Whether most of those helped have at least three others who were as low, or as high, in both times before."""
    near = 0
    for one in samples:
        before = one.before[:, 1:3]
        spread = np.maximum(before[one.others].std(axis=0), 1e-9)
        others = before[one.others] / spread
        near += sum(
            int((np.abs(others - before[learner] / spread).max(axis=1) <= _ALIKE).sum() >= _NEAR)
            for learner in one.helped
        )
    return near >= _MOST * sum(len(one.helped) for one in samples)


def _interval(samples: list[_Sample]) -> tuple[float, float, float]:
    """The effect and its 95% interval: both groups are drawn anew again and again, the line through the others too.

    The spread of the draws times Student's t for as many as were helped: for a few, percentiles would promise too much.
    """
    weights, draw = _drawn(len(samples[0].others))
    n = sum(len(one.helped) for one in samples)
    beyond = np.hstack([_beyond(one, weights) for one in samples])
    chosen = deepcopy(draw).integers(0, n, size=(_DRAWS, n))
    middle = float(beyond[0].mean())
    drawn = np.take_along_axis(beyond[1:], chosen, axis=1).mean(axis=1)
    wide = float(np.nanstd(drawn)) * student_t(n - 1) * (n / (n - 1)) ** 0.5
    return middle, round(middle - wide, 2), round(middle + wide, 2)


@lru_cache(maxsize=1)
def _drawn(learners: int) -> tuple[Figures, np.random.Generator]:
    """How often each draw has each learner, the same for every effect, and the generator of what is drawn next.

    The first draw is the group as it is.
    """
    draw = np.random.default_rng(0)
    weights = draw.multinomial(learners, np.full(learners, 1 / learners), size=_DRAWS)
    return np.vstack([np.ones(learners), weights]), draw


def _beyond(sample: _Sample, weights: Figures) -> Figures:
    """How much more each one helped changed than the line through the others says, for each draw of the others."""
    rows, change = sample.before[sample.others], sample.window.change[sample.others]
    drawn = weights[:, sample.others]
    squares = np.einsum("dl,lp,lq->dpq", drawn, rows, rows, optimize=True) + np.eye(rows.shape[1]) * _STEADY
    line = np.linalg.solve(squares, ((drawn * change) @ rows)[:, :, None])[:, :, 0]
    expected = line @ sample.before[sample.helped].T
    beyond: Figures = sample.window.change[sample.helped] - expected
    return beyond


def _say(kind: str, measure: str, effect: float, low: float, high: float, n: int, compared: int, alone: float) -> str:
    """The effect in words that claim no more than it shows, the warning first."""
    count, unit = Figure(in_words(round(abs(effect), 1))), _UNITS.get(measure, "point")
    basis = f"95% interval {in_words(low)} to {in_words(high)}; {Figure(in_words(n)):learner}, {compared} compared"
    last = f"Before and after alone would say {in_words(alone)}, with what would have come anyway."
    if low <= 0 <= high:
        return f"{kind} shows no clear difference in {measure} beside comparable learners ({basis}). {last}"
    way = "higher" if effect > 0 else "lower"
    size = f"{count:{unit}} {way} than among comparable learners"
    return (
        "What goes together need not be what helped. "
        f"{kind} is associated with a change in {measure} that is {size} ({basis}). {last}"
    )
