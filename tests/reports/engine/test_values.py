"""How values are written: against Excel's own numbers for dates, and against formats as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel, to_excel

from workbook.reports.engine.values import CellFormat, serial


@given(st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)))
def test_dates_as_openpyxl_counts_them(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert serial(moment) == pytest.approx(to_excel(moment))
    if moment.year > 1904:
        assert from_excel(serial(moment, True), CALENDAR_MAC_1904) == moment


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 3, "3"),
        ("General", 3.14159, "3.14"),
        ("General", 2.50, "2.5"),
        ("General", -0.001, "0"),
        ("0.0", 3.14159, "3.1"),
        ("0%", 0.905, "91%"),
        ("0.00", 2.675, "2.68"),
        ("General", 1e20, "100000000000000000000"),
        ("0.0%", 0.905, "90.5%"),
        ('0.0"%"', 90.46, "90.5%"),
        ('0" sessions"', 6, "6 sessions"),
        ("£#,##0", 1234.4, "£1,234"),
        ("#,##0.00", 1234.5, "1,234.50"),
        ("+0.0;-0.0;0.0", 1.25, "+1.3"),
        ("+0.0;-0.0;0.0", -1.5, "-1.5"),
        ("0_);(0)", 7, "7"),
        ("[Red]0.0", 7, "7.0"),
        ("@", 7, "7"),
        ("d mmmm yyyy", date(2026, 3, 5), "5 March 2026"),
        ("dd/mm/yy", date(2026, 3, 5), "05/03/26"),
        ("dddd d mmm", date(2026, 3, 5), "Thursday 5 Mar"),
        ("[$-809]d mmmm yyyy;@", date(2026, 3, 5), "5 March 2026"),
        ("dd/mm/yyyy hh:mm", datetime(2026, 3, 5, 14, 7), "05/03/2026 14:07"),
        ("h:mm:ss", datetime(2026, 3, 5, 9, 7, 3), "9:07:03"),
        ("General", date(2026, 3, 5), "5 March 2026"),
        ("0.0", "absent", "absent"),
        ("0.0", True, "yes"),
        ("0.0", None, ""),
        ("0.0", float("nan"), ""),
    ],
)
def test_values_in_a_sentence(code: str, value: Any, text: str) -> None:
    assert CellFormat(code).text(value) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (1, "><v>1</v></c>"),
        (np.int64(1), "><v>1</v></c>"),
        (np.float64(0.5), "><v>0.5</v></c>"),
        (Decimal("0.25"), "><v>0.25</v></c>"),
        (True, ' t="b"><v>1</v></c>'),
        (None, "/>"),
        ("", "/>"),
        (float("inf"), "/>"),
        ("a", ' t="inlineStr"><is><t xml:space="preserve">a</t></is></c>'),
        (date(2026, 3, 5), ' t="inlineStr"><is><t xml:space="preserve">5 March 2026</t></is></c>'),
    ],
)
def test_values_in_a_cell(value: Any, cell: str) -> None:
    assert CellFormat().cell(value) == cell


def test_dates_in_a_date_cell_are_numbers() -> None:
    assert CellFormat("dd/mm/yyyy").cell(date(2026, 3, 5)) == "><v>46086</v></c>"
    assert CellFormat("dd/mm/yyyy", epoch_1904=True).cell(date(2026, 3, 5)) == "><v>44624</v></c>"
    assert CellFormat("d mmm", prefix="x:").cell(datetime(2026, 3, 5, 12)) == "><x:v>46086.5</x:v></x:c>"
