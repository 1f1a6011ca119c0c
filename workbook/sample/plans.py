"""Targets set at Progress Days, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.sample.people import Person
from workbook.sample.progress import Standing
from workbook.sample.results import Results
from workbook.sample.school_year import SchoolYear

Rows = list[dict[str, Any]]

# area: target, the learner's words, how home can help
_TARGETS = {
    "Attendance": (
        ("In every day for the next three weeks.", "I set two alarms.", "Leave the house together at 7:45."),
        ("On the earlier bus on Mondays and Fridays.", "I pack my bag at night.", "A lift on Mondays if it rains."),
    ),
    "Progress": (
        ("Finish one past paper in maths each week.", "I do it on Sunday.", "A quiet hour on Sunday."),
        ("Learn ten key words of science a week.", "I make cards.", "Ask five of the cards at tea."),
        ("Read for twenty minutes on four evenings a week.", "I read in bed.", "Swap books or read alongside."),
    ),
    "Effort": (
        ("Start each task within two minutes.", "I open my book first.", "Ask which lesson started well today."),
        ("Act on one piece of feedback in each subject.", "I keep a list.", "Look at the list together on Fridays."),
    ),
    "Behaviour": (
        ("Phone in the bag in every lesson for three weeks.", "I hand it in at break.", "No calls until three."),
        ("Use the time-out card before things get loud.", "I show the card.", "Talk about a time it worked."),
    ),
    "Personal development": (
        ("Lead ten minutes of tutor time on a topic.", "I will do mine on money.", "Listen to a rehearsal."),
        ("Bring one piece of news to tutor time each week.", "I pick it on Sunday.", "Talk about it at tea."),
    ),
    "Next steps": (
        ("Visit two open days and write down three questions.", "I go with my aunt.", "Come along to one of them."),
        ("Finish the first draft of the personal statement.", "I write about my placement.", "Read the draft."),
    ),
}


def targets(
    persons: Sequence[Person], standings: dict[str, Standing], results: Results, calendar: SchoolYear, rng: Random
) -> Rows:
    """Targets set at Progress Days: two in October, one in December, three in January, by date."""
    first, second, third = calendar.friday(7), calendar.friday(15), calendar.friday(19)
    rows: Rows = []
    for person in persons:
        standing, open_now = standings[person.learner_id], set[str]()
        areas = ["Progress", "Effort", "Personal development"] + ["Next steps"] * (2 if person.year == 11 else 0)
        areas += ["Attendance"] * (3 if person.absence > 0.07 else 1) + ["Behaviour"] * (person.engagement < -0.8)
        areas += ["Progress"] * len(standing.below)
        for day, due, review, many in (
            (first, calendar.friday(12), second, 2),
            (second, calendar.friday(18), third, 1),
            (third, calendar.friday(24), None, 3),
        ):
            if person.started <= day <= (person.left or day):
                chosen = list(dict.fromkeys(rng.sample(areas, min(many, len(areas)))))
                for area in chosen:
                    row = _target(person, day, due, review, area, results, open_now, rng)
                    if row["target"] not in open_now:
                        rows.append(row)
                    open_now |= {row["target"]} if row["status"] == "Open" else set()
    rows.sort(key=lambda row: row["set_on"])
    return rows


def _target(
    person: Person, day: date, due: date, review: date | None, area: str, results: Results, open_now: set[str],
    rng: Random,
) -> dict[str, Any]:  # fmt: skip
    drawn, all_ = rng.choice(_TARGETS[area]), _TARGETS[area]
    in_turn = (all_[(all_.index(drawn) + n) % len(all_)] for n in range(len(all_)))
    target, words, home = next((one for one in in_turn if one[0] not in open_now), drawn)
    status, reviewed = "Open", None
    if review is not None and review <= (person.left or review):
        status = _became(person, day, review, area, results, rng)
        if status == "Open" and person.left is not None:
            status = "Dropped"
        reviewed = review if status != "Open" else None
    elif person.left is not None:
        status, reviewed = "Dropped", person.left
    if person.left is not None and due > person.left:
        due = person.left
    return {
        "learner_id": person.learner_id,
        "set_on": day,
        "set_at": "Progress Day",
        "area": area,
        "target": target,
        "learners_words": words if rng.random() < 0.8 else None,
        "how_home_can_help": home if rng.random() < 0.7 else None,
        "due": due,
        "status": status,
        "reviewed": reviewed,
    }


def _became(person: Person, day: date, review: date, area: str, results: Results, rng: Random) -> str:
    """What became of a target by its review: by the registers and effort codes where these say it, else by chance."""
    if rng.random() < 0.07:
        return rng.choice(("Open", "Open", "Dropped"))
    aims = {"Attendance": ("Attendance %", 97.0), "Effort": ("Effort", 3.0), "Behaviour": ("Incidents", 0.0)}
    if area in aims:
        went = results.outcome(*aims[area], person, day, review)
        if went:
            return went
    weights = (14, 30, 16) if person.engagement < 0 else (22, 34, 11)
    return rng.choices(("Met", "Partly met", "Not met"), weights)[0]
