"""The learners of a tracker, found by ID however it was stored: capitals and spaces at the ends do not matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from workbook.measures.levels import setting_cell
from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_error, is_number, number, text
from workbook.model.tracker import as_date


def word(value: Value) -> str:
    """A cell as a text without spaces at its ends; empty for a blank or an error."""
    return "" if value is None or is_error(value) else text(value).strip()


@dataclass(frozen=True)
class Learner:
    """What measures need to know about a learner. ``row`` is the position on the Learners sheet."""

    row: int
    learner_id: str
    year: float | None
    form: str
    mentor: str
    vocational_day: str
    started: date | None
    left: date | None

    def here(self, on: date) -> bool:
        """Whether the learner is at the Academy on a day; the last day counts."""
        return (self.started is None or self.started <= on) and (self.left is None or on <= self.left)


class Learners:
    """The learners in the order of their sheet; of two rows with the same ID the first one counts."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._typed: dict[Value, int | None] = {}
        self.all: list[Learner] = []
        self.by_id: dict[str, int] = {}
        table = tracker["Learners"]
        texts = (map(word, table[key]) for key in ("learner_id", "form", "mentor", "vocational_day"))
        dates = (map(as_date, table[key]) for key in ("started", "left"))
        for row, (learner_id, form, mentor, day, started, left, year) in enumerate(
            zip(*texts, *dates, table["year"], strict=True)
        ):
            if learner_id and fold(learner_id) not in self.by_id:
                self.by_id[fold(learner_id)] = len(self.all)
                grade = number(year) if is_number(year) else None
                self.all.append(Learner(row, learner_id, grade, form, mentor, day, started, left))

    def __len__(self) -> int:
        return len(self.all)

    def find(self, value: Value) -> int | None:
        """The position in ``all`` of the learner with an ID; None where nobody has it."""
        if type(value) is not str:
            return self.by_id.get(fold(word(value)))
        if value not in self._typed:
            self._typed[value] = self.by_id.get(fold(value.strip()))
        return self._typed[value]

    @cached_property
    def last_year(self) -> float:
        """The last year group of the course: 11 where courses start in Year 10 and take two years."""
        first, years = (setting_cell(self._tracker, name) for name in ("first_year", "course_years"))
        settings = self._tracker.settings
        start = number(first) if is_number(first) else settings["first_year"]
        return float(start + (number(years) if is_number(years) else settings["course_years"]) - 1)
