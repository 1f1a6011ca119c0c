"""Which columns each formula reads, taken from the formulas themselves: in its own row, and beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from workbook.measures.data_date import DATA_DATE
from workbook.model import SHEETS, Sheet, academic_year, questions, sheet
from workbook.model.formulas import NAMES
from workbook.model.settings import BY_NAME

Place = tuple[str, str]
"""A column: the name of its table and its key."""

DAY: Place = ("", "data_date")
"""The data date, on which a formula can depend as on a column."""

_SETTING: tuple[Place, ...] = (("Settings", "name"), ("Settings", "value"))
"""Any setting: which value is whose is said by the names beside."""
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_WORD = re.compile(
    r"\[@(?P<first>[^\]:]+)(?::(?P<last>[^\]]+))?\]"
    r"|(?P<word>[A-Za-z_][\w.]*)(?:\[(?:\[(?P<from>[^\]]+)\]:\[(?P<to>[^\]]+)\]|(?P<column>[^\[\]]+))\])?"
)


@dataclass(frozen=True)
class Reads:
    """What a formula reads: ``row`` in its own row, ``beyond`` in whole columns, its own table's too."""

    row: frozenset[Place]
    beyond: frozenset[Place]

    @property
    def all(self) -> frozenset[Place]:
        """Every column it reads."""
        return self.row | self.beyond


@cache
def reads() -> Mapping[Place, Reads]:
    """What every computed column reads, and what the data date does. KeyError for a table that there is none of."""
    found = {(one.table, column.key): _reads(str(column.formula), one) for one in SHEETS for column in one.computed}
    return found | {DAY: _reads(DATA_DATE, None)}


@cache
def tables_in_order() -> tuple[str, ...]:
    """The tables with computed columns, each behind those whose columns it reads."""
    needs: dict[str, set[str]] = {one.table: set() for one in SHEETS if one.computed}
    for (table, _), one in reads().items():
        if table:
            needs[table] |= {other for other, _ in one.beyond if other in needs and other != table}
    return tuple(TopologicalSorter(needs).static_order())


@cache
def needed_for(place: Place) -> frozenset[Place]:
    """Every column that a computed one rests on, by way of whichever others."""
    seen: set[Place] = set()
    waiting = {place}
    while waiting:
        one = waiting.pop()
        seen.add(one)
        waiting |= (reads()[one].all if one in reads() else frozenset()) - seen
    return frozenset(seen)


def _reads(formula: str, one: Sheet | None) -> Reads:
    found = set(_places(formula, one, set()))
    return Reads(frozenset(place for place, own in found if own), frozenset(place for place, own in found if not own))


def _places(formula: str, one: Sheet | None, seen: set[str]) -> Iterator[tuple[Place, bool]]:
    """The columns in a formula of a sheet, each with whether it is the cell of the row; names are looked into."""
    for found in _WORD.finditer(_TEXT.sub("", formula)):
        word = found["word"]
        if word is None:
            assert one is not None, formula
            yield from ((place, True) for place in _run(one, found["first"], found["last"]))
        elif found["column"] or found["from"]:
            columns = _run(sheet(word), found["column"] or found["from"], found["to"])
            yield from ((place, False) for place in columns)
        elif word == DAY[1]:
            yield DAY, False
        elif word in BY_NAME:
            yield from ((place, False) for place in _SETTING)
        elif word not in seen and (meaning := _meaning(word, one)):
            yield from _places(meaning, one, seen | {word})


def _meaning(word: str, one: Sheet | None) -> str:
    own = (NAMES.get(one.table, {}) | questions.ROW_NAMES.get(one.table, {})) if one else {}
    return own.get(word) or (academic_year.NAMES | questions.NAMES | questions.ON_START).get(word, "")


def _run(one: Sheet, first: str, last: str | None) -> Iterator[Place]:
    """The columns from one heading to another."""
    headers = [column.header for column in one.columns]
    start = headers.index(first)
    for column in one.columns[start : headers.index(last or first) + 1]:
        yield one.table, column.key
