"""One learner's picture: all that the open tracker says about them, in one answer."""

from __future__ import annotations

from typing import Any

from addin.web.door import figures
from addin.web.door.opened import current, day_of
from workbook.measures.learners import id_key
from workbook.model import Audience, CannotDo, Table, Tracker

#: Sheets with rows about a learner whose figures are told elsewhere in the picture.
_FIGURES = ("Learners", "Progress", "Registers")


def learner(learner_id: str, today: str, on: str | None = None) -> dict[str, Any]:
    """Who it is, flags, what is due from today, progress, attendance, and the rows of every other sheet about them.

    CannotDo for an ID that is not on Learners. Columns that never leave the tracker are not in it.
    """
    one, day = current(), day_of(on)
    table = one.tracker["Learners"]
    row = next((i for i, value in enumerate(table["learner_id"]) if _same(value, learner_id)), None)
    if row is None:
        raise CannotDo(f"Learner {learner_id} is not on the Learners sheet: check the ID.")
    answers = {"flags": figures.flags(on), "week": figures.week(today), "progress": figures.progress(on),
               "attendance": figures.attendance(on)}  # fmt: skip
    mine = {
        name: [it for it in answer["data"]["rows"] if _same(it["learner_id"], learner_id)]
        for name, answer in answers.items()
    }
    return {"data": {"on": day, "about": _record(table, row), "records": _records(one.tracker, learner_id), **mine}}


def _records(tracker: Tracker, learner_id: str) -> list[dict[str, Any]]:
    """The rows about a learner on each sheet that has any: its name, its headings, and each row with its cell."""
    found = []
    for name, table in tracker.tables.items():
        if name in _FIGURES or "learner_id" not in table.columns:
            continue
        rows = [i for i, value in enumerate(table["learner_id"]) if _same(value, learner_id)]
        if rows:
            told = [{"cell": table.cell("learner_id", i), "values": _record(table, i)} for i in rows]
            found.append({"sheet": table.sheet.name, "rows": told})
    return found


def _record(table: Table, row: int) -> dict[str, Any]:
    """The filled cells of a row by heading."""
    shown = [column for column in table.sheet.entry if column.audience is not Audience.NEVER]
    values = {column.header: table[column.key][row] for column in shown}
    return {header: value for header, value in values.items() if value is not None}


def _same(value: Any, learner_id: str) -> bool:
    return value is not None and id_key(value) == id_key(learner_id)


DEEDS = {"learner": learner}
