"""What made-up exports share: a tracker, days and ways to write them, ways to say who a learner is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tests.imports import exports
from workbook.imports.understand.lexicon import WHO_WORDS

BEFORE = exports.tracker()
MONDAYS = [date(2026, 9, 7), date(2026, 10, 5), date(2026, 12, 7), date(2027, 2, 8), date(2027, 5, 17)]
#: Ways to write a day that leave no doubt to a reader in England.
DATE_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day:%y}",
    lambda day: f"{day:%d-%b-%y}",
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y-%m-%dT00:00:00}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%a} {day.day} {day:%b %Y}",
    lambda day: f"{day:%A}, {day.day}{_ordinal(day.day)} {day:%B %Y}",
    lambda day: f"{day:%d/%m/%Y} 09:15",
    lambda day: f"{day:%d/%m/%Y %H:%M:%S}",
)
Cells = set[tuple[tuple[str, str], ...]]


def _ordinal(day: int) -> str:
    return "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@dataclass
class Page:
    """A page of an export: rows of cells, and what a right import makes of it, a set of cells for each row."""

    sheet: str
    rows: list[list[Any]]
    wanted: Cells


def who_columns(rng: Random) -> list[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """Headings that find every learner of the tracker, and how each is filled."""
    comma = rng.random() < 0.6

    def whole(one: dict[str, Any]) -> str:
        return f"{one['surname']}, {one['first_name']}" if comma else f"{one['first_name']} {one['surname']}"

    by_id = (rng.choice(WHO_WORDS["id"][:8]).title(), lambda one: one["learner_id"])
    name = (rng.choice(("Name", "Student", "Pupil Name", "Legal Name", "Student Name")), whole)
    form = (rng.choice(("Reg", "Form", "Tutor Group", "Reg Group")), lambda one: one["form"])
    parts = [
        (rng.choice(("Surname", "Last Name", "Legal Surname")), lambda one: one["surname"]),
        (rng.choice(("Forename", "First name", "Legal Forename")), lambda one: one["first_name"]),
    ]
    ways = [[by_id], [by_id, name], [name, form], [by_id, *parts, form], [*parts, form]]
    return rng.choice(ways)
