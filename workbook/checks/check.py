"""All checks in one pass: each table's columns by their kind, then its rows, then what tables say of each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from workbook.checks.contacts import contacts
from workbook.checks.cross import cross_checks
from workbook.checks.dates import birth_dates, dates, dates_in_order
from workbook.checks.identifiers import identifiers
from workbook.checks.levels import levels
from workbook.checks.marks import marks, registers
from workbook.checks.numbers import numbers
from workbook.checks.reference import Known
from workbook.checks.rows import required, rows_twice, torn_rows, values_twice
from workbook.checks.settings import settings
from workbook.checks.words import words
from workbook.model.problem import Problem
from workbook.model.sheets import SHEETS
from workbook.model.tracker import Table, Tracker
from workbook.model.vocabulary import Column, Kind
from workbook.reading.outline import column_number

ColumnCheck = Callable[[Table, Column, Known], Iterator[Problem]]

BY_KIND: dict[Kind, ColumnCheck] = {
    Kind.LEARNER: identifiers,
    Kind.UPN: identifiers,
    Kind.ULN: identifiers,
    Kind.NAME: words,
    Kind.TEXT: words,
    Kind.NOTE: words,
    Kind.CHOICE: words,
    Kind.YES_NO: words,
    Kind.ANY: words,
    Kind.NUMBER: numbers,
    Kind.WHOLE: numbers,
    Kind.DATE: dates,
    Kind.LEVEL: levels,
    Kind.EFFORT: levels,
    Kind.MARK: marks,
    Kind.EMAIL: contacts,
    Kind.PHONE: contacts,
    Kind.LINK: contacts,
}


def check(tracker: Tracker, on: date | None = None) -> list[Problem]:
    """Every problem of a tracker, those of its file included, by sheet, row and column.

    ``on`` is the day up to which marks are due; without it, the end of the last week in the registers.
    """
    known = Known(tracker, on)
    found = list(tracker.problems)
    for sheet in SHEETS:
        table = tracker.tables.get(sheet.table)
        if table is not None and len(table):
            found += _check_table(table, known)
    found += list(cross_checks(known, found))
    return in_order(found)


def _check_table(table: Table, known: Known) -> Iterator[Problem]:
    for column in table.sheet.entry:
        if column.key not in table.columns:
            continue
        if table.sheet.table != "Settings" or column.key != "value":
            yield from BY_KIND[column.kind](table, column, known)
        if column.unique:
            yield from values_twice(table, column)
    yield from required(table)
    yield from rows_twice(table)
    yield from dates_in_order(table)
    yield from torn_rows(table, known)
    if table.sheet.table == "Learners":
        yield from birth_dates(table, known)
    elif table.sheet.table == "Registers":
        yield from registers(table, known)
    elif table.sheet.table == "Settings":
        yield from settings(table)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by sheet as the tabs stand, then row, then column; what concerns a whole sheet first."""
    place = {sheet.name: number for number, sheet in enumerate(SHEETS)}

    def key(problem: Problem) -> tuple[int, int, int, str]:
        cell = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell)
        row, column = (int(cell.group(2)), column_number(cell.group(1))) if cell else (0, 0)
        return place.get(problem.sheet, len(place)), row, column, problem.code

    return sorted(problems, key=key)
