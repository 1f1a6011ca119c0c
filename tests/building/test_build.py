"""A built tracker is a clean, reproducible Excel file that says what the model declares."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from tests.audit import errors_in
from workbook.building.tables.rules import choice_name
from workbook.building.tracker import build
from workbook.building.views.places import tabs
from workbook.building.views.written_rows import NOT_YET
from workbook.measures.computed import computed
from workbook.measures.flags import flags
from workbook.measures.week import week
from workbook.model import SHEETS, CannotDo, CellError, Problem, Tracker, defaults
from workbook.model.lists import LISTS, TYPED
from workbook.model.settings import SETTINGS
from workbook.model.tracker import FIRST_ROW
from workbook.sample import sample

PROBLEM = Problem("Registers", "F17", "look_alike", "0", "0 is not a register code.", "Type the letter O.", "O")
ON = date(2027, 2, 5)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    return sample(learners=12)


@pytest.fixture(scope="module")
def made(tracker: Tracker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "tracker.xlsx"
    found = {"flags": flags(tracker, ON), "week": week(tracker, ON), "problems": [PROBLEM]}
    return build(path, tracker, computed(tracker), on=ON, **found)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book(made: Path) -> Any:
    return openpyxl.load_workbook(made)


@pytest.fixture(scope="module")
def shown(made: Path) -> Any:
    return openpyxl.load_workbook(made, data_only=True)


def small(**records: Any) -> Tracker:
    new = {table: list(whole.records()) for table, whole in defaults.new().tables.items()}
    return Tracker.of(new | records)


def links(page: Any) -> set[str]:
    return {cell.hyperlink.location.replace("'", "") for row in page["A1:Z400"] for cell in row if cell.hyperlink}


def test_same_input_same_bytes(tracker: Tracker, made: Path, tmp_path: Path) -> None:
    found = {"flags": flags(tracker, ON), "week": week(tracker, ON), "problems": [PROBLEM]}
    again = build(tmp_path / "again.xlsx", tracker, computed(tracker), on=ON, **found)  # type: ignore[arg-type]
    assert again.read_bytes() == made.read_bytes()


def test_an_older_file_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    path.write_text("old")
    made = small()
    build(path, made, computed(made))
    assert openpyxl.load_workbook(path)["Start"]["A1"].value.startswith("=")
    assert [one.name for one in tmp_path.iterdir()] == ["tracker.xlsx"]


def test_a_text_that_no_cell_can_hold_leaves_no_file(tmp_path: Path) -> None:
    made = small(Learners=[{"learner_id": "L1", "notes": "x" * 40_000}])
    letter = made["Learners"].letters["notes"]
    with pytest.raises(CannotDo, match=f"Learners {letter}5 would hold over"):
        build(tmp_path / "tracker.xlsx", made, computed(made))
    assert not list(tmp_path.iterdir())


def test_tabs_stand_in_their_groups_and_start_leads_to_all(book: Any) -> None:
    names = [name for _, name, _ in tabs()]
    assert book.sheetnames == ["Start", *names]
    assert {one.name for one in SHEETS} <= set(names)
    assert {place.split("!")[0] for place in links(book["Start"])} >= set(names)
    assert [name for name in names if "Start!A1" not in links(book[name])] == []
    colours = [book[name].sheet_properties.tabColor.rgb for name in names]
    runs = [colour for i, colour in enumerate(colours) if not i or colours[i - 1] != colour]
    assert len(runs) == len(set(runs)) == 5


def test_every_table_is_one_with_its_formulas_for_new_rows(book: Any, tracker: Tracker) -> None:
    for one in SHEETS:
        page, table = book[one.name], book[one.name].tables[one.table]
        assert [column.name for column in table.tableColumns] == [column.header for column in one.columns]
        assert [cell.value for cell in page[4]][: len(one.columns)] == [column.header for column in one.columns]
        assert table.ref == f"A4:{tracker[one.table].letters[one.columns[-1].key]}{4 + max(1, len(tracker[one.table]))}"
        for number, column in enumerate(one.columns):
            inherited = table.tableColumns[number].calculatedColumnFormula
            if column.computed:
                assert "=" + inherited.attr_text == page.cell(FIRST_ROW, number + 1).value == one.native(column)
            else:
                assert inherited is None


def test_results_stand_beside_the_formulas(shown: Any, tracker: Tracker) -> None:
    figures = computed(tracker)
    for table, key in (("Progress", "status"), ("Progress", "points"), ("Registers", "attended"), ("Learners", "name")):
        letter = tracker[table].letters[key]
        cells = [cell.value for cell in shown[table][letter][4:]]
        assert cells == figures[table][key]


def test_typed_values_keep_their_kind(tmp_path: Path) -> None:
    row = {"learner_id": "=1+1", "first_name": "007", "surname": " Łuk & <b> ", "year": 10, "uln": "0123456789"}
    odd = {"learner_id": CellError("#N/A"), "year": True, "date_of_birth": datetime(2011, 5, 6, 9, 30), "form": 1.5}
    made = small(Learners=[row, odd, {"learner_id": "x", "started": date(1850, 1, 1), "notes": "a\x07b"}])
    page = openpyxl.load_workbook(build(tmp_path / "t.xlsx", made, computed(made), only={"Learners"}))["Learners"]
    letters = made["Learners"].letters
    assert [page[f"{letters[key]}5"].value for key in row] == list(row.values())
    assert page["A5"].data_type == "s" and page["A5"].number_format == "@"
    assert (page["A6"].data_type, page["A6"].value) == ("e", "#N/A")
    assert [page[f"{letters[key]}6"].value for key in ("year", "date_of_birth", "form")] == [
        True,
        odd["date_of_birth"],
        1.5,
    ]
    assert page[f"{letters['started']}7"].value == "1850-01-01"  # Excel has no dates before 1900


def test_each_setting_is_a_name_for_its_value(book: Any) -> None:
    for one in SETTINGS:
        target = book.defined_names[one.name].attr_text
        sheet, cell = target.replace("$", "").split("!")
        row = int(cell[1:])
        assert sheet == "Settings" and book["Settings"][f"D{row}"].value == one.name


def test_a_setting_that_the_sheet_lacks_is_named_for_its_default(tmp_path: Path) -> None:
    settings = [
        row for row in defaults.settings() if row["name"] not in ("first_year", "not_assessed", "low_level_points")
    ]
    made = small(Settings=settings)
    names = openpyxl.load_workbook(build(tmp_path / "t.xlsx", made, computed(made))).defined_names
    found = [names[name].attr_text for name in ("first_year", "not_assessed", "low_level_points")]
    assert found == ["10", '"N/A"', '""']


def test_dropdowns_follow_the_sheets_they_come_from(book: Any) -> None:
    for listed in LISTS:
        if listed in TYPED:  # these follow Learners: tests/building/test_first_steps.py
            continue
        assert book.defined_names[choice_name(listed)].attr_text.startswith("'Lists'!$")
    for one in SHEETS:
        rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in book[one.name].data_validations.dataValidation}
        for number, column in enumerate(one.columns, start=1):
            if column.computed or one.table == "Settings":
                continue
            rule = rules[number]
            assert len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255 and rule.errorStyle in (None, "warning")
            if column.choices:
                assert rule.formula1 == choice_name(column.choices)
            if column.refers:
                assert rule.type == "list"


def print_areas(path: Path) -> dict[str, str]:
    """The print area of each sheet, as the file has it; openpyxl passes those of whole columns over."""
    with zipfile.ZipFile(path) as file:
        names = ElementTree.fromstring(file.read("xl/workbook.xml")).iter(f"{MAIN}definedName")
    return {
        area.rpartition("!")[0].strip("'"): area.rpartition("!")[2]
        for area in (str(one.text) for one in names if one.get("name") == "_xlnm.Print_Area")
    }


def test_what_is_for_the_screen_is_not_printed(book: Any, made: Path) -> None:
    """Numbers of authorities, notes and comments stay on the screen; rows typed later are printed."""
    areas = print_areas(made)
    for name, last in (("Learners", "Vocational day"), ("Parents", "Send reports"), ("Progress", "Effort 6")):
        letter = next(cell.column_letter for cell in book[name][4] if cell.value == last)
        assert areas[name] == f"$A:${letter}"
    assert book["Interventions"].page_setup.pageOrder == "overThenDown"


def test_sheets_scroll_filter_and_print(book: Any, made: Path) -> None:
    areas = print_areas(made)
    for one in SHEETS:
        page = book[one.name]
        assert page.freeze_panes.endswith("5") and page.tables[one.table].autoFilter is not None
        setup = page.page_setup
        assert (setup.paperSize, page.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
        inches = (7.47 if setup.orientation == "portrait" else 10.9) * int(setup.fitToWidth or 1)
        last = column_index_from_string(areas[one.name].rpartition("$")[2]) if one.name in areas else 99
        columns = [column for column in page.column_dimensions.values() if not column.hidden]
        width = sum(column.width for column in columns for at in range(column.min, column.max + 1) if at <= last)
        assert 0.57 * 5.25 / 72 * width <= inches, one.name  # letters of 11 points are printed at 6.3 or more
        assert page.print_title_rows == ("$3:$4" if one.table == "Progress" else "$4:$4")
        assert one.name in page.oddFooter.left.text
        assert page.sheet_view.showGridLines is False


def test_columns_are_wide_enough_for_every_value(book: Any, tracker: Tracker) -> None:
    for one in SHEETS:
        for column in one.entry:
            letter = tracker[one.table].letters[column.key]
            width = book[one.name].column_dimensions[letter].width
            assert width >= max(len(word) for word in re.split("[ -]", column.header)) + 3, (one.name, column.header)


def test_only_functions_that_every_excel_since_2016_has(made: Path) -> None:
    with zipfile.ZipFile(made) as package:
        text = "".join(package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name)
    used = set(re.findall(r"\b([A-Z][A-Z.]+)\(", "".join(re.findall(r"<f>(.*?)</f>", text))))
    assert not used & {
        "XLOOKUP",
        "LET",
        "FILTER",
        "LAMBDA",
        "MAXIFS",
        "IFS",
        "SWITCH",
        "TEXTJOIN",
        "SORT",
        "UNIQUE",
        "INDIRECT",
    }
    assert not used & {"TODAY", "NOW", "RAND"}


def test_written_sheets_lead_to_the_cells(book: Any, tracker: Tracker) -> None:
    problems = book["Problems"]
    assert "Registers!F17" in links(problems)
    assert [cell.value for cell in problems[5]][:2] == ["Registers", "F17"]
    assert book["Flags"].tables["Flags"].ref.endswith(str(4 + len(flags(tracker, ON))))


def test_an_empty_tracker_is_friendly(tmp_path: Path) -> None:
    made = defaults.new()
    shown = openpyxl.load_workbook(build(tmp_path / "t.xlsx", made, computed(made)), data_only=True)
    assert shown["Problems"]["A3"].value == NOT_YET
    assert re.fullmatch("A4:[A-Z]+5", shown["Learners"].tables["Learners"].ref)
    assert shown["Start"]["B5"].value == 0


def test_a_column_of_the_colleges_own_is_kept(tmp_path: Path) -> None:
    made = small(Learners=[{"learner_id": "L1"}])
    made["Learners"].columns["House"] = ["Red"]
    page = openpyxl.load_workbook(build(tmp_path / "t.xlsx", made, computed(made), only={"Learners"}))["Learners"]
    last = page.max_column
    assert (page.cell(4, last).value, page.cell(5, last).value) == ("House", "Red")


@pytest.mark.slow
def test_the_format_is_valid(made: Path) -> None:
    found = errors_in(made)
    assert not found, found[:5]


def test_the_grid_is_delivered_with_room_for_many_in_rows_that_are_all_alike(
    delivered_grid: int, tmp_path: Path
) -> None:
    """Elsewhere in the tests it is less deep."""
    made = small()
    path = build(tmp_path / "tracker.xlsx", made, computed(made), only={"Grid", "Subjects", "Learners", "Progress"})
    with zipfile.ZipFile(path) as package:
        pages = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', max(pages, key=len).decode(), re.DOTALL)
    alike = {
        re.sub(rf"(?<=[A-Z]){row}(?!\d)|(?<!\d){row}(?=-4)", "#", cells) for row, cells in rows if int(row) >= FIRST_ROW
    }
    assert delivered_grid == 400 and int(rows[-1][0]) == FIRST_ROW - 1 + delivered_grid
    assert len(alike) == 1
