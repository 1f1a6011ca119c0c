"""Registers whose headings stand on two or three rows: dates with their weekday, their week, their halves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import run
from tests.trackers import write_tracker
from workbook.imports.sessions import session_of
from workbook.model import Tracker, defaults
from workbook.reading.read import read

MONDAY, TUESDAY = date(2027, 2, 8), date(2027, 2, 9)
WANTED = {"mon_am": "/", "mon_pm": "\\", "tue_am": "I", "tue_pm": "B"}
ROW = ["A4", "Ash", "/", "\\", "I", "B"]
HEADS: dict[str, tuple[list[list[Any]], list[str]]] = {
    "a date, its weekday, a half": (
        [["Adno", "Name", MONDAY, None, TUESDAY, None], [None, None, "Mon", None, "Tue", None],
         [None, None, "AM", "PM", "AM", "PM"], ROW],
        ["C1:D1", "E1:F1", "C2:D2", "E2:F2"],
    ),
    "a half above real dates": (
        [["Adno", "Name", "AM", None, "PM", None], [None, None, MONDAY, TUESDAY, MONDAY, TUESDAY],
         ["A4", "Ash", "/", "I", "\\", "B"]],
        ["C1:D1", "E1:F1"],
    ),
    "a week above its days": (
        [["Adno", "Name", "Week commencing 8 February 2027", None, None, None],
         [None, None, "Mon AM", "Mon PM", "Tue AM", "Tue PM"], ROW],
        ["C1:F1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", HEADS)
def test_a_register_comes_in_whatever_stands_above_what(tmp_path: Path, how: str) -> None:
    records = {name: table.records() for name, table in defaults.new().tables.items()}
    learner = {"learner_id": "A4", "first_name": "Ada", "surname": "Ash", "year": 10, "form": "10A"}
    tracker = write_tracker(tmp_path / "t.xlsx", Tracker.of(records | {"Learners": [learner]}))
    rows, merged = HEADS[how]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(tmp_path / "month.xlsx")
    ran = run("import", tracker, tmp_path / "month.xlsx", "--into", "Registers", "--out", tmp_path / "after.xlsx")
    assert ran.code == 0, ran
    (week,) = read(tmp_path / "after.xlsx")["Registers"].records()
    assert {key: week[key] for key in WANTED} == WANTED and week["week"] == MONDAY


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("8 February 2027 Mon AM", (MONDAY, "am")),
        ("8 February 2027 Tue AM", None),
        ("Week commencing 8 February 2027 Tue PM", (TUESDAY, "pm")),
        ("x" * 40_000 + " 8 Mon", None),
    ],
    ids=["its weekday", "another weekday", "its week", "without end"],
)
def test_a_weekday_behind_a_date_agrees_with_it(heading: str, wanted: object) -> None:
    assert session_of(heading) == wanted
