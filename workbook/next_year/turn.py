"""The new year's tracker: made from the old one's own file, so that a college's columns, sheets and settings stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from workbook.editing.edit import TableChange
from workbook.fewer.finish import Makers, finished
from workbook.fewer.own_formulas import own_worked_out
from workbook.measures.learners import Learners, id_key
from workbook.measures.levels import LEVEL_KEYS, Assessed
from workbook.model import CannotDo, Tracker, Value
from workbook.model.academic_year import bounds
from workbook.model.excel import fold
from workbook.model.formulas import DROPS
from workbook.model.tracker import as_date
from workbook.next_year.forms import renamed
from workbook.next_year.rows import Turn
from workbook.package.guard import GuardedFile

_YEAR = timedelta(weeks=52)
"""Whole weeks, so that Mondays stay Mondays."""
CLEARED = (*LEVEL_KEYS, *(f"effort_{drop}" for drop in DROPS), "forecast", "comment")
"""What Progress holds of a year, which the new one starts without."""
KEPT, MOVED, DROPPED = "kept", "changed", "stays behind"


@dataclass(frozen=True)
class Wish:
    """How the year is to turn: new names of forms, who repeats the year, and whether last levels become baselines."""

    forms: Mapping[str, str] = field(default_factory=dict)
    stay: Iterable[str] = ()
    baselines: bool = False


@dataclass
class Plan:
    """What becomes of each row and cell of a tracker; rows by table name and number on the sheet."""

    tracker: Tracker
    year: str
    first: date
    forms: dict[str, str]
    behind: dict[str, str]
    """Who stays in the old tracker, by ID, and why."""
    gone: dict[str, dict[int, str]] = field(default_factory=dict)
    changed: dict[str, dict[int, dict[str, Value]]] = field(default_factory=dict)
    why: dict[tuple[str, str], str] = field(default_factory=dict)
    new_forms: list[str] = field(default_factory=list)

    def account(self) -> list[tuple[str, str, str, int, int]]:
        """Every entry cell: sheet, what becomes of it, why, how many rows and how many filled cells."""
        rows: Counter[tuple[str, str, str]] = Counter()
        cells: Counter[tuple[str, str, str]] = Counter()
        for name, table in self.tracker.tables.items():
            gone, changed = self.gone.get(name, {}), self.changed.get(name, {})
            for row, record in zip(table.rows, table.records(), strict=True):
                mine = changed.get(row, {})
                seen = set()
                for key, value in record.items():
                    if value is None:
                        continue
                    state, why = (DROPPED, gone[row]) if row in gone else (KEPT, "")
                    if row not in gone and key in mine:
                        state = MOVED if mine[key] is not None else DROPPED
                        why = self.why.get((name, key), "")
                    cells[table.sheet.name, state, why] += 1
                    seen.add((table.sheet.name, state, why))
                for one in seen:
                    rows[one] += 1
        return [(*key, rows[key], cells[key]) for key in cells]


def planned(tracker: Tracker, wish: Wish) -> Plan:
    """What the new year's tracker is to hold; CannotDo where there is nobody, or the wish makes no sense."""
    learners = Learners(tracker)
    if not learners.all:
        raise CannotDo("There are no learners in this tracker yet: fill the Learners sheet first.")
    for one in wish.stay:
        if learners.find(one) is None:
            raise CannotDo(f"Learner {one} is not on the Learners sheet: check the ID.")
    begun = tracker.bounds[0].year + 1
    first = date(begun, 9, 1)
    turn = Turn(tracker, first, frozenset(map(id_key, wish.stay)))
    forms = renamed(tracker, wish.forms, wish.stay)
    year = f"{begun}-{(begun + 1) % 100:02d}"
    behind = {one.learner_id: why for one in learners.all if (why := turn.behind.get(id_key(one.learner_id)))}
    plan = Plan(tracker, year, first, forms, behind)
    for name, table in tracker.tables.items():
        records = list(zip(table.rows, table.records(), strict=True))
        gone = {row: why for row, record in records if (why := turn.why_not(name, record))}
        plan.gone[name] = gone
        for row, record in records:
            if row not in gone:
                _change(plan, name, row, record, turn, wish)
    plan.new_forms = _missing_forms(plan)
    return plan


def _change(plan: Plan, name: str, row: int, one: Mapping[str, Any], turn: Turn, wish: Wish) -> None:
    """Note what becomes of the cells of a row that comes along."""
    cells: dict[str, tuple[Value, str]] = {}
    if name == "Learners" and id_key(one.get("learner_id")) not in turn.stay:
        cells = _learner(plan, one)
    elif name == "Progress":
        cells = _levels(plan.tracker, one, wish)
    elif name == "Settings":
        cells = _setting(plan, one)
    elif name in ("Terms", "Drops", "PDtopics"):
        cells = _dates(plan, name, one, turn)
    cells = {key: told for key, told in cells.items() if one.get(key) != told[0]}
    if cells:
        plan.changed.setdefault(name, {})[row] = {key: value for key, (value, _) in cells.items()}
        plan.why |= {(name, key): why for key, (_, why) in cells.items()}


def _learner(plan: Plan, one: Mapping[str, Any]) -> dict[str, tuple[Value, str]]:
    year, form = one.get("year"), one.get("form")
    cells: dict[str, tuple[Value, str]] = {}
    if isinstance(year, (int, float)) and not isinstance(year, bool):
        cells["year"] = year + 1, "a year up"
    if isinstance(form, str) and form.strip() in plan.forms:
        cells["form"] = plan.forms[form.strip()], "the form's new name"
    return cells


def _levels(tracker: Tracker, one: Mapping[str, Any], wish: Wish) -> dict[str, tuple[Value, str]]:
    cells: dict[str, tuple[Value, str]] = {key: (None, "levels start empty each year") for key in CLEARED if key in one}
    path = [one.get(key) for key in LEVEL_KEYS]
    latest = Assessed(tracker).latest(path) if wish.baselines else None
    if latest is not None:
        cells["baseline"] = path[latest - 1], "the last level"
        cells["baseline_source"] = "Teacher", "the last level"
    return cells


def _setting(plan: Plan, one: Mapping[str, Any]) -> dict[str, tuple[Value, str]]:
    name, value = fold(str(one.get("name") or "").strip()), as_date(one.get("value"))
    if name == "academic_year":
        return {"value": (plan.year, "the new year")}
    if name == "destination_by" and value is not None and value < plan.first:
        return {"value": (_years_on(value), "a year on")}
    return {}


def _years_on(day: date) -> date:
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if last else day.day)


def _dates(plan: Plan, name: str, one: Mapping[str, Any], turn: Turn) -> dict[str, tuple[Value, str]]:
    """The dates of the year's frame, a year on in whole weeks; those of the new year already stay."""
    keys = {"Terms": ("start", "end"), "Drops": ("date", "reports_due", "progress_day"), "PDtopics": ("week",)}[name]
    if name == "Terms" and turn.terms_there:
        return {}
    old = bounds(f"{plan.first.year - 1}-{plan.first.year % 100:02d}", ())
    cells: dict[str, tuple[Value, str]] = {}
    for key in keys:
        value = one.get(key)
        day = as_date(value)
        if day is not None and old[0] - timedelta(days=60) <= day < plan.first and isinstance(value, (date, datetime)):
            cells[key] = value + _YEAR, "52 weeks on"
    return cells


def _missing_forms(plan: Plan) -> list[str]:
    """New names of forms that the list of forms does not offer yet."""
    there = {fold(str(one).strip()) for one in plan.tracker["Lists"]["forms"] if one is not None}
    return [one for one in dict.fromkeys(plan.forms.values()) if fold(one) not in there]


def next_year(file: GuardedFile, plan: Plan, makers: Makers) -> tuple[GuardedFile, Tracker]:
    """The new year's workbook, and what it holds: every row and cell as planned, or CannotDo."""
    rows = {name: set(gone) for name, gone in plan.gone.items()}

    def changes(left: Tracker) -> dict[str, TableChange]:
        made: dict[str, TableChange] = {}
        for name, changed in plan.changed.items():
            moved = _new_rows(plan, name, left)
            made[name] = TableChange({moved[row]: dict(values) for row, values in changed.items()})
        if plan.new_forms:
            made["Lists"] = _listed(left, plan.new_forms)
        return made

    whole, tracker = finished(file, rows, changes, makers, plan.first, lambda _: True)
    _require_planned(plan, tracker)
    return own_worked_out(whole), tracker


def _new_rows(plan: Plan, name: str, left: Tracker) -> dict[int, int]:
    """Where each row that comes along stands then, by where it stood."""
    old = [row for row in plan.tracker[name].rows if row not in plan.gone[name]]
    return dict(zip(old, left[name].rows, strict=True))


def _listed(left: Tracker, forms: Iterable[str]) -> TableChange:
    """Forms put under the last of the list, in the rows that other lists have already, else in new ones."""
    table = left["Lists"]
    filled = [place for place, one in enumerate(table["forms"]) if one is not None]
    free = list(table.rows[(filled[-1] + 1 if filled else 0) :])
    change = TableChange()
    for form in forms:
        if free:
            change.changed[free.pop(0)] = {"forms": form}
        else:
            change.added.append({"forms": form})
    return change


def _require_planned(plan: Plan, new: Tracker) -> None:
    """Every entry cell is what the plan says; CannotDo, which nobody should ever see."""
    for name, table in plan.tracker.tables.items():
        kept = [(row, one) for row, one in zip(table.rows, table.records(), strict=True) if row not in plan.gone[name]]
        made = list(new[name].records())
        changed = plan.changed.get(name, {})
        for (row, one), other in zip(kept, made, strict=name != "Lists"):
            wanted = {**one, **changed.get(row, {})}
            if name == "Lists":
                wanted.pop("forms"), other.pop("forms")
            if any(other.get(key) != value for key, value in wanted.items()):
                raise CannotDo(f"The new tracker would not hold row {row} of {table.sheet.name}, so nothing was made.")
