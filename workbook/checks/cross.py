"""What cells say of each other: each row of the declared table asked of the tracker's rows (`cross_table`).

A condition sees a row and what the rest of the tracker says, and gives the words that fill its kind's sentence, or None
where all is well. It is asked only where every column it reads is there and none of those cells has a problem already:
a date typed as a text is one fault, not three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from workbook.checks import cross_kinds as kind
from workbook.checks.cross_conditions import DAY, Row
from workbook.checks.cross_facts import Facts
from workbook.checks.cross_table import CROSS_CHECKS, CrossCheck
from workbook.checks.findings import Finding, put
from workbook.checks.reference import Known
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
        usable = [one for one in checks if {one.key, *one.reads} <= set(table.columns)]
        everywhere = [one for one in usable if one.rows is None]
        few: dict[int, list[CrossCheck]] = {}
        for one in usable:
            for place in one.rows(facts) if one.rows else ():
                few.setdefault(place, []).append(one)
        at_fault = _at_fault(table, taken)
        keys = sorted({key for one in everywhere for key in one.reads})
        for place, values in enumerate(zip(*(table[key] for key in keys), strict=True)):
            row = {**dict(zip(keys, values, strict=True)), "#": place}
            yield from _of_row(table, place, row, everywhere, facts, at_fault.get(place, set()))
        for place, asked in few.items():
            row = {**{key: table[key][place] for one in asked for key in one.reads}, "#": place}
            yield from _of_row(table, place, row, asked, facts, at_fault.get(place, set()))
    yield from _marks_without_placement(known, facts, taken)
    yield from _transition_rows(known, facts)


def _at_fault(table: Table, taken: set[tuple[str, str]]) -> dict[int, set[str]]:
    """The columns, by row, whose cells have a problem already; a column that the file lacks stands at no address."""
    mine = [cell for sheet, cell in taken if sheet == table.sheet.name]
    places = {row: place for place, row in enumerate(table.rows)} if mine else {}
    found: dict[int, set[str]] = {}
    for cell in mine:
        letters = cell.rstrip("0123456789")
        where = [places.get(int(cell[len(letters) :]))] if cell else range(len(table))
        here = {key for key in table.columns if table.letters.get(key, "") == letters}
        for place in where if here else ():
            if place is not None:
                found.setdefault(place, set()).update(here)
    return found


def _of_row(
    table: Table, place: int, row: Row, checks: list[CrossCheck], facts: Facts, at_fault: set[str]
) -> Iterator[Problem]:
    said: set[str] = set()
    for one in checks:
        if one.key in said or not at_fault.isdisjoint(one.reads):
            continue  # first, since a condition is only asked of cells that are of their kind
        words = one.condition(row, facts)
        if words is None:
            continue
        said.add(one.key)
        yield put(table, one.key, place, Finding(one.kind, None, words))


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
