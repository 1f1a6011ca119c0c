"""Entries put into the tables of the open tracker, in blocks, after they were shown and agreed to.

New rows come behind the last filled one; the table grows over them, and they get its formulas and look. Nothing else is
touched, and never the file: Excel does it all.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from addin.deeds.actions import Action, Block, Held, Holds, Opened, Read, Show, WriteRows
from addin.deeds.written import as_text
from workbook.building.look import AS_TEXT, number_format
from workbook.model import CannotDo, Table, Value
from workbook.model.vocabulary import Sheet
from workbook.reading.outline import column_number

Records = Sequence[Mapping[str, Value]]


def ready(opened: Opened, names: Iterable[str]) -> Generator[Action, Any, None]:
    """Raise CannotDo where rows could not be put into these tables as the mentor would expect."""
    for why in (yield from not_ready(opened, names)).values():
        raise CannotDo(why)


def not_ready(opened: Opened, names: Iterable[str]) -> Generator[Action, Any, dict[str, str]]:
    """Those of these tables that rows cannot be put into as the mentor would expect, each with what to do about it."""
    names = tuple(names)
    held = (yield Holds(names)) if names else ()
    tables = opened.tracker.tables
    found = {name: _in_the_way(name, one, tables.get(name)) for name, one in zip(names, held, strict=True)}
    return {name: why for name, why in found.items() if why}


def _in_the_way(name: str, held: Held, table: Table | None) -> str:
    if held.last_row is None or table is None:
        return f"The rows of {name} are no longer a table: press Check tracker to see how to mend that."
    if held.protected:
        return f"The sheet {held.sheet} is protected: choose Review, Unprotect Sheet, then press the button again."
    if held.filtered:
        return (
            f"{held.sheet} is filtered, so that not all rows are seen: choose Data, Clear there, then press the "
            "button again."
        )
    if held.totals:
        return f"{held.sheet} has a row of totals: choose Table Design, untick Total Row, then try again."
    if table.rows and table.rows[-1] > held.last_row:
        return f"Rows stand below the table {name}: drag its corner down to row {table.rows[-1]} first."
    return ""


def unchanged(opened: Opened, names: Iterable[str]) -> Generator[Action, Any, None]:
    """Raise CannotDo where somebody changed one of these tables since it was read, as can happen online."""
    names = tuple(names)
    now: Opened = yield Read(only=names)
    for name in names:
        before, after = opened.tracker.tables[name], now.tracker.tables[name]
        if after.rows != before.rows or after.columns != before.columns:
            raise CannotDo(
                f"{before.sheet.name} was changed by somebody meanwhile, so nothing was written: press the button anew."
            )


def add(opened: Opened, name: str, records: Records) -> Generator[Action, Any, int]:
    """Put new rows behind the last filled one of a table; gives the first row of the sheet they got."""
    table = opened.tracker.tables[name]
    (held,) = yield Holds((name,))
    if table.sheet.rare:
        yield Show((held.sheet,))
    first = (table.rows[-1] if table.rows else held.header_row) + 1
    formulas = {
        _number(table, column.key): table.sheet.native(column)
        for column in table.sheet.computed
        if column.key in table.letters
    }
    yield WriteRows(name, tuple(_blocks(table, first, records)), first, first + len(records) - 1, formulas)
    return first


def change(opened: Opened, name: str, changed: Mapping[int, Mapping[str, Value]]) -> Generator[Action, Any, None]:
    """Give cells of rows that are there other values, column by column in runs of rows that follow one another."""
    table = opened.tracker.tables[name]
    blocks = []
    for key in dict.fromkeys(key for values in changed.values() for key in values):
        rows = sorted(row for row, values in changed.items() if key in values)
        for first, last in _following(rows):
            values = [[_cell(table.sheet, key, changed[row][key])] for row in range(first, last + 1)]
            blocks.append(Block(first, _number(table, key), values, _formats(table.sheet, [key])))
    yield WriteRows(name, tuple(blocks))


def _blocks(table: Table, first: int, records: Records) -> Iterator[Block]:
    for run in _runs(table, {key for record in records for key in record}):
        values = [[_cell(table.sheet, key, record.get(key)) for key in run] for record in records]
        yield Block(first, _number(table, run[0]), values, _formats(table.sheet, run))


def _runs(table: Table, keys: set[str]) -> Iterator[list[str]]:
    """Keys of columns that stand side by side, so that each run is written in one go."""
    ordered = sorted((key for key in keys if key in table.columns), key=lambda key: _number(table, key))
    run: list[str] = []
    for key in ordered:
        if run and _number(table, key) != _number(table, run[-1]) + 1:
            yield run
            run = []
        run.append(key)
    if run:
        yield run


def _following(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


def _number(table: Table, key: str) -> int:
    return column_number(table.letters[key])


def _formats(sheet: Sheet, keys: Sequence[str]) -> dict[int, str]:
    """Cells of columns of text are formatted as text before anything is put in, so that 007 and 9-8 stay."""
    columns = ((place, sheet.by_key.get(key)) for place, key in enumerate(keys))
    return {place: number_format(one) for place, one in columns if one is not None and one.kind in AS_TEXT}


def _cell(sheet: Sheet, key: str, value: Value) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    column = sheet.by_key.get(key)
    if isinstance(value, str) and (column is None or column.kind not in AS_TEXT):
        return as_text(value)
    return value
