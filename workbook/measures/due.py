"""Something to do: where it stands in the tracker, about whom, by when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from workbook.measures.snapshot import Snapshot


class Part(StrEnum):
    """Where a thing stands on the page of the week, in the order of the page."""

    FIRST = "first two days"
    PRAISE = "to praise"
    OVERDUE = "overdue"
    LATER = "later this week"


@dataclass(frozen=True)
class Due:
    """A thing to do: where it stands, about whom (None for everyone), by when, and why.

    A conversation has the ``last_contact`` and a ``next_step`` in words too.
    """

    sheet: str
    cell: str
    learner_id: str | None
    what: str
    due: date
    reason: str
    name: str | None = None
    form: str | None = None
    mentor: str | None = None
    part: Part = Part.LATER
    last_contact: str | None = None
    next_step: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The thing due by column, as commands print it."""
        return dict(vars(self)) | {"part": str(self.part)}


def item(
    snapshot: Snapshot, table: str, key: str, row: int, learner: int | None, what: str, due: date, reason: str
) -> Due:
    """A thing that stands in a column (``key``) and record (``row``) of a table; ``row`` may be the one to come."""
    held = snapshot.tracker[table]
    cell = held.cell(key, row) if row < len(held) else held.next_cell(key)
    if learner is None:
        return Due(held.sheet.name, cell, None, what, due, reason)
    one = snapshot.learners.all[learner]
    name = snapshot.names[learner] or one.learner_id
    return Due(held.sheet.name, cell, one.learner_id, what, due, reason, name, one.form or None, one.mentor or None)
