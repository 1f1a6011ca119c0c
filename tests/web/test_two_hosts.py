"""One set of deeds, two hosts: after the same buttons the same tracker holds the same sheets.

xlwings carries them out in LibreOffice, Office.js through Microsoft's own library in a workbook in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel
from playwright.sync_api import Browser

from addin.deeds.written import HEAD
from addin.web.serve import Server
from tests.addin.engine.desk import Desk, desk
from tests.web.excel import Pane, excel

pytestmark = [pytest.mark.browser, pytest.mark.office, pytest.mark.slow]

MARKS = """Learner ID,Subject,APL 6,Comment
L10001,English Language,APL4,"=cmd|' /C calc'!A0"
L10002,English Language,APL5,1/2 a mark
"""
CALLS = """Learner ID,Date,With,How,Why,Summary
L10001,12/01/2027,Home,Phone,Attendance,1/2 day off
L10002,13/01/2027,Home,Phone,Attendance,007
"""
PRESSED = ("check", "update_flags", "my_week", "head_of_year")
WRITTEN = ("Problems", "Flags", "My week", "Head of Year")
GROWN = ("Progress", "Contacts", "Interventions")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, browser: Browser, served: Server) -> Iterator[tuple[Desk, Pane]]:
    folder = tmp_path_factory.mktemp("two")
    files = folder / "marks.csv", folder / "calls.csv"
    files[0].write_text(MARKS, encoding="utf-8")
    files[1].write_text(CALLS, encoding="utf-8")
    with desk(folder, learners=6, faults=25) as ours, excel(browser, served.address, ours.path) as theirs:
        for button in PRESSED:
            assert ours.press(button) == [] and theirs.press(button) == ["Done."], button
        for file in files:
            words = ours.press("import_file", path=str(file), answers=["yes"])
            assert words[:-1] == theirs.press("import_file", ["Yes"], file=file)[:-1], "both ask the same"
        for kind, cell in (("contact", "A5:A6"), ("intervention", "A8")):
            ours.go("Learners", cell)
            theirs.stand("Learners", cell)
            words = ours.press(f"record_{kind}", answers=["yes"])
            assert words == theirs.press(f"record_{kind}", ["Yes"])[:-1], "both ask the same"
        assert ours.press("start_drop", answers=["yes"]) == theirs.press("start_drop", ["Yes"])[:-1]
        yield ours, theirs


def in_libreoffice(one: Desk, name: str) -> list[list[Any]]:
    """The values of a sheet, rows and columns up to the last filled cell; days as their numbers."""
    sheet = one.book.sheets[name]
    last = sheet.used_range.last_cell
    rows = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    return trimmed([[to_excel(cell) if isinstance(cell, datetime) else cell for cell in row] for row in rows])


def in_memory(one: Pane, name: str) -> list[list[Any]]:
    """The same of the workbook in memory."""
    return trimmed([[cell.get("value") for cell in row] for row in one.sheet(name)["cells"]])


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    kept = [[None if cell == "" else cell for cell in row] for row in rows]
    for row in kept:
        while row and row[-1] is None:
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


@pytest.mark.parametrize("name", WRITTEN)
def test_written_sheets_are_the_same(both: tuple[Desk, Pane], name: str) -> None:
    ours, theirs = both
    one, other = in_libreoffice(ours, name), in_memory(theirs, name)
    assert one[HEAD - 1 :] == other[HEAD - 1 :] and one[:2] == other[:2] and len(one) > HEAD
    sheet, told = ours.book.sheets[name], theirs.sheet(name)
    lines = (sheet.range("A3").formula, told["cells"][2][0].get("formula") or told["cells"][2][0]["value"])
    line = [re.sub(r"=-?\d+[,;]", "=N,", str(text), count=1).replace(";", ",") for text in lines]
    assert line[0].replace(" ", "") == line[1].replace(" ", "")
    table, (kept,) = sheet.tables[0], told["tables"]
    whole = table.range
    assert (table.name, whole.row, whole.column, *whole.shape) == (
        kept["name"], kept["row"], kept["column"], kept["rowCount"], kept["columnCount"],
    )  # fmt: skip
    for place in range(whole.shape[1]):
        form = sheet.range((HEAD + 1, place + 1)).number_format
        assert form.casefold() == told["cells"][HEAD][place].get("format", "General").casefold(), place


@pytest.mark.parametrize("name", GROWN)
def test_entries_stand_in_the_same_cells(both: tuple[Desk, Pane], name: str) -> None:
    """Columns that work themselves out are left aside: the workbook in memory works nothing out."""
    ours, theirs = both
    one, other = in_libreoffice(ours, name), in_memory(theirs, name)
    told = theirs.sheet(name)
    filled = [(place, cell) for row in told["cells"][HEAD:] for place, cell in enumerate(row)]
    computed = {place for place, cell in filled if str(cell.get("formula", "")).startswith("=")}
    typed = [
        trimmed([[cell for place, cell in enumerate(row) if place not in computed] for row in rows[HEAD - 1 :]])
        for rows in (one, other)
    ]
    assert typed[0] == typed[1]
    kept, whole = told["tables"][0], ours.book.sheets[name].tables[0].range
    assert (whole.row, *whole.shape) == (kept["row"], kept["rowCount"], kept["columnCount"])
    last = kept["row"] + kept["rowCount"] - 1
    formulas = {place: told["cells"][last - 1][place].get("formula") for place in computed}
    assert all(formulas.values()), "a row that is new works itself out"


def test_the_same_cells_are_marked_folded_and_in_front(both: tuple[Desk, Pane]) -> None:
    ours, theirs = both
    assert ours.book.sheets.active.name == theirs.page.evaluate("__workbook.active.name") == "Progress"
    here = ours.book.selection.address.replace("$", "")
    assert f"Progress!{here}" == theirs.here()
    hidden = {place for place, one in enumerate(theirs.sheet("Progress")["columns"]) if one and one.get("hidden")}
    sheet = ours.book.sheets["Progress"]
    width = max(hidden) + 2
    assert hidden == {place for place in range(width) if sheet.range((1, place + 1)).api.EntireColumn.Hidden is True}
    ruled = {one for one in theirs.names() if theirs.sheet(one)["rules"]}
    marked = {sheet for sheet, *_ in ours.rows("Problems")}
    assert ruled and ruled <= marked
    for name in ruled:
        rules = ours.book.sheets[name].tables[0].range.conditional_formats
        assert any("problem_marks" in str(rule.formula) for rule in rules), name


def test_the_keys_of_the_marks_are_the_same(both: tuple[Desk, Pane], tmp_path: Path) -> None:
    ours, theirs = both
    keys = [[row[7] if len(row) > 7 else None for row in rows[HEAD:]] for rows in
            (in_libreoffice(ours, "Problems"), in_memory(theirs, "Problems"))]  # fmt: skip
    assert keys[0] == keys[1] and any(keys[0])
