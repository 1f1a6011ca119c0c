"""The order of seeing people in hindsight, with the places there are: figures worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.measures.rows import KEYS, tracker
from workbook.measures.backtest import lists
from workbook.measures.capacity import ABSENT, BELOW, TOO_FEW
from workbook.model import CannotDo

END = date(2026, 12, 18)
FIRST = date(2026, 10, 16)


def college(contacts=(), **more):
    """Twenty learners: L00 to L11 are under the line at both drops (twelve come to the outcome), the rest never.

    L00 to L03 have three incidents by the first drop too, so two reasons; L19 misses one session in four.
    """
    people = [{"learner_id": f"L{n:02}", "year": 10, "mentor": "J. Sample"} | more for n in range(20)]
    levels = [
        {"learner_id": f"L{n:02}", "subject": "Maths", "apl_1": "3" if n < 12 else "5", "apl_2": "3" if n < 12 else "5"}
        for n in range(20)
    ]
    marks = [
        {
            "learner_id": "L19",
            "week": date(2026, 9, 7) + timedelta(weeks=n),
            **dict(zip(KEYS, "O///O///O/", strict=True)),
        }
        for n in range(6)
    ]
    incidents = [{"learner_id": f"L{n:02}", "date": FIRST} for n in range(4) for _ in range(3)]
    drops = [{"drop": 1, "date": FIRST}, {"drop": 2, "date": END}]
    return tracker(
        {"low_level_points": 4}, Learners=people, Progress=levels, Registers=marks, Behaviour=incidents, Drops=drops,
        Contacts=[{"learner_id": who, "date": day, "with": "Home"} for who, day in contacts],
    )  # fmt: skip


def of(found, outcome, order):
    (one,) = [row for row in found if row.outcome == outcome and row.order == order and row.on]
    return one


def test_found_and_right_with_six_places():
    """The four with two reasons first, then by areas and ID: six of the twelve; the lowest attendance finds nobody."""
    found = lists(college(), END, 6)
    rule = of(found, BELOW, "the rule")
    assert (rule.judged, rule.listed, rule.outcomes, rule.found, rule.recall, rule.right) == (20, 6, 12, 5, 0.42, 0.83)
    assert (rule.chance, rule.days_ahead, rule.same_as_last, rule.words) == (0.3, 63, None, None)
    lowest = of(found, BELOW, "lowest attendance")
    assert (lowest.listed, lowest.found, lowest.right) == (1, 0, 0.0)
    assert of(found, ABSENT, "the rule").words == TOO_FEW and of(found, ABSENT, "the rule").recall is None


def test_a_valid_answer_counts_as_found_and_leaves_the_place_to_another():
    found = lists(college([("L00", FIRST), ("L01", FIRST), ("L02", FIRST + timedelta(days=1))]), END, 6)
    rule = of(found, BELOW, "the rule")
    assert (rule.already_answered, rule.found) == (2, 7)  # the third contact was not known that day


def test_an_outcome_of_ones_own_is_a_column_of_learners():
    held = college()
    held["Learners"].columns["left_early"] = ["Yes"] * 11 + ["No"] * 8 + [None]
    (first, *_) = lists(held, END, 6, "Left early")
    assert {row.outcome for row in lists(held, END, 6, "Left early")} == {"Left early"}
    own = of(lists(held, END, 6, "Left early"), "Left early", "the rule")
    assert (own.judged, own.outcomes, own.found) == (19, 11, 6) and first.size == 6
    with pytest.raises(CannotDo, match="no column Nothing"):
        lists(college(), END, 6, "Nothing")


def test_one_drop_is_not_enough():
    with pytest.raises(CannotDo, match="two data drops"):
        lists(tracker(), END, 6)
