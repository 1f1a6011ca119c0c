"""The computed columns of Progress: levels in points, and everything about the latest drop that has a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from workbook.measures.effort import EFFORT_KEYS, EffortOrder, effort_change
from workbook.measures.levels import (
    LEVEL_KEYS,
    Assessed,
    Course,
    Judge,
    Levels,
    Points,
    Row,
    difference,
    expected_points,
)
from workbook.model import Table, Tracker, Value
from workbook.model.excel import TextIndex, is_error, is_number, number, rounded, text
from workbook.model.formulas import BARS, DROPS

Columns: TypeAlias = dict[str, list[Value]]

POINT_KEYS = tuple(f"points_{drop}" for drop in DROPS)


def path(points: Sequence[Points], baseline: Points) -> str | None:
    """The points so far as bars, lowest to highest of this row, the baseline included."""
    span = [one for one in (baseline, *points) if one is not None]
    if not span:
        return None
    low, height = min(span), max(1, max(span) - min(span))
    return (
        "".join(BARS[int(rounded(rounded(7 * (one - low) / height), 0))] for one in points if one is not None) or None
    )


def progress_columns(tracker: Tracker, done: Mapping[str, Columns]) -> Columns:
    """The computed columns of Progress besides those of the learner, which ``done`` already holds."""
    progress = tracker["Progress"]
    levels = Levels(tracker, done["Scales"]["key"])
    columns = _point_columns(tracker, levels, done["Subjects"]["key"])
    columns |= _judged(tracker, levels, columns, done)
    order = EffortOrder(tracker, done["Effort"]["key"])
    efforts = zip(*(progress[key] for key in EFFORT_KEYS), strict=True)
    columns["effort_change"] = [effort_change(cells, levels.assessed, order) for cells in efforts]
    return columns


def rows_of(progress: Table, columns: Columns, years: Sequence[Value]) -> Iterator[Row]:
    """The rows of Progress with the points that ``columns`` already holds, and each learner's year."""
    scales = (text(scale) for scale in columns["scale"])
    typed = (progress[key] for key in ("baseline", "target", "forecast"))
    points = (map(_points, columns[key]) for key in ("baseline_points", "target_points", "forecast_points"))
    return map(Row, scales, years, *typed, *points)


def _points(value: Value) -> Points:
    return number(value) if is_number(value) else None


def _point_columns(tracker: Tracker, levels: Levels, subject_keys: Sequence[Value]) -> Columns:
    """The scale of each row, and the points of its levels."""
    progress, subjects = tracker["Progress"], tracker["Subjects"]
    known = TextIndex(subject_keys)
    places = [known.find(value) for value in progress["subject"]]
    scales = ["" if place is None else _word(subjects["scale"][place]) for place in places]
    columns: Columns = {"scale": [scale or None for scale in scales]}
    sources = {"forecast_points": "forecast", "target_points": "target", "baseline_points": "baseline"}
    for key, source in (sources | dict(zip(POINT_KEYS, LEVEL_KEYS, strict=True))).items():
        columns[key] = [levels.points(scale, level) for scale, level in zip(scales, progress[source], strict=True)]
    return columns


def _word(value: Value) -> str:
    return "" if is_error(value) else text(value)


def _judged(tracker: Tracker, levels: Levels, columns: Columns, done: Mapping[str, Columns]) -> Columns:
    """Everything about the latest drop, and the path to it."""
    progress = tracker["Progress"]
    course = Course(tracker, done["Drops"]["elapsed"])
    judge = Judge(tracker, levels)
    out: Columns = {key: [] for key in ("drop", "points", "expected", "gap", "change", "status", "path")}
    marks = zip(*(progress[key] for key in LEVEL_KEYS), strict=True)
    worths = zip(*(columns[key] for key in POINT_KEYS), strict=True)
    rows = rows_of(progress, columns, done["Progress"]["year"])
    for row, cells, values in zip(rows, marks, worths, strict=True):
        worth = [_points(value) for value in values]
        for key, figure in _latest(row, cells, worth, levels.assessed, course, judge).items():
            out[key].append(figure)
    return out


def _latest(
    row: Row,
    cells: Sequence[Value],
    worth: Sequence[Points],
    assessed: Assessed,
    course: Course,
    judge: Judge,
) -> dict[str, Value]:
    drop = assessed.latest(cells)
    bars = path(worth, row.baseline_points)
    if drop is None:
        gap = judge.gap(row, None, None)  # a forecast is set against the target without a level too
        return {
            "drop": None,
            "points": None,
            "expected": None,
            "gap": gap,
            "change": None,
            "status": None,
            "path": bars,
        }
    points = worth[drop - 1]
    before = assessed.latest(cells[: drop - 1])
    expected = expected_points(row.baseline_points, row.target_points, course.share(row.year, drop))
    gap = judge.gap(row, points, expected)
    return {
        "drop": drop,
        "points": points,
        "expected": expected,
        "gap": gap,
        "change": difference(points, worth[before - 1] if before else None),
        "status": judge.status(row, points, gap),
        "path": bars,
    }
