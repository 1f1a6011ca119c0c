"""A tracker of some learners only, to hand on: made anew, so that nothing about anybody else can be left in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.measures.learners import word
from workbook.model import Audience, Sheet, Table, Tracker

LEFT_OUT = ("Diary",)
"""Sheets about no learner in particular whose words may still name one."""


def handed_on(tracker: Tracker, learners: Iterable[str]) -> Tracker:
    """The rows of these learners, the set-up, and nothing that never leaves a tracker.

    An intervention of a group comes along where one of them is in the group.
    """
    ids = {learner.strip().casefold() for learner in learners}
    groups = {
        word(row["group"]).casefold()
        for row in tracker["Groups"].records()
        if word(row["learner_id"]).casefold() in ids
    }
    tables = {name: _cut(table, ids, groups) for name, table in tracker.tables.items()}
    return Tracker(tables, tracker.name)


def _cut(table: Table, ids: set[str], groups: set[str]) -> Table:
    sheet = table.sheet
    if sheet.name in LEFT_OUT:
        return Table.of(sheet)
    rows = (row for row in table.records() if _belongs(row, sheet, ids, groups))
    return Table.of(sheet, [_shared(row, sheet) for row in rows])


def _belongs(row: Mapping[str, Any], sheet: Sheet, ids: set[str], groups: set[str]) -> bool:
    if "learner_id" not in sheet.by_key:
        return True
    learner = word(row.get("learner_id")).casefold()
    return learner in ids or (not learner and word(row.get("group")).casefold() in groups)


def _shared(row: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """A row without what never leaves, and without columns that are not the product's own."""
    return {column.key: row.get(column.key) for column in sheet.entry if column.audience is not Audience.NEVER}
