"""Excel's manners that a stand-in is tempted to leave out, and the buttons with them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlwings

import addin.desktop.host
from addin.deeds.actions import WriteSheet
from addin.desktop.host import excel, reports_run
from tests.addin.engine import books, cells, formats, sheets
from tests.addin.engine.desk import Desk, desk
from workbook.building.views.written_rows import Heading

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("manners"), learners=12) as one:
        yield one


def test_a_sheet_that_is_shown_is_left_so_where_the_structure_is_protected(desk_: Desk) -> None:
    desk_.press("update_flags")
    desk_.book.impl.structure_locked = True
    try:
        assert desk_.press("update_flags") == []
        for hidden in (0, 2):
            desk_.book.impl.structure_locked = False
            desk_.book.sheets["Flags"].visible = hidden
            desk_.book.impl.structure_locked = True
            assert desk_.book.sheets["Flags"].visible == hidden
            said = desk_.press("update_flags")
            assert len(said) == 1 and "The sheet Flags is hidden and this workbook is protected" in said[0]
    finally:
        desk_.book.impl.structure_locked = False
    assert desk_.press("update_flags") == [] and desk_.book.sheets["Flags"].visible == -1


def test_a_selection_of_many_areas_is_walked_area_by_area(desk_: Desk) -> None:
    wanted = ",".join(f"$A${row}:$C${row}" for row in range(5, 5 + 2 * 40, 2))
    desk_.go("Registers", wanted)
    assert len(wanted) > 255 >= len(desk_.book.selection.address)
    assert reports_run.rows_selected(desk_.book) == list(range(5, 85, 2))


def test_one_row_has_no_lines_inside(desk_: Desk) -> None:
    from addin.desktop.host.written import write_sheet

    headings = (Heading("What", 20), Heading("Why", 20))
    for rows in ([("a", "b")], []):
        write_sheet(desk_.book, WriteSheet("One row", "A trial.", "", headings, rows))
    desk_.book.sheets["One row"].delete()


def test_what_a_button_opens_has_its_macros_off_and_the_setting_is_put_back(desk_: Desk) -> None:
    desk_.go("Learners", "A5")
    desk_.press("report_learner", template="certificate", answers=["yes"])
    opened = [book for book in desk_.app.books if book != desk_.book]
    assert opened and not any(book.impl.macros_on for book in opened)
    assert desk_.app.api.AutomationSecurity == 1
    desk_.close_others()
    room = Path(addin.desktop.host.__path__[0])
    others = [file.name for file in room.glob("*.py") if "books.open(" in file.read_text() and file.name != "excel.py"]
    assert others == []


def test_a_template_is_chosen_once_it_is_found_good(desk_: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "{{learner.shoe_size}}"
    book.save(tmp_path / "bad.xlsx")
    desk_.app.impl.macros_run.clear()
    assert "shoe_size" in desk_.press("choose_template", path=str(tmp_path / "bad.xlsx"))[-1]
    assert desk_.app.impl.macros_run == []
    book.active["A1"] = "{{learner.name}}"
    book.save(tmp_path / "good.xlsx")
    desk_.press("choose_template", path=str(tmp_path / "good.xlsx"))
    assert desk_.app.impl.macros_run == [
        ("'Mentorbook.xlam'!MentorbookTemplateChosen", str(tmp_path / "good.xlsx")),
    ]


@pytest.mark.parametrize("name", ["xlwings.conf", "marks.py"])
def test_no_button_works_with_a_workbook_that_has_a_sheet_of_settings(desk_: Desk, name: str) -> None:
    from addin.desktop.host import buttons

    desk_.book.sheets.add(name)
    try:
        for one in buttons.BY_ID:
            said = desk_.press(one)
            assert len(said) == 1 and f"This workbook has a sheet {name}" in said[0], one
    finally:
        desk_.book.sheets[name].delete()


def test_a_heading_row_that_is_hidden_or_not_shown_does_not_stop_check(desk_: Desk) -> None:
    """A row that is hidden is there all the same; a table that shows no headings has none to tell."""
    assert desk_.press("check") == []
    before = desk_.rows("Problems")
    heads = desk_.book.sheets["Contacts"].range("A4").api.EntireRow
    heads.Hidden = True
    try:
        assert desk_.press("check") == [] and desk_.rows("Problems") == before
    finally:
        heads.Hidden = False
    desk_.book.impl.headless.add("Contacts")
    try:
        assert desk_.press("check") == []
        found = {row[0] for row in desk_.rows("Problems")} - {row[0] for row in before}
    finally:
        desk_.book.impl.headless.clear()
    assert found == {"Contacts"}
    assert desk_.press("check") == [] and desk_.rows("Problems") == before


# What xlwings gives each kind of object of the host's, under the names that the host uses.
IMPLEMENTED = {
    "App": (books.App, "_xlwindows.App", "_xlmac.App"),
    "Book": (books.Book, "_xlwindows.Book", "_xlmac.Book"),
    "Books": (books.Books, "_xlwindows.Books", "_xlmac.Books"),
    "Sheet": (sheets.Sheet, "_xlwindows.Sheet", "_xlmac.Sheet"),
    "Sheets": (sheets.Sheets, "_xlwindows.Sheets", "_xlmac.Sheets"),
    "Range": (cells.Range, "_xlwindows.Range", "_xlmac.Range"),
    "Table": (sheets.Table, "_xlwindows.Table", "_xlmac.Table"),
    "Tables": (sheets.Tables, "_xlwindows.Tables", "_xlmac.Tables"),
    "Names": (sheets.Names, "_xlwindows.Names", "_xlmac.Names"),
    "Font": (formats.Font, "_xlwindows.Font", "_xlmac.Font"),
    "Borders": (formats.Borders, "_xlwindows.Borders", "_xlmac.Borders"),
    "ConditionalFormats": (formats.Rules, "_xlwindows.ConditionalFormats", "_xlmac.ConditionalFormats"),
}
# Words of the host for kinds of its own or other kinds of Excel: of this kind the Excel for tests leaves them out.
OF_ANOTHER_KIND = {
    "App": {"path"},
    "Sheet": {"clear_contents"},
    "Range": {"columns", "copy", "note", "rows", "table", "to_pdf", "width"},
    "Table": {"columns", "rows"},
    "Borders": {"color"},
}
# Names that pywin32 only knows where makepy has read Excel's type library, and what in xlwings asks for them.
ONLY_MAKEPY = {"get_address", "characters"}


def used_members() -> set[str]:
    """Every name behind a dot in the host's room."""
    found: set[str] = set()
    for file in Path(addin.desktop.host.__path__[0]).glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found


@cache
def classes_of(source: str) -> dict[str, ast.ClassDef]:
    """The classes of a module of xlwings, read from its text: neither platform's module can be imported here."""
    tree = ast.parse((Path(xlwings.__file__).parent / source).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def members(source: str, name: str) -> set[str]:
    """The members of a class of xlwings."""
    classes = classes_of(source)
    found: set[str] = set()
    todo = [name]
    while todo:
        one = classes.get(todo.pop())
        if one is None:
            continue
        todo += [base.id for base in one.bases if isinstance(base, ast.Name)]
        for node in one.body:
            found |= {node.name} if isinstance(node, ast.FunctionDef) else set()
            found |= {t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)}
    return found


def test_every_member_that_the_host_uses_is_there_on_windows_on_a_mac_and_in_the_tests() -> None:
    # what every object has of its own, and the group of a question before sending
    used, asked = used_members() - {"api", "name", "app", "group"}, 0
    for kind, (ours, windows, mac) in IMPLEMENTED.items():
        base = getattr(xlwings.base_classes, kind)
        public = {name for name, _ in inspect.getmembers(getattr(xlwings.main, kind, ours)) if name[0] != "_"}
        for name in sorted(used & public & set(dir(base))):
            assert name in members("_xlwindows.py", kind), f"{windows} has no {name}"
            assert name in members("_xlmac.py", kind), f"{mac} has no {name}"
            here = {*vars(ours), *getattr(ours, "_WHERE", ())}
            assert (name in here) != (name in OF_ANOTHER_KIND.get(kind, ())), f"{ours.__module__}.{kind}, {name}"
            asked += 1
    assert asked > 40


def test_no_name_is_used_that_only_makepy_knows(desk_: Desk) -> None:
    calls = [
        f"{file.name}:{node.lineno}"
        for file in Path(addin.desktop.host.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ONLY_MAKEPY
    ]
    assert [one for one in calls if not one.startswith("excel.py")] == []  # there it is a Mac's own word
    with pytest.raises(AttributeError, match="GetAddress"):
        desk_.book.sheets[0].range("A1").get_address()
    assert excel.cell_name(5, 28) == "AB5"


def test_the_excel_of_these_tests_reads_a_cell_by_the_format_that_it_has_now(desk_: Desk) -> None:
    sheet = desk_.book.sheets.add("Formats")
    sheet.range("A1").value = 46000
    assert sheet.range("A1").value == 46000
    sheet.range("A1").number_format = "dd/mm/yyyy"
    assert sheet.range("A1").value == datetime(2025, 12, 9)
    sheet.delete()
