"""The file that rows come from: a csv file or a sheet of a workbook, whose kind, headings and rows are found out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbook.imports.words import nearest
from workbook.model import CannotDo, CellError, Value
from workbook.package.guard import open_guarded
from workbook.package.run import note_input
from workbook.reading.cell_values import plain, read_grids
from workbook.reading.headings import folded
from workbook.reading.outline import corners, read_book
from workbook.reading.sheet_xml import read_raw

DELIMITERS = ",;\t|"
#: A csv file larger than this is no mark sheet.
LARGEST = 200 * 1024 * 1024
_ROWS_WITH_HEADINGS = 30
_LAST_COLUMN = 2_000  # a register with two columns for each day of a year, and room
_LINES_TO_LOOK_AT = 200


@dataclass(frozen=True)
class FileOptions:
    """What a map says about its file; None where it is to be found out. Rows are counted from 1."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    headings_row: int | None = None
    dates: tuple[str, ...] = ()
    decimal: str = "."


@dataclass(frozen=True)
class SourceRow:
    """A row of the file: its number as a spreadsheet counts it, its place among the rows, its values by heading."""

    number: int
    place: int
    values: dict[str, Value]


@dataclass
class Source:
    """A file's headings, each once (a second Grade is ``Grade (2)``), and its rows; blank rows are left out."""

    name: str
    headings: list[str]
    rows: list[SourceRow]
    by_folded: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_folded = {folded(heading): heading for heading in reversed(self.headings)}

    def find(self, heading: str) -> str | None:
        """The heading as the file spells it; None where there is none."""
        return self.by_folded.get(folded(heading))

    def heading(self, heading: str) -> str:
        """The heading as the file spells it; CannotDo, naming the nearest, where there is none."""
        found = self.find(heading)
        if found is None:
            raise CannotDo(f"{self.name} has no column {heading}{nearest(heading, self.headings)}.")
        return found


def read_source(path: Path, options: FileOptions | None = None, wanted: Iterable[str] = ()) -> Source:
    """The rows of a .csv, .txt, .xlsx or .xlsm file; ``wanted`` are headings by which the row of headings is known.

    Raises CannotDo where the file cannot be read or has no rows.
    """
    options = options or FileOptions()
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        grid = _read_csv(path, options)
    else:
        grid = _read_workbook(path, options)
    return _with_headings(path.name, grid, options, wanted)


def _read_workbook(path: Path, options: FileOptions) -> list[list[Value]]:
    file = open_guarded(path)
    book = read_book(file)
    names = [one.name for one in book.sheets]
    if options.sheet and options.sheet not in names:
        raise CannotDo(f"{path.name} has no sheet {options.sheet}{nearest(options.sheet, names)}.")
    wanted = [one for one in book.sheets if (one.name == options.sheet if options.sheet else not one.hidden)]
    if not wanted:
        raise CannotDo(f"{path.name} has no sheet that can be seen: check that it is the right file.")
    raw = read_raw(file, wanted[0].part, last_column=_LAST_COLUMN)
    grid = [plain(row) for row in read_grids(file, book, [raw.xml])[0]]
    for address, code in raw.errors.items():
        row, _, column, _ = corners(address) or (0, 0, 0, 0)
        if 0 < row <= len(grid) and column <= len(grid[row - 1]):
            grid[row - 1][column - 1] = CellError(code)
    return grid


def _read_csv(path: Path, options: FileOptions) -> list[list[Value]]:
    try:
        if path.stat().st_size > LARGEST:
            raise CannotDo(f"{path.name} is larger than {LARGEST >> 20} MB: check that it is the right file.")
        note_input(path, private=True)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CannotDo(f"There is no file {path}: check the name and the folder.") from error
    except OSError as error:
        raise CannotDo(f"{path.name} could not be read ({error.strerror}): close it and try again.") from error
    text = decoded(data, path.name, options.encoding)
    delimiter = options.delimiter
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel understands
        delimiter, text = delimiter or first.strip()[4], "\n" + rest
    return parsed_csv(text, delimiter or delimiter_of(text), path.name)


def decoded(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a csv file. Without ``encoding``: what its first bytes say, else UTF-8, else Windows (cp1252)."""
    if data[:4] == b"PK\x03\x04":
        raise CannotDo(f"{name} is a workbook, whatever its name says: give it the ending .xlsx.")
    try:
        if encoding:
            return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        if b"\0" in data[:2000]:  # UTF-16 without its mark: every other byte of plain letters is 0
            return data.decode("utf-16-le" if data[1:2000:2].count(0) > data[0:2000:2].count(0) else "utf-16-be")
    except LookupError as error:
        raise CannotDo(f"There is no encoding {encoding}: write utf-8, cp1252 or utf-16.") from error
    except UnicodeError as error:
        raise CannotDo(f"{name} is not text in {encoding or 'utf-16'}: save it as CSV UTF-8.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The character that splits lines most evenly; a comma where none does.

    csv.Sniffer is not asked, as it takes letters and spaces of short files for delimiters.
    """
    lines = text.split("\n", _LINES_TO_LOOK_AT)[:_LINES_TO_LOOK_AT]
    sample = "\n".join(lines)

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        width, rows = max(((width, rows) for width, rows in counts.items() if width > 1), default=(0, 0), key=_weight)
        return rows, width

    return max(DELIMITERS, key=evenness)


def _weight(counted: tuple[int, int]) -> tuple[int, int]:
    return counted[1], counted[0]


def parsed_csv(text: str, delimiter: str, name: str) -> list[list[Value]]:
    """The records of a csv text; CannotDo, with the line, where a quotation mark is not closed."""
    if len(delimiter) != 1:
        raise CannotDo(f"A delimiter is one character, not {delimiter!r}: correct it in the map.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(LARGEST)
    try:
        return [list(record) for record in reader]
    except csv.Error as error:
        raise CannotDo(
            f"{name} cannot be taken apart at line {reader.line_num} ({error}): look for a quotation mark that is "
            "not closed."
        ) from error
    finally:
        csv.field_size_limit(limit)


def _with_headings(name: str, grid: list[list[Value]], options: FileOptions, wanted: Iterable[str]) -> Source:
    tidied = [[tidy(value) for value in row] for row in grid]
    at = options.headings_row - 1 if options.headings_row else _heading_row(tidied, {folded(one) for one in wanted})
    if at is None or at >= len(tidied) or not any(tidied[at]):
        raise CannotDo(f"{name} has no row of headings: check that it is the right file and sheet.")
    headings = _each_once(tidied[at])
    rows: list[SourceRow] = []
    for number, cells in enumerate(tidied[at + 1 :], start=at + 2):
        if any(cell is not None for cell in cells):
            filled = [*cells, *[None] * (len(headings) - len(cells))]
            values = {heading: value for heading, value in zip(headings, filled, strict=False) if heading}
            rows.append(SourceRow(number, len(rows), values))
    return Source(name, [heading for heading in headings if heading], rows)


def _heading_row(grid: Sequence[Sequence[Value]], wanted: set[str]) -> int | None:
    """The row, of the first few, with most of the wanted headings; where there are none, the first with two words."""
    rows = range(min(len(grid), _ROWS_WITH_HEADINGS))
    counts = {row: len(wanted & {folded(cell) for cell in grid[row]}) for row in rows}
    best = max(rows, key=lambda row: (counts[row], -row), default=None)
    if best is not None and counts[best]:
        return best
    filled = {row: sum(cell is not None for cell in grid[row]) for row in rows}
    return next((row for row in rows if filled[row] > 1), next((row for row in rows if filled[row]), None))


def _each_once(cells: Sequence[Value]) -> list[str]:
    """Headings as texts; the second of a kind gets a number, a blank stays blank."""
    seen: Counter[str] = Counter()
    headings = []
    for cell in cells:
        text = " ".join(str(cell).split()) if cell is not None else ""
        seen[folded(text)] += bool(text)
        headings.append(f"{text} ({seen[folded(text)]})" if seen[folded(text)] > 1 else text)
    return headings


def tidy(value: Value) -> Value:
    """A value of a file without what nobody typed on purpose: outer spaces, control characters; a blank is None."""
    if not isinstance(value, str) or isinstance(value, CellError):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\u00a0", " ")
    if not text.isprintable():
        text = "".join(letter for letter in text if letter in "\n\t" or not _invisible(letter))
    return text.strip() or None


def _invisible(letter: str) -> bool:
    """Characters that no cell should hold: controls, half characters, marks at the start of a file."""
    code = ord(letter)
    return code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000 or code in (0xFEFF, 0xFFFE, 0xFFFF)
