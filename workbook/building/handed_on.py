"""A tracker of some learners only, to hand on: made anew, so that nothing about anybody else can be left in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.measures.interventions import group_key
from workbook.measures.learners import id_key
from workbook.model import Audience, Sheet, Table, Tracker

LEFT_OUT = ("Diary",)
"""Sheets about no learner in particular whose words may still name one."""


def handed_on(tracker: Tracker, learners: Iterable[str]) -> Tracker:
    """The rows of these learners, the set-up, and nothing that never leaves a tracker.

    An intervention of a group comes along where one of them is in the group.
    """
    rows = rows_of(tracker, learners)
    tables = {name: _cut(table, rows[name]) for name, table in tracker.tables.items()}
    return Tracker(tables, tracker.name)


def rows_of(tracker: Tracker, learners: Iterable[str]) -> dict[str, list[int]]:
    """Which records of each table go with these learners, by their places."""
    ids = set(map(id_key, learners))
    groups = {group_key(row["group"]) for row in tracker["Groups"].records() if id_key(row["learner_id"]) in ids}
    return {
        name: [place for place, row in enumerate(table.records()) if _belongs(row, table.sheet, ids, groups)]
        for name, table in tracker.tables.items()
    }


def _cut(table: Table, places: Iterable[int]) -> Table:
    sheet, records = table.sheet, list(table.records())
    return Table.of(sheet, [_shared(records[place], sheet) for place in places])


def _belongs(row: Mapping[str, Any], sheet: Sheet, ids: set[str], groups: set[str]) -> bool:
    if "learner_id" not in sheet.by_key:
        return sheet.name not in LEFT_OUT
    learner = id_key(row.get("learner_id"))
    return learner in ids or (not learner and group_key(row.get("group")) in groups)


def _shared(row: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """A row without what never leaves, and without columns that are not the product's own."""
    return {column.key: row.get(column.key) for column in sheet.entry if column.audience is not Audience.NEVER}
