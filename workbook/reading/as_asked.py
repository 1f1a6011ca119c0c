"""The tables of a tracker, each read only when somebody asks for it: an import of one list leaves most of a file shut.

Small sheets come along with the first. Whoever goes over all tables gets all, read at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping

from workbook.model.problem import Problem
from workbook.model.tracker import Table, Tracker
from workbook.package.guard import GuardedFile
from workbook.package.memory import left_in_peace
from workbook.reading.found_sheet import FoundSheet
from workbook.reading.headings import match_headings
from workbook.reading.outline import read_book
from workbook.reading.read import find_sheets, read_cells, refuse_strangers
from workbook.reading.records import take_table
from workbook.reading.structure import structure_problems

#: Bytes of XML up to which a sheet is small.
SMALL = 1024 * 1024


def read_as_asked(file: GuardedFile) -> Tracker:
    """The tracker in a file, as `workbook.reading.read` gives it, its tables read when they are asked for.

    Its problems are those of the tables read so far. Raises `CannotDo` where the file is no tracker, and whoever asks
    for a table meets it where that one cannot be read.
    """
    return AsAsked(file)


class AsAsked(Tracker):
    """A tracker of which tables are still to be read."""

    def __init__(self, file: GuardedFile) -> None:
        problems: list[Problem] = []
        self._in_file = TablesAsAsked(file, problems)
        super().__init__(self._in_file, file.path.name, problems)

    def ask(self, tables: Iterable[str]) -> None:
        """Read these tables at once, where they are not read yet."""
        self._in_file.fetch(tables)


class TablesAsAsked(MutableMapping[str, Table]):
    """Tables by name; what is put in stands in place of what the file holds."""

    def __init__(self, file: GuardedFile, problems: list[Problem]) -> None:
        self._file, self._book, self._problems = file, read_book(file), problems
        self._found = find_sheets(file, self._book)
        self._waiting = {one.sheet.table: one for one in self._found}
        self._read: dict[str, Table] = {}
        for one in self._found:
            if one.table:
                one.headings = match_headings(one.sheet, one.table.headings, one.table.first_column)
        self.fetch(one.sheet.table for one in self._found if not one.table or self._small(one))
        refuse_strangers(file, self._found)

    def fetch(self, names: Iterable[str]) -> None:
        """Read these tables, those of them that the file has and that are not read yet, at once."""
        wanted = [self._waiting.pop(name) for name in list(names) if name in self._waiting]
        if not wanted:
            return
        with left_in_peace():
            read_cells(self._file, self._book, wanted)
            for one in wanted:
                self._read[one.sheet.table] = take_table(one)
                self._problems += structure_problems(one)

    def __getitem__(self, name: str) -> Table:
        self.fetch((name,))
        return self._read[name]

    def __setitem__(self, name: str, table: Table) -> None:
        self._waiting.pop(name, None)
        self._read[name] = table

    def __delitem__(self, name: str) -> None:
        self.fetch((name,))
        del self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._read or name in self._waiting

    def __iter__(self) -> Iterator[str]:
        self.fetch(list(self._waiting))
        order = [one.sheet.table for one in self._found if one.sheet.table in self._read]
        return iter(order + [name for name in self._read if name not in order])

    def __len__(self) -> int:
        return len(self._read) + len(self._waiting)

    def _small(self, one: FoundSheet) -> bool:
        return self._file.size(one.part.part) <= SMALL
