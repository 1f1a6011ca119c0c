"""A sheet of the model as it was found in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbook.model import CannotDo
from workbook.model.vocabulary import Sheet, Value
from workbook.reading.cell_values import Grid
from workbook.reading.headings import Headings
from workbook.reading.outline import SheetPart, TablePart
from workbook.reading.sheet_xml import RawSheet


def stranger(found: Sequence[FoundSheet]) -> tuple[str, str] | None:
    """A sheet and a heading that it lacks, where more than half of the headings that every row needs are missing.

    Such a workbook only shares the names of its sheets with a tracker.
    """
    needed = [(one, column) for one in found for column in one.sheet.entry if column.required]
    lacking = [(one.sheet.name, column.header) for one, column in needed if column.key not in one.headings.columns]
    return lacking[0] if lacking and (len(lacking) * 2 > len(needed) or len(lacking) == len(needed)) else None


def require_tracker(name: str, found: Sequence[FoundSheet]) -> None:
    """Raise CannotDo where the workbook that is open in Excel is no tracker."""
    if not found or stranger(found):
        raise CannotDo(
            f"{name} is not a tracker: open your tracker, then press the button again; mentorbook new makes one."
        )


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
