"""An estimate of the level at the end of the course, where no forecast is given: a robust line through the drops.

Source: the Theil-Sen estimator (Sen 1968): the median of the slopes between all pairs of points, which one odd level
cannot bend. There is one only from three levels over half a school year or more, since a rise within weeks says nothing
of the end of Year 11. The range is what the lowest and the highest tenth of these slopes would lead to, and at least a
level either way: levels are whole steps, so that a straight line through them is no surer than one of them. Nothing is
more than a level above the highest seen, and nobody is told no grade. An estimate is a sum, not a prediction of
what a learner can do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import inf
from statistics import median

LEAST_DROPS = 3
LEAST_YEARS = 0.5
"""Of school, between the first level and the last."""
ROUNDING = 1e-6
_TAIL = 0.1
FOUNDATION_TOP = 5


@dataclass(frozen=True)
class Estimate:
    """Points expected at the end of the course, and the range they are likely to lie in."""

    points: float
    low: float
    high: float


class Ladder:
    """The levels of one scale that are still given, from low to high, by their points.

    A level that is no pass and is worth nothing (U) is no rung: it is not what a course leads to. What is worth more
    than `top` is out of reach, as it is in Foundation tier. Without levels a rung is a point, and there is no end.
    """

    def __init__(self, levels: Iterable[tuple[float, str, bool]] = (), top: float = inf) -> None:
        """From points, name and whether it is a pass."""
        rungs = sorted((points, name) for points, name, passed in levels if passed or points > 0)
        reached = [rung for rung in rungs if rung[0] <= top]
        self._levels = reached or rungs
        self._points = [points for points, _ in self._levels]
        self._top = top

    def __bool__(self) -> bool:
        return bool(self._levels)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest points."""
        return (self._points[0], self._points[-1]) if self else (-inf, self._top)

    def _place(self, points: float) -> int:
        """The rung nearest to these points; the lower one of two that are equally near."""
        at = bisect_left(self._points, points)
        around = range(max(0, at - 1), min(at + 1, len(self._points)))
        return min(around, key=lambda place: abs(self._points[place] - points))

    def step(self, points: float, by: int) -> float:
        """The points of the rung so many above (below, where negative) the nearest one; the last one at an end."""
        if not self:
            return points + by
        return self._points[max(0, min(len(self._points) - 1, self._place(points) + by))]

    def nearest(self, points: float) -> str:
        """The level whose points are nearest; the lower one of two that are equally near."""
        return self._levels[self._place(points)][1]


@lru_cache(maxsize=1 << 16)
def estimate(points: tuple[float, ...], shares: tuple[float, ...], years: float, ladder: Ladder) -> Estimate | None:
    """The estimate from points at shares of the course (0 to 1) of so many years, kept on the ladder.

    None with fewer than three levels, with less than half a year between them, and where no grade was reached yet.
    """
    lowest, highest = ladder.ends
    span = (max(shares) - min(shares)) * years if shares else 0
    if len(set(shares)) < LEAST_DROPS or span < LEAST_YEARS - ROUNDING or max(points) < lowest:
        return None
    pairs = combinations(zip(shares, points, strict=True), 2)
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairs if x1 != x2)
    slope = median(slopes)
    now = max(shares)
    stands = median(y - slope * x for x, y in zip(shares, points, strict=True)) + slope * now
    most = min(highest, ladder.step(max(points), 1))

    def lands(end: float) -> float:
        return round(max(lowest, min(most, end)), 2)

    middle, low, high = (
        stands + one * (1 - now) for one in (slope, quantile(slopes, _TAIL), quantile(slopes, 1 - _TAIL))
    )
    point = lands(middle)
    return Estimate(point, lands(min(low, ladder.step(point, -1))), lands(max(high, ladder.step(point, 1))))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the ordered values lie, straight between neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
