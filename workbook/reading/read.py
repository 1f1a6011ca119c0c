"""Read a tracker: every sheet found by its table, every column by its heading, every value at its address."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbook.model.problem import CannotDo, Problem
from workbook.model.problem_kind import SETTINGS_SHEET, SHEET_MISSING
from workbook.model.settings_sheets import settings_sheets
from workbook.model.sheets import SHEETS
from workbook.model.tracker import Table, Tracker
from workbook.model.vocabulary import Sheet
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.meanwhile import Aside, Beside, at_once, never
from workbook.package.memory import left_in_peace
from workbook.reading.cell_values import Run, Values, put_behind
from workbook.reading.found_sheet import FoundSheet, stranger
from workbook.reading.headings import Headings, are_likely, heading_row, match_headings
from workbook.reading.known_cells import KnownCells
from workbook.reading.outline import Book, SheetPart, TablePart, read_book
from workbook.reading.records import take_table
from workbook.reading.rows_apart import WORTH, RowsApart
from workbook.reading.sheet_xml import LAST_COLUMN, RawSheet, read_raw
from workbook.reading.structure import structure_problems

#: So many bytes of XML are worth a second process.
TWO = 2 * 1024 * 1024
#: Bytes of slim XML that may wait for a reader of values.
LARGE = 30 * 1024 * 1024
#: It begins at the latest when it has such a part of a workbook to read, if that is worth its beginning.
_SHARE, _WORTH = 1 / 5, 4 * 1024 * 1024


@dataclass
class Taken:
    """What was read of one sheet: its headings, its records, and what is wrong with it that its values do not show.

    ``near`` has its part where every cell that it speaks of is near (`GuardedFile.near`).
    """

    headings: Headings
    table: Table
    problems: list[Problem]
    near: set[str]


def read(path: str | os.PathLike[str] | GuardedFile, beside: Beside = at_once, aside: Aside = never) -> Tracker:
    """The tracker in an .xlsx or .xlsm file, which is only read; what the file itself shows is in its problems.

    Numbers that are whole are int, others float; texts are as typed; a blank and an empty text are None; a date
    without time is a date. Values are read ``beside`` the XML of the next sheets, half of a large file ``aside``.
    Raises `CannotDo` where the file cannot be read or is no tracker.
    """
    with left_in_peace():
        return _read(path if isinstance(path, GuardedFile) else open_guarded(Path(path)), beside, aside)


def _read(file: GuardedFile, beside: Beside, aside: Aside) -> Tracker:
    book = read_book(file)
    found = find_sheets(file, book)
    taken = take_sheets(file, KnownCells(Values(file, book)), found, beside, aside)
    for one in found:
        one.headings = taken[one.sheet.table].headings
        file.near |= taken[one.sheet.table].near
    refuse_strangers(file, found)
    tracker = Tracker({}, name=file.path.name)
    for sheet in SHEETS:
        if sheet.table in taken:
            tracker.tables[sheet.table] = taken[sheet.table].table
            tracker.problems += taken[sheet.table].problems
        elif not sheet.since:  # an older tracker works without
            tracker.problems.append(SHEET_MISSING.at(sheet.name, ""))
    tracker.problems += [SETTINGS_SHEET.at(name, "") for name in settings_sheets(book.names)]
    return tracker


def take_sheets(
    file: GuardedFile, cells: KnownCells, found: Sequence[FoundSheet], beside: Beside, aside: Aside = never
) -> dict[str, Taken]:
    """What sheets hold, by table; half of it is read ``aside`` where there is enough for two."""
    here, there = _halves(file, found)
    begun = aside(partial(take_sheets, file, cells, there, beside)) if there else None
    if begun is None:
        here = list(found)
    read_cells(file, cells, here, beside)
    taken = {one.sheet.table: _taken(file, one) for one in here}
    return taken | begun() if begun else taken


def _taken(file: GuardedFile, one: FoundSheet) -> Taken:
    taken = Taken(one.headings, take_table(one), structure_problems(one), file.near & {one.part.part})
    one.grid, one.columns, one.raw = [], {}, RawSheet()
    return taken


def _halves(file: GuardedFile, found: Sequence[FoundSheet]) -> tuple[list[FoundSheet], list[FoundSheet]]:
    """Sheets in two shares of about the same size; all in the first where there is too little for two."""
    shares: tuple[list[FoundSheet], list[FoundSheet]] = [], []
    sizes = [0, 0]
    for one in sorted(found, key=lambda one: -file.size(one.part.part)):
        least = sizes.index(min(sizes))
        shares[least].append(one)
        sizes[least] += file.size(one.part.part)
    return shares if sizes[1] > TWO else (list(found), [])


def find_sheets(file: GuardedFile, book: Book) -> list[FoundSheet]:
    """Each sheet of the model, by the name of its table, else by the name of its sheet."""
    by_table = {table.name.casefold(): (part, table) for part in book.sheets for table in part.tables}
    by_name = {part.name.strip().casefold(): part for part in book.sheets}
    found = []
    for sheet in SHEETS:
        if sheet.table.casefold() in by_table:
            found.append(FoundSheet(sheet, *by_table[sheet.table.casefold()]))
        elif sheet.name.casefold() in by_name:
            part = by_name[sheet.name.casefold()]
            found.append(FoundSheet(sheet, part, _likely_table(sheet, part)))
    if not found:
        names = ", ".join(part.name for part in book.sheets[:4]) or "no worksheet"
        raise CannotDo(
            f"{file.path.name} has none of a tracker's sheets (it has {names}): name the tracker, "
            "or make one with mentorbook new."
        )
    return found


def _likely_table(sheet: Sheet, part: SheetPart) -> TablePart | None:
    """The table under another name that holds at least half of the sheet's headings."""
    for table in part.tables:
        if are_likely(sheet, table.headings):
            return table
    return None


def read_cells(file: GuardedFile, cells: KnownCells, found: Sequence[FoundSheet], beside: Beside = at_once) -> None:
    """Fill in what the XML of sheets shows, their cells, where their headings stand and what they are."""
    _take_cells(file, cells, [(one, _computed_by_table(one)) for one in found], beside)
    again = []
    for one in found:
        guessed = _computed_by_table(one)
        one.header_row = one.table.header_row if one.table else heading_row(one.sheet, one.grid) or 0
        row = one.grid[one.header_row - 1] if 0 < one.header_row <= len(one.grid) else []
        first = one.table.first_column if one.table else 1
        one.headings = match_headings(one.sheet, row[first - 1 : _last_column(one)], first)
        actual = one.headings.computed(one.sheet)
        if actual != guessed:  # a sheet without a table, or headings changed behind the table's back
            again.append((one, actual))
    _take_cells(file, cells, again, beside)


def _computed_by_table(one: FoundSheet) -> set[int]:
    if not one.table:
        return set()
    return match_headings(one.sheet, one.table.headings, one.table.first_column).computed(one.sheet)


def _last_column(one: FoundSheet) -> int:
    return one.table.last_column if one.table else LAST_COLUMN


def _take_cells(
    file: GuardedFile, cells: KnownCells, wanted: list[tuple[FoundSheet, set[int]]], beside: Beside
) -> None:
    """The XML's facts and the cells of sheets, the largest first and a few at a time, so that little XML is held."""
    sizes = [file.size(one.part.part) for one, _ in wanted]
    largest_first = sorted(range(len(wanted)), key=lambda place: (-sizes[place], place))
    runs = _Runs(cells.values, beside)
    size = 0
    for place in largest_first:
        one, computed = wanted[place]
        one.grid = []
        width, take = _last_column(one), partial(put_behind, one.grid)
        apart = RowsApart(computed, width, cells.columns, take) if sizes[place] > WORTH else None
        one.raw = read_raw(file, one.part.part, sorted(computed), width, partial(runs.read, one), apart)
        if one.raw.whole:
            runs.forget(one)
        runs.hold(one, one.raw.xml)
        one.raw.xml = b""
        size += 0 if one.raw.complete else sizes[place]
        if size > max(_SHARE * sum(sizes), _WORTH) or runs.size > LARGE:
            runs.begin()
            size = 0
    runs.begin()
    runs.finish()


class _Runs:
    """Runs of rows on their way: held until they are worth a reader of values, then read beside the next ones."""

    def __init__(self, values: Values, beside: Beside) -> None:
        self._values, self._beside = values, beside
        self._held: list[tuple[FoundSheet, bytes]] = []
        self._begun: list[FoundSheet] = []
        self._grids: Callable[[], list[Run]] = list

    @property
    def size(self) -> int:
        """Bytes that are held."""
        return sum(len(xml) for _, xml in self._held)

    def hold(self, one: FoundSheet, xml: bytes) -> None:
        """Take the next rows of a sheet."""
        self._held.append((one, xml))

    def read(self, one: FoundSheet, xml: bytes) -> None:
        """The same for many rows, which are worth a reader."""
        self.hold(one, xml)
        self.begin()

    def begin(self) -> None:
        """Have read what is held."""
        self.finish()
        if self._held:
            self._begun = [one for one, _ in self._held]
            self._grids = self._beside(partial(self._values.runs, [xml for _, xml in self._held]))
            self._held = []

    def finish(self) -> None:
        """Wait for what is being read, and put it into its sheets."""
        begun, grids, self._begun, self._grids = self._begun, self._grids, [], list
        for one, run in zip(begun, grids(), strict=True):
            put_behind(one.grid, run)

    def forget(self, one: FoundSheet) -> None:
        """What was handed over of a sheet counts no more: it is read anew."""
        if any(begun is one for begun in self._begun):
            self.finish()
        one.grid = []


def refuse_strangers(file: GuardedFile, found: list[FoundSheet]) -> None:
    """Refuse a workbook whose sheets only share their names with a tracker's."""
    lost = stranger(found)
    if lost:
        raise CannotDo(
            f"{file.path.name} lacks more than half of the headings that a tracker needs (on {lost[0]}, "
            f"for example, {lost[1]}): put the headings back, or copy the rows into a new tracker."
        )
