"""How a check says what it found: judged once for each distinct value of a column, then put at every cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.measures.distinct import where
from workbook.measures.learners import id_key
from workbook.model.problem import Problem
from workbook.model.problem_kind import ProblemKind
from workbook.model.tracker import Table, Tracker
from workbook.model.vocabulary import Value


@dataclass(frozen=True)
class Finding:
    """What is wrong with a value, wherever it stands. ``words`` fill the kind's sentence."""

    kind: ProblemKind
    suggestion: str | None = None
    words: Mapping[str, object] = field(default_factory=dict)


Judge = Callable[[Value], Finding | None]


def put(table: Table, key: str, place: int, finding: Finding, value: Any = None) -> Problem:
    """The problem of a finding at a record's cell; ``value`` where it is not the cell's own."""
    column = table.sheet.by_key.get(key)
    words = {"heading": column.header if column else key, "row_is": f"a {table.sheet.row_is}", **finding.words}
    shown = table[key][place] if value is None else value
    return finding.kind.at(table.sheet.name, table.cell(key, place), shown, finding.suggestion, **words)


def judged(table: Table, key: str, judge: Judge) -> Iterator[Problem]:
    """A problem for every cell of a column whose value the judge objects to."""
    for place, finding in where(table[key], judge):
        yield put(table, key, place, finding)


def about(tracker: Tracker, problems: Iterable[Problem], learners: Collection[str]) -> list[Problem]:
    """The problems in rows about these learners (IDs in small letters)."""
    owners: dict[str, dict[int, str]] = {}
    for table in tracker.tables.values():
        if "learner_id" in table.columns:
            whose = map(id_key, table["learner_id"])
            owners[table.sheet.name] = dict(zip(table.rows, whose, strict=True))
    return [one for one in problems if owners.get(one.sheet, {}).get(_row(one.cell)) in learners]


def _row(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0
