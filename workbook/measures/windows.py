"""What changed for every learner between equal windows before and after a day, by the measure an intervention aims at.

A window is twenty school days for attendance, lateness and incidents; for levels and effort it is the last data drop
up to the day against the first one at least four weeks after it. Learners without enough data on both sides have no
figure (nan).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbook.measures.again import subjects_again
from workbook.measures.computed import Figures as Computed
from workbook.measures.computed_keys import effort_keys
from workbook.measures.computed_progress import POINT_KEYS
from workbook.measures.data_date import drop_dates
from workbook.measures.effort import EFFORT_KEYS, EffortOrder
from workbook.measures.learners import word
from workbook.measures.levels import LEVEL_KEYS, Assessed
from workbook.measures.snapshot import Snapshot
from workbook.model import Value
from workbook.model.excel import fold, text
from workbook.model.tracker import as_date

Figures: TypeAlias = NDArray[np.float64]

WINDOW_DAYS = 20
LEAST_SESSIONS = 20
_LATER = timedelta(weeks=4)


@dataclass(frozen=True)
class Window:
    """Each learner's value in the window before, over the time before that, and the change after; nan if not known.

    Two values before, because a window alone holds much chance: who was low in it and not earlier rises by itself. For
    one subject ``beside`` has how a learner stood in all subjects of its scale, which says more of who was picked.
    """

    before: Figures
    earlier: Figures
    change: Figures
    beside: Figures | None = None


class Windows:
    """The windows of one tracker, worked out once for each measure and day."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._sessions = snapshot.sessions
        self._known: dict[tuple[str, date], Window | None] = {}
        self._paths: dict[str, dict[int, Figures]] | None = None
        self._scale_of: dict[str, str] = {}

    def scales(self) -> list[str]:
        """The names of the measures that levels give: points, one measure for each scale."""
        return sorted(name for name in self._levels() if name.startswith("points ("))

    def of(self, measure: str, start: date) -> Window | None:
        """The window of a measure (``points (scale)`` for levels) around a day; None too near the start or the end."""
        if (measure, start) not in self._known:
            self._known[measure, start] = self._window(measure, start)
        return self._known[measure, start]

    def _window(self, measure: str, start: date) -> Window | None:
        if measure in ("attendance", "lates", "incidents"):
            return self._by_days(measure, start)
        return self._by_drops(measure, start)

    def _by_days(self, measure: str, start: date) -> Window | None:
        days = self.snapshot.calendar.days
        place = bisect_left(days, start)
        before, after = days[max(0, place - WINDOW_DAYS) : place], days[place : place + WINDOW_DAYS]
        if len(before) < WINDOW_DAYS or len(after) < WINDOW_DAYS or after[-1] > self.snapshot.on:
            return None
        first, second = (self._counted(measure, span) for span in (before, after))
        return Window(first, self._earlier(measure, first, days[: place - WINDOW_DAYS]), second - first)

    def _earlier(self, measure: str, first: Figures, days: Sequence[date]) -> Figures:
        """The same before the window, as if over one window; the window itself for those who were not here yet."""
        if not days:
            return first
        found = self._counted(measure, days) * (1 if measure == "attendance" else WINDOW_DAYS / len(days))
        return np.where(np.isnan(found), first, found)

    def _counted(self, measure: str, days: Sequence[date]) -> Figures:
        sessions = self._sessions
        inside = sessions.between(days[0], days[-1])
        possible = np.array(sessions.count(sessions.masks["possible"] & inside), dtype=float)
        if measure == "incidents":
            counts = np.zeros(len(self.snapshot.learners))
            for learner, _, value in self.snapshot.records("Behaviour", "date"):
                day = as_date(value)
                counts[learner] += day is not None and days[0] <= day <= days[-1]
            return counts
        mask = sessions.masks["late" if measure == "lates" else "attended"]
        counts = np.array(sessions.count(mask & inside), dtype=float)
        enough = possible >= LEAST_SESSIONS
        shares = np.divide(100 * counts, possible, out=np.full(len(counts), np.nan), where=enough)
        return shares if measure == "attendance" else np.where(enough, counts, np.nan)

    def _by_drops(self, measure: str, start: date) -> Window | None:
        dates = self._dates
        before = max((drop for drop, day in dates.items() if day <= start), default=None)
        after = min((drop for drop, day in dates.items() if day >= start + _LATER), default=None)
        path = self._levels().get(measure)
        if path is None or before is None or after is None or before not in path or after not in path:
            return None
        first = path[before]
        return Window(
            first, _last_before(path, before, first), path[after] - first, self._beside(measure, before, first)
        )

    def _beside(self, measure: str, before: int, first: Figures) -> Figures | None:
        """The mean over all subjects of a subject's scale, at the drop before and the one before that."""
        path = self._levels().get(self._scale_of.get(measure, ""))
        if path is None or before not in path:
            return None
        now = path[before]
        both = (now + _last_before(path, before, now)) / 2
        return np.where(np.isnan(both), first, both)

    @cached_property
    def _dates(self) -> dict[int, date]:
        """The day of each drop that has a level, up to the day of the figures."""
        given = drop_dates(self.snapshot.tracker, given_only=True)
        return {drop: day for drop, day in given.items() if day <= self.snapshot.on}

    def _levels(self) -> dict[str, dict[int, Figures]]:
        """Each learner's mean points (by scale, and in each subject) and mean effort at each drop."""
        if self._paths is None:
            self._paths = self._read_levels()
        return self._paths

    def _read_levels(self) -> dict[str, dict[int, Figures]]:
        learners, values = self.snapshot.learners, self.by_drop()
        paths: dict[str, dict[int, Figures]] = {}
        for (name, drop), found in values.items():
            who_, value_ = (np.array(column) for column in zip(*found, strict=True))
            counts = np.bincount(who_.astype(int), minlength=len(learners)).astype(float)
            sums = np.bincount(who_.astype(int), weights=value_, minlength=len(learners))
            means = np.divide(sums, counts, out=np.full(len(counts), np.nan), where=counts > 0)
            paths.setdefault(name, {})[drop] = means
        return paths

    def by_drop(self) -> dict[tuple[str, int], list[tuple[int, float]]]:
        """The learners' positions and values of each measure at each drop that has a level, in the order of rows."""
        tracker, learners = self.snapshot.tracker, self.snapshot.learners
        progress, worked_out = tracker["Progress"], Computed(tracker).of("Progress", ("scale", *POINT_KEYS))
        assessed, order = Assessed(tracker), EffortOrder(tracker, effort_keys(tracker))
        levels, efforts = ([progress[key] for key in keys] for keys in (LEVEL_KEYS, EFFORT_KEYS))
        drops = [zip(*cells, strict=True) for cells in (levels, efforts, (worked_out[key] for key in POINT_KEYS))]
        rows = zip(progress["learner_id"], progress["subject"], worked_out["scale"], *drops, strict=True)
        values: dict[tuple[str, int], list[tuple[int, float]]] = {}
        again = subjects_again(tracker, learners)
        for place, (learner_id, subject, scale, *of_drops) in enumerate(rows):
            if place in again:
                continue
            who, one, all_ = learners.find(learner_id), points_in(subject), f"points ({word(text(scale))})"
            for drop, (level, effort, points) in enumerate(zip(*of_drops, strict=True), 1):
                if level is None or not assessed(level):
                    continue
                self._scale_of[one] = all_
                named = (all_, points), (one, points), ("effort", order(word(effort)) if word(effort) else None)
                for name, value in named:
                    if who is not None and value is not None:
                        values.setdefault((name, drop), []).append((who, value))
        return values


def _last_before(path: dict[int, Figures], drop: int, first: Figures) -> Figures:
    """The values at the last drop before one; ``first`` where there are none."""
    known = [path[one] for one in sorted(path) if one < drop]
    return first if not known else np.where(np.isnan(known[-1]), first, known[-1])


def points_in(subject: Value) -> str:
    """The measure of the points in one subject, so that a maths group is judged by maths."""
    return f"points in {fold(word(subject))}"
