"""Behaviour incidents and achievements, with the same care for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import exp
from random import Random
from typing import Any

from workbook.sample import college
from workbook.sample.people import Person
from workbook.sample.progress import Standing
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_HAPPENED = {
    "Disruption": ("Called across the room several times after a reminder.", "Left the seat and tapped on desks."),
    "Disrespect": ("Answered back when asked to move seats.", "Spoke unkindly to a classmate about their work."),
    "Refusal": ("Would not start the task or move to the quiet table.", "Would not hand in the test paper."),
    "Damage": ("Wrote on a desk.", "Broke a ruler and a glue gun in the workshop."),
    "Phone": ("Phone out twice after a reminder.", "Filmed in the corridor; deleted it when asked."),
    "Truancy from a lesson": ("Found in the canteen during the lesson.", "Left at break, back for period four."),
    "Other": ("Energy drink brought in and shared.", "Late back from lunch with two others."),
}
_PLACES = ("Corridor", "Canteen", "Workshop", "Tutor time", "Bus stop", *college.ACADEMIC)


_THERE = frozenset("/\\LVPWBK")


def behaviour(
    persons: Sequence[Person],
    suspended: dict[str, list[date]],
    marks: Mapping[str, Sequence[str]],
    calendar: SchoolYear,
    rng: Random,
) -> Rows:
    """Incidents by date: more among the least engaged, now and then several in a fortnight, one before a suspension.

    They happen on days on which the learner was there, by ``marks``: on the last such day up to the one that was drawn.
    """
    weeks = {monday: number for number, monday in enumerate(calendar.weeks)}

    def there(person: Person, day: date) -> date | None:
        for one in reversed([other for other in person.here if other <= day]):
            at = 10 * weeks[one - one.weekday() * DAY] + 2 * one.weekday()
            if _THERE & set(marks[person.learner_id][at : at + 2]):
                return one
        return None

    rows: Rows = []
    for person in persons:
        days = list(suspended[person.learner_id])
        chance = min(0.85, 1 - exp(-0.45 * exp(-0.9 * person.engagement)))
        while rng.random() < chance:
            days.append(rng.choice(person.here))
        if person.engagement < -1.2 and rng.random() < 0.4:
            days += rng.choices(person.here[-10:], k=3)
        happened = {day for one in days if (day := there(person, one))}
        rows += [_incident(person, day, rng) for day in sorted(happened)]
    rows.sort(key=lambda row: row["date"])
    return rows


def _incident(person: Person, day: date, rng: Random) -> dict[str, Any]:
    kind = rng.choices(tuple(_HAPPENED), (28, 18, 16, 5, 15, 12, 6))[0]
    recent = day in person.here[-5:]
    action = rng.choices(
        ("Restorative conversation", "Restorative meeting", "Apology", "Putting it right", "Call home", "None yet"),
        (40, 16, 12, 10, 16, 30 if recent else 3),
    )[0]
    done = "No" if action == "None yet" or (recent and rng.random() < 0.4) else "Yes"
    return {
        "learner_id": person.learner_id,
        "date": day,
        "type": kind,
        "where": rng.choice(_PLACES),
        "what_happened": rng.choice(_HAPPENED[kind]),
        "restorative_action": action,
        "done": done,
        "logged_by": person.mentor,
    }


_ACHIEVED = {
    "Attendance": ("{name} was in every day this half term.", "{name} came back after a hard spell and stayed."),
    "Progress": ("{name} moved up in {subject}.", "{name} got the best mark so far in {subject}."),
    "Effort": ("{name} redrafted the essay three times.", "{name} stayed behind to finish the practical."),
    "Kindness": ("{name} showed a new classmate around.", "{name} helped to set up the food bank table."),
    "Work experience": ("{name} was asked back by the employer.", "{name} spoke up well in the placement interview."),
    "Competition": ("{name} came second in the college bake-off.", "{name} was in the winning quiz team."),
    "Personal development": ("{name} led tutor time on first aid.", "{name} finished the money project."),
}


def achievements(persons: Sequence[Person], standings: dict[str, Standing], rng: Random) -> Rows:
    """Achievements by date; everybody may have some, those who rose or are seldom absent have more."""
    rows: Rows = []
    for person in persons:
        standing = standings[person.learner_id]
        kinds = ["Kindness", "Effort", "Competition", "Personal development"]
        kinds += ["Attendance"] * (2 if person.absence < 0.02 else 0)
        kinds += ["Progress"] * (2 if standing.rose else 0)
        chance = 0.42 + 0.05 * max(-2.0, min(2.0, person.engagement))
        while rng.random() < chance:
            kind, day = rng.choice(kinds), rng.choice(person.here[len(person.here) // 5 :])
            subject = rng.choice(standing.rose or [person.course])
            rows.append(
                {
                    "learner_id": person.learner_id,
                    "date": day,
                    "type": kind,
                    "what": rng.choice(_ACHIEVED[kind]).format(name=person.called, subject=subject),
                    "celebrated": "No" if day in person.here[-8:] and rng.random() < 0.6 else "Yes",
                }
            )
    rows.sort(key=lambda row: row["date"])
    return rows
