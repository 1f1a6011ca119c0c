"""Draft, proofed, final: a run that is kept, what it holds, and what the next says of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl

from tests.commands.run import refused, run
from workbook.editing.edit import TableChange, edit
from workbook.package.guard import open_guarded
from workbook.reading.read import read
from workbook.reports.content.questions import GROUPS, INFORMATION, kinds_of

SEEN = [word for group in GROUPS if group != INFORMATION for kind in kinds_of(group) for word in ("--seen", kind)]


def test_a_final_run_is_frozen_and_the_next_says_what_changed(tracker: Path, tmp_path: Path) -> None:
    copy, out = Path(shutil.copy(tracker, tmp_path / "t.xlsx")), tmp_path / "out"
    words = ("report", copy, "--form", "10A", "--out")
    assert "--state proofed: mend them" in run(*words, out, "--state", "proofed").out
    assert run(*words, out, "--state", "proofed", *SEEN).code == 0
    record = json.loads((out / "Run record - parent report.json").read_text(encoding="utf-8"))
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.xlsx")}
    assert {name: value for one in record["reports"] for name, value in one["files"].items()} == made
    assert record["state"] == "proofed" and any(one["to"] for one in record["reports"])
    final = run(*words, out, "--state", "final", "--replace", *SEEN)
    assert final.code == 0 and "nothing changed" in final.out
    assert "is final since" in refused(run(*words, out, "--replace"))

    table = read(copy)["Progress"]
    who = record["reports"][0]["learner_id"]
    row = next(place for place, one in enumerate(table["learner_id"]) if one == who)
    edit(open_guarded(copy), copy, {"Progress": TableChange(changed={table.rows[row]: {"comment": "Asks well."}})},
         replace=True, on=read(copy).year[0])  # fmt: skip
    told = run(*words, tmp_path / "next", "--since", out).out
    assert "1 say something else, 0 are new, 0 are no longer made" in told
    assert f"{record['reports'][0]['name']}: subject" in told
    assert openpyxl.load_workbook(next((tmp_path / "next").glob(f"*{who}*"))).active is not None


def test_what_cannot_be_is_said(tracker: Path, tmp_path: Path) -> None:
    words = ("report", tracker, "--form", "10A", "--out", tmp_path / "out")
    assert "the states are draft, proofed, final" in refused(run(*words, "--state", "sent"))
    assert "holds no record" in refused(run(*words, "--since", tmp_path))
    (tmp_path / "Run record - parent report.json").write_text("{}", encoding="utf-8")
    assert "cannot be read as the record" in refused(run(*words, "--since", tmp_path))
