"""No line for a mentor grows with what somebody pasted into a cell, nor carries a sign that turns it round."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import run
from tests.trackers import write_tracker
from workbook.building.tracker import build
from workbook.checks.check import check
from workbook.measures.computed import computed
from workbook.measures.flags import flags
from workbook.measures.week_entries import KINDS, Entry, take
from workbook.model import SHEETS, Kind, Tracker
from workbook.sample import sample

LONG = "Bad \x07\u202e" + "long words " * 300
ON = date(2027, 2, 5)
MOST = 400


def fits(line: str) -> bool:
    return len(line) <= MOST and not {"\x07", "\u202e"} & set(line)


@pytest.fixture(scope="module")
def made() -> Tracker:
    return sample(learners=3)


@pytest.fixture(scope="module")
def tracker(made: Tracker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("long") / "t.xlsx", made, computed(made))


def test_every_column_with_a_pasted_text_is_told_in_short_lines(made: Tracker) -> None:
    """In each row of each sheet another column holds it, in the lists and scales too, which sentences name."""
    tables = {}
    for sheet in SHEETS:
        rows = [dict(row) for row in made[sheet.table].records()]
        for place, column in enumerate(sheet.entry if rows else ()):
            while len(rows) <= place:
                rows.append(dict(rows[-1]))
            rows[place][column.key] = LONG
        tables[sheet.table] = rows
    bad = Tracker.of(tables)
    problems = check(bad, ON)
    told = [*(one.message for one in problems), *(one.fix for one in problems), *(one.reason for one in flags(bad, ON))]
    assert len(problems) > 50
    assert not [line[:120] for line in told if not fits(line)]


@pytest.fixture(scope="module")
def pasted(made: Tracker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker in which each text of the first learner's is far too long: names, IDs, subjects, targets, contacts."""
    tables = {sheet.table: [dict(row) for row in made[sheet.table].records()] for sheet in SHEETS}
    who = made["Learners"]["learner_id"][0]
    for sheet in SHEETS:
        for row in tables[sheet.table]:
            for column in sheet.entry:
                theirs = row.get("learner_id") == who and column.key not in ("learner_id", "left", "started")
                if theirs and column.kind in (Kind.NAME, Kind.TEXT, Kind.NOTE, Kind.CHOICE):
                    row[column.key] = LONG
    for rows in tables.values():
        for row in rows:
            row |= {"learner_id": f"L1 {LONG}"} if row.get("learner_id") == who else {}
    return write_tracker(tmp_path_factory.mktemp("pasted") / "t.xlsx", Tracker.of(tables))


@pytest.mark.parametrize(
    "words",
    [
        ("week", "--on", "2027-02-05"),
        ("flags",),
        ("progress",),
        ("attendance", "--pattern"),
        ("report", "--template", "parent_report", "--sending-list"),
        ("report", "--template", "annual_report", "--state", "proofed"),
        ("report", "--template", "attendance_letter", "--one-copy"),
        ("report", "--template", "certificate"),
        ("report", "--template", "slot_timetable"),
    ],
    ids=" ".join,
)
def test_commands_tell_of_a_pasted_text_in_short_lines(words: tuple[str, ...], pasted: Path, tmp_path: Path) -> None:
    """And what they make has names that are no longer."""
    out = ("--out", tmp_path / "out") if words[0] == "report" else ()
    ran = run(words[0], pasted, *words[1:], *out)
    lines = (ran.out + ran.err).splitlines()
    assert ran.code in (0, 1) and lines
    assert not [line[:120] for line in lines if not fits(line)]
    assert all(len(one.name) <= 110 for one in (tmp_path / "out").glob("*"))


def test_a_pack_with_a_pasted_text_is_told_in_short_lines(made: Tracker, tracker: Path, tmp_path: Path) -> None:
    who = made["Learners"]["learner_id"][0]
    run("report", tracker, "--template", "target_entry", "--out", tmp_path, "--learner", who)
    (sheet_of,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(sheet_of)
    page = book.active
    (head,) = [row[0].row for row in page.iter_rows() if "Target" in [one.value for one in row]]
    at = {one.value: one.column for one in page[head]}
    for row, heading in enumerate(("Target", "Due", "Area", "Learner ID", "In my own words"), head + 1):
        page.cell(row, at["Target"], f"Read every day {row}.")
        page.cell(row, at.get(heading, at["Target"]), LONG.replace("\x07", ""))
    book.save(sheet_of)
    ran = run("agreed", tracker, sheet_of, "--dry-run")
    lines = (ran.out + ran.err).splitlines()
    assert len(lines) > 2 and not [line[:120] for line in lines if not fits(line)]


def test_what_is_typed_beside_the_week_is_refused_in_short_lines(made: Tracker) -> None:
    who = made["Learners"]["learner_id"][0]
    entries = [Entry(who, LONG, None, None, None)]
    entries += [Entry(who, kind, *cells) for kind in KINDS for cells in ((LONG, "x", None), (None, "x", LONG))]
    refused = [one.not_taken for one in take(made, entries, ON, {}).kept]
    assert len(refused) == 8, "Seen asks for no kind"
    assert not [line[:120] for line in refused if not fits(line)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Learner ID", "Date", "Type", "What happened"], ["{who}", "05/02/2027", LONG, "x"],
         ["{who}", LONG, "Disruption", "x"], [LONG, "05/02/2027", "Disruption", "x"]],
        [["Learner ID", "Date", "AM", "PM"], ["{who}", "05/02/2027", LONG, "/"]],
        [["Learner ID", "Contact name", "Parental responsibility", "Court order"], ["{who}", "Mr X", "Yes", LONG]],
        [["Learner ID", "Subject", "APL 1", "Effort 1"], ["{who}", LONG, LONG, LONG]],
        [["Learner ID", LONG, "APL 1 " + LONG], ["{who}", "4", "4"]],
        [["Name", "Date", "Type"], [LONG, "05/02/2027", LONG]],
    ],
    ids=["behaviour", "marks", "contacts", "levels", "headings", "name"],
)  # fmt: skip
def test_a_file_with_a_pasted_text_is_told_in_short_lines(
    rows: list[list[str]], made: Tracker, tracker: Path, tmp_path: Path
) -> None:
    """What an answer is called has to be typed as it stands, so lines of --answer hold it whole."""
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        who = str(made["Learners"]["learner_id"][0])
        csv.writer(file).writerows([[cell.replace("{who}", who) for cell in row] for row in rows])
    ran = run("import", tracker, tmp_path / "in.csv", "--out", tmp_path / "out.xlsx")
    lines = [one for one in (ran.out + ran.err).splitlines() if not one.lstrip().startswith("--answer")]
    assert lines and not [line[:120] for line in lines if not fits(line)]
