"""Letting Python's search for rubbish be puts it off, and loses nothing."""

from __future__ import annotations

import gc
from weakref import WeakSet, ref

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


def test_it_is_found_without_being_asked_for_however_often_work_is_left_in_peace() -> None:
    """A program that runs for hours, as in Excel, must not grow with each piece of work."""
    before, made = gc.get_threshold(), WeakSet[Ring]()
    gc.set_threshold(700, 10, 10)  # as Python comes; these tests have another
    try:
        for _ in range(60):
            with left_in_peace():
                for _ in range(1_000):
                    made.add(Ring())
            assert len(made) <= 5_000
    finally:
        gc.set_threshold(*before)
