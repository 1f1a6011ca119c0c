"""Pages of register marks as systems lay them out, in as many forms as there are seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.imports import exports
from tests.imports.shuffled_words import BEFORE, DATE_FORMS, MONDAYS, Cells, Page, who_columns
from workbook.imports.words import as_text

CODES = [as_text(code) for code in BEFORE["Codes"]["code"] if code is not None]
DAYS = ("mon", "tue", "wed", "thu", "fri")


def _mark(rng: Random) -> str:
    return rng.choice(("/", "\\")) if rng.random() < 0.8 else rng.choice(CODES)


@dataclass
class Week:
    """A week's marks, with the words that a page of them uses."""

    rng: Random
    learners: list[dict[str, Any]]
    days: list[date]
    who: list[tuple[str, Callable[[dict[str, Any]], Any]]]
    marks: dict[tuple[str, date, str], str]
    written: Callable[[date], str]
    halves: tuple[str, str]

    @property
    def sessions(self) -> list[tuple[date, str]]:
        """Each day and half of the week."""
        return [(day, half) for day in self.days for half in ("am", "pm")]

    @property
    def heads(self) -> list[str]:
        """The headings of who a learner is."""
        return [heading for heading, _ in self.who]

    def starts(self, one: dict[str, Any]) -> list[Any]:
        """Who a learner is."""
        return [fill(one) for _, fill in self.who]

    def half(self, half: str) -> str:
        """The word for a half of the day."""
        return self.halves[half == "pm"]

    def row(self, one: dict[str, Any], *between: Any) -> list[Any]:
        """A learner's row with a cell for each session."""
        return [*self.starts(one), *between, *(self.marks[one["learner_id"], *key] for key in self.sessions)]


def _dated(week: Week) -> list[list[Any]]:
    shape = week.rng.choice(("{day} {half}", "{half} {day}", "{day} - {half}", "{week} {day} {half}"))
    day_of = week.rng.choice(DATE_FORMS[:4])
    told = [shape.format(day=day_of(day), half=week.half(half), week=f"{day:%a}") for day, half in week.sessions]
    return [week.heads + told, *map(week.row, week.learners)]


def _merged(week: Week) -> list[list[Any]]:
    above = [""] * len(week.heads) + [cell for day in week.days for cell in (week.written(day), "")]
    below = week.heads + [week.half(half) for _, half in week.sessions]
    return [above, below, *map(week.row, week.learners)]


def _weekdays(week: Week) -> list[str]:
    name = week.rng.choice(("%a", "%A"))
    return [f"{day:{name}} {week.half(half)}" for day, half in week.sessions]


def _weekday(week: Week) -> list[list[Any]]:
    said = week.rng.choice(("w/c", "Week", "Week Beginning", "Week commencing"))
    rows = [week.row(one, week.written(week.days[0])) for one in week.learners]
    return [[*week.heads, said, *_weekdays(week)], *rows]


def _titled(week: Week) -> list[list[Any]]:
    said = week.rng.choice(("Week commencing", "w/c", "Week beginning:"))
    title = f"{said} {week.rng.choice(DATE_FORMS[:5])(week.days[0])}"
    return [[title], [], week.heads + _weekdays(week), *map(week.row, week.learners)]


def _session(week: Week) -> list[list[Any]]:
    rng = week.rng
    day_word, half_word = rng.choice(("Date", "Mark Date", "Session Date")), rng.choice(("Session", "AM/PM"))
    mark_word = rng.choice(("Mark", "Attendance Code", "Code", "Attendance Mark"))
    rows = [
        [*week.starts(one), week.written(day), week.half(half), week.marks[one["learner_id"], day, half]]
        for one in week.learners
        for day, half in week.sessions
    ]
    rng.shuffle(rows)
    return [[*week.heads, day_word, half_word, mark_word], *rows]


def _day_rows(week: Week) -> list[list[Any]]:
    halves = week.rng.choice((("AM", "PM"), ("AM Mark", "PM Mark")))
    rows = [
        [*week.starts(one), week.written(day), *(week.marks[one["learner_id"], day, half] for half in ("am", "pm"))]
        for one in week.learners
        for day in week.days
    ]
    return [[*week.heads, week.rng.choice(("Date", "Day", "Register Date")), *halves], *rows]


def _text(week: Week) -> list[list[Any]]:
    rng, monday = week.rng, week.days[0]
    between = rng.choice((" ", ",", ", ", "|"))
    said = (rng.choice(("Week Beginning", "w/c", "Week Commencing")), rng.choice(("Marks", "Attendance Marks")))
    rows = []
    for one in week.learners:
        all_days = [(monday + timedelta(days=place), half) for place in range(5) for half in ("am", "pm")]
        told = [week.marks.get((one["learner_id"], *key)) or "-" for key in all_days]
        rows.append([*week.starts(one), week.written(monday), between.join(told)])
    return [[*week.heads, *said], *rows]


LAYOUTS = (_dated, _merged, _weekday, _titled, _session, _day_rows, _text)


def registers(rng: Random) -> Page:
    """Marks in one of seven layouts."""
    learners = rng.sample(exports.LEARNERS, rng.randint(2, 5))
    monday = rng.choice(MONDAYS)
    days = [monday + timedelta(days=place) for place in range(rng.choice((1, 3, 5)))]
    marks: dict[tuple[str, date, str], str] = {}
    for one in learners:
        for day in days:
            for half, usual in (("am", "/"), ("pm", "\\")):
                mark = usual if rng.random() < 0.75 else rng.choice(["", "-", _mark(rng)])
                marks[one["learner_id"], day, half] = mark
    halves = rng.choice((("AM", "PM"), ("am", "pm"), ("Morning", "Afternoon")))
    week = Week(rng, learners, days, who_columns(rng), marks, rng.choice(DATE_FORMS[:9]), halves)
    wanted: Cells = {
        (("learner_id", who), ("week", monday.isoformat()), (f"{DAYS[day.weekday()]}_{half}", mark))
        for (who, day, half), mark in marks.items()
        if mark not in ("", "-")
    }
    return Page("Registers", rng.choice(LAYOUTS)(week), wanted)
