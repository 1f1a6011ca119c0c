"""Workbooks that rows come from: the cells of a sheet as Excel shows them, and what is merged."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from workbook.imports.words import nearest
from workbook.model import CannotDo, CellError, Value
from workbook.package.guard import GuardedFile, open_guarded
from workbook.reading.cell_values import plain, read_grids
from workbook.reading.number_formats import NumberFormat, Section
from workbook.reading.outline import Book, SheetPart, corners, read_book
from workbook.reading.sheet_xml import read_raw

_LAST_COLUMN = 2_000  # a register with two columns for each day of a year, and room
_STYLED = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\sr=["']([A-Z]+\d+)["'])(?=[^>]*\ss=["'](\d+)["'])[^>]*[^/]>""")
_TELLING = re.compile(r"^[^\0]*[A-Z0-9]|[A-Z]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


NO_RESULT = "a formula without a result"


class NoResult(CellError):
    """A formula whose result the file does not hold, as programs leave it that do not calculate."""

    __slots__ = ()


class BookOfRows:
    """A workbook whose sheets can be read one by one; ``names`` are those that can be seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: GuardedFile = open_guarded(path)
        self._book: Book = read_book(self._file)
        self._shown = _formats_that_show_more(self._file, self._book)
        self.names = [one.name for one in self._book.sheets if not one.hidden]
        twice = next((name for name in self.names if self.names.count(name) > 1), None)
        if twice is not None:
            raise CannotDo(f"{path.name} has two sheets called {twice}: open it in Excel and save it again.")

    def cells(self, name: str) -> tuple[list[list[Value]], list[tuple[int, int, int, int]]]:
        """The cells of a sheet and its merged areas (row, column, last row, last column, from 0)."""
        part = self._part(name)
        raw = read_raw(self._file, part.part, last_column=_LAST_COLUMN)
        grid = [plain(row) for row in read_grids(self._file, self._book, [raw.xml])[0]]
        for address, code in raw.errors.items():
            _put(grid, address, CellError(code))
        for address in raw.without_result:
            _put(grid, address, NoResult(NO_RESULT))
        for address, style in _STYLED.findall(self._file.read(part.part)) if self._shown else ():
            format_ = self._shown.get(int(style))
            if format_:
                _show(grid, address.decode(), format_)
        merged = [(top - 1, left - 1, last - 1, right - 1) for top, last, left, right in map(_corners, raw.merged)]
        return grid, merged

    def _part(self, name: str) -> SheetPart:
        names = [one.name for one in self._book.sheets]
        if name not in names:
            raise CannotDo(f"{self.path.name} has no sheet {name}{nearest(name, names)}.")
        return self._book.sheets[names.index(name)]


def _corners(address: str) -> tuple[int, int, int, int]:
    return corners(address) or (1, 1, 1, 1)


def _put(grid: list[list[Value]], address: str, value: Value) -> None:
    row, _, column, _ = _corners(address)
    if 0 < row <= len(grid) and column <= len(grid[row - 1]):
        grid[row - 1][column - 1] = value


def _show(grid: list[list[Value]], address: str, format_: NumberFormat) -> None:
    """A whole number or a text as its format shows it: 123 under 000000 is 000123."""
    row, _, column, _ = _corners(address)
    if not (0 < row <= len(grid) and column <= len(grid[row - 1])):
        return
    value = grid[row - 1][column - 1]
    if isinstance(value, str):
        grid[row - 1][column - 1] = format_.words(value)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        found = format_.section(value)
        if found and _tells_more(found[0]):
            grid[row - 1][column - 1] = format_.text(value)


def _tells_more(section: Section) -> bool:
    """Whether it shows zeros, capital letters or digits that the value has not itself: no units, no figure's look."""
    fixed = "".join(piece.text if piece.kind == "text" else "\0" for piece in section.pieces)
    plain_digits = re.fullmatch(r"[0#? \-()+:]*|general|@", section.code)
    padded = section.code.count("0") > 1 and "#" not in section.code
    return bool(plain_digits) and not section.is_date and (padded or bool(_TELLING.search(fixed)))


def _formats_that_show_more(file: GuardedFile, book: Book) -> dict[int, NumberFormat]:
    """The cell formats, by index, that show zeros or letters which the value itself does not have."""
    if not book.styles:
        return {}
    try:
        root = ElementTree.fromstring(file.read(book.styles))
    except ElementTree.ParseError:
        return {}
    formats = {one.get("numFmtId"): NumberFormat(one.get("formatCode", "")) for one in root.iter(f"{_MAIN}numFmt")}
    kept = {
        number: one
        for number, one in formats.items()
        if any(map(_tells_more, one.sections)) or (one.for_text and _tells_more(one.for_text))
    }
    cells = root.find(f"{_MAIN}cellXfs")
    return {
        place: kept[one.get("numFmtId")]
        for place, one in enumerate(cells if cells is not None else ())
        if one.get("numFmtId") in kept
    }
