"""Where rows go: against a model of rows that needs no shortcuts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.reports.engine.rows import Each, Row, RowMap, RowSpec, tree

pytestmark = pytest.mark.slow

LISTS = st.sampled_from([(), (("s",),), (("s",), ("s", "d")), (("t",),)])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Row | Each], tuple[int, ...]]:
    """A tree of rows and counts enough for it."""
    specs = [RowSpec(number, draw(LISTS)) for number in range(1, draw(st.integers(2, 12))) if draw(st.integers(0, 4))]
    return tree(specs), tuple(draw(st.lists(st.integers(0, 3), min_size=200, max_size=200)))


@given(sheets(), st.integers(1, 14), st.integers(0, 6))
@settings(max_examples=120, deadline=None)
def test_rows_keep_their_order_and_areas_cover_all_that_their_rows_became(
    sheet: tuple[list[Row | Each], tuple[int, ...]], top: int, more: int
) -> None:
    rows = RowMap(*sheet)
    numbers = [placed.number for placed in rows.placed]
    assert numbers == sorted(set(numbers))
    known = set(_numbers(sheet[0]))
    expected = [placed.number for placed in rows.placed if top <= placed.template <= top + more]
    expected += [rows.plain(row) for row in range(top, top + more + 1) if row not in known]
    assert rows.span(top, top + more) == ((min(expected), max(expected)) if expected else None)
    covered = [row for first, last in rows.stretches(top, top + more) for row in range(first, last + 1)]
    assert covered == sorted(expected)
    free = [rows.plain(row) for row in range(1, 20) if row not in known]
    assert not set(free) & set(numbers) and free == sorted(set(free))


@given(sheets())
@settings(max_examples=100, deadline=None)
def test_copies_of_one_row_are_its_places(sheet: tuple[list[Row | Each], tuple[int, ...]]) -> None:
    rows = RowMap(*sheet)
    for number in _numbers(sheet[0]):
        places = [placed.number for placed in rows.placed if placed.template == number]
        assert [top for top, _, _ in rows.copies(number, number)] == places


def _numbers(nodes: list[Row | Each]) -> list[int]:
    return [n for node in nodes for n in ([node.number] if isinstance(node, Row) else _numbers(node.children))]
