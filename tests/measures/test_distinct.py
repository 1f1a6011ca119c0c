"""What is asked once for each distinct value is answered for every cell, as if each had been asked."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workbook.measures.distinct import each, where
from workbook.model.vocabulary import CellError

VALUES = st.sampled_from([None, 0, 1, True, False, 2.5, "", "a", "#N/A", CellError("#N/A"), date(2026, 9, 1)])
COLUMN = st.lists(VALUES) | st.lists(st.tuples(VALUES, VALUES))


def told(value: object) -> str | None:
    """An answer that tells 1 from True, and an error from a text that reads like it."""
    parts = value if isinstance(value, tuple) else (value,)
    said = " ".join(f"{type(part).__name__} {part}" for part in parts)
    return None if "0" in said else said


@given(COLUMN)
def test_every_cell_has_its_own_answer(column: list[object]) -> None:
    assert each(column, told) == [told(value) for value in column]
    expected = [(place, said) for place, value in enumerate(column) if value is not None and (said := told(value))]
    assert list(where(column, told)) == expected


@given(st.lists(VALUES))
def test_no_value_is_asked_twice_and_no_blank_is_judged(column: list[object]) -> None:
    asked: list[object] = []
    list(where(column, asked.append))
    shown = [f"{type(value).__name__} {value}" for value in asked]
    assert len(shown) == len(set(shown)) and None not in asked
