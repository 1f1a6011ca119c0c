"""Recipes for faults of marks, levels and effort, and for rows that lack something."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from workbook.model import Value
from workbook.model.formulas import SESSIONS
from workbook.model.vocabulary import key_of
from workbook.sample.planting import Ground, Planted, Recipe, changed, one_of, wrong

_MARKS = tuple(f"Registers.{key_of(session)}" for session in SESSIONS)
_LEVELS = ("Progress.apl_1", "Progress.apl_2", "Progress.apl_4", "Progress.forecast", "Progress.target")
_REQUIRED = (
    "Behaviour.type",
    "Parents.send_reports",
    "Targets.target",
    "Contacts.with",
    "PDevidence.topic",
    "Learners.surname",
    "Interventions.type",
)


def _other_half(value: Any, rng: Random) -> Value:
    return {"/": "\\", "\\": "/"}.get(value)


def _no_mark(value: Any, rng: Random) -> Value:
    return None if value in ("#", "Z") else "-"


def _on_a_closed_day(value: Any, rng: Random) -> Value:
    """An absence where the sample says that there was no school."""
    return "O" if value == "#" else None


def _became_date(value: Any, rng: Random) -> Value:
    """What Excel makes of 5-4: the fifth of April of the year in which it is typed."""
    high, dash, low = value.partition("-") if isinstance(value, str) else ("", "", "")
    return date(2027, int(low), int(high)) if dash and high.isdigit() and low.isdigit() else None


def _missing(table: str, key: str, code: str = "required-missing") -> Recipe:
    """A blank in a cell that was filled."""

    def plant(ground: Ground) -> Planted | None:
        if (table, key) in ground.lost:
            return None
        index = ground.free(table, lambda one: ground[table][key][one] not in (None, "#", "Z"))
        return None if index is None else ground.put(table, key, index, code, None)

    return plant


def remove_registers(ground: Ground, count: int) -> list[Planted]:
    """A learner's row left out of as many weeks as ``count``; a check says so at the first row of the week.

    Rows move up, so this comes before any other fault of Registers.
    """
    registers = ground["Registers"]
    places: dict[Value, list[int]] = {}
    for index, week in enumerate(registers["week"]):
        places.setdefault(week, []).append(index)
    weeks = [week for week, rows in places.items() if len(rows) > 3]
    chosen = ground.rng.sample(weeks, min(count, len(weeks)))
    gone: set[int] = set()
    for week in chosen:
        rows = [one for one in places[week][1:] if ground.on_roll_all_year(registers["learner_id"][one])]
        gone.update(ground.rng.sample(rows, min(1, len(rows))))
    weeks_short = {registers["week"][one] for one in gone}
    ground.whole("Registers", [row for index, row in enumerate(registers.records()) if index not in gone])
    registers = ground["Registers"]
    planted = []
    for index, week in enumerate(registers["week"]):
        if week in weeks_short:
            weeks_short.discard(week)
            ground.use("Registers", index)
            planted.append(Planted("Registers", registers.cell("week", index), "register-missing", week))
    return planted


RECIPES: dict[str, list[Recipe]] = {
    "required-missing": [_missing(*place.split(".")) for place in _REQUIRED]
    + [_missing("Interventions", "learner_id")],
    "level-unknown": wrong("level-unknown", one_of("APL12", "Pass", "10", "level 4"), *_LEVELS),
    "level-zero": wrong("level-zero", one_of(0, "0"), *_LEVELS),
    "became-date": wrong("became-date", changed("Progress", _became_date), *_LEVELS),
    "effort-unknown": wrong("effort-unknown", one_of("7", "?", "A", 9), "Progress.effort_1", "Progress.effort_3"),
    "mark-unknown": wrong("mark-unknown", one_of("A", "??", "Z9", "late"), *_MARKS),
    "mark-retired": wrong("mark-retired", one_of("H", "J", "Y", "F"), *_MARKS),
    "mark-swapped": wrong("mark-swapped", changed("Registers", _other_half), *_MARKS),
    "mark-without-session": wrong("mark-without-session", changed("Registers", _on_a_closed_day), *_MARKS),
    "mark-missing": [_missing("Registers", place.partition(".")[2], "mark-missing") for place in _MARKS]
    + wrong("mark-missing", changed("Registers", _no_mark), *_MARKS),
}
