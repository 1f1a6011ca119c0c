"""Attendance against figures worked out by hand, England's published counts, and properties that must always hold."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.rows import WEEK, week
from workbook.measures.attendance import attendance, half_terms
from workbook.measures.calendar import Calendar
from workbook.measures.data_date import last_date
from workbook.measures.patterns import CAUTION, NONE_MISSED, TOO_EARLY, patterns, told
from workbook.measures.sessions import Codes, Tally, tally
from workbook.model import Tracker
from workbook.model import defaults as default

ALL_CODES = [row["code"] for row in default.codes()]


def tracker(registers, learners=({"learner_id": "A1", "year": 10},), codes=(), **changed):
    rows = [row | {"value": changed.get(row["name"], row["value"])} for row in default.settings()]
    return Tracker.of(
        {"Learners": learners, "Registers": registers, "Codes": [*default.codes(), *codes],
         "Terms": default.terms(), "Settings": rows}
    )  # fmt: skip


def one(registers, on=date(2027, 7, 31), **kwargs):
    return attendance(tracker(registers, **kwargs), on).iloc[0].to_dict()


def test_a_week_worked_out_by_hand():
    row = one([week(["/", "L", "W", "B", "U", "X", "Y4", "#", "D", "N"])])
    assert (row["possible"], row["attended"], row["authorised"], row["unauthorised"], row["late"]) == (6, 4, 0, 2, 2)
    assert (row["attendance"], row["unauthorised_percent"]) == (66.67, 33.33)
    assert (row["persistent"], row["severe"], row["too_early"], row["note"]) == (True, False, True, "too early")


@pytest.mark.parametrize(
    ("absent", "weeks", "persistent", "severe"),
    [(1, 1, True, False), (1, 2, False, False), (2, 2, True, False), (5, 1, True, True), (19, 4, True, False),
     (20, 4, True, True), (3, 4, False, False), (4, 4, True, False)],
)  # fmt: skip
def test_exactly_ninety_and_exactly_fifty_count(absent, weeks, persistent, severe):
    marks = ["I"] * absent + ["/"] * (weeks * 10 - absent)
    row = one([week(marks[n * 10 : n * 10 + 10], monday=WEEK + timedelta(weeks=n)) for n in range(weeks)])
    assert (row["persistent"], row["severe"]) == (persistent, severe)
    assert row["too_early"] is (weeks < 2)


def test_no_possible_sessions_is_neither_none_nor_all_attended():
    for registers in ([], [week(["#"] * 10)], [week(["."] * 10)], [week(["X", "Y4", "D"])]):
        row = one(registers)
        assert (row["possible"], row["attendance"], row["note"]) == (0, None, "no possible sessions")
        assert (row["persistent"], row["severe"]) == (False, False)


def test_missing_marks_are_counted_apart_and_only_where_a_mark_is_due():
    closed = date(2027, 5, 3)  # the May bank holiday is a Monday
    assert one([week(["/", ".", "-", "Q?"] + ["/"] * 6)])["missing"] == 2
    assert one([week(["."] * 10)], on=WEEK + timedelta(days=2))["missing"] == 6
    assert one([week(["."] * 10, monday=closed)])["missing"] == 8
    assert one([week(["."] * 10, monday=date(2026, 10, 26))])["missing"] == 0  # half term holiday
    leaver = [{"learner_id": "A1", "left": WEEK + timedelta(days=1), "started": WEEK + timedelta(days=1)}]
    assert one([week(["."] * 10)], WEEK + timedelta(days=1), learners=leaver)["missing"] == 2


def test_only_the_year_to_date_counts():
    last_year, this_week = date(2026, 6, 1), week(["/"] * 10)
    assert one([week(["O"] * 10, monday=last_year), this_week])["possible"] == 10
    assert one([this_week], on=WEEK + timedelta(days=1))["possible"] == 4


def test_of_two_rows_for_a_week_the_first_counts():
    row = one([week(["/", "I", "."] + ["."] * 7), week(["/", "/", "/"] + ["."] * 7)])
    assert (row["possible"], row["attended"]) == (2, 1)


def test_study_leave_can_be_left_out():
    learners = [{"learner_id": "A1", "year": 11}, {"learner_id": "B1", "year": 10}]
    summer = date(2027, 6, 7)
    rows = [week(marks, who, day) for who in ("A1", "B1") for marks, day in ((["/"] * 10, WEEK), (["S"] * 10, summer))]
    with_it = attendance(tracker(rows, learners), date(2027, 7, 1))
    without = attendance(tracker(rows, learners, leave_out_study_leave="Yes"), date(2027, 7, 1))
    assert list(with_it["attendance"]) == [50, 50]
    assert list(without["attendance"]) == [100, 50]


def test_a_new_code_counts_as_its_class_says():
    added = [{"code": "J9", "class": "Approved educational activity"}]
    assert one([week(["J9", "j9", "J8"])], codes=added)["attended"] == 2


def test_half_terms_and_patterns():
    learners = [{"learner_id": "A1", "vocational_day": "Tuesday"}]
    rows = [week(["/", "O", "I", "I"] + ["/"] * 6), week(["/"] * 10, monday=date(2026, 11, 2))]
    table = tracker(rows, learners)
    terms = half_terms(table, date(2027, 1, 1))
    assert list(zip(terms["half_term"], terms["attended"], terms["possible"], strict=True)) == [
        ("Autumn 1", 7, 10),
        ("Autumn 2", 10, 10),
    ]
    parts = patterns(table, date(2027, 1, 1)).set_index("part")["attendance"].to_dict()
    assert parts == {"Monday": 75, "Tuesday": 50, "Wednesday": 100, "Thursday": 100, "Friday": 100, "am": 90,
                     "pm": 80, "vocational days": 50, "other days": 93.75}  # fmt: skip


def test_a_pattern_is_told_with_its_counts_and_a_caution():
    """By hand: 12 weeks; Monday morning missed 10 times, Tuesday afternoon once; the vocational day is Tuesday."""
    week_ = [
        Tally(12, 2, 0, 0),
        Tally(12, 12, 0, 0),
        Tally(12, 12, 0, 0),
        Tally(12, 11, 0, 0),
        *[Tally(12, 12, 0, 0)] * 6,
    ]
    assert told(week_, "tuesday", 20) == (
        "Sessions missed: Monday 10 of 24, Tuesday 1 of 24, Wednesday 0 of 24, Thursday 0 of 24, Friday 0 of 24; "
        "mornings 10 of 60, afternoons 1 of 60. On the vocational day (Tuesday) 1 of 24, on other days 10 of 96."
    )
    week_[0] = Tally(12, 4, 0, 0)  # nine missed in all
    assert told(week_, "", 20).endswith(f"afternoons 1 of 60. {CAUTION}")
    assert told([Tally(1, 1, 0, 0)] * 10, "", 20) == TOO_EARLY
    assert told([Tally(2, 2, 0, 0)] * 10, "", 20) == NONE_MISSED
    assert told([Tally(0, 0, 0, 0)] * 10, "", 20) == ""


marks = st.lists(st.sampled_from([*ALL_CODES, "/", "/", ".", "-", "?", "l"]), min_size=10, max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A1", "B1"]), st.integers(0, 30), marks), max_size=12), st.randoms())
def test_what_always_holds(weeks, random):
    learners = [{"learner_id": "A1"}, {"learner_id": "B1"}]
    distinct = {(who, n): row for who, n, row in weeks}
    rows = [week(row, who, WEEK + timedelta(weeks=n)) for (who, n), row in distinct.items()]
    table = attendance(tracker(rows, learners), date(2027, 7, 31))
    assert list(table["attended"] + table["authorised"] + table["unauthorised"]) == list(table["possible"])
    assert all(0 <= one <= 100 for one in table["attendance"] if one is not None)
    random.shuffle(rows)
    assert attendance(tracker(rows, learners), date(2027, 7, 31)).equals(table)


CODES_IN_WORDS = {
    "reason_l_present_late_before_registers_closed": "L",
    "reason_present_am": "/",
    "reason_present_pm": "\\",
}
OLD_CODES = {"J": "Approved educational activity", "H": "Authorised absence"}


def published(path):
    """The counts by code and the totals of each complete row of England's published figures."""
    with path.open(encoding="utf-8-sig") as file:
        for line in csv.DictReader(file):
            reasons = {name: n for name, n in line.items() if name.startswith("reason_") and name != "reason_present"}
            if all(n.isdigit() for n in reasons.values()):
                codes = {CODES_IN_WORDS.get(name) or name.split("_")[1].upper(): int(n) for name, n in reasons.items()}
                yield codes, {name: int(n) for name, n in line.items() if n.isdigit()}


def test_englands_published_figures(shared):
    """Published counts by code give the published totals; the two old codes count as they did then.

    In 51 rows the Department counts a few authorised sessions that it gives no code for (0.013% of them at most).
    Added as authorised, they make the possible sessions agree as well.
    """
    rows = [row | {"class": OLD_CODES.get(row["code"], row["class"])} for row in default.codes()]
    codes = Codes(Tracker.of({"Codes": rows}))
    complete, without_code = 0, []
    for counts, totals in published(shared / "data" / "dfe_attendance_2025_26.csv"):
        found = tally(counts, codes)
        assert found.attended == totals["overall_attendance"]
        assert found.unauthorised == totals["unauthorised_absence"]
        assert found.late == totals["late_sessions"]
        rest = totals["authorised_absence"] - found.authorised
        whole = tally(counts | {"C": counts["C"] + rest}, codes)
        assert (whole.possible, whole.absent) == (totals["possible_sessions"], totals["overall_absence"])
        assert found.possible == totals["possible_sessions"] - rest
        without_code += [rest / totals["authorised_absence"]] if rest else []
        complete += 1
    assert (complete, len(without_code)) == (643, 51)
    assert 0 < min(without_code) and max(without_code) < 0.000131


def test_the_last_date_is_that_of_the_data():
    empty = default.new()
    assert last_date(empty) == date(2026, 9, 1)
    rows = {"Registers": [week(["/", "/", "/", "."]), week(["#"] * 10, monday=date(2026, 10, 26))]}
    given = {"Learners": [{"learner_id": "A1"}], "Codes": default.codes(), "Terms": default.terms(),
             "Drops": default.drops(), "Settings": default.settings()}  # fmt: skip
    assert last_date(Tracker.of(given | rows)) == WEEK + timedelta(days=1)
    levels = {"Progress": [{"learner_id": "A1", "apl_2": "3", "apl_3": "n/a"}]}
    assert last_date(Tracker.of(given | rows | levels)) == date(2026, 12, 11)
    plans = {"Targets": [{"set_on": date(2026, 11, 1), "due": date(2027, 1, 1)}], "Diary": [{"date": date(2027, 3, 1)}]}
    assert last_date(Tracker.of(given | rows | plans)) == date(2026, 11, 1)
    mistyped = {"Contacts": [{"date": date(2062, 9, 9)}, {"date": date(2026, 9, 10)}]}
    assert last_date(Tracker.of(given | mistyped)) == date(2026, 9, 10)


def test_school_days_and_weeks():
    calendar = Calendar(default.new())
    assert calendar.school_days(date(2026, 10, 19), date(2026, 11, 4)) == [
        *(date(2026, 10, day) for day in range(19, 24)),
        *(date(2026, 11, day) for day in (2, 3, 4)),
    ]
    assert date(2027, 5, 3) not in calendar.days
    assert calendar.days_back(date(2027, 8, 31), 0) == date(2027, 7, 23)
    assert calendar.weeks_back(date(2027, 8, 31), -1) == date(2027, 7, 19)
    assert calendar.days_back(date(2026, 11, 3), 3) == date(2026, 10, 23)
    assert calendar.weeks_back(date(2026, 11, 3), 2) == date(2026, 10, 19)
    assert calendar.days_after(date(2026, 10, 22), date(2026, 11, 3)) == 3
    assert [calendar.half_term(day) for day in (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 30))] == [None, 0, 0]
    assert len(Calendar(Tracker.of({})).days) == 261  # without terms every weekday of the year
