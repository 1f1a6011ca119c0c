"""Tables in files of other kinds: Excel 97 to 2003, OpenDocument, web pages and XML that are called .xls.

What a file is, its first bytes say, never its name: systems call web pages and lines with tabs .xls as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from workbook.imports.merged import Merged
from workbook.imports.text_files import LARGEST, decoded
from workbook.model import CannotDo, Value
from workbook.model.excel import count_in
from workbook.package.file_bytes import bytes_of, require_ordinary
from workbook.package.file_kinds import OLE, ZIP, other_kind
from workbook.reading.cell_values import plain

Table = tuple[str, list[list[Value]], tuple[Merged, ...]]
"""The name of a sheet, its cells, and what is merged."""
_MOST_CELLS = 5_000_000
_MOST_SPAN = 1_000
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_REPEATED = re.compile(
    rb'<table:table-(row|cell)[^>]*number-(?:rows|columns)-repeated="\d{4,}"[^>]*(?<!/)>(.*?)</table:table-\1>'
)
_WEB = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html|head|meta|table|div|style)\b",
    re.I | re.S,
)


def kind_of(path: Path) -> str:
    """What a file is by its first bytes: text, book (a workbook, or what is refused as one), old, open, web or xml."""
    listed = path.suffix.lower() in (".csv", ".txt", ".tsv")
    require_ordinary(path, "file to import")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return "text" if listed else "book"  # each says in its own sentence what is wrong
    if head.startswith(ZIP) and not other_kind(head):
        return "open" if _ODS in head[:120] else "book"
    whole = bytes_of(path) if head.startswith(OLE) else head
    if head.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in whole:
        return "book"
    if kind := other_kind(whole):
        raise CannotDo(f"{path.name} is {kind}, which holds no rows: export what it shows as .csv or .xlsx.")
    if head.startswith(OLE):
        return "old"
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and text.lstrip().startswith("<"):
        return "xml" if not _WEB.match(text) else "web"
    if _WEB.match(text):
        return "web"
    if re.match(r"\s*(?:\[\s*)?\{\s*\"", text):
        raise CannotDo(f"{path.name} is JSON, which programs exchange: export it as .csv or .xlsx.")
    if listed:
        return "text"
    return "book" if not head or path.name.startswith("~$") or (b"\0" in head and not wide) else "text"


def tables_of(path: Path, kind: str) -> list[Table]:
    """The tables of a file that is old, open, web or xml; CannotDo where it cannot be read."""
    data = bytes_of(path)
    if kind == "web":
        return [_web(path, data)]
    return list(_xml(path, data) if kind == "xml" else _by_calamine(path, data, kind))


def _by_calamine(path: Path, data: bytes, kind: str) -> Iterator[Table]:
    try:
        if kind == "open":
            _refuse_swollen(path, data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for one in book.sheets_metadata:
            if one.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(one.name)
            cells = [plain(row) for row in sheet.to_python(skip_empty_area=False)]
            spans = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            yield one.name, cells, spans
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError) as error:
        raise CannotDo(f"{path.name} cannot be read: open it in Excel and save it as .xlsx.") from error


def _refuse_swollen(path: Path, data: bytes) -> None:
    """CannotDo for an OpenDocument file that would be far larger than it looks; a zip that lies is a BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if file.getinfo("content.xml").file_size > LARGEST:
            raise _too_large(path)
        content = file.read("content.xml")
    if b"<!DOCTYPE" in content or any(b"value-type=" in one[2] for one in _REPEATED.finditer(content)):
        raise _too_large(path)


def _xml(path: Path, data: bytes) -> Iterator[Table]:
    """Sheets of an XML Spreadsheet 2003."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CannotDo(f"{path.name} was not opened, because it holds XML entities, which can be harmful.")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise CannotDo(f"{path.name} is damaged: take it again from where it came.") from error
    for page in root.iter(f"{_SPREADSHEET}Worksheet"):
        if (page.findtext(f".//{_EXCEL}Visible") or "").startswith("SheetHidden"):
            continue
        grid = _Grid(path)
        for line in page.iter(f"{_SPREADSHEET}Row"):
            grid.next_row(_number(line, "Index"))
            for cell in line.iter(f"{_SPREADSHEET}Cell"):
                told = cell.find(f"{_SPREADSHEET}Data")
                text = "" if told is None else "".join(told.itertext())
                kind = "" if told is None else told.get(f"{_SPREADSHEET}Type", "")
                across, down = _number(cell, "MergeAcross") or 0, _number(cell, "MergeDown") or 0
                grid.put(_typed(text, kind), across + 1, down + 1, _number(cell, "Index"))
        yield page.get(f"{_SPREADSHEET}Name", ""), grid.cells, tuple(grid.merged)


def _number(element: ElementTree.Element, name: str) -> int | None:
    text = element.get(f"{_SPREADSHEET}{name}", "")
    return count_in(text, _MOST_CELLS)


def _typed(text: str, kind: str) -> Value:
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() else number
        if kind == "DateTime":
            return plain([datetime.fromisoformat(text)])[0]
    except ValueError:
        pass
    return text


def _web(path: Path, data: bytes) -> Table:
    """All tables of a web page, one below the other, and the lines between them."""
    said = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    try:
        text = data.decode(said[1].decode()) if said else decoded(data, path.name)[0]
    except (LookupError, UnicodeError):
        text = decoded(data, path.name)[0]
    reader = _WebTables(path)
    reader.feed(text)
    reader.close()
    return "", reader.grid.cells, tuple(reader.grid.merged)


class _Grid:
    """Cells put one after the other, past those that a cell above or before reaches over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cells: list[list[Value]] = []
        self.merged: list[Merged] = []
        self._taken: set[tuple[int, int]] = set()
        self._count = 0

    def next_row(self, number: int | None = None) -> None:
        """Begin a row: the next, or one by its number from 1."""
        rows = max((number or 0) - len(self.cells), 1)
        self._limit(rows)
        self.cells += [[] for _ in range(rows)]

    def put(self, value: Value, across: int = 1, down: int = 1, number: int | None = None) -> None:
        """Put a cell into the next free column, or one by its number from 1."""
        if not self.cells:
            self.next_row()
        row, line = len(self.cells) - 1, self.cells[-1]
        column = max((number or 0) - 1, len(line))
        while (row, column) in self._taken:
            column += 1
        across, down = max(1, min(across, _MOST_SPAN)), max(1, min(down, _MOST_SPAN))
        self._limit(column + 1 - len(line) + across * down)
        line += [None] * (column - len(line)) + [value]
        if across > 1 or down > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
            self._taken |= {(row + a, column + b) for a in range(down) for b in range(across)} - {(row, column)}

    def _limit(self, more: int) -> None:
        self._count += more
        if self._count > _MOST_CELLS:
            raise _too_large(self.path)


class _WebTables(HTMLParser):
    """Reads tables; text outside of cells becomes a line of one cell."""

    _UNSEEN = ("style", "script", "title", "xml")

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.grid = _Grid(path)
        self._text: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell, a row or a line begins."""
        if tag in self._UNSEEN:
            self._unseen += 1
        elif tag in ("td", "th"):
            self._end()
            told = {name: value or "" for name, value in attrs}
            self._cell = (_span(told.get("colspan", "")), _span(told.get("rowspan", "")))
        elif tag == "tr":
            self._end()
            self.grid.next_row()
        elif tag == "br":
            self._text.append("\n")
        elif self._cell is None and tag in ("table", "p", "div", "h1", "h2", "h3", "caption"):
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """A cell or a line ends."""
        if tag in self._UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in ("td", "th", "tr", "table") or self._cell is None:
            self._end()

    def handle_data(self, data: str) -> None:
        """Text of a cell or between tables."""
        if not self._unseen:
            self._text.append(re.sub(r"[^\S\u00a0]+", " ", data))

    def close(self) -> None:
        """The page ends."""
        super().close()
        self._end()

    def _end(self) -> None:
        text = "\n".join(line.strip() for line in "".join(self._text).split("\n")).strip()
        self._text = []
        if self._cell:
            self.grid.put(text or None, *self._cell)
        elif text:
            self.grid.next_row()
            self.grid.put(text)
        self._cell = None


def _span(text: str) -> int:
    return count_in(text, _MOST_CELLS) or 1


def _too_large(path: Path) -> CannotDo:
    return CannotDo(f"{path.name} has more cells than a mark sheet can have: check that it is the right file.")
