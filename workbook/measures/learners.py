"""The learners of a tracker: who is the same learner, and who is on roll.

An ID is found however it was stored, as a text or a number; capitals and spaces at the ends do not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from workbook.measures.levels import setting_cell
from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_error, is_number, number, seen, text, trim
from workbook.model.tracker import as_date


def learner_key(value: Value) -> str:
    """An ID as it is compared, capitals aside: the text of a number, no spaces around it; empty for none."""
    return "" if is_error(value) else trim(text(value))


def id_key(value: Value) -> str:
    """An ID as it is compared, capitals aside: two cells with the same key are the same learner."""
    return _text_key(value) if type(value) is str else fold(learner_key(value))


@lru_cache(maxsize=1 << 16)
def _text_key(words: str) -> str:
    return fold(learner_key(words))


def word(value: Value) -> str:
    """A cell as a text without spaces at its ends; empty for a blank or an error."""
    return "" if value is None or is_error(value) else text(value).strip()


def called(preferred: Value, first: Value) -> str:
    """What a learner goes by: the preferred name, else the first name; a cell with nothing to see is no name."""
    return word(preferred if seen(preferred) else first)


def _spelt() -> Callable[[Value], str]:
    """A function for the cells of a column of names: as people see them, each spelt as where it first stands.

    So a form typed ``11a`` with a blank behind it is the form 11A wherever learners are put together.
    """
    first: dict[str, str] = {}
    return lambda value: first.setdefault(fold(name := seen(value)), name)


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

    def on_roll(self, day: date) -> bool:
        """Whether the learner has started and not yet left on a day; the last day counts."""
        return (self.started is None or self.started <= day) and not self.has_left(day)

    def has_left(self, day: date) -> bool:
        """Whether the learner's last day lies before a day."""
        return self.left is not None and self.left < day


class Learners:
    """The learners in the order of their sheet; of two rows with the same ID the first one counts."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._typed: dict[Value, int | None] = {}
        self.all: list[Learner] = []
        self._rows: list[Learner] = []
        self.by_id: dict[str, int] = {}
        table = tracker["Learners"]
        texts = (map(_spelt(), table[key]) for key in ("form", "mentor", "vocational_day"))
        days = (map(as_date, table[key]) for key in ("started", "left"))
        ids = map(learner_key, table["learner_id"])
        for row, (learner_id, form, mentor, day, started, left, year) in enumerate(
            zip(ids, *texts, *days, table["year"], strict=True)
        ):
            grade = number(year) if is_number(year) else None
            muddled = started is not None and left is not None and left < started
            dates = (None, None) if muddled else (started, left)  # one of them is wrong, so neither is a measure
            self._rows.append(Learner(row, learner_id, grade, form, mentor, day, *dates))
            if learner_id and fold(learner_id) not in self.by_id:
                self.by_id[fold(learner_id)] = len(self.all)
                self.all.append(self._rows[-1])

    def of_row(self, row: int) -> Learner:
        """The learner as a row of the sheet has it, also where another row has the same ID."""
        return self._rows[row]

    def __len__(self) -> int:
        return len(self.all)

    def on_roll(self, day: date) -> list[int]:
        """The positions of the learners who are on roll on a day."""
        return [place for place, one in enumerate(self.all) if one.on_roll(day)]

    def find(self, value: Value) -> int | None:
        """The position in ``all`` of the learner with an ID; None where nobody has it."""
        if type(value) is not str:
            return self.by_id.get(id_key(value))
        if value not in self._typed:
            self._typed[value] = self.by_id.get(id_key(value))
        return self._typed[value]

    @cached_property
    def last_year(self) -> float:
        """The last year group of the course: 11 where courses start in Year 10 and take two years."""
        first, years = (setting_cell(self._tracker, name) for name in ("first_year", "course_years"))
        settings = self._tracker.settings
        start = number(first) if is_number(first) else settings["first_year"]
        return float(start + (number(years) if is_number(years) else settings["course_years"]) - 1)
