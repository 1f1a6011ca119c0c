"""Of several rows for a learner's week or subject the first counts, wherever it is asked; figures by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.measures.rows import KEYS, WEEK, tracker
from workbook.checks.check import check
from workbook.measures.again import subjects_again
from workbook.measures.attendance import attendance_rows
from workbook.measures.computed import Figures, computed
from workbook.measures.data_date import last_date
from workbook.measures.flags_records import comments_lacking
from workbook.measures.learners import Learners
from workbook.measures.levels import setting_cell
from workbook.measures.sessions import rows_again
from workbook.measures.snapshot import Snapshot
from workbook.measures.steps import steps
from workbook.measures.week_registers import marks_to_chase
from workbook.measures.windows import Windows
from workbook.model import Audience, Tracker, Value
from workbook.reports.content.learner import contexts

LATER = WEEK + timedelta(days=60)
FIRST = ["/", "\\", "/", None, "-", "O", "L", "/", "/", "/"]
"""8 sessions are possible, 7 attended, 1 unauthorised, 1 late; 2 marks are missing."""
SECOND = {
    "the same": FIRST,
    "others": ["O"] * 10,
    "what the first lacks": [None, None, None, "/", "/", *[None] * 5],
    "none": [None] * 10,
    "old N": ["N"] * 10,
}
SPELT: list[tuple[Value, Value]] = [
    ("10001", WEEK), (10001, WEEK), (" 10001", WEEK + timedelta(days=2)), ("10001", datetime(2026, 9, 12, 9, 30)),
]  # fmt: skip
"""The learner and the week of the second row: another ID cell, another day of the week, a day with a time."""


def twice(marks: list[Value], who: Value = "10001", week: Value = WEEK, first: Value = "10001") -> Tracker:
    rows = [(first, WEEK, FIRST), ("10002", WEEK, ["/"] * 10), (who, week, marks)]
    return tracker(
        Learners=[{"learner_id": first}, {"learner_id": "10002"}],
        Registers=[{"learner_id": a, "week": b, **dict(zip(KEYS, row, strict=True))} for a, b, row in rows],
    )


@pytest.mark.parametrize("said", SECOND)
@pytest.mark.parametrize(("who", "week"), SPELT)
def test_a_session_counts_once(said: str, who: Value, week: Value) -> None:
    made = twice(SECOND[said], who, week)
    row = attendance_rows(Snapshot(made, LATER))[0]
    assert [row[key] for key in ("possible", "attended", "unauthorised", "late", "missing")] == [8, 7, 1, 1, 2]
    sheet = Figures(made, lambda: LATER).of("Registers")
    assert sheet["sessions"] == ["1" * 10, "1" * 10, "0" * 10]
    assert [sheet[key] for key in ("possible", "missing")] == [[8, 10, 0], [2, 0, 0]]
    chased = [what for who, _, _, what, *_ in marks_to_chase(Snapshot(made, WEEK + timedelta(days=4))) if who == 0]
    assert chased == ["2 marks missing"]


@pytest.mark.parametrize(("who", "week"), SPELT)
def test_check_names_the_row_and_asks_for_none_of_its_marks(who: Value, week: Value) -> None:
    found = check(twice([None] * 10, who, week), LATER)
    assert [one.cell for one in found if one.code == "mark-missing"] == ["H5", "I5"]
    (one,) = [one for one in found if one.code == "row-twice"]
    assert (one.cell, one.message) == (
        "A7", "This row says the same as row 5: Learner ID and Week; only the marks of row 5 count."
    )  # fmt: skip


def test_a_row_that_does_not_count_moves_no_day() -> None:
    made = twice(["/"] * 10)
    made["Registers"].columns["fri_am"][0] = made["Registers"].columns["fri_pm"][0] = None
    made["Registers"].columns["fri_am"][1] = made["Registers"].columns["fri_pm"][1] = None
    assert last_date(made) == WEEK + timedelta(days=3)


def test_only_the_same_learner_and_week_are_the_same() -> None:
    """Another week, nobody who is listed, no week: none of these is said again."""
    rows = [("10001", WEEK), ("10001", WEEK + timedelta(days=7)), ("x", WEEK), ("x", WEEK), ("10001", None),
            ("10001", "next"), ("10001", "next"), (None, WEEK), (None, WEEK), ("10001", WEEK - timedelta(days=1)),
            ("10001", date(2026, 9, 13)), ("10001", date(2026, 9, 14))]  # fmt: skip
    made = tracker(
        Learners=[{"learner_id": "10001"}], Registers=[{"learner_id": who, "week": week} for who, week in rows]
    )
    assert rows_again(made, Learners(made)) == {10, 11}


def test_a_week_by_another_day_is_the_week_for_check() -> None:
    """Marks of a row whose week is given by its Wednesday are those of Monday to Friday, not of Wednesday on."""
    made = twice(["/"] * 10, "10002", WEEK + timedelta(days=9))
    made["Registers"].columns["mon_am"][2] = None
    found = check(made, WEEK + timedelta(days=8))
    assert [one.cell for one in found if one.code == "mark-missing"] == ["H5", "I5", "E7"]
    (absent,) = [one.message for one in found if one.code == "register-missing"]
    assert "one learner" in absent


LEVELS = [
    ("10001", "Maths", "3", "9"), (10001, "maths", "9", "1"), ("10001", "Hair", "P", None),
    ("10002", "Maths", "9", "1"), ("10001", "Gone", "3", "9"), ("10001", "Gone", "3", "9"),
]  # fmt: skip
"""Who, what, the level at the first drop and the target; the second row says the first one's subject again."""


def subjects() -> Tracker:
    rows = [{"learner_id": who, "subject": what, "apl_1": level, "target": target, "effort_1": "1"}
            for who, what, level, target in LEVELS]  # fmt: skip
    drops = [{"drop": 1, "name": "Autumn", "date": WEEK, "reports_due": WEEK}]
    learners = [{"learner_id": who, "first_name": "Al", "surname": who, "form": "10A"} for who in ("10001", "10002")]
    rows[3]["comment"] = "Good."
    return tracker({"status_measure": "current against target"}, Learners=learners, Progress=rows, Drops=drops)


def test_a_subject_stands_once() -> None:
    made = subjects()
    assert subjects_again(made, Learners(made)) == {1}
    assert computed(made)["Progress"]["status"][:4] == ["Below", None, "Check level", "Above"]
    assert [one.subject for one in steps(made)] == ["Maths", "Hair", "Maths", "Gone", "Gone"]
    assert Windows(Snapshot(made, LATER)).by_drop()["points in maths", 1] == [(0, 3.0), (1, 9.0)]
    case = Snapshot(made, LATER)
    assert {who: [what for _, what in rows] for who, rows in comments_lacking(case)[1].items()} == {
        0: ["Maths", "Hair", "Gone", "Gone"]
    }
    said = {one["learner"]["learner_id"]: one["subject"] for one in contexts(made, LATER, reader=Audience.MENTOR)}
    assert [one["name"] for one in said["10001"]] == ["Maths", "Hair", "Gone", "Gone"]


def test_of_two_rows_for_a_setting_the_first_counts() -> None:
    """As formulas do: a name points to the first."""
    made = subjects()
    made["Settings"].columns["name"].append("Status_Measure ")
    made["Settings"].columns["value"].append("forecast against target")
    made["Settings"].rows.append(made["Settings"].rows[-1] + 1)
    for values in made["Settings"].columns.values():
        values += [None] * (len(made["Settings"].rows) - len(values))
    assert made.settings["status_measure"] == "current against target"
    assert setting_cell(made, "status_measure") == "current against target"
