"""For whom a template makes sense: by flag, list or value; the others are named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.reports.content.college import AMIRA, FULL, ON, SAM, learner, tracker, week
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo
from workbook.reports.content.audience import audience_of
from workbook.reports.content.celebrating import celebrated_rows
from workbook.reports.content.names import tree
from workbook.reports.content.occasions import occasions
from workbook.reports.content.purpose import LeftOut, Purpose
from workbook.reports.engine.tokens import Vocabulary

KIT = learner("L3", "Kit", "Ash")
MONDAYS = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
AWAY = "O O / \\ / \\ / \\ / \\"
MADE = tracker(
    Learners=[AMIRA, SAM, KIT],
    Registers=[week(one, monday, marks) for one, marks in (("L1", AWAY), ("L2", FULL)) for monday in MONDAYS],
    Achievements=[
        {"learner_id": "L1", "date": date(2026, 12, 1), "what": "Amira sang.", "celebrated": "Yes"},
        {"learner_id": "L2", "date": date(2026, 12, 1), "what": "Sam sang.", "celebrated": "No"},
        {"learner_id": "L2", "date": date(2026, 12, 2), "what": "Sam danced."},
        {"learner_id": "L2", "date": date(2027, 1, 2), "what": "Not yet."},
    ],
)


def given(tags: str) -> tuple[list[str], list[LeftOut]]:
    out: list[LeftOut] = []
    asked = ["{{learner.name}}"]
    made = occasions(Snapshot(MADE, ON), ["L1", "L2", "L3"], asked, Audience.PARENT, Purpose.of(tags), out)
    return [context["learner"]["learner_id"] for _, context in made], out


@pytest.mark.parametrize(
    ("tags", "ids"),
    [
        ("parents", ["L1", "L2", "L3"]),
        ("parents, for Persistent absence", ["L1"]),  # 32 of 40 sessions: 80%; Kit has no register
        ("parents; for attendance_talk; for to_celebrate", ["L1", "L2"]),
        ("FOR  to celebrate", ["L2"]),
        ("for not to_celebrate", ["L1", "L3"]),
        ("for attendance.possible", ["L1", "L2"]),
        ("for not Persistent absence", ["L2", "L3"]),
        ("for not attendance_talk, for to_celebrate", ["L2", "L3"]),
    ],
)
def test_a_tag_chooses_and_names_the_others(tags: str, ids: list[str]) -> None:
    made, out = given(tags)
    assert made == ids
    assert sorted([*made, *(one.learner_id for one in out)]) == ["L1", "L2", "L3"]


def test_why_is_said_in_words() -> None:
    _, out = given("for Persistent absence, for to_celebrate, for severe absence")
    told = "flag “Persistent absence”, achievements of this year that have not been celebrated yet or “Severe absence”"
    assert out == [LeftOut("L3", "Kit Ash", f"without {told}")]


def test_who_must_not_have_something_is_left_out_for_having_it() -> None:
    _, out = given("for not Persistent absence, for to_celebrate, for not attendance.possible")
    assert [one.why for one in out] == [
        "with flag “Persistent absence” and possible sessions this year and without achievements of this year that "
        "have not been celebrated yet"
    ]
    _, out = given("for not attendance_talk")
    assert out == [LeftOut("L1", "Amira Okafor", "with flag “Persistent absence”")]
    _, out = given("for not attendance.possible, for severe absence")
    assert [one.why for one in out] == ["with possible sessions this year and without flag “Severe absence”"] * 2


def test_a_tag_that_means_nothing_is_refused_and_never_makes_a_template_for_staff() -> None:
    parents = Vocabulary(tree(Audience.PARENT))
    for tag in ("for lazyness", "for flag", "for contact"):
        with pytest.raises(CannotDo, match="mend the tag"):
            Purpose.of(tag).require_known(parents, ["{{learner.name}}"])
    for tag, said in (
        ("for Persistant absence", "did you mean “for Persistent absence”"),
        ("for not atendance_talk", "did you mean “for attendance_talk”"),
        ("for Persistent absence and to_celebrate", "a tag holds one of them"),
        ("for Persistent absence, for to_celebrat", "“for to_celebrat” names neither"),
        ("fro Persistent absence", "write it as “for Persistent absence”"),
        ("for: Persistent absence", "write it as “for Persistent absence”"),
        ("parents; Severe absence", "write it as “for Severe absence”"),
    ):
        with pytest.raises(CannotDo, match=said):
            Purpose.of(tag).require_known(parents, ["{{learner.name}}"])
    assert not Purpose.of("parents, autumn term, attendance, letters home").strays
    with pytest.raises(CannotDo, match="once a form"):
        Purpose.of("for to_celebrate").require_known(parents, ["{{member.name}}"])
    assert audience_of("for the flag staff") is Audience.PARENT
    assert not Purpose.of("for staff only").wishes
    assert audience_of("for to_celebrate, staff") is Audience.MENTOR


def test_what_is_celebrated_is_marked_and_nothing_else() -> None:
    made = [context for _, context in occasions(Snapshot(MADE, ON), ["L2"], ["{{to_celebrate.what}}"], Audience.PARENT)]
    assert [one["what"] for one in made[0]["to_celebrate"]] == ["Sam danced.", "Sam sang."]
    rows = MADE["Achievements"].rows
    assert celebrated_rows(MADE, ON, made) == {rows[1]: {"celebrated": "Yes"}, rows[2]: {"celebrated": "Yes"}}


def test_nobody_is_celebrated_for_a_blank_or_for_another_year() -> None:
    days = {"L1": date(2026, 12, 1), "L2": date(2026, 8, 31), "L3": date(2026, 9, 1)}
    rows = [{"learner_id": who, "date": day, "what": " " if who == "L1" else "Sang."} for who, day in days.items()]
    made = tracker(Learners=[AMIRA, SAM, learner("L3", "Kit", "Ash")], Achievements=rows)
    asked = ["{{to_celebrate.what}}"]
    out: list[LeftOut] = []
    found = list(occasions(Snapshot(made, ON), list(days), asked, Audience.PARENT, Purpose.of("for to_celebrate"), out))
    assert [one["learner"]["learner_id"] for _, one in found] == ["L3"]
    assert celebrated_rows(made, ON, [context for _, context in found]) == {7: {"celebrated": "Yes"}}
