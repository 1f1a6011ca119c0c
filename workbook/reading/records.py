"""The records of a sheet, taken from its cells: filled rows, column by column, each with its row on the sheet."""

from __future__ import annotations

from itertools import compress
from typing import Any

from workbook.model.tracker import Table, column_letter
from workbook.model.vocabulary import CellError, Value
from workbook.reading.cell_values import columns_of
from workbook.reading.found_sheet import FoundSheet


def take_table(one: FoundSheet) -> Table:
    """The records of a sheet: its filled rows, those typed below the table too, without its totals.

    Notes in ``one`` the rows that are records and all their columns, computed ones too.
    """
    first = one.header_row + 1
    last = len(one.grid) if one.header_row else 0
    columns = columns_of(one.grid, first, last, max(one.headings.texts, default=0))
    places = {column.key: one.headings.columns.get(column.key) for column in one.sheet.entry}
    places |= one.headings.extras
    height = max(last - first + 1, 0)
    taken: dict[str, list[Value]] = {
        key: columns[number - 1] if number is not None else [None] * height for key, number in places.items()
    }
    keep = _filled_rows(one, taken, first, height)
    one.rows = list(compress(range(first, first + height), keep))
    if len(one.rows) < height:
        taken = {key: list(compress(values, keep)) for key, values in taken.items()}
        columns = [list(compress(values, keep)) for values in columns]
    one.columns = {key: columns[number - 1] for key, number in one.headings.columns.items()}
    _put_errors_back(one, taken)
    numbers = one.headings.columns | one.headings.extras
    letters = {key: column_letter(number) for key, number in numbers.items()}
    return Table(one.sheet, taken, one.rows, letters)


def _filled_rows(one: FoundSheet, taken: dict[str, list[Value]], first: int, height: int) -> list[bool]:
    """Which rows are records: not blank, no totals, and below the table only what follows on or is complete."""
    typed = [values for key, values in taken.items() if key in one.sheet.by_key] or [[None] * height]
    blank = len(typed)
    filled = [row.count(None) != blank for row in zip(*typed, strict=True)]
    for address in one.raw.errors:
        number = int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - first
        if 0 <= number < height and not filled[number]:
            filled[number] = any(
                address == f"{column_letter(place)}{number + first}"
                for key, place in one.headings.columns.items()
                if not one.sheet.by_key[key].computed
            )
    end = one.table_end - first + 1 if one.table else 0
    needed = [taken[column.key] for column in one.sheet.entry if column.required]
    if one.table and one.table.totals_rows:
        filled[end : end + one.table.totals_rows] = [False] * len(filled[end : end + one.table.totals_rows])
        start = end + one.table.totals_rows
    else:
        start = end
    follows = True
    for place in range(max(start, 0), height):
        complete = bool(needed) and all(values[place] is not None for values in needed)
        follows = filled[place] and (follows or complete)
        filled[place] = follows
    return filled


def _put_errors_back(one: FoundSheet, taken: dict[str, list[Value]]) -> None:
    """Error cells, which the reader of values gives as blanks."""
    if not one.raw.errors:
        return
    index = {row: place for place, row in enumerate(one.rows)}
    keys: dict[str, str] = {
        column_letter(number): key for key, number in (one.headings.columns | one.headings.extras).items()
    }
    for address, code in one.raw.errors.items():
        letters = address.rstrip("0123456789")
        place = index.get(int(address[len(letters) :]))
        values: list[Any] | None = taken.get(keys.get(letters, ""))
        if place is not None and values is not None:
            values[place] = CellError(code)
