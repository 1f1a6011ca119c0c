"""Recipes for faults of the year's frame, each once: half terms, drops, points, thresholds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from workbook.model import Value
from workbook.model.tracker import as_date
from workbook.sample.fault_cross import end_of_data
from workbook.sample.planting import Ground, Planted, Recipe

_DAY = timedelta(days=1)


def once(code: str, table: str, key: str, find: Callable[[Ground], tuple[int, Value] | None]) -> Recipe:
    """A fault of the frame, once: ``find`` gives the row and the wrong value."""

    def plant(ground: Ground) -> Planted | None:
        if code in ground.done or table in ground.closed or (table, key) in ground.lost:
            return None
        found = find(ground)
        if found is None or (table, found[0]) in ground.used:
            return None
        ground.done.add(code)
        return ground.put(table, key, found[0], code, found[1])

    return plant


def _late_term(ground: Ground) -> tuple[int, Value] | None:
    rows = ground["Terms"].records()
    terms = [(place, row) for place, row in enumerate(rows) if row["kind"] == "Term"]
    pairs = [(one, other) for (_, one), other in pairwise(terms)]
    soon = end_of_data(ground) + 30 * _DAY
    later = [(place, one["end"] - 2 * _DAY) for one, (place, _) in pairs if one["start"] > soon]
    return later[0] if later else None


def _drop(ground: Ground) -> tuple[int, Value] | None:
    rows = ground["Drops"].records()
    days = [as_date(row["date"]) for row in rows]
    one, other = (days[-2], days[-1]) if len(days) > 1 else (None, None)
    return (len(days) - 1, one - 8 * _DAY) if one and other and one > end_of_data(ground) else None


def _points(ground: Ground) -> tuple[int, Value] | None:
    """The points of the third level of a scale that no subject has."""
    used = set(ground["Subjects"]["scale"])
    places = [place for place, one in enumerate(ground["Scales"]["scale"]) if one not in used]
    return (places[2], ground["Scales"]["points"][places[0]]) if len(places) > 2 else None


def _threshold(ground: Ground) -> tuple[int, Value] | None:
    names = list(ground["Settings"]["name"])
    return names.index("attendance_talk"), 97


RECIPES: dict[str, list[Recipe]] = {
    "terms-overlap": [once("terms-overlap", "Terms", "start", _late_term)],
    "drops-out-of-order": [once("drops-out-of-order", "Drops", "date", _drop)],
    "points-out-of-order": [once("points-out-of-order", "Scales", "points", _points)],
    "thresholds-out-of-order": [once("thresholds-out-of-order", "Settings", "value", _threshold)],
}
