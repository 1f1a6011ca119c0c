from __future__ import annotations

from datetime import date

import pytest

from tests.reports.content.college import AMIRA, ON, SAM, learner, progress, tracker
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo
from workbook.reports.content.forms import form_contexts, forms
from workbook.reports.content.learner import contexts_of
from workbook.reports.content.names import LISTS, printed, terms
from workbook.reports.content.occasions import occasions
from workbook.reports.engine.rows import look_up
from workbook.reports.engine.tokens import tokens_in
from workbook.sample import sample

YES = {"parental_responsibility": "Yes", "send_reports": "Yes"}
KIT = learner("L3", "Kit", "Ash", form="11B")
MADE = tracker(
    Learners=[AMIRA, SAM, KIT],
    Parents=[
        {"learner_id": "L1", "name": "Ms A. Okafor", "language": "Polish", **YES},
        {"learner_id": "L1", "name": "Mr B. Okafor", "large_print": "Yes", **YES},
    ],
    Progress=[
        progress("L1", "English", baseline="APL2", target="APL6", apl_1="APL6"),
        progress("L2", "English", baseline="APL6", target="APL7", apl_1="APL2"),
        progress("L2", "Maths", apl_1="APL2"),
    ],
    Achievements=[
        {"learner_id": "L2", "date": date(2026, 12, 1), "what": "Sam sang.", "type": "Kindness"},
        {"learner_id": "L1", "date": date(2026, 9, 3), "what": "Too long ago.", "type": "Kindness"},
    ],
)


def names(*asked: str, ids: tuple[str, ...] = ("L1", "L2", "L3")) -> list[str]:
    return [name for name, _ in occasions(Snapshot(MADE, ON), ids, asked, Audience.MENTOR)]


def test_a_template_comes_for_each_learner_recipient_or_form() -> None:
    assert names("{{learner.name}}") == ["10A Amira Okafor L1", "10A Sam O'Neil L2", "11B Kit Ash L3"]
    assert names("{{learner.name}}", "{{if recipient.address}}") == [
        "10A Amira Okafor L1 to Ms A. Okafor",
        "10A Amira Okafor L1 to Mr B. Okafor",
    ]
    assert names("{{form.name}}", "{{member.name}}") == ["Form 10A", "Form 11B"]
    assert names("{{if not celebration}}", ids=("L3",)) == ["Form 11B"]


def test_a_form_by_hand() -> None:
    form = next(form_contexts(Snapshot(MADE, ON), ["10a"]))
    assert forms(Snapshot(MADE, ON)) == ["10A", "11B"]
    assert form["form"] == {
        "name": "10A",
        "mentor": "J. Sample",
        "learners": 2,
        "attendance": None,
        "sentence": form["form"]["sentence"],
    }
    sam, amira = form["member"]  # by surname
    assert [sam["name"], amira["name"]] == ["Sam O'Neil", "Amira Okafor"]
    assert (amira["well"], amira["below"]) == (1, 0)
    assert (sam["well"], sam["below"]) == (0, 1)
    assert (sam["slot"], amira["slot"]) == ("09:00", "09:15")
    assert amira["needs"] == "Polish; large print"
    none = {"above": 0, "on": 0, "just_below": 0, "below": 0, "not_known": 0}
    assert form["form_subject"] == [
        {"name": "English", **none, "above": 1, "below": 1},
        {"name": "Maths", **none, "not_known": 1},
    ]
    assert [(one["name"], one["what"]) for one in form["celebration"]] == [("Sam O'Neil", "Sam sang.")]


def test_slots_leave_lunch_free() -> None:
    many = [learner(f"L{i}", "A", f"S{i:02}") for i in range(16)]
    slots = [one["time"] for one in next(form_contexts(Snapshot(tracker(Learners=many), ON)))["slot"]]
    assert slots[12:15] == ["12:00", "13:00", "13:15"]


def test_an_unknown_form_names_those_there_are() -> None:
    with pytest.raises(CannotDo, match="10A, 11B"):
        list(form_contexts(Snapshot(MADE, ON), ["9Z"]))


def test_what_a_template_asks_for_is_there_however_little_it_asks_for() -> None:
    """Each name alone gives what it gives where all are worked out: its whole list, or its value."""
    snapshot = Snapshot(sample(learners=24), date(2026, 11, 27))
    ids = [str(one) for one in snapshot.tracker["Learners"]["learner_id"][:8]]
    full, said = list(contexts_of(snapshot, ids, reader=Audience.MENTOR)), set[str]()
    for name in [*(term.name for term in terms()), *LISTS, "Open Target.due"]:
        path = tokens_in(f"{{{{{name}}}}}")[0].path
        path = next((path[:end] for end in range(1, len(path)) if ".".join(path[:end]) in LISTS), path)
        asked = contexts_of(snapshot, ids, reader=Audience.MENTOR, needed=printed([f"{{{{if {name}}}}}"]))
        told = [look_up(path, one, {}) for one in full]
        assert [look_up(path, one, {}) for one in asked] == told, name
        said |= {name} if any(told) else set()
    assert {
        "attendance.pattern",
        "half_term.name",
        "flag.reason",
        "evidence.topic",
        "open_target",
        "Open Target.due",
    } <= said
