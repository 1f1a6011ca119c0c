"""Letting Python's search for rubbish be puts it off, and loses nothing."""

from __future__ import annotations

import gc
from weakref import ref

from workbook.package.memory import left_in_peace


class Ring:
    """Something that holds itself, so that only the search finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_nobody_needs_is_found_later() -> None:
    assert gc.isenabled()
    with left_in_peace():
        with left_in_peace():
            assert not gc.isenabled()
            gone, kept = ref(Ring()), Ring()
        assert not gc.isenabled()
    assert gc.isenabled() and gone() is not None
    gc.collect()
    assert gone() is None and kept.itself is kept


def test_what_came_meanwhile_is_not_looked_through_at_once() -> None:
    with left_in_peace():
        many = [[] for _ in range(10_000)]  # type: ignore[var-annotated]
    assert gc.get_count()[0] < 1_000 < len(many)
