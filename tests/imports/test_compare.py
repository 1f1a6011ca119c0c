"""Where a tracker and an earlier copy of it differ."""

from __future__ import annotations

from workbook.imports.compare import GONE, NEW, WHOLE_ROW, compare
from workbook.model import Tracker

ANN = {"learner_id": "L1", "first_name": "Ann", "form": "10A"}
BEN = {"learner_id": "L2", "first_name": "Ben", "form": "10A"}


def told(now: Tracker, then: Tracker) -> list[tuple[str, str, str, str, str]]:
    return [(one.cell, one.what, one.heading, one.now, one.then) for one in compare(now, then)]


def test_rows_are_found_by_what_names_them_wherever_they_stand() -> None:
    then = Tracker.of({"Learners": [ANN, BEN]})
    assert told(Tracker.of({"Learners": [BEN, ANN]}), then) == []
    assert told(Tracker.of({"Learners": [BEN | {"form": "10B"}, ANN]}), then) == [("I5", "L2", "Form", "10B", "10A")]


def test_rows_that_only_one_of_them_has() -> None:
    then = Tracker.of({"Learners": [ANN]})
    assert told(Tracker.of({"Learners": [BEN]}), then) == [
        ("A5", "L2", WHOLE_ROW, NEW, ""),
        ("", "L1", WHOLE_ROW, GONE, "L1, Ann, 10A"),
    ]


def test_rows_without_a_name_that_begin_alike_in_the_same_place_are_one_row() -> None:
    row = {"learner_id": "L1", "summary": "Rang home", "with": "Home"}
    then = Tracker.of({"Contacts": [row, row | {"learner_id": "L2"}]})
    now = Tracker.of({"Contacts": [row | {"summary": "Rang home twice"}, row | {"learner_id": "L2"}]})
    assert [one[2:] for one in told(now, then)] == [("Summary", "Rang home twice", "Rang home")]


def test_a_number_is_not_the_text_that_looks_like_it() -> None:
    now, then = (Tracker.of({"Learners": [ANN | {"uln": uln}]}) for uln in (9276308686, "9276308686"))
    assert len(told(now, then)) == 1
