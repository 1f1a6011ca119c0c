"""A tracker while an import is being worked out: a copy whose rows are found by what names them, then filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from workbook.imports.judge import Judge, fold
from workbook.imports.names import bare
from workbook.imports.parse import NotTaken, phone_digits
from workbook.imports.wanted import Wanted
from workbook.imports.words import as_text, shown
from workbook.model import CellError, Kind, Sheet, Table, Tracker, Value
from workbook.reading.headings import folded

_NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.DATE)


class Draft:
    """The tracker as it will be. ``touched`` gives, by table, the row of the file that each record was met by."""

    def __init__(self, before: Tracker) -> None:
        self.before = before
        self.tracker = before.with_room()
        self.touched: dict[str, dict[int, int]] = defaultdict(dict)
        self._names: dict[tuple[str, ...], Names] = {}
        self._set_by: dict[tuple[str, int, str], int] = {}
        self._last: dict[str, int] = {}

    def judge(self) -> Judge:
        """What the tracker knows by now."""
        self.tracker = Tracker(self.tracker.tables, self.before.name, self.before.problems)  # settings anew
        return Judge(self.tracker)

    def table(self, sheet: Sheet) -> Table:
        """The table of a sheet, copied the first time so that the tracker itself stays as it is."""
        old = self.before.tables.get(sheet.table)
        table = self.tracker[sheet.table]
        if table is old:
            columns = {key: list(values) for key, values in old.columns.items()}
            table = Table(sheet, columns, list(old.rows), old.letters)
            self.tracker.tables[sheet.table] = table
        return table

    def names(self, sheet: Sheet, same: tuple[str, ...], unique: bool) -> Names:
        """The records of a sheet by what names them; of a sheet whose rows have names they are kept for all blocks."""
        if not unique:
            return Names(self.table(sheet), same, unique)
        key = (sheet.table, *same)
        if key not in self._names:
            self._names[key] = Names(self.table(sheet), same, unique)
        return self._names[key]

    def put(self, table: Table, index: int | None, values: Mapping[str, Value], wanted: Wanted) -> int:
        """Fill the record at ``index``, or a new one; NotTaken where a row before said something else."""
        name = table.sheet.table
        if index is None:
            index = len(table)
            for column in table.columns.values():
                column.append(None)
            last = self._last.get(name) or max(table.rows, default=4)
            table.rows.append(last + 1)
            self._last[name] = last + 1
        kept = {key: value for key, value in values.items() if value is not None or key in wanted.wipes}
        for key, value in kept.items():
            earlier = self._set_by.get((name, index, key))
            if earlier is not None and not alike(table.columns[key][index], value, table.sheet, key):
                header = table.sheet.by_key[key].header
                there = shown(table.columns[key][index])
                where = f"in row {earlier} of the file" if earlier else "in the map"
                raise NotTaken(f"{header} {shown(value)} does not agree with {there} {where}")
        for key, value in kept.items():
            self._set_by[name, index, key] = wanted.number
            if not alike(table.columns[key][index], value, table.sheet, key):
                table.columns[key][index] = value
        self.touched[name].setdefault(index, wanted.number)
        return index

    def add_choices(self, sheet: Sheet, key: str, choices: Iterable[str]) -> None:
        """Put choices at the end of a list of the Lists sheet, where they are not in it yet."""
        table = self.table(sheet)
        for choice in choices:
            column = table.columns[key]
            if fold(choice) in map(fold, column):
                continue
            last = max((place for place, value in enumerate(column) if value is not None), default=-1)
            index = last + 1 if last + 1 < len(table) else None
            self.put(table, index, {key: choice}, Wanted(0))


class Names:
    """The records of a table by what names them: ``same`` are the keys that do."""

    def __init__(self, table: Table, same: Iterable[str], unique: bool) -> None:
        self.same, self.unique = tuple(same), unique
        self._people = table.sheet.table == "Parents"
        self._records: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._taken: set[int] = set()
        for index, record in enumerate(zip(*(table[key] for key in self.same), strict=True)):
            self._records[self._name(record)].append(index)

    def find(self, table: Table, values: Mapping[str, Value]) -> int | None:
        """The record that a row means, None for a new one; NotTaken where the tracker has two of them.

        Where rows have no name of their own, each record answers to one row of the file.
        """
        found = self._records.get(self._name(values[key] for key in self.same), [])
        if not self.unique:
            found = [index for index in found if index not in self._taken][:1]
            self._taken.update(found)
        if len(found) > 1:
            rows = " and ".join(str(table.rows[index]) for index in found[:2])
            raise NotTaken(f"{table.sheet.name} has this row twice (rows {rows}); keep one of them first")
        return found[0] if found else None

    def add(self, index: int, values: Mapping[str, Value]) -> None:
        """Remember a record that was added."""
        self._records[self._name(values[key] for key in self.same)].append(index)
        self._taken.add(index)

    def _name(self, values: Iterable[Value]) -> tuple[str, ...]:
        """What names a row, for comparing: Mrs D Brookfern is Mrs D. Brookfern."""
        if self._people:
            told = zip(self.same, values, strict=True)
            return tuple((key == "name" and bare(as_text(value))) or _named(value) for key, value in told)
        return tuple(map(_named, values))


def _named(value: Value) -> str:
    if type(value) is str:
        return _folded(value)
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else _folded(as_text(value))


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    return folded(text)


def alike(old: Value, new: Value, sheet: Sheet, key: str) -> bool:
    """Whether a cell says already what it should say. A number kept as text is another value in a column of numbers."""
    if old is None or new is None or isinstance(old, CellError):
        return old is None and new is None
    kind = sheet.by_key[key].kind
    if isinstance(old, datetime) and isinstance(new, date) and not isinstance(new, datetime):
        return old.date() == new
    if kind is Kind.PHONE and isinstance(old, str):
        return phone_digits(old) == phone_digits(as_text(new))
    if kind in _NUMBERS and isinstance(old, str) != isinstance(new, str):
        return False
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) <= 1e-9 * max(1, abs(old))
    return as_text(old) == as_text(new)
