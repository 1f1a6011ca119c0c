"""Who is erased is in no byte of the file; what is everybody else's stays, and what a person must look at is listed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.commands.run import refused, run
from tests.keeping import by_hand
from tests.seen import seen
from tests.trackers import write_tracker
from workbook.building.tracker import build
from workbook.fewer.results import strings_forgotten
from workbook.fewer.take import without_rows
from workbook.keeping.person import Words
from workbook.measures.computed import computed
from workbook.package.guard import open_guarded
from workbook.reading.read import read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    folder = tmp_path_factory.mktemp("erase")
    before, after = by_hand.write(folder / "before.xlsx"), folder / "after.xlsx"
    ran = run("erase", before, "--learner", by_hand.ID.lower(), "--out", after, "--reference", "Request 7")
    assert ran.code == 0, ran
    return before, after, ran.out


def test_no_part_holds_a_word_of_the_learner(made: tuple[Path, Path, str]) -> None:
    before, after, _ = made
    there = {word for _, word in by_hand.found_in(before, by_hand.SECRETS)}
    assert there == set(by_hand.SECRETS), "each word stands somewhere before"
    assert by_hand.found_in(after, by_hand.SECRETS) == []
    holding = {name for name, _ in by_hand.found_in(before, by_hand.SECRETS)}
    for part in ("docProps/core.xml", "docProps/custom.xml", "xl/workbook.xml", *by_hand.PARTS):
        assert part in holding or part.endswith((".rels", "Records1.xml")), f"{part} had a word to lose"


def test_everybody_else_stays_with_own_columns_colours_and_notes(made: tuple[Path, Path, str]) -> None:
    before, after = read(made[0]), read(made[1])
    for name, table in before.tables.items():
        keep = [place for place, one in enumerate(table["learner_id"]) if one != by_hand.ID]
        for key, values in table.columns.items():
            if (name, key) != ("Diary", "what"):
                assert [values[place] for place in keep] == after[name].columns[key], (name, key)
    assert after["Diary"]["what"] == ["See erased1's mother"]
    assert after["Learners"].columns["house"] == ["Blue", "Red", None, 7, "Blue"]
    book = seen(made[1])
    learners, trips = book["Learners"], book["Trips"]
    assert learners["D5"].fill.fgColor.rgb == "00FFFF00" and learners["D6"].fill.fgColor.rgb != "00FFFF00"
    assert learners["C5"].comment.text == "plays chess" and learners["C6"].comment is None
    assert book.defined_names["third"].attr_text == "Learners!$C$6"
    assert [trips[cell].value for cell in ("E2", "E3", "E4")] == ["=#REF!", "=Learners!C6", "=SUM(Learners!H5:H9)"]
    assert [trips[cell].value for cell in ("A2", "B2", "C2", "A3", "C3", "H2")] == [
        None,
        None,
        None,
        "A102",
        6,
        "stays",
    ]
    (rule,) = learners.conditional_formatting
    assert str(rule.sqref) == "D5:D9" and rule.rules[0].formula == ["$D5=$D$6"]
    (menu,) = trips.data_validations.dataValidation
    assert menu.formula1 == '"erased1,Bertram Oakley"'
    assert trips["K1"].value == "=erased1!A1" or trips["K1"].value == "='erased1'!A1"
    assert by_hand.SHARED_PHONE in after["Parents"]["phone"], "the phone is a brother's too"


def test_the_stored_figures_are_those_of_who_is_left(made: tuple[Path, Path, str]) -> None:
    tracker = read(made[1])
    figures, stored = computed(tracker), seen(made[1], data_only=True)
    for name, key in (("Learners", "name"), ("Progress", "gap"), ("Registers", "attended"), ("Contacts", "learner")):
        table = tracker[name]
        shown = [stored[table.sheet.name][f"{table.letters[key]}{row}"].value for row in table.rows]
        assert shown == [("" if one is None else one) or None for one in figures[name][key]]
    assert not run("check", made[1]).out.count("unknown")
    trips = stored["Trips"]  # five are left, of Years 10, 11, 10, 10, 10; Zephyrine's own sheet is empty
    assert [trips[cell].value for cell in ("E3", "E4", "E5", "K1")] == ["Cornelia", 51, 0, 0]


@pytest.mark.office
def test_libreoffice_works_it_out_to_the_same(made: tuple[Path, Path, str], office, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tracker = read(made[1])
    worked = office.recalculate(made[1], ["Progress", "Trips"])
    figures = computed(tracker)["Progress"]["learner"]
    letter = tracker["Progress"].letters["learner"]
    assert [worked["Progress"][f"{letter}{row}"] for row in tracker["Progress"].rows] == figures
    stored = seen(made[1], data_only=True)["Trips"]
    assert {cell: worked["Trips"][cell] for cell in ("E3", "E4", "E5")} == {
        cell: stored[cell].value for cell in ("E3", "E4", "E5")
    }


def test_texts_that_cells_share_go_too(tmp_path: Path) -> None:
    tracker = by_hand.tracker()
    file = open_guarded(build(tmp_path / "t.xlsx", tracker, {}, only=["Learners", "Contacts"]))
    rows = {"Learners": {tracker["Learners"].rows[0]}, "Contacts": {tracker["Contacts"].rows[0]}}
    left = strings_forgotten(without_rows(file, read(file), rows))
    before, after = (one.read("xl/sharedStrings.xml").decode() for one in (file, left))
    assert "sings alto" in before and "Bertram" in before
    assert "Bertram" in after and not any(word in after for word in by_hand.SECRETS)


def test_what_another_learners_note_says_is_left_and_listed(tmp_path: Path) -> None:
    book = write_tracker(tmp_path / "t.xlsx", by_hand.tracker(named_elsewhere=True))
    cell = read(book)["Contacts"].cell("summary", 0)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "t 2026-09-01 101010.xlsx").write_bytes(book.read_bytes())
    ran = run("erase", book, "--learner", by_hand.ID, "--replace", "--copies")
    assert f"Contacts {cell}: Summary of A102 names" in ran.out and "for you to look at (1 place)" in ran.out
    assert read(book)["Contacts"]["summary"][0] == f"argued with {by_hand.NAME}"
    assert {part for part, _ in by_hand.found_in(book, by_hand.SECRETS)} == {"xl/sharedStrings.xml"}
    assert [one.name for one in tmp_path.rglob("*.xlsx")] == ["t.xlsx"], "no backup holds it still"


def test_a_single_first_name_anywhere_is_listed_and_never_changed(tmp_path: Path) -> None:
    """Beside another learner, in the diary, on a group's intervention, on an own sheet, in a note; a namesake's too."""
    tracker = by_hand.tracker()
    tracker["Contacts"].columns["summary"][1] = "sat beside Zephyrine"
    tracker["Diary"].columns["what"][0] = "Ring about Zeph"
    tracker["Interventions"].columns["notes"][0] = "Zephyrine asked for it"
    tracker["Learners"].columns["first_name"][1] = "Zephyrine"  # Bertram is a namesake now
    tracker["Targets"].columns["target"][0] = "Work with Zephyrine"
    book = write_tracker(tmp_path / "t.xlsx", tracker)
    whole = openpyxl.load_workbook(book)
    whole.create_sheet("Coach")["B2"] = "window seat: Zephyrine"
    whole["Learners"]["C7"].comment = Comment("quarrelled with Zeph", "J")
    whole.save(book)
    ran = run("erase", book, "--learner", by_hand.ID, "--out", tmp_path / "new.xlsx")
    told = ran.out[ran.out.index("for you to look at") :]
    for sheet, cell in (("Contacts", "G5"), ("Diary", "D5"), ("Interventions", "Q5"), ("Coach", "B2"),
                        ("Learners", "C6"), ("Targets", "F5")):  # fmt: skip
        assert f"{sheet} {cell}" in told, (sheet, cell, told)
    assert "Bertram" not in told and "Learners C5" not in told, "a namesake's own name is nothing to look at"
    new = read(tmp_path / "new.xlsx")
    assert new["Contacts"]["summary"] == ["sat beside Zephyrine"] and new["Diary"]["what"] == ["Ring about Zeph"]
    assert openpyxl.load_workbook(tmp_path / "new.xlsx")["Coach"]["B2"].value == "window seat: Zephyrine"


def test_the_record_says_how_much_and_none_of_it(made: tuple[Path, Path, str]) -> None:
    path = made[1].with_name("after (erasures).txt")
    told = path.read_text(encoding="utf-8")
    assert "Request 7" in told and "1 learner erased" in told and "Parents 2" in told
    assert not any(word.lower() in told.lower() for word in by_hand.SECRETS)
    assert "holds it still" in made[2]


def test_an_id_that_reads_like_a_cell_is_only_taken_out_of_texts() -> None:
    words = Words(frozenset({"a101"}), frozenset(), ("A101",))
    formula = "=IF(A101=\"A101\",'A101'!B2,SUM($A101:A102))"
    assert words.without_in_formula(formula) == "=IF(A101=\"erased1\",'erased1'!B2,SUM($A101:A102))"


def test_refusals_are_one_sentence_and_change_nothing(made: tuple[Path, Path, str], tmp_path: Path) -> None:
    book, before = tmp_path / "t.xlsx", made[0].read_bytes()
    book.write_bytes(before)
    assert "on no sheet" in refused(run("erase", book, "--learner", "A999", "--replace"))
    assert "--learner" in refused(run("erase", book, "--replace"))
    assert "number of the request" in refused(
        run("erase", book, "--learner", by_hand.ID, "--replace", "--reference", "zq-71")
    )
    assert "--out" in run("erase", book, "--learner", by_hand.ID).err
    assert book.read_bytes() == before
