"""Draft, proofed, final: a run that is kept, what it holds, and what the next says of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl

from tests.commands.run import refused, run
from tests.reports.content.college import AMIRA, ON
from tests.reports.content.college import tracker as college
from workbook.editing.edit import TableChange, edit
from workbook.measures.snapshot import Snapshot
from workbook.package.guard import open_guarded
from workbook.reading.read import read
from workbook.reports.content.questions import GROUPS, INFORMATION, kinds_of
from workbook.reports.content.recipients import gets_reports
from workbook.reports.output.run import Manner, Run
from workbook.reports.output.sending_list import sending_rows
from workbook.reports.output.template_files import find

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


def test_a_contact_with_another_address_or_name_is_told(tracker: Path, tmp_path: Path) -> None:
    copy, out = Path(shutil.copy(tracker, tmp_path / "t.xlsx")), tmp_path / "out"
    words = ("report", copy, "--form", "10A", "--out")
    run(*words, out, "--state", "proofed", *SEEN)
    parents = read(copy)["Parents"]
    sent = {one["learner_id"] for one in json.loads((out / "Run record - parent report.json").read_text())["reports"]}
    first, second = [
        place for place, one in enumerate(parents.records()) if gets_reports(one) and one["learner_id"] in sent
    ][:2]
    new = {parents.rows[first]: {"email": "new@home.example"}, parents.rows[second]: {"name": "Dr New"}}
    edit(open_guarded(copy), copy, {"Parents": TableChange(changed=new)}, replace=True, on=read(copy).year[0])
    told = run(*words, tmp_path / "next", "--since", out).out
    assert "0 say something else, 1 are new, 1 are no longer made" in told
    assert f"goes to {parents['name'][first]} (email), new@home.example" in told


def test_two_contacts_of_one_name_and_one_of_none_have_a_copy_each() -> None:
    """Each file once on the sending list, with the address of whose it is; nobody is called None."""
    yes = {"learner_id": "L1", "parental_responsibility": "Yes", "send_reports": "Yes"}
    rows = [{**yes, "name": name, "address": f"{at} Elm Road"} for at, name in enumerate(("Mr Ash", "Mr Ash", None))]
    made = college(Learners=[AMIRA], Parents=rows)
    run_of = Run.of(Snapshot(made, ON), find("attendance_letter"), ["L1"], Manner(everyone=True))
    files = run_of.paths(Path("out"))
    listed = [(row[3], row[7], row[-1]) for row in sending_rows(made, run_of, files)]
    assert [place for _, place, _ in listed] == ["0 Elm Road", "1 Elm Road", "2 Elm Road"]
    assert len({file for _, _, file in listed}) == 3 and not any("None" in file for _, _, file in listed)
    assert [one["recipient"]["dear"] for _, one in run_of.reports] == ["Mr Ash", "Mr Ash", "parent or carer"]


def test_what_cannot_be_is_said(tracker: Path, tmp_path: Path) -> None:
    words = ("report", tracker, "--form", "10A", "--out", tmp_path / "out")
    assert "the states are draft, proofed, final" in refused(run(*words, "--state", "sent"))
    assert "holds no record" in refused(run(*words, "--since", tmp_path))
    (tmp_path / "Run record - parent report.json").write_text("{}", encoding="utf-8")
    assert "cannot be read as the record" in refused(run(*words, "--since", tmp_path))
