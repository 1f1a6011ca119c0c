"""A small tracker without a fault, into which tests plant one fault at a time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from workbook.checks import check
from workbook.model import Problem, Tracker, defaults, sheet
from workbook.model.tracker import Table

FORMS = [f"{year}{letter}" for year in (10, 11) for letter in "ABCDEF"]
MONDAYS = [date(2026, 9, 7) + timedelta(days=7 * week) for week in range(6)]
SESSIONS = [column.key for column in sheet("Registers").entry if column.key[:3] in ("mon", "tue", "wed", "thu", "fri")]


def week(learner: str, monday: date, **changed: Any) -> dict[str, Any]:
    """A register row, all present unless changed."""
    marks = {key: "/" if key.endswith("am") else "\\" for key in SESSIONS}
    return {"learner_id": learner, "week": monday, **marks, **changed}


def clean() -> dict[str, list[dict[str, Any]]]:
    """The records of a tracker in which nothing is wrong."""
    people = [
        ("L1001", "Amira", "Khan", 10, "10A", "P207000016049", "9276308686", date(2012, 3, 14)),
        ("L1002", "Tom", "O’Neill", 11, "11B", "B801200005001", "9999999999", date(2010, 11, 2)),
        ("L1003", "Zoë", "Smith-Jones", 10, "10A", "M80120000500A", "9999999999", date(2011, 9, 30)),
        ("L1004", "José", "García", 11, "11B", None, None, None),
        ("L1005", "Łukasz", "Nowak", 10, "10A", None, None, date(2012, 1, 20)),
        ("L1006", "Amira", "Khan", 11, "11A", None, None, date(2011, 7, 8)),
        ("L1007", "Beth", "Young", 10, "10B", None, None, date(2012, 4, 3)),
        ("L1008", "Sam", "Patel", 11, "11A", None, None, date(2011, 2, 9)),
    ]
    locals_ = (
        "amira.khan",
        "tom.oneill",
        "zoe.smith-jones",
        "jose.garcia",
        "lukasz.nowak",
        "a.khan2",
        "b.young",
        "s.patel",
    )
    learners = [
        {
            "learner_id": learner, "first_name": first, "surname": last, "year": year, "form": form, "upn": upn,
            "uln": uln, "date_of_birth": born, "started": date(2026, 9, 7), "email": f"{local}@college.example",
            "mentor": "J. Sample", "vocational_day": "Tuesday", "pronouns": "they/them",
        }
        for (learner, first, last, year, form, upn, uln, born), local in zip(people, locals_, strict=True)
    ]  # fmt: skip
    ids = [row["learner_id"] for row in learners]
    return {
        "Learners": learners,
        "Parents": [
            {
                "learner_id": one, "name": f"Parent {one}", "relation": "Mother", "parental_responsibility": "Yes",
                "phone": "0113 496 0123", "email": "home@mail.example", "language": "English", "send_reports": "Yes",
            }
            for one in ids
        ],
        "Subjects": [
            {"subject": "English", "scale": "GCSE 9-1", "core": "Yes"},
            {"subject": "Maths", "scale": "GCSE fine", "core": "Yes"},
            {"subject": "Science", "scale": "Combined Science"},
            {"subject": "Hair", "scale": "Level 1/2 Tech", "vocational": "Yes"},
            {"subject": "PE", "scale": "APL"},
        ],
        "Progress": [
            {"learner_id": one, "subject": subject, "baseline": low, "target": high, "apl_1": now, "effort_1": "3"}
            for one in ids
            for subject, low, high, now in (
                ("English", "3", "5", 4), ("Maths", "2+", "5-", "4-"), ("Science", "4-3", "6-5", "5-4"),
                ("Hair", "L1P", "L2D*", "N/A"), ("PE", None, "APL5", "APL4"),
            )
        ],
        "Registers": [week(one, monday) for monday in MONDAYS for one in ids],
        "Behaviour": [{"learner_id": ids[n], "date": date(2026, 9, 21 + n), "type": "Phone"} for n in range(5)],
        "Contacts": [{"learner_id": one, "date": date(2026, 9, 14), "with": "Home", "how": "Phone"} for one in ids],
        "Interventions": [
            {"learner_id": "L1001", "type": "Academic", "start": date(2026, 9, 21), "review_due": date(2026, 10, 19)},
            {"group": "Breakfast", "type": "Attendance", "start": date(2026, 9, 21), "sessions_planned": 6},
        ],
        "Groups": [{"group": "Breakfast", "learner_id": one} for one in ids[:3]],
        "Targets": [{"learner_id": "L1001", "set_on": date(2026, 10, 2), "target": "Early", "due": date(2026, 12, 4)}],
        "PDtopics": [{"week": MONDAYS[0], "theme": "Careers", "topic": "Interviews"}],
        "PDevidence": [
            {"learner_id": "L1001", "date": date(2026, 9, 9), "topic": "Interviews", "link": "https://files.example/1"}
        ],
        "Workexperience": [
            {"learner_id": "L1002", "employer": "Salon", "start": date(2027, 2, 1), "end": date(2027, 2, 5)}
        ],
    }  # fmt: skip


def tracker_of(records: dict[str, list[dict[str, Any]]]) -> Tracker:
    """A new tracker with these records, of a college that wrote its forms and mentors on Lists."""
    tracker = defaults.new()
    rows = zip_longest(tracker["Lists"].records(), FORMS, ("J. Sample",))
    lists = [{**(row or {}), "forms": form, "mentors": mentor} for row, form, mentor in rows]
    tracker.tables["Lists"] = Table.of(sheet("Lists"), lists)
    for name, rows in records.items():
        tracker.tables[name] = Table.of(sheet(name), rows)
    return tracker


def found_with(table: str, row: int, **changed: Any) -> list[Problem]:
    """The problems of the clean tracker with one row changed (-1: a row is added)."""
    records = clean()
    if row < 0:
        records.setdefault(table, []).append(changed)
    else:
        records[table][row] = {**records[table][row], **changed}
    return check(tracker_of(records))


def brief(problems: list[Problem]) -> list[tuple[str, str, str, str | None]]:
    """Sheet, cell, code and suggestion of each problem."""
    return [(one.sheet, one.cell, one.code, one.suggestion) for one in problems]
