"""Take back what was written into a tracker, and bring back rows of an earlier copy: cell by cell, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.imports.compare import Return, compare_tables, paired
from workbook.imports.difference import Difference
from workbook.model import Table, Tracker


def earlier_rows(now: Tracker, then: Tracker) -> list[Return]:
    """What would make a tracker as an earlier copy was, record by record."""
    return [one for name, table in then.tables.items() for one in _returns(now[name], table)]


def last_written(before: Tracker, after: Tracker, now: Tracker) -> tuple[list[Return], list[Return]]:
    """What takes back a change from ``before`` to ``after`` where it still stands; and where it does not any more."""
    back, left = [], []
    for name, table in after.tables.items():
        here = {place: index for index, place in paired(now[name], table)[0]}
        for one in _returns(table, before[name]):
            found = None if one.index is None else here.get(one.index)
            if one.index is None:
                back.append(one)
            elif found is not None and all(now[name][key][found] == new for key, _, new, _ in one.values):
                cell = now[name].cell(one.values[0][0], found)
                back.append(Return(name, one.sheet, found, cell, one.what, one.values))
            else:
                left.append(one)
    return back, left


def _returns(now: Table, then: Table) -> Iterator[Return]:
    """The differences of a table row by row."""
    row: Return | None = None
    for one in compare_tables(now, then):
        if row is not None and row.index is not None and row.index == one.back.index:
            row = replace(row, values=row.values + one.back.values)
            continue
        if row is not None:
            yield row
        row = one.back
    if row is not None:
        yield row


def with_returns(now: Tracker, returns: Sequence[Return]) -> Difference:
    """The difference that these make to the tracker; rows that were added become blank, lost ones come at the end."""
    after = now.with_room()
    for name in dict.fromkeys(one.table for one in returns):
        held = now[name]
        columns = {key: list(values) for key, values in held.columns.items()}
        table = Table(held.sheet, columns, list(held.rows), held.letters)
        for one in returns:
            if one.table != name:
                continue
            index = one.index
            if index is None:
                index = len(table.rows)
                table.rows.append((table.rows[-1] if table.rows else 4) + 1)
                for values in table.columns.values():
                    values.append(None)
            for key, _, _, then in one.values:
                table.columns[key][index] = then
        after.tables[name] = table
    return Difference(now, after)
