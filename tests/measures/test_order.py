"""Whom to see first: worked examples, by hand. Every weekday is a school day unless a test says otherwise.

D is the number of school days since the contact. The day of the lists is Friday 27 November 2026.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.measures.rows import KEYS, tracker
from workbook.measures import earlier
from workbook.measures.answer import Memory, got_worse
from workbook.measures.calendar import Calendar
from workbook.measures.contacts import UNRECORDED
from workbook.measures.earlier import LEVELS, Earlier, Then
from workbook.measures.flags import flags, found_in
from workbook.measures.mentor_list import mentor_lists
from workbook.measures.order import Tier, conversations
from workbook.measures.snapshot import Snapshot
from workbook.measures.week_page import week_page
from workbook.model.rules import AREAS, RULES, Nature

ON = date(2026, 11, 27)
FIRST = date(2026, 9, 7)
SEVERE = "OOOOOO////" * 2  # 8 of 20 attended: 40%
SUBJECTS = [{"subject": f"S{n}", "scale": "GCSE 9-1"} for n in range(9)]


def back(days, on=ON):
    """The day that lies so many school days before."""
    while days:
        on -= timedelta(days=1)
        days -= on.weekday() < 5
    return on


def marked(learner, marks, monday=FIRST):
    """Weeks of marks for a learner, from a run of sessions."""
    runs = [marks[n : n + 10] for n in range(0, len(marks), 10)]
    return [
        {"learner_id": learner, "week": monday + timedelta(weeks=n), **dict(zip(KEYS, run, strict=False))}
        for n, run in enumerate(runs)
    ]


def spoken(learner, day, **more):
    return {"learner_id": learner, "date": day, "with": "Home", **more}


def incidents(learner, day, count=3):
    return [{"learner_id": learner, "date": day}] * count


def low(learner, count):
    """Levels far below the target in so many subjects, since the drop of 2 October."""
    return [{"learner_id": learner, "subject": f"S{n}", "target": "9", "apl_1": "1"} for n in range(count)]


def book(*learners, settings=None, **tables):
    people = [{"learner_id": one, "year": 10, "mentor": "J. Sample"} for one in learners]
    settings = {"status_measure": "current against target"} | (settings or {})
    drops = [{"drop": 1, "date": date(2026, 10, 2)}, {"drop": 2, "date": date(2026, 11, 18)}]
    given = {"Terms": [], "Learners": people, "Subjects": SUBJECTS, "Drops": drops} | tables
    return tracker(settings, **given)


def told(held, on=ON):
    return {one.learner_id: one for one in conversations(held, on)}


def order(held, on=ON):
    return [one.learner_id for one in conversations(held, on) if one.open]


@pytest.mark.parametrize(
    ("days", "memory", "left"), [(0, "ANSWERED", 20), (16, "ANSWERED", 4), (19, "ANSWERED", 1), (20, "RUN_OUT", 0)]
)
def test_severe_absence_spoken_about_is_answered_for_four_weeks(days, memory, left):
    """Nothing new since: it stays answered to D = 19, then it is a conversation, no longer severe absence first."""
    held = book("A1", Registers=marked("A1", SEVERE), Progress=low("A1", 3), Contacts=[spoken("A1", back(days))])
    one = told(held)["A1"]
    assert (one.answer.memory, one.answer.days_left) == (Memory[memory], left)
    assert one.severe and (one.open, one.tier) == (days == 20, Tier.CONVERSATION)
    (mine,) = mentor_lists(held, ON)
    assert [each.learner_id for each in mine.severe] == ["A1"]  # whichever part it stands in
    assert {flag.answered for flag in flags(held, ON)} == {None if days == 20 else back(days)}


def test_severe_absence_never_spoken_about_comes_first_whatever_others_have():
    many = marked("B1", "O////////L" * 2 + "L" * 4) + marked("A1", SEVERE)
    held = book("B1", "A1", Registers=many, Progress=low("B1", 5), Behaviour=incidents("B1", ON))
    assert order(held) == ["A1", "B1"]
    assert told(held)["A1"].tier is Tier.SEVERE and told(held)["B1"].tier is Tier.CONVERSATION


def test_severe_absence_that_got_worse_is_first_tier_again():
    held = book("A1", Registers=marked("A1", "O" * 16 + "////" + "////"), Behaviour=incidents("A1", back(3)),
                Contacts=[spoken("A1", back(12))])  # fmt: skip
    one = told(held)["A1"]
    assert (one.tier, one.answer.memory) == (Tier.SEVERE, Memory.WORSE)
    assert one.answer.worse == ("New: behaviour incidents.",) and "worse since" in one.why_now


def then(percent, *codes, **values):
    return Then(Fraction(str(percent)), True, dict.fromkeys(codes) | values)


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (then("88.9", "attendance_talk"), then("88.0", "attendance_talk"), False),
        (then("93.1", "attendance_look"), then("89.9", "attendance_talk"), True),
        (then("52", "attendance_talk"), then("49.9", "attendance_head"), True),
        (then("49.9", "attendance_head"), then("52", "attendance_talk"), False),  # better, though the word is another
        (then("89.0", "attendance_talk"), then("84.0", "attendance_talk"), True),
        (then("89.0", "attendance_talk"), then("84.1", "attendance_talk"), False),
        (then("99.0"), then("96.0", "lates"), False),
        (then("96.0"), then("94.9", "attendance_look"), False),
        (then("99.0", progress_below=3), then("99.0", progress_below=4), True),
        (then("99.0", progress_below=4), then("99.0", progress_below=3), False),
        (then("99.0", effort_lowest=1), then("99.0", effort_lowest=2), True),
        (then("99.0"), then("99.0", "attendance_fall"), True),
        (then("99.0"), then("99.0", "core_below"), True),
        (then("99.0", "progress_fell"), then("99.0"), False),
    ],
)
def test_what_ends_an_answer_early(before, now, worse):
    assert bool(list(got_worse(Snapshot(book("A1"), ON), now, before))) is worse


@pytest.mark.parametrize("judged", [(True, True), (True, False), (False, True)])
def test_attendance_is_compared_where_both_days_can_be_judged(judged):
    before, now = (Then(Fraction(percent), can) for percent, can in zip((100, 80), judged, strict=True))
    assert bool(list(got_worse(Snapshot(book("A1"), ON), now, before))) is all(judged)


def test_the_next_register_mark_forgets_nothing():
    """A contact on the day answers, one after it does not, and a mark of the day after changes nothing."""
    talk = "O////" * 10  # 80%, 50 sessions: to Friday 9 October
    contact = spoken("A1", date(2026, 10, 9), **{"with": "Seen, no action"})
    for marks in (talk, talk + "O/"):
        held = book("A1", Registers=marked("A1", marks), Contacts=[contact])
        assert told(held, date(2026, 10, 12))["A1"].answer.holds
    assert told(held, date(2026, 10, 9))["A1"].answer.holds
    assert told(held, date(2026, 10, 8))["A1"].answer.memory is Memory.NEVER


def test_a_late_mark_for_a_day_before_the_answer_reopens_nothing():
    """The third incident is dated the day before the contact, whenever it was typed."""
    talk = {"Registers": marked("A1", "O////" * 10), "Contacts": [spoken("A1", back(5))]}
    assert told(book("A1", Behaviour=incidents("A1", back(6)), **talk))["A1"].answer.holds
    assert told(book("A1", Behaviour=incidents("A1", back(4)), **talk))["A1"].open


@pytest.mark.parametrize(
    ("contact", "follow_up", "open_"),
    [(25, 30, False), (29, 30, False), (30, 30, True), (31, 30, True), (39, 60, False), (40, 60, True), (5, 2, False)],
)
def test_a_later_follow_up_puts_the_end_off_to_eight_weeks_at_most(contact, follow_up, open_):
    day = back(contact)
    due = back(contact - follow_up) if contact >= follow_up else day
    while Calendar(book("A1")).days_after(day, due) < follow_up:
        due += timedelta(days=1)
    held = book("A1", Registers=marked("A1", SEVERE), Contacts=[spoken("A1", day, follow_up_due=due)])
    assert told(held)["A1"].open is open_


def test_holidays_do_not_use_an_answer_up():
    terms = [{"kind": "Term", "start": FIRST, "end": date(2026, 10, 30)},
             {"kind": "Term", "start": date(2026, 11, 16), "end": date(2026, 12, 18)}]  # fmt: skip
    held = book("A1", Terms=terms, Registers=marked("A1", SEVERE), Contacts=[spoken("A1", date(2026, 10, 30))])
    assert told(held, date(2026, 11, 16))["A1"].answer.days_left == 19


def test_within_a_tier():
    """X never, Y run out, Z worse; then areas, attendance (blank last), ID."""
    marks = [
        *marked("X", "O" * 11 + "/" * 89), *marked("Y", "O" * 40 + "/" * 60), *marked("Z", "O" * 45 + "/" * 55),
        *marked("U", "/" * 70 + "O" * 30), *marked("W", "O" * 6 + "/" * 94),
    ]  # fmt: skip
    levels = [*low("Y", 3), *low("Z", 3), {"learner_id": "Z", "subject": "S8", "effort_1": 1},
              {"learner_id": "W", "subject": "S8", "effort_1": 1}]  # fmt: skip
    events = [*incidents("Y", back(1)), *incidents("Z", back(1))]
    talks = [spoken("Y", back(30)), spoken("Z", back(8)), spoken("U", back(30)), spoken("W", back(30))]
    held = book("U", "W", "X", "Y", "Z", Registers=marks, Progress=levels, Behaviour=events, Contacts=talks)
    found = told(held)
    assert {who: (one.answer.memory.name, one.areas) for who, one in found.items()} == {
        "X": ("NEVER", 1), "Y": ("RUN_OUT", 3), "Z": ("WORSE", 4), "U": ("RUN_OUT", 1), "W": ("RUN_OUT", 2),
    }  # fmt: skip
    assert order(held) == ["X", "Y", "W", "U", "Z"]


def test_equal_areas_go_by_attendance_then_by_learner():
    events = [one for who in ("D", "C", "B", "A") for one in incidents(who, ON)]
    marks = [*marked("A", "O" + "/" * 19), *marked("B", "OO" + "/" * 18), *marked("C", "O" + "/" * 19)]
    levels = [one for who in "DCBA" for one in low(who, 3)]
    off = {"attendance_talk": None, "attendance_look": None}
    held = book("D", "C", "B", "A", Registers=marks, Progress=levels, Behaviour=events, settings=off)
    assert [(who, told(held)[who].areas) for who in order(held)] == [("B", 2), ("A", 2), ("C", 2), ("D", 2)]


@pytest.mark.parametrize(
    ("severe", "talks", "looks", "now", "looks_now", "waiting", "line"),
    [
        (0, 3, 4, 3, 2, 0, "5 of 7 open; 1 answered"),
        (0, 9, 0, 5, 0, 4, "5 of 9 open; 1 answered"),
        (1, 9, 0, 5, 0, 5, "5 of 10 open; 1 answered"),
    ],
)
def test_a_list_has_room_for_five_and_counts_the_rest(severe, talks, looks, now, looks_now, waiting, line):
    severes, several = [f"A{n}" for n in range(severe)], [f"B{n}" for n in range(talks)]
    single = [f"C{n}" for n in range(looks)]
    held = book(
        *severes, *several, *single, "D1", "E1",
        Registers=[row for who in severes for row in marked(who, SEVERE)],
        Progress=[row for who in [*several, "D1"] for row in low(who, 3)],
        Behaviour=[row for who in [*several, *single] for row in incidents(who, ON)],
        Contacts=[spoken("D1", ON)],
    )  # fmt: skip
    (mine,) = mentor_lists(held, ON)
    assert (len(mine.now), len(mine.looks_now), len(mine.next), mine.line) == (now, looks_now, waiting, line)
    assert [one.tier for one in mine.now[:1]] == [Tier.SEVERE if severe else Tier.CONVERSATION]
    assert len(mine.looks) == looks - looks_now and [one.learner_id for one in mine.answered] == ["D1"]


def test_quiet_learners_fill_places_that_are_left():
    held = book("A1", "B1", Behaviour=incidents("A1", ON), Contacts=[spoken("A1", FIRST), spoken("Z9", FIRST)])
    (mine,) = mentor_lists(held, ON)
    assert [one.learner_id for one in (*mine.looks_now, *mine.hello)] == ["A1", "B1"]


@pytest.mark.parametrize(("since", "waiting"), [(9, False), (10, True)])
def test_two_weeks_without_a_contact_are_said(since, waiting):
    """Three incidents a day on the last days of a long run: a talk with the levels from the first of them."""
    events = [one for days in range(since + 1) for one in incidents("A1", back(days))]
    given = {"Progress": low("A1", 3), "Behaviour": events}
    assert told(book("A1", "B1", Contacts=[spoken("B1", back(12))], **given))["A1"].waiting is waiting
    assert not told(book("A1", "B1", Contacts=[spoken("B1", back(12)), spoken("A1", back(3))], **given))["A1"].waiting


@pytest.mark.parametrize(
    ("contacts", "recorded", "waiting"),
    [
        ([], False, False),
        ([spoken("B1", ON + timedelta(days=1))], False, False),  # dated ahead: not yet
        ([spoken("B1", date(2026, 6, 30))], False, False),  # last year's
        ([spoken("B1", None)], False, False),
        ([spoken("B1", back(9))], True, False),  # recorded for nine days, so nobody waits for ten
        ([spoken("B1", back(10))], True, True),
    ],
)
def test_nobody_waits_for_longer_than_contacts_are_recorded(contacts, recorded, waiting):
    """A1 is open for fourteen school days. What nobody recorded is said once, and never of a learner."""
    events = [one for days in range(15) for one in incidents("A1", back(days))]
    held = book("A1", "B1", Progress=low("A1", 3), Behaviour=events, Contacts=contacts)
    one = told(held)["A1"]
    assert one.waiting is waiting and one.why_now == ("Not spoken to yet this year." if recorded else "")
    assert one.reasons.startswith("Not spoken" if recorded else "Below")
    found = found_in(Snapshot(held, ON))
    for page in (week_page(found), week_page(found, "J. Sample")):
        assert page.line.count(UNRECORDED) == (not recorded)
        assert ("Waiting" in page.due[0].reason) is waiting and page.due[0].what == "Talk with the learner"
    assert {one.note for one in mentor_lists(held, ON)} == {"" if recorded else UNRECORDED}
    codes = {flag.code for flag in found.flags}
    assert ("no_contact" in codes) is recorded


def test_a_reason_of_this_week_is_new():
    held = book("A1", Progress=low("A1", 3), Behaviour=incidents("A1", back(4)))
    assert {flag.code: flag.new for flag in flags(held, ON)} == {"progress_below": False, "incidents": True}
    assert not any(flag.new for flag in flags(held, ON + timedelta(days=7)))


def test_a_concern_that_no_short_way_looks_up_is_traced_by_its_own_rule(monkeypatch):
    events = [
        *incidents("A1", back(20)),
        *incidents("B1", back(4)),
        *incidents("C1", back(12), 5),
        *incidents("C1", back(3)),
    ]
    held = book("A1", "B1", "C1", Progress=low("A1", 3), Behaviour=events, Contacts=[spoken("C1", back(9))])

    def news():
        return {(one.learner_id, one.code): (one.new, one.answered, one.place) for one in flags(held, ON)}

    told = news()
    assert {new for new, _, _ in told.values()} == {True, False}
    monkeypatch.setattr(Earlier, "_add_incidents", lambda *_: None)
    monkeypatch.setattr(earlier, "_TRACED", earlier._TRACED - {"incidents"})
    assert news() == told


def test_every_concern_lies_in_one_area():
    concerns = {rule.code for rule in RULES if rule.nature is Nature.CONCERN}
    assert set().union(*AREAS.values()) == concerns
    assert sum(map(len, AREAS.values())) == len(concerns) and AREAS["progress"] | AREAS["effort"] == LEVELS
