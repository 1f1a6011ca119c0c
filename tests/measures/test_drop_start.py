"""Which data drop starts next, and which rows Progress lacks for it. Figures worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workbook.measures.data_date import last_date
from workbook.measures.drop_start import drop_start, missing_rows
from workbook.model import CannotDo, Tracker
from workbook.sample import sample

ON = date(2027, 3, 1)
SUBJECTS = [
    {"subject": "English", "scale": "APL", "vocational": "No"},
    {"subject": "Maths", "scale": "APL", "vocational": "No"},
    {"subject": "Latin", "scale": "APL", "vocational": "No"},
    {"subject": "Catering", "scale": "APL", "vocational": "Yes"},
    {"subject": "Sport", "scale": "APL", "vocational": "Yes"},
]


def learner(one: str, **more: Any) -> dict[str, Any]:
    return {"learner_id": one, "first_name": one, "surname": "X", "year": 10, "form": "10A"} | more


def row(one: str, subject: str, **levels: Any) -> dict[str, Any]:
    return {"learner_id": one, "subject": subject} | levels


def tracker(learners: list[dict[str, Any]], progress: list[dict[str, Any]]) -> Tracker:
    drops = [{"drop": 2, "name": "December", "date": date(2026, 12, 1)}]
    return Tracker.of({"Learners": learners, "Subjects": SUBJECTS, "Progress": progress, "Drops": drops})


def lacking(one: Tracker) -> list[tuple[Any, Any]]:
    return [(made["learner_id"], made["subject"]) for made in missing_rows(one, ON)]


def test_without_any_row_everyone_gets_all_subjects_and_their_own_course() -> None:
    empty = tracker([learner("A", course="catering"), learner("B")], [])
    common = ["English", "Maths", "Latin"]
    assert lacking(empty) == [("A", one) for one in [*common, "Catering"]] + [("B", one) for one in common]


def test_a_new_learner_gets_what_at_least_half_of_the_year_group_has() -> None:
    """Of A and B both have English, one Maths (half of two), none Latin."""
    rows = [row("A", "English"), row("B", "English"), row("A", "maths ")]
    assert lacking(tracker([learner("A"), learner("B"), learner("C")], rows)) == [
        ("B", "Maths"),
        ("C", "English"),
        ("C", "Maths"),
    ]
    other_year = tracker([learner("A"), learner("D", year=11)], [row("A", "English")])
    assert lacking(other_year) == [("D", "English"), ("D", "Maths"), ("D", "Latin")]


def test_those_who_have_left_get_none() -> None:
    assert lacking(tracker([learner("A", left=date(2027, 2, 28))], [])) == []


def test_the_drop_after_the_latest_one_or_that_one_while_it_is_being_filled() -> None:
    learners = [learner("A"), learner("B"), learner("C")]
    one = [row(each, "English", apl_1="APL2") for each in "ABC"]
    start = drop_start(tracker(learners, one), ON)
    assert (start.number, start.name, start.day) == (2, "December", date(2026, 12, 1))
    begun = [one[0] | {"apl_2": "APL3"}, *one[1:]]
    assert drop_start(tracker(learners, begun), ON).number == 2
    half = [one[0] | {"apl_2": "APL3"}, one[1] | {"apl_2": "APL3"}, one[2]]
    assert drop_start(tracker(learners, half), ON).number == 3
    assert drop_start(tracker(learners, []), ON).number == 1


def test_what_cannot_start_is_a_sentence() -> None:
    full = tracker([learner("A")], [row("A", "English", apl_6="APL2")])
    with pytest.raises(CannotDo, match="start the next year with a new tracker"):
        drop_start(full, ON)
    with pytest.raises(CannotDo, match="needs learners and subjects"):
        drop_start(Tracker.of({}), ON)


def test_the_sample_lacks_nothing() -> None:
    whole = sample(60, 4)
    start = drop_start(whole, last_date(whole))
    assert (start.number, start.rows) == (5, ())
