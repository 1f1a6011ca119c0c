"""The learners of the sample and what lies behind their figures.

Each learner has a hidden engagement; attendance, effort and progress all lean on it, so that they hang together as
they do in life. Each hidden measure is spread by rank, so a college of any size has the same share of absent,
keen or quick learners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random
from statistics import NormalDist
from typing import Any

from workbook.sample import college, names
from workbook.sample.identifiers import NOT_YET_KNOWN, uln, upn
from workbook.sample.school_year import DAY, SchoolYear


@dataclass
class Person:
    """A learner: what stands on the Learners sheet, and hidden measures (normal, mean 0) behind the other sheets.

    ``absence`` is the share of sessions lost to illness and truancy, ``lateness`` the share of mornings late,
    ``here`` the school days on roll.
    """

    learner_id: str
    first_name: str
    surname: str
    preferred: str | None
    pronouns: str | None
    born: date
    year: int
    form: str
    mentor: str
    started: date
    left: date | None
    course: str
    here: Sequence[date]
    engagement: float
    ability: float
    drift: float
    absence: float
    lateness: float

    @property
    def called(self) -> str:
        """What the learner likes to be called."""
        return self.preferred or self.first_name

    @property
    def course_day(self) -> int:
        """The weekday of the vocational course, 0 to 4."""
        return college.course_day(self.course, self.year)


def _by_rank(scores: Sequence[float]) -> list[float]:
    """The scores put on a normal curve by their rank."""
    curve, order = NormalDist(), sorted(range(len(scores)), key=scores.__getitem__)
    placed = [0.0] * len(scores)
    for rank, index in enumerate(order):
        placed[index] = curve.inv_cdf((rank + 0.5) / len(scores))
    return placed


def evenly(count: int, rng: Random) -> list[float]:
    """Chances from 0 to 1 in even steps, shuffled: a share of learners is met exactly, whoever they are."""
    chances = [(number + 0.5) / count for number in range(count)]
    rng.shuffle(chances)
    return chances


def _leaning(on: Sequence[float], share: float, rng: Random) -> list[float]:
    """A new hidden measure that correlates by ``share`` with another."""
    rest = (1 - share * share) ** 0.5
    return _by_rank([share * one + rest * rng.gauss(0, 1) for one in on])


def _names(count: int, rng: Random) -> list[tuple[str, str, str]]:
    """First name, surname and pronouns of each learner; nobody shares both names but one pair in 240."""
    taken: set[tuple[str, str]] = set()
    people: list[tuple[str, str, str]] = []
    while len(people) < count:
        if len(people) % 240 == 23:
            people.append(people[len(people) - 17])
            continue
        pronouns = rng.choices((names.SHE, names.HE, names.THEY), (48, 48, 4))[0]
        both = rng.choice(names.FIRST_NAMES[pronouns]), rng.choice(names.SURNAMES)
        if both not in taken or len(taken) > 4000:
            taken.add(both)
            people.append((*both, pronouns))
    return people


def _stay(number: int, year: int, calendar: SchoolYear, rng: Random) -> tuple[date, date | None]:
    """First and last day at the Academy: most started with their course, a few came late, a few have left."""
    at_first = calendar.first
    if year > college.YEARS[0]:
        at_first = date(at_first.year - 1, 9, 1)
        at_first += DAY * (7 - at_first.weekday() if at_first.weekday() > 4 else 0)
    if number % 29 == 11:
        return calendar.weeks[rng.randrange(2, 15)], None
    if number % 37 == 19:
        return at_first, calendar.friday(rng.randrange(7, 19))
    return at_first, None


def people(count: int, calendar: SchoolYear, rng: Random) -> list[Person]:
    """``count`` learners, Year 10 first, form by form, each form by surname."""
    forms = college.forms(count)
    mentors = college.mentors(forms, rng)
    engagement = _by_rank([rng.gauss(0, 1) for _ in range(count)])
    ability = _leaning(engagement, 0.35, rng)
    drift = _leaning(engagement, 0.15, rng)
    absence = _leaning(engagement, -0.7, rng)
    lateness = _leaning(engagement, -0.5, rng)
    found: list[Person] = []
    taken: set[tuple[str, str, date]] = set()
    for number, (first_name, surname, pronouns) in enumerate(_names(count, rng)):
        form = forms[number * len(forms) // count]
        year = int(form[:2])
        started, left = _stay(number, year, calendar, rng)
        born = date(calendar.first.year - year - 5, 9, 1)
        nickname = names.NICKNAMES.get(first_name) if rng.random() < 0.6 else None
        found.append(
            Person(
                learner_id="",
                first_name=first_name,
                surname=surname,
                preferred=nickname,
                pronouns=pronouns if pronouns == names.THEY or rng.random() < 0.85 else None,
                born=_free_day(first_name, surname, born, rng.randrange(365), taken),
                year=year,
                form=form,
                mentor=mentors[form],
                started=started,
                left=left,
                course=rng.choice(college.COURSES),
                here=calendar.days_within(started, left),
                engagement=engagement[number],
                ability=ability[number],
                drift=drift[number],
                absence=min(0.7, 0.033 * exp(1.13 * absence[number])),
                lateness=min(0.6, 0.039 * exp(0.8 * lateness[number])),
            )
        )
    order = {form: place for place, form in enumerate(forms)}
    found.sort(key=lambda one: (order[one.form], names.plain(one.surname), names.plain(one.first_name)))
    for number, person in enumerate(found, start=10001):
        person.learner_id = f"L{number}"
    return found


def _free_day(first: str, last: str, begin: date, day: int, taken: set[tuple[str, str, date]]) -> date:
    """A birthday in the year from ``begin``, or the next that no namesake has: such two would be one learner twice."""
    days = (begin + (day + n) % 365 * DAY for n in range(365))
    born = next(one for one in days if (first, last, one) not in taken)
    taken.add((first, last, born))
    return born


def learner_rows(persons: Sequence[Person], rng: Random) -> list[dict[str, Any]]:
    """Rows of the Learners sheet."""
    ulns = (one for one in map(uln, range(10 * len(persons) + 100)) if one)
    rows = []
    for number, person in enumerate(persons):
        late = person.started > person.here[0] or person.started.month != 9
        address = f"{names.plain(person.first_name)}.{names.plain(person.surname)}{person.learner_id[1:]}"
        rows.append(
            {
                "learner_id": person.learner_id,
                "first_name": person.first_name,
                "surname": person.surname,
                "preferred_name": person.preferred,
                "pronouns": person.pronouns,
                "date_of_birth": person.born,
                "year": person.year,
                "form": person.form,
                "mentor": person.mentor,
                "started": person.started,
                "left": person.left,
                "course": person.course,
                "vocational_day": college.WEEKDAYS[person.course_day],
                "upn": upn(number, person.born.year + 5, temporary=late and number % 2 == 0),
                "uln": NOT_YET_KNOWN if rng.random() < 1 / 80 else next(ulns),
                "email": f"{address}@learners.college.example",
                "notes": rng.choice(_NOTES) if rng.random() < 0.08 else None,
            }
        )
    return rows


_NOTES = (
    "Glasses for reading.",
    "Likes to be told about changes to the day beforehand.",
    "Bus 49 from the estate; the first one is at 7:20.",
    "Trains with a swimming club on Wednesday evenings.",
    "Prefers to read aloud in small groups only.",
    "Cares for a younger brother before the Academy day starts.",
)
