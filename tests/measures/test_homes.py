"""The homes of the questions that commands, sheets and reports ask, each by figures worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.measures.rows import KEYS, WEEK, tracker
from workbook.checks.dates import IN_ORDER
from workbook.measures import patterns
from workbook.measures.answer import last_contacts
from workbook.measures.average import averaged
from workbook.measures.calendar import Calendar
from workbook.measures.computed import computed
from workbook.measures.computed_keys import learner_names
from workbook.measures.contacts import contact_day
from workbook.measures.data_date import HAPPENED, drop_dates, last_date
from workbook.measures.effort import best_order, lowest_order
from workbook.measures.interventions import awaits_review, group_key, is_running
from workbook.measures.learners import Learners, called, id_key
from workbook.measures.patterns import told
from workbook.measures.roll import Roll
from workbook.measures.sessions import Tally
from workbook.measures.snapshot import Snapshot
from workbook.measures.targets import is_open, met_lately, met_on
from workbook.model import CellError, defaults
from workbook.model.academic_year import begins
from workbook.model.date_windows import window_of
from workbook.model.marks import is_missing
from workbook.reports.content.learner import contexts

DAY = date(2026, 11, 12)


# The data day: what has happened counts, what is planned does not.


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in HAPPENED.items() for key in keys])
def test_what_has_happened_moves_the_data_day(table, key):
    assert last_date(tracker(**{table: [{"learner_id": "A1", key: DAY}]})) == DAY


def test_the_columns_of_what_has_happened_are_these():
    assert {(table, key) for table, keys in HAPPENED.items() for key in keys} == {
        ("Behaviour", "date"), ("Contacts", "date"), ("Achievements", "date"), ("PDevidence", "date"),
        ("Targets", "set_on"), ("Targets", "reviewed"), ("Workexperience", "health_and_safety"),
        ("Workexperience", "insurance"), ("Workexperience", "consent"), ("Transition", "applied"),
        ("Transition", "offer_date"), ("Transition", "evidence"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key"),
    [("Targets", "due"), ("Interventions", "review_due"), ("Diary", "date"), ("Workexperience", "visit")],
)
def test_what_is_planned_does_not_move_the_data_day(table, key):
    who = {} if table == "Diary" else {"learner_id": "A1"}
    assert last_date(tracker(**{table: [{**who, key: DAY}]})) == date(2026, 9, 1)


def test_a_code_typed_ahead_does_not_move_the_data_day():
    # Monday's mark is of a session, Friday's Y1 is of none (not counted as possible)
    rows = [{"learner_id": "A1", "week": WEEK + timedelta(weeks=1), "mon_am": "/", "fri_am": "Y1", "fri_pm": " "}]
    assert last_date(tracker(Registers=rows)) == date(2026, 9, 14)
    assert last_date(tracker(Registers=[rows[0] | {"fri_pm": "\\"}])) == date(2026, 9, 18)


def test_a_mark_of_a_closed_day_does_not_move_the_data_day():
    rows = [{"learner_id": "A1", "week": WEEK, "mon_am": "/"},
            {"learner_id": "A1", "week": date(2026, 12, 21), "thu_am": "/"}]  # fmt: skip
    assert last_date(tracker(Registers=rows)) == WEEK


def test_marks_after_a_learner_left_do_not_move_the_data_day():
    people = [{"learner_id": "A1", "left": WEEK + timedelta(days=1)}]
    row = {"learner_id": "A1", "week": WEEK, "mon_am": "/", "tue_pm": "\\", "fri_am": "O"}
    assert last_date(tracker(Learners=people, Registers=[row])) == WEEK + timedelta(days=1)


@pytest.mark.parametrize("given", [{"effort_1": "3"}, {"apl_1": "4"}])
def test_an_effort_or_a_level_alone_makes_a_drop_count(given):
    made = tracker(Progress=[{"learner_id": "A1", "subject": "Maths", **given}])
    assert last_date(made) == drop_dates(made)[1] == drop_dates(made, given_only=True)[1]
    assert drop_dates(tracker(), given_only=True) == {}


# Open and met targets, running interventions, groups.


@pytest.mark.parametrize("status", ["Open", "open", " OPEN ", None, "", " ", "\t", "\u00a0", "\n", "Open\u00a0"])
def test_a_blank_or_open_status_is_open(status):
    assert is_open(status)


@pytest.mark.parametrize("status", ["Met", "met ", "Not met", "Stopped", CellError("#N/A"), 1])
def test_any_other_status_is_not_open(status):
    assert not is_open(status)


def test_a_target_is_met_on_its_review_else_its_due_date_and_lately_within_the_window():
    due, reviewed = date(2026, 10, 1), date(2026, 10, 9)
    assert (met_on("Met", reviewed, due), met_on("met", None, due)) == (reviewed, due)
    assert (met_on("Open", reviewed, due), met_on(None, None, due)) == (None, None)
    assert met_lately("Met", None, due, due + timedelta(days=28), 28) == due
    assert met_lately("Met", None, due, due + timedelta(days=29), 28) is None
    assert met_lately("Met", None, due, due - timedelta(days=1), 28) is None
    assert met_lately("Met", None, due, due, None) is None


def test_an_intervention_runs_from_its_first_to_its_last_day():
    first, last, one = date(2026, 10, 1), date(2026, 10, 9), timedelta(days=1)
    assert [is_running(first, last, day) for day in (first - one, first, last, last + one)] == [0, 1, 1, 0]
    assert is_running(None, None, first) and is_running(None, last, first) and not is_running(last, None, first)


def test_a_review_is_awaited_until_there_is_an_outcome_or_the_end():
    on = date(2026, 10, 9)
    assert awaits_review(None, None, on) and awaits_review(on, "goes on", on) and awaits_review(None, " ", on)
    assert not awaits_review(on - timedelta(days=1), None, on) and not awaits_review(None, "Worked", on)


GROUP = {
    "Interventions": [{"group": "Breakfast\u00a0 club", "type": "Attendance", "start": WEEK}],
    "Groups": [{"group": " breakfast club", "learner_id": "A1"}],
    "Contacts": [{"learner_id": "A1", "date": DAY}],
}


@pytest.mark.parametrize(
    ("joined", "left", "inside"),
    [(None, None, True), (DAY, None, True), (DAY + timedelta(days=1), None, False), (WEEK, DAY, True),
     (WEEK, DAY - timedelta(days=1), False)],
)  # fmt: skip
def test_a_groups_intervention_is_that_of_its_members_of_the_day(joined, left, inside):
    made = tracker(**GROUP | {"Groups": [GROUP["Groups"][0] | {"joined": joined, "left": left}]})
    assert Snapshot(made, DAY).supported == ({0} if inside else set())
    assert len(next(contexts(made, DAY))["intervention"]) == inside
    figures = computed(made, ("Groups", "Interventions"))
    assert figures["Interventions"]["running"] == ["Group: Breakfast club"]
    assert figures["Groups"]["in_group"] == (["breakfast club"] if inside else [None])
    assert group_key("Breakfast\u00a0 club") == "breakfast club"


def test_a_report_shows_open_targets_only():
    rows = [{"learner_id": "A1", "target": word, "status": status, "due": DAY}
            for word, status in (("A", "Open"), ("B", None), ("C", "Met"), ("D", "Not met"))]  # fmt: skip
    context = next(contexts(tracker(Targets=rows), DAY))
    assert [one["target"] for one in context["open_target"]] == ["A", "B"]


# Contacts and averages.


def test_a_contact_counts_in_its_year_up_to_the_day():
    year, one = (date(2026, 9, 1), date(2027, 8, 31)), timedelta(days=1)
    days = [year[0] - one, year[0], DAY, DAY + one, date(2028, 1, 10), None, "1 May"]
    assert [contact_day(day, year, DAY) for day in days] == [None, year[0], DAY, None, None, None, None]


def test_of_contacts_on_one_day_the_lowest_row_is_the_last():
    rows = [{"learner_id": "A1", "date": DAY, "with": word} for word in ("Home", "Learner")]
    rows.append({"learner_id": "A1", "date": DAY - timedelta(days=1), "with": "Staff"})
    assert {who: one.with_ for who, one in last_contacts(Snapshot(tracker(Contacts=rows), DAY)).items()} == {
        0: "Learner"
    }


@dataclass
class Levelled:
    scale: str
    points: list[float | None]
    baseline: float | None = 3
    target: float | None = 5


def test_an_average_is_over_the_same_subjects_of_one_scale_at_every_drop():
    whole = [Levelled("9-1", [4, 5, None]), Levelled("9-1 ", [2, 4, None])]
    gap, aimless, other = (
        Levelled("9-1", [None, 9, None]),
        Levelled("9-1", [8, 8, None], None),
        Levelled("APL", [9, 9, 9]),
    )
    for one in (*whole, gap, aimless, other):
        one.points += [None] * 3
        one.scale = one.scale.strip()
    found = averaged([*whole, gap, aimless, other])
    assert found.subjects == whole and found.aimed and found.usual == [1, 2]
    assert [found.average(drop) for drop in (1, 2, 3)] == [3, 4.5, None]
    assert averaged([aimless, other]).subjects == [aimless] and not averaged([aimless]).aimed
    assert averaged([Levelled("", [4] * 6)]).subjects == []


def test_a_pattern_is_told_once_there_are_sessions_enough_and_with_caution_where_little_is_missed():
    came, missed = Tally(2, 2, 0, 0), Tally(2, 1, 1, 0)
    week = [came, missed] * 5  # 20 possible, 5 afternoons missed
    assert told(week, "", 21) == patterns.TOO_EARLY and told([came] * 10, "", 20) == patterns.NONE_MISSED
    words = told(week, "Tuesday", 20)
    assert "mornings 0 of 10, afternoons 5 of 10" in words and "(Tuesday) 1 of 4, on other days 4 of 16" in words
    assert words.endswith(patterns.CAUTION) is (patterns.FEW > 5)
    assert not told([Tally(4, 2, 2, 0)] * 10, "", 20).endswith(patterns.CAUTION)
    assert told([Tally(0, 0, 0, 0)] * 10, "", 20) == ""


# On roll, the same learner, sessions.


def test_on_roll_from_the_first_to_the_last_day():
    first, last, one = date(2026, 10, 1), date(2026, 10, 9), timedelta(days=1)
    learners = Learners(tracker(Learners=[{"learner_id": "A1", "started": first, "left": last}]))
    assert [len(learners.on_roll(day)) for day in (first - one, first, last, last + one)] == [0, 1, 1, 0]
    muddled = Learners(tracker(Learners=[{"learner_id": "A1", "started": last, "left": first}]))
    assert len(muddled.on_roll(DAY)) == 1  # one of the dates is wrong, so neither is a measure


@pytest.mark.parametrize("preferred", [None, "", " ", "\u00a0", "\t"])
def test_a_learner_without_a_preferred_name_to_see_goes_by_the_first_name(preferred):
    row = {"learner_id": "A1", "first_name": " Amira", "surname": "Khan", "preferred_name": preferred}
    made = tracker(Learners=[row])
    assert (called(preferred, " Amira"), called(" Mira ", "Amira")) == ("Amira", "Mira")
    assert learner_names(made) == ["Amira Khan"]
    assert next(contexts(made, DAY))["learner"]["name"] == "Amira Khan"


@pytest.mark.parametrize("typed", [10001, 10001.0, "10001", " 10001 "])
def test_an_id_is_the_same_however_it_was_typed(typed):
    assert Learners(tracker(Learners=[{"learner_id": typed}])).find("10001") == 0
    assert id_key(typed) == "10001" and id_key("ab1") == id_key("AB1")


def test_half_term_six_is_left_out_for_the_last_year_only():
    made = tracker({"leave_out_study_leave": "Yes"}, Learners=[{"learner_id": str(n), "year": n} for n in (10, 11)])
    calendar, learners = Calendar(made), Learners(made)
    roll, last = Roll(made, learners, calendar), calendar.half_terms[-1]
    assert not calendar.is_school_day(last.start - timedelta(days=1)) and calendar.is_school_day(last.start)
    assert [roll.counts(place, last.start) for place in (0, 1, None)] == [True, False, True]
    before = calendar.days_before(last.start, 1)
    assert [roll.counts(place, before) for place in (0, 1)] == [True, True]
    assert [roll.pattern(place, last.start) for place in (0, 1)].count("0" * 10) == 1


def test_a_closed_day_and_a_holiday_have_no_school():
    calendar = Calendar(tracker())
    assert not calendar.is_school_day(date(2026, 12, 25)) and not calendar.is_school_day(date(2026, 10, 30))
    assert calendar.is_school_day(WEEK) and not calendar.is_school_day(date(2026, 9, 12))
    rows = [*defaults.terms(), {"name": "INSET", "kind": "Closed", "start": WEEK, "end": WEEK}]
    assert not Calendar(tracker(Terms=rows)).is_school_day(WEEK)
    assert Calendar(tracker(Terms=[])).is_school_day(date(2026, 10, 30))  # without terms every weekday is one


# Marks, the year, effort, order of dates.


@pytest.mark.parametrize("mark", [None, "", " ", "\t", "\u00a0", "-", " - ", "–", "—", "\u00a0-\t"])
def test_a_mark_that_is_not_there(mark):
    assert is_missing(mark)
    row = {"learner_id": "A1", "week": WEEK, "fri_pm": "\\", **dict.fromkeys(KEYS[:3], mark)}
    row |= dict.fromkeys(KEYS[3:9], "/")
    figures = computed(tracker(Registers=[row]), ("Registers",))["Registers"]
    assert (figures["missing"], figures["possible"]) == ([3], [7])


@pytest.mark.parametrize("mark", ["/", "\\", "O", "--", "#", CellError("#N/A"), 0])
def test_a_mark_that_is_there(mark):
    assert not is_missing(mark)


@pytest.mark.parametrize(
    ("words", "year"),
    [("2026-27", 2026), ("2026/27", 2026), (" 2026-27 ", 2026), ("2099-00", 2099), ("9999", None), ("0000-01", None),
     ("²⁰²⁶-27", None), ("2026-28", None), (None, None), (2026, None)],
)  # fmt: skip
def test_which_words_name_an_academic_year(words, year):
    assert begins(words) == year


def test_the_best_and_the_lowest_effort_go_by_their_order():
    made = tracker(Effort=[{"code": "1", "order": 4}, {"code": "2", "order": 3}, {"code": "3", "order": 1}])
    assert (best_order(made), lowest_order(made)) == (4, 1)
    assert lowest_order(tracker(Effort=[{"code": "1", "order": 4}])) is None


def test_pairs_of_dates_in_order_and_the_leeway_of_plans():
    assert {("Groups", "joined", "left"), ("Interventions", "start", "end")} <= set(IN_ORDER) and len(IN_ORDER) == 11
    plans, contacts, targets = (
        window_of(*one.split(".")) for one in ("Interventions.start", "Contacts.date", "Targets.set_on")
    )
    assert (plans.before, plans.after, contacts.before, targets.before) == (120, 120, 60, 120)
