"""What is one value to the eye, and what is not, in the comparison of stored results with Excel's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from addin.desktop.prove.compare import same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (date(2027, 2, 5), datetime(2027, 2, 5)),
        (date(2027, 2, 5), 46423),  # days since 30 December 1899, as Excel counts them
        (time(6), 0.25),
        (timedelta(hours=36), 1.5),
        (None, ""),
        (3, 3.0),
        (0.1 + 0.2, 0.3),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_the_same(one: object, other: object) -> None:
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(("one", "other"), [(1, True), ("", 0), ("1", 1), (1, 1.0001), (None, "#N/A"), ("a", "A")])
def test_not_the_same(one: object, other: object) -> None:
    assert not same(one, other) and not same(other, one)
