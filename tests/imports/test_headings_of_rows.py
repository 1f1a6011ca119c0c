"""Registers whose headings stand on two or three rows: dates with their weekday, their week, their halves."""

from __future__ import annotations

from datetime import date, timedelta
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


def tracker_of_one(folder: Path) -> Path:
    records = {name: table.records() for name, table in defaults.new().tables.items()}
    learner = {"learner_id": "A4", "first_name": "Ada", "surname": "Ash", "year": 10, "form": "10A"}
    return write_tracker(folder / "t.xlsx", Tracker.of(records | {"Learners": [learner]}))


@pytest.mark.parametrize("how", HEADS)
def test_a_register_comes_in_whatever_stands_above_what(tmp_path: Path, how: str) -> None:
    tracker = tracker_of_one(tmp_path)
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


def test_every_sign_for_nothing_is_a_mark_still_missing(tmp_path: Path) -> None:
    """Of weeks alike but for what stands where no mark is; a question mark may mean something, so its row is asked."""
    nothing = ["", "-", "–", "—", "−", "‑", "--", ".", "…", "_", "·", " ", "\u00a0", "\u200b"]
    lines = ["Learner ID,Week,Mon am,Mon pm,Tue am,Tue pm"]
    weeks = [date(2026, 9, 7) + timedelta(weeks=number) for number in range(len(nothing) + 1)]
    lines += [f"A4,{week:%d/%m/%Y},/,{sign},L,/" for week, sign in zip(weeks, [*nothing, "?"], strict=True)]
    (tmp_path / "rows.csv").write_text("\n".join(lines), encoding="utf-8")
    words = ("import", tracker_of_one(tmp_path), tmp_path / "rows.csv", "--into", "Registers")
    assert run(*words, "--out", tmp_path / "after.xlsx").code == 1
    rows = read(tmp_path / "after.xlsx")["Registers"].records()
    assert {row["week"]: (row["mon_am"], row["mon_pm"], row["tue_am"]) for row in rows} == dict.fromkeys(
        weeks[:-1], ("/", None, "L")
    )


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
