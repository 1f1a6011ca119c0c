"""People, levels, weeks and days, targets, support and the year's frame: each fault at its cell and nothing else.

The ground is that of `test_cross`: registers end in the week of 12 October 2026; days and figures are set by hand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.ground import brief, clean, tracker_of, week
from workbook.checks import check
from workbook.checks.cross import CROSS_CHECKS
from workbook.checks.record_facts import meetings
from workbook.checks.record_kinds import RECORD_KINDS
from workbook.model.problem import Problem

_STEP = {"learner_id": "L1002", "intended_destination": "Sixth form", "provider": "Hill College",
         "applied": date(2026, 9, 14), "offer": "Conditional", "offer_date": date(2026, 9, 28)}  # fmt: skip
_VOCATIONAL = {"learner_id": "L1001", "week": date(2026, 9, 21), "attended": "Yes", "effort": "3"}
_TARGET = {"learner_id": "L1003", "set_on": date(2026, 9, 14), "target": "Hand in", "due": date(2026, 11, 6)}
_HELP = {"learner_id": "L1001", "type": "Effort", "start": date(2026, 9, 21), "review_due": date(2026, 11, 2)}
_PLACE = {"learner_id": "L1002", "employer": "Salon", "end": date(2027, 2, 5)}
_DUTY = {"date": date(2026, 9, 21), "type": "Duty", "what": "Gate", "mentor": "J. Sample", "time": "08:30"}
ON = date(2026, 10, 16)


def found(table: str, *rows: dict[str, Any], **changed: Any) -> list[Problem]:
    """The problems with these rows in place of a sheet's, or with its first row changed."""
    records = clean()
    records[table] = list(rows) if rows else [records[table][0] | changed, *records[table][1:]]
    return check(tracker_of(records), ON)


def frame(table: str, row: int, **changed: Any) -> list[Problem]:
    """The problems with a row of a sheet that a new tracker brings changed."""
    tracker = tracker_of(clean())
    for key, value in changed.items():
        tracker[table].columns[key][row] = value
    return check(tracker, ON)


def absent(day: str, learner: str = "L1001") -> dict[str, list[dict[str, Any]]]:
    """The registers with a learner ill on a weekday of the week of 21 September."""
    rows = clean()["Registers"]
    for row in rows:
        if (row["learner_id"], row["week"]) == (learner, date(2026, 9, 21)):
            row.update({f"{day}_am": "I", f"{day}_pm": "I"})
    return {"Registers": rows}


def against(day: str, table: str, *rows: dict[str, Any]) -> list[Problem]:
    return check(tracker_of(clean() | absent(day) | {table: list(rows)}), ON)


def person(place: int, **changed: Any) -> list[Problem]:
    records = clean()
    records["Learners"][place] |= changed
    return check(tracker_of(records), ON)


def courses(**changed: Any) -> list[Problem]:
    records = clean()
    for row in records["Learners"]:
        row["course"] = "Hair"
    records["Learners"][2] |= changed
    return check(tracker_of(records), ON)


def foundation(**changed: Any) -> list[Problem]:
    records = clean()
    records["Subjects"][0]["tier"] = "Foundation"
    records["Progress"][0] |= changed
    return check(tracker_of(records), ON)


def offers(**changed: Any) -> list[Problem]:
    """Three offers; the first is changed."""
    rows = [_STEP | {"learner_id": one} for one in ("L1004", "L1006")]
    return found("Transition", _STEP | changed, *rows)


CASES = [
    (lambda: person(6, first_name="Sam", surname="Patel", date_of_birth=date(2011, 2, 9), year=11, form="11A",
                    email=None, learner_id="L1007"), "D12", "learner-twice"),
    (lambda: courses(vocational_day=None), "M7", "course-incomplete"),
    (lambda: courses(course=None), "N7", "course-incomplete"),
    (lambda: found("Parents", parental_responsibility="No"), "K5", "sent-without-responsibility"),
    (lambda: found("Parents", email=None, phone=None), "F5", "no-way-to-reach"),
    (lambda: found("Progress", apl_5=4), "L5", "level-to-come"),
    (lambda: found("Progress", effort_6="3"), "U5", "level-to-come"),
    (lambda: foundation(target="6"), "G5", "above-tier"),
    (lambda: foundation(forecast="7"), "O5", "above-tier"),
    (lambda: found("Progress", target="2"), "G5", "target-below-baseline"),
    (lambda: found("Progress", baseline_source="None"), "F5", "baseline-source-odd"),
    (lambda: found("Progress", baseline=None, baseline_source="KS2"), "F5", "baseline-source-odd"),
    (lambda: found("Registers", *clean()["Registers"], week("L1001", date(2026, 11, 16))), "D53", "date-in-future"),
    (lambda: against("mon", "Behaviour", {"learner_id": "L1001", "date": date(2026, 9, 21), "type": "Phone"}), "C5",
     "absent-then"),
    (lambda: against("tue", "Vocationaldays", _VOCATIONAL), "D5", "day-against-register"),
    (lambda: found("Vocationaldays", _VOCATIONAL | {"attended": "No", "effort": None}), "D5", "day-against-register"),
    (lambda: against("tue", "Vocationaldays", _VOCATIONAL | {"attended": "No"}), "E5", "absent-with-effort"),
    (lambda: found("Vocationaldays", _VOCATIONAL | {"week": date(2026, 10, 26), "attended": None}), "C5",
     "date-in-future"),
    (lambda: found("PDtopics", *clean()["PDtopics"], {"week": date(2026, 12, 28), "theme": "Money", "topic": "Rent"}),
     "A6", "no-college-that-week"),
    (lambda: found("Diary", _DUTY | {"date": date(2026, 11, 2), "done": "Yes"}), "G5", "done-too-early"),
    (lambda: found("Diary", _DUTY | {"time": "25:10"}), "B5", "time-odd"),
    (lambda: found("Diary", _DUTY | {"time": "10:5"}), "B5", "time-odd"),
    (lambda: found("Diary", _DUTY, _DUTY | {"what": "Cover"}), "B6", "diary-clash"),
    (lambda: found("Targets", _TARGET, _TARGET | {"set_on": date(2026, 9, 28)}), "F6", "target-twice"),
    (lambda: found("Targets", _TARGET, _TARGET | {"target": "Early", "due": None}, _TARGET | {"target": "Read"}), "I6",
     "target-without-due"),
    (lambda: found("Targets", *(_TARGET | {"target": one, "status": "Met", "reviewed": day} for one, day in
                                (("A", date(2026, 10, 2)), ("B", None), ("C", date(2026, 10, 2))))), "K6",
     "closed-without-review"),
    (lambda: found("Interventions", _HELP, _HELP | {"start": date(2026, 10, 5)}), "H6", "support-overlaps"),
    (lambda: found("Interventions", _HELP, _HELP | {"learner_id": "L1002", "review_due": None},
                   _HELP | {"learner_id": "L1003"}), "I6", "never-reviewed"),
    (lambda: found("Interventions", _HELP | {"sessions_attended": 2}), "N5", "sessions-unplanned"),
    (lambda: found("Interventions", _HELP | {"aim_measure": "Attendance %", "aim_value": 120}), "L5",
     "aim-out-of-range"),
    (lambda: found("Interventions", _HELP | {"aim_measure": "Effort", "aim_value": 0}), "L5", "aim-out-of-range"),
    (lambda: found("Interventions", _HELP | {"end": date(2026, 11, 27), "outcome": "Met"}), "P5",
     "outcome-against-end"),
    (lambda: found("Contacts", {"learner_id": "L1001", "date": date(2026, 9, 14), "with": "Seen, no action",
                                "follow_up_due": date(2026, 9, 28)}), "H5", "seen-with-follow-up"),
    (lambda: found("Workexperience", _PLACE), "E5", "placement-without-start"),
    (lambda: offers(offer_date=None), "I5", "offer-incomplete"),
    (lambda: offers(provider=None), "D5", "offer-incomplete"),
    (lambda: found("Transition", _STEP | {"applied": None, "interview": date(2026, 9, 21), "offer": "None yet",
                                          "offer_date": None}), "G5", "interview-without-application"),
    (lambda: found("Transition", _STEP | {"interview": date(2026, 10, 1)}), "I5", "dates-out-of-order"),
    (lambda: frame("Terms", 5, start=date(2027, 5, 24)), "C10", "terms-overlap"),
    (lambda: frame("Scales", 4, points=1.0), "D9", "points-out-of-order"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "cell", "code"), CASES, ids=[f"{code}-{cell}" for _, cell, code in CASES])
def test_each_condition_is_found_at_its_cell_and_nothing_else(make: Any, cell: str, code: str) -> None:
    problems = make()
    assert [(one.cell, one.code) for one in problems] == [(cell, code)], [one.message for one in problems]
    assert "{" not in problems[0].message + problems[0].fix


def test_levels_of_drops_before_a_learner_came_or_long_after_one_left() -> None:
    """The first drop is on 9 October: a learner who came on the 12th has no level there; one who left on 11 September
    four weeks before has none either, one who left on the 18th may have a last one."""
    records = clean()
    records["Drops"] = [{"drop": 1, "name": "October", "date": date(2026, 10, 9)}]
    records["Progress"] = records["Progress"][:1]
    for place, key, day, cells in ((0, "started", date(2026, 10, 12), ["H5"]), (0, "left", date(2026, 9, 10), ["H5"]),
                                   (0, "left", date(2026, 9, 18), [])):  # fmt: skip
        people = [row | ({key: day} if n == place else {}) for n, row in enumerate(records["Learners"])]
        tracker = tracker_of(records | {"Learners": people})
        assert [one.cell for one in check(tracker, ON) if one.code == "level-outside-stay"] == cells


def test_drops_and_thresholds_in_the_wrong_order() -> None:
    drops = [{"drop": n, "name": f"D{n}", "date": day} for n, day in ((1, date(2026, 10, 9)), (2, date(2026, 10, 2)))]
    assert [(one.cell, one.code) for one in check(tracker_of(clean() | {"Drops": drops}), ON)] == [
        ("C6", "drops-out-of-order")
    ]
    tracker = tracker_of(clean())
    row = list(tracker["Settings"]["name"]).index("attendance_talk")
    problems = frame("Settings", row, value=97)
    assert [(one.cell, one.code) for one in problems] == [(f"B{row + 5}", "thresholds-out-of-order")]
    assert "97" in problems[0].message and "95" in problems[0].message


def test_a_subject_that_the_learner_does_not_take() -> None:
    records = clean()
    records["Progress"] = [row for row in records["Progress"] if (row["learner_id"], row["subject"]) != ("L1001", "PE")]
    records["Interventions"] = [_HELP | {"subject": "PE"}, _HELP | {"learner_id": "L1002", "subject": "PE"}]
    assert brief(check(tracker_of(records), ON)) == [("Interventions", "R5", "subject-not-taken", None)]


def test_one_week_far_ahead_does_not_make_all_others_missing() -> None:
    """A single register typed into February is the fault, not the ten weeks in between without registers."""
    rows = [*clean()["Registers"], week("L1001", date(2027, 2, 1))]
    assert brief(check(tracker_of(clean() | {"Registers": rows}))) == [("Registers", "D53", "date-in-future", None)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: against("mon", "Behaviour", {"learner_id": "L1001", "date": date(2026, 9, 21),
                                             "type": "Truancy from a lesson"}),
        lambda: against("tue", "Vocationaldays", _VOCATIONAL | {"attended": "No", "effort": None}),
        lambda: found("Vocationaldays", _VOCATIONAL),
        lambda: found("Diary", _DUTY, _DUTY | {"what": "Cover", "mentor": None}, _DUTY | {"time": "10.45-11.45"}),
        lambda: found("Targets", _TARGET, _TARGET | {"status": "Met", "reviewed": date(2026, 10, 2)}),
        lambda: found("Targets", _TARGET | {"due": None}),
        lambda: found("Interventions", _HELP, _HELP | {"start": date(2026, 11, 9), "review_due": date(2026, 12, 4)} |
                      {"learner_id": "L1003"}),
        lambda: found("Transition", _STEP | {"offer_date": None}),
        lambda: foundation(target="5"),
    ],
)  # fmt: skip
def test_what_is_in_order_raises_nothing(make: Any) -> None:
    assert brief(make()) == []


def test_every_kind_is_tried() -> None:
    tried = {code for *_, code in CASES} | {"level-outside-stay", "drops-out-of-order", "thresholds-out-of-order"}
    assert {kind.code for kind in RECORD_KINDS} <= tried | {"subject-not-taken"}
    assert {kind.code for kind in RECORD_KINDS} <= {one.kind.code for one in CROSS_CHECKS}


DAYS = st.integers(0, 12).map(lambda n: date(2026, 9, 1) + timedelta(days=n))


@given(st.lists(st.tuples(st.sampled_from("ab"), DAYS, DAYS)))
def test_times_meet_where_some_day_is_of_both(times: list[tuple[str, date, date]]) -> None:
    def days(first: date, last: date) -> set[date]:
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}

    spans = [(place, *time) for place, time in enumerate(times) if time[1] <= time[2]]
    expected = {}
    for place, what, first, last in spans:
        earlier = (one for one in spans if one[0] < place and one[1] == what and days(*one[2:]) & days(first, last))
        if (one := next(earlier, None)) is not None:
            expected[place] = one[0]
    assert meetings(spans) == expected
