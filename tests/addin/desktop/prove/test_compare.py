"""What is one value to the eye, and what is not, in the comparison of stored results with Excel's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from addin.desktop.prove.compare import same, told


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


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ("", "nothing"),
        (date(2027, 2, 5), "5 February 2027"),
        (datetime(2027, 2, 5), "5 February 2027"),
        (datetime(2027, 2, 5, 9, 30), "5 February 2027, 09:30"),
        (time(9, 30, 5), "09:30:05"),
        (timedelta(hours=36, minutes=5), "36:05:00 hours"),
        (0.1 + 0.2, "0.3"),
        (46423.0, "46423"),
        (True, "TRUE"),
        ("5 February", "“5 February”"),
        ("#N/A", "#N/A"),
    ],
)
def test_what_differs_is_told_as_a_person_would(value: object, words: str) -> None:
    assert told(value) == words
