"""Three grades of 0 to 20 of 395 real pupils (UCI student performance data), on a scale of their own."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from tests.measures.rows import tracker
from workbook.measures.backtest import backtest
from workbook.measures.flags import flags
from workbook.measures.progress import progress


@pytest.fixture(scope="module")
def pupils(shared):
    with (shared / "data" / "uci_student_mat.csv").open(encoding="utf-8") as file:
        separator = ";" if ";" in file.readline() else ","
        file.seek(0)
        return list(csv.DictReader(file, delimiter=separator))


@pytest.fixture(scope="module")
def marks(pupils):
    ids = [f"P{n:03}" for n in range(len(pupils))]
    return tracker(
        {"low_level_points": 10, "low_level_drop": 1},
        Learners=[{"learner_id": one, "year": 10} for one in ids],
        Subjects=[{"subject": "Maths", "scale": "0 to 20"}],
        Scales=[{"scale": "0 to 20", "level": str(n), "order": n, "points": n} for n in range(21)],
        Progress=[
            {
                "learner_id": one,
                "subject": "Maths",
                "apl_1": row["G1"],
                "apl_2": int(row["G2"]),
                "apl_3": row["G3"],
            }
            for one, row in zip(ids, pupils, strict=True)
        ],
    )


def test_a_row_for_each_grade_and_the_grades_that_fell(marks):
    rows = progress(marks)
    fell = rows[rows["change"].map(lambda change: change is not None and change < 0)]
    assert len(rows) == 3 * 395
    assert fell["drop"].value_counts().to_dict() == {2: 150, 3: 90}


def test_first_grade_below_ten_set_by_settings_alone_marks_142_pupils(marks):
    marked = {flag.learner_id for flag in flags(marks, date(2027, 7, 1)) if flag.code == "low_level"}
    assert len(marked) == 142


def test_the_rule_in_hindsight(marks):
    """First grade under 10 against last grade under 10: it finds .80 of the 130 at precision .73."""
    rule = next(one for one in backtest(marks, date(2027, 7, 1)) if one.code == "low_level")
    assert (rule.marked, rule.outcomes, rule.recall, rule.precision) == (142, 130, 0.8, 0.73)
    assert rule.low < 0.73 < rule.high
