"""The group Check: what is wrong in the tracker, and the way from one problem to the next."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import Any

from addin.deeds.actions import (
    Action,
    Cells,
    Deed,
    GoTo,
    Lines,
    Note,
    Place,
    Read,
    Sheets,
    Step,
    Where,
    WriteSheet,
    button,
)
from addin.deeds.marks import COLUMN, key_of, marks_of
from addin.deeds.written import HEAD, dated
from workbook.building.views.places import purpose
from workbook.building.views.written_rows import PROBLEMS, WRITES, problem_rows
from workbook.model import Problem
from workbook.model.tracker import column_letter
from workbook.reading.outline import column_number

SHEET = "Problems"


@button
def check() -> Deed:
    """List every problem on the sheet Problems and mark its cell."""
    from workbook.checks import check as find

    opened = yield Read(structure=True)
    yield Step("checking")
    problems = find(opened.tracker)
    yield Step("writing Problems")
    line = yield from dated(_line(problems), date.today())
    yield WriteSheet(SHEET, purpose(SHEET), line, PROBLEMS, problem_rows(problems), after="Flags")
    yield marks_of(opened.tracker, problems)
    return None


def _line(problems: Sequence[Problem]) -> str:
    today = date.today()
    day = f"{today.day} {today:%B %Y}"
    if not problems:
        return f"Nothing to mend was found on {day}."
    sheets = len({one.sheet for one in problems})
    things = f"{len(problems):,} thing{'s' * (len(problems) > 1)} to mend on {sheets} sheet{'s' * (sheets > 1)}"
    return f"{things}, looked for on {day}. {WRITES}"


Listed = tuple[str, str, str, str, str]
"""A row of the sheet Problems: sheet, cell, message, fix and key."""


@button
def next_problem() -> Deed:
    """Go to the next cell of the list that is still as it was, and say below what is wrong with it."""
    listed = _listed((yield Lines(SHEET)))
    if not listed:
        return "The sheet Problems lists nothing: press Check tracker to look for what needs mending."
    start = _start((yield Where()), listed)
    there = yield Sheets()
    for place in (*range(start, len(listed)), *range(start)):
        sheet, cell, message, fix, key = listed[place]
        if sheet in there and not (cell and key and (yield from _mended(sheet, cell, key))):
            yield GoTo(sheet, cell or "A1")
            yield Note(f"{place + 1} of {len(listed)}: {message} {fix}"[:250])
            return None
    return "All of these cells have been changed since the check: press Check tracker to look again."


def _listed(lines: Sequence[Sequence[Any]] | None) -> list[Listed]:
    rows = [(*row, *[None] * COLUMN) for row in (lines or ())[HEAD:]]
    return [
        (str(row[0]), str(row[1] or ""), str(row[3] or ""), str(row[4] or ""), str(row[COLUMN - 1] or ""))
        for row in rows
        if row[0]
    ]


def _start(here: Place | None, listed: Sequence[Listed]) -> int:
    """Where to begin: at the row one stands on in Problems, else behind the problem of the cell one is in."""
    if here is None:
        return 0
    if here.sheet == SHEET:
        return min(max(here.row - HEAD - 1, 0), len(listed) - 1)
    cell = f"{column_letter(here.column)}{here.row}"
    places = [place for place, one in enumerate(listed) if one[:2] == (here.sheet, cell)]
    return (places[-1] + 1) % len(listed) if places else 0


def _mended(sheet: str, cell: str, key: str) -> Generator[Action, Any, bool]:
    """Whether a cell no longer says what it said when it was checked. Problems of one cell may have the same key."""
    letters = cell.rstrip("0123456789")
    column = column_number(letters)
    (row,) = yield Cells(sheet, (int(cell[len(letters) :]),), column)
    return key_of(sheet, cell, row[column - 1]) != key
