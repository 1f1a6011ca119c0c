"""Python in the browser gives what the command line gives: every figure, every report and an import byte for byte."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.commands.run import run
from tests.web.browser import Tab
from workbook.building.views.written_rows import LISTS
from workbook.measures.flags import found_in
from workbook.measures.snapshot import Snapshot
from workbook.reading.read import read
from workbook.reports.output.template_files import names

pytestmark = pytest.mark.browser
DAY = "2027-01-11"
COMMANDS: dict[str, dict[str, str]] = {
    "check": {}, "progress": {}, "attendance": {}, "flags": {}, "week": {"on": DAY},
}  # fmt: skip


def told(command: str, tracker: Path, options: dict[str, str]) -> dict[str, Any]:
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return json.loads(run(command, tracker, "--json", *words).out)


@pytest.mark.parametrize("which", ["faulty", "clean"])
def test_problems_figures_flags_and_the_week(tab: Tab, trackers: dict[str, Path], which: str) -> None:
    name = trackers[which].name
    tab.ask("open", {name: trackers[which].read_bytes()}, name=name)
    for command, options in COMMANDS.items():
        wanted = told(command, trackers[which], options)
        answer = tab.ask(command, **options)["data"]
        assert answer == {"on": wanted["on"], "rows": wanted["rows"]}, command
        assert answer["rows"] or (command, which) == ("check", "clean"), (
            f"{command} found nothing, which proves nothing"
        )


@pytest.mark.parametrize("template", names())
def test_reports_have_the_same_bytes(tab: Tab, trackers: dict[str, Path], tmp_path: Path, template: str) -> None:
    name = trackers["clean"].name
    tab.ask("open", {name: trackers["clean"].read_bytes()}, name=name)
    words = ("--template", template, "--form", "10A", "--all", "--sending-list")
    told = run("report", trackers["clean"], "--out", tmp_path, *words)
    assert told.code == 0
    made = tab.ask("reports", template=template, form="10A", everyone=True)
    with zipfile.ZipFile(io.BytesIO(next(iter(made["files"].values())))) as packed:
        ours = {one: packed.read(one) for one in packed.namelist()}
    theirs = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    listed = made["data"]["sending"]
    if listed:  # what parents read comes with who gets which, as a sheet and as CSV
        (text,) = (data.decode("utf-8-sig") for name, data in theirs.items() if name.endswith(".csv"))
        rows = csv.DictReader(io.StringIO(text, newline=""))
        assert [{key: value.lstrip("'") for key, value in row.items()} for row in rows] == listed
    else:
        theirs = {name: data for name, data in theirs.items() if not name.startswith("Sending list")}
    assert ours == theirs
    assert len(ours) == made["data"]["count"] + 2 * bool(listed) > 0


def test_copies_large_print_and_whom_they_are_for(tab: Tab, trackers: dict[str, Path]) -> None:
    name = trackers["clean"].name
    tab.ask("open", {name: trackers["clean"].read_bytes()}, name=name)
    each = tab.ask("reports", template="parent_report")["data"]
    one = tab.ask("reports", template="parent_report", one_copy=True)["data"]
    assert each["count"] >= one["count"] > 0 and {row["How"] for row in each["sending"]} >= {"email"}
    large = tab.ask("reports", template="parent_report", large_print=True)["data"]
    assert large["count"] == len({row["File"] for row in large["sending"] if row["File"]})
    assert {row["Large print"] for row in large["sending"] if row["File"]} <= {"Yes"}
    staff = tab.ask("reports", template="learner_profile", form="10A")["data"]
    assert staff["count"] and staff["sending"] == []


@pytest.mark.parametrize("name", ["Head of Year", "Celebration"])
def test_the_written_lists_are_those_that_update_writes(tab: Tab, trackers: dict[str, Path], name: str) -> None:
    file, day = trackers["clean"], date.fromisoformat(json.loads(run("flags", trackers["clean"], "--json").out)["on"])
    tab.ask("open", {file.name: file.read_bytes()}, name=file.name)
    told = tab.ask("listed", name=name)["data"]
    wanted = LISTS[name].rows(found_in(Snapshot(read(file), day)))
    assert told["on"] == day.isoformat() and told["headings"] == [one.header for one in LISTS[name].headings]
    assert told["rows"] == json.loads(json.dumps(wanted, default=str)) and wanted


def test_one_workbook_and_a_copy_of_the_tracker_too(tab: Tab, trackers: dict[str, Path], tmp_path: Path) -> None:
    name = trackers["clean"].name
    tab.ask("open", {name: trackers["clean"].read_bytes()}, name=name)
    assert run("report", trackers["clean"], "--out", tmp_path, "--form", "10A", "--one-workbook").code == 0
    one = tab.ask("reports", template="parent_report", form="10A", one_workbook=True)["files"]
    assert one == {"parent report.xlsx": (tmp_path / "parent report.xlsx").read_bytes()}
    assert run("report", trackers["clean"], "--out", tmp_path, "--form", "10A", "--into", "copy.xlsx").code == 0
    copy = tab.ask("reports", template="parent_report", form="10A", into_tracker=True)["files"]
    assert list(copy.values()) == [(tmp_path / "copy.xlsx").read_bytes()]


def test_an_import_has_the_same_bytes(tab: Tab, trackers: dict[str, Path], tmp_path: Path) -> None:
    """A file as a system gives it, for which something is to be answered; then the rows, and the new tracker."""
    tracker = trackers["clean"]
    learner, subject = (
        json.loads(run("progress", tracker, "--json").out)["rows"][0][key] for key in ("learner_id", "subject")
    )
    marks = f"Learner ID,Subject,APL 6,Comment\n{learner},{subject},APL2,Works hard.\n{learner},No such subject,APL1,\n"
    source, new = tmp_path / "marks.csv", tmp_path / "new.xlsx"
    source.write_text(marks, "utf-8")
    asked = run("import", tracker, source, "--out", new, "--json")
    assert asked.code == 1  # the second row is refused
    tab.ask("open", {tracker.name: tracker.read_bytes()}, name=tracker.name)
    seen = tab.ask("import_look", {"marks.csv": marks.encode()}, name="marks.csv")["data"]
    wanted = json.loads(asked.out)
    assert {key: seen[key] for key in wanted if key not in ("tracker", "on")} == {
        key: value for key, value in wanted.items() if key not in ("tracker", "on")
    }
    assert {one["state"] for one in seen["rows"]} == {"changed", "refused"}
    assert tab.ask("import_save")["files"] == {tracker.name: new.read_bytes()}
