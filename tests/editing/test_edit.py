"""Rows of a tracker changed in its own package: openpyxl and openxml-audit judge what comes out."""

from __future__ import annotations

import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.editing.edit_workbook import (
    BEHAVIOUR,
    LAST,
    LEARNERS,
    NEW,
    SCORE,
    TWICE,
    audit,
    make_workbook,
    opened,
    raw,
    row,
)
from workbook.editing.edit import TableChange, edit
from workbook.model import CannotDo, sheet
from workbook.reading.read import read


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return make_workbook(tmp_path / "tracker.xlsx")


def test_new_rows_stand_below_the_last_and_look_like_it(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    new = NEW | {"date_of_birth": date(2011, 5, 6), "name": "Léa Fiction"}
    edit(tracker, out, {"Learners": TableChange(added=[new])})
    page = opened(out)
    assert row(page, 7) == row(page, 6) | {
        "Learner ID": "S003", "First name": "Léa", "Surname": "Fiction", "Year": 10, "Form": "10C",
        "Date of birth": datetime(2011, 5, 6), "My score": None, "Twice": f"={SCORE}7*2",
    }  # fmt: skip
    assert [cell._style for cell in page[7][:18]] == [cell._style for cell in page[6][:18]]
    assert page.row_dimensions[7].height == page.row_dimensions[6].height == 19.5
    assert openpyxl.load_workbook(out, data_only=True)["Learners"]["B7"].value == "Léa Fiction"
    assert page.tables["Learners"].ref == f"A4:{TWICE}7"
    assert page.tables["Learners"].autoFilter.ref == f"A4:{TWICE}7"
    assert page.dimensions == f"A1:{TWICE}7"
    assert page.print_area == f"'Learners'!$A$1:${TWICE}$7"


def test_what_covered_the_last_row_covers_the_new_ones(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange(added=[NEW, NEW | {"learner_id": "S004"}])})
    page = opened(out)
    assert {str(one.sqref) for one in page.data_validations.dataValidation} == {"A5:A8"}
    assert {str(one.sqref) for one in page.conditional_formatting} == {"A5:D8", "D5:D8"}
    xml = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
    assert "<xm:sqref>D5:D8</xm:sqref>" in xml and 'sqref="A5:A8" numberStoredAsText' in xml
    assert 'fullCalcOnLoad="1"' in zipfile.ZipFile(out).read("xl/workbook.xml").decode()


def test_all_other_parts_are_carried_over_as_they_lie_in_the_zip(tmp_path: Path) -> None:
    tracker, out = make_workbook(tmp_path / "tracker.xlsm"), tmp_path / "out.xlsm"
    edit(tracker, out, {"Learners": TableChange(changed={6: {"form": "11B"}}, added=[NEW])})
    before, after = raw(tracker), raw(out)
    touched = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert touched == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}
    assert {"xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/comments1.xml", "xl/styles.xml"} <= set(before)


def test_a_changed_row_keeps_its_other_cells_styles_and_formulas(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange(changed={5: {"surname": "Neill", "name": "Zoë Neill", "notes": None}})})
    before, after = opened(tracker), opened(out)
    assert row(after, 5) == row(before, 5) | {"Surname": "Neill", "Notes": None}
    assert [cell._style for cell in after[5]] == [cell._style for cell in before[5]]
    assert openpyxl.load_workbook(out, data_only=True)["Learners"]["B5"].value == "Zoë Neill"
    assert raw(out)["xl/tables/table1.xml"] == raw(tracker)["xl/tables/table1.xml"]


def test_blank_rows_of_the_table_are_filled_before_it_grows(tmp_path: Path) -> None:
    tracker = make_workbook(tmp_path / "tracker.xlsx", {"Learners": LEARNERS}, blank_rows=2)
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange(added=[NEW | {"learner_id": f"N{n}"} for n in range(3)])})
    page = opened(out)
    assert [page.cell(n, 1).value for n in range(5, 11)] == ["0012", "S002", "N0", "N1", "N2", None]
    assert page.tables["Learners"].ref == f"A4:{TWICE}9"
    assert page[f"{TWICE}7"].value == f"={SCORE}7*2" and page[f"{TWICE}9"].value == f"={SCORE}9*2"


def test_the_one_blank_row_of_an_empty_tracker_is_filled(tmp_path: Path) -> None:
    tracker = make_workbook(tmp_path / "tracker.xlsx", {"Learners": []}, extras=False)
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange(added=[NEW])})
    assert opened(out).tables["Learners"].ref == f"A4:{LAST}5"
    assert read(out)["Learners"]["first_name"] == ["Léa"]


@pytest.mark.parametrize("from_1904", [False, True])
def test_kinds_of_value_stay_apart(tmp_path: Path, from_1904: bool) -> None:
    tracker, out = make_workbook(tmp_path / "tracker.xlsx", from_1904=from_1904), tmp_path / "out.xlsx"
    values: dict[str, Any] = {
        "learner_id": "007", "first_name": "=1+1", "surname": 12, "preferred_name": True, "year": 10.5,
        "date_of_birth": date(1999, 12, 31), "started": datetime(2026, 9, 1, 8, 30), "notes": " spaces ",
    }  # fmt: skip
    edit(tracker, out, {"Learners": TableChange(added=[values], changed={6: dict(values)})})
    page = opened(out)
    for number in (6, 7):
        found = row(page, number)
        assert found["Learner ID"] == "007" and found["First name"] == "=1+1" and found["Notes"] == " spaces "
        assert (found["Surname"], found["Preferred name"], found["Year"]) == (12, True, 10.5)
        assert found["Date of birth"] == datetime(1999, 12, 31)
        assert found["Started"] == datetime(2026, 9, 1, 8, 30)
        assert page.cell(number, 3).data_type == "s"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None), max_size=60).filter(lambda text: text.strip() != ""))
def test_any_text_comes_back_as_it_went_in(tmp_path: Path, text: str) -> None:
    tracker, out = tmp_path / "tracker.xlsx", tmp_path / "out.xlsx"
    if not tracker.exists():
        make_workbook(tracker, extras=False)
    out.unlink(missing_ok=True)
    edit(tracker, out, {"Learners": TableChange(changed={6: {"surname": text}}, added=[NEW | {"notes": text}])})
    surrogates = any("\ud800" <= letter <= "\udfff" for letter in text)
    table = read(out)["Learners"]
    if not surrogates:  # a half character is kept as its escape, which no reader can turn into one
        assert table["surname"][1] == table["notes"][2] == text


def test_a_date_gets_a_date_format_where_its_cell_has_none(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange({5: {"notes": date(2026, 9, 1), "started": date(2026, 9, 1)}})})
    page, before = opened(out), opened(tracker)
    assert page["R5"].value == page["K5"].value == datetime(2026, 9, 1)
    assert page["R5"].border.left.style == before["R5"].border.left.style == "thin"
    assert page["K5"].number_format == "dd/mm/yyyy"
    assert page["R6"]._style == before["R6"]._style
    assert audit(out) <= audit(tracker)


def test_a_text_fills_a_cell_and_no_more(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    edit(tracker, out, {"Learners": TableChange(changed={5: {"notes": "x" * 32_767}})})
    assert read(out)["Learners"]["notes"][0] == "x" * 32_767
    with pytest.raises(CannotDo, match=r"32,768 characters does not fit"):
        edit(tracker, tmp_path / "other.xlsx", {"Learners": TableChange(changed={5: {"notes": "x" * 32_768}})})
    assert not (tmp_path / "other.xlsx").exists()


def test_nothing_new_for_the_auditor(tmp_path: Path) -> None:
    for ending in (".xlsx", ".xlsm"):
        tracker, out = make_workbook(tmp_path / f"tracker{ending}"), tmp_path / f"out{ending}"
        change = TableChange({5: {"notes": "<&>\x01"}}, [NEW] * 3)
        edit(tracker, out, {"Learners": change, "Behaviour": TableChange(added=[BEHAVIOUR[0]] * 2)})
        assert audit(out) <= audit(tracker)


def test_a_sheet_without_its_table_or_column_is_named(tracker: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="no table called Registers"):
        edit(tracker, tmp_path / "out.xlsx", {"Registers": TableChange(added=[{"learner_id": "1"}])})
    with pytest.raises(CannotDo, match="Learners has no column shoe_size"):
        edit(tracker, tmp_path / "out.xlsx", {"Learners": TableChange(changed={5: {"shoe_size": 3}})})
    with pytest.raises(CannotDo, match=r"must end in \.xlsx"):
        edit(tracker, tmp_path / "out.xlsm", {"Learners": TableChange(added=[NEW])})


def test_rows_that_come_in_cost_the_same_each(tmp_path: Path) -> None:
    """Counted in calls of Python, which do not hang on how busy the computer is."""
    tracker = make_workbook(tmp_path / "tracker.xlsx", {"Progress": [{"learner_id": "S1", "subject": "English"}]})
    computed = {column.key: 1.5 for column in sheet("Progress").computed}

    def calls(count: int) -> int:
        more = [
            {"learner_id": f"N{n:05}", "subject": "Maths", "apl_1": "4", "comment": "Good."} | computed
            for n in range(count)
        ]
        made, counted = tmp_path / f"{count}.xlsx", 0

        def count_call(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count_call)
        try:
            edit(tracker, made, {"Progress": TableChange(added=more)})
        finally:
            sys.setprofile(None)
        assert len(read(made)["Progress"]) == count + 1
        return counted

    few, many, most = calls(20), calls(220), calls(420)
    assert (most - many) < 1.1 * (many - few)
