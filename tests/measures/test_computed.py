"""The computed columns against figures worked out by hand; LibreOffice judges the same columns in tests/parity."""

from __future__ import annotations

from datetime import date

import pytest

from tests.measures.rows import tracker
from workbook.measures.computed import computed
from workbook.model import SHEETS, CellError, Tracker
from workbook.model import defaults as default

NA = CellError("#N/A")


def progress(settings=None, tables=None, **cells):
    """The computed cells of one row of Progress: Amira in Maths unless told otherwise."""
    row = {"learner_id": "A1", "subject": "Maths"} | cells
    columns = computed(tracker(settings, Progress=[row], **(tables or {})))["Progress"]
    return {key: values[0] for key, values in columns.items()}


def test_every_computed_column_of_every_sheet_has_a_figure_for_every_row():
    for one in (tracker(), Tracker.of({}), default.new()):
        columns = computed(one)
        for sheet in SHEETS:
            assert list(columns[sheet.table]) == [column.key for column in sheet.computed]
            assert all(len(values) == len(one[sheet.table]) for values in columns[sheet.table].values())


@pytest.mark.parametrize(
    ("learner", "name"),
    [
        ({"first_name": "Amira", "surname": "Khan", "preferred_name": "Mimi"}, "Mimi Khan"),
        ({"first_name": " Zoë  Anne ", "surname": "O'Hara"}, "Zoë Anne O'Hara"),
        ({"first_name": "Sam"}, "Sam"), ({}, None), ({"first_name": NA, "surname": "Khan"}, None),
        ({"first_name": NA, "preferred_name": "Mimi", "surname": "Khan"}, "Mimi Khan"),
        ({"first_name": 7.0, "surname": True}, "7 TRUE"), ({"preferred_name": " ", "first_name": "Sam"}, "Sam"),
    ],
)  # fmt: skip
def test_names(learner, name):
    assert computed(tracker(Learners=[{"learner_id": "A1", **learner}]))["Learners"]["name"] == [name]


def test_learners_are_found_by_id_whatever_the_capitals_first_row_first():
    learners = [
        {"learner_id": "A1", "first_name": "Amira", "form": 10.0, "year": "10"},
        {"learner_id": "a1", "first_name": "Other"},
        {"learner_id": "7", "first_name": "Seven", "form": date(2026, 10, 1), "year": date(1900, 1, 10)},
        {"learner_id": 8, "first_name": "Eight"},
        {"first_name": "No ID"},
    ]
    rows = [{"learner_id": one} for one in ("a1", 7, "7 ", 8, "8", NA, None)]
    columns = computed(tracker(Learners=learners, Progress=rows, Contacts=[{"learner_id": "A1"}]))
    assert columns["Progress"]["learner"] == ["Amira", "Seven", "Seven", "Eight", "Eight", None, None]
    assert columns["Progress"]["form"] == ["10", "46296", "46296", None, None, None, None]
    assert columns["Progress"]["year"] == [None, 11, 11, None, None, None, None]
    assert columns["Contacts"]["learner"] == ["Amira"]


def test_a_row_of_progress_worked_out_by_hand():
    """The half terms have 53 + 47 + 40 + 32 + 47 + 47 = 266 days.

    Drop 2 is on 11 December, day 40 of Autumn 2: (53 + 40) / 266 = 0.3496. In Year 10 of a course of two years the
    share is 0.1748; from 2 to 6 points that is 2 + 4 x 0.1748 = 2.6992. 3 points are 0.3008 above: within half a
    level, so On; two drops ago it was 2.
    """
    row = progress(baseline="2", target="6", apl_1="2", apl_2="3", effort_1="4", effort_2=3, forecast="5")
    assert row["scale"] == "GCSE 9-1"
    assert (row["drop"], row["points"], row["expected"]) == (2, 3, 2.6992)
    assert (row["gap"], row["change"], row["status"], row["effort_change"]) == (0.3008, 1, "On", -1)
    assert (row["baseline_points"], row["target_points"], row["forecast_points"]) == (2, 6, 5)
    assert row["path"] == "▁█"


def test_elapsed_counts_term_days_up_to_the_drop():
    drops = [{"drop": i, "date": day} for i, day in enumerate(
        [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 30), date(2027, 7, 23), date(2028, 1, 1), None, "soon"]
    )]  # fmt: skip
    assert computed(tracker(Drops=drops))["Drops"]["elapsed"] == [0, 0.0038, 0.1992, 1, 1, None, None]
    closed = [{"kind": "Closed", "start": date(2026, 9, 1), "end": date(2027, 7, 1)}]
    assert computed(tracker(Drops=drops, Terms=closed))["Drops"]["elapsed"] == [None] * 7
    last_years = {"kind": "Term", "start": date(2025, 9, 1), "end": date(2025, 12, 19)}
    broken = [*default.terms(), {"kind": "Term", "start": "in May"}, last_years]
    assert computed(tracker(Drops=drops, Terms=broken))["Drops"]["elapsed"] == [0, 0.0038, 0.1992, 1, 1, None, None]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"apl_1": "5", "target": "5"}, "No baseline"), ({"apl_1": "5", "baseline": "3"}, "No target"),
        ({"apl_1": "5"}, "No target"), ({"target": "5", "baseline": "3"}, None), ({"apl_1": "N/A"}, None),
        ({"apl_1": "n/a", "target": "5"}, None), ({"apl_1": "Q", "target": "5"}, "Check level"),
        ({"apl_1": "5", "target": "Q", "baseline": "3"}, "Check level"), ({"apl_1": "5", "target": NA}, None),
        ({"apl_1": NA, "target": "5", "baseline": "5"}, None),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_never_counted_as_zero(cells, status):
    row = progress(**cells)
    assert (row["status"], row["gap"]) == (status, None)


@pytest.mark.parametrize(
    ("level", "target", "status"),
    [("5", "5", "On"), ("6", "5", "Above"), ("4", "5", "Just below"), ("3", "5", "Below"), ("U", "U", "On")],
)
def test_status_against_target(level, target, status):
    measure = {"status_measure": "Current against target"}
    assert progress(measure, apl_1=level, target=target)["status"] == status


def test_the_tolerance_of_the_scale_decides():
    rows = [{"scale": "S", "level": n, "points": n / 10, "tolerance": 0.5 if n == 1 else 9} for n in range(1, 40)]
    measure = {"status_measure": "current against target"}
    tables = {"Scales": rows, "Subjects": [{"subject": "Maths", "scale": "s"}]}
    found = {n: progress(measure, tables, apl_1=n, target=20)["status"] for n in (9, 10, 14, 15, 20, 24, 25)}
    assert found == {9: "Below", 10: "Just below", 14: "Just below", 15: "On", 20: "On", 24: "On", 25: "Above"}


def test_status_of_the_forecast():
    measure = {"status_measure": "forecast against target"}
    assert progress(measure, apl_1="2", target="5", forecast="6")["status"] == "Above"
    assert progress(measure, apl_1="2", target="5")["status"] == "No forecast"
    assert progress(measure, apl_1="2", target="5", forecast="Q")["status"] == "Check level"
    row = progress(measure, target="5", forecast="6")
    assert (row["gap"], row["status"]) == (1, None)


def test_drops_that_do_not_count_are_passed_over():
    row = progress(apl_1="3", apl_2="N/A", apl_3=NA, apl_4="5", apl_5=None, apl_6="n/a")
    assert (row["drop"], row["points"], row["change"]) == (4, 5, 2)
    assert progress(apl_1="Q", apl_4="5")["change"] is None
    assert progress({"not_assessed": "-"}, apl_1="3", apl_2="-", apl_3="N/A")["drop"] == 3
    assert progress({"not_assessed": None}, apl_1="3", apl_2=0)["drop"] == 2  # no word for it: 0 is a level
    assert progress({"not_assessed": 0}, apl_1="3", apl_2="0", apl_3=0)["drop"] == 1  # as number or as text


def test_a_level_that_means_not_assessed_is_worth_nothing_even_on_the_scale():
    scales = [{"scale": "S", "level": level, "points": 3} for level in ("x", "N/A", 5)]
    tables = {"Scales": scales, "Subjects": [{"subject": "Maths", "scale": "S"}]}
    assert progress(None, tables, baseline="n/a", target="x")["baseline_points"] is None
    assert progress({"not_assessed": "5"}, tables, target=5)["target_points"] is None


def test_levels_that_wildcards_would_confuse():
    assert progress(subject="Hair", apl_1="L2D*")["points"] == 8.5
    assert progress(subject="Hair", apl_1="l2d")["points"] == 7
    assert progress(subject="Hair", apl_1="L2*")["points"] is None


def test_a_renamed_level_and_effort_turned_round():
    scales = [row | {"level": "Secure" if row["level"] == "APL4" else row["level"]} for row in default.scales()]
    effort = [{"code": str(n), "order": 5 - n} for n in range(1, 5)]
    tables = {"Scales": scales, "Effort": effort, "Subjects": [{"subject": "Maths", "scale": "APL"}]}
    row = progress(None, tables, apl_1="APL2", apl_2="secure", effort_1="1", effort_2="3")
    assert (row["points"], row["change"], row["effort_change"]) == (4, 2, -2)


def test_path_has_a_bar_for_each_level_with_points():
    row = progress(baseline="3", apl_1="1", apl_2="N/A", apl_3="8", apl_4="Q", apl_5="2", apl_6="4")
    assert row["path"] == "▁█▂▄"  # 0, 7, 1 and 3 sevenths of the way from 1 to 8
    assert progress(apl_1="4", apl_2="4")["path"] == "▁▁"
    assert progress(baseline="3")["path"] is None


def test_registers_count_codes_as_the_codes_sheet_says():
    marks = dict(zip(
        ("mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am", "wed_pm", "thu_am", "thu_pm", "fri_am", "fri_pm"),
        ("/", "l", "W", "B", "U", "X", "Y4", "#", "D", "N"), strict=True,
    ))  # fmt: skip
    odd = {
        "learner_id": "A1",
        "week": date(2026, 9, 16),
        "mon_am": 1,
        "mon_pm": "?",
        "tue_am": "*",
        "tue_pm": " /",
        "wed_am": NA,
        "thu_am": "-",
        "thu_pm": 0,
        "fri_am": "0",
    }
    codes = [*default.codes(), {"code": 1.0, "class": "present", "late": "yes"}, {"code": NA, "class": "Present"}]
    columns = computed(tracker(Codes=codes, Registers=[{"learner_id": "A1", "week": date(2026, 9, 7), **marks}, odd]))[
        "Registers"
    ]
    assert columns["possible"] == [6, 1]
    assert columns["attended"] == [4, 1]
    assert columns["unauthorised"] == [2, 0]
    assert columns["late"] == [2, 1]


def test_code_counts():
    codes = [{"code": "L", "class": "Present", "late": "Yes"}, {"code": 5, "class": "unauthorised absence"}, {},
             {"code": "H", "class": "Retired"}, {"code": "Q", "class": NA, "late": "Yes"}]  # fmt: skip
    columns = computed(tracker(Codes=codes))["Codes"]
    no = "not counted"
    assert columns["counts_possible"] == ["L", "5", no, no, no]
    assert columns["counts_attended"] == ["L", no, no, no, no]
    assert columns["counts_unauthorised"] == [no, "5", no, no, no]
    assert columns["counts_late"] == ["L", no, no, no, "Q"]
