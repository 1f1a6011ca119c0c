"""Small trackers that try each question of the domain, and what every place answers.

A place is a sheet, a command or a report; `PLACES` holds each with a function from (tracker, figures) to its answer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workbook.model import Tracker, Value, defaults

WEEK = date(2026, 9, 7)
SUBJECTS = 18
"""More than a page has room for."""
FORM = 64
Records = list[dict[str, Any]]


def college(id_kinds: tuple[str, str] = ("text", "text"), **settings: Value) -> Tracker:
    """64 learners in 10A, a leaver, a late joiner, groups, blank statuses; IDs typed as ``id_kinds`` say.

    The first kind is that of Learners, the second that of every other sheet.
    """

    def own(number: int) -> Value:
        return str(number) if id_kinds[0] == "text" else number

    def other(number: int) -> Value:
        return str(number) if id_kinds[1] == "text" else number

    learners: Records = [
        {"learner_id": own(10000 + n), "first_name": "Ann", "surname": f"No{n}", "form": "10A", "year": 11}
        for n in range(FORM)
    ]
    learners[1]["left"] = WEEK + timedelta(days=1)
    learners[2]["started"] = WEEK + timedelta(days=60)
    learners[3]["started"] = WEEK + timedelta(days=3)
    subjects: Records = [{"subject": f"S{n}", "scale": "GCSE fine"} for n in range(SUBJECTS)]
    progress: Records = [
        {"learner_id": other(10000), "subject": f"S{n}", "baseline": "3", "target": "6", "apl_1": f"{n % 5 + 2}",
         "effort_1": "1" if n == 0 else "4"}
        for n in range(SUBJECTS)
    ]  # fmt: skip
    progress += [{"learner_id": other(10001), "subject": "S0", "baseline": "3", "target": "9", "apl_1": "1"}]
    marks = ["/", "\\", "/", " ", "-", "O", "O", "/", "/", "/"]
    keys = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
    registers: Records = [
        {"learner_id": other(10000 + n), "week": WEEK + timedelta(weeks=week), **dict(zip(keys, marks, strict=True))}
        for n in range(5) for week in (0, 1, 7, 39)
    ]  # fmt: skip
    on = WEEK + timedelta(weeks=39)
    targets: Records = [
        {"learner_id": other(10000), "target": "A", "status": status, "set_on": WEEK, "due": WEEK, "reviewed": reviewed}
        for status, reviewed in (("Open", None), (None, None), (" ", None), ("Met", None), ("Met", on), ("open", None))
    ]
    targets.append({"learner_id": other(10001), "target": "B", "status": "Open", "set_on": WEEK})
    soon, past = on + timedelta(weeks=4), on - timedelta(weeks=4)
    interventions: Records = [
        {"learner_id": other(10000), "type": "Mentoring", "start": WEEK, "end": soon, "review_due": soon},
        {"learner_id": other(10000), "type": "Mentoring", "start": soon, "review_due": soon},
        {"learner_id": other(10000), "type": "Mentoring", "start": WEEK, "end": past},
        {"group": "Breakfast", "type": "Attendance", "start": WEEK, "review_due": soon},
    ]
    groups: Records = [
        {"group": "breakfast", "learner_id": other(10000), "joined": WEEK},
        {"group": "Breakfast", "learner_id": other(10004), "joined": WEEK, "left": past},
    ]
    contacts: Records = [
        {"learner_id": other(10000), "date": WEEK + timedelta(days=n), "with": "Home"} for n in range(6)
    ]
    rows = [row | {"value": settings.get(row["name"], row["value"])} for row in defaults.settings()]
    tables: dict[str, Records] = {
        "Learners": learners, "Subjects": subjects, "Progress": progress, "Registers": registers, "Targets": targets,
        "Interventions": interventions, "Groups": groups, "Contacts": contacts, "Settings": rows,
        "Parents": [{"learner_id": other(10000), "name": "P", "relation": "Mother"}],
        "Scales": defaults.scales(), "Effort": defaults.effort(), "Codes": defaults.codes(),
        "Terms": defaults.terms(), "Drops": defaults.drops(), "Lists": defaults.lists(),
    }  # fmt: skip
    return Tracker.of(tables)
