"""What only the file can show, each thing done to a small tracker by XlsxWriter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.reading.test_read import LEARNERS, codes_of, tracker_with
from tests.trackers import write_tracker
from workbook.checks import check
from workbook.model import CellError, Problem, Sheet, Tracker, defaults, sheet
from workbook.model.problem_kind import FILE_KINDS
from workbook.model.tracker import FIRST_ROW, Table
from workbook.reading.read import read

WEEKS = [{"learner_id": row["learner_id"]} for row in LEARNERS]
PARENTS = [{"learner_id": row["learner_id"], "name": "P", "phone": "0113 4960123"} for row in LEARNERS]


def spoilt(tmp_path: Path, table: str, change: Any, **options: Any) -> Tracker:
    """A tracker in which one sheet was spoilt by `change(book, worksheet)` after it was written."""

    def only(book: Any, worksheet: Any, one: Sheet) -> None:
        if one.table == table:
            change(book, worksheet)

    made = tracker_with(Learners=LEARNERS, Parents=PARENTS)
    return read(write_tracker(tmp_path / "t.xlsx", made, change=only, **options))


def only_problem(tracker: Tracker) -> Problem:
    assert len(tracker.problems) == 1, tracker.problems
    return tracker.problems[0]


def test_errors_in_typed_and_computed_cells(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        worksheet.write_formula("B5", "=NA()", None, "#N/A")
        worksheet.write_formula("D6", "=1/0", None, "#DIV/0!")

    tracker = spoilt(tmp_path, "Learners", change)
    assert codes_of(tracker) == [("Learners", "B5", "error-value"), ("Learners", "D6", "error-value")]
    assert tracker["Learners"]["surname"][1] == CellError("#DIV/0!")
    assert isinstance(tracker["Learners"]["surname"][1], CellError)
    assert isinstance(tracker.problems[0].value, CellError)
    assert [one.code for one in check(tracker) if one.sheet == "Learners"] == ["error-value", "error-value"]


@pytest.mark.parametrize("code", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"])
def test_every_error_by_its_own_code(tmp_path: Path, code: str) -> None:
    tracker = spoilt(tmp_path, "Parents", lambda book, sheet_: sheet_.write_formula("K5", "=X", None, code))
    assert tracker["Parents"]["send_reports"][0] == CellError(code)
    assert only_problem(tracker).fix


def test_an_error_alone_in_its_row_makes_it_a_record(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        for column in range(12):
            if column != 1:
                worksheet.write_blank(6, column, None, book.add_format({"bold": True}))
        worksheet.write_formula("C7", "=1/0", None, "#DIV/0!")

    tracker = spoilt(tmp_path, "Parents", change)
    assert tracker["Parents"].rows == [5, 6, 7] and tracker["Parents"]["name"][2] == CellError("#DIV/0!")


def test_a_computed_cell_overwritten_by_a_value(tmp_path: Path) -> None:
    problem = only_problem(spoilt(tmp_path, "Learners", lambda book, ws: ws.write_string("B6", "Tom O")))
    assert (problem.cell, problem.code, problem.value) == ("B6", "formula-overwritten", "Tom O")


def test_a_computed_cell_without_its_formula(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        worksheet.write_blank("B6", None, book.add_format({"bold": True}))

    problem = only_problem(spoilt(tmp_path, "Learners", change))
    assert (problem.cell, problem.code, problem.value) == ("B6", "formula-missing", None)


def test_a_column_that_lost_all_its_formulas_is_said_once(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        for row in range(5, 8):
            worksheet.write_string(f"B{row}", "A B")

    problem = only_problem(spoilt(tmp_path, "Learners", change))
    assert (problem.cell, problem.code) == ("B4", "formulas-gone")


def test_a_formula_where_people_type(tmp_path: Path) -> None:
    problem = only_problem(spoilt(tmp_path, "Learners", lambda book, ws: ws.write_formula("H5", "=5+5", None, 10)))
    assert (problem.cell, problem.code, problem.value) == ("H5", "formula-typed", 10)


def test_shared_formulas_are_formulas(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    worksheet = book.add_worksheet("Groups")
    for place, column in enumerate(sheet("Groups").columns):
        worksheet.write_string(3, place, column.header)
    for row in range(4, 8):
        worksheet.write_row(row, 0, ["Chess", f"L{row}"])
        worksheet.write_formula(row, 2, "=A5", None, "x")
        for place, column in enumerate(sheet("Groups").columns):
            if column.computed and place != 2:
                worksheet.write_formula(row, place, "=1", None, 1)
    book.close()
    path = tmp_path / "t.xlsx"
    shared = openpyxl.load_workbook(path)
    shared.save(path)
    import zipfile

    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    xml = xml.replace("<f>A5</f>", '<f t="shared" ref="C5:C8" si="0">A5</f>', 1)
    xml = xml.replace("<f>A5</f>", '<f t="shared" si="0"/>')
    assert xml.count('t="shared"') == 4
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert {code for _, _, code in codes_of(read(path))} == {"table-missing", "sheet-missing"}


def test_merged_cells_in_the_table_and_not_above_it(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        worksheet.merge_range("A1:D1", "Learners")
        worksheet.merge_range("E5:E6", "Ami")
        worksheet.merge_range("AA5:AB5", "beside")

    merged = [one for one in spoilt(tmp_path, "Learners", change, tables=False).problems if "merged" in one.code]
    assert [(one.cell, one.code, one.value) for one in merged] == [("E5", "merged-cells", "E5:E6")]


def test_hidden_rows_are_said_once_for_each_run(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any) -> None:
        worksheet.set_row(4, None, None, {"hidden": True})
        worksheet.set_row(6, None, None, {"hidden": True})
        worksheet.set_row(2, None, None, {"hidden": True})

    assert codes_of(spoilt(tmp_path, "Learners", change)) == [
        ("Learners", "A5", "rows-hidden"),
        ("Learners", "A7", "rows-hidden"),
    ]


def test_hidden_columns_that_people_type_in(tmp_path: Path) -> None:
    problem = only_problem(
        spoilt(tmp_path, "Learners", lambda book, ws: ws.set_column("B:C", None, None, {"hidden": True}))
    )
    assert (problem.cell, problem.code, problem.value) == ("C4", "columns-hidden", "First name")


def test_a_filter_explains_the_rows_it_hides(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    made = tracker_with(Learners=LEARNERS)
    write_tracker(path, made)
    book = openpyxl.load_workbook(path)
    book["Learners"].tables["Learners"].autoFilter.ref = "A4:R7"
    from openpyxl.worksheet.filters import FilterColumn, Filters

    book["Learners"].tables["Learners"].autoFilter.filterColumn.append(
        FilterColumn(colId=8, filters=Filters(filter=["10A"]))
    )
    book["Learners"].row_dimensions[6].hidden = True
    book.save(path)
    problem = only_problem(read(path))
    assert (problem.cell, problem.code) == ("A4", "filter-on")


def test_a_hidden_sheet(tmp_path: Path) -> None:
    problem = only_problem(spoilt(tmp_path, "Parents", lambda book, ws: ws.hide()))
    assert (problem.sheet, problem.cell, problem.code) == ("Parents", "", "sheet-hidden")


@pytest.mark.parametrize("name", ["mentorbook.conf", "xlwings.conf", "_XLWINGS.CONF ", "marks.py", "Marks.PY"])
def test_a_sheet_that_a_program_would_take_for_settings_or_code(tmp_path: Path, name: str) -> None:
    problem = only_problem(spoilt(tmp_path, "Parents", lambda book, ws: book.add_worksheet(name).very_hidden()))
    assert (problem.sheet, problem.cell, problem.code) == (name, "", "settings-sheet")


def test_a_sheet_and_table_under_other_names(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_tracker(path, tracker_with(Learners=LEARNERS))
    book = openpyxl.load_workbook(path)
    book["Learners"].title = "Year 10 and 11"
    book.save(path)
    assert len(read(path)["Learners"]) == 3


def test_every_kind_that_a_file_shows_is_tried_somewhere() -> None:
    here = Path(__file__).read_text() + (Path(__file__).parent / "test_read.py").read_text()
    here += (Path(__file__).parent / "test_bad_input.py").read_text()
    assert [kind.code for kind in FILE_KINDS if f'"{kind.code}"' not in here] == []


def test_a_new_tracker_has_nothing_to_report(tmp_path: Path) -> None:
    assert read(write_tracker(tmp_path / "t.xlsx", defaults.new())).problems == []
    assert Table.of(sheet("Learners")).rows == [] and FIRST_ROW == 5
