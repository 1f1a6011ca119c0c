"""A tracker in memory: its tables with the values people typed, and where each stands."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workbook.model.academic_year import belongs, bounds, stretched
from workbook.model.problem import Problem
from workbook.model.settings import SETTINGS, understand
from workbook.model.sheets import SHEETS, sheet
from workbook.model.vocabulary import Sheet, Value

FIRST_ROW = 5


def column_letter(number: int) -> str:
    """The letters of a column counted from 1: 1 is ``A``, 27 is ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Table:
    """The records of one sheet, column by column; ``columns`` holds the typed columns only, blanks as None.

    ``rows`` gives each record's row on the sheet and ``letters`` each column's letters (computed ones too).
    """

    sheet: Sheet
    columns: dict[str, list[Value]]
    rows: list[int]
    letters: dict[str, str]

    @classmethod
    def of(cls, sheet: Sheet, records: Iterable[Mapping[str, Value]] = ()) -> Table:
        """A table as a new file would hold it: the records given, one below the other, columns as declared."""
        kept = list(records)
        keys = [column.key for column in sheet.entry]
        for record in kept:
            unknown = set(record) - set(keys)
            if unknown:
                raise KeyError(f"{sheet.name} has no column {sorted(unknown)}")
        columns: dict[str, list[Value]] = {key: [record.get(key) for record in kept] for key in keys}
        letters = {column.key: column_letter(i) for i, column in enumerate(sheet.columns, start=1)}
        return cls(sheet, columns, list(range(FIRST_ROW, FIRST_ROW + len(kept))), letters)

    def __reduce__(self) -> tuple[Callable[..., Table], tuple[object, ...]]:
        """How one process hands a table to another: its sheet is declared in both."""
        return _table, (self.sheet.table, self.columns, self.rows, self.letters)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> list[Value]:
        """The values of a column; blanks throughout where the file has no such column."""
        return self.columns.get(key) or [None] * len(self.rows)

    def cell(self, key: str, index: int) -> str:
        """The address of a record's cell; empty where the file has no such column."""
        letter = self.letters.get(key)
        return f"{letter}{self.rows[index]}" if letter else ""

    def next_cell(self, key: str) -> str:
        """The address in a column of the row under the last record; empty where the file has no such column."""
        letter = self.letters.get(key)
        return f"{letter}{self.rows[-1] + 1 if self.rows else FIRST_ROW}" if letter else ""

    def some(self, places: Iterable[int]) -> Table:
        """The table with some of its records only."""
        kept = list(places)
        columns = {key: [values[place] for place in kept] for key, values in self.columns.items()}
        return Table(self.sheet, columns, [self.rows[place] for place in kept], self.letters)

    def records(self) -> Iterator[dict[str, Any]]:
        """The records as dictionaries by column key."""
        keys = list(self.columns)
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(keys, values, strict=True))


def _table(name: str, columns: dict[str, list[Value]], rows: list[int], letters: dict[str, str]) -> Table:
    return Table(sheet(name), columns, rows, letters)


@dataclass
class Tracker:
    """All tables of a tracker by table name, and the problems that only its file could show."""

    tables: MutableMapping[str, Table]
    name: str = ""
    problems: list[Problem] = field(default_factory=list)
    absent: dict[str, Table] = field(default_factory=dict, repr=False, compare=False)
    """Empty tables in place of those that a file does not have, as far as somebody asked for them."""

    @classmethod
    def of(cls, records: Mapping[str, Iterable[Mapping[str, Value]]], name: str = "") -> Tracker:
        """A tracker with these records by table name; sheets not named are empty."""
        unknown = set(records) - {one.table for one in SHEETS}
        if unknown:
            raise KeyError(f"no sheet {sorted(unknown)}")
        return cls({one.table: Table.of(one, records.get(one.table, ())) for one in SHEETS}, name)

    def __getitem__(self, table: str) -> Table:
        """The table called ``table``; an empty one where the file has none, which does not make it one of `tables`."""
        if table in self.tables:
            return self.tables[table]
        if table not in self.absent:
            self.absent[table] = Table.of(sheet(table))
        return self.absent[table]

    def ask(self, tables: Iterable[str]) -> None:
        """Have these tables at hand; where tables are read only when they are asked for, all of them at once."""
        for table in tables:
            self[table]

    def begin(self, tables: Iterable[str], sure: bool = True) -> None:
        """Say that these tables will (or, unless ``sure``, may) soon be asked for, so that they are read meanwhile."""

    def with_room(self, tables: Mapping[str, Table] | None = None) -> Tracker:
        """The same tracker, in which other tables may stand in place of its own, which stay as they are."""
        return Tracker(ChainMap(dict(tables or {}), self.tables), self.name, self.problems)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Every setting by name as the tracker has it; defaults for those that are missing or not understood."""
        typed: dict[str, Value] = {}
        for name, value in zip(self["Settings"]["name"], self["Settings"]["value"], strict=True):
            typed.setdefault(str(name).strip().lower(), value)  # of two rows the first counts, as names look at it
        return {one.name: understand(one, typed[one.name]) if one.name in typed else one.default for one in SETTINGS}

    @cached_property
    def year(self) -> tuple[date, date]:
        """First and last day of the academic year, 1 September to 31 August unless a term says otherwise."""
        return stretched(self.bounds, [(start, end) for kind, _, start, end in self.spans if kind == "term"])

    @cached_property
    def bounds(self) -> tuple[date, date]:
        """1 September and 31 August of the academic year."""
        starts = [day for day in map(as_date, self["Terms"]["start"]) if day]
        return bounds(self.settings["academic_year"], starts)

    @cached_property
    def spans(self) -> list[tuple[str, Value, date, date]]:
        """The rows of Terms that are of this academic year: kind in small letters, name, first and last day."""
        terms = self["Terms"]
        rows = enumerate(zip(terms["kind"], terms["name"], strict=True))
        return [(str(kind).lower(), name, *span) for row, (kind, name) in rows if (span := self.span(row))]

    def span(self, row: int) -> tuple[date, date] | None:
        """The first and last day of a row of Terms; None where it is mistyped or of another academic year."""
        start, end = (as_date(self["Terms"][key][row]) for key in ("start", "end"))
        return (start, end) if start and end and belongs((start, end), self.bounds) else None


def as_date(value: Value) -> date | None:
    """The day of a date or a date with a time; None for anything else."""
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
