"""Effort: the place of a code on the Effort sheet decides which is better, never its digit."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.measures.levels import Assessed, Points, difference
from workbook.model import Tracker, Value
from workbook.model.excel import TextIndex, is_number, number
from workbook.model.formulas import DROPS

EFFORT_KEYS = tuple(f"effort_{drop}" for drop in DROPS)


class EffortOrder:
    """The place of an effort code on the Effort sheet; order decides which is better, never the digit."""

    def __init__(self, tracker: Tracker, effort_keys: Sequence[Value]) -> None:
        self._codes = TextIndex(effort_keys)
        self._order = tracker["Effort"]["order"]
        self._seen: dict[str, Points] = {}

    def __call__(self, code: Value) -> Points:
        """The order of a code; None for a code that is not on the sheet."""
        if type(code) is not str:
            return self._look_up(code)
        if code not in self._seen:
            self._seen[code] = self._look_up(code)
        return self._seen[code]

    def _look_up(self, code: Value) -> Points:
        place = self._codes.find(code)
        return None if place is None else number(self._order[place])


def _orders(tracker: Tracker) -> set[float]:
    return {number(order) for order in tracker["Effort"]["order"] if is_number(order)}


def best_order(tracker: Tracker) -> Points:
    """The order of the best effort there is."""
    return max(_orders(tracker), default=None)


def lowest_order(tracker: Tracker) -> Points:
    """The order of the lowest effort there is; with a single order there is no lowest."""
    orders = _orders(tracker)
    return min(orders) if len(orders) > 1 else None


def effort_change(cells: Sequence[Value], assessed: Assessed, order: EffortOrder) -> Points:
    """Steps of effort from the time before to the latest; None with fewer than two efforts that count."""
    latest = assessed.latest(cells)
    before = assessed.latest(cells[: latest - 1]) if latest else None
    if latest is None or before is None:
        return None
    return difference(order(cells[latest - 1]), order(cells[before - 1]))
