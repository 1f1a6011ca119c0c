"""My week of an earlier version gets its columns and dropdowns; a Start that is somebody's own tells rightly again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import run
from tests.excel_rules.book import BookFile
from tests.excel_rules.package_rules import broken_rules
from tests.office import Office
from tests.seen import seen
from workbook.measures.entries_mark import NAME
from workbook.reading.read import read
from workbook.upgrade.tracker import upgrade

ON = "2027-02-08"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("older") / "small.xlsx"
    assert run("sample", path, "--learners", 6, "--seed", 7).code == 0
    assert run("update", path, "--replace", "--on", ON).code == 0
    book = openpyxl.load_workbook(path)
    for name in ("Grid", "Form view", "Learner view", "PD coverage", "Head of Year", "Celebration", "Guide"):
        del book[name]  # an upgrade adds them again, and LibreOffice has less to do until then
    book.save(path)
    return path


def older(page: Any) -> None:
    """My week as the first version had it: nine columns, nothing to type into."""
    (table,) = page.tables.values()
    del table.tableColumns[9:]
    table.ref = table.autoFilter.ref = "A4:I" + table.ref.rpartition("O")[2]
    for row in page.iter_rows(min_row=4, min_col=10):
        for cell in row:
            cell.value = None
    page.data_validations.dataValidation = []


def lists(path: Path) -> dict[str, str]:
    """The dropdowns of My week by their column."""
    found = seen(path)["My week"].data_validations.dataValidation
    return {str(one.sqref).split(":")[0].rstrip("0123456789"): one.formula1 for one in found if one.type == "list"}


@pytest.mark.slow
def test_my_week_of_the_first_version_gets_its_columns_and_dropdowns(small: Path, tmp_path: Path) -> None:
    path, new = tmp_path / "older.xlsx", tmp_path / "new.xlsx"
    book = openpyxl.load_workbook(small)
    older(book["My week"])
    first = [book["My week"].cell(5, column).value for column in (2, 3, 5)]
    book.save(path)
    done = upgrade(path, new)
    assert done.columns["My week"][-5:] == ["Record", "With or kind", "In words", "Next date", "Not taken yet"]
    page = seen(new)["My week"]
    assert [page.cell(4, column).value for column in (10, 11, 15)] == ["Learner ID", "Record", "Not taken yet"]
    assert [page.cell(5, column).value for column in (2, 3, 5)] == first
    assert lists(new) == lists(small) and set(lists(new)) == {"K", "L"}
    assert broken_rules(BookFile(new)) == []
    book = openpyxl.load_workbook(new)
    book["My week"].data_validations.dataValidation = []
    book["My week"]["M5"] = "Rang Mum."
    book.save(path)
    new.unlink()
    assert "the dropdowns of My week" in upgrade(path, new).views and lists(new) == lists(small)
    assert seen(new)["My week"]["M5"].value == "Rang Mum."


@pytest.mark.slow
@pytest.mark.office
def test_a_start_of_somebodys_own_tells_rightly_again(small: Path, tmp_path: Path, office: Office) -> None:
    """Its data date was worked out by an earlier rule, and the cell that tells of changes is gone."""
    path, new, later = tmp_path / "own.xlsx", tmp_path / "new.xlsx", tmp_path / "later.xlsx"
    book = openpyxl.load_workbook(small)
    start, place = book["Start"], book.defined_names["data_date"].attr_text.rpartition("!")[2].replace("$", "")
    start[place] = "=MAX(Registers[Week])"
    start["E2"] = "Our own Start"
    book.defined_names[NAME].attr_text = "Start!#REF!"
    book.save(path)
    done = upgrade(path, new)
    assert done.own_views == ["Start"] and len(done.mended) == 2
    assert run("update", new, "--replace", "--on", ON).code == 0
    reading = office.recalculate(new, {"My week": "A3:A3", "Start": "A1:Z40"})
    assert str(reading["My week"]["A3"]).startswith("As of 8 February 2027. Everybody")
    days = (date.fromisoformat("2027-02-05") - date(1899, 12, 30)).days
    assert reading["Start"][place] == days and reading["Start"]["E2"] == "Our own Start"
    book = openpyxl.load_workbook(new)
    page, registers = book["Registers"], read(new)["Registers"]
    page[registers.cell("mon_am", registers["mon_am"].index("/"))] = "O"
    book["Start"][place].number_format = "General"
    book.save(later)
    assert str(office.recalculate(later, {"My week": "A3:A3"})["My week"]["A3"]).startswith("Entries have changed")


@pytest.mark.slow
def test_names_that_came_since_reach_a_tracker_that_has_the_others(small: Path, tmp_path: Path) -> None:
    """Formulas say a name, and what it means changes: before, a week that stands twice counted twice."""
    path, new = tmp_path / "t.xlsx", tmp_path / "new.xlsx"
    book = openpyxl.load_workbook(small)
    for name in ("week_again", "first_row_twice"):
        del book.defined_names[name]
    book.defined_names["sessions_counting"].attr_text = '"1111111111"'
    book.save(path)
    assert upgrade(path, new).names == ["week_again"]
    names = openpyxl.load_workbook(new, read_only=True).defined_names
    assert "week_again" in names["sessions_counting"].attr_text and "!$" in names["first_row_twice"].attr_text
    assert not upgrade(new, tmp_path / "again.xlsx")
