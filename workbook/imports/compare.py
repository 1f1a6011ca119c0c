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
class Return:
    """What goes back: which table, which of its records now (None for one to be put back), what is there."""

    table: str
    sheet: str
    index: int | None
    cell: str
    what: str
    values: tuple[tuple[str, str, Value, Value], ...]
    """Key, heading, the value now and the value then."""


@dataclass(frozen=True)
class Differing:
    """A cell that differs, or a row that only one of the two has; ``cell`` is where it stands in the present one.

    ``back`` makes it as it was.
    """

    sheet: str
    cell: str
    what: str
    heading: str
    now: str
    then: str
    back: Return


def compare(now: Tracker, then: Tracker) -> list[Differing]:
    """All differences, sheet by sheet: rows found by what names them, wherever they stand."""
    found: list[Differing] = []
    for one in SHEETS:
        if one.table in now.tables and one.table in then.tables:
            found += compare_tables(now.tables[one.table], then.tables[one.table])
    return found


def compare_tables(now: Table, then: Table) -> Iterator[Differing]:
    """The differences of a table: cells of the rows that both have, then rows of the present one, then of the copy."""
    sheet = now.sheet
    keys = [(one.key, one.header) for one in sheet.entry if one.key in now.columns and one.key in then.columns]
    pairs, new, gone = paired(now, then)
    for index, before in sorted(pairs):
        what = words_of(now, index)
        for key, header in keys:
            values = now[key][index], then[key][before]
            if values[0] != values[1]:
                cell = now.cell(key, index)
                back = Return(sheet.table, sheet.name, index, cell, what, ((key, header, *values),))
                yield Differing(sheet.name, cell, what, header, _whole(values[0]), _whole(values[1]), back)
    for index in new:
        what, cell = words_of(now, index), now.cell(sheet.columns[0].key, index)
        cells = tuple((key, header, now[key][index], None) for key, header in keys if now[key][index] is not None)
        back = Return(sheet.table, sheet.name, index, cell, what, cells)
        yield Differing(sheet.name, cell, what, WHOLE_ROW, NEW, "", back)
    for index in gone:
        lost = tuple((key, header, None, then[key][index]) for key, header in keys if then[key][index] is not None)
        back = Return(sheet.table, sheet.name, None, "", words_of(then, index), lost)
        words = ", ".join(_whole(value) for _, _, _, value in lost)
        yield Differing(sheet.name, "", back.what, WHOLE_ROW, GONE, words, back)


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
