"""Small trackers that try each question of the domain: leavers, late joiners, groups, blanks, keys of two kinds.

Learner 0 is shown on the Learner view. What each of the others is there for stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from workbook.model import Tracker, Value, defaults

WEEK = date(2026, 9, 7)
DAY = date(2027, 6, 11)
"""The last day of the data: the last mark, in half term 6, of a learner of Year 10."""
ON = WEEK + timedelta(weeks=39)
EDGES = (date(2026, 8, 31), date(2026, 9, 1), date(2027, 8, 31), date(2027, 9, 1))
"""The last day before the academic year, its first and last, and the first after it."""
FORM = 64
Records = list[dict[str, Any]]

USUAL = ["/", "\\", "/", " ", "-", "O", "O", "/", "/", "/"]
"""A week in which 8 sessions are possible, 6 are attended and 2 marks are missing."""
KEYS = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
WEEKS = (0, 1, 2, 3, 7, 39)
"""Of these, week 7 lies in a holiday and week 39 in half term 6."""
LEVELS = ("5+", "5", "5-", "4+", "4", "4-", "3+", "3", "N/A", None, "X", "5", "6-", "4")


@dataclass(frozen=True)
class Case:
    """A tracker: how keys are typed where they are declared and where they are referred to, and its settings."""

    own: str
    other: str
    subjects: int = 14
    terms: bool = True
    best_first: bool = False
    settings: dict[str, Value] = field(default_factory=dict)

    @property
    def form(self) -> Value:
        """The form of nearly all."""
        return 11 if self.own == "number" else "11A"

    def key(self, number: int) -> Value:
        """A key on the sheet that declares it."""
        return number if self.own == "number" else str(number)

    def there(self, number: int) -> Value:
        """The same key on a sheet that refers to it."""
        return number if self.other == "number" else str(number)

    def whose(self, number: int) -> Value:
        """A learner's ID or a group's name on such a sheet: a space at the end makes no difference."""
        return number if self.other == "number" else f"{number} "


CASES = {
    "all texts, half term 6 left out": Case("text", "text", settings={"leave_out_study_leave": "Yes"}),
    "numbers, then texts; no terms, 1 is the best effort": Case(
        "number", "text", terms=False, best_first=True,
        settings={"leave_out_study_leave": "Yes", "status_measure": "current against target"},
    ),
    "texts, then numbers; more subjects than fit": Case(
        "text", "number", subjects=18,
        settings={"leave_out_study_leave": "Yes", "status_measure": "current against target"},
    ),
    "all numbers, forecasts": Case("number", "number", settings={"status_measure": "forecast against target"}),
}  # fmt: skip


def college(case: Case) -> Tracker:
    """The tracker of a case."""
    rows = [row | {"value": case.settings.get(row["name"], row["value"])} for row in defaults.settings()]
    tables: dict[str, Records] = {
        "Learners": _learners(case), "Subjects": _subjects(case), "Progress": _progress(case),
        "Registers": _registers(case), "Targets": _targets(case), "Interventions": _interventions(case),
        "Groups": _groups(case), "Contacts": _contacts(case), "Settings": rows,
        "Parents": [{"learner_id": case.whose(10000), "name": "P", "relation": "Mother"}],
        "Scales": defaults.scales(), "Effort": _effort(case), "Codes": defaults.codes(),
        "Terms": [row for row in defaults.terms() if case.terms or row["kind"] != "Term"],
        "Drops": [*defaults.drops(), *({"drop": 7, "name": "Edge", "date": day} for day in EDGES)],
        "Lists": defaults.lists(),
    }  # fmt: skip
    return Tracker.of(tables)


def _learners(case: Case) -> Records:
    learners: Records = [
        {"learner_id": case.key(10000 + n), "first_name": "Ann", "surname": f"No{n}", "form": case.form, "year": 11,
         "mentor": "M"}
        for n in range(FORM)
    ]  # fmt: skip
    learners[1]["left"] = WEEK + timedelta(days=1)
    learners[2] |= {"started": WEEK + timedelta(days=60), "year": 10}  # a late joiner who has half term 6
    learners[3]["started"] = WEEK + timedelta(days=3)
    learners[4]["year"] = 10
    learners[8] |= {"started": WEEK, "left": WEEK - timedelta(days=9)}  # one of the two is wrong: neither counts
    learners[6] |= {"form": f" {case.form}\u00a0".lower(), "mentor": "m "}  # the same form and mentor, however typed
    learners[9]["started"] = DAY + timedelta(days=9)
    learners[60] |= {"started": DAY - timedelta(days=1), "year": 10, "form": case.key(12)}  # in a form alone
    return learners


def _subjects(case: Case) -> Records:
    scales = {3: "APL", 7: "APL"}
    return [{"subject": case.key(100 + n), "scale": scales.get(n, "GCSE fine")} for n in range(case.subjects)]


def _effort(case: Case) -> Records:
    """As delivered, or with the 1 as the best."""
    rows = defaults.effort()
    for row in rows:
        row["code"] = case.key(int(row["code"]))
        row["order"] = 5 - row["order"] if case.best_first else row["order"]
    return rows


def _progress(case: Case) -> Records:
    """Learner 0 in all subjects; 1 has left; 5 is Below in three and lacks one effort; 6 has no baseline."""
    low, high = (4, 1) if case.best_first else (1, 4)
    levels = [LEVELS[n % len(LEVELS)] for n in range(case.subjects)]
    rows: Records = [
        {"learner_id": case.whose(10000), "subject": case.there(100 + n), "baseline": None if n == 11 else "3",
         "target": None if n == 13 else "5", "apl_1": "APL4" if n in (3, 7) else level,
         "apl_2": level if n in (0, 1, 2, 4, 5, 6, 12) else None, "forecast": level if n != 4 else None,
         "effort_1": case.there(low if n == 0 else high)}
        for n, level in enumerate(levels)
    ]  # fmt: skip
    for row, n in ((rows[3], 3), (rows[7], 7)):
        row |= {"baseline": "APL3", "target": "APL5", "forecast": "APL4" if n == 3 else None}
    for number, subjects, extra in (
        (10001, (0,), {"baseline": "3", "forecast": "1"}),
        (10005, (0, 1, 2), {"baseline": "3", "forecast": "1"}),
        (10006, (0, 1, 2), {}),
    ):
        rows += [
            {"learner_id": case.whose(number), "subject": case.there(100 + n), "target": "9", "apl_1": "1",
             "effort_1": case.there(high), "effort_2": case.there(low) if n else None, **extra}
            for n in subjects
        ]  # fmt: skip
    again = "10005" if case.other == "number" else 10005
    return [
        *rows,
        {"learner_id": again, "subject": case.there(101), "target": "1", "apl_1": "9", "effort_1": "1"},
        {"learner_id": case.whose(10006), "subject": case.there(101), "baseline": "3", "target": "9", "apl_1": "1"},
    ]


def _registers(case: Case) -> Records:
    """0, 3, 4 and 8 as usual; 5 is just persistent, 6 severe, 7 too early to say; 60 lacks an afternoon."""
    marks: dict[int, list[Any]] = dict.fromkeys((0, 1, 3, 4, 7, 8), USUAL)
    marks |= {2: list("/\\" * 5), 5: [*"LLU", *"///////"], 6: ["O"] * 10, 60: [*[None] * 6, *"/-//"]}
    rows: Records = [
        {"learner_id": case.whose(10000 + n), "week": WEEK + timedelta(weeks=week), **dict(zip(KEYS, row, strict=True))}
        for n, row in marks.items()
        for week in WEEKS
        if (n != 7 or week == 0) and (n != 60 or week == 39)
    ]
    return rows + [
        {"learner_id": who(10000 + n), "week": WEEK + timedelta(days=days), **dict(zip(KEYS, row, strict=True))}
        for n, who, days, row in again(case)
    ]


def again(case: Case) -> list[tuple[int, Any, int, list[Any]]]:
    """Rows that say a learner's week again: whose, how the ID is typed, which day of the week, marks.

    The same marks, others, some that the first row lacks, none, a third time, a mark W; by other days than Monday.
    """

    def otherwise(number: int) -> Value:
        return f"{number}" if case.other == "number" else number

    return [
        (0, case.whose, 0, USUAL),
        (3, case.whose, 7, ["O"] * 10),
        (7, otherwise, 2, [None, None, None, "/", "/", *[None] * 5]),
        (0, otherwise, 4, ["N"] * 10),
        (5, case.whose, 21, [None] * 10),
        (6, otherwise, 14 + 6, ["W"] * 10),
    ]


def _targets(case: Case) -> Records:
    """Four of learner 0 are open; of those met, two within 28 days."""
    met = [(None, WEEK), (ON, WEEK), (DAY - timedelta(days=28), None), (DAY - timedelta(days=29), None)]
    held: list[tuple[Value, date | None, date]] = [(one, None, WEEK) for one in ("Open", None, " ", "open")]
    held += [("Met", reviewed, due or WEEK) for reviewed, due in met] + [("Met", None, DAY + timedelta(days=9))]
    rows: Records = [
        {"learner_id": case.whose(10000), "target": "A", "status": status, "set_on": WEEK, "due": due,
         "reviewed": reviewed}
        for status, reviewed, due in held
    ]  # fmt: skip
    rows += [{"learner_id": case.whose(who), "target": "B", "status": "Open", "set_on": WEEK} for who in (10001, 10005)]
    return rows


def _interventions(case: Case) -> Records:
    """Three run for learner 0 (one the group's), one for 5; two reviews wait, one of them late."""
    soon, past = DAY + timedelta(weeks=4), DAY - timedelta(weeks=4)
    who = case.whose(10000)
    return [
        {"learner_id": who, "type": "Mentoring", "start": WEEK, "end": soon, "review_due": soon},
        {"learner_id": who, "type": "Mentoring", "start": soon, "review_due": soon},
        {"learner_id": who, "type": "Mentoring", "start": WEEK, "end": past},
        {"learner_id": who, "type": "Academic", "start": WEEK, "review_due": past, "outcome": "goes on"},
        {"group": case.key(7), "type": "Attendance", "start": WEEK, "review_due": DAY + timedelta(days=2)},
        {"group": case.key(8), "type": "Attendance", "start": WEEK, "end": DAY},
    ]


def _groups(case: Case) -> Records:
    """Group 7 has learners 0 and 5; 4 left it, 1 left the Academy, 6 joins it later."""
    past, later = DAY - timedelta(weeks=4), DAY + timedelta(days=1)
    return [
        {"group": case.whose(7), "learner_id": case.whose(10000), "joined": WEEK},
        {"group": case.whose(7), "learner_id": case.whose(10004), "joined": WEEK, "left": past},
        {"group": case.whose(7), "learner_id": case.whose(10005), "joined": DAY, "left": DAY},
        {"group": case.whose(7), "learner_id": case.whose(10006), "joined": later},
        {"group": case.whose(7), "learner_id": case.whose(10001), "joined": WEEK},
    ]


def _contacts(case: Case) -> Records:
    """0 has six and one in a year that is mistyped, 5 a late one that answers, 6 only one of the year before."""
    days = {10000: [*(WEEK + timedelta(days=n) for n in range(6)), date(2028, 1, 10)], 10005: [DAY - timedelta(days=3)],
            10006: [date(2026, 5, 1)]}  # fmt: skip
    return [
        {"learner_id": case.whose(who), "date": day, "with": "Home", "why": "attendance", "summary": f"Said {n}"}
        for who, dates in days.items()
        for n, day in enumerate(dates)
    ]
