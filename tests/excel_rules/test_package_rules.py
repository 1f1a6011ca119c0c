"""Rules of packages: seen to find each kind of fault, then held against a file of every writer."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from lxml import etree

from tests.excel_rules.book import MAIN, BookFile
from tests.excel_rules.package_rules import broken_rules
from tests.excel_rules.writers import NO_WORKBOOK_OF_THEIR_OWN, WRITERS, writing_commands

pytestmark = pytest.mark.slow

NAME = b"<definedName "
SMALL = 120_000
"""Characters of the sheets that a fault is looked for on."""
FAULTS: dict[str, tuple[str, bytes, bytes]] = {
    "stand as": ("xl/worksheets/sheet1.xml", b"<sheetData", b"<pageMargins/><sheetData"),
    "names two things": ("xl/workbook.xml", NAME, b'<definedName name="Terms">1</definedName>' + NAME),
    "the name a1 is none": ("xl/workbook.xml", NAME, b'<definedName name="A1">1</definedName>' + NAME),
    "a sheet of settings": ("xl/workbook.xml", b'name="Guide"', b'name="xlwings.conf"'),
    "the sheet's name": ("xl/workbook.xml", b'name="Guide"', b'name="Guide/2"'),
    "sheetId 1 twice": ("xl/workbook.xml", b'sheetId="2"', b'sheetId="1"'),
    "differ from its formula": ("xl/tables/table", b"<calculatedColumnFormula>", b"<calculatedColumnFormula>1+"),
    "and its cell differ": ("xl/tables/table", b'name="Surname"', b'name="Family name"'),
    "the type of xl/stiles.xml": ("[Content_Types].xml", b'PartName="/xl/styles.xml"', b'PartName="/xl/stiles.xml"'),
}


def spoilt(book: BookFile) -> BookFile:
    """A copy to spoil."""
    one = copy.copy(book)
    one.__dict__ = {key: value for key, value in book.__dict__.items() if key in ("path", "parts")}
    return one


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_of_each_writer_keeps_the_rules(written: dict[str, BookFile], writer: str) -> None:
    if writer == "group" and writer not in written:
        pytest.skip("sets of many trackers need pyarrow and duckdb")
    assert broken_rules(written[writer]) == []


def test_every_command_that_writes_a_workbook_is_judged() -> None:
    judged = {command for command in writing_commands() for one in WRITERS if f"{one} ".startswith(f"{command} ")}
    assert writing_commands() - judged == set(NO_WORKBOOK_OF_THEIR_OWN)


@pytest.mark.parametrize("said", FAULTS)
def test_each_rule_finds_its_fault(written: dict[str, BookFile], said: str) -> None:
    begins, old, new = FAULTS[said]
    one = spoilt(written["sample"])
    small = {target for _, at, _ in one.sheets if len(one.parts[at]) < SMALL for _, _, target in one.links(at)}
    parts = (name for name in one.parts if name.startswith(begins) and (name in small or "tables" not in name))
    part = next(name for name in parts if old in one.parts[name])
    one = spoilt(one)
    one.parts = {**one.parts, part: one.parts[part].replace(old, new, 1)}
    one.__dict__["sheets"] = [sheet for sheet in one.sheets if len(one.parts[sheet[1]]) < SMALL]
    assert any(said in rule for rule in broken_rules(one))


def changed(book: BookFile, change: Callable[[etree._Element], None]) -> list[str]:
    """What the rules say of a book whose first sheet was changed, without its others."""
    one = spoilt(book)
    name, part, sheet = one.sheets[0]
    change(sheet)
    one.__dict__["sheets"] = [(name, part, sheet)]
    return broken_rules(one)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (f'IF(A1="{"x" * 256}",1,2)', "a text of 256 letters"),
        ("XLOOKUP(A1,B:B,C:C)", "without _xlfn."),
        ("_xlfn.XLOOKUP(A1,B:B,C:C)", "Excel 2019 does not have"),
        ("+".join(["A1"] * 3000), "a formula of"),
        ("(" * 65 + "1" + ")" * 65, "brackets 65 deep"),
    ],
)
def test_formulas_that_excel_does_not_take(written: dict[str, BookFile], formula: str, said: str) -> None:
    def put(sheet: etree._Element) -> None:
        next(sheet.iter(f"{MAIN}f")).text = formula

    assert any(said in one for one in changed(written["sample"], put))


def test_a_file_that_asks_to_be_worked_out_though_nothing_is_to_do(written: dict[str, BookFile]) -> None:
    one = spoilt(written["addin build"])
    one.workbook.find(f"{MAIN}calcPr").set("fullCalcOnLoad", "1")
    assert any("Excel asks to save it untouched" in rule for rule in broken_rules(one))
    assert written["sample"].workbook.find(f"{MAIN}calcPr").get("fullCalcOnLoad") is None


def test_a_formula_offered_for_many_cells_without_a_word_of_how_to_enter_it(written: dict[str, BookFile]) -> None:
    one = spoilt(written["addin functions"])
    name, part, sheet = next(found for found in one.sheets if found[0] == "Functions")
    silent = etree.fromstring(etree.tostring(sheet).replace(b"press Ctrl+Shift+Enter", b"press Enter"))
    one.__dict__["sheets"] = [(name, part, silent)]
    assert sum("Ctrl+Shift+Enter" in rule for rule in broken_rules(one)) > 5
