"""How Excel reads cells: the cases that Microsoft documents or that its sheets are known to show."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.model import CellError
from workbook.model.excel import TextIndex, coerced, general, rounded, same, serial, text, trim


@pytest.mark.parametrize(
    ("value", "joined"),
    [
        (4.0, "4"), (4, "4"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (1 / 3, "0.333333333333333"), (1e20, "1" + "0" * 20),
        (1e21, "1E+21"), (1.23456789012345e-25, "1.23456789012345E-25"), (1234567890, "1234567890"),
        (123456789012345678, "123456789012346000"), (-2.50, "-2.5"), (True, "TRUE"), (None, ""), ("10E1", "10E1"),
        (date(2026, 10, 1), "46296"), (datetime(2026, 10, 1, 12), "46296.5"),
    ],
)  # fmt: skip
def test_a_value_joined_to_a_text(value, joined):
    assert text(value) == joined


@pytest.mark.parametrize(
    ("value", "result"),
    [(2.00005, 2.0001), (-2.00005, -2.0001), (0.00005, 0.0001), (1.00004999, 1.0), (-0.00001, 0.0), (5.33335, 5.3334)],
)
def test_halves_are_rounded_away_from_zero(value, result):
    assert rounded(value) == result
    assert str(rounded(value)) != "-0.0"


@given(st.integers(-(10**9), 10**9))
def test_rounding_agrees_with_exact_decimals(hundred_thousandths):
    exact = Decimal(hundred_thousandths).scaleb(-5)
    assert rounded(float(exact)) == float(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_are_joined_digit_by_digit(number):
    assert general(float(number)) == str(number)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("yes", "YES", True), ("É", "é", True), ("e", "é", False), ("a", "a ", False), (1, 1.0, True), (1, "1", False),
        (True, 1, False), (True, "TRUE", False), (None, "", True), (None, 0, True), (None, False, True),
        (None, None, True), (None, "x", False), (None, 2, False), (date(2026, 10, 1), 46296, True),
    ],
)  # fmt: skip
def test_cells_are_equal_as_excel_has_it(one, other, equal):
    assert same(one, other) is equal
    assert same(other, one) is equal


def test_a_cell_in_arithmetic():
    assert [coerced(value) for value in (None, True, "10", " 2.5 ", date(2026, 10, 1))] == [0, 1, 10, 2.5, 46296]
    assert coerced("ten") is None
    assert coerced(CellError("#N/A")) is None


def test_the_number_behind_a_date():
    assert serial(date(1900, 3, 1)) == 61
    assert serial(datetime(2026, 11, 24, 6)) == 46350.25


def test_trim_knows_only_spaces():
    assert trim("  Zoë   O'Hara \u00a0") == "Zoë O'Hara \u00a0"


def test_texts_are_looked_up_letter_by_letter():
    index = TextIndex(["L2D", "L2D*", "a?b", "l2d", 5, None, CellError("#N/A"), "5", "x" * 255, "y" * 256])
    assert [index.find(value) for value in ("L2D", "l2d*", "L2*", "A?B", "axb")] == [0, 1, None, 2, None]
    assert index.find(5) == index.find(5.0) == 7  # a number is looked up as text, and never finds a number
    assert [index.find(value) for value in (None, CellError("#N/A"), "#N/A", True)] == [None] * 4
    assert (index.find("x" * 255), index.find("y" * 256)) == (8, None)
