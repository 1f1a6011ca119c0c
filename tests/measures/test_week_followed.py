"""What was begun stays in the week until it is done, with its cell; a placement without checks before all else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.measures.rows import AMIRA, registers, tracker
from workbook.measures.week import week

MONDAY = date(2026, 11, 16)
_PEOPLE = [AMIRA | {"form": "10A", "year": 10}, AMIRA | {"learner_id": "B1", "form": "11A", "year": 11}]
_SALON = {"learner_id": "A1", "employer": "Salon", "start": date(2026, 11, 10), "end": date(2026, 11, 20)}
_CHECKED = {key: date(2026, 11, 2) for key in ("health_and_safety", "insurance", "consent")}


def owed(on: date = MONDAY, **tables: Any) -> list[tuple[str, str, str, date]]:
    """Sheet, cell, what and due day of what is owed, conversations aside."""
    found = week(tracker(**{"Learners": _PEOPLE, "Drops": []} | tables), on)
    return [(one.sheet, one.cell, one.what, one.due) for one in found if one.sheet != "Learners"]


def test_a_placement_under_way_without_checks_is_the_first_thing_of_the_week() -> None:
    """It comes before a conversation about severe absence, and goes once the last check is in."""
    low = {"Registers": registers("O" * 10, "O" * 10)}
    place = _SALON | _CHECKED | {"insurance": None, "visit": MONDAY}
    found = week(tracker(Learners=_PEOPLE, Drops=[], Workexperience=[place], **low), MONDAY)
    assert (found[0].cell, found[0].what) == ("I5", "Placement at Salon has begun")
    assert found[0].reason == "Still missing: insurance. Until it is there, the learner should not be."
    assert found[1].what.startswith("Talk with the learner")
    place["insurance"] = MONDAY
    assert [what for *_, what, _ in owed(Workexperience=[place])] == ["Visit Salon"]


def test_checks_are_asked_for_two_weeks_before() -> None:
    """A start on 30 November: from the 10th to the 23rd; in the last week the start itself says so."""
    ahead = {"learner_id": "A1", "employer": "Salon", "start": date(2026, 11, 30), **_CHECKED, "consent": None}
    what = ("Work experience", "J5", "Get consent for the placement at Salon", MONDAY)
    assert owed(Workexperience=[ahead]) == [what]
    assert owed(date(2026, 11, 9), Workexperience=[ahead]) == []
    assert [one[2] for one in owed(date(2026, 11, 24), Workexperience=[ahead])] == ["Placement starts at Salon"]
    assert owed(Workexperience=[ahead | {"consent": MONDAY}]) == []


def test_restorative_actions_until_they_are_done() -> None:
    """An incident on Monday 2 November: five school days on is the 9th. A sheet without actions asks for none."""
    incident = {"learner_id": "A1", "date": date(2026, 11, 2), "type": "Phone", "restorative_action": "Apology"}
    late = date(2026, 11, 9)
    assert owed(Behaviour=[incident]) == [("Behaviour", "H5", "Not yet done: apology", late)]
    assert owed(Behaviour=[incident | {"done": "Yes"}]) == []
    none = incident | {"restorative_action": "None yet"}
    assert owed(Behaviour=[none]) == [("Behaviour", "G5", "Agree what puts the incident right", late)]
    assert owed(Behaviour=[incident | {"restorative_action": None}]) == []


def test_evidence_for_the_topic_of_the_week_and_a_fortnight_on() -> None:
    topics = [{"week": MONDAY, "theme": "Money", "topic": "Payslips", "year_group": 10}]
    other = {"learner_id": "B1", "topic": "Payslips", "date": MONDAY}
    lacks = [("PD topics", "D5", "Evidence for the topic Payslips", MONDAY + timedelta(days=4))]
    assert owed(PDtopics=topics, PDevidence=[other]) == lacks
    assert owed(PDtopics=topics, PDevidence=[other, other | {"learner_id": "A1", "topic": "payslips"}]) == []
    assert owed(PDtopics=topics) == []  # nobody keeps evidence
    assert owed(date(2026, 12, 7), PDtopics=topics, PDevidence=[other]) == []


def test_what_a_placement_leaves_to_write_down() -> None:
    place = _SALON | _CHECKED | {"visit": date(2026, 11, 12), "reflection": "I learned to ask."}
    other = place | {"learner_id": "B1", "employers_comment": "On time."}
    found = owed(date(2026, 11, 23), Workexperience=[place, other])
    assert found == [("Work experience", "M5", "Ask Salon how the placement went", date(2026, 11, 27))]


def test_destinations_once_they_were_due() -> None:
    by = date(2026, 11, 13)
    settings = [{"name": "destination_by", "value": by}]
    step = {"learner_id": "B1", "intended_destination": "Undecided"}

    def whats(*rows: dict[str, Any]) -> list[tuple[str, str]]:
        return [one[1:3] for one in owed(Transition=list(rows), Settings=settings)]

    assert whats(step) == [("C5", "Find a destination together")]
    declined = step | {"intended_destination": "Sixth form", "applied": date(2026, 10, 5), "offer": "Declined"}
    assert whats(declined) == [("K5", "Find another way: the application was declined")]
    assert whats(declined | {"back_up_plan": "Resits"}) == []
    assert whats(declined | {"offer": "None yet"}) == [("H5", "Ask about the application")]
    assert whats(declined | {"offer": "Conditional"}) == []
    assert whats() == [("A5", "Next steps of 1 learner of the last year")]
    assert whats({"learner_id": "A1"}) == [("A6", "Write down the learner's next step")]
