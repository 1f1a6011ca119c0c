"""What an import would change: rows added, changed, unchanged and refused, and the changes to the file they mean."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import compress
from operator import is_not
from typing import Any

from workbook.editing.edit import TableChange
from workbook.imports.words import shown
from workbook.model import SHEETS, Tracker, Value
from workbook.package.memory import left_in_peace

Rows = Mapping[str, Mapping[int, Collection[str]]]
Results = Mapping[str, Mapping[int, Mapping[str, Value]]]
ResultsAfter = Callable[[Tracker, Tracker, Rows], Results]
"""What gives the results of formulas that become others, by table, row and key, as `workbook.measures.anew` does."""
Foresee = Callable[[Tracker, Mapping[str, Collection[str]]], None]
"""Is told which columns, by table, are about to get values, so that what their results need can be read meanwhile."""


class State(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class CellDifference:
    """A cell that gets another value."""

    key: str
    heading: str
    old: Value
    new: Value

    def __str__(self) -> str:
        return f"{self.heading}: {shown(self.old)} → {shown(self.new)}"


@dataclass(frozen=True)
class RowDifference:
    """What becomes of one row of a sheet.

    ``row`` is its row on the sheet (None for a row that is added or refused), ``source_row`` the row of the file it
    comes from (0 where the map brings it), ``what`` the words that name it, ``reason`` why it is refused, ``index``
    its place in the table afterwards, ``asks`` what answers may mend.
    """

    state: State
    sheet: str
    table: str
    source_row: int
    row: int | None
    what: str
    cells: tuple[CellDifference, ...] = ()
    reason: str = ""
    index: int | None = None
    asks: tuple[tuple[str, str], ...] = ()
    about_learner: bool = False


@dataclass
class Difference:
    """All that an import would do: rows in the order of the sheets, headings of the file that nothing asks for.

    ``skipped`` are rows of the file that are no records, with the reason; ``found_by`` counts the rows of the file by
    what their learner was found by.
    """

    before: Tracker
    after: Tracker
    rows: list[RowDifference] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    found_by: dict[str, int] = field(default_factory=dict)

    def of(self, state: State) -> list[RowDifference]:
        """The rows of which this becomes."""
        return [row for row in self.rows if row.state is state]

    @property
    def changed(self) -> list[str]:
        """The names of the tables that may differ: those that stand in place of the tracker's own."""
        mine, own = self.after.tables, self.before.tables
        names = mine.maps[0] if isinstance(mine, ChainMap) else mine
        return [one.table for one in SHEETS if one.table in names and mine[one.table] is not own.get(one.table)]

    @property
    def empty(self) -> bool:
        """Whether the tracker stays as it is."""
        return not (self.of(State.ADDED) or self.of(State.CHANGED))

    def counts(self) -> dict[str, dict[State, int]]:
        """How many rows of each sheet are added, changed, unchanged, refused."""
        counted = Counter((row.sheet, row.state) for row in self.rows)
        return {
            name: {state: counted[name, state] for state in State}
            for name in dict.fromkeys(row.sheet for row in self.rows)
        }

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows for JSON; changed rows with one record for each cell."""
        for row in self.rows:
            told = {
                "state": str(row.state), "sheet": row.sheet, "row": row.row, "source_row": row.source_row or None,
                "what": row.what, "column": None, "old": None, "new": None, "reason": row.reason or None,
            }  # fmt: skip
            if row.state is not State.CHANGED:
                yield told
            for cell in row.cells if row.state is State.CHANGED else ():
                yield told | {"column": cell.heading, "old": cell.old, "new": cell.new}

    @left_in_peace()
    def changes(self, results_after: ResultsAfter | None = None) -> dict[str, TableChange]:
        """The changes for `workbook.editing.edit`; with the function the results of formulas that become others too."""
        touched = {name: found for name in self.changed if (found := self._touched(name))}
        results = results_after(self.before, self.after, touched) if results_after and touched else {}
        changes: dict[str, TableChange] = {}
        for name in dict.fromkeys((*touched, *results)):
            change, table = TableChange(), self.after[name]
            count = len(self.before.tables[name]) if name in self.before.tables else 0
            for index, keys in touched.get(name, {}).items():
                values = {key: table.columns[key][index] for key in keys}
                if index < count:
                    change.changed[table.rows[index]] = values
                else:
                    change.added.append({key: value for key, value in values.items() if value is not None})
            for index, figures in results.get(name, {}).items():
                known = {key: value for key, value in figures.items() if key in table.letters}
                if index >= count:
                    change.added[index - count].update(known)
                elif known:
                    change.changed.setdefault(table.rows[index], {}).update(known)
            if change:
                changes[name] = change
        return changes

    def _touched(self, name: str) -> dict[int, list[str]]:
        """The keys of a table's cells that are typed anew, row by row in order; all of a new row."""
        table, old = self.after[name], self.before.tables.get(name)
        if old is table:
            return {}
        found: dict[int, list[str]] = {}
        for key, values in table.columns.items():
            for index in others(old.columns[key] if old else [], values):
                found.setdefault(index, []).append(key)
        return dict(sorted(found.items()))


def others(earlier: Sequence[Value], values: Sequence[Value]) -> Iterator[int]:
    """The places whose value is another than before, then those that were not there."""
    yield from compress(range(len(earlier)), map(is_not, earlier, values))
    yield from range(len(earlier), len(values))
