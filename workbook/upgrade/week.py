"""My week of an earlier version: the columns in which a mentor records what was done, with their dropdowns.

The rows that stand there stay, what was typed beside them too; the next `update` works them out anew.
"""

from __future__ import annotations

from pathlib import Path

from workbook.building.heights import row_heights
from workbook.building.look import BODY
from workbook.building.tables.table import ROW_POINTS
from workbook.building.views.written_rows import NOT_YET, WEEK
from workbook.editing.edit import edit
from workbook.editing.written_sheet import Link, WrittenSheet
from workbook.model import CannotDo, Value
from workbook.model.tracker import column_letter
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.parts import Package
from workbook.reading.outline import read_book
from workbook.reading.written_table import written_table

NAME, TABLE = "My week", "Myweek"
DROPDOWNS = {column_letter(place) for place, one in enumerate(WEEK, 1) if one.header in ("Record", "With or kind")}
"""The letters of the columns that are chosen from a list."""


def lacking(file: GuardedFile) -> list[str]:
    """The headings of this version that My week has not; none where the file has no such list."""
    tables = [table for part in read_book(file).sheets for table in part.tables if table.name.casefold() == "myweek"]
    return [one.header for table in tables for one in WEEK if one.header not in table.headings]


def without_dropdowns(file: GuardedFile) -> bool:
    """Whether My week has the columns to type into, but not the lists to choose from."""
    part = next((one.part for one in read_book(file).sheets if one.name == NAME), None)
    return part is not None and not lacking(file) and b"dataValidation " not in Package(file).read(part)


def widen(file: GuardedFile, target: Path) -> bool:
    """Write the file with all columns of My week; False where something stands in their way, and nothing is written."""
    names = {one.name for one in read_book(file).sheets}
    rows: list[list[Value | Link]] = [
        [_cell(row, one.header, names) for one in WEEK]
        for row in written_table(file, TABLE)
        if any(value is not None for value in row.values())
    ]
    notes = [([row[place] for row in rows], one.width) for place, one in enumerate(WEEK) if one.wraps]
    heights = list(row_heights(notes, len(rows), ROW_POINTS, BODY))
    sheet = WrittenSheet(TABLE, "", NOT_YET, [one.header for one in WEEK], rows, heights)
    try:
        edit(file, target, {}, written=[sheet])
    except CannotDo:
        return False
    return bool(open_guarded(target))


def _cell(row: dict[str, Value], header: str, names: set[str]) -> Value | Link:
    """A cell; one that leads somewhere still does."""
    value, leads_to = row.get(header), row.get("Sheet")
    return (str(leads_to), str(value)) if header == "Cell" and value and leads_to in names else value
