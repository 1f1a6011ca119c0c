"""Recipes for faults of dates: typed as text, swapped, outside the year, before a start or after an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from workbook.model import Value
from workbook.model.excel import FIRST_DAY
from workbook.model.tracker import as_date
from workbook.sample.planting import Ground, Make, Planted, Recipe, one_of, wrong

_DAY = timedelta(days=1)
_HAPPENED = ("Behaviour.date", "PDevidence.date")
_ANY_DAY = ("Behaviour.date", "PDevidence.date", "Transition.applied", "Workexperience.insurance")
_PAIRS = (
    ("Targets", "set_on", "due"),
    ("Interventions", "start", "review_due"),
    ("Workexperience", "start", "end"),
    ("Contacts", "date", "follow_up_due"),
)


def _dated(table: str, change: Callable[[date, Ground], Value]) -> Make:
    """A changed date, in rows of learners who were on roll all year, so that nothing else is wrong with it."""

    def make(ground: Ground, key: str, index: int) -> Value:
        day = as_date(ground[table][key][index])
        learner = ground[table]["learner_id"][index] if "learner_id" in ground[table].columns else None
        if day is None or (learner is not None and not ground.on_roll_all_year(learner)):
            return None
        return change(day, ground)

    return make


def _everywhere(code: str, change: Callable[[date, Ground], Value], *places: str) -> list[Recipe]:
    return [recipe for place in places for recipe in wrong(code, _dated(place.split(".")[0], change), place)]


def _as_text(day: date, ground: Ground) -> Value:
    return f"{day:%d/%m/%Y}" if ground.rng.random() < 0.5 else f"{day.day} {day:%b %Y}"


def _other_decade(day: date, ground: Ground) -> Value:
    shift = ground.rng.choice((-10, 10, 36))
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year + shift)


def _swapped(day: date, ground: Ground) -> Value:
    """Day and month the wrong way round, where that gives a day on which it cannot have happened."""
    if day.day > 12 or day.day == day.month or day.weekday() > 4:
        return None
    other = date(day.year, day.day, day.month)
    possible = other.weekday() < 5 and ground.first_day <= other <= ground.last_week + 6 * _DAY
    return None if possible else other


def _week_later(day: date, ground: Ground) -> Value:
    """Another weekday of the same week, unless exchanging day and month would give a Monday again."""
    other = day + ground.rng.randrange(1, 5) * _DAY
    if other.day <= 12 and other.day != other.month and date(other.year, other.day, other.month).weekday() == 0:
        return None
    return other


def _five_years_older(day: date, ground: Ground) -> Value:
    return date(day.year - 5, day.month, min(day.day, 28))


def _outside_the_stay(after: bool) -> Make:
    """A weekday of the registers' time after a learner has left, or before they started."""

    def make(ground: Ground, key: str, index: int) -> Value:
        table = "Behaviour" if ground.planting == "Behaviour" else "PDevidence"
        started, left = ground.stays.get(ground[table]["learner_id"][index], (None, None))
        last = ground.last_week + 4 * _DAY
        if after and left is not None:
            first = left + _DAY
        elif not after and started is not None and ground.first_day + 7 * _DAY < started:
            first, last = ground.first_day, started - _DAY
        else:
            return None
        days = [first + n * _DAY for n in range((last - first).days + 1)]
        weekdays = [day for day in days if day.weekday() < 5]
        return ground.rng.choice(weekdays) if weekdays else None

    return make


def _out_of_order(table: str, first: str, second: str) -> Recipe:
    def make(ground: Ground, key: str, index: int) -> Value:
        day = as_date(ground[table][first][index])
        return day - ground.rng.randrange(1, 20) * _DAY if day else None

    return wrong("dates-out-of-order", make, f"{table}.{second}")[0]


def _as_number(place: str) -> Recipe:
    """A date whose cell has lost its date format, so that it shows a number; done in the file."""
    table, key = place.split(".")

    def plant(ground: Ground) -> Planted | None:
        index = ground.free(table, lambda one: as_date(ground[table][key][one]) is not None)
        day = as_date(ground[table][key][index]) if index is not None else None
        if index is None or day is None:
            return None
        ground.use(table, index)
        number = (day - FIRST_DAY).days
        return Planted(ground[table].sheet.name, ground[table].cell(key, index), "date-as-number", number, day)

    return plant


RECIPES: dict[str, list[Recipe]] = {
    "date-as-text": _everywhere("date-as-text", _as_text, "Contacts.date", "Targets.due", "Behaviour.date"),
    "date-unreadable": wrong(
        "date-unreadable", one_of("next week", "31/02/2027", "soon"), "Contacts.follow_up_due", "Interventions.start"
    ),
    "date-as-number": [_as_number(place) for place in ("Targets.due", "Behaviour.date", "Learners.date_of_birth")],
    "date-outside-year": _everywhere("date-outside-year", _other_decade, *_ANY_DAY),
    "date-after-leaving": wrong("date-after-leaving", _outside_the_stay(after=True), *_HAPPENED),
    "date-before-start": wrong("date-before-start", _outside_the_stay(after=False), *_HAPPENED),
    "date-swapped": _everywhere("date-swapped", _swapped, *_HAPPENED),
    "dates-out-of-order": [_out_of_order(*pair) for pair in _PAIRS],
    "birth-date-odd": _everywhere("birth-date-odd", _five_years_older, "Learners.date_of_birth"),
    "week-not-monday": _everywhere("week-not-monday", _week_later, "PDtopics.week"),
}
