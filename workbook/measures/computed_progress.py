"""The computed columns of Progress: levels in points, and everything about the latest drop that has a level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

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
T = TypeVar("T")

POINT_KEYS = tuple(f"points_{drop}" for drop in DROPS)
JUDGED = ("drop", "points", "expected", "gap", "change", "status", "path")
TYPED = ("baseline", "target", "forecast")
_LIKE_IN_EXCEL = {str, int, float, type(None)}


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
    columns["effort_change"] = _each_once(
        [progress[key] for key in EFFORT_KEYS],
        lambda row: effort_change([progress[key][row] for key in EFFORT_KEYS], levels.assessed, order),
    )
    return columns


def _each_once(columns: Sequence[Sequence[Value]], figure: Callable[[int], T]) -> list[T]:
    """A figure for each row of these columns; rows that say the same have the same one, so it is worked out once."""
    known: dict[tuple[object, ...], T] = {}
    found = []
    for place, row in enumerate(zip(*map(_told_apart, columns), strict=True)):
        if row not in known:
            known[row] = figure(place)
        found.append(known[row])
    return found


def _told_apart(values: Sequence[Value]) -> Sequence[object]:
    """Values of which equal ones are alike in Excel too; to Python 1 equals TRUE, and an error its own text."""
    return values if set(map(type, values)) <= _LIKE_IN_EXCEL else [(type(value), value) for value in values]


def rows_of(progress: Table, columns: Columns, years: Sequence[Value]) -> Iterator[Row]:
    """The rows of Progress with the points that ``columns`` already holds, and each learner's year."""
    return map(_row_at(progress, columns, years), range(len(progress)))


def _row_at(progress: Table, columns: Columns, years: Sequence[Value]) -> Callable[[int], Row]:
    scales, (baseline, target, forecast) = columns["scale"], (progress[key] for key in TYPED)
    points = [columns[f"{key}_points"] for key in TYPED]

    def row_at(place: int) -> Row:
        worth = (_points(values[place]) for values in points)
        return Row(text(scales[place]), years[place], baseline[place], target[place], forecast[place], *worth)

    return row_at


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
    years, row_at = done["Progress"]["year"], _row_at(progress, columns, done["Progress"]["year"])
    levels_given, worths = [progress[key] for key in LEVEL_KEYS], [columns[key] for key in POINT_KEYS]

    def latest(place: int) -> dict[str, Value]:
        worth = [_points(values[place]) for values in worths]
        cells = [values[place] for values in levels_given]
        return _latest(row_at(place), cells, worth, levels.assessed, course, judge)

    says = [columns["scale"], years, *(progress[key] for key in TYPED), *levels_given]
    figures = _each_once(says, latest)
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
