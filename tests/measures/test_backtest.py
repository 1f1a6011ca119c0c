"""Flag rules in hindsight: shares worked out by hand, and the figures of real pupils."""

from __future__ import annotations

from datetime import date

import pytest

from tests.measures.rows import tracker
from workbook.measures.backtest import backtest, wilson
from workbook.model import CannotDo

LINE = {"low_level_points": 4}
END = date(2026, 12, 18)


def year(*paths, **settings):
    """A learner for each path of two levels in Maths; under 4 is below the line."""
    people = [{"learner_id": f"L{n}", "year": 10} for n in range(len(paths))]
    rows = [
        {"learner_id": f"L{n}", "subject": "Maths", "apl_1": first, "apl_2": last}
        for n, (first, last) in enumerate(paths)
    ]
    return tracker(LINE | settings, Learners=people, Progress=rows)


def test_worked_out_by_hand():
    """Four are below early, two of them in the end as well; three are then; one without a last level is left out."""
    found = backtest(year("33", "32", "34", "35", "43", "55", "66", ("3", None)), END)
    assert [one.code for one in found] == ["low_level", "any"]
    row = found[0].as_row()
    assert (row["marked"], row["outcomes"], row["recall"], row["precision"]) == (4, 3, 0.67, 0.5)
    assert list(row) == ["code", "marked", "outcomes", "recall", "precision", "low", "high"]


def test_no_outcome_gives_no_recall():
    (rule, _) = backtest(year("35", "55"), END)
    assert (rule.outcomes, rule.recall, rule.precision) == (0, None, 0)


def test_the_line_of_the_first_drop_is_not_that_of_the_outcome():
    (rule, _) = backtest(year("35", "53", low_level_drop=1), END)
    assert (rule.marked, rule.outcomes, rule.recall) == (1, 1, 0)


def test_two_drops_are_needed():
    for one in (tracker(), year(("3", None))):
        with pytest.raises(CannotDo, match="two data drops"):
            backtest(one, END)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.28), (10, 10, 0.72, 1.0), (5, 10, 0.24, 0.76), (81, 263, 0.26, 0.37)]
)
def test_the_interval_of_wilson(hits, of, low, high):
    """The last is the example of Newcombe (1998): 81 of 263 give 0.2553 to 0.3662."""
    assert wilson(hits, of) == (low, high)


def test_among_some_learners_worked_out_by_hand():
    """Of L0 33, L1 32 and L4 43 two are below early, and all three in the end."""
    (rule, _) = backtest(year("33", "32", "34", "35", "43", "55", "66"), END, {"l0", "l1", "l4"})
    assert (rule.marked, rule.outcomes, rule.recall, rule.precision) == (2, 3, 0.67, 1)
