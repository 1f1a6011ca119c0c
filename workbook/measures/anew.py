"""Which results of formulas become others when rows of a tracker change: only what a change can reach is worked out.

What reaches what is taken from the formulas (`workbook.measures.formula_reads`). Of a column that reads nothing but its
own row, the changed rows are worked out; of one that looks up its row's learner, the rows of learners who changed. What
a column that nothing reached shows stays as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import TypeAlias

from workbook.measures.computed import Figures
from workbook.measures.data_date import HAPPENED, drop_dates, last_date, last_mark, last_of
from workbook.measures.formula_reads import DAY, Place, needed_for, reads, tables_in_order
from workbook.measures.learners import id_key
from workbook.model import Tracker, Value, sheet
from workbook.package.meanwhile import Aside, never
from workbook.package.memory import left_in_peace

Touched: TypeAlias = Mapping[str, Mapping[int, Collection[str]]]
"""What was typed anew: the keys of the cells, by table and by the index of the row in it."""

Results: TypeAlias = dict[str, dict[int, dict[str, Value]]]
"""Results by table, index of the row and key."""


#: The results of so many rows are worth a process of their own.
MANY = 10_000


@left_in_peace()
def results_after(before: Tracker, after: Tracker, touched: Touched, aside: Aside = never) -> Results:
    """The results that the formulas of ``after`` give otherwise than those of ``before``; of new rows all of them.

    Rows of ``after`` are those of ``before``, in the same places, and new ones behind them. What many rows showed
    before is worked out ``aside``.
    """
    change = _Change(before, after, touched, aside)
    return {name: found for name in tables_in_order() if (found := change.of(name))}


def foresee(before: Tracker, filled: Mapping[str, Collection[str]]) -> None:
    """Have read, beside other work, what `results_after` will ask for if these columns (by table) get values.

    That is most of a tracker where the data date may move: with marks, or with levels of a drop later than all that
    Progress has. The dates of records are not known before the rows are.
    """
    levels = filled.get("Progress", ())
    later = any({f"apl_{drop}", f"effort_{drop}"} & set(levels) for drop in _later_drops(before)) if levels else False
    if later or "Registers" in filled:
        needed = {table for table, _ in needed_for(DAY)} | {
            table for table, key in reads() if DAY in needed_for((table, key))
        }
        before.begin({"Registers"})
        before.begin(sorted(needed - {""}))


def _later_drops(before: Tracker) -> list[int]:
    last = last_of(before, "Progress")
    return [drop for drop, day in drop_dates(before).items() if last is None or day > last]


class _Change:
    """A change on its way through the tables: which columns differ so far, and whose rows of Learners."""

    def __init__(self, before: Tracker, after: Tracker, touched: Touched, aside: Aside) -> None:
        self.before, self.after, self.touched, self._aside = before, after, touched, aside
        marks = cache(partial(last_mark, before)), cache(partial(last_mark, after))
        others = {table for table, _ in needed_for(DAY)} - {*HAPPENED, "Progress"}  # on which marks rest
        same = not touched.keys() & others
        self._was = cache(partial(last_date, before, marks[0]))
        self._is = cache(partial(last_date, after, marks[0 if same else 1]))
        self._old, self._now = Figures(before, self._was), Figures(after, self._is)
        self.differ: set[Place] = {
            (name, key) for name, rows in touched.items() for keys in rows.values() for key in keys
        }
        for name in touched:
            if self._new(name):
                self.differ |= {(name, column.key) for column in sheet(name).columns}
        self.learners: set[int] = set(touched.get("Learners", ()))
        if self._day_moves():
            self.differ.add(DAY)

    def of(self, name: str) -> dict[int, dict[str, Value]]:
        """The results of one table that differ, noted for the tables that read them."""
        keys, new = self._reached(name), self._new(name)
        if not keys and not new:
            return {}
        rows = self._rows(name, keys)
        if rows is not None and not rows:
            return {}
        count = len(self.before[name])
        there = range(count) if rows is None else [row for row in rows if row < count]
        some = None if len(there) == len(self.after[name]) else there
        old = partial(self._old.of, name, keys, None if len(there) == count else there)
        begun = self._aside(old) if len(there) > MANY else None
        now = self._now.of(name, keys, some)
        was = (begun or old)()
        found: dict[int, dict[str, Value]] = {}
        for key, values in now.items():
            for row, earlier, value in zip(there, was[key], values, strict=True):
                if earlier != value:
                    found.setdefault(row, {})[key] = value
                    self.differ.add((name, key))
        if name == "Learners":
            self.learners |= found.keys()
        return found | self._added(name, range(count, len(self.after[name])))

    def _added(self, name: str, rows: Sequence[int]) -> dict[int, dict[str, Value]]:
        """The results of new rows, all of them."""
        if not rows:
            return {}
        figures = self._now.of(name, rows=rows)
        return {row: {key: values[at] for key, values in figures.items()} for at, row in enumerate(rows)}

    def _new(self, name: str) -> bool:
        return name in self.touched and len(self.after[name]) > len(self.before[name])

    def _reached(self, name: str) -> set[str]:
        """The computed columns of a table that read what differs, or one another that does."""
        graph = {column.key: reads()[name, column.key].all for column in sheet(name).computed}
        reached: set[str] = set()
        while more := {
            key for key, read in graph.items()
            if key not in reached and (read & self.differ or read & {(name, one) for one in reached})
        }:  # fmt: skip
            reached |= more
        return reached

    def _rows(self, name: str, keys: Iterable[str]) -> list[int] | None:
        """The rows whose results may differ; None for any."""
        may = self.differ | {(name, key) for key in keys}
        beyond = {place for key in keys for place in reads()[name, key].beyond} & may
        rows = set(self.touched.get(name, ()))
        if not beyond:
            return sorted(rows)
        tables = {table for table, _ in beyond}
        if tables - {"Learners", name} or name == "Learners":
            return None
        who = self.after[name]["learner_id"]
        mine = {id_key(value) for value in set(who)} & self._changed_learners
        if name in tables:  # what a row asks of its own table is which of the learner's rows count
            held = (tracker[name]["learner_id"] for tracker in (self.before, self.after))
            mine |= {id_key(values[row]) for values in held for row in rows if row < len(values)}
        return sorted(rows | {row for row, value in enumerate(who) if id_key(value) in mine})

    @cached_property
    def _changed_learners(self) -> set[str]:
        """The IDs, before and after, of the rows of Learners that differ (asked once those are worked out)."""
        ids = (tracker["Learners"]["learner_id"] for tracker in (self.before, self.after))
        return {id_key(values[row]) for values in ids for row in self.learners if row < len(values)}

    def _day_moves(self) -> bool:
        """Whether the data date is another. What has a last day of its own is looked at before registers are."""
        needed = needed_for(DAY)
        if not needed & self.differ:
            return False
        tables = {table for table, _ in needed if table}
        mine = self.touched.keys() & tables
        if mine <= {*HAPPENED, "Progress"}:
            days = [[last_of(tracker, name) for name in mine] for tracker in (self.before, self.after)]
            if days[0] == days[1]:
                return False
            others = HAPPENED.keys() - mine
            self.before.ask(others)
            latest = max(filter(None, (last_of(self.before, name) for name in others)), default=date.min)
            if all(day is None or day <= latest for day in (*days[0], *days[1])):
                return False
        self.before.ask(tables)
        return self._was() != self._is()
