"""Parents and carers, and the log of contacts with home and with others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.sample import names
from workbook.sample.people import Person
from workbook.sample.progress import Standing
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_LANGUAGES = (("English", 78), ("Urdu", 5), ("Polish", 5), ("Arabic", 4), ("Romanian", 3), ("Punjabi", 3))
_TITLES = {
    "Mother": ("Ms", "Mrs", "Ms", "Dr"),
    "Father": ("Mr", "Mr", "Mr", "Dr"),
    "Step-parent": ("Mr", "Ms"),
    "Grandparent": ("Mrs", "Mr"),
    "Guardian": ("Ms", "Mr"),
    "Foster carer": ("Ms", "Mr", "Mx"),
}


def parents(persons: Sequence[Person], rng: Random) -> Rows:
    """One or two contacts a learner; at least one with parental responsibility who gets reports."""
    rows: Rows = []
    for person in persons:
        language = rng.choices([one for one, _ in _LANGUAGES], [share for _, share in _LANGUAGES])[0]
        place = names.address(rng)
        first = rng.choices(("Mother", "Father", "Grandparent", "Guardian", "Foster carer"), (70, 18, 6, 3, 3))[0]
        rows.append(_contact(person, first, person.surname, language, place, "Yes", "Yes", "ABCDEFGHJK", rng))
        if rng.random() < 0.62:
            second = "Father" if first == "Mother" else "Mother"
            second = rng.choices((second, "Step-parent", "Grandparent"), (76, 14, 10))[0]
            surname = person.surname if rng.random() < 0.55 else rng.choice(names.SURNAMES)
            responsible = "Yes" if second in ("Mother", "Father") or rng.random() < 0.2 else "No"
            send = "Yes" if responsible == "Yes" else "No"
            if rng.random() < 0.03:
                send = "Do not send"
            other_place = place if rng.random() < 0.5 else names.address(rng)
            rows.append(_contact(person, second, surname, language, other_place, responsible, send, "LMNPRSTVWYZ", rng))
    return rows


def _contact(
    person: Person,
    relation: str,
    surname: str,
    language: str,
    place: str,
    responsible: str,
    send: str,
    initials: str,
    rng: Random,
) -> dict[str, Any]:
    title = rng.choice(_TITLES[relation])
    initial = rng.choice(initials)
    reachable = rng.random() < 0.9
    email = f"{initial.lower()}.{names.plain(surname)}.{person.learner_id[1:]}@home.example"
    notes = None
    if send == "Do not send":
        notes = "Ring the other contact first; see the Head of Year."
    elif rng.random() < 0.06:
        notes = rng.choice(("Works nights; ring after three.", "Prefers a text.", "Needs an interpreter for meetings."))
    return {
        "learner_id": person.learner_id,
        "name": f"{title} {initial}. {surname}",
        "relation": relation,
        "parental_responsibility": responsible,
        "email": email if reachable else None,
        "phone": names.mobile(rng) if rng.random() < 0.85 else names.landline(rng),
        "address": place,
        "language": language,
        "large_print": "Yes" if rng.random() < 0.02 else "No",
        "send_reports": send,
        "notes": notes,
    }


_HOME = {
    "Attendance": (
        "Went through the weeks so far; the mornings are the hard part. Agreed a call if the bus is missed.",
        "Home will ring by 8:30 on days of illness. Looking at the pattern again in three weeks.",
        "Talked about what makes Mondays hard; an earlier night on Sundays to be tried.",
    ),
    "Progress": (
        "Shared what goes well in lessons and what comes next.",
        "Went over the last levels; a quiet hour on Sundays is planned.",
    ),
    "Effort": ("Phone stays in the bag during lessons; home backs this.",),
    "Behaviour": ("Talked through the incident; a restorative conversation is set for tomorrow.",),
    "Wellbeing": ("Home says things have settled this week.", "Tired at the moment because of a new baby at home."),
    "Good news": ("Rang to say how well the week went.", "Passed on the praise from the workshop."),
    "Transition": ("Open day dates passed on; they will visit together.",),
    "Other": ("Change of phone number noted.", "Equipment list for the course passed on."),
}
_OTHERS = {
    "Attendance": ("Looked at the register together; Mondays are the hard part.", "Will take the earlier bus."),
    "Progress": (
        "Went over the last levels; will bring the maths folder to tutor time.",
        "The Thursday session would help; the learner is willing.",
    ),
    "Effort": ("Agreed to start each lesson with the task on the board.",),
    "Behaviour": ("All sides heard; a fresh start agreed.",),
    "Wellbeing": ("Checked in; settled this week. A quiet place at lunch helps.",),
    "Good news": ("Said how well the group project went.", "Passed on the praise from the workshop."),
    "Transition": ("Went over the application; the statement needs an example.",),
    "Other": ("Locker key replaced.", "Timetable change explained."),
}


def contacts(persons: Sequence[Person], standings: dict[str, Standing], calendar: SchoolYear, rng: Random) -> Rows:
    """About a contact every three weeks for each learner, in the order of their dates."""
    rows: Rows = []
    for person in persons:
        standing, number = standings[person.learner_id], -1
        whys = ["Good news", "Wellbeing", "Progress", "Other", "Effort", "Attendance"]
        whys += ["Attendance"] * (4 if person.absence > 0.08 else 0) + ["Good news"] * (3 if standing.rose else 0)
        whys += ["Progress"] * (2 if standing.below else 0) + ["Behaviour"] * (2 if person.engagement < -1 else 0)
        whys += ["Transition"] * (2 if person.year == 11 else 0)
        while (number := number + 1 + int(rng.expovariate(1 / 13))) < len(person.here):
            rows.append(
                _entry(
                    person,
                    person.here[number],
                    rng.choice(whys if number > 12 else ["Wellbeing", "Other"]),
                    calendar.last,
                    rng,
                )
            )
    rows.sort(key=lambda row: row["date"])
    return rows


def _entry(person: Person, day: date, why: str, last: date, rng: Random) -> dict[str, Any]:
    with_whom = rng.choices(("Home", "Learner", "Teacher", "Professional", "Seen, no action"), (46, 36, 9, 4, 5))[0]
    how = {
        "Home": ("Phone", "Phone", "Email", "Text", "Meeting", "Letter", "Home visit"),
        "Professional": ("Phone", "Email", "Meeting"),
    }.get(with_whom, ("Meeting",))
    due = day + rng.choice((3, 5, 7, 7, 10, 14)) * DAY if with_whom == "Home" and rng.random() < 0.35 else None
    done = None
    if due is not None:
        due = due + (7 - due.weekday()) * DAY if due.weekday() > 4 else due
        done = "Yes" if due < last and rng.random() < 0.9 else "No"
        if person.left is not None and due > person.left:
            due = done = None
    summary = rng.choice((_HOME if with_whom == "Home" else _OTHERS)[why])
    if with_whom == "Seen, no action":
        summary = "Seen, no action because the reason is known and improving."
    return {
        "learner_id": person.learner_id,
        "date": day,
        "with": with_whom,
        "how": rng.choice(how) if with_whom != "Seen, no action" else None,
        "why": why,
        "summary": summary,
        "follow_up_due": due,
        "done": done,
        "by": person.mentor,
    }
