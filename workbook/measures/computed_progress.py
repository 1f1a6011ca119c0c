"""The computed columns of Progress: levels in points, and everything about the latest drop that has a level.

Each is worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TypeAlias, TypeVar

from workbook.measures.computed_answers import Asked, Column, Lazily
from workbook.measures.computed_keys import effort_keys, elapsed, scale_keys, subject_keys
from workbook.measures.distinct import told_apart
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
from workbook.model.excel import TextIndex, is_error, rounded, text
from workbook.model.formulas import BARS, DROPS

Columns: TypeAlias = dict[str, list[Value]]
T = TypeVar("T")

POINT_KEYS = tuple(f"points_{drop}" for drop in DROPS)
JUDGED = ("drop", "points", "expected", "gap", "change", "status", "path")
TYPED = ("baseline", "target", "forecast")
WORTH_OF = {f"{key}_points": key for key in TYPED} | dict(zip(POINT_KEYS, LEVEL_KEYS, strict=True))
"""The columns of points, each with that of the levels that it puts into points."""


def path(points: Sequence[Points], baseline: Points) -> str | None:
    """The points so far as bars, lowest to highest of this row, the baseline included."""
    span = [one for one in (baseline, *points) if one is not None]
    if not span:
        return None
    low, height = min(span), max(1, max(span) - min(span))
    return (
        "".join(BARS[int(rounded(rounded(7 * (one - low) / height), 0))] for one in points if one is not None) or None
    )


def progress_columns(asked: Asked, table: Table, years: Column) -> Lazily:
    """The computed columns of rows of Progress besides those of their learner, of which ``years`` are needed."""
    tracker = asked.tracker
    levels = Levels(tracker, scale_keys(tracker))
    scales = cache(partial(_scales, tracker, table))

    def points(source: str) -> list[Value]:
        return [levels.points(text(scale), level) for scale, level in zip(scales(), table[source], strict=True)]

    judged = cache(lambda: _judged(tracker, table, {"scale": scales(), "year": years()}, levels))

    def judgement(key: str) -> list[Value]:
        found = judged()[key]
        if key != "status":
            return found
        pairs = zip(table.rows, found, strict=True)
        return [None if row in asked.subjects_again else status for row, status in pairs]

    return {
        "scale": scales,
        "effort_change": partial(_effort_changes, tracker, table),
        **{key: partial(points, source) for key, source in WORTH_OF.items()},
        **{key: partial(judgement, key) for key in JUDGED},
    }


def _scales(tracker: Tracker, table: Table) -> list[Value]:
    """The scale of each row's subject; None where it has none."""
    known, scales = TextIndex(subject_keys(tracker)), tracker["Subjects"]["scale"]

    def scale(row: int) -> str | None:
        place = known.find(table["subject"][row])
        return None if place is None or is_error(scales[place]) else text(scales[place]) or None

    return list(_each_once([table["subject"]], scale))


def _effort_changes(tracker: Tracker, table: Table) -> list[Value]:
    order, assessed = EffortOrder(tracker, effort_keys(tracker)), Assessed(tracker)
    efforts = [table[key] for key in EFFORT_KEYS]
    return list(_each_once(efforts, lambda row: effort_change([values[row] for values in efforts], assessed, order)))


def _each_once(columns: Sequence[Sequence[Value]], figure: Callable[[int], T]) -> Iterator[T]:
    """A figure for each row of these columns; rows that say the same have the same one, so it is worked out once."""
    rows = list(zip(*map(told_apart, columns), strict=True))
    known = {row: figure(place) for row, place in dict(zip(rows, range(len(rows)), strict=True)).items()}
    return map(known.__getitem__, rows)


def rows_of(progress: Table, columns: Columns, levels: Levels) -> Iterator[Row]:
    """The rows of Progress with the points of their levels; ``columns`` holds each one's scale and year."""
    return map(_row_at(progress, columns, levels), range(len(progress)))


def _row_at(progress: Table, columns: Columns, levels: Levels) -> Callable[[int], Row]:
    scales, years, typed = columns["scale"], columns["year"], [progress[key] for key in TYPED]

    def row_at(place: int) -> Row:
        scale, (baseline, target, forecast) = text(scales[place]), (values[place] for values in typed)
        worth = (levels.points(scale, level) for level in (baseline, target, forecast))
        return Row(scale, years[place], baseline, target, forecast, *worth)

    return row_at


def _judged(tracker: Tracker, progress: Table, columns: Columns, levels: Levels) -> Columns:
    """Everything about the latest drop, and the path to it; ``columns`` holds each row's scale and year."""
    course, judge = Course(tracker, elapsed(tracker)), Judge(tracker, levels)
    row_at, given = _row_at(progress, columns, levels), [progress[key] for key in LEVEL_KEYS]

    def latest(place: int) -> dict[str, Value]:
        row, cells = row_at(place), [values[place] for values in given]
        worth = [levels.points(row.scale, cell) for cell in cells]
        return _latest(row, cells, worth, levels.assessed, course, judge)

    figures = list(_each_once([*columns.values(), *(progress[key] for key in TYPED), *given], latest))
    return {key: [one[key] for one in figures] for key in JUDGED}


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
