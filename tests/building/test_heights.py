from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.building.heights import height, height_of, lines, text_width


def test_widths_by_hand() -> None:
    """Calibri has 507 thousandths for a digit: at 11 points, a 96 dots an inch, 7.4 pixels."""
    assert text_width("0") == pytest.approx(0.507 * 11 * 96 / 72)
    assert text_width("é") == text_width("e")
    assert text_width("\u200f") == 0
    assert text_width("漢") == pytest.approx(11 * 96 / 72)


def test_lines_by_hand() -> None:
    """Eleven characters wide is 72 pixels of text; `word` takes 2.116 of 14.67, so 31, and a space 3."""
    assert lines("word word", 11) == 1
    assert lines("word word word", 11) == 2
    assert lines("word\nword\n\nword", 11) == 4
    assert lines("", 10) == 1
    assert lines("m" * 40, 11) == 7, "469 pixels"
    assert height("word word word", 11) == height_of(2)


@example("m" * 300, 5, 22, True)  # as tall as a row gets
@given(st.text(max_size=100), st.floats(5, 120), st.sampled_from([8.5, 9.5, 11, 22]), st.booleans())
def test_more_room_never_needs_more_lines_and_no_row_is_taller_than_excel_allows(
    text: str, columns: float, size: float, bold: bool
) -> None:
    assert lines(text, columns * 2, size, bold) <= lines(text, columns, size, bold)
    assert 0 < height(text, columns, size, bold) <= 409
