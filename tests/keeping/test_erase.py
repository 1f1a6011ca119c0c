"""Who is erased is in no byte of the file; what is everybody else's stays, and what a person must look at is listed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from tests.keeping import by_hand
from workbook.measures.computed import computed
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
    for part in ("docProps/core.xml", "docProps/custom.xml", "xl/workbook.xml", "xl/sharedStrings.xml", *by_hand._PARTS):
        assert part in holding or part.endswith(".rels"), f"{part} had a word to lose"


def test_everybody_else_stays_with_own_columns_colours_and_notes(made: tuple[Path, Path, str]) -> None:
    before, after = read(made[0]), read(made[1])
    for name, table in before.tables.items():
        keep = [place for place, one in enumerate(table["learner_id"]) if one != by_hand.ID]
        for key, values in table.columns.items():
            if (name, key) != ("Diary", "what"):
                assert [values[place] for place in keep] == after[name].columns[key], (name, key)
    assert after["Diary"]["what"] == ["See erased1's mother"]
    assert after["Learners"].columns["house"] == ["Blue", "Red", None, 7, "Blue"]
    book = openpyxl.load_workbook(made[1])
    learners, trips = book["Learners"], book["Trips"]
    assert learners["D5"].fill.fgColor.rgb == "00FFFF00" and learners["D6"].fill.fgColor.rgb != "00FFFF00"
    assert learners["C5"].comment.text == "plays chess" and learners["C6"].comment is None
    assert book.defined_names["third"].attr_text == "Learners!$C$6"
    assert [trips[cell].value for cell in ("E2", "E3", "E4")] == ["=#REF!", "=Learners!C6", "=SUM(Learners!H5:H9)"]
    assert [trips[cell].value for cell in ("A2", "B2", "C2", "A3", "C3", "H2")] == [None, None, None, "A102", 6, "stays"]
    (rule,) = learners.conditional_formatting
    assert str(rule.sqref) == "D5:D9" and rule.rules[0].formula == ["$D5=$D$6"]
    (menu,) = trips.data_validations.dataValidation
    assert menu.formula1 == '"erased1,Bertram Oakley"'
    assert trips["K1"].value == "=erased1!A1" or trips["K1"].value == "='erased1'!A1"
    assert by_hand.SHARED_PHONE in after["Parents"]["phone"], "the phone is a brother's too"


def test_the_stored_figures_are_those_of_who_is_left(made: tuple[Path, Path, str]) -> None:
    tracker = read(made[1])
    figures, stored = computed(tracker), openpyxl.load_workbook(made[1], data_only=True)
    for name, key in (("Learners", "name"), ("Progress", "gap"), ("Registers", "attended"), ("Contacts", "learner")):
        table = tracker[name]
        shown = [stored[table.sheet.name][f"{table.letters[key]}{row}"].value for row in table.rows]
        assert shown == [("" if one is None else one) or None for one in figures[name][key]]
    assert not run("check", made[1]).out.count("unknown")


@pytest.mark.office
def test_libreoffice_works_it_out_to_the_same(made: tuple[Path, Path, str], office, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tracker = read(made[1])
    worked = office.recalculate(made[1], ["Progress", "Trips"])
    figures = computed(tracker)["Progress"]["learner"]
    letter = tracker["Progress"].letters["learner"]
    assert [worked["Progress"][f"{letter}{row}"] for row in tracker["Progress"].rows] == figures
    assert worked["Trips"]["E3"] == "Cornelia"


def test_what_another_learners_note_says_is_left_and_listed(tmp_path: Path) -> None:
    book = by_hand.write(tmp_path / "t.xlsx", named_elsewhere=True)
    cell = read(book)["Contacts"].cell("summary", 0)
    ran = run("erase", book, "--learner", by_hand.ID, "--replace", "--copies")
    assert f"Contacts {cell}: Summary of A102 names" in ran.out and "for you to look at (1 place)" in ran.out
    assert read(book)["Contacts"]["summary"] == [f"argued with {by_hand.NAME}"]
    left = {part for part, _ in by_hand.found_in(book, by_hand.SECRETS)}
    names = openpyxl.load_workbook(book).sheetnames
    allowed = {f"xl/worksheets/sheet{names.index(name) + 1}.xml" for name in ("Contacts", "Learner view")}
    assert left <= allowed | {"xl/sharedStrings.xml"}, "the note itself, and the view that shows it"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx"] == ["t.xlsx"], "no backup holds it still"


def test_the_record_says_how_much_and_none_of_it(made: tuple[Path, Path, str]) -> None:
    path = made[1].with_name("after (erasures).txt")
    told = path.read_text(encoding="utf-8")
    assert "Request 7" in told and "1 learner erased" in told and "Parents 2" in told
    assert not any(word.lower() in told.lower() for word in by_hand.SECRETS)
    assert "holds it still" in made[2]


def test_refusals_are_one_sentence_and_change_nothing(tmp_path: Path) -> None:
    book = by_hand.write(tmp_path / "t.xlsx")
    before = book.read_bytes()
    assert "on no sheet" in refused(run("erase", book, "--learner", "A999", "--replace"))
    assert "--learner" in refused(run("erase", book, "--replace"))
    assert "number of the request" in refused(run("erase", book, "--learner", "A101", "--replace", "--reference", "a101"))
    assert "--out" in run("erase", book, "--learner", "A101").err
    assert book.read_bytes() == before
