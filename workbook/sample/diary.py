"""The mentors' own diary: duties, cover, meetings, visits, training and deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.sample.people import Person
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_ENTRIES = (
    ("Duty", "Break duty", "Canteen", "10:45"),
    ("Duty", "Gate duty", "Front gate", "08:30"),
    ("Cover", "Cover for History", "Room 12", "11:15"),
    ("Meeting", "Year team meeting", "Room 4", "15:30"),
    ("Meeting", "Meeting with Head of Year", "Office", "14:00"),
    ("Visit", "Visit to vocational workshop", "Workshop 2", "13:00"),
    ("Invigilation", "Mock exam, Mathematics", "Hall", "09:00"),
    ("Training", "First aid refresher", "Room 9", "15:30"),
    ("Register", "Check unexplained absences", None, "09:30"),
)
WEEKS_AHEAD = 4


def diary(persons: Sequence[Person], calendar: SchoolYear, rng: Random) -> Rows:
    """Two or so entries a week for each mentor, some weeks ahead; Progress Days and deadlines for everyone."""
    mentors = list(dict.fromkeys(person.mentor for person in persons))
    rows: Rows = []
    busy = set[tuple[str, date, str]]()
    for number, monday in enumerate(calendar.mondays[: len(calendar.weeks) + WEEKS_AHEAD], start=1):
        for mentor in mentors:
            for kind, what, where, time in rng.sample(_ENTRIES, rng.choice((1, 2, 2))):
                day = monday + rng.randrange(1, 5) * DAY
                if (mentor, day, time) in busy:
                    day += DAY if day.weekday() < 4 else -DAY
                busy.add((mentor, day, time))
                rows.append(
                    {
                        "date": day,
                        "time": time,
                        "type": kind,
                        "what": what,
                        "where": where,
                        "mentor": mentor,
                        "done": "Yes" if day <= calendar.last and rng.random() < 0.97 else "No",
                    }
                )
        if number in (7, 11, 15, 19, 25):
            done = "Yes" if calendar.friday(number) <= calendar.last else "No"
            rows.append(_for_all(calendar.friday(number), "Progress Day", "Personal Progress Day", done))
            rows.append(_for_all(calendar.friday(number) - 2 * DAY, "Deadline", "Comments for reports", done))
    rows.sort(key=lambda row: row["date"])
    return rows


def _for_all(day: object, kind: str, what: str, done: str) -> dict[str, Any]:
    return {"date": day, "type": kind, "what": what, "done": done}
