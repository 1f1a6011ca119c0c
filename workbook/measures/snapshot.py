"""What every flag rule is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from workbook.measures.calendar import Calendar
from workbook.measures.codes import Columns
from workbook.measures.computed import computed
from workbook.measures.computed_keys import learner_names
from workbook.measures.contacts import contact_day
from workbook.measures.data_date import as_of
from workbook.measures.interventions import group_key, is_member, is_running
from workbook.measures.learners import Learners
from workbook.measures.roll import Roll
from workbook.measures.sessions import Sessions
from workbook.model import Table, Tracker, Value
from workbook.model.rules import BY_CODE
from workbook.model.tracker import as_date

T = TypeVar("T")
Case = TypeVar("Case")


@dataclass(frozen=True)
class Raised:
    """A rule that holds for a learner (a position in `Learners`); ``figures`` fill its sentence."""

    learner: int
    code: str
    value: float | None
    threshold: float | date | None
    data_date: date | None
    figures: dict[str, Any] = field(default_factory=dict)


class Rules(Generic[Case]):
    """Functions that raise flags, which collect themselves where they are declared: it is their decorator.

    ``Case`` is what each of them is given: the snapshot, or what rules of one kind share.
    """

    def __init__(self) -> None:
        self._asked: list[Callable[[Case], Iterator[Raised]]] = []

    def __call__(self, asked: Callable[[Case], Iterator[Raised]]) -> Callable[[Case], Iterator[Raised]]:
        """Mark a function, so that it is asked."""
        self._asked.append(asked)
        return asked

    def ask(self, case: Case) -> Iterator[Raised]:
        """What every one of them raises."""
        for asked in self._asked:
            yield from asked(case)


class Snapshot:
    """A tracker as it stood on a day, with what many rules ask for."""

    def __init__(self, tracker: Tracker, on: date) -> None:
        self.tracker = as_of(tracker, on)
        self.on = on
        self.settings: dict[str, Any] = tracker.settings
        self.learners = Learners(tracker)
        self.calendar = Calendar(tracker)
        self.roll = Roll(self.tracker, self.learners, self.calendar)
        self.here = self.learners.on_roll(on)
        self._present = set(self.here)
        self._kept: dict[Any, Any] = {}

    def once(self, work: Callable[[Snapshot], T]) -> T:
        """What a measure makes of this case, worked out when it is first asked for."""
        if work not in self._kept:
            self._kept[work] = work(self)
        answer: T = self._kept[work]
        return answer

    @cached_property
    def figures(self) -> dict[str, Columns]:
        """The computed columns of Progress and of what its rows look up."""
        return computed(self.tracker, ("Progress", "Effort", "Drops"))

    @cached_property
    def names(self) -> list[str]:
        """The name of each learner, in the order of `learners`; empty where none is typed."""
        names = learner_names(self.tracker)
        return [str(names[one.row] or "") for one in self.learners.all]

    @cached_property
    def sessions(self) -> Sessions:
        """Every session of the academic year up to the day."""
        return Sessions(self.tracker, self.learners, self.roll, self.on)

    def narrowed(self, learners: Collection[int], on: date) -> Snapshot:
        """The case on an earlier day as far as levels go, for some learners only; a learner's position stays."""
        rows = [row for learner in sorted(learners) for row in self._levels_of.get(learner, ())]
        places = sorted(self.learners.all[learner].row for learner in learners)
        parts = {
            "Progress": self.tracker["Progress"].some(sorted(rows)),
            "Learners": self.tracker["Learners"].some(places),
        }
        narrow = copy(self)
        for name in ("figures", "sessions", "contacts", "incidents", "supported", "members", "_levels_of"):
            narrow.__dict__.pop(name, None)
        narrow.tracker = as_of(self.tracker.with_room(parts), on)
        narrow.on, narrow.here, narrow._present, narrow._kept = on, sorted(learners), set(learners), {}
        return narrow

    @cached_property
    def _levels_of(self) -> dict[int, list[int]]:
        """The rows of Progress of each learner who is here."""
        rows: dict[int, list[int]] = {}
        for learner, row in self.records("Progress"):
            rows.setdefault(learner, []).append(row)
        return rows

    def is_here(self, value: Value) -> bool:
        """Whether the learner with an ID is on roll on the day."""
        return self.learners.find(value) in self._present

    def threshold(self, code: str) -> Any:
        """The threshold of a rule; None where the Settings sheet turns the rule off."""
        return self.settings[BY_CODE[code].setting]

    def records(self, name: str, *keys: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table about learners who are here: the learner's position, the row, the cells of ``keys``."""
        table = self.tracker[name]
        rows = zip(table["learner_id"], *(table[key] for key in keys), strict=True)
        for i, (value, *cells) in enumerate(rows):
            learner = self.learners.find(value)
            if learner in self._present:
                yield (learner, i, *cells)

    @cached_property
    def contacts(self) -> dict[int, list[date]]:
        """The dates of each learner's contacts this year up to the day, in order; "Seen, no action" is one of them."""
        dates: dict[int, list[date]] = {}
        for learner, _, value in self.records("Contacts", "date"):
            day = contact_day(value, self.tracker.year, self.on)
            if day:
                dates.setdefault(learner, []).append(day)
        return {learner: sorted(days) for learner, days in dates.items()}

    @cached_property
    def incidents(self) -> dict[int, list[date]]:
        """The dates of each learner's behaviour incidents up to the day, in order."""
        dates: dict[int, list[date]] = {}
        for learner, _, value in self.records("Behaviour", "date"):
            day = as_date(value)
            if day and day <= self.on:
                dates.setdefault(learner, []).append(day)
        return {learner: sorted(days) for learner, days in dates.items()}

    @cached_property
    def supported(self) -> set[int]:
        """The learners with an intervention that is in place, their own or their group's."""
        members = self.members
        found: set[int] = set()
        table = self.tracker["Interventions"]
        rows = zip(*(table[key] for key in ("learner_id", "group", "start", "end")), strict=True)
        for learner_id, group, start, end in rows:
            if not is_running(start, end, self.on):
                continue
            learner = self.learners.find(learner_id)
            found |= members.get(group_key(group), set()) if learner is None else {learner}
        return found

    @cached_property
    def members(self) -> dict[str, set[int]]:
        """Who belongs to each group on the day, by the group's name in small letters."""
        groups: dict[str, set[int]] = {}
        for learner, _, group, joined, left in self.records("Groups", "group", "joined", "left"):
            if group_key(group) and is_member(joined, left, self.on):
                groups.setdefault(group_key(group), set()).add(learner)
        return groups


def in_use(table: Table, key: str | None = None) -> bool:
    """Whether a sheet, or one of its columns, is used at all: what nobody fills in says nothing about a learner."""
    return any(value is not None for value in table[key]) if key else len(table) > 0


def listed(names: Sequence[str]) -> str:
    """Names as they stand in a sentence: ``Art, Maths and Science``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
