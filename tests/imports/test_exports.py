"""Files as systems give them come in without a map, or are asked about; each by its map gives the same again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.imports.contact_exports import CONTACTS
from tests.imports.exports import CASES, Case, progress, tracker
from tests.imports.measure_exports import MEASURES
from tests.imports.more_exports import MORE
from tests.imports.other_exports import OTHERS, REFUSED
from tests.imports.style_exports import NOTHING, STYLES
from tests.imports.table_exports import TABLES
from tests.imports.week_exports import WEEKS
from workbook.imports import Import, State, map_files, plan, read_import, read_source, sheet_named
from workbook.imports.map_writer import as_toml
from workbook.imports.words import as_text
from workbook.model import CannotDo, Tracker

EXPORTS = [*CASES, *MORE, *MEASURES, *CONTACTS, *OTHERS, *WEEKS, *TABLES, *STYLES]


@pytest.fixture(scope="module")
def before() -> Tracker:
    return tracker()


def written(folder: Path, case: Case) -> Path:
    if not case.sheets:
        path = folder / "export.csv"
        path.write_bytes(case.text.encode(case.encoding))
        return path
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in case.sheets.items():
        page = book.create_sheet(name)
        for line in text.splitlines():
            page.append(line.split(","))
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def changed(one: Import, sheet: str) -> list[dict[str, str]]:
    """The rows that an import adds or changes, as texts: what names each, and its new cells."""
    assert one.difference is not None
    found = []
    for row in one.difference.rows:
        if row.state in (State.ADDED, State.CHANGED):
            assert row.sheet == sheet and row.index is not None
            table = one.difference.after[row.table]
            keys = {key: as_text(table[key][row.index]) for key in table.sheet.unique}
            found.append(keys | {cell.key: as_text(cell.new) for cell in row.cells})
    return found


def ordered(rows: list[dict[str, str]]) -> list[Any]:
    return sorted(sorted(row.items()) for row in rows)


@pytest.mark.parametrize("case", EXPORTS, ids=lambda one: one.name)
def test_an_export_comes_in_right_or_is_asked_about(tmp_path: Path, before: Tracker, case: Case) -> None:
    path = written(tmp_path, case)
    one = read_import(before, path, None, None, case.answers)
    said = read_import(before, path, sheet_named(case.into), None, case.answers)
    if case.asks:
        for found in (one, said):
            assert found.difference is None and found.map is None
            assert tuple(question.name for question in found.questions if question.needed) == case.asks
        return
    assert one.difference is not None, [question.words for question in one.questions]
    assert said.difference is not None and list(said.difference.records()) == list(one.difference.records())
    assert ordered(changed(one, case.into)) == ordered(case.rows)
    refused = one.difference.of(State.REFUSED)
    assert {row.source_row for row in refused} == set(case.refused)
    for number, word in case.refused.items():
        assert any(word in f"{row.what} {row.reason}" for row in refused if row.source_row == number), refused
    _by_its_map(tmp_path, path, before, one)


def _by_its_map(folder: Path, path: Path, before: Tracker, one: Import) -> None:
    """The map that was found out, kept and read again, makes the same difference, and none the second time."""
    assert one.map is not None and one.difference is not None
    kept = folder / "map.toml"
    kept.write_text(as_toml(one.map), encoding="utf-8")
    read = map_files.read_map(kept)
    source = read_source(path, read.file, read.wanted())
    assert list(plan(before, source, read).records()) == list(one.difference.records())
    assert as_toml(read).split("\n", 1)[1] == as_toml(one.map).split("\n", 1)[1]
    assert plan(one.difference.after, source, read).empty


def test_a_file_that_speaks_of_nobody_here_is_refused(tmp_path: Path, before: Tracker) -> None:
    (tmp_path / "export.csv").write_text("Adno,Maths Mar\nX1,APL3\nX2,APL3\n", encoding="utf-8")
    with pytest.raises(CannotDo, match=r"No row of export\.csv is about a learner .*Adno says X1, X2"):
        read_import(before, tmp_path / "export.csv", sheet_named("Progress"))


def test_an_answer_that_nothing_asks_for_is_refused(tmp_path: Path, before: Tracker) -> None:
    path = written(tmp_path, next(one for one in CASES if one.asks == ("drop",)))
    with pytest.raises(CannotDo, match=r"Nothing asks for “dorp” .*did you mean drop"):
        read_import(before, path, None, None, {"dorp": "5"})
    with pytest.raises(CannotDo, match="7 is no answer to “drop”"):
        read_import(before, path, None, None, {"drop": "7"})


def test_a_map_for_one_drop_refuses_the_file_of_the_next(tmp_path: Path, before: Tracker) -> None:
    text = "Year 10 Spring 2,\nAdno,Maths\nA1,APL4\n"
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    one = read_import(before, tmp_path / "export.csv")
    assert one.map is not None
    (tmp_path / "map.toml").write_text(as_toml(one.map), encoding="utf-8")
    (tmp_path / "export.csv").write_text(text.replace("Spring 2", "Summer 1"), encoding="utf-8")
    with pytest.raises(CannotDo, match="does not say spring 2 above its headings"):
        read_import(before, tmp_path / "export.csv", None, tmp_path / "map.toml")


@pytest.mark.parametrize("text, words", (REFUSED | NOTHING).values(), ids=REFUSED | NOTHING)
def test_a_file_that_no_sheet_takes_is_no_list_of_learners(
    tmp_path: Path, before: Tracker, text: str, words: str
) -> None:
    (tmp_path / "export.csv").write_bytes(text.encode("utf-16"))
    with pytest.raises(CannotDo, match=words):
        read_import(before, tmp_path / "export.csv")


def test_a_question_of_a_choice_offers_the_list_of_its_own_sheet(tmp_path: Path, before: Tracker) -> None:
    text = "Adno,Achievement Type,Date,Comments\nA1,Effort,08/02/2027,Redrafted.\nA1,Star,08/02/2027,Kind.\n"
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    (question,) = read_import(before, tmp_path / "export.csv").questions
    assert question.name == "Type: Star" and "Kindness" in dict(question.choices)


def test_a_question_of_a_refused_row_offers_what_would_fit(tmp_path: Path, before: Tracker) -> None:
    (tmp_path / "export.csv").write_text(
        "Name,Maths Mar,Maths Mar Effort\nSam Marsh,APL3,1\nZoë O'Neil,ABS,2\nNoor Vale,APL3,7\nKit Marsh,APL3,3\n",
        encoding="utf-8",
    )
    asked = {one.name: dict(one.choices) for one in read_import(before, tmp_path / "export.csv").questions}
    assert asked["Learner: Sam Marsh"] == {"A3": "10B", "A4": "11A"}
    assert "APL9" in asked["Mathematics: ABS"] and asked["Mathematics: ABS"]["N/A"] == "not assessed"
    assert "Excellent" in asked["Effort: 7"].values()


def test_what_is_merged_downwards_is_said_of_each_row(tmp_path: Path, before: Tracker) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    rows = (("Name", "Subject", "Spring 2"), ("Zoë O'Neil", "Maths", "APL3"), (None, "Citizenship", "5"))
    for row in rows:
        page.append(row)
    page.merge_cells("A2:A3")
    book.save(tmp_path / "export.xlsx")
    one = read_import(before, tmp_path / "export.xlsx")
    assert [(row["learner_id"], row["apl_5"]) for row in changed(one, "Progress")] == [("A1", "APL3"), ("A1", "5")]


def test_drops_by_names_of_their_own(tmp_path: Path, before: Tracker) -> None:
    records = {name: list(table.records()) for name, table in before.tables.items()}
    records["Drops"] = [
        {**one, "name": name} for one, name in zip(records["Drops"], ("Mock exam", "Check"), strict=False)
    ]
    (tmp_path / "export.csv").write_text("Adno,Maths Mock exam,Maths Check\nA1,APL3,APL4\n", encoding="utf-8")
    one = read_import(Tracker.of(records, "tracker.xlsx"), tmp_path / "export.csv")
    assert changed(one, "Progress")[0] == progress("A1", "Mathematics", apl_1="APL3", apl_2="APL4")


def test_zeros_in_front_of_an_id_may_be_lost_and_a_count_of_rows_is_no_id(tmp_path: Path, before: Tracker) -> None:
    records = {name: list(table.records()) for name, table in before.tables.items()}
    for place, one in enumerate(records["Learners"], start=1):
        one["learner_id"] = f"00{place}"
    numbered, path = Tracker.of(records, "tracker.xlsx"), tmp_path / "export.csv"
    path.write_text("Adno,Maths Mar\n2,APL3\n1,APL4\n", encoding="utf-8")
    assert [row["learner_id"] for row in changed(read_import(numbered, path), "Progress")] == ["002", "001"]
    path.write_text("No.,Name,Maths Mar\n1,Noor Vale,APL3\n2,Zoë O'Neil,APL4\n", encoding="utf-8")
    assert [row["learner_id"] for row in changed(read_import(numbered, path), "Progress")] == ["005", "001"]
    path.write_text("Maths Mar Effort,Name,Maths Mar\n1,Noor Vale,APL3\n4,Zoë O'Neil,APL4\n", encoding="utf-8")
    assert [row["effort_5"] for row in changed(read_import(numbered, path), "Progress")] == ["1", "4"]


def test_a_column_left_out_says_what_is_wrong_with_it(tmp_path: Path, before: Tracker) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Learner,Employer,Consent\nNoor Vale,Leisure Centre,Yes\n", encoding="utf-8")
    assert read_import(before, path).left_out == {"Consent": "Consent is a date, and this says “Yes”"}
