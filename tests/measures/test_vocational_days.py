"""Vocational days come in by week, with the words for effort, to home and to staff; an older tracker lacks them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from tests.measures.rows import tracker
from tests.trackers import write_tracker
from workbook.building.tracker import build
from workbook.checks import check
from workbook.measures.computed import computed
from workbook.model import SHEETS, Audience
from workbook.reading.read import read
from workbook.reports.content.learner import contexts

ROWS = [
    {"learner_id": "A1", "week": date(2026, 9, 7), "attended": "Yes", "effort": "4", "comment": "Neat work."},
    {"learner_id": "A1", "week": date(2026, 9, 14), "attended": "No", "contact": "Salon team"},
    {"learner_id": "A1", "week": date(2026, 9, 21), "attended": "Yes", "effort": "1"},
]


def test_the_newest_stands_first_with_the_word_for_effort_and_no_contact_for_parents() -> None:
    made = tracker(Vocationaldays=ROWS)
    told = {}
    for reader in (Audience.PARENT, Audience.MENTOR):
        (context,) = contexts(made, date(2026, 9, 18), ["A1"], reader=reader)
        told[reader] = context["vocational_week"]
    parent, staff = told[Audience.PARENT], told[Audience.MENTOR]
    assert [(row["week"], row["effort"]) for row in staff] == [
        (date(2026, 9, 14), None), (date(2026, 9, 7), "Excellent")]  # fmt: skip
    assert staff[0]["contact"] == "Salon team" and all("contact" not in row for row in parent)
    assert parent[1]["comment"] == "Neat work."


def test_the_learner_view_says_effort_in_a_word(tmp_path: Path) -> None:
    """A code that Effort does not have stays as it is; a mentor or a parent beside the screen reads no bare 4."""
    rows = [*ROWS[:1], ROWS[2] | {"effort": "9", "comment": "Late back."}]
    learner = {"learner_id": "A1", "first_name": "Amira", "surname": "Khan", "year": 10, "form": "10A"}
    made = tracker(Learners=[learner], Vocationaldays=rows)
    build(tmp_path / "t.xlsx", made, computed(made))
    page = openpyxl.load_workbook(tmp_path / "t.xlsx", data_only=True)["Learner view"]
    said = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value}
    assert {"Excellent · Neat work.", "9 · Late back."} <= said


def test_what_is_wrong_on_the_sheet_is_found() -> None:
    rows = [ROWS[0], ROWS[0] | {"week": date(2026, 9, 15)}, ROWS[1] | {"effort": "9", "week": date(2026, 9, 21)}]
    found = [(one.cell, one.code) for one in check(tracker(Vocationaldays=rows)) if one.sheet == "Vocational days"]
    assert found == [("C6", "week-not-monday"), ("E7", "effort-unknown")]


def test_a_tracker_from_before_is_silent_about_it(tmp_path: Path) -> None:
    names = [one.table for one in SHEETS if not one.since]
    older = read(write_tracker(tmp_path / "older.xlsx", tracker(), names))
    assert len(names) == len(SHEETS) - 1 and [one.code for one in older.problems] == []
