"""Worked examples of whom to see first, from marks and levels to the list; the arithmetic stands beside each.

Every weekday is a school day; D is the number of school days since the contact. Lists are of Friday 27 November 2026.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.measures.rows import KEYS
from tests.measures.test_order import ON, back, book, incidents, low, order, spoken, told
from workbook.measures.answer import Memory
from workbook.measures.calendar import monday
from workbook.measures.flag_list import flag_list
from workbook.measures.flags import flags
from workbook.measures.mentor_list import mentor_lists
from workbook.measures.order import Tier

CORE = [{"subject": f"S{n}", "scale": "GCSE 9-1", "core": "Yes" if n == 0 else None} for n in range(9)]


def sessions(learner, *runs):
    """Weeks of marks from runs ``(last day, marks)``: the last mark is the afternoon of that day, others go back."""
    weeks = {}
    for last, marks in runs:
        for number, mark in enumerate(reversed(marks)):
            day = back(number // 2, last)
            key = KEYS[2 * day.weekday() + (number % 2 == 0)]
            weeks.setdefault(monday(day), {})[key] = mark
    return [{"learner_id": learner, "week": week, **marks} for week, marks in sorted(weeks.items())]


def attended(present, possible, late=0):
    """So many sessions, the absences first."""
    return "O" * (possible - present) + "/" * (present - late) + "L" * late


@pytest.mark.parametrize(("days", "open_", "left"), [(16, False, 4), (19, False, 1), (20, True, 0)])
def test_severe_with_a_core_subject_below_is_answered_for_twenty_school_days(days, open_, left):
    """14 of 36 sessions are 38.9%; English at 1 with a target of 9 is 8 points below."""
    held = book("A1", Subjects=CORE, Registers=sessions("A1", (back(21), attended(14, 36))), Progress=low("A1", 1),
                Contacts=[spoken("A1", back(days))])  # fmt: skip
    one = told(held)["A1"]
    assert [flag.code for flag in one.flags] == ["attendance_head", "core_below"]
    assert (one.open, one.tier, one.answer.days_left) == (open_, Tier.CONVERSATION, left)
    (mine,) = mentor_lists(held, ON)
    (strip,) = mine.severe
    spoken_on = (
        f"38.9%, spoken to {back(days).day} {back(days):%B}, comes back in {left} school day{'s' * (left != 1)}."
    )
    assert open_ or strip.where_it_stands == spoken_on


def test_never_spoken_to_and_severe_comes_before_six_reasons():
    """14 of 36 are 38.9%, two reasons; 39 of 55 are 70.9%, with late, below, core, effort and incidents six."""
    marks = sessions("A1", (ON, attended(14, 36))) + sessions("B1", (ON, attended(39, 55, late=3)))
    levels = [*low("A1", 1), *low("B1", 3), {"learner_id": "B1", "subject": "S8", "effort_1": 1}]
    held = book("B1", "A1", Subjects=CORE, Registers=marks, Progress=levels, Behaviour=incidents("B1", ON),
                Contacts=[spoken("Z1", ON)])  # fmt: skip
    found = told(held)
    assert [len(found[who].flags) for who in ("A1", "B1")] == [2, 6]
    assert order(held) == ["A1", "B1"] and found["A1"].tier is Tier.SEVERE and found["B1"].areas == 4
    assert found["A1"].where_it_stands == "38.9%. Not spoken to yet this year."


def test_severe_and_three_incidents_since_is_first_again():
    """17 of 84 sessions are 20.2%, then and now; no incident at the contact, three since."""
    held = book("A1", Registers=sessions("A1", (back(12), attended(17, 84))), Behaviour=incidents("A1", back(2)),
                Contacts=[spoken("A1", back(12))])  # fmt: skip
    one = told(held)["A1"]
    assert (one.tier, one.answer.worse) == (Tier.SEVERE, ("New: behaviour incidents.",))
    assert one.where_it_stands.startswith("20.2%. Spoken to on 11 November, worse since.")


@pytest.mark.parametrize(
    ("then", "since", "worse"),
    [
        ((80, 90), (8, 10), ()),  # 88.9% and 88 of 100: 0.9 points
        ((95, 102), (3, 7), ("Absence is persistent now.",)),  # 93.1% and 98 of 109: 89.9%
        ((26, 50), (0, 5), ("Absence is severe now.",)),  # 52% and 26 of 55: 47.3%, 4.7 points
        ((45, 50), (6, 10), ("Attendance this year went from 90% to 85%.",)),  # 51 of 60: exactly 5 points
        ((90, 100), (4, 10), ()),  # 94 of 110 are 85.5%: 4.5 points
        ((90, 100), (3, 10), ("Attendance this year went from 90% to 84.5%.",)),  # 93 of 110: 5.5 points
        ((96, 100), (3, 5), ()),  # 99 of 105 are 94.3%: only a look
    ],
)
def test_what_five_days_of_marks_do_to_an_answer(then, since, worse):
    marks = sessions("A1", (back(5), attended(*then)), (ON, attended(*since)))
    one = told(book("A1", Registers=marks, Contacts=[spoken("A1", back(5))]))["A1"]
    assert one.answer.worse == worse and one.open is bool(worse)


def test_lates_or_a_look_since_reopen_nothing_and_a_second_flag_does():
    """D = 3: three lates since; with one look before them that makes two reasons, and still no new conversation."""
    before, after = (back(3), attended(56, 60)), (ON, "LLL///")  # 93.3%, then 62 of 66: 93.9%
    held = book("A1", Registers=sessions("A1", before, after), Contacts=[spoken("A1", back(3))])
    one = told(held)["A1"]
    assert [flag.code for flag in one.flags] == ["attendance_look", "lates"] and not one.open
    assert {flag.band for flag in one.flags} == {"talk"} and {flag.answered for flag in one.flags} == {back(3)}
    again = book("A1", Registers=sessions("A1", before, after), Contacts=[spoken("A1", back(3))],
                 Behaviour=incidents("A1", ON))  # fmt: skip
    assert told(again)["A1"].answer.worse == ("New: behaviour incidents.",)
    assert told(again)["A1"].reasons == (
        "Spoken to on 24 November, worse since. New: 3 behaviour incidents in the last 10 school days. "
        "Attendance this year is 93.9%, below 95%. New: Late for 3 sessions in the last 10 school days."
    )
    assert {flag.answered for flag in flags(again, ON) if flag.nature == "concern"} == {None}


@pytest.mark.parametrize(("then", "now", "worse"), [(3, 4, True), (4, 3, False), (3, 3, False)])
def test_more_subjects_below_at_the_next_drop_end_an_answer(then, now, worse):
    """The first drop is of 2 October, the second of 18 November; the contact lies between, at D = 10."""
    rows = [{"learner_id": "A1", "subject": f"S{n}", "target": "9", "apl_1": "1" if n < then else "9",
             "apl_2": "1" if n < now else "9"} for n in range(6)]  # fmt: skip
    off = {"subjects_fell": None, "low_level_points": None}
    held = book("A1", Progress=rows, Contacts=[spoken("A1", back(10))], settings=off)
    said = (f"Below in {now} subjects instead of {then}.",) if worse else ()
    assert told(held)["A1"].answer.worse == said and told(held)["A1"].open is worse
    assert not worse or told(held)["A1"].reasons.startswith("Spoken to on 13 November, worse since. Worse: Below in 4")


def test_the_last_row_of_contacts_answers_whatever_an_earlier_one_promised():
    """The earlier one would hold to day 30 by its follow-up, the later one to day 20 only."""
    talks = [spoken("A1", back(24), follow_up_due=ON + timedelta(days=20)), spoken("A1", back(20))]
    held = book("A1", Registers=sessions("A1", (back(25), attended(40, 50))), Contacts=talks)
    assert told(held)["A1"].answer.memory is Memory.RUN_OUT
    assert told(book("A1", Registers=sessions("A1", (back(25), attended(40, 50))), Contacts=talks[:1]))[
        "A1"
    ].answer.holds


@pytest.mark.parametrize(
    ("weeks", "days", "open_"),
    [(1, 4, False), (1, 5, True), (8, 39, False), (8, 40, True), (0, 4, False), (0, 5, True), (12, 40, True)],
)
def test_the_setting_says_how_long_an_answer_lasts(weeks, days, open_):
    """One to eight school weeks, whatever is typed."""
    held = book("A1", Registers=sessions("A1", (back(41), attended(40, 50))), Contacts=[spoken("A1", back(days))],
                settings={"answer_weeks": weeks})  # fmt: skip
    assert told(held)["A1"].open is open_


def test_leavers_are_on_no_list_and_joiners_by_what_came_since():
    """L1 left with 40%; J1 joined 10 days ago: 16 of 20 sessions since are 80%, those before are not theirs."""
    marks = [*sessions("L1", (back(2), attended(16, 40))),
             *sessions("J1", (back(10), "O" * 30), (ON, attended(16, 20)))]  # fmt: skip
    people = [{"learner_id": "L1", "mentor": "J. Sample", "left": back(1)},
              {"learner_id": "J1", "mentor": "J. Sample", "started": back(9)}]  # fmt: skip
    held = book(Learners=people, Registers=marks, Contacts=[spoken("L1", back(1)), spoken("J1", back(12))])
    assert order(held) == ["J1"] and float(told(held)["J1"].attendance) == 80
    (mine,) = mentor_lists(held, ON)
    assert mine.line == "1 of 1 open; 0 answered" and not mine.severe


def test_strengths_have_as_many_places_as_the_list_and_quiet_learners_stand_first():
    """Two places; three met a target this week, of whom S3 alone was last spoken to 20 school days ago."""
    met = [{"learner_id": who, "target": "Ask", "status": "Met", "reviewed": back(1)} for who in ("S1", "S2", "S3")]
    talks = [spoken("S1", back(2)), spoken("S2", back(2)), spoken("S3", back(20)), spoken("T1", back(1))]
    held = book("S1", "S2", "S3", "T1", Targets=met, Contacts=talks, settings={"list_length": 2})
    (mine,) = mentor_lists(held, ON)
    assert [(one.learner_id, one.quiet) for one in mine.strengths] == [("S3", True), ("S1", False)]
    assert [one.learner_id for one in mine.more_strengths] == ["S2"]


def test_what_does_not_fit_is_counted_in_words():
    """Nine conversations and one answered: five and four."""
    held = book(*(f"B{n}" for n in range(9)), "D1", Progress=[row for n in range(9) for row in low(f"B{n}", 3)]
                + low("D1", 3), Behaviour=[row for n in range(9) for row in incidents(f"B{n}", ON)],
                Contacts=[spoken("D1", ON)])  # fmt: skip
    (mine,) = mentor_lists(held, ON)
    assert mine.numbers == "5 of 9 open; 1 answered · 4 next in line"


@pytest.mark.parametrize("asked", [0, 1, 5, 20, 99])
def test_a_list_has_one_to_twenty_places(asked):
    people = [f"B{n:02}" for n in range(25)]
    held = book(*people, Behaviour=[row for who in people for row in incidents(who, ON)],
                settings={"list_length": asked})  # fmt: skip
    (mine,) = mentor_lists(held, ON)
    assert len(mine.looks_now) == min(20, max(1, asked))


@pytest.mark.parametrize(
    ("by", "who"),
    [("the rule", "SABCL"), ("most reasons", "SBACL"), ("lowest attendance", "SCBAL")],
)
def test_a_college_chooses_the_order_within_a_tier(by, who):
    """S is severe and never spoken to, L has one look; A never at 89%; B at 60% with 3 areas and C at 55% run out."""
    marks = [row for one, present in (("S", 30), ("A", 89), ("B", 60), ("C", 55))
             for row in sessions(one, (ON, attended(present, 100)))]  # fmt: skip
    talks = [spoken("B", back(30)), spoken("C", back(30))]
    held = book(*"LCBAS", Registers=marks, Progress=low("B", 3), Contacts=talks, settings={"list_order": by},
                Behaviour=[*incidents("B", ON), *incidents("L", ON)])  # fmt: skip
    assert "".join(order(held)) == who


def test_what_the_lists_and_the_flags_say_as_data():
    """A strength of a learner with a concern stands on the list of strengths as well, with a place of its own."""
    met = [{"learner_id": "S", "target": "Ask", "status": "Met", "reviewed": back(1)}]
    held = book("S", Registers=sessions("S", (back(2), attended(14, 36))), Targets=met, Contacts=[spoken("S", back(2))])
    every = {flag.code: flag for flag in flag_list(held, ON).flags}
    severe, strength = every["attendance_head"], every["target_met"]
    assert (strength.standing, strength.place, strength.head_of_year) == ("strength", 1, None)
    said = f"Severe absence: 38.9%, spoken to {back(2).day} {back(2):%B}, comes back in 18 school days."
    assert (severe.standing, severe.place, severe.head_of_year) == ("answered", None, said)
    (mine,) = mentor_lists(held, ON)
    row = mine.as_row()
    assert [row[part][0]["learner_id"] for part in ("answered", "severe", "strengths")] == ["S"] * 3
    assert row["severe"][0]["for_head_of_year"] == said and row["severe"][0]["until"] == mine.severe[0].answer.until
    assert row["numbers"] == "0 of 0 open; 1 answered · 1 severe absence · 1 to praise"
