"""Flags about levels, effort and comments: the rows that just raise each, and those that just do not."""

from __future__ import annotations

from datetime import date

from tests.measures.rows import TARGET, raised, record


def test_below_in_several_subjects():
    rows = [record(name, "3", target="5") for name in ("English", "Art", "Music")]
    found = raised(settings=TARGET | {"core_below": None}, Progress=rows)
    flag = found["progress_below"]
    assert (flag.value, flag.threshold, flag.data_date) == (3, 3, date(2026, 10, 16))
    assert flag.reason == "Below in 3 subjects: English, Art and Music."
    assert "progress_below" not in raised(settings=TARGET, Progress=[*rows[:2], record("Music", "4", target="5")])
    assert "progress_below" not in raised(settings=TARGET, Progress=[*rows[:2], rows[0]])  # the same subject twice
    assert (
        raised(settings=TARGET, Progress=[record(name, None, target="5") for name in ("English", "Art", "Music")]) == {}
    )


def test_below_in_a_core_subject():
    rows = [record("English", "4", target="5"), record("Maths", "3", target="5"), record("Art", "1", target="5")]
    flag = raised(settings=TARGET, Progress=rows)["core_below"]
    assert (flag.value, flag.reason) == (2, "Below in English by 1 point and Maths by 2 points.")
    assert "core_below" not in raised(settings=TARGET, Progress=[record("Maths", "5", target="5"), rows[2]])
    assert "core_below" not in raised(settings=TARGET | {"core_below": 1.5}, Progress=rows[:1])


def test_levels_that_fell_or_rose_at_the_latest_drop():
    rows = [record("Art", "5", "4"), record("Music", "5", "4"), record("Maths", "5", "4", "4")]
    assert [raised(on, Progress=rows).get("progress_fell") is not None for on in (
        date(2026, 12, 10), date(2026, 12, 11), date(2027, 2, 4), date(2027, 2, 5),
    )] == [False, True, True, False]  # fmt: skip
    rose = raised(date(2026, 12, 11), Progress=[record("Art", "3", "4"), record("Music", "2", "4")])["improved"]
    assert rose.reason == "The level rose in 2 subjects since the data drop before: Art and Music."
    assert (rose.band, rose.data_date) == ("strength", date(2026, 12, 11))


def test_level_below_a_line():
    rows = [record("Art", "2", "6"), record("Music", "4", None)]
    line = {"low_level_points": 4, "low_level_drop": 1}
    flag = raised(date(2026, 12, 18), line, Progress=rows)["low_level"]
    assert (flag.value, flag.threshold, flag.data_date) == (2, 4, date(2026, 10, 16))
    assert flag.reason == "Below 4 points at Autumn 1 in Art (2)."
    assert "low_level" not in raised(date(2026, 12, 18), line | {"low_level_drop": None}, Progress=rows)
    assert "low_level" not in raised(date(2026, 12, 18), Progress=rows)


def test_effort_is_judged_by_order_never_by_digit():
    rows = [record("Art", effort=("1", "2")), record("Music", effort=("1", "2"))]
    assert {"effort_up"} == set(raised(date(2026, 12, 18), Progress=rows))
    best_is_one = [{"code": n, "order": 5 - n} for n in (1, 2, 3, 4)]
    found = raised(date(2026, 12, 18), Progress=rows, Effort=best_is_one)
    assert set(found) == {"effort_dropped"}
    assert found["effort_dropped"].reason == "Effort dropped in 2 subjects: Art and Music."
    lowest = raised(date(2026, 12, 18), Progress=[record("Art", effort=(None, "4"))], Effort=best_is_one)
    assert lowest["effort_lowest"].reason == "Effort is at the lowest level in 1 subject: Art."
    assert raised(Progress=[record("Art", effort=("1",))], Effort=[{"code": "1", "order": 1}]) == {}


def test_comments_for_reports_that_are_due():
    rows = [record("Art", "3", comment="Well done."), record("Music", "3"), record("Maths", None)]
    flag = raised(date(2026, 10, 21), Progress=rows)["report_missing"]
    assert (flag.value, flag.data_date, flag.nature) == (1, date(2026, 10, 21), "care")
    assert flag.reason == "Reports are due, and 1 subject still without a comment: Music."
    assert "report_missing" not in raised(date(2026, 10, 20), Progress=rows)
    assert "report_missing" not in raised(Progress=[record("Music", "3")])  # nobody writes comments here
