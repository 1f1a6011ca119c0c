"""Ranges of cells as a worksheet function gets them, as the tables and columns that `workbook` works with.

A range is a list of rows. Excel gives numbers as float, dates as datetime, blanks as None, and an error as its text;
a date that was worked out comes as its number.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from workbook.model.excel import FIRST_DAY
from workbook.model.problem import CannotDo
from workbook.model.vocabulary import CellError, Value

Range: TypeAlias = list[list[Any]]

ERRORS = frozenset("#N/A #VALUE! #REF! #DIV/0! #NUM! #NAME? #NULL! #SPILL! #CALC! #GETTING_DATA".split())
_DAYS = range(1, 2_958_466)  # of Excel's calendar, up to the year 9999


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with every error told in words: a cell never shows an error or a traceback."""

    @functools.wraps(function)
    def answered(*ranges: Any, **named: Any) -> Any:
        try:
            return function(*ranges, **named)
        except CannotDo as why:
            return [[str(why)]]
        except Exception as why:
            told = f"{function.__name__} met something it did not expect ({type(why).__name__})"
            return [[f"{told}: look at the ranges it is given."]]

    answered.__annotations__ = {}  # xlwings takes them for wishes of how a range should be read
    return answered


def cells(given: Any) -> Range:
    """A range as rows of values as typed: an empty text is a blank, an error is a `CellError`."""
    rows = given if isinstance(given, list) else [[given]]
    if rows and not isinstance(rows[0], list):
        rows = [rows]
    return [list(row) for row in zip(*map(_typed, zip(*rows, strict=True)), strict=True)]


def _typed(values: Sequence[Any]) -> list[Value]:
    from workbook.reading.cell_values import plain

    typed = plain(values)
    if ERRORS.isdisjoint(values):
        return typed
    return [CellError(value) if value in ERRORS else value for value in typed]


def column(given: Any, rows: int, what: str) -> list[Value]:
    """One value for each of ``rows`` rows: a single cell counts for all of them. CannotDo where the sizes differ."""
    values = cells(given)
    if len(values) == 1 and len(values[0]) == 1:
        return [values[0][0]] * rows
    if len(values[0]) > 1 and len(values) == 1 and rows != 1:
        raise CannotDo(f"{what} must be one cell, or one column with a cell for each row.")
    if len(values) != rows:
        raise CannotDo(f"{what} has {len(values)} rows where {rows} are wanted: choose ranges of the same rows.")
    return [row[0] for row in values]


def height(*given: Any) -> int:
    """How many rows an answer has: those of the first range that is more than one cell."""
    return next((len(values) for values in map(cells, given) if len(values) > 1), 1)


def single(given: Any) -> Value:
    """The value of an argument that is one cell."""
    value: Value = cells(given)[0][0]
    return value


def number_in(value: Value, what: str) -> float | None:
    """A figure; None for a blank. CannotDo for anything else, in words."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise CannotDo(f"{what} must be a number, not {shown(value)}.")


def day_in(value: Value, what: str) -> date | None:
    """A day; None for a blank. CannotDo for anything else, in words."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in _DAYS:
        return FIRST_DAY + timedelta(days=int(value))
    raise CannotDo(f"{what} must be a date, not {shown(value)}.")


def shown(value: Value) -> str:
    """A value as a sentence names it."""
    from workbook.model.problem_kind import shown_as

    return f"the error {value}" if isinstance(value, CellError) else shown_as(value)


def records(table: str, given: Any, *needed: str) -> list[dict[str, Value]]:
    """The rows of a tracker's table. With its headings in the first row columns may stand in any order.

    Without headings the columns are taken as the tracker has them from new. ``needed`` names the headings without
    which the range is not that table; CannotDo then says so.
    """
    from workbook.model import Kind, sheet
    from workbook.reading.headings import match_headings

    described = sheet(table)
    rows = cells(given)
    found = match_headings(described, rows[0])
    if all(described.by_key[key].key in found.columns for key in needed):
        places = {key: number - 1 for key, number in found.columns.items()}
        rows = rows[1:]
    else:
        places = {one.key: place for place, one in enumerate(described.columns)}
        if len(rows[0]) <= max(places[key] for key in needed):
            names = " and ".join(described.by_key[key].header for key in needed)
            raise CannotDo(f"Give the whole table {table} with its headings, {table}[#All]: {names} were not found.")
    typed = {one.key: places[one.key] for one in described.entry if one.key in places}
    dated = {one.key for one in described.entry if one.kind is Kind.DATE}
    return [
        {key: _day(row[place]) if key in dated else row[place] for key, place in typed.items() if place < len(row)}
        for row in rows
        if _filled(row, typed)
    ]


def _day(value: Value) -> Value:
    """A date that comes as its number, which is how the web add-in gets each of them."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in _DAYS:
        return FIRST_DAY + timedelta(days=int(value))
    return value


def _filled(row: Sequence[Value], places: dict[str, int]) -> bool:
    return any(row[place] is not None for place in places.values() if place < len(row))


def in_rows(values: Iterable[Any]) -> list[list[Any]]:
    """One value a row, as an answer of one column."""
    return [[value] for value in values]
