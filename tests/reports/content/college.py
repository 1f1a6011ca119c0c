"""A small college worked out by hand: one form, two learners, three subjects, two drops."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.model import Tracker
from workbook.model.defaults import codes, drops, effort, lists, scales, settings, terms

ON = date(2026, 12, 18)


def learner(learner_id: str, first: str, surname: str, **more: Any) -> dict[str, Any]:
    return {
        "learner_id": learner_id,
        "first_name": first,
        "surname": surname,
        "year": 10,
        "form": "10A",
        "mentor": "J. Sample",
        **more,
    }


AMIRA = learner("L1", "Amira", "Okafor", pronouns="she/her")
SAM = learner("L2", "Samuel", "O'Neil", preferred_name="Sam", pronouns="he/him")
SUBJECTS = [
    {"subject": "English", "scale": "APL", "core": "Yes", "vocational": "No", "teacher": "Ms Ash"},
    {"subject": "Maths", "scale": "APL", "core": "Yes", "vocational": "No"},
    {"subject": "Catering", "scale": "Level 1/2 Tech", "core": "No", "vocational": "Yes"},
]


def progress(learner_id: str, subject: str, **more: Any) -> dict[str, Any]:
    return {"learner_id": learner_id, "subject": subject, **more}


def week(learner_id: str, monday: date, marks: str) -> dict[str, Any]:
    """A row of Registers; `marks` holds ten codes with spaces between them."""
    days = ("mon", "tue", "wed", "thu", "fri")
    keys = [f"{day}_{half}" for day in days for half in ("am", "pm")]
    return {"learner_id": learner_id, "week": monday, **dict(zip(keys, marks.split(), strict=True))}


FULL = "/ \\ / \\ / \\ / \\ / \\"


def tracker(**records: Any) -> Tracker:
    """The college with these records by table name, over its defaults."""
    base: dict[str, Any] = {
        "Scales": scales(),
        "Effort": effort(),
        "Codes": codes(),
        "Terms": terms(),
        "Drops": drops(),
        "Settings": settings(),
        "Lists": lists(),
        "Learners": [AMIRA, SAM],
        "Subjects": SUBJECTS,
    }
    return Tracker.of({**base, **records})
