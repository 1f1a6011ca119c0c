"""The values of sheets, read by python-calamine from slim sheets; what it loses is put back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from workbook.model.vocabulary import Value
from workbook.package.guard import GuardedFile, damaged
from workbook.reading.outline import Book
from workbook.reading.shared_texts import plain_texts

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

_HEAD = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()

Grid = list[list[Any]]
Run = tuple[int, int, Grid]
"""Rows of a sheet, with the row and the column (from 0) of the first cell."""


class Values:
    """Reads the cells of a workbook's sheets; the texts and formats that its sheets share are unpacked once."""

    def __init__(self, file: GuardedFile, book: Book) -> None:
        self._path = file.path
        self._from_1904 = book.dates_from_1904
        shared = {"sharedStrings": book.strings, "styles": book.styles}
        self._shared = {kind: file.read(part) for kind, part in shared.items() if part}

    @property
    def texts(self) -> int:
        """How many texts the cells share."""
        xml = self._shared.get("sharedStrings", b"")
        return xml.count(b"<si>") + xml.count(b"<si ") + xml.count(b"<si/>")

    @property
    def plain_texts(self) -> list[str] | None:
        """These texts, where all are spelt so plainly that they can be taken apart at once."""
        return plain_texts(self._shared.get("sharedStrings", b""))

    def grids(self, sheets: Sequence[bytes]) -> list[Grid]:
        """The cells of sheets (given as XML) as rows of Python values, from cell A1; raises `CannotDo` when damaged."""
        grids: list[Grid] = [[] for _ in sheets]
        for grid, run in zip(grids, self.runs(sheets), strict=True):
            put_behind(grid, run)
        return grids

    def runs(self, sheets: Sequence[bytes]) -> list[Run]:
        """The same without the blank rows above and the blank columns to the left.

        The sheets are read from a small workbook in memory that holds them and the parts they share, and nothing that
        has not been looked at.
        """
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(self._small_workbook(sheets))
            found = map(book.get_sheet_by_index, range(len(sheets)))
            return [(*(one.start or (0, 0)), one.to_python(skip_empty_area=True)) for one in found]
        except (python_calamine.CalamineError, ArithmeticError, ValueError) as error:
            raise damaged(self._path) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # how Rust's panics come in; no Exception
                raise
            raise damaged(self._path) from error

    def _small_workbook(self, sheets: Sequence[bytes]) -> io.BytesIO:
        point = any(b't="s"' in xml for xml in sheets)  # to shared texts, which may be many
        shared = {kind: xml for kind, xml in self._shared.items() if point or kind != "sharedStrings"}
        names = "".join(
            f'<sheet name="s{place}" sheetId="{place + 1}" r:id="rId{place + 1}"/>' for place in range(len(sheets))
        )
        links = "".join(
            f'<Relationship Id="rId{place + 1}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{place + 1}.xml"/>'
            for place in range(len(sheets))
        )
        links += "".join(f'<Relationship Id="{kind}" Type="{_LINKS}/{kind}" Target="{kind}.xml"/>' for kind in shared)
        date1904 = '<workbookPr date1904="1"/>' if self._from_1904 else ""
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as out:
            out.writestr(
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            )
            out.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{_PACKAGE_LINKS}"><Relationship Id="rId1" Type="{_LINKS}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>',
            )
            out.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{date1904}<sheets>{names}</sheets></workbook>',
            )
            out.writestr(
                "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE_LINKS}">{links}</Relationships>'
            )
            for kind, xml in shared.items():
                out.writestr(f"xl/{kind}.xml", xml)
            for place, xml in enumerate(sheets, start=1):
                out.writestr(f"xl/worksheets/sheet{place}.xml", xml)
        memory.seek(0)
        return memory


def read_grids(file: GuardedFile, book: Book, sheets: Sequence[bytes]) -> list[Grid]:
    """The cells of sheets (given as XML), as `Values.grids` gives them."""
    return Values(file, book).grids(sheets)


def sheet_of(rows: Iterable[bytes]) -> bytes:
    """A sheet of these rows, as XML."""
    return b"".join((_HEAD, *rows, b"</sheetData></worksheet>"))


def put_behind(grid: Grid, run: Run) -> None:
    """Put the next run of a sheet's rows behind those before, each as wide as the others, from column A on."""
    top, left, rows = run
    width = max(left + len(rows[0]) if rows else 0, len(grid[0]) if grid else 0)
    for held in grid if grid and len(grid[0]) < width else ():
        held += [""] * (width - len(held))
    if left or (rows and len(rows[0]) < width):
        rows = [[""] * left + row + [""] * (width - left - len(row)) for row in rows]
    grid += ([""] * width for _ in range(top - len(grid) if rows else 0))
    for held, row in zip(grid[top:], rows, strict=False):  # rows that are out of order
        held[:] = [value if value != "" else there for there, value in zip(held, row, strict=True)]
    grid += rows[max(len(grid) - top, 0) :]


def columns_of(grid: Grid, first_row: int, last_row: int, last_column: int) -> list[list[Value]]:
    """The columns of a run of rows (counted from 1, both included) as typed values, blanks as None."""
    wanted = grid[first_row - 1 : last_row]
    width = max(map(len, wanted), default=0)
    columns = [plain(column) for column in zip(*wanted, strict=False)][:last_column]
    height = max(last_row - first_row + 1, 0)
    for column in columns:
        column += [None] * (height - len(column))
    return columns + [[None] * height for _ in range(last_column - min(width, last_column))]


def plain(column: Sequence[Any]) -> list[Value]:
    """Values as typed: "" is a blank, a whole number an int, a date without time a date, a time of day its text."""
    kinds = set(map(type, column))
    values: list[Any] = list(column)
    if kinds == {str}:
        known: dict[str, Value] = {"": None}  # each text is held once: few fill many cells
        return list(map(known.setdefault, values, values))
    if str in kinds and "" in values:
        values = [None if value == "" else value for value in values]
    if float in kinds:
        values = [int(value) if type(value) is float and value.is_integer() else value for value in values]
    if datetime in kinds or time in kinds or timedelta in kinds:
        values = [_moment(value) for value in values]
    return values


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return value
