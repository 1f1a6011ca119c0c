"""What cells say of each other: each row of the declared table asked of the tracker's rows (`cross_table`).

A condition sees a row and what the rest of the tracker says, and gives the words that fill its kind's sentence, or None
where all is well. It is asked only where every column it reads is there and none of those cells has a problem already:
a date typed as a text is one fault, not three. Rows that are the same in what it reads are one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from workbook.checks import cross_kinds as kind
from workbook.checks.cross_conditions import DAY
from workbook.checks.cross_facts import Facts
from workbook.checks.cross_table import CROSS_CHECKS, CrossCheck
from workbook.checks.findings import Finding, put
from workbook.checks.reference import Known
from workbook.measures.distinct import where
from workbook.model.problem import Problem
from workbook.model.tracker import Table, as_date

__all__ = ["CROSS_CHECKS", "CrossCheck", "cross_checks"]


def cross_checks(known: Known, found: Iterable[Problem]) -> Iterator[Problem]:
    """Every problem that two cells show together; ``found`` are those of single cells, which are not asked again."""
    taken = {(one.sheet, one.cell) for one in found}
    facts = Facts(known, taken)
    by_table: dict[str, list[CrossCheck]] = {}
    for one in CROSS_CHECKS:
        by_table.setdefault(one.table, []).append(one)
    for name, checks in by_table.items():
        table = known.tracker.tables.get(name)
        if table is None or not len(table):
            continue
        at_fault = _at_fault(table, taken)
        said: dict[tuple[str, bool], set[int]] = {}
        for one in checks:
            if {one.key, *one.columns} <= set(table.columns):
                before = said.setdefault((one.key, one.rows is None), set())
                for place, words in _asked(one, table, facts, at_fault):
                    if place not in before:
                        before.add(place)
                        yield put(table, one.key, place, Finding(one.kind, None, words))
    yield from _marks_without_placement(known, facts, taken)
    yield from _transition_rows(known, facts)


def _asked(
    one: CrossCheck, table: Table, facts: Facts, at_fault: Mapping[str, set[int]]
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The places of the rows in which a check finds something, with its words."""
    passed = set().union(*(at_fault.get(key, ()) for key in one.columns))
    columns = [facts.column(table, key) for key in one.reads]
    if one.rows:
        for place in one.rows(facts):
            row = {"#": place, **{key: column[place] for key, column in zip(one.reads, columns, strict=True)}}
            if place not in passed and (words := one.condition(row, facts)) is not None:
                yield place, words
        return
    rows: list[tuple[Any, ...] | None] = list(zip(*columns, strict=True))
    for place in passed:
        rows[place] = None
    yield from where(rows, lambda values: one.condition(dict(zip(one.reads, values, strict=True)), facts))


def _at_fault(table: Table, taken: set[tuple[str, str]]) -> dict[str, set[int]]:
    """The places, by column, whose cells have a problem already; a column that the file lacks stands at no address."""
    mine = [cell for sheet, cell in taken if sheet == table.sheet.name]
    places = {row: place for place, row in enumerate(table.rows)} if mine else {}
    found: dict[str, set[int]] = {}
    for cell in mine:
        letters = cell.rstrip("0123456789")
        at = [places[row] for row in [int(cell[len(letters) :])] if row in places] if cell else range(len(table))
        for key in table.columns:
            if table.letters.get(key, "") == letters:
                found.setdefault(key, set()).update(at)
    return found


def _marks_without_placement(known: Known, facts: Facts, taken: set[tuple[str, str]]) -> Iterator[Problem]:
    """The first mark W of each row of Registers on a day that no placement of the learner covers."""
    table = known.tracker["Registers"]
    for place, key, day in facts.marks_w:
        cell = (table.sheet.name, table.cell(key, place))
        if cell not in taken and not facts.covered(table["learner_id"][place], day):
            yield put(table, key, place, Finding(kind.MARK_WITHOUT_PLACEMENT, None, {"day": f"{day:{DAY}}"}))


def _transition_rows(known: Known, facts: Facts) -> Iterator[Problem]:
    """Learners of the last year without a row on Transition, once destinations were due; also where it is empty."""
    table, by = known.tracker["Transition"], known.tracker.settings["destination_by"]
    day = as_date(by)
    if "learner_id" not in table.columns or day is None or facts.on is None or facts.on - day < timedelta(1):
        return
    rows = {known.people.find(one) for one in table["learner_id"]}
    lacking = [
        one
        for one in known.people.on_roll(facts.on)
        if known.people.all[one].year == known.people.last_year and one not in rows
    ]
    if len(lacking) > sum(known.people.find(one) is None for one in table["learner_id"]):
        count = "one learner" if len(lacking) == 1 else f"{len(lacking)} learners"
        words = {"by": f"{day:{DAY}}", "count": count}
        yield kind.TRANSITION_ROWS_MISSING.at(table.sheet.name, table.next_cell("learner_id"), None, None, **words)
