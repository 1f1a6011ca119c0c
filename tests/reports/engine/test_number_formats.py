"""Number formats inside sentences: LibreOffice's TEXT as judge, and what it cannot say by hand from Excel's rules."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.reports.engine.making import VOCABULARY, cells, make, part
from workbook.reports.content.names import terms
from workbook.reports.engine.template import Template
from workbook.reports.engine.tokens import OfHundred
from workbook.reports.engine.values import CellFormat

CODES = [
    "0", "0.0", "#,##0", "#,##0.00", "0%", "0.0%", "0.000%", "0.00E+00", "##0.0E+0", "# ?/?", "# ??/??", "# ?/8",
    "[>=100]0;0.0", '[<50]"low "0;[>=90]"high "0;0.0', '0;(0);"nil"', "0.0;-0.0", "+0;-0;0", "#,##0,", "0.0,,",
    "000-000", "00000", '0" sessions"', "\\x0", "£#,##0.00", "[$£-809]#,##0.00", "[Red]0.0", "[Color 3]0", "0.0#",
    '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-', "0.???", "0.0?", "#", "0;0;;", "#,##0;[Red]-#,##0", "(0)",
    '[=1]0" day";0" days"', '[<=1]0" day";[<5]0" few";0" many"', "#,##0.0;(#,##0.0)", '0.0"%"', '0 "h"', '00"."0',
]  # fmt: skip
DATES = [
    "d mmmm yyyy", "dd/mm/yyyy", "[$-809]d mmmm yyyy", "ddd d mmm yy", "mmmmm", "h:mm", "h:mm AM/PM",
    "hh:mm:ss", "[h]:mm", "[mm]:ss", "[s]", "h:mm:ss.00", "yyyy-mm-dd", "d\\-mmm", "dddd, d mmmm yyyy", "mm:ss",
    '"Due "d.m.', "[$-809]dd mmmm yyyy;@",
]  # fmt: skip
NUMBERS = [0, 1, 7, -5, 0.5, 0.25, 12.345, 99.95, 100, 1234.5, 1234567.891, 0.905, 2.675, 46086, -1234.5, 0.3333]
MOMENTS = [46086, 46086.613, 1.5, 0.25, 36525.75, 400.0625]
SUMS = [1 / 24, 0.0416666, 0.999999, 0.0006944, 59.99 / 1440, 59.5 / 1440, 1.999995, 2.0833333, 0.0208333, 37.5 / 24]


@pytest.mark.office
def test_as_libreoffice_writes_them(office: Office, tmp_path: Path) -> None:
    pairs = [(code, value) for code in CODES for value in NUMBERS] + [(c, m) for c in DATES for m in MOMENTS]
    pairs += [(code, value) for code in ("[h]:mm", "[hh]:mm", "[h]", "[m]") for value in SUMS]
    book = xlsxwriter.Workbook(tmp_path / "text.xlsx")
    sheet = book.add_worksheet("S")
    for row, (code, value) in enumerate(pairs):
        sheet.write_formula(row, 0, '=TEXT({!r},"{}")'.format(value, code.replace('"', '""')))
    book.close()
    theirs = office.recalculate(tmp_path / "text.xlsx")["S"]
    for row, (code, value) in enumerate(pairs, 1):
        assert CellFormat(code).text(value) == str(theirs[f"A{row}"]).strip(), (code, value)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("[$-F800]dddd, mmmm dd, yyyy", date(2026, 3, 5), "05 March 2026"),  # Windows, English (United Kingdom)
        ("[$-F400]h:mm:ss AM/PM", datetime(2026, 3, 5, 14, 7), "14:07:00"),
        ("[$-x-sysdate]dddd, mmmm dd, yyyy", date(2026, 3, 5), "05 March 2026"),
        ("[$-809]dddd d mmmm yyyy", date(2026, 3, 5), "Thursday 5 March 2026"),
        ("[$-en-GB]ddd d mmm yy", date(2026, 3, 5), "Thu 5 Mar 26"),
        ("d mmm yyyy;@", date(2026, 3, 5), "5 Mar 2026"),
        ("d/m/yy", 46086, "5/3/26"),  # a number under a date format is a date, as in its cell
        ("[h]:mm", datetime(1900, 1, 1, 2, 30), "50:30"),
        ("[h]:mm", 50 / 24 - 1e-7, "50:00"),  # sums of quarter hours are a hair below, in Excel as anywhere
        ("[m]", 0.0416666, "60"),
        ("[h]:mm", 59.5 / 1440, "0:59"),
        ("h:mm", 59.5 / 1440, "0:59"),
        ("d mmm", -1, "#######"),  # as Excel shows a date before its calendar
        ("[>100]0;[<50]0", 75, "#######"),  # and a number that no section is for
        ('"Form "@', 10, "10"),  # the text section is put on by Excel, over the whole sentence
        ("#.##", 3, "3."),  # LibreOffice takes the dot away, Excel does not
        ("0.0,,", 1_234_567, "1.2"),
        ("_(* #,##0_)", 1234, "1,234"),
        ("0.0;;", -4, ""),
        ('0;-0;"nil"', 0, "nil"),
        ("[Green]+0;[Red]-0;0", 3, "+3"),
        ("0", -0.4, "0"),
        ("hh:mm:ss", 49.999, "23:58:34"),
        ("€0", 5, "€5"),
        ("0\\.0", 12, "1.2"),
        ('General" points"', 12, "12 points"),
        ('"about "General;"under "General;"none"', -2.5, "under 2.5"),
        ('General;-General;"none"', 0, "none"),
        ('[=100]General" of 100";General', 100, "100 of 100"),
        ("[Red]General", -2.5, "-2.5"),
        (".0", 12.345, "12.3"),
        (".##", 0.5, ".5"),
        ('[=0]"none";d mmm yy', date(2026, 3, 5), "5 Mar 26"),
        ('[<46086]"before";d mmm yyyy', date(2026, 3, 4), "before"),
        ('[<46086]"before";d mmm yyyy', 46086, "5 Mar 2026"),
        ("d mmm yyyy;;;@", 0, ""),
        ('[=0]"none";[$-F800]dddd, mmmm dd, yyyy', date(2026, 3, 5), "05 March 2026"),
    ],
)
def test_what_excel_shows(code: str, value: Any, text: str) -> None:
    assert CellFormat(code).text(value) == text


@given(st.text('0#?.,%Ee+-/;[]<>=$"\\_*@ymdhsAPMGeneralRed 1', max_size=14), st.floats(-1e16, 1e16) | st.dates())
@settings(max_examples=150, deadline=None)
def test_no_format_is_too_odd(code: str, value: Any) -> None:
    assert isinstance(CellFormat(code).text(value), str)


def test_values_up_to_a_hundred_under_a_percent_format() -> None:
    vocabulary = {**VOCABULARY, "attendance": {"percent": OfHundred("90")}, "half_term": [{"percent": OfHundred("9")}]}

    def build(book: Any, sheet: Any) -> None:
        for row, code in enumerate(("0%", "0.0%", "0.0", "0.0\\%", "General")):
            sheet.write(row, 0, "{{attendance.percent}}", book.add_format({"num_format": code}))
            sheet.write(row, 1, "At {{attendance.percent}}", book.add_format({"num_format": code}))
        sheet.write(6, 2, "{{half_term.percent}}", book.add_format({"num_format": "0%"}))
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Report!$C$7:$C$7"})
        sheet.insert_chart("E1", chart)

    context = {"attendance": {"percent": 92.42}, "half_term": [{"percent": 90}, {"percent": None}, {"percent": 100}]}
    report = Template.open(make(build), vocabulary).render(context)
    found = cells(report)
    assert [found[f"A{row}"] for row in range(1, 6)] == [0.9242, 0.9242, 92.42, 92.42, 92.42]
    assert [found[f"B{row}"] for row in range(1, 6)] == ["At 92%", "At 92.4%", "At 92.4", "At 92.4%", "At 92.42"]
    assert (found["C7"], found.get("C8"), found["C9"]) == (0.9, None, 1)
    chart = part(report, "xl/charts/chart1.xml")
    assert "<c:v>0.9</c:v>" in chart and "<c:v>1.0</c:v>" in chart


def test_names_that_say_so_count_to_a_hundred() -> None:
    said = {term.name for term in terms() if "0 to 100" in term.meaning or "out of a hundred" in term.meaning}
    assert said == {term.name for term in terms() if term.of_hundred} and len(said) == 5
