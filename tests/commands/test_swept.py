"""What a killed run has left goes with the next run of any command that writes, also where that writes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import mentorbook
from tests.commands.run import Ran, run
from tests.excel_rules.writers import writing_commands
from tests.trackers import write_tracker
from workbook.model import Tracker, defaults
from workbook.package import beside

ROW = {"learner_id": "L1", "first_name": "Amira", "surname": "Ash", "form": "10A", "year": 10}
NOTHING_TO_WRITE: dict[str, list[str]] = {
    "import": ["import", "t.xlsx", "rows.csv", "--into", "Learners", "--replace"],
    "agreed": ["agreed", "t.xlsx", "empty", "--replace"],
    "erase": ["erase", "t.xlsx", "--past", "--replace"],
    "suggest": ["suggest", "t.xlsx", "--accept", "1", "--replace"],
    "undo": ["undo", "t.xlsx", "--replace"],
    "restore": ["restore", "t.xlsx", "--from", "same.xlsx", "--take", "all", "--replace"],
    "backup": ["backup", "t.xlsx"],
    "report": ["report", "t.xlsx", "--form", "none", "--out", "out", "--replace"],
    "update": ["update", "t.xlsx", "--out", "rows.csv"],
    "next-year": ["next-year", "t.xlsx", "--out", "same.csv", "--replace"],
}
ONLY_SHOWN: tuple[list[str], ...] = (
    ["import", "t.xlsx", "rows.csv", "--into", "Learners", "--replace", "--dry-run"],
    ["agreed", "t.xlsx", "empty", "--replace", "--dry-run"],
    ["undo", "t.xlsx"],
    ["restore", "t.xlsx", "--from", "same.xlsx"],
    ["next-year", "t.xlsx"],
    ["check", "t.xlsx"],
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("swept")
    records = {name: table.records() for name, table in defaults.new().tables.items()}
    write_tracker(folder / "t.xlsx", Tracker.of(records | {"Learners": [ROW]}))
    shutil.copy(folder / "t.xlsx", folder / "same.xlsx")
    (folder / "rows.csv").write_text("Learner ID,First name\nL1,Amira\n", encoding="utf-8")
    for name in ("empty", "out", "tmp"):
        (folder / name).mkdir()
    return folder


@pytest.fixture
def left(room: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a killed run has left: beside the tracker, and in the folders of reports and of replaced files."""
    monkeypatch.setattr("tempfile.tempdir", str(room / "tmp"))
    monkeypatch.chdir(room)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with monkeypatch.context() as another:
        another.setattr("os.getpid", lambda: gone.pid)
        places = [beside.beside(room / name) for name in ("t.xlsx", "out/report.xlsx", "tmp/mentorbook")]
        places.append(beside.beside(room / "Replaced 2026-11-28/report.xlsx"))
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"half")
    return places


def done(words: list[str]) -> Ran:
    ran = run(*words)
    assert "Traceback" not in ran.err and "stumbled" not in ran.err, ran
    return ran


@pytest.mark.parametrize("name", NOTHING_TO_WRITE)
def test_a_command_that_has_nothing_to_write_sweeps_too(name: str, room: Path, left: list[Path]) -> None:
    before = (room / "t.xlsx").read_bytes()
    done(NOTHING_TO_WRITE[name])
    swept = [one for one in left if one.parent.name != "out" or name == "report"]
    assert [one for one in swept if one.exists()] == [] and (room / "t.xlsx").read_bytes() == before


def test_what_only_shows_touches_nothing(left: list[Path]) -> None:
    for words in ONLY_SHOWN:
        done(words)
        assert all(one.exists() for one in left), words


def test_every_command_that_writes_says_so_by_its_options() -> None:
    """A new command joins by itself: its --replace and --out are those that tell the run."""
    group: Any = typer.main.get_command(mentorbook.app)
    for name in writing_commands():
        one = group
        for word in name.split():
            one = one.commands[word]
        options = [each for each in one.params if each.name in ("replace", "out")]
        assert options and all(each.callback is not None for each in options), name
