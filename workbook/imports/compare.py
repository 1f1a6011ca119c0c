"""Where two trackers differ: the one in use and an earlier copy of it, row by row and cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workbook.imports.words import as_text
from workbook.model import SHEETS, Table, Tracker, Value

WHOLE_ROW = "the whole row"
GONE, NEW = "not there", "new since then"


@dataclass(frozen=True)
class Differing:
    """A cell that differs, or a row that only one of the two has; ``cell`` is where it stands in the present one."""

    sheet: str
    cell: str
    what: str
    heading: str
    now: str
    then: str


def compare(now: Tracker, then: Tracker) -> list[Differing]:
    """All differences, sheet by sheet: rows found by what names them, wherever they stand."""
    found: list[Differing] = []
    for one in SHEETS:
        if one.table in now.tables and one.table in then.tables:
            found += _of_table(now.tables[one.table], then.tables[one.table])
    return found


def _of_table(now: Table, then: Table) -> Iterator[Differing]:
    sheet = now.sheet
    keys = sheet.unique or tuple(column.key for column in sheet.entry)
    earlier = _by_name(then, keys)
    for index in range(len(now)):
        places = earlier.get(_name(now, keys, index))
        what = _what(now, index)
        if not places:
            yield Differing(sheet.name, now.cell(sheet.columns[0].key, index), what, WHOLE_ROW, NEW, "")
            continue
        before = places.pop(0)
        for column in sheet.entry:
            new, old = now[column.key][index], then[column.key][before]
            if column.key in now.columns and column.key in then.columns and new != old:
                cell = now.cell(column.key, index)
                yield Differing(sheet.name, cell, what, column.header, _whole(new), _whole(old))
    for places in earlier.values():
        for index in places:
            values = (then[column.key][index] for column in sheet.entry)
            words = ", ".join(_whole(value) for value in values if value is not None)
            yield Differing(sheet.name, "", _what(then, index), WHOLE_ROW, GONE, words)


def _by_name(table: Table, keys: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(table)):
        found[_name(table, keys, index)].append(index)
    return found


def _name(table: Table, keys: tuple[str, ...], index: int) -> tuple[str, ...]:
    return tuple("" if (value := table[key][index]) is None else as_text(value).casefold() for key in keys)


def _what(table: Table, index: int) -> str:
    keys = table.sheet.unique or tuple(column.key for column in table.sheet.entry[:3])
    return ", ".join(as_text(value) for key in keys if (value := table[key][index]) is not None)


def _whole(value: Value) -> str:
    """A value in full, so that it can be taken back; a date day first."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else as_text(value)
