"""Which rows of Achievements stand on reports, so that they can be marked as celebrated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from workbook.measures.achievements import is_to_celebrate
from workbook.measures.learners import id_key
from workbook.model import Tracker, Value
from workbook.reports.content.subjects import plain

_LIST = "to_celebrate"


def celebrates(asked: Iterable[str]) -> bool:
    """Whether a template that asks for these names (with or without braces) says what is yet to be celebrated."""
    return any(name.strip("{} ").lower().startswith(f"{_LIST}.") for name in asked)


def celebrated_rows(tracker: Tracker, on: date, reports: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, Value]]:
    """What to write into Achievements, by worksheet row: Celebrated becomes Yes for all that stands on reports."""
    said = {
        (id_key(one["learner"]["learner_id"]), item["date"], item["what"])
        for one in reports
        if "learner" in one
        for item in one.get(_LIST, ())
    }
    table, found = tracker["Achievements"], dict[int, dict[str, Value]]()
    for place, row in enumerate(table.records()):
        key = (id_key(row["learner_id"]), plain(row["date"]), plain(row["what"]))
        if key in said and is_to_celebrate(row["date"], row["celebrated"], on, tracker.year[0]):
            found[table.rows[place]] = {"celebrated": "Yes"}
    return found
