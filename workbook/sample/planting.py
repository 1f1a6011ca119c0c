"""Where faults may be planted: a copy of the tracker, and which of its rows and columns are still untouched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from workbook.model import Table, Tracker, Value, sheet
from workbook.model.tracker import as_date


@dataclass(frozen=True)
class Planted:
    """A fault that was planted: what a check must find, and where. ``was`` is what stood there before.

    ``detail`` says how a fault of the file is made, such as the cells that are merged.
    """

    sheet: str
    cell: str
    code: str
    value: Any = None
    was: Any = None
    detail: str = ""


Recipe = Callable[["Ground"], "Planted | None"]
Make = Callable[["Ground", str, int], Value]
"""Makes a wrong value for the record ``index`` of a table; None if this record does not suit."""


class Ground:
    """A tracker that faults are planted in, one to a row, so that none hides another."""

    def __init__(self, tracker: Tracker, rng: Random) -> None:
        self.rng = rng
        self.tracker = Tracker({name: _copied(table) for name, table in tracker.tables.items()}, tracker.name)
        self.used: set[tuple[str, int]] = set()
        self.closed: set[str] = set()
        self.lost: set[tuple[str, str]] = set()
        self.done: set[str] = set()
        days = [day for day in map(as_date, self["Registers"]["week"]) if day]
        self.first_day = min(map(_start, self["Terms"]["start"]), default=date.min)
        self.last_week = max(days, default=date.min)
        self.planting = ""
        self.stays: dict[Value, tuple[date | None, date | None]] = {
            row["learner_id"]: (as_date(row["started"]), as_date(row["left"])) for row in self["Learners"].records()
        }

    def __getitem__(self, table: str) -> Table:
        return self.tracker[table]

    def free(self, table: str, suits: Callable[[int], bool] = lambda index: True) -> int | None:
        """A record of a table that has no fault yet and suits; None if there is none."""
        count = len(self[table])
        if not count or table in self.closed:
            return None
        for _ in range(40):
            index = self.rng.randrange(count)
            if (table, index) not in self.used and suits(index):
                return index
        start = self.rng.randrange(count)
        return next(
            (
                index
                for index in (*range(start, count), *range(start))
                if (table, index) not in self.used and suits(index)
            ),
            None,
        )

    def use(self, table: str, *indexes: int) -> None:
        """Keep these records from any other fault."""
        self.used.update((table, index) for index in indexes)

    def put(self, table: str, key: str, index: int, code: str, value: Value) -> Planted:
        """Set a cell to a wrong value."""
        self.use(table, index)
        was = self[table][key][index]
        self[table].columns[key][index] = value
        return Planted(self[table].sheet.name, self[table].cell(key, index), code, value, was)

    def whole(self, table: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Set a table anew; its records move up where some are left out."""
        self.tracker.tables[table] = Table.of(sheet(table), records)

    def on_roll_all_year(self, learner: Value) -> bool:
        """Whether a learner started before the year's registers and has not left."""
        started, left = self.stays.get(learner, (None, None))
        return left is None and started is not None and started <= self.first_day


def wrong(code: str, make: Make, *places: str, blank: bool = False) -> list[Recipe]:
    """Recipes for a wrong value at any of ``places`` (``Table.key``), in cells that are filled unless ``blank``."""
    return [_recipe(code, make, table, key, blank) for table, _, key in (place.partition(".") for place in places)]


def _recipe(code: str, make: Make, table: str, key: str, blank: bool) -> Recipe:
    def plant(ground: Ground) -> Planted | None:
        if (table, key) in ground.lost:
            return None
        made: list[Value] = []
        ground.planting = table

        def suits(index: int) -> bool:
            if ground[table][key][index] is None and not blank:
                return False
            made[:] = [make(ground, key, index)]
            return made[0] is not None

        index = ground.free(table, suits)
        return None if index is None else ground.put(table, key, index, code, made[0])

    return plant


def one_of(*values: Value) -> Make:
    """One of some values, whatever stood there."""
    return lambda ground, key, index: ground.rng.choice(values)


def changed(table: str, change: Callable[[Any, Random], Value]) -> Make:
    """The value that stands there, changed; ``change`` gives None where it cannot be."""
    return lambda ground, key, index: change(ground[table][key][index], ground.rng)


def _start(value: Value) -> date:
    return as_date(value) or date.max


def _copied(table: Table) -> Table:
    return Table(
        table.sheet, {key: list(values) for key, values in table.columns.items()}, list(table.rows), table.letters
    )
