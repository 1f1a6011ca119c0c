"""Progress of each learner in each subject: a row for each data drop that has a level.

The figures of the latest drop are those of the Progress sheet. Levels are compared inside one scale only; a missing
baseline or target gives no figure, never 0; drops not assessed are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.measures.calendar import drop_dates
from workbook.measures.computed import computed
from workbook.measures.computed_progress import POINT_KEYS, Columns, rows_of
from workbook.measures.excel import fold, is_error, is_number, number, rounded, same
from workbook.measures.forecast import Estimate, Ladder, estimate
from workbook.measures.learners import word
from workbook.measures.levels import (
    FORECAST,
    LEVEL_KEYS,
    Course,
    Judge,
    Levels,
    Points,
    Row,
    difference,
    expected_points,
)
from workbook.model import Table, Tracker, Value
from workbook.model.formulas import DROPS

if TYPE_CHECKING:
    import pandas as pd

COMPARABLE = 3


def progress(tracker: Tracker, on: date | None = None) -> pd.DataFrame:
    """A row for each learner, subject and drop that has a level, in the order of the sheet.

    Columns: learner_id, subject, drop, level, points, expected, gap, change, status as on Progress; residual (points
    over expected), progress (points over the baseline), relative (residual over the mean of the learner's other
    subjects on the same scale, with three or more of them at that drop), effort, baseline_points, target_points,
    not_assessed (how many drops say so). Only in the row of the ``latest`` drop: forecast (a level), forecast_points,
    forecast_gap, forecast_low, forecast_high (points), estimated (worked out because none was given).
    With ``on``, drops after that day are not yet known.
    """
    import pandas as pd

    known = tracker if on is None else as_of(tracker, on)
    rows = list(_Reader(known).rows())
    _compare_subjects(rows)
    columns = {key: [row.record.get(key) for row in rows] for key in _KEYS}
    return pd.DataFrame(columns, dtype=object).astype({"latest": bool})


def as_of(tracker: Tracker, on: date) -> Tracker:
    """The tracker as it stood on a day: levels and efforts of later drops are blank (a drop without a date stays)."""
    last = tracker.year[1]
    later = [drop for drop, day in drop_dates(tracker, given_only=True).items() if on < day <= last]
    if not later:
        return tracker
    table = tracker["Progress"]
    blank: list[Value] = [None] * len(table)
    gone = {
        f"{what}_{drop}": blank for drop in later for what in ("apl", "effort") if f"{what}_{drop}" in table.columns
    }
    before = replace(table, columns=table.columns | gone)
    return Tracker(tracker.tables | {"Progress": before}, tracker.name, tracker.problems)


_KEYS = (
    "learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status", "latest", "residual",
    "progress", "relative", "effort", "baseline_points", "target_points", "forecast", "forecast_points",
    "forecast_gap", "forecast_low", "forecast_high", "estimated", "not_assessed",
)  # fmt: skip


@dataclass(slots=True)
class _Step:
    """A row to be, with what it is compared by."""

    compared: tuple[str, str, int]
    record: dict[str, Any]


class _Reader:
    """Reads the rows of Progress drop by drop."""

    def __init__(self, tracker: Tracker) -> None:
        done = computed(tracker, ("Progress", "Drops", "Scales"))
        self._table: Table = tracker["Progress"]
        self._columns: Columns = done["Progress"]
        self._levels = Levels(tracker, done["Scales"]["key"])
        self._course = Course(tracker, done["Drops"]["elapsed"])
        self._judge = Judge(tracker, self._levels)
        self._ladders = _ladders(tracker["Scales"])
        self._foundation = _foundation(tracker["Subjects"])

    def rows(self) -> Iterator[_Step]:
        """Every row, in the order of the sheet, drop by drop."""
        table, columns = self._table, self._columns
        cells = zip(*(table[key] for key in LEVEL_KEYS), strict=True)
        efforts = zip(*(table[f"effort_{drop}"] for drop in DROPS), strict=True)
        points = zip(*(columns[key] for key in POINT_KEYS), strict=True)
        who = zip(map(word, table["learner_id"]), map(word, table["subject"]), strict=True)
        rows = rows_of(table, columns, columns["year"])
        for (learner, subject), row, levels, worth, effort in zip(who, rows, cells, points, efforts, strict=True):
            given = [drop for drop in DROPS if self._levels.assessed(levels[drop - 1])]
            left_out = sum(
                1 for level in levels if level is not None and not is_error(level) and not self._levels.assessed(level)
            )
            fixed = {
                "learner_id": learner,
                "subject": subject,
                "baseline_points": row.baseline_points,
                "target_points": row.target_points,
                "not_assessed": left_out,
            }
            before: Points = None
            for drop in given:
                latest = drop == given[-1]
                value = _points(worth[drop - 1])
                record = fixed | self._step(row, drop, value, before if drop != given[0] else None, latest)
                record |= {"level": word(levels[drop - 1]), "effort": word(effort[drop - 1]) or None, "latest": latest}
                if latest:
                    record |= self._forecast(row, subject, given, worth)
                yield _Step((fold(learner), fold(row.scale), drop), record)
                before = value

    def _step(self, row: Row, drop: int, points: Points, before: Points, latest: bool) -> dict[str, Any]:
        expected = expected_points(row.baseline_points, row.target_points, self._course.share(row.year, drop))
        judged = latest or self._judge.measure != FORECAST  # a forecast is of today, earlier drops had another
        gap = self._judge.gap(row, points, expected) if judged else None
        return {
            "drop": drop,
            "points": points,
            "expected": expected,
            "gap": gap,
            "change": difference(points, before),
            "status": self._judge.status(row, points, gap) if judged else None,
            "residual": difference(points, expected),
            "progress": difference(points, row.baseline_points),
        }

    def _forecast(self, row: Row, subject: str, given: list[int], worth: tuple[Value, ...]) -> dict[str, Any]:
        """The forecast that was given, else an estimate where there are enough drops."""
        if row.forecast is not None:
            gap = difference(row.forecast_points, row.target_points)
            return {"forecast": word(row.forecast), "forecast_points": row.forecast_points, "forecast_gap": gap,
                    "estimated": False}  # fmt: skip
        ladder = self._ladders.get(fold(row.scale))
        found = self._estimate(row, ladder, fold(subject) in self._foundation, given, worth)
        if found is None or ladder is None:
            return {"estimated": False}
        return {
            "forecast": ladder.nearest(found.points),
            "forecast_points": found.points,
            "forecast_gap": difference(found.points, row.target_points),
            "forecast_low": found.low,
            "forecast_high": found.high,
            "estimated": True,
        }

    def _estimate(
        self, row: Row, ladder: Ladder | None, foundation: bool, given: list[int], worth: tuple[Value, ...]
    ) -> Estimate | None:
        ends = ladder.ends(foundation) if ladder else None
        path = [(self._course.share(row.year, drop), _points(worth[drop - 1])) for drop in given]
        known = [(share, points) for share, points in path if share is not None and points is not None]
        if ends is None or not known:
            return None
        shares, points = zip(*known, strict=True)
        return estimate(points, shares, *ends)


def _points(value: Value) -> Points:
    return number(value) if is_number(value) else None


def _ladders(scales: Table) -> dict[str, Ladder]:
    """The levels of each scale that are still given."""
    levels: dict[str, list[tuple[float, str]]] = {}
    for scale, level, points, active in zip(
        *(scales[key] for key in ("scale", "level", "points", "active")), strict=True
    ):
        if word(scale) and word(level) and is_number(points) and not (not is_error(active) and same(active, "No")):
            levels.setdefault(fold(word(scale)), []).append((rounded(number(points)), word(level)))
    return {scale: Ladder(members) for scale, members in levels.items()}


def _foundation(subjects: Table) -> set[str]:
    tiers = zip(subjects["subject"], subjects["tier"], strict=True)
    return {fold(word(subject)) for subject, tier in tiers if fold(word(tier)) == "foundation"}


def _compare_subjects(rows: list[_Step]) -> None:
    """Put each residual beside the mean of the learner's other subjects, where at least three can be compared."""
    groups: dict[tuple[str, str, int], list[float]] = {}
    for row in rows:
        if row.record["residual"] is not None:
            groups.setdefault(row.compared, []).append(row.record["residual"])
    for row in rows:
        residual, group = row.record["residual"], groups.get(row.compared, ())
        if residual is not None and len(group) >= COMPARABLE:
            others = (sum(group) - residual) / (len(group) - 1)
            row.record["relative"] = round(residual - others, 2)
