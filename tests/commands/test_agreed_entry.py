"""An entry sheet of a Progress Day whose rows were torn: no learner gets another's target."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.commands.run import run
from tests.commands.test_agreed import DUE


def test_a_column_sorted_alone_gives_no_target_to_another_learner(tracker: Path, tmp_path: Path) -> None:
    run("report", tracker, "--template", "target_entry", "--out", tmp_path, "--form", "10A")
    (path,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    page = book.active
    (head,) = (row[0].row for row in page.iter_rows() if "Target" in [cell.value for cell in row])
    at = {cell.value: cell.column for cell in page[head]}
    whose = {page.cell(row, at["Learner ID"]).value: row for row in range(page.max_row, head, -1)}
    first, second, third = list(whose.values())[-1:-4:-1]
    page.cell(first, at["Due"]).value = DUE
    page.cell(second, at["Target"]).value = "Another learner's target"
    page.cell(third, at["Target"]).value, page.cell(third, at["Due"]).value = "Their own", DUE
    book.save(path)
    told = run("agreed", tracker, path, "--dry-run").out
    assert "1 new target," in told and "Their own" in told
    assert f"!E{second}: it has no date, and Targets agreed!H{first} has a date without a target" in told
