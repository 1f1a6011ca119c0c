"""Targets: which still wait, and which were met lately.

The column Still open of Targets gives the first answer as a formula (`workbook.model.questions.OPEN`).
"""

from __future__ import annotations

from datetime import date

from workbook.model import Value
from workbook.model.excel import fold, is_error, seen
from workbook.model.tracker import as_date


def is_open(status: Value) -> bool:
    """Whether a target still waits: its status is blank or Open."""
    return not is_error(status) and fold(seen(status)) in ("", "open")


def met_on(status: Value, reviewed: Value, due: Value) -> date | None:
    """The day a target was met: that of its review, or its due date where no review is noted; None if it was not."""
    return (as_date(reviewed) or as_date(due)) if fold(seen(status)) == "met" else None


def met_lately(status: Value, reviewed: Value, due: Value, on: date, within: float | None) -> date | None:
    """The day a target was met, where that is no more than ``within`` days before ``on``; None where it is not."""
    day = met_on(status, reviewed, due)
    return day if day and within is not None and 0 <= (on - day).days <= within else None
