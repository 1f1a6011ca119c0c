"""Import, copies and help on an open tracker: shown first, then what the command line would make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.desktop.host import book as host
from tests.addin.engine.desk import Desk, command, desk
from workbook.imports import read_import
from workbook.imports.compare import compare
from workbook.imports.map_writer import as_toml
from workbook.imports.take_back import with_returns
from workbook.measures.computed import computed
from workbook.measures.order import conversations
from workbook.reading.read import read

pytestmark = pytest.mark.office

MARKS = """Learner ID,Subject,APL 5,Comment
L10001,English Language,APL4,"=cmd|' /C calc'!A0"
L10001,Mathematics,APL5,-2 is not a level
L10002,Juggling,APL4,no such subject
L10002,English Language,APL99,no such level
L10003,Childcare,L1P,a row that is new
"""
NEW_CONTACTS = """Learner ID,Date,With,How,Why,Summary
L10001,12/01/2027,Home,Phone,Attendance,1/2 day off
L10002,13/01/2027,Home,Phone,Attendance,007
"""


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=12) as one:
        yield one


@pytest.fixture
def marks(tmp_path: Path) -> str:
    (tmp_path / "marks.csv").write_text(MARKS, encoding="utf-8")
    return str(tmp_path / "marks.csv")


def test_nothing_is_written_before_it_was_shown_and_agreed_to(desk_: Desk, marks: str) -> None:
    before = host.read(desk_.book).tracker.tables["Progress"].columns
    for answer in ("no", "cancel"):
        told = desk_.press("import_file", path=marks, answers=[answer])
        assert "2 changed" in told[0] and "2 refused" in told[0]
        told_first = told[0]
    assert host.read(desk_.book).tracker.tables["Progress"].columns == before
    keys = ("state", "sheet", "source_row", "what", "column", "old", "new", "reason")
    told = command("import", desk_.path, marks, "--into", "Progress", "--dry-run", "--json")
    expected = [tuple(one[key] for key in keys) for one in told]
    rows = desk_.rows("Import")
    standing = [row for row in rows if row[0] == "as it will stand"]
    assert rows[len(standing) :] == expected
    assert 0 < len(standing) <= 3 and f"As it will stand: {str(standing[0][6])[:60]}" in told_first


def test_what_was_agreed_to_is_what_the_command_line_makes(desk_: Desk, marks: str, tmp_path: Path) -> None:
    told = desk_.press("import_file", path=marks, answers=["yes"])
    assert "2 changed" in told[-1]
    out = tmp_path / "out.xlsx"
    command("import", desk_.path, marks, "--into", "Progress", "--out", out)
    live_tracker = host.read(desk_.book).tracker
    live, made = live_tracker.tables["Progress"], read(out)["Progress"]
    assert live.columns == made.columns
    row = live.rows[0]
    sheet = desk_.book.sheets["Progress"]
    assert sheet.range(f"{live.letters['comment']}{row}").formula.lstrip("'") == "=cmd|' /C calc'!A0"
    assert sheet.range(f"{live.letters['points_5']}{row}").value == 4, "the formulas of the row count the new level"
    figures = computed(live_tracker, ["Progress"])["Progress"]
    for place in (0, len(live) - 1):  # a row that was there, and the new one
        for column in live.sheet.computed:
            shown = sheet.range(f"{live.letters[column.key]}{live.rows[place]}").value
            expected = figures[column.key][place]
            assert shown == (pytest.approx(expected) if isinstance(expected, (int, float)) else expected), column.header
    assert list((desk_.path.parent / "backups").glob("tracker 2*.xlsx")), "a copy was kept"
    again = desk_.press("import_file", path=marks)
    assert "changed" not in again[0] and "2 refused" in again[0]


def test_new_rows_go_into_the_sheet_that_the_headings_are_of(desk_: Desk, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(NEW_CONTACTS, encoding="utf-8")
    before = host.read(desk_.book).tracker.tables["Contacts"]
    told = desk_.press("import_file", path=str(file), answers=["yes"])
    assert "Contacts: 2 new" in told[0]
    after = host.read(desk_.book, structure=True).tracker
    added = after.tables["Contacts"]
    assert added["summary"][len(before) :] == ["1/2 day off", "007"]
    sheet = desk_.book.sheets["Contacts"]
    assert sheet.tables["Contacts"].range.last_cell.row == added.rows[-1]
    assert all(sheet.range(f"{added.letters['learner']}{row}").value for row in added.rows[-2:])
    assert not [one for one in after.problems if one.sheet == "Contacts"]


def test_what_a_file_leaves_open_is_answered_on_a_sheet(desk_: Desk, tmp_path: Path) -> None:
    file = tmp_path / "open.csv"
    file.write_text("Adno,Autumn 2 Target,Autumn 2 Current\nL10001,APL9,APL9\n", encoding="utf-8")
    assert desk_.press("import_file", path=str(file)) == []
    asked = {row[0]: row for row in desk_.rows("Import questions")}
    assert {"subject", "drop autumn 2"} <= set(asked)
    assert "November" in str(asked["drop autumn 2"][2]) and "Mathematics" in str(asked["subject"][2])
    sheet = desk_.book.sheets["Import questions"]
    for place, name in enumerate(asked, start=5):
        sheet.range((place, 5)).value = {"subject": "Mathematics", "drop autumn 2": 3}[str(name)]
    told = desk_.press("import_file", path=str(file), answers=["yes"])
    assert "1 changed" in told[-1]
    live = host.read(desk_.book).tracker.tables["Progress"]
    at = next(i for i in range(len(live)) if (live["learner_id"][i], live["subject"][i]) == ("L10001", "Mathematics"))
    assert (live["target"][at], live["apl_3"][at]) == ("APL9", "APL9")
    # a map beside the file asks for less than the sheet that is left over answers
    answers = {"subject": "Mathematics", "drop autumn 2": "3"}
    kept = read_import(host.read(desk_.book).tracker, file, None, None, answers).map
    assert kept
    file.with_suffix(".toml").write_text(as_toml(kept), encoding="utf-8")
    assert desk_.press("import_file", path=str(file)) == ["Everything in open.csv is in this tracker already."]


def test_a_copy_is_kept_and_shows_what_differs_since(desk_: Desk) -> None:
    told = desk_.press("backup")
    kept = desk_.path.parent / "backups" / told[0].removeprefix("A copy is kept: ").partition(" in ")[0]
    live = host.read(desk_.book).tracker
    assert read(kept).tables["Progress"].columns == live.tables["Progress"].columns
    assert desk_.press("restore", path=str(kept)) == [f"Nothing differs between this tracker and {kept.name}."]
    table, sheet = live.tables["Targets"], desk_.book.sheets["Targets"]
    cell = table.cell("target", 3)
    was = sheet.range(cell).value
    sheet.range(cell).value = "Something else"
    assert desk_.press("restore", path=str(kept)) == []
    rows = desk_.rows("Restore")
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in rows] == [
        ("Targets", cell, "Target", "Something else", was)
    ]
    assert desk_.close_others() == [kept.name]
    sheet.range(cell).value = was


def test_what_is_marked_comes_back_as_the_command_brings_it(desk_: Desk) -> None:
    """A cell that was changed, a row that was lost and one that is new come back; what is not marked stays."""
    told = desk_.press("backup")
    kept = desk_.path.parent / "backups" / told[0].removeprefix("A copy is kept: ").partition(" in ")[0]
    before = host.read(desk_.book).tracker
    targets, behaviour = before.tables["Targets"], before.tables["Behaviour"]
    for place, words in ((0, "Spoilt"), (1, "Meant")):
        desk_.book.sheets["Targets"].range(targets.cell("target", place)).value = words
    lost = behaviour.rows[2]
    for column in behaviour.sheet.entry:
        desk_.book.sheets["Behaviour"].range(f"{behaviour.letters[column.key]}{lost}").value = None
    assert desk_.press("restore", path=str(kept)) == []
    rows, sheet = desk_.rows("Restore"), desk_.book.sheets["Restore"]
    assert sorted((row[0], str(row[4])) for row in rows) == [
        ("Behaviour", "not there"), ("Targets", "Meant"), ("Targets", "Spoilt"),
    ]  # fmt: skip
    for number, row in enumerate(rows, start=5):
        sheet.range((number, 7)).value = None if row[4] == "Meant" else "x"
    now = host.read(desk_.book).tracker
    wanted = [one.back for one in compare(now, read(kept)) if one.now != "Meant"]
    expected = with_returns(now, wanted).after
    assert desk_.press("restore", path=str(kept), answers=["no"])[-1] == "Nothing was changed."
    asked, done = desk_.press("restore", path=str(kept), answers=["yes"])
    assert "2 marked lines" in asked and "1 rows added, 1 changed" in done
    after = host.read(desk_.book).tracker
    for name in ("Targets", "Behaviour"):
        entries = [column.key for column in after[name].sheet.entry]
        made = [
            tuple(row[key] for key in entries)
            for row in after[name].records()
            if any(row[k] is not None for k in entries)
        ]
        right = [
            tuple(row[key] for key in entries)
            for row in expected[name].records()
            if any(row[k] is not None for k in entries)
        ]
        assert made == right, name
    assert after["Targets"]["target"][:2] == [targets["target"][0], "Meant"]
    assert desk_.press("restore", path=str(kept)) == ["What was marked differs no more; this is how it is now."]
    assert [row[4] for row in desk_.rows("Restore")] == ["Meant"]
    desk_.close_others()


def test_help(desk_: Desk) -> None:
    assert desk_.press("guide") == []
    assert desk_.book.sheets.active.name == "Guide"
    assert "xlwings 0.37" in desk_.press("about")[0]
    assert len(desk_.press("doctor")) == 1


def test_a_record_of_any_learner_begins_from_any_sheet(desk_: Desk) -> None:
    """A contact from a row of Progress of somebody on no list; a target for two at once; what is known is filled in."""
    before = host.read(desk_.book).tracker
    flagged = [one.learner_id for one in conversations(before, date.today())]
    progress, learners = before["Progress"], before["Learners"]
    row, quiet = next((row, who) for row, who in zip(progress.rows, progress["learner_id"], strict=True)
                      if who not in flagged)  # fmt: skip
    desk_.go("Progress", f"C{row}")
    assert desk_.press("record_contact") == []
    at = desk_.book.selection
    assert (desk_.book.sheets.active.name, at.row, at.value) == ("Contacts", before["Contacts"].rows[-1] + 1, None)
    assert desk_.press("record_contact") == [] and desk_.book.selection.row == at.row, "what was begun is gone on with"
    places = [learners["learner_id"].index(one) for one in flagged[:2]]
    desk_.go("Learners", ",".join(f"A{learners.rows[place]}" for place in places))
    assert desk_.press("record_target", answers=["no"])[-1] == "Nothing was changed."
    (asked,) = desk_.press("record_target", answers=["yes"])
    assert asked.startswith("Add 2 rows to Targets, for ") and all(one in asked for one in flagged[:2])
    desk_.go("Learners", f"A{learners.rows[places[0]]}")
    assert desk_.press("record_intervention") == []
    now = host.read(desk_.book).tracker
    (contact,), targets, (help_,) = (
        list(now[name].records())[len(before[name]) :] for name in ("Contacts", "Targets", "Interventions")
    )
    mentor = dict(zip(learners["learner_id"], learners["mentor"], strict=True))
    told = {key: contact[key] for key in ("learner_id", "date", "with", "summary", "follow_up_due", "by")}
    assert list(told.values()) == [quiet, date.today(), "Learner", None, None, mentor[quiet]]
    assert at.column == desk_.book.sheets["Contacts"].range(f"{now['Contacts'].letters['summary']}1").column
    assert desk_.book.sheets["Contacts"].range(f"{now['Contacts'].letters['learner']}{at.row}").value, "worked out"
    assert [(one["learner_id"], one["set_on"], one["status"], one["target"]) for one in targets] == [
        (one, date.today(), "Open", None) for one in sorted(flagged[:2])
    ] and all(one["area"] for one in targets)
    assert (help_["learner_id"], help_["start"], help_["owner"]) == (flagged[0], date.today(), mentor[flagged[0]])
    assert help_["reason"] and help_["type"] is None


def test_a_record_needs_a_learner_and_a_sheet_that_takes_rows(desk_: Desk) -> None:
    desk_.go("Start", "A1")
    assert desk_.press("record_contact")[0].startswith("No learner stands in these rows")
    desk_.book.impl.ask("filter", name="Contacts", field=1, text="L10001")
    desk_.go("Learners", "A5")
    assert desk_.press("record_contact")[0].startswith("Contacts is filtered")
    desk_.book.impl.ask("unfilter", name="Contacts")


def test_agreed_targets_are_shown_then_written(desk_: Desk, tmp_path: Path) -> None:
    command("report", desk_.path, "--out", tmp_path, "--template", "target_entry", "--form", "10A")
    (sheet,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(sheet)
    page = book.active
    other = next(row for row in range(4, page.max_row) if page.cell(row, 1).value != page["A4"].value)
    page["E4"], page[f"E{other}"], page[f"H{other}"] = "Ask one question", "Be on time", "soon"
    book.save(sheet)
    before = host.read(desk_.book).tracker["Targets"]
    assert "1 new, 1 refused" in desk_.press("agreed_targets", path=str(sheet), answers=["no"])[0]
    assert [row[0] for row in desk_.rows("Agreed targets")] == ["new", "refused"]
    assert len(host.read(desk_.book).tracker["Targets"]) == len(before)
    assert "1 rows added" in desk_.press("agreed_targets", path=str(sheet), answers=["yes"])[-1]
    after = host.read(desk_.book).tracker["Targets"]
    assert (len(after), after["target"][-1], after["status"][-1]) == (len(before) + 1, "Ask one question", "Open")
