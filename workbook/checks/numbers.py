"""Numbers: texts where numbers should be, numbers out of range or not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbook.checks.findings import Finding, judged
from workbook.checks.kinds import (
    BECAME_DATE,
    NUMBER_AS_TEXT,
    NUMBER_NOT_WHOLE,
    NUMBER_OUT_OF_RANGE,
    TEXT_IN_NUMBER,
)
from workbook.checks.reference import Known
from workbook.checks.spelling import skeleton, tidy
from workbook.model.problem import Problem
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Column, Kind, Value

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")


def numbers(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of numbers."""

    def judge(value: Value) -> Finding | None:
        if isinstance(value, CellError):
            return None
        if isinstance(value, bool):
            return Finding(TEXT_IN_NUMBER)
        if isinstance(value, date):
            return Finding(BECAME_DATE)
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, (int, float)):
            return _number(value, column)
        return None

    yield from judged(table, column.key, judge)


def _text(value: str) -> Finding:
    clean = "".join(tidy(value).split())
    if _NUMBER.fullmatch(clean):
        return Finding(NUMBER_AS_TEXT, clean)
    alike = skeleton(value)
    worth = alike != value and _NUMBER.fullmatch(alike) and any(letter.isdigit() for letter in value)
    return Finding(TEXT_IN_NUMBER, alike if worth else None)


def _number(value: float, column: Column) -> Finding | None:
    low, high = column.low, column.high
    if (low is not None and value < low) or (high is not None and value > high):
        return Finding(
            NUMBER_OUT_OF_RANGE,
            None,
            {"bounds": _bounds(low, high)},
        )
    if column.kind is Kind.WHOLE and value != int(value):
        return Finding(NUMBER_NOT_WHOLE, None)
    return None


def _bounds(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{low:g} or more"
    return f"at most {high:g}" if low is None else f"from {low:g} to {high:g}"
