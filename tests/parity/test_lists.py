"""Flags, week, the sheets that update writes and the buttons agree row for row, on samples and hostile trackers."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.deeds import actions
from addin.deeds.progress import my_week, update_flags
from tests.commands.run import run
from tests.parity.hostile import tracker as hostile
from workbook.building.tracker import build
from workbook.building.views.written_rows import FLAGS, WEEK, Heading
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.model import Tracker
from workbook.model.rules import BY_CODE
from workbook.model.tracker import as_date
from workbook.reading.read import read
from workbook.sample import sample

TRACKERS = {
    "a sample": lambda: sample(16, seed=3),
    "hostile": lambda: hostile(5, rows=45),
    "hostile, in another order": lambda: hostile(11, {"list_order": "most reasons", "list_length": 2}, rows=45),
}
Rows = list[tuple[Any, ...]]


def plain(value: Any) -> Any:
    """A cell however it was read: days as days, blanks as None."""
    day = as_date(value) if not isinstance(value, str) else None
    return str(day) if day else value if value not in ("", None) else None


def sheet_rows(path: Path, name: str, headings: tuple[Heading, ...]) -> Rows:
    """The rows of a written sheet; a link is the cell that it leads to."""
    page = openpyxl.load_workbook(path)[name]
    (table,) = page.tables.values()
    found = [tuple(plain(_shown(cell.value)) for cell in row) for row in page[table.ref]]
    assert found[0] == tuple(one.header for one in headings)
    return [row for row in found[1:] if any(row)]


def _shown(value: Any) -> Any:
    return value.rpartition(",")[2].strip('")') if str(value).startswith("=HYPERLINK(") else value


def pressed(deed: Generator[Any, Any, Any], tracker: Tracker) -> Rows:
    """The rows that a button writes, in a workbook without written sheets and a user who is no mentor."""
    answers = {actions.Read: actions.Opened("t", tracker, {}), actions.UserName: "", actions.Sheets: []}
    answer = None
    while True:
        action = deed.send(answer)
        if isinstance(action, actions.WriteSheet):
            return [tuple(map(plain, row)) for row in action.rows if any(row)]
        answer = answers.get(type(action))


@pytest.mark.slow
@pytest.mark.parametrize("which", TRACKERS)
def test_row_for_row(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = TRACKERS[which]()
    path, new = tmp_path / "t.xlsx", tmp_path / "new.xlsx"
    build(path, made, computed(made))
    tracker = read(path)
    on = last_date(tracker)
    mentor = str(tracker.settings["week_mentor"] or "") or None

    class Today(date):
        @classmethod
        def today(cls) -> date:
            return on

    monkeypatch.setattr("addin.deeds.progress.date", Today)
    assert run("update", path, "--out", new, "--on", on).code == 0
    flags = run("flags", path, "--json", "--on", on).rows
    told = [
        (one["learner_id"], one["name"], one["form"], one["mentor"], one["standing"], BY_CODE[one["code"]].title,
         f"New: {one['reason']}" if one["new"] else one["reason"], one["data_date"], one["answered"], one["until"],
         one["head_of_year"])
        for one in flags
    ]  # fmt: skip
    keep = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 12]
    for place, rows in (("sheet", sheet_rows(new, "Flags", FLAGS)), ("button", pressed(update_flags(), tracker))):
        said = [tuple(str(row[n]).lower() if n == 5 else row[n] for n in keep) for row in rows]
        assert said == told, place
    week = run("week", path, "--json", "--on", on, *(("--mentor", mentor) if mentor else ())).rows
    owed = [(one["due"], one["what"], one["name"], one["form"], one["reason"], one["last_contact"], one["next_step"],
             one["sheet"], one["cell"] or None, one["learner_id"]) for one in week]  # fmt: skip
    for place, rows in (("sheet", sheet_rows(new, "My week", WEEK)), ("button", pressed(my_week(), tracker))):
        assert [row[:10] for row in rows] == owed, place
    assert told and owed
