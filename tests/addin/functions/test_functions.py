"""The worksheet functions as plain Python: figures worked out by hand, blanks, shapes, errors in words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from addin.functions import declared as f
from addin.functions.ranges import ERRORS

SCALES = [
    ["Scale", "Level", "Order", "Points"],
    ["Steps", "Low", 1.0, 1.0],
    ["Steps", "Mid", 2.0, 2.5],
    ["Steps", "High", 3.0, 4.0],
    ["GCSE 9-1", "4", 1.0, 4.0],
]
CODES = [
    ["Code", "Meaning", "Class", "Late"],
    *([code, "", "Present", late] for code, late in (("/", None), ("\\", None), ("L", "Yes"))),
    ["W", "", "Approved educational activity", None],
    ["I", "", "Authorised absence", None],
    ["N", "", "Unauthorised absence", None],
    ["U", "", "Unauthorised absence", "Yes"],
    *([code, "", "Not a possible session", None] for code in ("X", "Y4", "#", "D")),
    ["B", "", "Approved educational activity", None],
]
TERMS = [
    ["Name", "Kind", "Start", "End"],
    ["Autumn 1", "Term", dt.datetime(2026, 9, 1), dt.datetime(2026, 9, 11)],
    ["Training day", "Closed", dt.datetime(2026, 9, 7), dt.datetime(2026, 9, 7)],
]
WHOLE_TABLES = {"scales": SCALES, "codes": CODES, "terms": TERMS}


def test_points() -> None:
    given = [["Low", "mid", None], ["N/A", "High", "Top"]]
    assert f.APL_POINTS(given, [["Steps"]], SCALES) == [
        [1.0, 2.5, None],
        [None, 4.0, "“Top” is not a level of the scale Steps."],
    ]


def test_points_of_numbers_each_row_on_its_own_scale() -> None:
    assert f.APL_POINTS([[4.0], ["Mid"], [None]], [["GCSE 9-1"], ["Steps"], [None]], SCALES) == [[4.0], [2.5], [None]]
    assert f.APL_POINTS([["Low"]], [["Stairs"]], SCALES) == [["The scale “Stairs” is not on the sheet Scales."]]


def test_points_take_columns_in_any_order_by_their_headings() -> None:
    turned = [[row[place] for place in (3, 1, 0)] for row in SCALES]
    assert f.APL_POINTS([["Mid"]], [["Steps"]], turned) == [[2.5]]
    assert f.APL_POINTS([["Mid"]], [["Steps"]], SCALES[1:]) == [[2.5]]  # without headings, as a new tracker has them
    asked = f.APL_POINTS([["Mid"]], [["Steps"]], [row[:2] for row in SCALES])
    assert asked[0][0].startswith("Give the whole table Scales with its headings, Scales[#All]: Scale and Level and")


def test_the_word_for_not_assessed_is_the_trackers() -> None:
    assert f.APL_POINTS([["absent", "N/A"]], [["Steps"]], SCALES, [["absent"]]) == [
        [None, "“N/A” is not a level of the scale Steps."]
    ]


def test_expected_is_on_the_straight_path() -> None:
    # 2 + (6 - 2) * 0.4
    assert f.APL_EXPECTED([[2.0], [None], [3.0]], [[6.0], [5.0], [5.0]], [[0.4]]) == [[3.6], [None], [3.8]]
    assert f.APL_EXPECTED([["APL2"]], [[6.0]], [[0.4]]) == [["Baseline must be a number, not “APL2”."]]


def test_status_at_its_borders() -> None:
    points = [[4.5], [4.49], [3.5], [3.49], [3.0], [2.99], [None]]
    words = ["Above", "On", "On", "Just below", "Just below", "Below", None]
    assert f.APL_STATUS(points, [[4.0]], [[0.5]]) == [[word] for word in words]
    assert f.APL_STATUS([[4.0], [4.01]], [[4.0]]) == [["On"], ["Above"]]  # no tolerance given


def test_change_against_the_last_drop_that_has_points() -> None:
    given = [[1.0, None, 2.5, None], [3.0, None, None, None], [None] * 4, [4.0, 3.0, "x", None]]
    assert f.APL_CHANGE(given) == [[1.5], [None], [None], ["Points must be a number, not “x”."]]


def test_forecast_is_theil_sen_kept_inside_the_scale() -> None:
    # Points 1, 2, 3 at shares 0.1, 0.3, 0.5: five points to the whole course, so 3 + 5 * 0.5 = 5.5 at the end. Told is
    # no more than a level above the highest; the range is at least a level either way.
    rising, shares = [[1.0, 2.0, 3.0]], [[0.1, 0.3, 0.5]]
    assert f.APL_FORECAST(rising, shares) == [[4.0, 3.0, 4.0]]
    assert f.APL_FORECAST(rising, shares, None, None, None, [[3.5]]) == [[3.5, 2.5, 3.5]]
    scales = [["Scale", "Level", "Points", "Pass"], *(["Own", name, worth, "Yes"] for name, worth in
              (("a", 1.0), ("b", 2.0), ("c", 3.0), ("d", 3.25)))]  # fmt: skip
    assert f.APL_FORECAST(rising, shares, [["own"]], scales) == [[3.25, 3.0, 3.25]]
    assert "is not on the sheet Scales" in f.APL_FORECAST(rising, shares, [["Other"]], scales)[0][0]
    assert f.APL_FORECAST([[1.0, None, 3.0]], shares) == [[None, None, None]]
    assert "as many as the drops" in f.APL_FORECAST([[1.0, 2.0]], shares)[0][0]


def test_forecast_waits_for_half_a_year() -> None:
    # 0.24 of a course of two years is less than half a year, of three years it is more.
    early = [[0.1, 0.2, 0.34]]
    assert f.APL_FORECAST([[1.0, 2.0, 3.0]], early) == [[None, None, None]]
    assert f.APL_FORECAST([[1.0, 2.0, 3.0]], early, None, None, [[3.0]])[0][0] == 4.0


@pytest.mark.parametrize(
    ("measure", "figure"),
    [("possible", 6), ("attended", 4), ("attendance", 66.67), ("unauthorised", 2), ("late", 2), ("authorised", 0),
     ("persistent", "too early"), ("severe", "too early"), ("Unauthorised percent", 33.33)],
)  # fmt: skip
def test_attendance_of_the_published_example(measure: str, figure: Any) -> None:
    # / L W B U X Y4 # D N: possible 6, attended 4, unauthorised 2, late 2
    marks = ["/", "L", "W", "B", "U", "X", "Y4", "#", "D", "N"]
    assert f.ATTENDANCE([marks], CODES, [[measure]]) == [[figure]]


def test_attendance_without_sessions_or_with_what_is_no_code() -> None:
    rows = [[None, "-"], ["#", "X"], ["/", "Q?"], ["/", None]]
    assert f.ATTENDANCE(rows, CODES) == [
        [None],
        ["no possible sessions"],
        ["“Q?” is not a code of the sheet Codes."],
        [100.0],
    ]
    assert f.ATTENDANCE([["/"]], CODES, [["truancy"]])[0][0].startswith("“truancy” is not measured: choose one of")


def test_exactly_ninety_percent_is_persistent_absence() -> None:
    rows = [["/"] * 18 + ["I", "I", None], ["/"] * 19 + ["I", "-"]]
    assert f.ATTENDANCE(rows, CODES, [["persistent"]]) == [[True], [False]]


def test_persistent_absence_is_not_judged_too_early() -> None:
    rows = [["/"] * 9 + ["I"], [None] * 10]
    assert (
        f.ATTENDANCE(rows, CODES, [["persistent"]])
        == f.ATTENDANCE(rows, CODES, [["severe"]])
        == [["too early"], [None]]
    )
    assert f.ATTENDANCE(rows, CODES, [["persistent"]], [[10]]) == [[True], [None]]


def test_identifiers() -> None:
    upns = ["P207000016049", "B801200005001", "M80120000500A", "A801200005001", "H80120000A00A", None, 7.0]
    verdicts = [row[0] for row in f.UPN_CHECK([[upn] for upn in upns])]
    assert verdicts[:3] == ["valid", "valid", "temporary"]
    assert verdicts[3] == "Not a UPN: its first letter does not fit the rest, so a character is mistyped."
    assert verdicts[4].startswith("Not a UPN: ") and verdicts[5] is None
    assert verdicts[6] == "A UPN is a text that begins with a letter, not 7."
    assert f.ULN_CHECK([["9276308686", 9276308686.0, "9999999999", None]]) == [["valid", "valid", "temporary", None]]
    assert f.ULN_CHECK([["9276308687"]])[0][0] == "Not a ULN: its digits do not fit together, so one is mistyped."


def test_school_days_without_weekends_and_closed_days() -> None:
    # Tuesday 1 to Friday 11 September 2026 are nine weekdays; Monday 7 is closed.
    first, last = dt.datetime(2026, 9, 1), dt.datetime(2026, 9, 11)
    assert f.SCHOOL_DAYS([[first]], [[last]], TERMS) == [[8]]
    assert f.SCHOOL_DAYS([[46266.0]], [[46276.0]], TERMS) == [[8]]  # the same days as numbers
    assert f.SCHOOL_DAYS([[first], [None]], [[first]], TERMS) == [[1], [None]]
    assert f.SCHOOL_DAYS([["soon"]], [[last]], TERMS) == [["The first day must be a date, not “soon”."]]
    assert "no row of the kind Term" in f.SCHOOL_DAYS([[first]], [[last]], TERMS[:1])[0][0]


def test_flags_of_one_learner() -> None:
    learners = [["Learner ID", "First name", "Year"], ["L1", "Amira", 10.0]]
    progress = [["Learner ID", "Subject", "Scale", "APL 1"], ["L1", "Art", "APL", None]]
    week = ["/", "\\", "N", "N", "/", "\\", "/", "\\", "/", "\\"]
    sessions = [f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("am", "pm")]
    mondays = [dt.datetime(2026, 9, 7) + dt.timedelta(weeks=n) for n in range(3)]
    registers = [["Learner ID", "Week", *sessions], *(["L1", monday, *week] for monday in mondays)]
    settings = [["Setting", "Value", "What it does", "Name"]]
    on = [[dt.datetime(2026, 9, 25)]]
    # 24 of 30 sessions are 80%; six unauthorised are too few for a notice.
    rows = f.APL_FLAGS(learners, progress, registers, settings, on)
    assert [row[:5] for row in rows] == [["L1", "attendance_talk", "talk", 80.0, 90]]
    assert rows[0][5] == dt.datetime(2026, 9, 25) and "80%" in rows[0][6]
    lower = [*settings, ["", 70.0, "", "attendance_talk"], ["", 75.0, "", "attendance_look"]]
    assert f.APL_FLAGS(learners, progress, registers, lower, on) == [["No flags."]]
    assert "the day" in f.APL_FLAGS(learners, progress, registers, settings, [[None]])[0][0].lower()


FIRST_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "APL_POINTS": ([["Steps"]], SCALES),
    "APL_EXPECTED": ([[1.0]], [[0.5]]),
    "APL_STATUS": ([[1.0]],),
    "APL_CHANGE": (),
    "APL_FORECAST": ([[0.1]],),
    "ATTENDANCE": (CODES,),
    "UPN_CHECK": (),
    "ULN_CHECK": (),
    "SCHOOL_DAYS": ([[dt.datetime(2026, 9, 1)]], TERMS),
}


@pytest.mark.parametrize("name", FIRST_ARGUMENTS)
def test_a_blank_stays_blank_and_an_error_is_told_in_words(name: str) -> None:
    function = getattr(f, name)
    assert set(function([[None]], *FIRST_ARGUMENTS[name])[0]) == {None}
    for error in sorted(ERRORS):
        answer = function([[error]], *FIRST_ARGUMENTS[name])[0][0]
        assert answer is None or (isinstance(answer, str) and not answer.startswith("#")), (name, answer)


def test_ranges_of_different_heights_are_refused_in_a_sentence() -> None:
    answer = f.APL_EXPECTED([[1.0], [2.0]], [[5.0], [5.0], [5.0]], [[0.5]])
    assert answer == [["Target has 3 rows where 2 are wanted: choose ranges of the same rows."]]


def test_what_nobody_foresaw_is_a_sentence_too() -> None:
    answer = f.APL_CHANGE([[object()]])
    assert isinstance(answer[0][0], str) and not re.search("Traceback|Error:", answer[0][0])
