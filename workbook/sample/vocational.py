"""What departments say of vocational days: a row for each learner and each of the last weeks they were there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from workbook.sample.people import Person
from workbook.sample.school_year import SchoolYear

WEEKS = 3
_PRESENT = frozenset("/\\LB")
_SAID = {
    "4": ("Worked without being asked and helped to tidy up.", "Finished the piece a week early.",
          "Asked good questions and used the answers."),
    "3": ("A steady day; kept to the safety rules throughout.", "Worked well in a pair.", None),
    "2": ("Needed reminding to start after lunch.", "Good with the hands, slower with the written part."),
    "1": ("Found it hard to take part today; we agreed a smaller task for next week.",),
}  # fmt: skip


def vocational_days(
    persons: Sequence[Person],
    marks: Mapping[str, Sequence[str]],
    calendar: SchoolYear,
    rng: Random,
) -> list[dict[str, Any]]:
    """Rows of Vocational days for the last weeks with registers.

    A day is attended where both its marks say so; one who was away has neither effort nor comment.
    """
    rows = []
    for number in range(len(calendar.weeks) - WEEKS, len(calendar.weeks)):
        monday = calendar.weeks[number]
        for person in persons:
            if monday + timedelta(days=person.course_day) not in person.here:
                continue
            at = 10 * number + 2 * person.course_day
            there = set(marks[person.learner_id][at : at + 2]) <= _PRESENT
            effort = str(max(1, min(4, round(3 + 0.6 * person.engagement + rng.gauss(0, 0.6))))) if there else None
            rows.append({
                "learner_id": person.learner_id, "week": monday, "attended": "Yes" if there else "No",
                "effort": effort, "comment": rng.choice(_SAID[effort]) if effort else None,
                "contact": f"{person.course} team" if there else None,
            })  # fmt: skip
    return rows
