"""Each template, six learners, by hand: who gets it, how often, who is left out and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.reports.content.college import AMIRA, FULL, ON, SAM, learner, tracker, week
from workbook.measures.snapshot import Snapshot
from workbook.measures.who import Who
from workbook.model import Audience, CannotDo
from workbook.reports.output.before_sending import questions
from workbook.reports.output.run import Run
from workbook.reports.output.template_files import find, names

# Amira has two contacts, Sam one who gets reports and one who must not. Kit has nobody, Lou an aunt without parental
# responsibility. Ola has left in October, Zed begins in January. Kit missed a fifth of four weeks; Amira is to be
# celebrated, Sam has been. Amira and Sam are in 10A, Kit and Lou in 10B.
KIT, LOU = learner("L3", "Kit", "Ash", form="10B"), learner("L4", "Lou", "Moss", form="10B")
OLA = learner("L5", "Ola", "Reed", left=date(2026, 10, 16))
ZED = learner("L6", "Zed", "Penn", form="11C", started=date(2027, 1, 5))
YES = {"parental_responsibility": "Yes", "send_reports": "Yes", "email": "home@family.example"}
AWAY = "O O / \\ / \\ / \\ / \\"
MONDAYS = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
MADE = tracker(
    Learners=[AMIRA, SAM, KIT, LOU, OLA, ZED],
    Parents=[
        {**YES, "learner_id": "L1", "name": "Ms A. Okafor"},
        {**YES, "learner_id": "L1", "name": "Mr B. Okafor"},
        {**YES, "learner_id": "L2", "name": "Mrs O'Neil"},
        {**YES, "learner_id": "L2", "name": "Mr O'Neil", "send_reports": "Do not send"},
        {**YES, "learner_id": "L4", "name": "Aunt Moss", "parental_responsibility": "No"},
        {**YES, "learner_id": "L5", "name": "Mr Reed"},
    ],
    Registers=[week(one, monday, marks) for one, marks in (("L3", AWAY), ("L2", FULL)) for monday in MONDAYS],
    Achievements=[
        {"learner_id": "L1", "date": date(2026, 12, 1), "what": "Amira sang.", "type": "Kindness", "celebrated": "No"},
        {"learner_id": "L2", "date": date(2026, 12, 1), "what": "Sam ran.", "type": "Kindness", "celebrated": "Yes"},
    ],
)
NOW = Snapshot(MADE, ON)
EACH = ["10A Amira Okafor L1", "10A Sam O'Neil L2", "10B Kit Ash L3", "10B Lou Moss L4"]
NAMED = [f"{EACH[0]} to Ms A. Okafor", f"{EACH[0]} to Mr B. Okafor", f"{EACH[1]} to Mrs O'Neil", *EACH[2:]]
FORMS = ["Form 10A", "Form 10B"]
LOW = "without flag “Severe absence”, “Persistent absence” or “Attendance to watch”"
UNSUNG = "without achievements of this year that have not been celebrated yet"
TABLE: dict[str, tuple[list[str], dict[str, str], list[str]]] = {
    # template: (reports, who is left out and why, whom the questions about recipients name)
    "parent_report": (NAMED, {}, ["L2 no-copy", "L3 nobody", "L4 nobody"]),
    "annual_report": (NAMED, {}, ["L2 no-copy", "L3 nobody", "L4 nobody"]),
    "progress_day_pack": (EACH, {}, ["L2 do-not-send", "L3 nobody", "L4 nobody"]),
    "certificate": (EACH[:1], {"L2": UNSUNG, "L3": UNSUNG, "L4": UNSUNG}, []),
    "attendance_letter": ([], {"L1": LOW, "L2": LOW, "L3": "with nobody to send it to", "L4": LOW}, []),
    "learner_profile": (EACH, {}, []),
    "slot_timetable": (FORMS, {}, []),
    "target_entry": (FORMS, {}, []),
    "celebration_board": (FORMS, {}, []),
    "form_summary": (FORMS, {}, []),
}


def test_every_template_is_in_the_table() -> None:
    assert sorted(TABLE) == names()


@pytest.mark.parametrize("name", TABLE)
def test_who_gets_it_and_who_is_left_out(name: str) -> None:
    made, out, asked = TABLE[name]
    run = Run.of(NOW, find(name), Who().choose(NOW))
    assert [one for one, _ in run.reports] == made
    assert {one.learner_id: one.why for one in run.left_out} == out
    about = ("nobody", "do-not-send", "no-copy")
    if run.reader is Audience.PARENT:
        told = sorted(f"{one.learner_id} {one.code}" for one in questions(MADE, ON, run) if one.code in about)
        assert told == asked


@pytest.mark.parametrize("name", [name for name, (made, _, _) in TABLE.items() if made == FORMS])
def test_a_form_has_those_on_roll_by_surname(name: str) -> None:
    run = Run.of(NOW, find(name), Who().choose(NOW))
    members = [[member["first_name"] for member in context["member"]] for _, context in run.reports]
    assert members == [["Sam", "Amira"], ["Kit", "Lou"]]


def test_who_has_left_gets_a_report_by_name_and_who_has_not_begun_none() -> None:
    assert Who(leavers=True).away(NOW) == (1, 1)
    run = Run.of(NOW, find("parent_report"), Who(learners=("L5",), leavers=True).choose(NOW))
    ((name, context),) = run.reports
    assert name == "10A Ola Reed L5 to Mr Reed" and context["report"]["date"] == date(2026, 10, 16)
    assert [one.code for one in questions(MADE, ON, run)] == ["leaver"]
    with pytest.raises(CannotDo, match="L6 has not started yet"):
        Who(learners=("L6",), leavers=True).choose(NOW)
