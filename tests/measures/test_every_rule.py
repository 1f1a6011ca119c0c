"""Every flag rule: rows that just raise it, and rows that just do not. A new rule without the two makes a test fail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.measures.rows import AMIRA, ON, TARGET, WEEK, raised, record, registers
from workbook.model.rules import BY_CODE, RULES

AUTUMN_2 = date(2026, 11, 2)
ALSO = {"learner_id": "B1", "date": ON}
MEETING = {"learner_id": "A1", "date": ON}
PLACED = {"learner_id": "A1", "start": ON + timedelta(days=28), "consent": ON, "insurance": ON}
BELOW = [record(name, "3", target="5") for name in ("English", "Art", "Music")]
FELL = [record(name, "5", "4") for name in ("Art", "Music")]
ROSE = [record(name, "4", "5", effort=("2", "3")) for name in ("Art", "Music")]
DROP_2 = date(2026, 12, 11)
Rows = dict[str, Any]


def incidents(*days: int) -> Rows:
    return {"Behaviour": [{"learner_id": "A1", "date": date(2026, 11, day)} for day in days]}


def target(**cells: Any) -> Rows:
    return {"Targets": [{"learner_id": "A1", "target": "Be on time", **cells}]}


def review(**cells: Any) -> Rows:
    return {"Interventions": [{"learner_id": "A1", "type": "Mentoring", **cells}]}


def absent(sessions: int) -> Rows:
    """So many of 40 sessions missed."""
    marks = "I" * sessions + "/" * (40 - sessions)
    return {"Registers": registers(*(marks[n : n + 10] for n in range(0, 40, 10)))}


def half_terms(before: str, now: str) -> Rows:
    return {"Registers": registers(before, "/") + registers(now, "/", first=AUTUMN_2)}


def comments(*written: str | None) -> Rows:
    rows = [record(name, "4", comment=said) for name, said in zip(("Art", "Music", "Maths"), written, strict=True)]
    return {"Progress": rows}


CASES: dict[str, tuple[Rows, Rows]] = {
    "attendance_head": (absent(20), absent(19)),
    "attendance_talk": (absent(4), absent(3)),
    "attendance_look": (absent(3), absent(2)),
    "attendance_fall": (half_terms("O/////////", "OO////////"), half_terms("O/////////", "O/////////")),
    "lates": (
        {"on": WEEK + timedelta(days=4), "Registers": registers("LLL///////")},
        {"on": WEEK + timedelta(days=4), "Registers": registers("LL////////")},
    ),
    "unauthorised": ({"Registers": registers("O")}, {"Registers": registers("OOOOOOOOO/")}),
    "progress_below": (
        {"settings": TARGET, "Progress": BELOW},
        {"settings": TARGET, "Progress": [*BELOW[:2], record("Music", "4", target="5")]},
    ),
    "core_below": (
        {"settings": TARGET, "Progress": [record("Maths", "4", target="5")]},
        {"settings": TARGET, "Progress": [record("Maths", "5", target="5"), record("Art", "1", target="5")]},
    ),
    "progress_fell": ({"on": DROP_2, "Progress": FELL}, {"on": DROP_2, "Progress": FELL[:1]}),
    "low_level": (
        {"settings": {"low_level_points": 4}, "Progress": [record("Art", "3")]},
        {"settings": {"low_level_points": 4}, "Progress": [record("Art", "4")]},
    ),
    "effort_lowest": (
        {"Progress": [record("Art", effort=("1",))]},
        {"Progress": [record("Art", effort=("2",))]},
    ),
    "effort_dropped": (
        {"on": DROP_2, "Progress": [record(name, effort=("3", "2")) for name in ("Art", "Music")]},
        {"on": DROP_2, "Progress": [record("Art", effort=("3", "2")), record("Music", effort=("3", "3"))]},
    ),
    "incidents": (incidents(9, 12, 20), incidents(6, 12, 20)),
    "no_contact": (
        {"Contacts": [{"learner_id": "A1", "date": date(2026, 10, 16)}, ALSO]},
        {"Contacts": [{"learner_id": "A1", "date": date(2026, 10, 19)}, ALSO]},
    ),
    "target_overdue": (target(due=ON - timedelta(days=1)), target(due=ON)),
    "review_overdue": (review(review_due=ON - timedelta(days=1)), review(review_due=ON)),
    "report_missing": (comments(None, "Well done.", "Well done."), comments("Good.", "Well done.", "Well done.")),
    "no_destination": (
        {"on": date(2027, 4, 1), "Learners": [AMIRA | {"year": 11}], "Transition": [{"learner_id": "B1"}]},
        {"on": date(2027, 3, 31), "Learners": [AMIRA | {"year": 11}], "Transition": [{"learner_id": "B1"}]},
    ),
    "placement_unconfirmed": (
        {"Workexperience": [PLACED]},
        {"Workexperience": [PLACED | {"start": PLACED["start"] + timedelta(days=1)}]},
    ),
    "no_intervention": (
        absent(4) | {"Interventions": [{"learner_id": "A1", "type": "Mentoring", "end": ON - timedelta(days=1)}]},
        absent(4) | {"Interventions": [{"learner_id": "A1", "type": "Mentoring", "end": ON}]},
    ),
    "improved": ({"on": DROP_2, "Progress": ROSE}, {"on": DROP_2, "Progress": ROSE[:1]}),
    "effort_up": ({"on": DROP_2, "Progress": ROSE}, {"on": DROP_2, "Progress": ROSE[:1]}),
    "attendance_up": (half_terms("OO////////", "O/////////"), half_terms("OO////////", "OO////////")),
    "full_week": (
        {"on": WEEK + timedelta(days=11), "Registers": registers("I/////////", "/")},
        {"on": WEEK + timedelta(days=11), "Registers": registers("/", "/")},
    ),
    "streak": (
        {"on": WEEK + timedelta(days=39), "Registers": registers(*"//////")},
        {"on": WEEK + timedelta(days=39), "Registers": registers(*"/////", "L/////////")},
    ),
    "target_met": (
        target(status="Met", reviewed=ON - timedelta(days=28)),
        target(status="Met", reviewed=ON - timedelta(days=29)),
    ),
}


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_rule_is_raised_where_it_just_should_be(code: str) -> None:
    just, just_not = CASES[code]
    flag = raised(**just).get(code)
    assert flag is not None and flag.nature is BY_CODE[code].nature
    assert code not in raised(**just_not)


@pytest.mark.parametrize("code", [rule.code for rule in RULES if rule.code != "no_intervention"])
def test_a_rule_without_a_threshold_is_off(code: str) -> None:
    just = CASES[code][0]
    assert code not in raised(**just | {"settings": just.get("settings", {}) | {BY_CODE[code].setting: None}})
