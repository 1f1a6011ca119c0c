"""More worked cases of whom to see first: each figure was worked out by hand from the rule, before the code was asked.

Every weekday is a school day where no term is given; D is the number of school days since the contact. The day of the
lists is Friday 27 November 2026, so Friday 30 October is D = 20, as are the two days after it; Monday 2 November is 19.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.measures.test_order import FIRST, ON, back, book, incidents, order, spoken, told
from tests.measures.test_worked_examples import attended, sessions
from workbook.measures.answer import Memory
from workbook.measures.calendar import Calendar
from workbook.measures.flags import flags
from workbook.measures.mentor_list import mentor_lists
from workbook.measures.order import Tier
from workbook.measures.week import week

SEVERE = attended(14, 36)  # 38.9%
TALK = attended(40, 50)  # 80%
HOLIDAY = [{"kind": "Term", "start": FIRST, "end": date(2026, 10, 30)},
           {"kind": "Term", "start": date(2026, 11, 16), "end": date(2026, 12, 18)}]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "open_"),
    [(date(2026, 10, 30), True), (date(2026, 10, 31), True), (date(2026, 11, 1), True), (date(2026, 11, 2), False)],
)
def test_a_contact_at_a_weekend_counts_from_the_monday_after(day, open_):
    held = book("A1", Registers=sessions("A1", (back(21), TALK)), Contacts=[spoken("A1", day)])
    assert told(held)["A1"].open is open_


@pytest.mark.parametrize("day", [date(2026, 10, 30), date(2026, 11, 4), date(2026, 11, 15)])
def test_two_weeks_of_holiday_are_no_days_of_an_answer(day):
    """16 to 20 November are 1 to 5, 27 November is 10, Friday 11 December the 20th: on it the learner comes back."""
    marks = sessions("A1", (date(2026, 10, 30), TALK))
    held = book("A1", Terms=HOLIDAY, Registers=marks, Contacts=[spoken("A1", day)])
    one = told(held)["A1"].answer
    assert (one.holds, one.days_left, one.until) == (True, 10, date(2026, 12, 11))
    assert told(held, date(2026, 12, 10))["A1"].answer.holds and told(held, date(2026, 12, 11))["A1"].open


def test_of_two_contacts_on_a_day_the_lower_row_counts():
    """D = 20 for both; a follow-up in eight weeks puts the end off only where it stands in the lower one."""
    later = spoken("A1", back(20), follow_up_due=ON + timedelta(days=28))
    marks = sessions("A1", (back(21), TALK))
    assert told(book("A1", Registers=marks, Contacts=[later, spoken("A1", back(20))]))["A1"].open
    assert told(book("A1", Registers=marks, Contacts=[spoken("A1", back(20)), later]))["A1"].answer.holds


def test_a_contact_dated_ahead_answers_nothing_yet():
    """Spoken to at D = 25, run out; the row of Monday is still to come. Severe, but spoken about: a conversation."""
    talks = [spoken("A1", back(25)), spoken("A1", ON + timedelta(days=3))]
    one = told(book("A1", Registers=sessions("A1", (back(26), SEVERE)), Contacts=talks))["A1"]
    assert (one.answer.memory, one.tier, one.answer.contact.day) == (Memory.RUN_OUT, Tier.CONVERSATION, back(25))


def test_severe_and_run_out_stands_behind_who_was_never_spoken_to_and_worse_stands_before():
    """S at 38.9% and spoken to at D = 25; N at 80% never. With three incidents since, S is the first tier again."""
    marks = [*sessions("S", (back(26), SEVERE)), *sessions("N", (back(26), TALK))]
    given = {"Registers": marks, "Contacts": [spoken("S", back(25))]}
    assert order(book("S", "N", **given)) == ["N", "S"]
    worse = book("S", "N", Behaviour=incidents("S", back(2)), **given)
    assert order(worse) == ["S", "N"]
    assert (told(worse)["S"].tier, told(worse)["S"].answer.memory) == (Tier.SEVERE, Memory.RUN_OUT)


def test_a_conversation_answered_long_ago_comes_before_a_look_never_taken():
    held = book("L", "T", Registers=sessions("T", (back(26), TALK)), Behaviour=incidents("L", ON),
                Contacts=[spoken("T", back(25))])  # fmt: skip
    assert order(held) == ["T", "L"] and [told(held)[who].tier for who in "TL"] == [Tier.CONVERSATION, Tier.LOOK]


def test_two_light_reasons_are_a_conversation():
    """Three incidents and effort at the lowest in one subject: neither is a talk alone, two areas are."""
    held = book("A1", Behaviour=incidents("A1", ON), Progress=[{"learner_id": "A1", "subject": "S1", "effort_1": 1}])
    assert (told(held)["A1"].tier, told(held)["A1"].areas) == (Tier.CONVERSATION, 2)


def test_an_intervention_under_way_answers_nothing():
    """What is in place is no conversation: only a contact answers."""
    help_ = [{"learner_id": "A1", "type": "Mentoring", "start": back(10), "review_due": ON + timedelta(days=30)}]
    held = book("A1", Registers=sessions("A1", (back(1), SEVERE)), Interventions=help_)
    assert (told(held)["A1"].tier, told(held)["A1"].answer.memory) == (Tier.SEVERE, Memory.NEVER)


def test_the_strip_of_severe_absence_is_never_cut():
    """Seven never spoken to, one answered at D = 3: five on the list, two next, eight on the strip."""
    people = [f"S{n}" for n in range(8)]
    marks = [row for n, who in enumerate(people) for row in sessions(who, (back(4), attended(14 - n, 36)))]
    held = book(*people, Registers=marks, Contacts=[spoken("S7", back(3))])
    (mine,) = mentor_lists(held, ON)
    assert [one.learner_id for one in mine.now] == ["S6", "S5", "S4", "S3", "S2"]  # the lowest attendance first
    assert [one.learner_id for one in mine.next] == ["S1", "S0"] and len(mine.severe) == 8
    assert mine.numbers == "5 of 7 open; 1 answered · 2 next in line · 8 severe absence"
    assert len([due for due in week(held, ON) if due.what == "For the Head of Year"]) == 3  # none is out of sight


def test_each_mentor_has_a_list_and_so_have_those_without_one():
    """Six talks of A, one of B in small letters and spaces, one of nobody: 5 of 6, 1 of 1, 1 of 1."""
    mentors = dict.fromkeys([f"A{n}" for n in range(6)], "A. Bell") | {"B1": "b. day ", "B2": "B. Day", "C1": None}
    people = [{"learner_id": who, "year": 10, "mentor": name} for who, name in mentors.items()]
    marks = [row for who in mentors if who != "B2" for row in sessions(who, (back(1), TALK))]
    lists = mentor_lists(book(Learners=people, Registers=marks), ON)
    assert sorted(one.line for one in lists) == ["1 of 1 open; 0 answered"] * 2 + ["5 of 6 open; 0 answered"]
    assert len(lists) == 3


def test_two_look_places_are_left_and_the_lower_attendance_has_the_first():
    """Three talks, three looks of one area each, never spoken to: 94%, 92.5%, no register; two fit, one waits."""
    talks, light = [f"T{n}" for n in range(3)], {"L1": (94, 100), "L2": (37, 40)}
    marks = [row for who in talks for row in sessions(who, (back(1), TALK))]
    marks += [row for who, share in light.items() for row in sessions(who, (back(1), attended(*share)))]
    held = book(*talks, *light, "L0", Registers=marks, Behaviour=incidents("L0", ON))
    (mine,) = mentor_lists(held, ON)
    assert [one.learner_id for one in (*mine.looks_now, *mine.looks)] == ["L2", "L1", "L0"]
    assert mine.line == "5 of 6 open; 0 answered"


@pytest.mark.parametrize(("third", "new"), [(4, True), (5, False)])
def test_new_is_what_was_not_there_five_school_days_before(third, new):
    """The third incident within ten school days makes the flag: on back(5) it was there already."""
    events = [*incidents("A1", back(6), 2), *incidents("A1", back(third), 1)]
    (flag,) = flags(book("A1", Behaviour=events), ON)
    assert (flag.code, flag.new) == ("incidents", new)


def test_fewer_subjects_below_and_another_one_instead_reopen_nothing():
    """Two subjects below at the contact, two others now: not more of them."""
    rows = [{"learner_id": "A1", "subject": f"S{n}", "target": "9", "apl_1": "1" if n < 2 else "9",
             "apl_2": "1" if 2 <= n < 4 else "9"} for n in range(5)]  # fmt: skip
    off = {"subjects_fell": None, "low_level_points": None, "progress_fell": None}
    held = book("A1", Progress=rows, Contacts=[spoken("A1", back(10))], settings=off)
    assert "A1" not in told(held) or told(held)["A1"].answer.worse == ()


def test_who_left_yesterday_is_on_no_list_and_who_leaves_today_still_is():
    people = [{"learner_id": who, "mentor": "J. Sample", "left": day} for who, day in (("L1", back(1)), ("L2", ON))]
    marks = [row for who in ("L1", "L2") for row in sessions(who, (back(2), SEVERE))]
    assert order(book(Learners=people, Registers=marks)) == ["L2"]


def test_a_contact_of_last_year_is_none_of_this_one():
    """1 July 2026 lies before the year: severe and never spoken to this year, though its follow-up is still to come."""
    old = spoken("A1", date(2026, 7, 1), follow_up_due=ON + timedelta(days=7))
    held = book("A1", Registers=sessions("A1", (back(1), SEVERE)), Contacts=[old, spoken("Z1", back(1))])
    one = told(held)["A1"]
    assert (one.tier, one.answer.memory, one.why_now) == (Tier.SEVERE, Memory.NEVER, "Not spoken to yet this year.")


def test_a_follow_up_beyond_a_holiday_ends_the_answer_on_its_own_day():
    """Spoken to on 9 October: 15 school days to the holiday, 35 to 11 December, 39 to Thursday 17 December.

    Without the follow-up it would have run out at 20; the holiday between is none of the forty days that it may last.
    """
    held = book("A1", Terms=HOLIDAY, Registers=sessions("A1", (date(2026, 10, 9), TALK)),
                Contacts=[spoken("A1", date(2026, 10, 9), follow_up_due=date(2026, 12, 17))])  # fmt: skip
    assert Calendar(held).days_after(date(2026, 10, 9), date(2026, 12, 17)) == 39
    assert told(held)["A1"].answer.until == date(2026, 12, 17)
