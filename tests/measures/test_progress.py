"""Progress drop by drop: figures worked out by hand, agreement with the sheet, and properties that must always hold."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.rows import tracker
from workbook.measures.computed import computed
from workbook.measures.forecast import Ladder, estimate, quantile
from workbook.measures.progress import as_of, progress
from workbook.model import defaults as default

SUBJECTS = [{"subject": f"Subject {n}", "scale": "GCSE 9-1"} for n in range(1, 6)]


def levels(*given, subject="Maths", **cells):
    return {"learner_id": "A1", "subject": subject, **{f"apl_{n}": v for n, v in enumerate(given, 1)}, **cells}


def rows(*records, on=None, settings=None, **tables):
    return progress(tracker(settings, Progress=list(records), **tables), on).to_dict("records")


def test_a_row_for_each_drop_worked_out_by_hand():
    """Elapsed at drop 1 and 2: 46/266 = 0.1729 and 93/266 = 0.3496; from 2 to 6 in two years 2.3458 and 2.6992."""
    first, second = rows(levels("2", "4", baseline="2", target="6", effort_1="3"))
    assert (first["drop"], first["level"], first["points"], first["expected"]) == (1, "2", 2, 2.3458)
    assert (first["gap"], first["change"], first["status"], first["latest"]) == (-0.3458, None, "On", False)
    assert (second["expected"], second["gap"], second["change"], second["status"]) == (2.6992, 1.3008, 2, "Above")
    assert (second["progress"], second["residual"], second["latest"]) == (2, 1.3008, True)
    assert (first["effort"], second["effort"], second["estimated"]) == ("3", None, False)


def test_not_assessed_is_counted_apart_and_unknown_levels_are_kept():
    found = rows(levels("3", "N/A", "n/a", "Q", None, "5"))
    assert [(row["drop"], row["points"], row["change"], row["status"]) for row in found] == [
        (1, 3, None, "No target"), (4, None, None, "Check level"), (6, 5, None, "No target"),
    ]  # fmt: skip
    assert {row["not_assessed"] for row in found} == {2}
    assert rows(levels("N/A")) == rows() == []


def test_without_baseline_there_is_no_expected_and_no_status():
    (row,) = rows(levels("3", target="5"))
    assert [row[key] for key in ("expected", "gap", "residual", "progress", "relative")] == [None] * 5
    assert row["status"] == "No baseline"


def test_relative_residual_needs_three_subjects_on_one_scale():
    """All start at 3 with 3 as target, so the residuals are 2, 0, -2 and -2 (on another scale, left out)."""
    records = [levels(level, subject=f"Subject {n}", baseline="3", target="3") for n, level in ((1, "5"), (2, "3"))]
    records.append(levels("APL1", subject="Other", baseline="APL3", target="APL3"))
    subjects = [*SUBJECTS, {"subject": "Other", "scale": "APL"}]
    assert {row["relative"] for row in rows(*records, Subjects=subjects)} == {None}
    records.append(levels("1", subject="Subject 3", baseline="3", target="3"))
    assert [row["relative"] for row in rows(*records, Subjects=subjects)] == [3, 0, None, -3]


def test_a_forecast_that_is_given_is_kept():
    first, last = rows(levels("3", "4", target="6", forecast="5"))
    assert first["forecast"] is None
    assert (last["forecast"], last["forecast_points"], last["forecast_gap"], last["estimated"]) == ("5", 5, -1, False)


def test_an_estimate_worked_out_by_hand():
    """A straight line would lead to 9: it stops a level above the highest seen, and a level either way is open."""
    (*_, last) = rows(levels("2", "3", "4", "5", "6"))
    assert (last["forecast"], last["forecast_points"], last["estimated"]) == ("7", 7, True)
    assert (last["forecast_low"], last["forecast_high"]) == (6, 7)
    (*_, last) = rows(levels("4", "4", "4", "4", "4", target="5"))
    assert (last["forecast"], last["forecast_low"], last["forecast_high"]) == ("4", 3, 5)
    assert last["forecast_gap"] == -1


@pytest.mark.parametrize("given", [("3", "4"), ("3", "3", "4"), ("2", "3", "4", "5"), ("U", "U", "U", "U", "U")])
def test_no_estimate_from_less_than_half_a_year_nor_of_no_grade(given):
    (*_, last) = rows(levels(*given))
    assert (last["forecast"], last["forecast_low"], last["estimated"]) == (None, None, False)


def test_a_fall_never_ends_at_no_grade():
    (*_, last) = rows(levels("5", "4", "3", "2", "1"))
    assert (last["forecast"], last["forecast_low"]) == ("1", 1)


def test_a_level_above_is_one_of_the_scale():
    """On thirds a level more than 4+ is 5-, not 5+; a level the scale no longer gives is passed over."""
    fine = [{"subject": "Maths", "scale": "GCSE fine"}]
    (*_, last) = rows(levels("3-", "3", "3+", "4-", "4+"), Subjects=fine)
    assert (last["forecast"], last["forecast_points"]) == ("5-", 4.67)
    scales = [row | ({"active": "No"} if row["level"] == "5-" else {}) for row in default.scales()]
    (*_, last) = rows(levels("3-", "3", "3+", "4-", "4+"), Subjects=fine, Scales=scales)
    assert (last["forecast"], last["forecast_points"]) == ("5", 5)


def test_foundation_tier_stops_at_five():
    subjects = [{"subject": "Maths", "scale": "GCSE 9-1", "tier": "foundation"}]
    (*_, last) = rows(levels("2", "3", "4", "5", "5"), Subjects=subjects)
    assert (last["forecast"], last["forecast_high"]) == ("5", 5)


def test_later_drops_are_not_yet_known():
    record = levels("3", "4", "5")
    assert [row["drop"] for row in rows(record, on=date(2026, 12, 11))] == [1, 2]
    one = tracker(Progress=[record])
    assert as_of(one, date(2027, 2, 5)) is one
    assert one["Progress"]["apl_3"] == ["5"]


def test_a_forecast_says_nothing_of_earlier_drops():
    measure = {"status_measure": "forecast against target"}
    first, last = rows(levels("3", "4", target="6", forecast="5"), settings=measure)
    assert (first["gap"], first["status"]) == (None, None)
    assert (last["gap"], last["status"]) == (-1, "Just below")


level = st.sampled_from([None, "U", "1", "2", "3", "4", "5", "9", "N/A", "Q", 4, 7.0])
cells = st.fixed_dictionaries(
    dict.fromkeys(("baseline", "target", "forecast", *(f"apl_{n}" for n in range(1, 7))), level)
)
measures = st.sampled_from(["current against expected", "current against target", "forecast against target", None])


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, min_size=1, max_size=5), measures)
def test_the_latest_drop_agrees_with_the_sheet(given_rows, measure):
    records = [{"learner_id": "A1", "subject": f"Subject {n + 1}", **row} for n, row in enumerate(given_rows)]
    one = tracker({"status_measure": measure}, Progress=records, Subjects=SUBJECTS)
    columns = computed(one)["Progress"]
    frame = progress(one)
    latest = iter(frame[frame["latest"]].to_dict("records"))
    for i, drop in enumerate(columns["drop"]):
        if drop is not None:
            row = next(latest)
            for key in ("drop", "points", "expected", "gap", "change", "status"):
                assert row[key] == columns[key][i]
    assert next(latest, None) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(cells, min_size=1, max_size=5), st.randoms())
def test_the_order_of_rows_does_not_matter(given_rows, random):
    records = [{"learner_id": "A1", "subject": f"Subject {n + 1}", **row} for n, row in enumerate(given_rows)]
    before = progress(tracker(Progress=records, Subjects=SUBJECTS)).sort_values(["subject", "drop"], ignore_index=True)
    random.shuffle(records)
    after = progress(tracker(Progress=records, Subjects=SUBJECTS)).sort_values(["subject", "drop"], ignore_index=True)
    assert before.drop(columns="relative").equals(after.drop(columns="relative"))
    pairs = zip(before["relative"], after["relative"], strict=True)
    assert all(one == other or abs(one - other) < 0.011 for one, other in pairs)


@settings(max_examples=25, deadline=None)
@given(st.lists(cells, min_size=1, max_size=4))
def test_renaming_a_level_everywhere_changes_nothing_but_the_name(given_rows):
    def renamed(value):
        return "Secure" if value in ("4", 4) else value

    records = [{"learner_id": "A1", "subject": f"Subject {n + 1}", **row} for n, row in enumerate(given_rows)]
    scales = [row | {"level": renamed(row["level"])} for row in default.scales()]
    changed = [{key: renamed(value) for key, value in record.items()} for record in records]
    before = progress(tracker(Progress=records, Subjects=SUBJECTS))
    after = progress(tracker(Progress=changed, Subjects=SUBJECTS, Scales=scales))
    names = before.columns.difference(["level", "forecast"])
    assert before[names].equals(after[names])
    assert [renamed(value) for value in before["level"]] == list(after["level"])


def test_points_decide_and_not_the_text():
    """In one real school 3.1 outranks 3.3."""
    scale = [{"scale": "Own", "level": name, "order": n, "points": n} for n, name in enumerate(("3.3", "3.2", "3.1"))]
    found = rows(levels("3.3", "3.1"), Scales=scale, Subjects=[{"subject": "Maths", "scale": "Own"}])
    assert [row["change"] for row in found] == [None, 2]


drops = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 90)), min_size=3, max_size=6, unique_by=lambda p: p[0])


GRADES = Ladder([(n, str(n), n > 3) for n in range(10)])


@given(drops)
def test_the_estimate_is_the_median_of_all_slopes(path):
    """Against the definition, worked out the long way; ten years, so that all shares are half a year apart."""
    shares, points = zip(*((x / 40, y / 10) for x, y in path), strict=True)
    slopes = []
    for i, j in combinations(range(len(path)), 2):
        slopes.append((points[j] - points[i]) / (shares[j] - shares[i]))
    slope = median(slopes)
    end = median(y - slope * x for x, y in zip(shares, points, strict=True)) + slope
    found = estimate(points, shares, 20, GRADES)
    if max(points) < 1:
        assert found is None
        return
    most = min(9, max(1, -((-2 * max(points) + 1) // 2)) + 1)  # the level nearest the highest, a half is the lower one
    assert found.points == pytest.approx(max(1, min(most, end)), abs=0.006)
    assert 1 <= found.low <= found.points <= found.high <= most
    assert found.high - found.low >= 0.99


@given(st.integers(5, 6), st.integers(0, 4), st.integers(-1000, 1000))
def test_one_odd_level_cannot_bend_a_line(count, which, odd):
    shares = tuple(n / 10 for n in range(count))
    line = [1 + 2 * share for share in shares]
    line[which] = odd
    assert estimate(tuple(line), shares, 2, Ladder()).points == pytest.approx(min(3, max(line) + 1))


def test_too_few_drops_give_no_estimate():
    assert estimate((), (), 2, GRADES) is None
    assert estimate((1, 2), (0.1, 0.5), 2, GRADES) is None
    assert estimate((1, 2, 3), (0.1, 0.5, 0.5), 2, GRADES) is None
    assert estimate((1, 2, 3), (0.1, 0.2, 0.35), 2, GRADES).points == 4  # half a year to the day


def test_quantiles_and_ladders():
    assert [quantile([1, 2, 3, 4, 5], share) for share in (0, 0.1, 0.5, 1)] == [1, 1.4, 3, 5]
    rungs = [(3, "three", True), (1, "one", False), (0, "none", False), (6, "six", True)]
    ladder = Ladder(rungs)
    assert [ladder.nearest(points) for points in (-5, 1.9, 2, 2.1, 5, 9)] == [
        "one",
        "one",
        "one",
        "three",
        "six",
        "six",
    ]
    assert (ladder.ends, Ladder(rungs, 5).ends, bool(Ladder())) == ((1, 6), (1, 3), False)
    assert [ladder.step(points, by) for points, by in ((1, -1), (1, 1), (2.9, 1), (6, 1))] == [1, 3, 6, 6]
