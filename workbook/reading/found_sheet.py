"""A sheet of the model as it was found in a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.model.vocabulary import Sheet, Value
from workbook.reading.cell_values import Grid
from workbook.reading.headings import Headings
from workbook.reading.outline import SheetPart, TablePart
from workbook.reading.sheet_xml import RawSheet


@dataclass
class FoundSheet:
    """A sheet of the model in a file: the part and table that hold it, its XML's facts, its cells, its headings."""

    sheet: Sheet
    part: SheetPart
    table: TablePart | None
    raw: RawSheet = field(default_factory=RawSheet)
    grid: Grid = field(default_factory=list)
    header_row: int = 0
    headings: Headings = field(default_factory=Headings)
    rows: list[int] = field(default_factory=list)
    columns: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def table_end(self) -> int:
        """The last row of the table that can hold a record."""
        return self.table.last_row - self.table.totals_rows if self.table else len(self.grid)
