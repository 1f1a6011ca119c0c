"""Formulas that the program which wrote a file never worked out: told, never taken as blank."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.commands.run import Ran, run
from tests.package.test_package import zipped
from tests.trackers import write_tracker
from workbook.model import Tracker, defaults
from workbook.reading.read import read

FORMULA = b'"APL"&amp;6'
UNWORKED = {
    "plain": b'<c r="@"><f>%s</f></c>',
    "an empty value": b'<c r="@"><f>%s</f><v/></c>',
    "array": b'<c r="@"><f t="array" ref="@">%s</f></c>',
    "shared": b'<c r="@"><f t="shared" ref="C3:C4" si="0">%s</f></c>',
    "laid out for reading": b'<c r="@">\n  <f>%s</f>\n</c>',
    "with a remark": b'<c r="@"><!-- of 5 --><f>%s</f><!-- <v>5</v> --></c>',
}


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = {name: table.records() for name, table in defaults.new().tables.items()}
    people = [{"learner_id": f"L{n}", "first_name": "Ada", "surname": f"Ash{n}", "form": "10A"} for n in (1, 2, 3)]
    subjects = [{"subject": "Maths", "scale": "APL"}]
    tables = {"Learners": people, "Subjects": subjects}
    return write_tracker(tmp_path_factory.mktemp("unworked") / "t.xlsx", Tracker.of(records | tables))


def brought(tracker: Path, folder: Path, cells: dict[str, bytes]) -> tuple[Ran, list[tuple[object, object]]]:
    """Import a mark sheet in which some cells are these elements; gives the run, and ID and level of each row."""
    rows = [("Learner ID", "Subject", "APL 5", "Effort 5"), *((f"L{n}", "Maths", "APL5", 3) for n in (1, 2, 3))]
    path, out = folder / "marks.xlsx", folder / "out.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    for address, cell in cells.items():
        there = rb'<c r="%s"[^>]*>.*?</c>' % address.encode()
        element = cell.replace(b"@", address.encode()).replace(b"%s", FORMULA)
        parts[name], count = re.subn(there, lambda _, element=element: element, parts[name])  # type: ignore[misc]
        assert count == 1
    path.write_bytes(zipped(parts))
    ran = run("import", tracker, path, "--into", "Progress", "--out", out)
    table = read(out)["Progress"] if out.exists() else None
    return ran, list(zip(table["learner_id"], table["apl_5"], strict=True)) if table else []


@pytest.mark.parametrize("how", UNWORKED)
def test_a_row_with_an_unworked_formula_is_refused(tracker: Path, tmp_path: Path, how: str) -> None:
    ran, levels = brought(tracker, tmp_path, {"C3": UNWORKED[how]})
    assert "APL 5 is a formula whose result the file does not hold: open it in Excel and save it" in ran.out
    assert ran.code == 1 and levels == [("L1", "APL5"), ("L3", "APL5")]


def test_the_other_cells_of_an_array_and_of_a_shared_formula_have_none_either(tracker: Path, tmp_path: Path) -> None:
    arrays = {"C3": b'<c r="@"><f t="array" ref="C3:C4">%s</f></c>', "C4": b'<c r="C4"/>'}
    shared = {"C3": UNWORKED["shared"], "C4": b'<c r="@"><f t="shared" si="0"/></c>'}
    for cells in (arrays, shared):
        ran, levels = brought(tracker, tmp_path, cells)
        assert ran.code == 1 and levels == [("L1", "APL5")]
        (tmp_path / "out.xlsx").unlink()


def test_a_whole_column_and_a_heading_of_them_are_refused_in_a_sentence(tracker: Path, tmp_path: Path) -> None:
    column, head = dict.fromkeys(("C2", "C3", "C4"), UNWORKED["plain"]), {"C1": UNWORKED["plain"]}
    for cells, words in ((column, "APL 5 is a formula in every row"), (head, "A heading of marks")):
        ran, levels = brought(tracker, tmp_path, cells)
        assert ran.code == 2 and words in ran.err and "open it in Excel and save it" in ran.err and levels == []


def test_a_formula_whose_result_is_an_empty_text_is_blank(tracker: Path, tmp_path: Path) -> None:
    ran, levels = brought(tracker, tmp_path, {"C3": b'<c r="@" t="str"><f>%s</f><v></v></c>'})
    assert ran.code == 0 and levels == [("L1", "APL5"), ("L2", None), ("L3", "APL5")]
