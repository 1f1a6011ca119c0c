"""Commands that make a tracker: nothing is written over unasked, and the same seed gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from workbook.model import SHEETS


def test_a_new_tracker_has_every_sheet_and_nothing_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert run("new", path, "--year", "2027-28").code == 0
    assert run("check", path).code == 0
    book = openpyxl.load_workbook(path)
    assert {sheet.name for sheet in SHEETS} <= set(book.sheetnames)
    tables = {name for sheet in book.worksheets for name in sheet.tables}
    assert {sheet.table for sheet in SHEETS} <= tables
    assert run("flags", path).code == 0


def test_a_year_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "2026-27" in refused(run("new", tmp_path / "new.xlsx", "--year", "2026"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["new", "sample"])
def test_a_file_that_is_there_is_kept(command: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"my work")
    assert "--replace" in refused(run(command, path))
    assert path.read_bytes() == b"my work"
    refused(run(command, tmp_path / "mine.csv"))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for number in ("1", "2"):
        path = tmp_path / number / "sample.xlsx"
        path.parent.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": number}
        command = [sys.executable, "-m", "mentorbook", "sample", str(path), "--learners", "30", "--faults", "10"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        made.append((path.read_bytes(), path.with_name("sample.faults.json").read_bytes()))
    assert made[0] == made[1]
