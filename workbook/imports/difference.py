"""What an import would change: rows added, changed, unchanged and refused, and the changes to the file they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbook.editing.edit import TableChange
from workbook.imports.words import shown
from workbook.model import Tracker, Value

Figures = Mapping[str, Mapping[str, Sequence[Value]]]
"""Results of computed columns by table and key, as `workbook.measures` gives them for a tracker."""


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
    its place in the table afterwards, ``ask`` what an answer may mend.
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
    ask: tuple[str, str] | None = None
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

    def changes(self, computed: Callable[[Tracker], Figures] | None = None) -> dict[str, TableChange]:
        """The changes for `workbook.editing.edit`; with ``computed`` the results of formulas that become others too."""
        changes: dict[str, TableChange] = {}
        for name, table in self.after.tables.items():
            old = self.before.tables.get(name)
            change = TableChange()
            for index in range(len(table)):
                new = {key: values[index] for key, values in table.columns.items()}
                if old is None or index >= len(old):
                    change.added.append({key: value for key, value in new.items() if value is not None})
                elif old is not table:
                    other = {key: value for key, value in new.items() if old.columns[key][index] is not value}
                    if other:
                        change.changed[table.rows[index]] = other
            if change:
                changes[name] = change
        if computed and changes:
            self._add_figures(changes, computed(self.before), computed(self.after))
        return changes

    def _add_figures(self, changes: dict[str, TableChange], old: Figures, new: Figures) -> None:
        for name, table in self.after.tables.items():
            count = len(self.before.tables[name]) if name in self.before.tables else 0
            change = changes.get(name, TableChange())
            for key, values in new.get(name, {}).items():
                if key not in table.letters:
                    continue
                earlier = old.get(name, {}).get(key, ())
                for index, value in enumerate(values):
                    if index >= count:
                        change.added[index - count][key] = value
                    elif earlier[index] != value:
                        change.changed.setdefault(table.rows[index], {})[key] = value
            if change:
                changes[name] = change
