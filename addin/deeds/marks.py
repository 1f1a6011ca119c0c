"""The mark on a cell with a problem: a conditional format that holds as long as the cell says what it said.

The sheet Problems keeps, in a hidden column beside its table, a key for each problem: sheet, cell and what stands in
it. A cell is marked while its own key is among them, so the mark goes by itself when the cell is mended, with no
fill to be taken away again and no cell of the mentor's changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from addin.deeds.actions import Marks
from workbook.model import CellError, Problem, Tracker, Value
from workbook.model.excel import serial

NAME = "problem_marks"
COLUMN = 8
"""The hidden column of the sheet Problems that holds the keys: H, with one between it and the table."""
_LETTERS = 60
"""So many letters of a cell tell whether it is still the same."""


def key_of(sheet: str, cell: str, value: Value) -> str:
    """A problem's key, as `formula` makes it from the cell; numbers and texts that look alike differ."""
    if isinstance(value, CellError):
        return f"{sheet}!{cell}=!"
    if value is None:
        return f"{sheet}!{cell}="
    if isinstance(value, bool):
        return f"{sheet}!{cell}={str(value).upper()}"
    if isinstance(value, date):
        value = serial(value)
    if isinstance(value, (int, float)):
        return f"{sheet}!{cell}#{value:.15g}"[: len(sheet) + len(cell) + 2 + _LETTERS]
    return f"{sheet}!{cell}={value.replace('~', '')[:_LETTERS]}"


def formula(sheet: str) -> str:
    """Whether a cell of a sheet is marked. It names no cell beside it, so it means the same from wherever it is set.

    Excel takes 255 characters here and no other sheet's cells, only a name for them.
    """
    here = "INDEX($A:$BZ,ROW(),COLUMN())"
    text = f'LEFT(IFERROR(SUBSTITUTE({here},"~",""),"!"),{_LETTERS})'
    key = f'"{sheet.replace(chr(34), chr(34) * 2)}!"&ADDRESS(ROW(),COLUMN(),4)&IF(ISNUMBER({here}),"#","=")&{text}'
    return f"=ISNUMBER(MATCH({key},{NAME},0))"


def marks_of(tracker: Tracker, problems: Iterable[Problem]) -> Marks:
    """The marks for problems that have a cell."""
    kept = [one for one in problems if one.cell]
    by_name = {table.sheet.name: name for name, table in tracker.tables.items()}
    keys = tuple(key_of(one.sheet, one.cell, _in_cell(tracker, one)) for one in kept)
    return Marks(keys, {by_name[one.sheet]: one.sheet for one in kept if one.sheet in by_name})


def _in_cell(tracker: Tracker, problem: Problem) -> Value:
    """What stands in a problem's cell; the problem's own value where it is not a record's cell."""
    by_name = {table.sheet.name: table for table in tracker.tables.values()}
    table = by_name.get(problem.sheet)
    letters = problem.cell.rstrip("0123456789")
    row = int(problem.cell[len(letters) :])
    if table is not None:
        key = next((key for key, at in table.letters.items() if at == letters), None)
        if key in table.columns and row in table.rows:
            return table.columns[key][table.rows.index(row)]
    return problem.value if isinstance(problem.value, (str, int, float, bool, date)) else None
