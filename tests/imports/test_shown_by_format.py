"""What a number format shows beside the digits of a cell comes in; units, signs and the look of a figure do not."""

from __future__ import annotations

import pytest
import xlsxwriter

from workbook.imports.workbook_files import BookOfRows

CASES: tuple[tuple[str, int | float | str, object], ...] = (
    ("000000", 123, "000123"),
    ("[$-809]000000", 123, "000123"),
    ("[Red]000000", 123, "000123"),
    ("000000_)", 123, "000123"),
    ("*0000000", 123, "000123"),
    ("00000;-00000;;@", 77, "00077"),
    ("[<1000]000000;0", 128, "000128"),
    ("[<1000]000000;0", 1280, 1280),
    ('"L"00000', 77, "L00077"),
    ("\\L00000", 77, "L00077"),
    ('"L"General', 77, "L77"),
    ("0000-0000", 12345678, "1234-5678"),
    ('00"/"00"/"0000', 8022027, "08/02/2027"),
    ('"0"##########', 1632960123, "01632960123"),
    ('0"A"', 10, "10A"),
    ('"L"@', "20001", "L20001"),
    ('General;General;General;"X"@', "20002", "X20002"),
    ('"L"00000', "20003", "20003"),
    ("@", 125, 125),
    ("#,##0", 10901, 10901),
    ("0.00", 124, 124),
    ("0%", 1, 1),
    ('"£"0', 12, 12),
    ('0" hrs"', 12, 12),
    ('0" of 5"', 4, 4),
    ("0.0000E+00", 12, 12),
    ("# ?/?", 12, 12),
    ("00000", 12.5, 12.5),
)
"""The format, what the cell holds, and what a person takes it to say in Excel."""


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    path = tmp_path_factory.mktemp("shown") / "rows.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Rows")
        for row, (code, value, _) in enumerate(CASES):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))
    return [row[0] for row in BookOfRows(path).cells("Rows")[0]]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{code} of {value}" for code, value, _ in CASES])
def test_a_cell_comes_in_as_its_format_shows_it(number: int, cells: list[object]) -> None:
    assert cells[number] == CASES[number][2] and type(cells[number]) is type(CASES[number][2])
