"""update: what was worked out stands in the tracker, and says so once entries have changed since."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from tests.office import Office
from tests.seen import seen
from tests.upgrade.test_week_and_start import older
from workbook.building.views.written_rows import LISTS, NOT_YET
from workbook.editing.edit import TableChange, edit
from workbook.reading.read import read

ON = "2027-02-08"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("update") / "small.xlsx"
    assert run("sample", path, "--learners", 12, "--seed", 7).code == 0
    return path


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    page = seen(path)[sheet]
    (table,) = page.tables.values()
    head, *body = page[table.ref]
    return [dict(zip([cell.value for cell in head], [cell.value for cell in row], strict=True)) for row in body]


@pytest.mark.slow
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
    lines = run("head-of-year", small, "--json", "--on", ON).rows
    shown = rows(new, "Head of Year")
    keys = ("Part", "Of whom", "Learners", "Attendance %", "Levels below")
    assert [tuple(row[key] for key in keys) for row in shown] == [
        (one["part"], one["name"], one["learners"], one["attendance"] and round(one["attendance"], 1),
         one["levels_below"]) for one in lines
    ]  # fmt: skip


def test_everything_else_stays_byte_for_byte_and_a_backup_is_kept(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(small.read_bytes())
    assert "kept as" in run("update", path, "--replace", "--on", ON).out
    (backup,) = tmp_path.glob("mine (backup *).xlsx")
    assert backup.read_bytes() == small.read_bytes()
    with zipfile.ZipFile(small) as before, zipfile.ZipFile(path) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert set(before.namelist()) - set(after.namelist()) <= {"xl/calcChain.xml"}
    assert len([name for name in changed if "worksheets/sheet" in name]) == 3 + len(LISTS)
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


@pytest.mark.office
def test_until_then_and_when_entries_changed_the_sheets_say_so(small: Path, tmp_path: Path, office: Office) -> None:
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


ENTRY = ("Record", "With or kind", "In words", "Next date")


def typed(source: Path, target: Path, entries: list[tuple[object, ...]], rows_: list[int] | None = None) -> list[str]:
    """A copy with entries beside the first learners on My week, saved by another program; the learners' IDs."""
    book = openpyxl.load_workbook(source)
    page = book["My week"]
    columns = {cell.value: cell.column for cell in page[4]}
    about = [row for row in range(5, page.max_row + 1) if page.cell(row, columns["Learner ID"]).value]
    ids = []
    for row, entry in zip(rows_ or about, entries, strict=False):
        for heading, value in zip(ENTRY, entry, strict=True):
            page.cell(row, columns[heading]).value = value  # type: ignore[assignment]
        ids.append(page.cell(row, columns["Learner ID"]).value)
    book.save(target)
    return ids


@pytest.mark.slow
def test_what_is_typed_beside_the_list_is_taken_once_and_nothing_is_lost(small: Path, tmp_path: Path) -> None:
    fresh, mine = tmp_path / "fresh.xlsx", tmp_path / "mine.xlsx"
    run("update", small, "--out", fresh, "--on", ON)
    review = date(2027, 3, 1)
    entries = [
        ("Contact", "home", "Mum will ring the doctor.", review),
        ("Seen", None, "Back from hospital.", None),
        ("intervention", "Mentoring", "Tuesdays before tutor time.", review),
        ("Target", None, "In class by 9:00 each day this week.", review),
        ("Contact", "The neighbour", "He says hello.", None),
    ]
    ids = typed(fresh, mine, entries)
    before = read(mine)
    ran = run("update", mine, "--replace", "--on", ON)
    assert ran.code == 0 and "4 entries of My week taken to Contacts and Interventions and Targets." in ran.out
    assert "“The neighbour” is not in the list Contact with" in ran.out
    now = read(mine)
    added = {name: list(now[name].records())[len(before[name]) :] for name in ("Contacts", "Interventions", "Targets")}
    home, seen = added["Contacts"]
    assert (home["learner_id"], home["date"], home["with"], home["summary"], home["follow_up_due"]) == (
        ids[0], date(2027, 2, 8), "Home", "Mum will ring the doctor.", review)  # fmt: skip
    assert home["by"] and home["why"] in ("Attendance", "Progress", "Effort", "Behaviour", None)
    assert (seen["learner_id"], seen["with"], seen["summary"]) == (ids[1], "Seen, no action", "Back from hospital.")
    (one,), (goal,) = added["Interventions"], added["Targets"]
    assert (one["learner_id"], one["type"], one["start"], one["review_due"]) == (
        ids[2], "Mentoring", date(2027, 2, 8), review)  # fmt: skip
    assert (goal["learner_id"], goal["status"], goal["due"]) == (ids[3], "Open", review)
    kept = [row for row in rows(mine, "My week") if row["In words"]]
    assert [(row["Learner ID"], row["With or kind"], row["In words"]) for row in kept] == [
        (ids[4], "The neighbour", "He says hello.")
    ]
    assert "choose one" in str(kept[0]["Not taken yet"])
    answered = {one["learner_id"] for one in run("flags", mine, "--json", "--on", ON).rows if one["answered"]}
    assert set(ids[:2]) <= answered | {
        one["learner_id"] for one in run("flags", mine, "--json", "--on", ON).rows if one["nature"] != "concern"
    }
    assert "taken to" not in run("update", mine, "--replace", "--on", ON).out
    again = read(mine)
    assert {name: len(again[name]) for name in added} == {name: len(now[name]) for name in added}
    assert [row["In words"] for row in rows(mine, "My week") if row["In words"]] == ["He says hello."]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ((None, "Home", "Rang.", None), "Choose in Record"),
        (("Phone", "Home", "Rang.", None), "“Phone” is none of them"),
        (("Intervention", None, "Mentoring", None), "which intervention"),
        (("Target", "Attendance", None, None), "the target"),
        (("Seen, no action", None, None, None), "nothing to do"),
        (("Contact", "Home", "Rang.", "soon"), "is no date"),
    ],
)
def test_what_cannot_be_taken_says_why(entry: tuple[object, ...], why: str) -> None:
    from workbook.measures.week_entries import Entry, take
    from workbook.model import Tracker

    tracker = Tracker.of({"Learners": [{"learner_id": "L1", "first_name": "A", "surname": "B"}]})
    taken = take(tracker, [Entry("L1", *entry)], date(2027, 2, 8), {})  # type: ignore[arg-type]
    assert not taken.count and [why in one.not_taken for one in taken.kept] == [True]
    assert taken.kept[0].words == entry[2]
    nobody = take(tracker, [Entry("L9", "Contact", "Home", "Rang.", None)], date(2027, 2, 8), {})
    assert [one.not_taken for one in nobody.kept] == ["This row is about no learner."]


def test_each_word_of_the_dropdown_can_be_taken(small: Path) -> None:
    """A list typed into a dropdown is split at its commas, by Excel too."""
    from workbook.measures.week_entries import Entry, take
    from workbook.model import Tracker

    page = openpyxl.load_workbook(small)["My week"]
    (listed,) = [one.formula1 for one in page.data_validations.dataValidation if '"Contact,' in one.formula1]
    tracker = Tracker.of({"Learners": [{"learner_id": "L1", "first_name": "A", "surname": "B"}]})
    entries = [
        Entry("L1", record, "Mentoring" if record == "Intervention" else None, "Said so.", None)
        for record in listed.strip('"').split(",")
    ]
    assert take(tracker, entries, date(2027, 2, 8), {}).count == len(entries) == 4


@pytest.mark.slow
def test_new_columns_never_lie_over_what_stands_beside_the_list(small: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(small)
    page = book["My week"]
    older(page)
    page["K6"] = "Ring Mum at 5"
    path = tmp_path / "older.xlsx"
    book.save(path)
    before = path.read_bytes()
    assert "K6" in refused(run("update", path, "--replace", "--on", ON)) and path.read_bytes() == before
