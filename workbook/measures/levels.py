"""What levels are worth, how much of a course is over, and what a gap is called: the rules behind Progress.

Levels are compared inside one scale, and only by the points of the Scales sheet. Blank is not zero: without a
baseline, a target or points a figure is None, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from workbook.model import Tracker, Value
from workbook.model.excel import TextIndex, coerced, fold, is_error, is_number, number, rounded, same, text
from workbook.model.formulas import DROPS
from workbook.model.settings import BY_NAME, MEASURES

Points: TypeAlias = float | None

EXPECTED, TARGET, FORECAST = MEASURES
LEVEL_KEYS = tuple(f"apl_{drop}" for drop in DROPS)


def setting_cell(tracker: Tracker, name: str) -> Value:
    """The cell of a setting as a formula sees it: a blank stays a blank; the default where there is no such row.

    Of two rows the first counts.
    """
    settings = tracker["Settings"]
    pairs = zip(settings["name"], settings["value"], strict=True)
    typed = (value for one, value in pairs if isinstance(one, str) and fold(one.strip()) == name)
    return next(typed, BY_NAME[name].default)


class Assessed:
    """Tells levels and efforts that count from blanks, errors and the word for not assessed."""

    def __init__(self, tracker: Tracker) -> None:
        word = setting_cell(tracker, "not_assessed")
        self._word = None if is_error(word) else fold(text(word))
        self._seen: dict[str, bool] = {}

    def __call__(self, value: Value) -> bool:
        """Whether a cell holds a value that counts."""
        if type(value) is not str:
            return value is not None and not is_error(value) and not self.is_word(value)
        if value not in self._seen:
            self._seen[value] = not self.is_word(value)
        return self._seen[value]

    def is_word(self, value: Value) -> bool:
        """Whether a cell that is neither blank nor an error says that the learner was not assessed."""
        return self._word is None or fold(text(value)) == self._word

    def latest(self, cells: Sequence[Value]) -> int | None:
        """The number of the last drop whose cell counts."""
        for drop in range(len(cells), 0, -1):
            if cells[drop - 1] is not None and self(cells[drop - 1]):
                return drop
        return None


STATUS_MARKS = {"Above": "▲", "On": "●", "Just below": "▽", "Below": "▼"}
"""How a level stands beside what it is compared with, each with its mark, so that no colour has to be told apart."""


class Levels:
    """What levels are worth on their scale, and how far off still counts as on track."""

    def __init__(self, tracker: Tracker, scale_keys: Sequence[Value]) -> None:
        scales = tracker["Scales"]
        self.assessed = Assessed(tracker)
        self._levels = TextIndex(scale_keys)
        self._first: dict[str, int] = {}
        for place, key in enumerate(scale_keys):
            for at in [found.start() for found in re.finditer(r"\|", str(key or ""))]:
                self._first.setdefault(fold(str(key)[:at]), place)
        self._points, self._tolerances = scales["points"], scales["tolerance"]
        self._seen: dict[tuple[str, str], Points] = {}

    def points(self, scale: str, level: Value) -> Points:
        """The points of a level; None for a blank, a level not assessed or one that the scale does not have."""
        if level is None:
            return None
        if type(level) is not str:
            return self._look_up(scale, level)
        if (scale, level) not in self._seen:
            self._seen[scale, level] = self._look_up(scale, level)
        return self._seen[scale, level]

    def _look_up(self, scale: str, level: Value) -> Points:
        place = None if is_error(level) else self._levels.find_text(f"{scale}|{text(level)}")
        return None if place is None else rounded(number(self._points[place]))

    def tolerance(self, scale: str) -> float:
        """The tolerance of a scale, as the first of its levels has it; 0 where there is none."""
        place = self._first.get(fold(scale))
        value = None if place is None else self._tolerances[place]
        return rounded(number(value)) if is_number(value) else float(value is True)


class Course:
    """How much of the course is over at each drop, for each year group."""

    def __init__(self, tracker: Tracker, elapsed: Sequence[Value]) -> None:
        self._first = coerced(setting_cell(tracker, "first_year"))
        self._years = coerced(setting_cell(tracker, "course_years"))
        self.years = float(self._years or 0)
        self._elapsed: dict[float, Value] = {}
        self._shares: dict[tuple[Value, int], Points] = {}
        for drop, share in zip(tracker["Drops"]["drop"], elapsed, strict=True):
            if is_number(drop):
                self._elapsed.setdefault(number(drop), share)

    def share(self, year: Value, drop: int) -> Points:
        """The share of the course elapsed, 0 to 1; None where the year, the drop's date or the terms are missing."""
        if (year, drop) not in self._shares:
            self._shares[year, drop] = self._work_out(year, self._elapsed.get(drop))
        return self._shares[year, drop]

    def _work_out(self, year: Value, gone: Value) -> Points:
        if not is_number(year) or not is_number(gone) or self._first is None or not self._years:
            return None
        return max(0, min(1, (number(year) - self._first + number(gone)) / self._years))


def expected_points(baseline: Points, target: Points, share: Points) -> Points:
    """Where the straight path from baseline to target stands when ``share`` of the course is over."""
    if baseline is None or target is None or share is None:
        return None
    return rounded(baseline + (target - baseline) * share)


def difference(one: Points, other: Points) -> Points:
    """``one - other``, rounded; None where either is missing."""
    return None if one is None or other is None else rounded(one - other)


def status_of(gap: float, tolerance: float) -> str:
    """Above, On, Just below (by no more than a point) or Below, for a gap in points.

    Compared to a thousandth: thirds of a grade are kept to four places, and .3333 is no less than .3334.
    """
    gap, tolerance = rounded(gap, 3), rounded(tolerance, 3)
    if gap >= tolerance and gap > 0:
        return "Above"
    if gap >= -tolerance:
        return "On"
    return "Just below" if gap >= -1 else "Below"


class Row(NamedTuple):
    """What a row of Progress says besides its levels: the cells as typed, and their points."""

    scale: str
    year: Value
    baseline: Value
    target: Value
    forecast: Value
    baseline_points: Points
    target_points: Points
    forecast_points: Points


class Judge:
    """Gap and status of a row by the measure that the Settings sheet names."""

    def __init__(self, tracker: Tracker, levels: Levels) -> None:
        cell = setting_cell(tracker, "status_measure")
        known = (measure for measure in (TARGET, FORECAST) if not is_error(cell) and same(cell, measure))
        self.measure = None if is_error(cell) else next(known, EXPECTED)
        self._levels = levels
        self._tolerance: dict[str, float] = {}

    def gap(self, row: Row, points: Points, expected: Points) -> Points:
        """How far above (+) or below (−) the row stands, in points; None where a part is missing."""
        if self.measure == FORECAST:
            return difference(row.forecast_points, row.target_points)
        if self.measure == TARGET:
            return difference(points, row.target_points)
        return difference(points, expected) if self.measure else None

    def status(self, row: Row, points: Points, gap: Points) -> str | None:
        """The gap in a word, or what is missing."""
        if gap is None:
            return self._missing(row, points)
        if row.scale not in self._tolerance:
            self._tolerance[row.scale] = self._levels.tolerance(row.scale)
        return status_of(gap, self._tolerance[row.scale])

    def _missing(self, row: Row, points: Points) -> str | None:
        if points is None:
            return "Check level"
        if row.target is None:
            return "No target"
        if is_error(row.target) or self.measure is None:
            return None
        compared = row.forecast if self.measure == FORECAST else row.baseline
        if is_error(compared):
            return None
        if compared is not None or self.measure == TARGET:
            return "Check level"
        return "No forecast" if self.measure == FORECAST else "No baseline"
