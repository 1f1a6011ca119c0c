"""The week ahead: what is in it, what is not, and where each thing stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.measures.rows import AMIRA, registers, tracker
from workbook.measures.week import week
from workbook.model import CannotDo

MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY + timedelta(days=6)
LEARNERS = [
    AMIRA | {"mentor": "J. Sample"},
    AMIRA | {"learner_id": "B1", "mentor": "K. Other"},
    AMIRA | {"learner_id": "L1", "mentor": "J. Sample", "left": date(2026, 10, 1)},
]


def due(on=MONDAY, mentor=None, **tables):
    return week(tracker(**{"Learners": LEARNERS, "Drops": []} | tables), on, mentor)


def whats(**tables):
    return [(one.what, one.due) for one in due(**tables)]


def test_targets_due_and_late():
    rows = [
        {"learner_id": "A1", "target": "Ask for help", "due": day, "status": status}
        for day, status in ((SUNDAY, None), (SUNDAY + timedelta(days=1), None), (MONDAY, "Met"), (MONDAY, "open"),
                            (date(2026, 11, 1), None), (date(2026, 8, 1), None))
    ]  # fmt: skip
    rows.append({"learner_id": "L1", "target": "Has left", "due": MONDAY})
    first, praise, *others = due(Targets=rows)  # one was met on the day
    assert (praise.what, praise.reason, praise.part) == (
        "Say what went well",
        "Met 1 target: Ask for help.",
        "to praise",
    )
    found = [first, *others]
    assert [(one.due, one.cell, one.reason) for one in found] == [
        (MONDAY, "I8", "Due this week."), (date(2026, 11, 1), "I9", "15 days late."), (SUNDAY, "I5", "Due this week."),
    ]  # fmt: skip
    assert {(one.sheet, one.learner_id, one.what) for one in found} == {
        ("Targets", "A1", "Look at the target: Ask for help")
    }
    assert list(found[0].as_row())[:6] == ["sheet", "cell", "learner_id", "what", "due", "reason"]
    assert [one.part for one in found] == ["first two days", "overdue", "later this week"]
    assert (found[0].name, found[0].form, found[0].mentor) == ("Amira Khan", None, "J. Sample")


def test_follow_ups_and_reviews():
    contact = {
        "learner_id": "A1",
        "date": date(2026, 11, 2),
        "with": "Home",
        "why": "Attendance",
        "follow_up_due": MONDAY,
    }
    hello, *owed = whats(Contacts=[contact, contact | {"done": "Yes"}])
    assert owed == [("Follow up with home about attendance", MONDAY)] and hello[0] == "Say hello"  # to B1, quiet so far
    review = {"learner_id": "A1", "type": "Mentoring", "review_due": MONDAY}
    group = {"group": "Mornings", "type": "Attendance", "review_due": SUNDAY}
    rows = [review, group, review | {"outcome": "Met"}, {"review_due": MONDAY}]
    groups = [{"group": "mornings", "learner_id": "B1"}]
    found = due(Interventions=rows, Groups=groups)
    assert [(one.learner_id, one.what) for one in found] == [
        ("A1", "Review the intervention: mentoring"),
        (None, "Review the intervention of Mornings: attendance"),
    ]
    assert len(due(Interventions=rows, Groups=groups, mentor="J. Sample")) == 1


def test_placements():
    visit = {"learner_id": "A1", "employer": "Salon", "start": date(2026, 11, 9), "end": date(2026, 11, 20)}
    visit |= {key: date(2026, 11, 2) for key in ("health_and_safety", "insurance", "consent")}
    assert whats(Workexperience=[visit | {"visit": MONDAY}]) == [("Visit Salon", MONDAY)]
    assert whats(Workexperience=[visit]) == [("Arrange a visit to Salon", date(2026, 11, 20))]
    assert whats(Workexperience=[visit | {"visit": date(2026, 11, 10)}]) == []
    starts = {"learner_id": "A1", "employer": "Salon", "start": MONDAY, "consent": MONDAY, "insurance": MONDAY}
    (one, *_) = due(Workexperience=[starts])
    assert (one.what, one.cell) == ("Placement at Salon starts today", "H5")
    assert one.reason == "Still missing: health and safety. Until it is there, the learner should not be."
    (one, *_) = due(MONDAY - timedelta(days=1), Workexperience=[starts])
    assert (one.what, one.reason) == ("Placement starts at Salon", "Still missing: health and safety.")


def test_drops_concern_everyone_and_the_diary_its_mentor():
    drops = [{"drop": 1, "name": "Autumn 1", "date": MONDAY, "reports_due": SUNDAY, "progress_day": date(2027, 1, 1)}]
    diary = [
        {"date": MONDAY, "time": "10:45", "type": "Duty", "what": "Break", "where": "Hall", "mentor": "J. Sample"},
        {"date": MONDAY, "time": 0.4375, "type": "Cover", "what": "For all"},
        {"date": MONDAY, "type": "Duty", "what": "Done", "done": "yes"},
    ]
    found = due(Drops=drops, Diary=diary, mentor="K. Other")
    assert [(one.sheet, one.what, one.reason) for one in found] == [
        ("Diary", "For all", "Cover (10:30)."),
        ("Drops", "Levels and effort for Autumn 1", "The data drop."),
        ("Drops", "Comments for the reports of Autumn 1", "Reports are due."),
    ]
    assert due(Diary=diary, mentor=" j. sample ")[0].reason == "Duty (10:45, Hall)."


def test_missing_marks_and_old_absences_without_a_reason():
    """N on Monday 9 and Wednesday 11 November: the reasons are due by the 16th and the 18th, and late the day after."""
    rows = registers("/.-///////", "N////n////", first=date(2026, 11, 2))
    (missing,) = due(Registers=rows)
    assert (missing.cell, missing.what, missing.due) == ("F5", "2 marks missing", date(2026, 11, 2))
    assert missing.reason == "Mon 2 Nov pm, Tue 3 Nov am."
    unknown, _ = due(date(2026, 11, 17), Registers=rows)  # the latest of what is overdue first
    assert (unknown.cell, unknown.what, unknown.due) == ("E6", "1 absence without a reason", date(2026, 11, 16))
    assert unknown.reason == "N on Mon 9 Nov am."
    both, _ = due(date(2026, 11, 19), Registers=rows)
    assert (both.what, both.reason) == ("2 absences without a reason", "N on Mon 9 Nov am, Wed 11 Nov pm.")


def test_marks_not_yet_due_are_not_chased():
    assert due(Registers=registers("." * 10, first=MONDAY)) == []
    assert due(Registers=registers("." * 10, first=date(2026, 10, 26))) == []  # a holiday
    many = due(Registers=registers("." * 10, first=date(2026, 11, 2)))
    assert many[0].reason == "Mon 2 Nov am, Mon 2 Nov pm, Tue 3 Nov am and 7 more."


def test_learners_to_talk_to_until_somebody_has():
    incidents = [{"learner_id": "A1", "date": date(2026, 11, 13)}] * 3
    low = {"Registers": registers("O" * 10, "O" * 10), "Behaviour": incidents}
    talk, *_ = due(**low, Contacts=[{"learner_id": "B1", "date": date(2026, 9, 7), "with": "Home"}])
    assert (talk.sheet, talk.cell, talk.learner_id, talk.due) == ("Learners", "A5", "A1", MONDAY)
    assert talk.what == "Talk with the learner and the Head of Year"
    assert talk.reason.startswith("Not spoken to yet this year. Attendance this year is 0%")
    assert "New: 3 behaviour incidents" in talk.reason and "Waiting for 2 weeks" in talk.reason
    assert talk.next_step == "Speak to the Head of Year today and agree a plan with home." and not talk.last_contact
    seen = {"learner_id": "A1", "date": date(2026, 11, 13), "with": "Seen, no action"}
    hello, severe = due(**low, Contacts=[seen])  # hello to B1, quiet so far
    assert (hello.what, severe.what, severe.learner_id) == ("Say hello", "For the Head of Year", "A1")
    assert severe.next_step == "Keep to what was agreed; say at once if it does not hold."
    assert severe.reason == "Severe absence: 0%, spoken to 13 November, comes back in 19 school days."
    (look,) = due(Behaviour=incidents)
    assert look.what == "Look at how the learner is doing"  # a place is free
    told = {"why": "Attendance", "summary": "Bus pass"}
    again = due(**low, Contacts=[seen | told | {"date": date(2026, 9, 14)}])[0]
    assert again.last_contact == "14 September, Seen, no action, Attendance: Bus pass"
    assert again.reason.startswith("Spoken to on 14 September, and it is time to speak again.")


def test_an_undone_diary_entry_stays_until_it_is_done():
    entry = {"date": MONDAY - timedelta(days=1), "type": "Deadline", "what": "Bursary forms"}
    assert [(one.what, one.reason) for one in due(Diary=[entry])] == [("Bursary forms", "Deadline. 1 day late.")]
    assert due(Diary=[entry | {"done": "Yes"}]) == []


def test_registers_never_taken_are_told_once_for_a_form():
    """The week of 2 November: nobody of 10A on Tuesday morning; A2 has no row at all; the week after none has one."""
    people = [AMIRA | {"learner_id": one, "form": "10A"} for one in ("A1", "A2", "A3")]
    rows = registers("//.///////", first=date(2026, 11, 2)) + [
        row | {"learner_id": "A3"} for row in registers("//./.-////", first=date(2026, 11, 2))
    ]
    found = due(date(2026, 11, 10), Learners=people, Registers=rows)
    assert [(one.learner_id, one.cell, one.what, one.reason) for one in found] == [
        ("A3", "I6", "2 marks missing", "Wed 4 Nov am, Wed 4 Nov pm."),
        (None, "G5", "3 registers of 10A never taken", "Tue 3 Nov am, Mon 9 Nov am, Mon 9 Nov pm."),
        ("A2", "A7", "9 marks missing", "Mon 2 Nov am, Mon 2 Nov pm, Tue 3 Nov pm and 6 more."),
    ]


def test_the_same_mark_missing_for_most_of_a_form_is_told_once():
    """Of five in 10A one alone has a mark for Monday morning; K. Other's one learner there is told as a single one."""
    people = [AMIRA | {"learner_id": f"A{n}", "first_name": f"Ann{n}", "form": "10A", "mentor": "J. Sample"}
              for n in range(1, 6)]  # fmt: skip
    people.append(AMIRA | {"learner_id": "B1", "form": "10A", "mentor": "K. Other"})
    rows = registers("/.........", first=MONDAY)
    found = [one for one in due(MONDAY + timedelta(days=1), Learners=people, Registers=rows) if "for" in one.what]
    assert [(one.learner_id, one.what, one.reason) for one in found] == [
        (None, "1 mark missing for 4 learners of 10A", "Mon 16 Nov am. Ann2 Khan, Ann3 Khan, Ann4 Khan and 1 more."),
    ]
    alone = due(MONDAY + timedelta(days=1), "K. Other", Learners=people, Registers=rows)
    assert [(one.learner_id, one.what) for one in alone if one.sheet == "Registers"] == [
        (None, "1 register of 10A never taken"), ("B1", "1 mark missing")]  # fmt: skip


def test_a_mentor_sees_their_own_learners():
    rows = [{"learner_id": one, "target": one, "due": MONDAY} for one in ("A1", "B1")]
    assert [one.learner_id for one in due(Targets=rows, mentor="k. other")] == ["B1"]
    assert [one.learner_id for one in due(Targets=rows)] == ["A1", "B1"]
    with pytest.raises(CannotDo, match=r"No learner has the mentor X: .* J. Sample and K. Other\."):
        due(mentor="X")


def test_an_empty_tracker_has_nothing_due():
    assert due() == []
