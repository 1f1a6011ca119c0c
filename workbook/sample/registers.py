"""Marks for twenty weeks, whose codes occur about as often as in England's published counts.

Source of the shares: Department for Education, Pupil attendance in schools 2025/26, Open Government Licence:
sessions by reason in secondary schools of England, as a share of possible sessions, academic year 2025/26.
Absence clusters as it does in life: illness and truancy come in spells, and a few learners miss much. In the
published counts 23.8% of learners are persistently absent; here it is between a quarter and a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, log
from random import Random

from workbook.sample.people import Person, evenly
from workbook.sample.school_year import WEEK, SchoolYear

#: Per cent of possible sessions by code; codes under 0.003% (H, J: retired) are left out.
PUBLISHED = {
    "/": 42.8991, "\\": 44.2628, "L": 2.7900, "I": 3.6270, "M": 0.3763, "R": 0.0579, "S": 0.1004, "T": 0.0030,
    "E": 0.2887, "C": 0.4258, "C1": 0.0051, "J1": 0.0157, "C2": 0.3210, "B": 0.2996, "P": 0.1421, "V": 0.7292,
    "W": 0.3085, "K": 0.0789, "G": 0.3144, "U": 0.2965, "O": 2.6084, "N": 0.0495,
}  # fmt: skip
PUBLISHED_PERSISTENT = 23.77

AM, PM = "/", "\\"


class Marks:
    """One learner's marks of all weeks, ten to a week, Monday morning first."""

    def __init__(self, person: Person, calendar: SchoolYear, plain: Sequence[str]) -> None:
        self.marks = list(plain)
        self.slots = [calendar.slots[day] for day in person.here]
        if person.started > calendar.first:
            for slot in range(self.slots[0] if self.slots else 0):
                self.marks[slot] = self.marks[slot] if self.marks[slot] == "#" else "Z"

    def put(self, slot: int, code: str) -> None:
        """A code for a session that was an ordinary one so far."""
        if self.marks[slot] in (AM, PM):
            self.marks[slot] = code

    def day(self, number: int, code: str) -> None:
        """A code for both sessions of the learner's school day ``number``."""
        if 0 <= number < len(self.slots):
            self.put(self.slots[number], code)
            self.put(self.slots[number] + 1, code)


def plain_weeks(calendar: SchoolYear) -> list[str]:
    """Everyone present on every school day, ``#`` on the days of these weeks that are none."""
    marks = ["#"] * (10 * len(calendar.weeks))
    for day in calendar.days:
        slot = calendar.slots[day]
        marks[slot : slot + 2] = (AM, PM)
    return marks


def _seldom(marks: Marks, holiday: float, rng: Random) -> None:
    """What happens to a learner once or twice a year. ``holiday`` from 0 to 1 decides who has one in term."""
    days, chance = len(marks.slots), rng.random

    def some_day() -> int:
        return rng.randrange(days)

    if holiday < 0.075:  # a family holiday in term
        first = some_day()
        for number in range(first, first + rng.choice((3, 5, 5, 5))):
            marks.day(number, "G")
    if chance() < 0.057:
        marks.day(days * 2 // 5, "R")
    if chance() < 0.45:
        marks.day(some_day(), "C")
    if chance() < 0.14:
        marks.put(marks.slots[some_day()] + 1, "P")
        marks.put(marks.slots[some_day()] + 1, "P")
    for _ in range(int(chance() < 0.5) + int(chance() < 0.26)):
        marks.put(marks.slots[some_day()] + rng.randrange(2), "M")
    if chance() < 0.008:
        marks.day(some_day(), rng.choice(("C1", "C1", "T")))
    if chance() < 0.02:
        marks.day(some_day(), rng.choice(("Y1", "Y7", "Q")))


def _last_year(marks: Marks, rng: Random) -> None:
    """Mock exams at home and interviews, in Year 11."""
    days = len(marks.slots)
    if rng.random() < 0.1:
        for number in range(days * 4 // 5, days * 4 // 5 + 2):
            marks.day(number, "S")
    if rng.random() < 0.06:
        marks.put(marks.slots[rng.randrange(days)] + rng.randrange(2), "J1")


def _lasting(marks: Marks, person: Person, draw: float, rng: Random) -> None:
    """Arrangements that last: off-site provision, part-time timetables, education by the authority, two schools."""
    days = len(marks.slots)
    weekday = rng.randrange(5)
    if draw < 0.034:  # a day a week off site for a term
        for number in range(weekday, min(days, 45 + weekday), 5):
            marks.day(number, "B")
    elif draw < 0.044:
        for number in range(days // 2, min(days, days // 2 + 14)):
            marks.put(marks.slots[number], "K")
    elif draw < 0.049:
        for number in range(weekday, days, 5):
            marks.day(number, "D")
    if person.absence > 0.13 and rng.random() < 0.15:
        for number in range(days // 6, days):
            if number % 5 in (0, 2, 4):
                marks.put(marks.slots[number] + 1, "C2")


def _suspensions(marks: Marks, person: Person, rng: Random) -> list[date]:
    """Short suspensions, mostly of the least engaged; gives the days on which they began."""
    began = []
    for _ in range(2):
        if rng.random() < min(0.5, 0.031 * exp(-1.15 * person.engagement)):
            number = rng.randrange(len(marks.slots))
            for later in range(rng.choice((1, 1, 2, 2, 3, 5))):
                marks.day(number + later, "E")
            began.append(person.here[number])
    return began


def _spells(marks: Marks, person: Person, rng: Random) -> None:
    """Illness and truancy: spells of days, more of them as the year goes on or fewer, fewer on vocational days."""
    truant = min(0.85, 0.25 + 1.7 * person.absence)
    days, number = len(marks.slots), 0
    start = 1.2 * person.absence / max(0.3, 1.9 * (1 - person.absence))
    rising = -0.7 * person.drift
    rates = [start * exp(rising * (tenth / 10 - 0.45)) for tenth in range(10)]
    skip = rng.random() * 3
    while number < days:
        # the waiting time to the next spell is exponential, drawn anew at today's rate
        skip += -log(1.0 - rng.random()) / rates[min(9, number * 10 // days)]
        number += int(skip)
        skip = 0.0
        if number >= days:
            break
        weekday = person.here[number].weekday()
        if weekday == person.course_day and rng.random() < 0.45:
            number += 1
            continue
        if rng.random() < truant:
            length = rng.choice((0, 0, 1, 1, 1, 2, 2, 4))
            if length == 0:
                marks.put(marks.slots[number] + rng.choice((0, 1, 1)), "O")
            code = "O"
        else:
            length, code = rng.choice((1, 1, 1, 2, 2, 3, 5)), "I"
        for later in range(length):
            marks.day(number + later, code)
        number += max(1, length)


def _lateness(marks: Marks, person: Person, rng: Random) -> None:
    """Late before the register closed (L) or after (U), mostly in the morning."""
    late, random = person.lateness, rng.random
    for slot in marks.slots:
        draw = random()
        if draw < late:
            marks.put(slot, "L")
        elif draw < late * 1.13:
            marks.put(slot, "U")
        elif draw > 1 - late * 0.16:
            marks.put(slot + 1, "L")


def _no_reason_yet(marks: Marks, rng: Random) -> None:
    """Absences of the last days whose reason is not known yet."""
    for slot in marks.slots[-4:]:
        for half in (slot, slot + 1):
            if marks.marks[half] in ("I", "O") and rng.random() < 0.17:
                marks.marks[half] = "N"


def _trips(persons: Sequence[Person], calendar: SchoolYear, rng: Random) -> dict[str, date]:
    """The day of each form's trip."""
    forms = dict.fromkeys(person.form for person in persons)
    return {form: rng.choice(calendar.days[15:-5]) for form in forms}


def registers(
    persons: Sequence[Person], calendar: SchoolYear, placements: dict[str, list[date]], rng: Random
) -> tuple[dict[str, list[str]], dict[str, list[date]]]:
    """The marks of each learner by ID, ten to a week, and the days on which suspensions began.

    ``placements`` gives the days a learner is on work experience (mark W).
    """
    plain, trips = plain_weeks(calendar), _trips(persons, calendar, rng)
    kept: dict[str, list[str]] = {}
    suspended: dict[str, list[date]] = {}
    holidays, lasting = evenly(len(persons), rng), evenly(len(persons), rng)
    for person, holiday, draw in zip(persons, holidays, lasting, strict=True):
        marks = Marks(person, calendar, plain)
        for day in placements.get(person.learner_id, ()):
            marks.put(calendar.slots[day], "W")
            marks.put(calendar.slots[day] + 1, "W")
        _lasting(marks, person, draw, rng)
        suspended[person.learner_id] = _suspensions(marks, person, rng)
        _seldom(marks, holiday, rng)
        if person.year == 11:
            _last_year(marks, rng)
        trip = trips[person.form]
        if person.started <= trip <= (person.left or trip) and rng.random() < 0.78:
            marks.put(calendar.slots[trip], "V")
            marks.put(calendar.slots[trip] + 1, "V")
        _spells(marks, person, rng)
        _lateness(marks, person, rng)
        if person.left is None:
            _no_reason_yet(marks, rng)
        kept[person.learner_id] = marks.marks
    return kept, suspended


def weeks_on_roll(person: Person, calendar: SchoolYear) -> list[int]:
    """The numbers (from 0) of the weeks in which the learner has a register."""
    return [
        number
        for number, monday in enumerate(calendar.weeks)
        if monday + WEEK > person.started and monday <= (person.left or monday)
    ]
