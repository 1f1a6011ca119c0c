"""Progress of each learner in each subject: a row for each data drop that has a level.

The figures of the latest drop are those of the Progress sheet. Levels are compared inside one scale only; a missing
baseline or target gives no figure, never 0; drops not assessed are counted apart.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from workbook.measures.data_date import as_of
from workbook.measures.snapshot import Snapshot
from workbook.measures.steps import steps
from workbook.model import Tracker

if TYPE_CHECKING:
    import pandas as pd

KEYS = (
    "learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status", "latest", "residual",
    "progress", "relative", "effort", "baseline_points", "target_points", "forecast", "forecast_points",
    "forecast_gap", "forecast_low", "forecast_high", "estimated", "not_assessed",
)  # fmt: skip


TOLD = (
    "learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status",
    "forecast", "forecast_low", "forecast_high", "estimated",
)  # fmt: skip
"""What is told of a row where progress is printed as data."""


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

    rows = progress_rows(tracker, on)
    columns = {key: [row[key] for row in rows] for key in KEYS}
    return pd.DataFrame(columns, dtype=object).astype({"latest": bool, "estimated": bool})


def progress_rows(tracker: Tracker, on: date | None = None) -> list[dict[str, Any]]:
    """The same rows as dictionaries, for where there is no pandas."""
    found = steps(tracker if on is None else as_of(tracker, on))
    return [dict(zip(KEYS, row, strict=True)) for row in map(attrgetter(*KEYS), found)]


def told_progress(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The rows as the command prints them: what `TOLD` names, in its order."""
    return [{key: row[key] for key in TOLD} for row in progress_rows(snapshot.tracker)]
