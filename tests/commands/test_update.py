"""update: what was worked out stands in the tracker, and says so once entries have changed since."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from tests.office.client import Office, what_is_missing
from workbook.building.views.written_rows import NOT_YET
from workbook.editing.edit import TableChange, edit
from workbook.reading.read import read

ON = "2027-02-08"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("update") / "small.xlsx"
    assert run("sample", path, "--learners", 12, "--seed", 7).code == 0
    return path


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    page = openpyxl.load_workbook(path)[sheet]
    (table,) = page.tables.values()
    head, *body = page[table.ref]
    return [dict(zip([cell.value for cell in head], [cell.value for cell in row], strict=True)) for row in body]


def test_the_sheets_hold_what_the_commands_say(small: Path, tmp_path: Path) -> None:
    mentor = run("flags", small, "--json").rows[0]["mentor"]
    new = tmp_path / "new.xlsx"
    ran = run("update", small, "--out", new, "--on", ON, "--mentor", mentor)
    assert ran.code == 0 and "8 February 2027" in ran.out
    told = run("flags", small, "--json", "--on", ON).rows
    flags = rows(new, "Flags")
    assert [(row["Learner ID"], row["Learner"], row["Form"]) for row in flags] == [
        (one["learner_id"], one["name"], one["form"]) for one in told
    ]
    assert [str(row["List"]).lower() for row in flags] == [one["standing"] for one in told]
    week = run("week", small, "--json", "--on", ON, "--mentor", mentor).rows
    assert [(row["What"], row["Why"], row["Last contact"]) for row in rows(new, "My week")] == [
        (one["what"], one["reason"], one["last_contact"]) for one in week[:40]
    ]
    assert all(f"'{one['sheet']}'!{one['cell']}" in str(row["Cell"])
               for one, row in zip(week, rows(new, "My week"), strict=False))  # fmt: skip
    assert read(new).settings["week_mentor"] == mentor


def test_everything_else_stays_byte_for_byte_and_a_backup_is_kept(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(small.read_bytes())
    assert "kept as" in run("update", path, "--replace", "--on", ON).out
    (backup,) = tmp_path.glob("mine (backup *).xlsx")
    assert backup.read_bytes() == small.read_bytes()
    with zipfile.ZipFile(small) as before, zipfile.ZipFile(path) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert set(before.namelist()) - set(after.namelist()) <= {"xl/calcChain.xml"}
    assert len([name for name in changed if "worksheets/sheet" in name]) == 3
    again = path.read_bytes()
    run("update", path, "--replace", "--on", ON)
    with zipfile.ZipFile(path) as last, zipfile.ZipFile(io.BytesIO(again)) as first:
        assert all(last.read(name) == first.read(name) for name in first.namelist())


def test_it_wants_to_know_where_to_write(small: Path, tmp_path: Path) -> None:
    assert "--out" in refused(run("update", small))
    assert "already" in refused(run("update", small, "--out", small))
    assert "No learner has the mentor" in refused(
        run("update", small, "--out", tmp_path / "x.xlsx", "--mentor", "Nobody")
    )


@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
def test_until_then_and_when_entries_changed_the_sheets_say_so(small: Path, tmp_path: Path) -> None:
    """LibreOffice works the line out: fresh after an update, stale after a contact, a mark or a level, never before."""
    fresh, empty = tmp_path / "fresh.xlsx", tmp_path / "empty.xlsx"
    run("update", small, "--out", fresh, "--on", ON)
    run("new", empty)
    contact = tmp_path / "contact.xlsx"
    tracker = read(small)
    row = {"learner_id": tracker["Learners"]["learner_id"][0], "date": date(2027, 2, 8), "with": "Home"}
    edit(fresh, contact, {"Contacts": TableChange(added=[row])})
    registers = tracker["Registers"]
    present = registers.cell("mon_am", registers["mon_am"].index("/"))
    with Office() as office:

        def lines(path: Path, changes: dict[str, dict[str, object]] | None = None) -> set[str]:
            reading = office.recalculate(path, ["Problems", "Flags", "My week"], changes)  # type: ignore[arg-type]
            return {str(reading[sheet]["A3"])[:30] for sheet in ("Problems", "Flags", "My week")}

        assert lines(empty) == {NOT_YET[:30]}
        assert lines(fresh) == {
            "As of 8 February 2027. Mentorb",
            "As of 8 February 2027. Nothing",
            "As of 8 February 2027. Everybo",
        }
        assert lines(contact) == {"Entries have changed since thi"}
        assert lines(fresh, {"Registers": {present: "O"}}) == {"Entries have changed since thi"}
