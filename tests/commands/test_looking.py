"""Commands that only look: the contract's keys, exit codes, and a tracker that stays as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.run import refused, run

KEYS = {
    "check": {"sheet", "cell", "code", "value", "message", "fix"},
    "progress": {"learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status"},
    "attendance": {
        "learner_id", "possible", "attended", "authorised", "unauthorised", "late", "attendance", "persistent",
        "severe",
    },
    "flags": {"learner_id", "code", "band", "value", "threshold", "data_date", "reason"},
    "week": {"sheet", "cell", "learner_id", "what", "due", "reason"},
}  # fmt: skip


def test_help_names_every_command_and_asks_nothing_of_pandas() -> None:
    ran = run("--help")
    assert ran.code == 0
    for command in ("demo", "new", "sample", "import", "check", "progress", "attendance", "flags", "week", "report"):
        assert f"\n  {command} " in ran.out
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "mentorbook", "--help"], capture_output=True, text=True, check=True
    ).stderr
    assert "pandas" not in loaded and "xlsxwriter" not in loaded and "xlwings" not in loaded


@pytest.mark.parametrize("command", ["progress", "attendance", "flags", "week"])
def test_json_has_the_keys_of_the_contract(command: str, tracker: Path) -> None:
    ran = run(command, tracker, "--json", "--on", "2027-02-05")
    told = json.loads(ran.out)
    assert told["tracker"] == str(tracker) and told["on"] == "2027-02-05"
    assert told["rows"] and all(KEYS[command] <= set(row) for row in told["rows"])
    assert ran.code == (1 if command == "flags" else 0)


def test_json_of_check_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.xlsx"
    assert run("sample", faulty, "--learners", 40, "--faults", 12).code == 0
    ran = run("check", faulty, "--json")
    assert ran.code == 1
    assert len(ran.rows) >= 12 and all(KEYS["check"] <= set(row) for row in ran.rows)
    planted = json.loads((tmp_path / "faulty.faults.json").read_text(encoding="utf-8"))
    assert {(one["sheet"], one["cell"], one["code"]) for one in planted} <= {
        (row["sheet"], row["cell"], row["code"]) for row in ran.rows
    }
    told = run("check", faulty).out
    assert "to mend" in told and "→" in told


@pytest.mark.parametrize("command", ["check", "progress", "attendance", "flags", "week"])
def test_a_tracker_that_is_looked_at_stays_the_same(command: str, tracker: Path) -> None:
    before = tracker.read_bytes()
    assert run(command, tracker).code in (0, 1)
    assert tracker.read_bytes() == before
    assert sorted(path.name for path in tracker.parent.iterdir()) == ["tracker.xlsx"]


def test_the_clean_sample_has_nothing_to_mend(tracker: Path) -> None:
    ran = run("check", tracker)
    assert (ran.code, ran.out) == (0, "tracker.xlsx: nothing to mend.\n")


@pytest.mark.parametrize("command", ["check", "progress", "attendance", "flags", "week", "report"])
def test_a_file_that_is_no_tracker_gets_one_sentence(command: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear all,\n", encoding="utf-8")
    more = ("--out", tmp_path / "out") if command == "report" else ()
    assert "letter.xlsx" in refused(run(command, letter, *more))
    assert "missing.xlsx" in refused(run(command, tmp_path / "missing.xlsx", *more))
    assert not (tmp_path / "out").exists()


def test_the_same_day_whatever_today_is(tracker: Path) -> None:
    # Without --on the figures are those of the last date in the data, which the sample ends on 5 February 2027.
    assert json.loads(run("attendance", tracker, "--json").out)["on"] == "2027-02-05"


def test_looking_back_at_some_learners_only(tracker: Path) -> None:
    """Those helped are parted by year group; those judged by form are among all who are judged."""
    everybody = {row["what"]: row["n"] for row in run("effect", tracker, "--json").rows}
    parts = [run("effect", tracker, "--year", year, "--json").rows for year in (10, 11)]
    assert everybody and everybody == {
        what: sum(row["n"] for rows in parts for row in rows if row["what"] == what) for what in everybody
    }
    lists = [
        json.loads(run("backtest", tracker, *words, "--json").out)["lists"][0] for words in ((), ("--form", "10A"))
    ]
    assert 0 < lists[1]["judged"] < lists[0]["judged"] and lists[1]["size"] <= lists[0]["size"]
    assert "10Z" in refused(run("effect", tracker, "--form", "10Z"))


def test_what_is_typed_wrong_is_told_in_a_mentors_words(tracker: Path, tmp_path: Path) -> None:
    assert "32/01/2027 is no date: write it as 31/01/2027" in run("flags", tracker, "--on", "32/01/2027").err
    (tmp_path / "c.csv").write_text("Learner ID\nL1\n")
    assert "import brings its rows into a tracker" in run("check", tmp_path / "c.csv").err
    for command in ("flags", "report", "sample", "new", "hand-on", "suggest", "import", "undo"):
        told = run(command, "--help").out
        assert not any(word in told for word in ("<str>", "<int", "<path>")), told
