"""The steps of a learner in a subject: one for each data drop that has a level, worked out row by row of Progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeAlias, cast

from workbook.measures.again import subjects_again
from workbook.measures.computed import computed
from workbook.measures.computed_progress import POINT_KEYS, Columns, rows_of
from workbook.measures.effort import EFFORT_KEYS
from workbook.measures.forecast import FOUNDATION_TOP, Estimate, Ladder, estimate
from workbook.measures.learners import Learners, learner_key, word
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
from workbook.model.excel import fold, is_error, is_number, number, rounded, same
from workbook.model.formulas import DROPS

Worth: TypeAlias = Sequence[Points]

COMPARABLE = 3


@dataclass(slots=True)
class Step:
    """A learner in a subject at a drop; `workbook.measures.progress.progress` says what each field is."""

    learner_id: str
    subject: str
    drop: int
    level: str
    points: Points
    expected: Points
    gap: Points
    change: Points
    status: str | None
    latest: bool
    residual: Points
    progress: Points
    effort: str | None
    baseline_points: Points
    target_points: Points
    not_assessed: int
    scale: str
    relative: Points = None
    forecast: str | None = None
    forecast_points: Points = None
    forecast_gap: Points = None
    forecast_low: Points = None
    forecast_high: Points = None
    estimated: bool = False


def steps(tracker: Tracker) -> list[Step]:
    """Every step, in the order of Progress, drop by drop."""
    found = list(_Reader(tracker).steps())
    _compare_subjects(found)
    return found


class _Reader:
    """Reads the rows of Progress drop by drop."""

    def __init__(self, tracker: Tracker) -> None:
        done = computed(tracker, ("Progress", "Drops", "Scales"))
        self._table: Table = tracker["Progress"]
        self._tracker, self._learners = tracker, Learners(tracker)
        self._columns: Columns = done["Progress"]
        self._levels = Levels(tracker, done["Scales"]["key"])
        self._course = Course(tracker, done["Drops"]["elapsed"])
        self._judge = Judge(tracker, self._levels)
        self._ladders = _ladders(tracker["Scales"])
        self._foundation = _foundation(tracker["Subjects"])

    def steps(self) -> Iterator[Step]:
        """The steps of all rows."""
        table, columns = self._table, self._columns
        levels = zip(*(table[key] for key in LEVEL_KEYS), strict=True)
        efforts = zip(*(table[key] for key in EFFORT_KEYS), strict=True)
        points = zip(*(cast(Worth, columns[key]) for key in POINT_KEYS), strict=True)
        rows = rows_of(table, {key: columns[key] for key in ("scale", "year")}, self._levels)
        who, what = map(self._called, table["learner_id"]), map(word, table["subject"])
        again = subjects_again(self._tracker, self._learners)
        for place, cells in enumerate(zip(who, what, rows, levels, efforts, points, strict=True)):
            if place not in again:
                yield from self._row(*cells)

    def _called(self, value: Value) -> str:
        """A learner's ID as the sheet Learners has it, however it is typed here; as it is typed where nobody has it."""
        place = self._learners.find(value)
        return learner_key(value) if place is None else self._learners.all[place].learner_id

    def _row(
        self, learner: str, subject: str, row: Row, levels: Sequence[Value], efforts: Sequence[Value], worth: Worth
    ) -> Iterator[Step]:
        """The steps of one row."""
        assessed = self._levels.assessed
        given = [drop for drop in DROPS if levels[drop - 1] is not None and assessed(levels[drop - 1])]
        left_out = sum(1 for level in levels if level is not None and not is_error(level)) - len(given)
        before: Points = None
        for drop in given:
            points, latest = worth[drop - 1], drop == given[-1]
            expected = expected_points(row.baseline_points, row.target_points, self._course.share(row.year, drop))
            judged = latest or self._judge.measure != FORECAST  # a forecast is of today, earlier drops had another
            gap = self._judge.gap(row, points, expected) if judged else None
            step = Step(
                learner_id=learner,
                subject=subject,
                drop=drop,
                level=word(levels[drop - 1]),
                points=points,
                expected=expected,
                gap=gap,
                change=difference(points, before),
                status=self._judge.status(row, points, gap) if judged else None,
                latest=latest,
                residual=difference(points, expected),
                progress=difference(points, row.baseline_points),
                effort=word(efforts[drop - 1]) or None,
                baseline_points=row.baseline_points,
                target_points=row.target_points,
                not_assessed=left_out,
                scale=row.scale,
            )
            if latest:
                self._look_ahead(step, row, given, worth)
            yield step
            before = points

    def _look_ahead(self, step: Step, row: Row, given: Sequence[int], worth: Worth) -> None:
        """The forecast that was given, else an estimate where there are enough drops."""
        if row.forecast is not None:
            step.forecast, step.forecast_points = word(row.forecast), row.forecast_points
        else:
            ladder = self._ladders.get((fold(row.scale), fold(step.subject) in self._foundation))
            found = self._estimate(row, ladder, given, worth) if ladder else None
            if not ladder or found is None:
                return
            step.forecast, step.forecast_points = ladder.nearest(found.points), found.points
            step.forecast_low, step.forecast_high, step.estimated = found.low, found.high, True
        step.forecast_gap = difference(step.forecast_points, row.target_points)

    def _estimate(self, row: Row, ladder: Ladder, given: Sequence[int], worth: Worth) -> Estimate | None:
        path = [(self._course.share(row.year, drop), worth[drop - 1]) for drop in given]
        known = [(share, points) for share, points in path if share is not None and points is not None]
        shares, points = zip(*known, strict=True) if known else ((), ())
        return estimate(points, shares, self._course.years, ladder)


def levels_of(scales: Table) -> dict[str, list[tuple[float, str, bool]]]:
    """The levels of each scale that are still given: points, name, whether it is a pass."""
    levels: dict[str, list[tuple[float, str, bool]]] = {}
    cells = (scales[key] for key in ("scale", "level", "points", "pass", "active"))
    for scale, level, points, passed, active in zip(*cells, strict=True):
        if word(scale) and word(level) and is_number(points) and not _says(active, "No"):
            found = (rounded(number(points)), word(level), _says(passed, "Yes"))
            levels.setdefault(fold(word(scale)), []).append(found)
    return levels


def _ladders(scales: Table) -> dict[tuple[str, bool], Ladder]:
    """What may be forecast on each scale, and what of it Foundation tier reaches."""
    return {
        (scale, foundation): Ladder(members, FOUNDATION_TOP if foundation else inf)
        for scale, members in levels_of(scales).items()
        for foundation in (False, True)
    }


def _says(cell: Value, answer: str) -> bool:
    return not is_error(cell) and same(cell, answer)


def _foundation(subjects: Table) -> set[str]:
    tiers = zip(subjects["subject"], subjects["tier"], strict=True)
    return {fold(word(subject)) for subject, tier in tiers if fold(word(tier)) == "foundation"}


def _compare_subjects(found: Sequence[Step]) -> None:
    """Put each residual beside the mean of the learner's other subjects, where at least three can be compared."""
    groups: dict[tuple[str, str, int], list[tuple[Step, float]]] = {}
    for step in found:
        if step.residual is not None:
            group = groups.setdefault((fold(step.learner_id), fold(step.scale), step.drop), [])
            group.append((step, step.residual))
    for group in groups.values():
        total = sum(residual for _, residual in group)
        if len(group) >= COMPARABLE:
            for step, residual in group:
                step.relative = round(residual - (total - residual) / (len(group) - 1), 2)
