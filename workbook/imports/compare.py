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
    pairs, new, gone = paired(now, then)
    for index, before in sorted(pairs):
        for column in sheet.entry:
            key = column.key
            if key in now.columns and key in then.columns and now[key][index] != then[key][before]:
                told = _whole(now[key][index]), _whole(then[key][before])
                yield Differing(sheet.name, now.cell(key, index), words_of(now, index), column.header, *told)
    for index in new:
        yield Differing(sheet.name, now.cell(sheet.columns[0].key, index), words_of(now, index), WHOLE_ROW, NEW, "")
    for index in gone:
        values = (then[column.key][index] for column in sheet.entry)
        words = ", ".join(_whole(value) for value in values if value is not None)
        yield Differing(sheet.name, "", words_of(then, index), WHOLE_ROW, GONE, words)


def paired(now: Table, then: Table) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Rows of one that are rows of the other, by name; of the rest, those that begin alike in the same place.

    Gives the pairs, then those only in the first, then those only in the second.
    """
    keys = now.sheet.unique or tuple(column.key for column in now.sheet.entry)
    earlier = _by_name(then, keys)
    pairs, new = [], []
    for index in range(len(now)):
        places = earlier.get(_name(now, keys, index))
        if places:
            pairs.append((index, places.pop(0)))
        else:
            new.append(index)
    gone = sorted(index for places in earlier.values() for index in places)
    if not now.sheet.unique:
        at_row = {(then.rows[index], _name(then, keys[:1], index)): index for index in gone}
        for index in list(new):
            before = at_row.get((now.rows[index], _name(now, keys[:1], index)))
            if before is not None:
                pairs.append((index, before))
                new.remove(index)
                gone.remove(before)
    return pairs, new, gone


def _by_name(table: Table, keys: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(table)):
        found[_name(table, keys, index)].append(index)
    return found


def _name(table: Table, keys: tuple[str, ...], index: int) -> tuple[str, ...]:
    return tuple("" if (value := table[key][index]) is None else as_text(value).casefold() for key in keys)


def words_of(table: Table, index: int) -> str:
    """The words that name a record."""
    keys = table.sheet.unique or tuple(column.key for column in table.sheet.entry[:3])
    return ", ".join(as_text(value) for key in keys if (value := table[key][index]) is not None)


def _whole(value: Value) -> str:
    """A value in full, so that it can be taken back; a date day first."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else as_text(value)
