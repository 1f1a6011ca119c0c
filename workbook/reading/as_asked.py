"""The tables of a tracker, each read only when somebody asks for it: an import of one list leaves most of a file shut.

Small sheets come along with the first. Whoever goes over all tables gets all, read at once. Tables of which it is known
beforehand that they will be asked for can be read beside other work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import partial

from workbook.model.problem import Problem
from workbook.model.tracker import Table, Tracker
from workbook.package.guard import GuardedFile
from workbook.package.meanwhile import Aside, Beside, at_once, never
from workbook.package.memory import left_in_peace
from workbook.reading.cell_values import Values
from workbook.reading.found_sheet import FoundSheet
from workbook.reading.headings import match_headings
from workbook.reading.known_cells import KnownCells
from workbook.reading.outline import read_book
from workbook.reading.read import Taken, find_sheets, refuse_strangers, take_sheets

#: Bytes of XML up to which a sheet is small.
SMALL = 1024 * 1024


def read_as_asked(file: GuardedFile, beside: Beside = at_once, aside: Aside = never) -> Tracker:
    """The tracker in a file, as `workbook.reading.read` gives it, its tables read when they are asked for.

    Its problems are those of the tables read so far. Raises `CannotDo` where the file is no tracker, and whoever asks
    for a table meets it where that one cannot be read.
    """
    return AsAsked(file, beside, aside)


class AsAsked(Tracker):
    """A tracker of which tables are still to be read."""

    def __init__(self, file: GuardedFile, beside: Beside, aside: Aside) -> None:
        problems: list[Problem] = []
        self._in_file = TablesAsAsked(file, problems, beside, aside)
        super().__init__(self._in_file, file.path.name, problems)

    def ask(self, tables: Iterable[str]) -> None:
        """Read these tables at once, where they are not read yet."""
        self._in_file.fetch(tables)

    def begin(self, tables: Iterable[str], sure: bool = True) -> None:
        """Begin to read these tables, where they are not read yet, beside what is done next.

        Unless it is ``sure`` that they will be asked for, only a process that else does nothing begins with them.
        """
        self._in_file.begin(tables, sure)


class TablesAsAsked(MutableMapping[str, Table]):
    """Tables by name; what is put in stands in place of what the file holds."""

    def __init__(self, file: GuardedFile, problems: list[Problem], beside: Beside, aside: Aside) -> None:
        book = read_book(file)
        self._file, self._problems, self._beside, self._aside = file, problems, beside, aside
        self._found = find_sheets(file, book)
        self._known = KnownCells(Values(file, book))
        self._waiting = {one.sheet.table: one for one in self._found}
        self._begun: dict[str, Callable[[], dict[str, Taken]]] = {}
        self._read: dict[str, Table] = {}
        for one in self._found:
            if one.table:
                one.headings = match_headings(one.sheet, one.table.headings, one.table.first_column)
        self.fetch(one.sheet.table for one in self._found if not one.table or self._small(one))
        refuse_strangers(file, self._found)

    def fetch(self, names: Iterable[str]) -> None:
        """Read these tables, those of them that the file has and that are not read yet, at once."""
        names = list(names)
        with left_in_peace():
            self._begin(names, at_once, self._aside)
            for begun in dict.fromkeys(self._begun[name] for name in names if name in self._begun):
                self._take(begun())

    def begin(self, names: Iterable[str], sure: bool = True) -> None:
        """Begin to read these tables, those of them that nobody has begun with, beside what is done next."""
        self._begin(names, lambda work: self._aside(work) or (self._beside(work) if sure else work), never)

    def _begin(self, names: Iterable[str], begin: Beside, aside: Aside) -> None:
        wanted = [self._waiting.pop(name) for name in names if name in self._waiting]
        if wanted:
            begun = begin(partial(take_sheets, self._file, self._known, wanted, self._beside, aside))
            self._begun |= {one.sheet.table: begun for one in wanted}

    def _take(self, taken: dict[str, Taken]) -> None:
        for name, one in taken.items():
            if self._begun.pop(name, None):
                self._read[name] = one.table
                self._problems += one.problems
                self._file.near |= one.near

    def __getitem__(self, name: str) -> Table:
        self.fetch((name,))
        return self._read[name]

    def __setitem__(self, name: str, table: Table) -> None:
        self._waiting.pop(name, None)
        self._begun.pop(name, None)
        self._read[name] = table

    def __delitem__(self, name: str) -> None:
        self.fetch((name,))
        del self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._read or name in self._waiting or name in self._begun

    def __iter__(self) -> Iterator[str]:
        self.fetch([*self._begun, *self._waiting])
        order = [one.sheet.table for one in self._found if one.sheet.table in self._read]
        return iter(order + [name for name in self._read if name not in order])

    def __len__(self) -> int:
        return len(self._read) + len(self._waiting) + len(self._begun)

    def _small(self, one: FoundSheet) -> bool:
        return self._file.size(one.part.part) <= SMALL
