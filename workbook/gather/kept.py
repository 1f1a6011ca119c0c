"""What is kept of a tracker in a set: its typed columns that figures need, and what the measures say of each learner.

Every row carries where it came from: the file, the sheet and the row on it, and the academic year. Names, addresses,
numbers of authorities, links, notes and free text are never kept, nor what a tracker marks as never leaving it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.attendance import attendance_rows
from workbook.measures.backtest import looked_back
from workbook.measures.codes import COUNTS
from workbook.measures.flags import found_in
from workbook.measures.progress import progress_rows
from workbook.measures.sessions import WEEK, Mask
from workbook.measures.snapshot import Snapshot
from workbook.measures.standing import COUNTS as HOLDS
from workbook.measures.standing import SESSIONS as ADDED
from workbook.measures.standing import standings
from workbook.model import SHEETS, Problem, Sheet, Tracker, Value
from workbook.model.tracker import as_date
from workbook.model.vocabulary import Audience, Column, Kind

KEPT_KINDS = frozenset(
    {Kind.LEARNER, Kind.DATE, Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.CHOICE, Kind.LEVEL, Kind.EFFORT, Kind.MARK}
)
LEFT_OUT = frozenset({"date_of_birth", "pronouns", "language", "large_print"})
"""Columns of those kinds that say who somebody is, and that no figure needs."""

ABOUT_LEARNERS = tuple(one for one in SHEETS if "learner_id" in one.by_key and one.name != "Parents")
"""The sheets whose typed rows are kept; contacts at home stay in the tracker."""

TEXT, WHOLE, FIGURE, DAY, YES = "text", "whole", "figure", "day", "yes"


@dataclass(frozen=True)
class Kept:
    """A table of a set: its columns with their types, beside the origin that each table has."""

    name: str
    columns: dict[str, str]


ORIGIN = {"file": TEXT, "academic_year": TEXT}
_PERSON = {"learner_id": TEXT}
_FROM_SHEET = {"sheet": TEXT, "row": WHOLE}
_TYPES = {Kind.DATE: DAY, Kind.NUMBER: FIGURE, Kind.WHOLE: FIGURE}
MEASURED = (
    Kept("attendance", _PERSON | dict.fromkeys(("possible", "attended", "authorised", "unauthorised", "late"), WHOLE)
         | dict.fromkeys(("persistent", "severe", "too_early"), YES)),
    Kept("weeks", _PERSON | {"week": DAY} | dict.fromkeys((*COUNTS, "missing"), WHOLE)),
    Kept("levels", _PERSON | {"subject": TEXT, "drop": WHOLE, "level": TEXT} | dict.fromkeys(
        ("points", "expected", "gap", "change", "forecast_points"), FIGURE) | {"status": TEXT, "latest": YES}),
    Kept("flags", _PERSON | {"code": TEXT, "band": TEXT, "nature": TEXT, "value": FIGURE, "answered": YES}),
    Kept("standing", _PERSON | dict.fromkeys(("form", "mentor", "course"), TEXT)
         | dict.fromkeys(("year", *ADDED), WHOLE) | dict.fromkeys(HOLDS, YES)),
    Kept("looked_back", _PERSON | {"on": DAY, "first": YES, "what": TEXT, "place": WHOLE, "places": WHOLE,
                                   "answered": YES}),
    Kept("outcomes", _PERSON | {"outcome": TEXT, "came": YES, "value": TEXT}),
    Kept("problems", _FROM_SHEET | {"cell": TEXT, "code": TEXT}),
)  # fmt: skip


def kept_columns(sheet: Sheet) -> list[Column]:
    """The typed columns of a sheet that go into a set."""
    return [
        column
        for column in sheet.entry
        if column.kind in KEPT_KINDS and column.audience is not Audience.NEVER and column.key not in LEFT_OUT
    ]


def typed(sheet: Sheet) -> Kept:
    """A sheet's table in a set."""
    columns = {column.key: _TYPES.get(column.kind, TEXT) for column in kept_columns(sheet)}
    more = {"on_roll": YES} if sheet.name == "Learners" else {}
    return Kept(table_name(sheet), _FROM_SHEET | columns | more)


def table_name(sheet: Sheet) -> str:
    """The name of a sheet's table in a set: its own in small letters, such as ``work_experience``."""
    return sheet.name.lower().replace(" ", "_")


TABLES = {one.name: one for one in (*map(typed, ABOUT_LEARNERS), *MEASURED)}
"""Every table of a set by name."""


def rows_of(
    tracker: Tracker, on: date, problems: Iterable[Problem], outcomes: Sequence[str] | None = None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of each table of a set from one tracker, without their origin: table by table, so that one is held.

    With ``outcomes``, columns of Learners or none, also what it takes to judge rules over years.
    """
    snapshot = Snapshot(tracker, on)
    known = {learner.learner_id for learner in snapshot.learners.all}
    here = {snapshot.learners.all[place].learner_id for place in snapshot.here}

    def whose(value: Value) -> str | None:
        place = snapshot.learners.find(value)
        return None if place is None else snapshot.learners.all[place].learner_id

    for sheet in ABOUT_LEARNERS:
        rows = list(_typed_rows(tracker, sheet, whose))
        if sheet.name == "Learners":
            for row in rows:
                row["on_roll"] = row["learner_id"] in here
        yield table_name(sheet), rows
    yield "attendance", [row for row in attendance_rows(snapshot, everyone=True) if row["learner_id"] in known]
    yield "weeks", list(_weeks(snapshot))
    yield "levels", progress_rows(tracker, on)
    found = found_in(snapshot)
    yield "flags", [{**one.as_row(), "answered": one.answered is not None} for one in found.flags]
    yield "standing", [one.as_row() for one in standings(found)]
    if outcomes is not None:
        rows, came = looked_back(tracker, on, outcomes)
        yield "looked_back", rows
        yield "outcomes", came
    yield "problems", [_place(one) for one in problems]


def _typed_rows(tracker: Tracker, sheet: Sheet, whose: Callable[[Value], str | None]) -> Iterator[dict[str, Any]]:
    table = tracker[sheet.table]
    columns = {column.key: (column, table[column.key]) for column in kept_columns(sheet)}
    for place, row in enumerate(table.rows):
        made = {key: _plain(values[place], column) for key, (column, values) in columns.items()}
        made["learner_id"] = whose(table["learner_id"][place])
        yield {"sheet": sheet.name, "row": row, **made}


def _plain(value: Value, column: Column) -> Any:
    """A value in its column's type; what is not of that type is a problem of the tracker's and blank here."""
    if column.kind is Kind.DATE:
        return as_date(value)
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return None if value is None else str(value).strip() or None


def _weeks(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """A row for each learner and week with sessions that count: the weeks of a year add up to its attendance."""
    sessions = snapshot.sessions
    masks = sessions.masks | {"missing": sessions.missing}
    for week in range(sessions.weeks):
        axis = ((1 << WEEK) - 1) << week * WEEK
        day = date.fromordinal(sessions.first + 7 * week)
        held = Mask(mine & axis for mine in sessions.exists)
        numbers = {what: sessions.count(Mask(mine & axis for mine in mask)) for what, mask in masks.items()}
        for place, learner in enumerate(sessions.learners.all):
            if held[place]:
                figures = {what: of[place] for what, of in numbers.items()}
                yield {"learner_id": learner.learner_id, "week": day, **figures}


def _place(problem: Problem) -> dict[str, Any]:
    """Where a problem stands and its kind; its sentence may quote what was typed, and stays in the tracker."""
    digits = problem.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$") if problem.cell else ""
    row = int(digits) if digits.isdigit() else None
    return {"sheet": problem.sheet, "row": row, "cell": problem.cell, "code": problem.code}
