"""What a change reaches is worked out, and nothing else differs: against working everything out, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.measures.anew import Results, foresee, results_after
from workbook.measures.codes import Columns
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.measures.formula_reads import DAY, needed_for, reads
from workbook.model import SHEETS, Kind, Table, Tracker, Value
from workbook.sample import sample

MADE = sample(4, seed=3)
BEFORE = computed(MADE)
TABLES = [one.table for one in SHEETS if len(MADE[one.table])]


def changed(rng: Random) -> tuple[Tracker, dict[str, dict[int, list[str]]]]:
    """The tracker with a few cells typed anew and a row or two added, and which they are."""
    after, touched = MADE.with_room(), dict[str, dict[int, list[str]]]()
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(TABLES)
        held = after[name]
        table = Table(
            held.sheet, {key: list(values) for key, values in held.columns.items()}, [*held.rows], held.letters
        )
        after.tables[name] = table
        row = rng.randrange(len(table))
        if rng.random() < 0.3:
            for values in table.columns.values():
                values.append(values[row])
            table.rows.append(table.rows[-1] + 1)
            row = len(table) - 1
            touched.setdefault(name, {})[row] = list(table.columns)
        column = rng.choice(held.sheet.entry)
        values = table.columns[column.key]
        values[row] = other(column.kind, values, rng)
        touched.setdefault(name, {}).setdefault(row, []).append(column.key)
    return after, touched


def other(kind: Kind, values: list[Value], rng: Random) -> Value:
    if kind is Kind.DATE and rng.random() < 0.7:
        return date(2026, 9, 1) + timedelta(days=rng.randrange(380))
    return rng.choice([None, "odd", 7, *values])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_results_after_are_all_that_differ(seed: int) -> None:
    after, touched = changed(Random(seed))
    assert all_that_differ(BEFORE, after) == told(results_after(MADE, after, touched))


def all_that_differ(before: dict[str, Columns], after: Tracker) -> dict[tuple[str, int, str], Value]:
    """The results that are others than before, and those of new rows, with everything worked out."""
    return {
        (name, row, key): value
        for name, columns in computed(after).items()
        for key, values in columns.items()
        for row, value in enumerate(values)
        if row >= len(before[name][key]) or before[name][key][row] != value
    }


def told(results: Results) -> dict[tuple[str, int, str], Value]:
    return {
        (name, row, key): value
        for name, rows in results.items()
        for row, cells in rows.items()
        for key, value in cells.items()
    }


def test_what_a_change_does_not_reach_is_not_asked_for() -> None:
    """A note of a contact reaches nothing: not one table besides its own is looked at."""

    class Shut(Tracker):
        def __getitem__(self, table: str) -> Table:
            if table not in {
                "Contacts",
                "Settings",
                "Terms",
                "Learners",
                "Subjects",
                "Scales",
                "Effort",
                "Codes",
                "Drops",
            }:
                raise AssertionError(table)
            return super().__getitem__(table)

    before = Shut(MADE.tables)
    held = MADE["Contacts"]
    told = Table(held.sheet, held.columns | {"summary": ["anew", *held["summary"][1:]]}, held.rows, held.letters)
    assert results_after(before, Shut({**MADE.tables, "Contacts": told}), {"Contacts": {0: ["summary"]}}) == {}


@pytest.mark.parametrize(
    ("filled", "begins"),
    [
        ({"Progress": {"apl_5"}}, True),
        ({"Progress": {"effort_5", "comment"}}, True),
        ({"Progress": {"apl_4", "effort_1"}}, False),
        ({"Progress": {"comment"}}, False),
        ({"Registers": set[str]()}, True),
        ({"Contacts": {"date"}, "Learners": {"left"}}, False),
    ],
)
def test_what_a_later_day_needs_is_begun_before_the_rows_are_looked_at(
    filled: dict[str, set[str]], begins: bool
) -> None:
    """The sample has levels up to drop 4; a drop after it moves the data date, whose formula reads most tables."""
    begun: list[str] = []

    class Hearing(Tracker):
        def begin(self, tables: Iterable[str], sure: bool = True) -> None:
            begun.extend(tables)

    foresee(Hearing(MADE.tables), filled)
    assert set(begun) >= ({"Registers", "Contacts", "Behaviour", "Interventions"} if begins else set())
    assert bool(begun) is begins


@pytest.mark.parametrize(("table", "header", "moves"), [("Contacts", "date", True), ("Diary", "date", False)])
def test_a_later_day_reaches_who_is_on_roll(table: str, header: str, moves: bool) -> None:
    """The last learner leaves on the last day of the data; a contact a day later means that they have left."""
    last = last_date(MADE)
    learners = MADE["Learners"]
    left = Table(learners.sheet, learners.columns | {"left": [*[None] * 3, last]}, learners.rows, learners.letters)
    before = MADE.with_room({"Learners": left})
    held = MADE[table]
    dates = [last + timedelta(days=1), *held[header][1:]]
    after = before.with_room({table: Table(held.sheet, held.columns | {header: dates}, held.rows, held.letters)})
    found = results_after(before, after, {table: {0: [header]}})
    assert (found.get("Learners") == {3: {"on_roll": None}}) is moves
    assert told(found) == all_that_differ(computed(before), after)
    assert ("Targets" in found) is moves


def test_what_formulas_read_is_what_stands_in_them() -> None:
    """Worked out by hand: a target is open by its own status and by the learner, who is on roll by the data date."""
    open_ = reads()["Targets", "still_open"]
    assert open_.row == {("Targets", "learners_row"), ("Targets", "status")}
    assert open_.beyond == {("Learners", "on_roll")}
    assert {DAY, ("Learners", "started"), ("Registers", "mon_am")} <= needed_for(("Targets", "still_open"))
    assert ("Diary", "date") not in needed_for(DAY)
