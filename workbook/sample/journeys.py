"""Personal development, work experience, and where Year 11 goes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.sample import college
from workbook.sample.names import SURNAMES
from workbook.sample.people import Person, evenly
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_TOPICS = {
    "Health and wellbeing": ("Sleep and why it matters", "Eating on a budget", "First aid", "Managing stress"),
    "Relationships": ("What makes a good friend", "Disagreeing well", "Families of all kinds", "Saying no"),
    "Citizenship": ("How a council works", "Voting and why", "Rights and duties at work", "Volunteering"),
    "Careers": ("Writing a CV", "Interviews without nerves", "Apprenticeships explained", "What employers look for"),
    "Money": ("A first payslip", "Borrowing and what it costs", "Budgeting for a week", "Scams and how to spot them"),
    "Staying safe online": ("Passwords that hold", "What a footprint is", "News or not", "Kindness in group chats"),
}


def topics(calendar: SchoolYear) -> Rows:
    """Rows of PD topics for the whole year, the themes in turn; in some weeks each year group has its own."""
    rounds = zip(*_TOPICS.values(), strict=True)
    waves = [pair for topics_ in rounds for pair in zip(_TOPICS, topics_, strict=True)]
    rows: Rows = []
    for number, monday in enumerate(calendar.mondays):
        theme, topic = waves[number % len(waves)]
        again = number // len(waves)
        for year in college.YEARS if theme == "Careers" else (None,):
            name = topic + (f" (Year {year})" if year else "") + (", looking back" if again else "")
            tags = ", ".join((theme.lower().split()[0], max(topic.lower().split(), key=len)))
            rows.append({"week": monday, "theme": theme, "year_group": year, "topic": name, "tags": tags})
    return rows


def evidence(persons: Sequence[Person], topic_rows: Rows, calendar: SchoolYear, rng: Random) -> Rows:
    """Rows of PD evidence: about one a month for each learner, on a day of the topic's week."""
    past = [row for row in topic_rows if row["week"] in calendar.weeks]
    by_year = {year: [row for row in past if row["year_group"] in (None, year)] for year in college.YEARS}
    rows: Rows = []
    for person in persons:
        for row in by_year[person.year]:
            if rng.random() > 0.24:
                continue
            day = row["week"] + rng.randrange(1, 5) * DAY
            if not person.started <= day <= (person.left or day) or day > calendar.last:
                continue
            kind = rng.choice(("Worksheet", "Photo", "Discussion", "Presentation", "Project", "Certificate"))
            link = f"https://evidence.college.example/pd/{person.learner_id[1:]}/{day:%Y%m%d}"
            rows.append(
                {
                    "learner_id": person.learner_id,
                    "date": day,
                    "topic": row["topic"],
                    "type": kind,
                    "link": link if kind != "Discussion" else None,
                    "note": rng.choice((None, None, "Worked in a pair.", "Own example.", "Shared with the form.")),
                }
            )
    rows.sort(key=lambda row: row["date"])
    return rows


_KINDS_OF_FIRM = {
    "Hair and beauty": ("Salon", "Barbers"),
    "Construction": ("Builders", "Joinery"),
    "Motor vehicle": ("Garage", "Tyres"),
    "Catering": ("Café", "Bakery"),
    "Childcare": ("Nursery", "Playgroup"),
    "Health and care": ("Care Home", "Pharmacy"),
    "Sport": ("Leisure Centre", "Climbing Wall"),
    "Office": ("Print Studio", "Design"),
}


def placements(persons: Sequence[Person], calendar: SchoolYear, rng: Random) -> tuple[Rows, dict[str, list[date]]]:
    """Rows of Work experience, and each learner's days at a placement so far (mark W)."""
    rows: Rows = []
    days: dict[str, list[date]] = {}
    for person, draw in zip(persons, evenly(len(persons), rng), strict=True):
        if draw < 0.066:
            monday = calendar.weeks[rng.randrange(9, 19)]
            if not person.started <= monday <= monday + 4 * DAY <= (person.left or calendar.last):
                continue
            days[person.learner_id] = [day for day in person.here if monday <= day <= monday + 4 * DAY]
            rows.append(_done(person, monday, rng))
        elif draw < 0.17 and person.left is None:
            monday = calendar.mondays[rng.randrange(21, 29)]
            rows.append(_planned(person, monday, calendar, rng))
    rows.sort(key=lambda row: row["start"])
    return rows, days


def _placement(person: Person, monday: date, rng: Random) -> dict[str, Any]:
    sector = college.SECTOR_OF[person.course]
    return {
        "learner_id": person.learner_id,
        "employer": f"{rng.choice(SURNAMES)} {rng.choice(_KINDS_OF_FIRM[sector])}",
        "sector": sector,
        "start": monday,
        "end": monday + 4 * DAY,
        "hours": rng.choice((25, 27.5, 30, 30, 32.5)),
    }


def _done(person: Person, monday: date, rng: Random) -> dict[str, Any]:
    checked = [max(person.started, monday - rng.randrange(14, 40) * DAY) for _ in range(3)]
    return _placement(person, monday, rng) | {
        "health_and_safety": checked[0],
        "insurance": checked[1],
        "consent": checked[2],
        "visit": monday + rng.randrange(1, 4) * DAY,
        "visit_note": rng.choice(("Settled, on time, asks questions.", "Quiet but careful; well looked after.")),
        "employers_comment": rng.choice(
            ("A help from the first day.", "On time and polite. Welcome back.", "Learns fast once shown.")
        ),
        "reflection": rng.choice(
            ("I liked the customers most.", "It was long hours but I would do it again.", "I learned to ask.")
        ),
    }


def _planned(person: Person, monday: date, calendar: SchoolYear, rng: Random) -> dict[str, Any]:
    row = _placement(person, monday, rng)
    for key in ("health_and_safety", "insurance", "consent"):
        if rng.random() < 0.6:
            row[key] = max(person.started, rng.choice(calendar.days[-25:]))
    return row


_PROVIDERS = ("Example College", "Sixth Form at Exampleton", "Harebell Training", "Northgate Example Academy")


def transition(persons: Sequence[Person], calendar: SchoolYear, rng: Random) -> Rows:
    """Rows of Transition: every learner of the last year, most with a plan and, by February, an offer."""
    rows: Rows = []
    for person in persons:
        if person.year != college.YEARS[-1] or person.left is not None:
            continue
        row: dict[str, Any] = {"learner_id": person.learner_id}
        rows.append(row)
        draw = rng.random()
        if draw < 0.03:
            continue
        if draw < 0.08:
            row["intended_destination"] = "Undecided"
            continue
        row["intended_destination"] = rng.choices(
            ("Further education", "Sixth form", "Apprenticeship", "Traineeship", "Employment with training"),
            (52, 18, 20, 6, 4),
        )[0]
        row["course_or_role"] = person.course + rng.choice((" Level 2", " Level 2", " Level 3", " Level 1"))
        row["provider"] = rng.choice(_PROVIDERS)
        row["back_up_plan"] = rng.choice((None, "Level 1 course at Example College", "Apprenticeship search", "Resits"))
        days = [day for day in person.here if day >= max(person.started, calendar.weeks[8])]
        if rng.random() < 0.08 or len(days) < 12:
            continue
        applied, interview, offered, proven = sorted(rng.sample(days, 4))
        row["applied"], row["offer"] = applied, "None yet"
        if rng.random() < 0.95:
            row["interview"] = interview
            if rng.random() < 0.93:
                row["offer"] = rng.choices(("Conditional", "Unconditional", "Declined"), (60, 32, 8))[0]
                row["offer_date"] = offered
                if row["offer"] == "Declined":
                    row["back_up_plan"] = row["back_up_plan"] or "Level 1 course at Example College"
                row["accepted"] = "Yes" if row["offer"] != "Declined" and rng.random() < 0.7 else "No"
                row["evidence"] = proven if row["accepted"] == "Yes" and rng.random() < 0.8 else None
    return rows
