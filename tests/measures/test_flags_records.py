"""Flags from what mentors write down: the rows that just raise each, and those that just do not."""

from __future__ import annotations

from datetime import date, timedelta

from tests.measures.rows import AMIRA, ON, raised


def test_incidents():
    rows = [{"learner_id": "A1", "date": date(2026, 11, day)} for day in (9, 12, 20)]
    flag = raised(Behaviour=rows)["incidents"]
    assert (flag.reason, flag.data_date) == ("3 behaviour incidents in the last 10 school days.", ON)
    assert "incidents" not in raised(Behaviour=[{"learner_id": "A1", "date": date(2026, 11, 6)}, *rows[1:]])
    assert "incidents" not in raised(settings={"incidents": None}, Behaviour=rows)


def test_no_contact_for_four_school_weeks():
    other = {"learner_id": "B1", "date": ON}
    on_time = raised(Contacts=[{"learner_id": "A1", "date": date(2026, 10, 19)}, other])
    assert "no_contact" not in on_time  # 19 school days since
    late = raised(Contacts=[{"learner_id": "A1", "date": date(2026, 10, 16)}, other])["no_contact"]
    assert (late.value, late.reason, late.band) == (4, "No contact recorded for 4 school weeks.", "care")
    assert raised(Contacts=[other])["no_contact"].value == 10
    new = [AMIRA | {"started": date(2026, 11, 9)}]
    assert "no_contact" not in raised(Learners=new, Contacts=[other])
    assert "no_contact" not in raised()  # nobody records contacts


def test_overdue_targets_and_reviews():
    due = ON - timedelta(days=1)
    targets = [{"learner_id": "A1", "due": due, "target": "Be on time"}, {"learner_id": "A1", "due": ON}]
    flag = raised(Targets=targets)["target_overdue"]
    assert (flag.value, flag.reason, flag.data_date) == (1, "A target is 1 day past its date.", due)
    for status in ("Met", "Not met", "Dropped"):
        assert "target_overdue" not in raised(Targets=[targets[0] | {"status": status}])
    review = {"learner_id": "A1", "review_due": ON - timedelta(days=3), "type": "Mentoring"}
    assert raised(Interventions=[review])["review_overdue"].reason == "A review is 3 days late."
    assert "review_overdue" in raised(Interventions=[review | {"outcome": "Goes on"}])
    for done in ({"outcome": "Met"}, {"end": ON - timedelta(days=1)}):
        assert "review_overdue" not in raised(Interventions=[review | done])


def test_no_destination_by_its_date():
    settings = {"destination_by": date(2026, 11, 19)}
    wishes = [{"learner_id": "B1", "intended_destination": "Further education"}]
    leaver = [AMIRA | {"year": 11}]
    flag = raised(settings=settings, Learners=leaver, Transition=wishes)["no_destination"]
    assert flag.reason == "No destination is recorded yet; it was due by 19 November 2026."
    assert (flag.value, flag.threshold) == (None, date(2026, 11, 19))
    assert "no_destination" not in raised(settings=settings, Transition=wishes)  # Year 10
    assert "no_destination" not in raised(date(2026, 11, 19), settings, Learners=leaver, Transition=wishes)
    known = [{"learner_id": "A1", "intended_destination": "Employment with training"}]
    assert "no_destination" not in raised(settings=settings, Learners=leaver, Transition=known)


def test_placements_that_are_not_confirmed():
    placement = {"learner_id": "A1", "start": ON + timedelta(days=28), "consent": ON, "insurance": ON}
    flag = raised(Workexperience=[placement])["placement_unconfirmed"]
    assert flag.reason == "The placement starts in 28 days; still missing: health and safety."
    tomorrow = raised(Workexperience=[placement | {"start": ON + timedelta(days=1), "consent": None}])
    assert tomorrow["placement_unconfirmed"].reason == (
        "The placement starts in 1 day; still missing: health and safety and consent."
    )
    today = raised(Workexperience=[placement | {"start": ON}])["placement_unconfirmed"]
    assert today.reason.startswith("The placement starts today;")
    for change in ({"health_and_safety": ON}, {"start": ON + timedelta(days=29)}, {"start": ON - timedelta(days=1)}):
        assert "placement_unconfirmed" not in raised(Workexperience=[placement | change])


def test_targets_met():
    target = {
        "learner_id": "A1",
        "target": "Be on time for a week.",
        "status": "met",
        "reviewed": ON - timedelta(days=28),
    }
    assert raised(Targets=[target])["target_met"].reason == "Met 1 target: Be on time for a week."
    assert "target_met" not in raised(on=ON + timedelta(days=1), Targets=[target])


def test_incidents_of_days_to_come_are_none_yet():
    to_come = [{"learner_id": "A1", "date": ON + timedelta(days=1)}]
    today = [{"learner_id": "A1", "date": ON}]
    assert "incidents" not in raised(Behaviour=to_come * 3) and "incidents" in raised(Behaviour=today * 3)
