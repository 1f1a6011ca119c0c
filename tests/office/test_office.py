"""The judge must be right before it judges: the figures here are worked out by hand."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from tests.office import Office
from tests.office.client import ErrorValue, OfficeError

pytestmark = pytest.mark.office


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two sheets and a hidden one; the formula in Sums!A3 is stored with a wrong result, 99 for 3.5."""
    path = tmp_path / "sums.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sums = book.add_worksheet("Sums")
        sums.write_column("A1", [1, 2.5])
        sums.write_formula("A3", "=A1+A2", value=99)
        sums.write_column("B1", ["text", "#N/A"])
        sums.write_formula("B3", '=""', value="")
        for row, formula in enumerate(["=NA()", "=1/0", '=VALUE("x")', "=NOSUCH(1)", "=TRUE()", "=C99"], 1):
            sums.write_formula(f"C{row}", formula)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sums!$A$1:$A$3"})
        charted = book.add_worksheet("Chart & words")
        charted.write("B3", "a chart")
        charted.insert_chart("H20", chart)
        book.add_worksheet("Hidden").hide()
    return path


def size_of(png: Path) -> tuple[int, int]:
    head = png.read_bytes()[:24]
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def test_a_wrong_stored_value_is_worked_out_anew(office: Office, workbook: Path) -> None:
    assert b"<v>99</v>" in zipfile.ZipFile(workbook).read("xl/worksheets/sheet1.xml")
    reading = office.recalculate(workbook)
    assert reading["Sums"]["A3"] == 3.5
    assert 0 < reading.seconds < 10 and 0 < reading.load_seconds


def test_kinds_of_value_are_told_apart(office: Office, workbook: Path) -> None:
    sums = office.recalculate(workbook)["Sums"]
    assert sums.column("A") == [1.0, 2.5, 3.5, None, None, None]
    assert sums.column("B") == ["text", "#N/A", "", None, None, None]
    assert sums.column("C") == ["#N/A", "#DIV/0!", "#VALUE!", "#NAME?", 1.0, 0.0]
    assert isinstance(sums["C1"], ErrorValue)
    assert not isinstance(sums["B2"], ErrorValue)


def test_a_block_keeps_its_addresses(office: Office, workbook: Path) -> None:
    block = office.recalculate(workbook, {"Sums": "B2:C3"})["Sums"]
    assert block.rows == [["#N/A", "#DIV/0!"], ["", "#VALUE!"]]
    assert block["C3"] == "#VALUE!" and block.column("B") == ["#N/A", ""]
    with pytest.raises(KeyError):
        block["A1"]


def test_changes_are_typed_in_first_and_the_file_stays(office: Office, workbook: Path) -> None:
    before = workbook.read_bytes()
    changes = {"Sums": {"A1": 10, "A2": None, "B1": "=A1*2", "B2": "words"}}
    sums = office.recalculate(workbook, ["Sums"], changes)["Sums"]
    assert (sums["A3"], sums["B1"], sums["B2"]) == (10.0, 20.0, "words")
    assert workbook.read_bytes() == before
    assert [entry.name for entry in workbook.parent.iterdir()] == [workbook.name]


def test_a_formula_in_a_table_column(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Marks")
        columns = [{"header": "Mark"}, {"header": "Double", "formula": "=Marks[[#This Row],[Mark]]*2"}]
        sheet.add_table("A4:B6", {"name": "Marks", "columns": columns, "data": [[3], [4]]})
    assert office.recalculate(path)["Marks"].column("B")[4:] == [6.0, 8.0]


def test_errors_far_right_in_a_sheet_with_an_awkward_name(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "awkward.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("It's Mr. O'Hara")
        sheet.write_formula("AB7", "=NA()")
        sheet.write_formula("Z5000", "=1/0")
        sheet.write_formula("BA2", "=1+1")
    grid = office.recalculate(path)["It's Mr. O'Hara"]
    assert (grid["AB7"], grid["Z5000"], grid["BA2"], grid["BA5000"]) == ("#N/A", "#DIV/0!", 2.0, None)


def test_formulas_are_told_where_there_are_some(office: Office, workbook: Path) -> None:
    sums = office.formulas(workbook)["Sums"]
    assert sums.column("A") == [None, None, "=A1+A2", None, None, None]


def test_pictures_of_the_visible_sheets(office: Office, workbook: Path, tmp_path: Path) -> None:
    made = office.pictures(workbook, tmp_path / "out", dpi=50)
    assert [picture.name for picture in made] == ["Sums.png", "Chart _ words.png"]
    width, height = size_of(made[1])
    # the chart is 480 x 288 screen pixels of 1/96 inch and begins 7 columns (64) right and 19 rows (20) down
    assert width > (7 * 64 + 480) * 50 / 96 and height > (19 * 20 + 288) * 50 / 96
    assert office.pictures(workbook, tmp_path, sheets=["Hidden"], dpi=50) == [tmp_path / "Hidden.png"]


def test_long_sheets_are_cut_in_pictures_but_not_in_print(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Long").write_column("A1", range(150))
    (cut,) = office.pictures(path, tmp_path, rows=10, dpi=96)
    assert 10 * 20 <= size_of(cut)[1] < 16 * 20
    pages = office.printed(path, tmp_path, dpi=30)
    # a letter page less its margins is 9.5 inches high: 45 rows of 15 points
    assert [page.name for page in pages] == ["long-1.png", "long-2.png", "long-3.png", "long-4.png"]
    pdf = office.convert_to_pdf(path, tmp_path / "long.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_resaving_keeps_the_stored_value_unless_told(office: Office, workbook: Path, tmp_path: Path) -> None:
    def stored(path: Path) -> str | None:
        xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
        found = re.search(r'<c r="A3"[^>]*>.*?<v>(.*?)</v>', xml)
        return found and found[1]

    assert stored(office.resave(workbook, tmp_path / "as-it-was.xlsx")) == "99"
    assert stored(office.resave(workbook, tmp_path / "anew.xlsx", recalculated=True)) == "3.5"


@pytest.mark.parametrize("content", [b"Learner ID,Name\n1,Amira\n", b"PK\x03\x04 cut short", b""])
def test_what_is_no_workbook_is_refused(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(content)
    with pytest.raises(OfficeError):
        office.recalculate(path)
    with pytest.raises(OfficeError, match="FileNotFound"):
        office.recalculate(tmp_path / "absent.xlsx")


def test_a_stale_lock_file_does_not_matter(office: Office, workbook: Path) -> None:
    workbook.with_name(f".~lock.{workbook.name}#").write_text(",someone,elsewhere,24.11.2026 07:00,file:///home;")
    assert office.recalculate(workbook)["Sums"]["A3"] == 3.5


@pytest.fixture(scope="module")
def other() -> Iterator[Office]:
    """A LibreOffice beside the one that all tests share, for what is done to it here."""
    with Office() as judge:
        yield judge


def test_two_at_once(office: Office, other: Office, workbook: Path) -> None:
    assert other.recalculate(workbook) == office.recalculate(workbook)


def test_it_starts_again_when_killed_and_leaves_nothing(other: Office, workbook: Path) -> None:
    assert other.recalculate(workbook)["Sums"]["A3"] == 3.5
    killed = other.running
    os.killpg(killed.group, signal.SIGKILL)  # type: ignore[union-attr]
    assert other.recalculate(workbook)["Sums"]["A3"] == 3.5
    assert other.running != killed and not Path(killed.profile).exists()  # type: ignore[union-attr]


def test_a_request_that_takes_too_long_is_given_up(other: Office, workbook: Path) -> None:
    other.recalculate(workbook)
    hung = other.running
    os.killpg(hung.group, signal.SIGSTOP)  # type: ignore[union-attr] # as if LibreOffice hung
    other.timeout = 1
    began = time.monotonic()
    with pytest.raises(OfficeError, match="over 1 s"):
        other.recalculate(workbook)
    assert time.monotonic() - began < 10 and not Path(hung.profile).exists()  # type: ignore[union-attr]
    other.timeout = 60
    assert other.recalculate(workbook)["Sums"]["A3"] == 3.5


def test_it_ends_and_leaves_nothing(other: Office, workbook: Path) -> None:
    assert other.recalculate(workbook)["Sums"]["A3"] == 3.5
    profile = Path(other.running.profile)  # type: ignore[union-attr]
    assert profile.is_dir()
    other.close()
    assert not profile.exists()


def test_pictures_from_the_command_line(workbook: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.office.pictures",
        str(workbook),
        str(tmp_path / "p"),
        "--dpi",
        "40",
    ]
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert [Path(line).name for line in said.splitlines()] == ["Sums.png", "Chart _ words.png"]
    shutil.rmtree(tmp_path / "p")
