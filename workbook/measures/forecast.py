"""An estimate of the level at the end of the course, where no forecast is given: a robust line through the drops.

Source: the Theil-Sen estimator (Sen 1968): the median of the slopes between all pairs of points, which one odd level
cannot bend. The range is what the lowest and the highest tenth of these slopes would lead to, and at least a point
either way: levels are whole steps, so that a straight line through them is no surer than one of them. Nothing is more
than a point above the highest that was seen. An estimate is a sum, not a prediction of what a learner can do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from statistics import median

LEAST_DROPS = 3
_TAIL = 0.1
FOUNDATION_TOP = 5


@dataclass(frozen=True)
class Estimate:
    """Points expected at the end of the course, and the range they are likely to lie in."""

    points: float
    low: float
    high: float


@lru_cache(maxsize=1 << 16)
def estimate(points: tuple[float, ...], shares: tuple[float, ...], lowest: float, highest: float) -> Estimate | None:
    """The estimate from points at shares of the course (0 to 1), kept inside the scale; None with too few of them."""
    if len(set(shares)) < LEAST_DROPS:
        return None
    pairs = combinations(zip(shares, points, strict=True), 2)
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairs if x1 != x2)
    slope = median(slopes)
    now = max(shares)
    stands = median(y - slope * x for x, y in zip(shares, points, strict=True)) + slope * now

    most = min(highest, max(points) + 1)

    def lands(end: float) -> float:
        return round(max(lowest, min(most, end)), 2)

    middle, low, high = (
        stands + one * (1 - now) for one in (slope, quantile(slopes, _TAIL), quantile(slopes, 1 - _TAIL))
    )
    point = lands(middle)
    return Estimate(point, lands(min(low, point - 1)), lands(max(high, point + 1)))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the ordered values lie, straight between neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Ladder:
    """The levels of one scale that are still given, from low to high, by their points."""

    def __init__(self, levels: Sequence[tuple[float, str]]) -> None:
        self._levels = sorted(levels, key=lambda level: level[0])
        self._points = [points for points, _ in self._levels]

    def ends(self, foundation: bool) -> tuple[float, float] | None:
        """The lowest and the highest points; Foundation tier stops at grade 5. None for a scale without levels."""
        if not self._levels:
            return None
        top = self._points[-1]
        reached = bisect_right(self._points, FOUNDATION_TOP) if foundation else 0
        return self._points[0], self._points[reached - 1] if reached else top

    def nearest(self, points: float) -> str:
        """The level whose points are nearest; the lower one of two that are equally near."""
        place = bisect_left(self._points, points)
        around = self._levels[max(0, place - 1) : place + 1]
        return min(around, key=lambda level: abs(level[0] - points))[1]
