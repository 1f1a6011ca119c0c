"""The XML of a sheet, read once: what a reader of values loses, and a slimmer sheet for it to read.

Kept: error cells, which cells hold formulas, hidden rows and columns, merged cells, filters. Left out of the slimmer
sheet: computed cells (their figures are worked out anew), empty formatted cells, cells far outside the table. So
a sheet with a million formatted rows, or one stray cell at its far corner, costs no more than what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbook.model.tracker import column_letter
from workbook.package.guard import GuardedFile, damaged
from workbook.reading.cell_values import sheet_of
from workbook.reading.cells_xml import RESULT, refuse_scattered, respelt
from workbook.reading.gathered_rows import GAP, GatheredRows, OddSpelling
from workbook.reading.outline import corners
from workbook.reading.rows_apart import RowsApart

_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*>(?:[^<]*</f>)?)?<v[^>]*>([^<]*)</v>')
# A formula that a program left unworked; an empty text as its result has the type str.
_NO_RESULT = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]*\bt="str")[^>]*><f[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_ARRAY = re.compile(rb'<f(?=[^>]*\bt="array")[^>]*\bref="([^"]*)"')
_MOST_OF_AN_ARRAY = 100_000
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
_HIDDEN_ROW_FIRST = re.compile(rb'<row [^>]*\bhidden="(?:1|true)"[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*\bhidden="(?:1|true)"[^>]*>')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MERGED = re.compile(rb'<mergeCell ref="([^"]*)"')
#: A sheet without a table is read up to this column.
LAST_COLUMN = 104
#: Bytes that one row, or all that is not rows, may have.
FRAME = 64 * 1024 * 1024


@dataclass
class RawSheet:
    """What the XML of one sheet shows. ``formulas`` are the computed cells that hold one, an address to a line,
    in the order of the file; ``typed_formulas`` are all other cells with a formula, ``without_result``
    those of them that were never worked out. ``complete`` are rows, in order, of which every computed cell holds one,
    and which ``formulas`` passes over. ``whole`` says that no rows were handed over before: the XML has all.
    """

    xml: bytes = b""
    formulas: bytes = b""
    complete: list[int] = field(default_factory=list)
    typed_formulas: list[str] = field(default_factory=list)
    without_result: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    filtered: bool = False
    whole: bool = True


HandOver = Callable[[bytes], None]
"""Is given rows of a sheet as XML as soon as they are many, so that their values can be read meanwhile."""


def read_raw(
    file: GuardedFile,
    part: str,
    computed: Iterable[int] = (),
    last_column: int = LAST_COLUMN,
    hand_over: HandOver | None = None,
    apart: RowsApart | None = None,
) -> RawSheet:
    """One pass over a sheet's XML. ``computed`` are the numbers of the columns whose formula cells are left out.

    Rows that can be are taken ``apart``. They and those handed over count no more where the XML is ``whole`` after all.
    Raises `CannotDo` where it speaks of cells that no sheet has, or of a few so far apart that they ask for gigabytes.
    """
    computed = list(computed)
    try:
        return _read_raw(file, part, _plain(file, part), computed, last_column, hand_over, apart)
    except OddSpelling:
        pass
    try:
        return _read_raw(file, part, iter((respelt(file.read(part), file),)), computed, last_column, None, None)
    except OddSpelling:  # such as a row 0
        raise damaged(file.path) from None


def _read_raw(
    file: GuardedFile,
    part: str,
    xml: Iterator[bytes],
    computed: Sequence[int],
    last_column: int,
    hand_over: HandOver | None,
    apart: RowsApart | None,
) -> RawSheet:
    found = RawSheet()
    gathered = GatheredRows(file, part, last_column)
    formulas: list[bytes] = []
    computed_cells = _Computed(computed)
    near = True
    for chunk, is_rows in _rows(file, xml):
        if not is_rows:
            file.require_near(chunk, part)
            _read_frame(chunk, found)
            continue
        if b"</c>" not in chunk:  # formatted, but empty
            near = near and not chunk.strip()
            continue
        if b'hidden="1"' in chunk or b'hidden="true"' in chunk:
            for pattern in (_HIDDEN_ROW, _HIDDEN_ROW_FIRST):
                found.hidden_rows += map(int, pattern.findall(chunk))
        if apart:
            chunk, gathered.last = apart.rest_of(chunk, gathered.last, GAP)
        slim, addresses, usual = computed_cells.taken_from(chunk)
        near = near and usual
        formulas += addresses
        if b't="e"' in (slim if usual else chunk):
            found.errors.update((cell.decode(), code.decode()) for cell, code in _ERROR_CELL.findall(chunk))
        if b"><f" in slim:
            found.typed_formulas += map(bytes.decode, _FORMULA_CELL.findall(slim))
            found.without_result += _without_result(slim)
        gathered.add(slim)
        if hand_over and gathered.may_go():
            hand_over(sheet_of(gathered.taken()))
            found.whole = False
    if apart and apart.complete:
        found.complete, found.whole = apart.complete, False
        gathered.gone += apart.cells
    if near:
        file.near.add(part)
    refuse_scattered(gathered.pieces, gathered.unusual, gathered.digits, last_column, file, gathered.gone)
    found.formulas = b"\n".join(formulas)
    found.xml = sheet_of(gathered.pieces)
    return found


def _without_result(rows: bytes) -> Iterator[str]:
    """The cells whose formula was never worked out: an array's all, of which the first alone holds it."""
    for cell in _NO_RESULT.finditer(rows):
        array = _ARRAY.search(cell[0])
        area = corners(array[1].decode()) if array else None
        if area is None or (area[1] - area[0] + 1) * (area[3] - area[2] + 1) > _MOST_OF_AN_ARRAY:
            yield cell[1].decode()
            continue
        top, last, left, right = area
        yield from (f"{column_letter(c)}{r}" for r in range(top, last + 1) for c in range(left, right + 1))


class _Computed:
    """Takes the formula cells of the computed columns out of rows."""

    def __init__(self, columns: Iterable[int]) -> None:
        endings: dict[str, str] = {}
        for number in columns:
            letters = column_letter(number)
            endings[letters[:-1]] = endings.get(letters[:-1], "") + letters[-1]
        which = "|".join(f"{start}[{ends}]" for start, ends in endings.items()).encode()
        cell = rb'<c r="((?:' + which + rb')(?:\d{1,6}+|10[0-4]\d{4}))"'
        self._any, self._cell = bool(endings), cell

    @cached_property
    def _usual(self) -> re.Pattern[bytes]:
        return re.compile(self._cell + RESULT)

    @cached_property
    def _all(self) -> re.Pattern[bytes]:
        return re.compile(self._cell + rb"[^>]*+><f[^>]*+>(?:[^<]*+</f>)?(?:<v[^>]*+>(?:[^<]*+</v>)?)?</c>")

    def taken_from(self, rows: bytes) -> tuple[bytes, list[bytes], bool]:
        """The rows without these cells, the cells' addresses in the order of the file, whether all were as usual.

        Usual is what a formula with a result looks like that is no error.
        """
        if not self._any:
            return rows, [], True
        texts = self._usual.split(rows)
        slim = b"".join(texts[::2])
        usual = b"><f" not in slim or self._all.search(slim) is None
        if not usual:
            texts = self._all.split(rows)
            slim = b"".join(texts[::2])
        return slim, texts[1::2], usual


def _read_frame(frame: bytes, found: RawSheet) -> None:
    """What stands before and after the rows: columns' widths, merged cells, the sheet's filter."""
    for column in _HIDDEN_COLUMN.findall(frame):
        about = dict(_ATTRIBUTE.findall(column))
        found.hidden_columns.append((int(about.get(b"min", 0)), int(about.get(b"max", 0))))
    found.merged += map(bytes.decode, _MERGED.findall(frame))
    found.filtered = found.filtered or b"<filterColumn" in frame


def _rows(file: GuardedFile, xml: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The sheet's XML in pieces: what is before the rows, whole rows a few megabytes at a time, what is after."""
    waiting, inside = b"", False
    for chunk in xml:
        waiting = waiting + chunk if waiting else chunk
        if len(waiting) > FRAME + len(chunk):
            raise file.swollen()
        if not inside:
            start = waiting.find(b"<sheetData>")
            if start < 0:
                continue
            yield waiting[:start], False
            waiting, inside = waiting[start + len(b"<sheetData>") :], True
        end = waiting.find(b"</sheetData>")
        cut = end if end >= 0 else waiting.rfind(b"<row ")
        if cut > 0:
            yield waiting[:cut], True
            waiting = waiting[cut:]
        inside = end < 0
    yield waiting, inside


def _plain(file: GuardedFile, part: str) -> Iterator[bytes]:
    """The XML in the spelling that Excel uses; rare spellings (prefixes, UTF-16, cells without address) are changed."""
    chunks = file.chunks(part)
    first = next(chunks, b"")
    head = first[:4096]
    cells = first[:200_000]
    usual = b"<worksheet" in head and (b"<c " not in cells or b'<c r="' in cells) and b"<c>" not in cells
    if usual and b"<row>" not in cells and b"<sheetData >" not in cells:
        if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
            raise file.harmful()
        yield first
        yield from chunks
    else:
        yield respelt(file.read(part), file)
