"""What cells say of each other: one fault for each condition, found at its cell with nothing else; what is in order.

The ground is a tracker without a fault whose registers end in the week of 12 October 2026; L1002 and L1004 are in
Year 11. Days and figures are set by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checks.ground import brief, clean, tracker_of
from workbook.checks import check
from workbook.checks.cross import CROSS_CHECKS
from workbook.checks.cross_kinds import CROSS_KINDS
from workbook.checks.record_kinds import RECORD_KINDS
from workbook.model.problem import Problem

Rows = list[dict[str, Any]]
_CHECKED = {key: date(2026, 9, 14) for key in ("health_and_safety", "insurance", "consent")}
_PLACE = {"learner_id": "L1002", "employer": "Salon", "start": date(2026, 9, 21), "end": date(2026, 9, 25), **_CHECKED}
_STEP = {
    "learner_id": "L1002", "intended_destination": "Sixth form", "applied": date(2026, 9, 14), "offer": "Conditional",
    "offer_date": date(2026, 9, 28), "accepted": "Yes",
}  # fmt: skip
_HELP = {"learner_id": "L1001", "type": "Effort", "start": date(2026, 9, 21)}
_NONE_YET = {"offer": "None yet", "offer_date": None, "accepted": None}


def found(changes: dict[str, Rows], on: date | None = None, w: bool = True, **settings: Any) -> list[Problem]:
    """The problems once these rows stand in place of the sheet's; with ``w`` the placement's week has its marks."""
    records = clean() | changes
    ahead = [row for row in records["Workexperience"] if row["start"] > date(2026, 10, 16)]
    for row in records["Registers"] if w and "Workexperience" in changes and not ahead else ():
        if row["learner_id"] == "L1002" and row["week"] == date(2026, 9, 21):
            row.update({key: "W" for key in row if key[-2:] in ("am", "pm")})
    tracker = tracker_of(records)
    names = tracker["Settings"]["name"]
    for name, value in settings.items():
        tracker["Settings"].columns["value"][names.index(name)] = value
    return check(tracker, on)


def placement(**changes: Any) -> dict[str, Rows]:
    return {"Workexperience": [_PLACE | changes]}


def step(**changes: Any) -> dict[str, Rows]:
    return {"Transition": [_STEP | changes]}


def support(**changes: Any) -> dict[str, Rows]:
    return {"Interventions": [_HELP | changes]}


def evidence(**changes: Any) -> dict[str, Rows]:
    topic = {"week": date(2026, 9, 14), "theme": "Careers", "topic": "Interviews", "year_group": 10}
    proof = {"learner_id": "L1001", "topic": "Interviews", "date": date(2026, 9, 15)}
    return {"PDtopics": [topic], "PDevidence": [proof | changes]}


def gone(table: str, **row: Any) -> dict[str, Rows]:
    """A row about L1005, who left on 25 September."""
    records = clean()
    records["Learners"][4]["left"] = date(2026, 9, 25)
    rows = [one for one in records["Registers"] if one["learner_id"] != "L1005" or one["week"] < date(2026, 9, 28)]
    return {"Learners": records["Learners"], "Registers": rows, table: [{"learner_id": "L1005"} | row]}


CASES: list[tuple[dict[str, Rows], str, str]] = [
    (placement(health_and_safety=None), "H5", "placement-unchecked"),
    (placement(insurance=None), "I5", "placement-unchecked"),
    (placement(consent=None), "J5", "placement-unchecked"),
    (placement(insurance=date(2026, 9, 22)), "I5", "placement-checked-late"),
    (placement(start=date(2027, 2, 1), end=date(2027, 2, 5), insurance=date(2027, 1, 20)), "I5", "date-in-future"),
    (placement(visit=date(2026, 9, 17)), "K5", "visit-outside-placement"),
    (placement(visit=date(2026, 9, 29)), "K5", "visit-outside-placement"),
    (placement(start=date(2027, 2, 1), end=date(2027, 2, 5), reflection="Good"), "N5", "placement-not-begun"),
    (step(intended_destination="Undecided"), "C5", "undecided-with-plan"),
    (step(applied=None), "H5", "offer-without-application"),
    (step(offer="None yet", accepted=None), "I5", "offer-date-without-offer"),
    (step(**_NONE_YET | {"accepted": "Yes"}), "J5", "accepted-without-offer"),
    (step(offer=None, offer_date=None), "J5", "accepted-without-offer"),
    (step(offer="Declined", accepted=None), "K5", "declined-without-plan"),
    (step(offer_date=date(2026, 9, 11)), "I5", "dates-out-of-order"),
    (step(interview=date(2026, 9, 10)), "G5", "dates-out-of-order"),
    (step(evidence=date(2026, 9, 25)), "L5", "dates-out-of-order"),
    (step(evidence=date(2027, 3, 25)), "L5", "date-in-future"),
    (support(sessions_planned=6, sessions_attended=7), "N5", "attended-more-than-planned"),
    (support(group="Breakfast"), "C5", "learner-and-group"),
    (support(outcome="Stopped"), "P5", "outcome-against-end"),
    (support(outcome="Goes on", end=date(2026, 10, 2)), "P5", "outcome-against-end"),
    (evidence(learner_id="L1002"), "D5", "topic-of-other-year"),
    (evidence(date=date(2026, 9, 11)), "C5", "evidence-before-topic"),
    ({"Behaviour": [{"learner_id": "L1001", "date": date(2026, 9, 15), "type": "Phone", "done": "Yes"}]}, "H5",
     "done-without-action"),
    (placement(visit_note="Keen"), "L5", "visit-note-without-visit"),
    (placement(hours=61), "G5", "hours-too-many"),
    (step(**_NONE_YET | {"evidence": date(2026, 9, 30)}), "L5", "evidence-without-offer"),
    (step(offer="Declined", accepted=None, back_up_plan="Resits", evidence=date(2026, 9, 30)), "L5",
     "evidence-without-offer"),
    (support(start=date(2026, 10, 26), sessions_attended=2), "N5", "support-not-begun"),
    (support(start=date(2026, 10, 26), outcome="Stopped", end=date(2026, 11, 6)), "P5", "support-not-begun"),
    (support(aim_measure="Effort"), "K5", "aim-incomplete"),
    (support(aim_value=3), "L5", "aim-incomplete"),
    ({"Contacts": [{"learner_id": "L1001", "date": date(2026, 9, 15), "with": "Home", "done": "Yes"}]}, "I5",
     "follow-up-unknown"),
    (gone("Groups", group="Breakfast", joined=date(2026, 9, 14)), "E5", "open-after-leaving"),
    (gone("Contacts", date=date(2026, 9, 28), **{"with": "Home"}), "C5", "date-after-leaving"),
    (gone("Targets", set_on=date(2026, 9, 28), target="Early"), "C5", "date-after-leaving"),
    (gone("Interventions", start=date(2026, 9, 28), type="Effort", end=date(2026, 10, 2)), "H5", "date-after-leaving"),
    (gone("Workexperience", employer="Salon", start=date(2027, 2, 1)), "E5", "date-after-leaving"),
    (gone("Interventions", start=date(2026, 9, 14), type="Effort"), "J5", "open-after-leaving"),
    (gone("Targets", set_on=date(2026, 9, 14), target="Early", status="Open"), "J5", "open-after-leaving"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "cell", "code"), CASES, ids=[f"{code}-{cell}" for _, cell, code in CASES])
def test_each_condition_is_found_at_its_cell_and_nothing_else(changes: dict[str, Rows], cell: str, code: str) -> None:
    problems = found(changes)
    assert [(one.cell, one.code) for one in problems] == [(cell, code)]
    assert "{" not in problems[0].message + problems[0].fix


@pytest.mark.parametrize(
    "changes",
    [
        placement(),
        placement(visit=date(2026, 9, 25), visit_note="Keen", hours=60),
        support(start=date(2026, 10, 26), sessions_planned=6, sessions_attended=0),
        support(aim_measure="Effort", aim_value=3),
        step(evidence=date(2026, 9, 30)),
        step(),
        step(**_NONE_YET),
        step(offer="Declined", accepted="No", back_up_plan="Resits"),
        {"Transition": [{"learner_id": "L1002", "intended_destination": "Undecided"}]},
        support(sessions_planned=6, sessions_attended=6),
        evidence(),
        gone("Contacts", date=date(2026, 9, 25), **{"with": "Home"}),
        gone("Interventions", start=date(2026, 9, 14), type="Effort", end=date(2026, 9, 25), outcome="Stopped"),
    ],
)
def test_what_is_in_order_raises_nothing(changes: dict[str, Rows]) -> None:
    assert brief(found(changes)) == []


def test_marks_and_placements_answer_for_each_other() -> None:
    assert brief(found(placement(), w=False)) == [("Work experience", "E5", "placement-without-w", None)]
    records = clean()
    records["Registers"][8]["wed_pm"] = "W"  # L1001 in the second week, without a placement
    assert brief(check(tracker_of(records))) == [("Registers", "J13", "w-without-placement", None)]
    twice = [_PLACE, _PLACE | {"employer": "Bakery", "start": date(2026, 9, 25), "end": date(2026, 9, 25)}]
    assert brief(found({"Workexperience": twice})) == [("Work experience", "E6", "placements-overlap", None)]


def test_a_placement_in_which_the_learner_was_ill_needs_no_w() -> None:
    changes = placement()
    changes |= {"Registers": clean()["Registers"], "Behaviour": []}
    for row in changes["Registers"]:
        if row["learner_id"] == "L1002" and row["week"] == date(2026, 9, 21):
            row.update({key: "I" for key in row if key[-2:] in ("am", "pm")})
    assert brief(found(changes, w=False)) == []


def test_a_group_whose_members_all_left_before_it_began() -> None:
    groups = [{"group": "Breakfast", "learner_id": one, "left": date(2026, 9, 18)} for one in ("L1001", "L1003")]
    assert brief(found({"Groups": groups})) == [("Interventions", "C6", "group-empty", None)]
    assert brief(found({"Groups": [*groups, {"group": "Breakfast", "learner_id": "L1005"}]})) == []


def test_the_last_year_needs_rows_once_destinations_are_due() -> None:
    """Four learners are in Year 11; before the date nothing is said, after it the empty sheet speaks up."""
    due = date(2026, 10, 2)
    empty = found({}, destination_by=due)
    assert brief(empty) == [("Transition", "A5", "transition-rows-missing", None)]
    assert "4 learners" in empty[0].message
    assert brief(found(step(), destination_by=due)) == [("Transition", "A6", "transition-rows-missing", None)]
    assert brief(found({}, destination_by=date(2026, 12, 4))) == []


def test_a_date_is_in_the_future_from_the_day_given_or_else_from_where_the_records_end() -> None:
    row = {"learner_id": "L1001", "date": date(2026, 10, 21), "with": "Home"}
    assert brief(found({"Contacts": [row]}, on=date(2026, 10, 21))) == []
    assert brief(found({"Contacts": [row]}, on=date(2026, 10, 20))) == [("Contacts", "C5", "date-in-future", None)]
    lagging = [row | {"learner_id": f"L100{n}"} for n in range(1, 8)]  # seven calls in a week without registers yet
    assert brief(found({"Contacts": lagging})) == []


def test_a_cell_that_is_wrong_by_itself_is_said_once() -> None:
    assert [one.code for one in found(placement(visit="soon"))] == ["date-unreadable"]
    assert [one.code for one in found(placement(end=date(2026, 9, 1), visit=date(2026, 9, 22)))] == [
        "dates-out-of-order"
    ]


def test_every_kind_is_tried() -> None:
    tried = {code for *_, code in CASES} | {"placements-overlap", "placement-without-w", "w-without-placement"}
    tried |= {"group-empty", "transition-rows-missing"}
    assert {kind.code for kind in CROSS_KINDS} <= tried
    assert {one.kind.code for one in CROSS_CHECKS} <= tried | {kind.code for kind in RECORD_KINDS}
