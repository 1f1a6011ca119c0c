"""Worksheet functions, all cells of a calculation at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from addin.functions import declared  # noqa: F401  declares them
from addin.functions.declaring import DECLARED
from workbook.model.excel import serial


def calls(wanted: Sequence[tuple[str, Sequence[Any]]]) -> dict[str, Any]:
    """The answer of each call, rows of values; a call is a name and its arguments, ranges as rows of values."""
    known: dict[str, list[list[Any]]] = {}
    answers = []
    for name, arguments in wanted:
        call = json.dumps([name, arguments])
        if call not in known:  # a formula that was filled down with the same ranges is worked out once
            known[call] = _answer(name, arguments)
        answers.append(known[call])
    return {"data": answers}


def _answer(name: str, arguments: Sequence[Any]) -> list[list[Any]]:
    found = DECLARED[name].run(*map(_range, arguments))
    return [[_out(value) for value in row] for row in found]


def _range(argument: Any) -> Any:
    rows = argument if isinstance(argument, list) else [[argument]]
    return [[None if value == "" else value for value in row] for row in rows]


def _out(value: Any) -> Any:
    """A value as a cell takes it: blank stays blank, a day is its number."""
    return "" if value is None else serial(value) if isinstance(value, date) else value


DEEDS = {"calls": calls}
