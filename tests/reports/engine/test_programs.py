"""What a value becomes in a slot is worked out once, and no value gets what another became."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbook.reports.engine.programs import Known, Program, Slot

ALIKE = [3, 3.0, True, 1, 1.0, False, 0, 0.0, -0.0, None, "", "3", "x" * 65, "y" * 65, Decimal(3), Decimal("3.0"), [3],
         float("nan"), date(2026, 9, 1), datetime(2026, 9, 1), datetime(2026, 9, 1, 8)]  # fmt: skip


@given(st.lists(st.sampled_from(ALIKE), max_size=30))
def test_values_that_are_equal_to_python_keep_apart(values: list[Any]) -> None:
    known = Known[str](repr)
    made = Program([("<", Slot(0, "value", known))], ">")
    assert [made.text([{"value": value}]) for value in values] == [f"<{value!r}>" for value in values]


def test_what_comes_again_is_worked_out_once() -> None:
    asked: list[Any] = []
    known = Known[None](asked.append)
    on_every_report, comment = "a long sentence, " * 9, "a long comment, " * 9
    for value in ("APL5", 3.5, 3, None, date(2026, 9, 1), on_every_report, on_every_report, comment) * 2:
        known.of(value)
    assert asked == ["APL5", 3.5, 3, None, date(2026, 9, 1), on_every_report, comment, on_every_report, comment]
    for number in range(10_000):
        known.of(number)
    assert len(known[int]) < 5_000  # type: ignore[arg-type]
