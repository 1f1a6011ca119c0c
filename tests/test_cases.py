"""Files as people have them, of which each once came out wrong: each goes through the product to its right value."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import Ran, run
from tests.trackers import write_tracker
from workbook.model import Tracker, defaults
from workbook.reading.read import read

MONDAY = ("mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am", "wed_pm", "thu_am", "thu_pm", "fri_am", "fri_pm")


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    return shared / "cases"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "t.xlsx"
    assert run("sample", path, "--learners", 12).code == 0
    return path


def tracker_with(folder: Path, learner: str) -> Path:
    """A new tracker with one learner."""
    records = {name: table.records() for name, table in defaults.new().tables.items()}
    row = {"learner_id": learner, "first_name": "Ada", "surname": "Ash", "year": 10, "form": "10A"}
    return write_tracker(folder / "new.xlsx", Tracker.of(records | {"Learners": [row]}))


def imported(tracker: Path, file: Path, into: str, folder: Path, *more: object) -> tuple[Ran, Any]:
    """Bring a file in: how it ended, and the table afterwards."""
    out = folder / "after.xlsx"
    ran = run("import", tracker, file, "--into", into, "--out", out, *more)
    return ran, read(out)[into] if out.exists() else None


def reported(tracker: Path, case: Path, folder: Path, *more: object) -> Path:
    """The one file of reports by a case's template."""
    ran = run(
        "report", tracker, "--template", case / "template.xlsx", "--out", folder / "out", "--learner", "L10001", *more
    )
    assert ran.code == 0, ran
    (made,) = (folder / "out").iterdir()
    return made


def test_every_case_has_a_test_of_its_name(cases: Path) -> None:
    named = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert {one.name for one in cases.iterdir() if one.is_dir()} <= named


def test_dash_is_a_missing_mark(cases: Path, tmp_path: Path) -> None:
    ran, table = imported(
        tracker_with(tmp_path, "A4"), cases / "dash_is_a_missing_mark/register.csv", "Registers", tmp_path
    )
    assert ran.code == 0
    assert [table[key][0] for key in MONDAY] == ["/", "\\", None, None, "/", "\\", "/", "\\", "/", "\\"]
    asked = [(one["cell"], one["code"]) for one in run("check", tmp_path / "after.xlsx", "--json").rows]
    assert asked == [(table.cell("tue_am", 0), "mark-missing"), (table.cell("tue_pm", 0), "mark-missing")]


def test_formula_without_a_result_on_import(cases: Path, sample: Path, tmp_path: Path) -> None:
    file = cases / "formula_without_a_result_on_import/marks.xlsx"
    ran, table = imported(sample, file, "Progress", tmp_path)
    assert "APL 5 is a formula whose result the file does not hold: open it in Excel and save it" in ran.out
    rows = list(zip(table["learner_id"], table["subject"], table["apl_5"], table["effort_5"], strict=True))
    assert ("L10002", "Mathematics", "APL5", "3") in [(*row[:3], str(row[3])) for row in rows]
    before = read(sample)["Progress"]
    at = list(zip(before["learner_id"], before["subject"], strict=True)).index(("L10001", "Mathematics"))
    assert {key: table[key][at] for key in table.columns} == {key: before[key][at] for key in before.columns}


@pytest.mark.parametrize(
    ("file", "into", "more", "expected"),
    [
        (
            "tworow.xlsx",
            "Progress",
            ["--answer", "drop=5"],
            {"Mathematics": ("APL6", "4"), "English Language": ("APL5", "3")},
        ),
        ("month.xlsx", "Registers", [], {"mon_am": "/", "mon_pm": "\\", "tue_am": "I", "tue_pm": "I"}),
    ],
)
def test_headings_on_two_rows(
    cases: Path, sample: Path, tmp_path: Path, file: str, into: str, more: list[str], expected: dict[str, Any]
) -> None:
    ran, table = imported(sample, cases / "headings_on_two_rows" / file, into, tmp_path, *more)
    assert ran.code == 0, ran
    rows = [row for row in table.records() if row["learner_id"] == "L10001"]
    if into == "Progress":
        assert {
            row["subject"]: (row["apl_5"], str(row["effort_5"])) for row in rows if row["subject"] in expected
        } == expected
    else:
        (week,) = [row for row in rows if f"{row['week']:%Y-%m-%d}" == "2027-02-08"]
        assert {key: week[key] for key in expected} == expected


def test_leading_zeros_by_number_format(cases: Path, sample: Path, tmp_path: Path) -> None:
    case = cases / "leading_zeros_by_number_format"
    ran, table = imported(tracker_with(tmp_path, "Z9"), case / "export.xlsx", "Learners", tmp_path)
    assert ran.code == 0 and table["learner_id"] == ["Z9", "000123", "000124"]
    (tmp_path / "later.csv").write_text("Learner ID,First name\n000123,Ada\n", encoding="utf-8")
    again = run("import", tmp_path / "after.xlsx", tmp_path / "later.csv", "--into", "Learners", "--dry-run", "--json")
    assert [row["state"] for row in again.rows] == ["unchanged"]
    (tmp_path / "after.xlsx").unlink()
    ran, table = imported(sample, case / "contacts.xlsx", "Parents", tmp_path)
    assert dict(zip(table["name"], table["phone"], strict=True))["Ms A. Sample"] == "07700 900123"


def test_marks_on_closed_days(cases: Path, sample: Path, tmp_path: Path) -> None:
    case = cases / "marks_on_closed_days"
    before = {row["learner_id"]: row for row in run("attendance", sample, "--json").rows}
    ran, _ = imported(sample, case / "marks.csv", "Registers", tmp_path, "--map", case / "map.toml")
    assert ran.code == 0
    asked = [
        one for one in run("check", tmp_path / "after.xlsx", "--json").rows if one["code"] == "mark-without-session"
    ]
    assert len(asked) == 4 and all(one["cell"] and "no session" in one["message"] for one in asked)
    after = {row["learner_id"]: row for row in run("attendance", tmp_path / "after.xlsx", "--json").rows}
    assert after["L10006"] == before["L10006"]


def test_percent_button_on_attendance(cases: Path, sample: Path, tmp_path: Path) -> None:
    case = cases / "percent_button_on_attendance"
    (percent,) = (
        row["attendance"] for row in run("attendance", sample, "--json").rows if row["learner_id"] == "L10001"
    )
    sheet = openpyxl.load_workbook(reported(sample, case, tmp_path)).active
    assert sheet["B1"].value == pytest.approx(percent / 100, abs=0.0001) and sheet["B1"].number_format == "0%"
    assert sheet["B2"].value == f"Attendance {percent:.1f}%"


def test_shared_formula_whole_column(cases: Path, sample: Path, tmp_path: Path) -> None:
    made = reported(sample, cases / "shared_formula_whole_column", tmp_path)
    cells = [row for row in openpyxl.load_workbook(made)["Report"].iter_rows() if row[0].value == "Totals"]
    assert [cell.value for cell in cells[0][1:4]] == ["=SUM(Data!B:B)", "=SUM(Data!C:C)", "=SUM(Data!D:D)"]


def test_table_name_without_brackets_in_one_workbook(cases: Path, sample: Path, tmp_path: Path) -> None:
    case = cases / "table_name_without_brackets_in_one_workbook"
    made = openpyxl.load_workbook(reported(sample, case, tmp_path, "--learner", "L10002", "--one-workbook"))
    names = []
    for sheet in made.worksheets[1:]:
        (table,) = sheet.tables
        names.append(table)
        assert sheet["D1"].value == f'=VLOOKUP("Mathematics",{table},2,FALSE)'
        assert sheet["E1"].value == f"=COUNTA({table}[Subject])"
        assert sheet.defined_names["TheMarks"].attr_text == f"{table}[Now]"
        assert "Mathematics" in [row[0].value for row in sheet[sheet.tables[table].ref]]
    assert len(set(names)) == 2


def test_three_d_reference(cases: Path, sample: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(reported(sample, cases / "three_d_reference", tmp_path))["Report"]
    told = [cell.value for (cell,) in sheet["A1:A40"] if str(cell.value).startswith("=")]
    assert told == ["=SUM(Autumn:Summer!A1)", "=SUM('Autumn:Summer'!A1)"]


def test_too_early_in_the_table(cases: Path, tmp_path: Path) -> None:
    file = cases / "too_early_in_the_table/registers.csv"
    assert imported(tracker_with(tmp_path, "A1"), file, "Registers", tmp_path)[0].code == 0
    told = run("attendance", tmp_path / "after.xlsx").out
    (line,) = [line for line in told.splitlines() if line.split()[:2] == ["A1", "6"]]
    assert "too early" in line and "persistently absent 0" in told and "too early to say for 1" in told


def test_whole_column_merge_in_template(cases: Path, sample: Path, tmp_path: Path) -> None:
    made = reported(sample, cases / "whole_column_merge_in_template", tmp_path)
    assert run("template", "check", cases / "whole_column_merge_in_template/template.xlsx").code == 0
    with zipfile.ZipFile(made) as package:
        assert b'<mergeCell ref="D:E"/>' in package.read("xl/worksheets/sheet1.xml")
