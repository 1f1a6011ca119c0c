"""Nobody in a small group can be found by subtracting what is told from the total."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.measures.small_numbers import LEAST, hidden, small


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (0, None, False),
        (1, None, True),
        (5, None, True),
        (6, None, False),
        (6, 11, True),
        (6, 12, False),
        (12, 12, False),
    ],
)
def test_small_numbers_by_hand(count: int, of: int | None, expected: bool) -> None:
    assert small(count, of) is expected


def test_the_next_smallest_goes_with_a_small_one() -> None:
    assert hidden([3, 20, 9]) == [True, False, True]
    assert hidden([3, 20, 9], total_told=False) == [True, False, False]
    assert hidden([7, 20, 0]) == [False, False, False]
    assert hidden([2, 2, 30, 40]) == [True, True, True, False]  # two of them are four together: still small


def solutions(counts: list[int], sizes: list[int] | None, away: list[bool]) -> list[set[int]]:
    """All that each hidden count may be, for a reader who knows the total, the sizes and what is told, and can add."""
    places = [place for place, one in enumerate(away) if one]
    total = sum(counts[place] for place in places)
    ranges = [range((sizes[place] if sizes else total) + 1) for place in places]
    found: list[set[int]] = [set() for _ in places]
    for guess in product(*ranges):
        if sum(guess) == total:
            for place, number in enumerate(guess):
                found[place].add(number)
    return found


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_no_hidden_count_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    away = hidden(counts)
    assert all(away[place] or not small(one) for place, one in enumerate(counts))
    if not all(away):
        for place, possible in zip(
            (i for i, one in enumerate(away) if one), solutions(counts, None, away), strict=True
        ):
            assert len(possible) >= LEAST and counts[place] in possible


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(6, 12)), min_size=1, max_size=3))
def test_nor_from_the_sizes_of_the_groups(pairs: list[tuple[int, int]]) -> None:
    counts, sizes = [min(pair) for pair in pairs], [size for _, size in pairs]  # smaller groups are hidden whole
    away = hidden(counts, sizes)
    assert all(away[place] or not small(one, sizes[place]) for place, one in enumerate(counts))
    if not all(away):
        for possible in solutions(counts, sizes, away):
            assert len(possible) > 1
