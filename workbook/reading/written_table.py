"""The rows of a table that Mentorbook writes, as they stand in a file, for what was typed beside them."""

from __future__ import annotations

from workbook.model import Value
from workbook.package.guard import GuardedFile
from workbook.reading.cell_values import columns_of, read_grids
from workbook.reading.outline import read_book
from workbook.reading.sheet_xml import read_raw


def written_table(file: GuardedFile, name: str) -> list[dict[str, Value]]:
    """The rows of the table called ``name`` by heading, from the first to its last; none where there is no such table.

    What a mentor types directly below the table counts, as Excel lets the table grow over it.
    """
    book = read_book(file)
    for part in book.sheets:
        for table in part.tables:
            if table.name.casefold() == name.casefold():
                (grid,) = read_grids(file, book, [read_raw(file, part.part, (), table.last_column).xml])
                columns = columns_of(grid, table.header_row + 1, max(table.last_row, len(grid)), table.last_column)
                kept = columns[table.first_column - 1 :]
                return [dict(zip(table.headings, row, strict=False)) for row in zip(*kept, strict=True)]
    return []
