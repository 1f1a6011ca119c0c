"""Rows as nearly all are go to the reader of values as they stand; that must not show in what is read.

The other side of each comparison looks at every row closely, which is what rows out of the ordinary always get.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook.model.problem import CannotDo
from workbook.model.tracker import column_letter
from workbook.package import guard
from workbook.package.guard import GuardedFile, guarded
from workbook.reading import gathered_rows, sheet_xml
from workbook.reading.cell_values import Grid, Run, Values, columns_of, put_behind
from workbook.reading.cells_xml import letters_to
from workbook.reading.known_cells import KnownCells
from workbook.reading.outline import Book
from workbook.reading.rows_apart import RowsApart

PART = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
NOTHING = re.compile(rb"(?!)")

CELLS = st.sampled_from(
    [
        "<c r=@/>",
        '<c r=@ s="5"/>',
        "<c r=@><v>12</v></c>",
        '<c r=@ s="5"><v>46265.25</v></c>',
        '<c r=@ s="5" t="b"><v>1</v></c>',
        '<c r=@ t="s"><v>0</v></c>',
        '<c r=@ s="2" t="s"><v>1</v></c>',
        "<c r=@><v>-3</v></c>",
        "<c r=@><v>01632960123</v></c>",
        '<c r=@ s="2"></c>',
        '<c r=@ t="inlineStr"><is><t>Maths</t></is></c>',
        '<c r=@ t="str"><f>A1&amp;""</f><v>Art</v></c>',
        "<c r=@><f>1+1</f></c>",
        '<c r=@ s="6"><f>COUNT(A:A)</f><v>7</v></c>',
        '<c r=@ s="6"><f ca="1">1+1</f><v/></c>',
        '<c r=@ t="e"><f>NA()</f><v>#N/A</v></c>',
        '<c r=@ t="e"><v>#REF!</v></c>',
    ]
)
ROWS = st.lists(
    st.tuples(
        st.integers(1, 40) | st.sampled_from([4_990, 6_000, 120_000]),
        st.sampled_from(["", ' ht="15"', ' hidden="1"', ' spans="1:4"']),
        st.dictionaries(st.sampled_from([1, 2, 3, 4, 5, 27]), CELLS, max_size=5),
    ),
    max_size=12,
)


def sheet_of(rows: list[tuple[int, str, dict[int, str]]]) -> str:
    xml, number = "", 0
    for further, attributes, cells in rows:
        number += further
        inside = "".join(
            cell.replace("@", f'"{column_letter(place)}{number}"') for place, cell in sorted(cells.items())
        )
        xml += f'<row r="{number}"{attributes}>{inside}</row>' if inside else f'<row r="{number}"{attributes}/>'
    return f"{HEAD}{xml}</sheetData></worksheet>"


def file_of(xml: str) -> GuardedFile:
    """A file with this sheet."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in (("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), (PART, xml)):
            out.writestr(name, content)
    return guarded(memory.getvalue(), Path("made.xlsx"))


def read(xml: str, hand_over: bool = False) -> object:
    """Everything that reading finds in a sheet whose columns 3 and 4 are computed: facts and values."""
    file = file_of(xml)
    runs: list[bytes] = []
    grid: Grid = []
    try:
        raw = sheet_xml.read_raw(file, PART, (3, 4), 5, runs.append if hand_over else None)
        for run in Values(file, Book((), None, None, False)).runs([*(() if raw.whole else runs), raw.xml]):
            put_behind(grid, run)
    except CannotDo as refused:
        return str(refused)
    raw.xml, raw.whole = b"", True
    return raw, grid


@settings(max_examples=40, deadline=None)
@given(ROWS)
@example([(1, "", {1: "<c r=@><v>1</v></c>"}), (5_001, "", {1: "<c r=@><v>2</v></c>"})])
@example([(1, "", {1: "<c r=@><v>1</v></c>"}), (4_999, "", {1: "<c r=@/>"}), (9, "", {1: "<c r=@><v>2</v></c>"})])
def test_rows_as_they_stand_are_read_as_rows_looked_at_closely(rows: list[tuple[int, str, dict[int, str]]]) -> None:
    xml = sheet_of(rows)
    with patch.object(gathered_rows, "CLOSELY", 64):  # so that both kinds of rows come in one sheet
        found = read(xml)
    with patch.object(gathered_rows, "usual_rows", lambda *_: NOTHING):
        assert found == read(xml)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.booleans())
@example([(1, "", {5: "<c r=@><v>1</v></c>"}), (9, "", {1: "<c r=@><v>2</v></c>"})], False)
@example([(1, "", {1: "<c r=@><v>1</v></c>"}), (1, "", {27: "<c r=@><v>2</v></c>"})], True)
def test_rows_handed_over_in_runs_are_read_as_the_whole_sheet(
    rows: list[tuple[int, str, dict[int, str]]], odd: bool
) -> None:
    """Some rows out of order; at last one whose cell has no address, so that what was handed over counts no more."""
    xml = sheet_of([*rows, *((-3, attributes, cells) for _, attributes, cells in rows[-1:] if len(rows) > 4)])
    if odd:
        xml = xml.replace("</sheetData>", '<row r="400000"><c><v>5</v></c></row></sheetData>')
    with patch.object(guard, "CHUNK", 90), patch.object(gathered_rows, "MANY", 1):
        assert read(xml, hand_over=True) == read(xml)


ONE = ["><f>1</f><v>1</v>"] * 2
MADE = st.sampled_from(["><f>1+1</f><v>2</v>", ' s="4"><f>A1&amp;""</f><v>Art</v>', ' t="str"><f>B1</f><v></v>'])
TEXTS = ["Maths", "", " Art ", "a&amp;b", "<r/>"]


def whole_rows(rows: list[tuple[int, str, dict[int, str]]], made: list[str]) -> str:
    """The sheet with a formula in every computed cell that has nothing else in it, as nearly all rows are."""
    computed = {3: f"<c r=@{made[0]}</c>", 4: f"<c r=@{made[1]}</c>"}
    return sheet_of([(further, attributes, computed | cells) for further, attributes, cells in rows])


def read_apart(xml: str, take_apart: bool) -> object:
    """The values of a sheet as they are typed, the cells with a formula, and all else that reading finds."""
    file, strings = file_of(xml), "<sst>" + "".join(f"<si><t xml:space='preserve'>{one}</t></si>" for one in TEXTS)
    values, grid = Values(file, Book((), None, None, False)), list[list[object]]()
    values._shared["sharedStrings"] = (strings + "</sst>").encode()
    apart = RowsApart((3, 4), 5, KnownCells(values).columns, lambda run: put_behind(grid, run)) if take_apart else None
    try:
        raw = sheet_xml.read_raw(file, PART, (3, 4), 5, None, apart)
        if raw.whole:
            grid = []
        put_behind(grid, *values.runs([raw.xml]))
    except CannotDo as refused:
        return str(refused)
    columns = columns_of(grid, 1, len(grid), 5)
    while columns[0] and all(column[-1] is None for column in columns):
        for column in columns:
            column.pop()
    formulas = {*raw.formulas.decode().split(), *(f"{letter}{row}" for row in raw.complete for letter in "CD")}
    raw.xml, raw.whole, raw.formulas, raw.complete = b"", True, b"", []
    return raw, sorted(formulas), [[(type(value), value) for value in column] for column in columns], PART in file.near


@settings(max_examples=40, deadline=None)
@given(ROWS, st.lists(MADE, min_size=2, max_size=2), st.sampled_from([90, 1_000_000]))
@example([(5, "", {1: "<c r=@><v>-3</v></c>"}), (0, "", {1: "<c r=@><v>1</v></c>"})], ONE, 1_000_000)
@example([(11, "", {1: '<c r=@ t="s"><v>1</v></c>'}), (4990, "", {1: "<c r=@><v>1</v></c>"})], ONE, 90)
def test_rows_taken_apart_are_read_as_rows_that_are_not(
    rows: list[tuple[int, str, dict[int, str]]], made: list[str], piece: int
) -> None:
    """Rows out of order too; what is no whole row, in between or at the end, is found as before."""
    xml = whole_rows([*rows, *((-3, attributes, cells) for _, attributes, cells in rows[-1:] if len(rows) > 6)], made)
    with patch.object(guard, "CHUNK", piece):
        assert read_apart(xml, take_apart=True) == read_apart(xml, take_apart=False)


def test_whole_rows_are_taken_apart() -> None:
    """Else the comparison above would say nothing."""
    one = {1: "<c r=@><v>0</v></c>", 2: '<c r=@ s="5"><v>46265.25</v></c>', 5: "<c r=@/>"}
    xml = whole_rows(
        [(5, "", one), (2, ' spans="1:5"', {1: "<c r=@><v>1</v></c>"}), (1, "", {5: "<c r=@></c>"})],
        ["><f>1</f><v>1</v>"] * 2,
    )
    taken: list[Run] = []
    values = KnownCells(Values(file_of(xml), Book((), None, None, False)))
    raw = sheet_xml.read_raw(file_of(xml), PART, (3, 4), 5, None, RowsApart((3, 4), 5, values.columns, taken.append))
    assert raw.complete == [5, 7] and not raw.whole and raw.formulas == b"C8\nD8"
    assert [run[:2] for run in taken] == [(4, 0)] and b'<c r="A' not in raw.xml


@pytest.mark.parametrize(
    ("rows", "near"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f>1+1</f><v>2</v></c></row>', True),
        ('<row r="1"><c r="A1"><v>-1</v></c><c r="B1" cm="1"><f>1+1</f><v>2</v></c></row>', True),
        ('<row r="1"><c r="C1"><f t="array" ref="C1:C9999999">1+1</f><v>2</v></c></row>', False),
        ('<row r="9999999" ht="15"/>', False),
    ],
)
def test_a_part_passes_for_looked_through_only_where_nothing_of_it_was_passed_over(rows: str, near: bool) -> None:
    """What reading leaves out (empty rows, formulas out of the ordinary) may still speak of cells that no sheet has."""
    file = file_of(f"{HEAD}{rows}</sheetData></worksheet>")
    sheet_xml.read_raw(file, PART, (3, 4), 5)
    assert (PART in file.near) is near
    if near:
        assert file.content(PART).decode().count(rows) == 1
    else:
        with pytest.raises(CannotDo, match="beyond the last cell"):
            file.content(PART)


def test_the_letters_of_the_columns_up_to_one() -> None:
    for last in (1, 3, 26, 27, 41, 52, 53, 104, 702, 703, 710, 16_384):
        letters = re.compile(letters_to(last).decode())
        inside = {number for number in range(1, 16_385) if letters.fullmatch(column_letter(number))}
        assert inside == set(range(1, last + 1))
