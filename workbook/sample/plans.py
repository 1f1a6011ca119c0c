"""Targets, interventions and the groups that share one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.sample.people import Person
from workbook.sample.progress import Standing
from workbook.sample.school_year import DAY, SchoolYear

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
    ),
    "Next steps": (
        ("Visit two open days and write down three questions.", "I go with my aunt.", "Come along to one of them."),
        ("Finish the first draft of the personal statement.", "I write about my placement.", "Read the draft."),
    ),
}


def targets(persons: Sequence[Person], standings: dict[str, Standing], calendar: SchoolYear, rng: Random) -> Rows:
    """Targets set at Progress Days: two in October, one in December, three in January, by date."""
    first, second, third = calendar.friday(7), calendar.friday(15), calendar.friday(19)
    rows: Rows = []
    for person in persons:
        standing = standings[person.learner_id]
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
                rows += [_target(person, day, due, review, area, rng) for area in chosen]
    rows.sort(key=lambda row: row["set_on"])
    return rows


def _target(person: Person, day: date, due: date, review: date | None, area: str, rng: Random) -> dict[str, Any]:
    target, words, home = rng.choice(_TARGETS[area])
    status, reviewed = "Open", None
    if review is not None and review <= (person.left or review):
        weights = (14, 30, 16, 4, 5) if person.engagement < 0 else (22, 34, 11, 2, 3)
        status = rng.choices(("Met", "Partly met", "Not met", "Dropped", "Open"), weights)[0]
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


# type: reason, aim measure, aim value, sessions, words for parents
_WAYS: dict[str, tuple[str, str, float, int, str]] = {
    "Attendance": ("Attendance this year", "Attendance %", 95, 8, "A weekly check-in and a call home after a day off."),
    "Academic": ("Below in several subjects", "Points", 1, 10, "Small-group sessions after lessons on Thursdays."),
    "Effort": ("Effort needs support", "Effort", 3, 6, "A short plan for starting lessons, looked at each Friday."),
    "Wellbeing": ("Asked for by home", "Attendance %", 92, 6, "Time with the wellbeing team once a week."),
    "Restorative meeting": ("Behaviour incidents", "Incidents", 0, 2, "A restorative meeting and a follow-up."),
    "Mentoring": ("Levels fell", "Points", 1, 8, "Half an hour with the mentor every week."),
    "Parent meeting": ("Attendance fell", "Attendance %", 90, 2, "A meeting with home to agree what helps."),
    "Careers": ("No destination yet", "Points", 0, 2, "A talk with the careers adviser."),
}
_GROUPS = (
    ("Breakfast club", "Attendance"),
    ("Maths catch-up", "Academic"),
    ("English catch-up", "Academic"),
    ("Fresh start", "Effort"),
)


def plans(
    persons: Sequence[Person],
    standings: dict[str, Standing],
    missed: dict[str, tuple[float, float]],
    calendar: SchoolYear,
    rng: Random,
) -> tuple[Rows, Rows]:
    """Rows of Interventions and of Groups: most of those with two concerns have something in place, some others too.

    ``missed`` is each learner's share of sessions absent, this year and how much more of late.
    """
    rows: Rows = []
    members: dict[str, list[Person]] = {}
    clubs = max(1, round(len(persons) / 120))
    for person in persons:
        standing = standings[person.learner_id]
        kinds = _concerns(person, standing, missed[person.learner_id])
        if rng.random() < (0.9 if len(kinds) > 1 else 0.35 if kinds else 0.04):
            kind = rng.choice(kinds or ["Mentoring", "Wellbeing", "Careers"])
            names = [name for name, of in _GROUPS if of == kind]
            if names and person.left is None and rng.random() < 0.3:
                name = rng.choice(names)
                name += f" {rng.randrange(clubs) + 1}" if clubs > 1 else ""
                members.setdefault(name, []).append(person)
            else:
                rows.append(_intervention(person, kind, calendar, rng))
    groups: Rows = []
    for name in sorted(members):
        start = calendar.weeks[rng.randrange(11, 16)]
        kind = next(of for group, of in _GROUPS if name.startswith(group))
        rows.append(_row(kind, members[name][0].mentor, start, None, calendar, rng) | {"group": name})
        groups += [
            {
                "group": name,
                "learner_id": person.learner_id,
                "joined": max(start, person.started),
                "left": calendar.friday(19) if rng.random() < 0.06 else None,
            }
            for person in members[name]
        ]
    rows.sort(key=lambda row: row["start"])
    return rows, groups


def _concerns(person: Person, standing: Standing, missed: tuple[float, float]) -> list[str]:
    share, more = missed
    kinds = ["Attendance", "Parent meeting"] if share >= 0.1 else ["Attendance"] if share > 0.05 else []
    kinds += ["Parent meeting"] if more >= 0.05 else []
    kinds += ["Academic"] if len(standing.below) > 1 else []
    kinds += ["Effort"] if standing.lowest_effort else []
    kinds += ["Mentoring"] if len(standing.fell) > 1 else []
    return kinds


def _intervention(person: Person, kind: str, calendar: SchoolYear, rng: Random) -> dict[str, Any]:
    within = [monday for monday in calendar.weeks[5:18] if person.started <= monday <= (person.left or monday)]
    start = rng.choice(within[-9:] or [max(person.started, calendar.first)])
    row = _row(kind, person.mentor, start, person.left, calendar, rng)
    return row | {"learner_id": person.learner_id}


def _row(kind: str, owner: str, start: date, left: date | None, calendar: SchoolYear, rng: Random) -> dict[str, Any]:
    reason, measure, value, planned, words = _WAYS[kind]
    review = start + rng.choice((28, 42, 42, 56)) * DAY
    end = outcome = None
    if left is not None:
        review, end, outcome = min(review, left), left, "Stopped"
    elif review <= calendar.last and rng.random() < 0.8:
        if rng.random() < 0.3:
            end, outcome = review, rng.choice(("Met", "Met", "Partly met", "Not met"))
        else:
            review, outcome = review + 42 * DAY, "Goes on"
    attended = min(planned, round(planned * (calendar.last - start).days / 70 * rng.uniform(0.6, 1)))
    return {
        "type": kind,
        "reason": reason,
        "agreed_with": rng.choice(("Head of Year", "Head of Year", "Home", "Head of maths", "Learner")),
        "owner": owner,
        "start": start,
        "review_due": review,
        "end": end,
        "aim_measure": measure,
        "aim_value": value,
        "sessions_planned": planned,
        "sessions_attended": attended,
        "for_parents": words,
        "outcome": outcome,
        "notes": "Goes better in the mornings." if rng.random() < 0.1 else None,
    }
