"""Attendance flags: the registers that just raise each, and those that just do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.measures.rows import WEEK, raised, registers


@pytest.mark.parametrize(
    ("absent", "code", "band"),
    [(20, "attendance_head", "head of year"), (19, "attendance_talk", "talk"), (4, "attendance_talk", "talk"),
     (3, "attendance_look", "look"), (2, None, None), (0, None, None)],
)  # fmt: skip
def test_only_the_most_serious_tier_of_attendance_is_raised(absent, code, band):
    """Of 40 sessions: 50% exactly, 52.5%, 90% exactly, 92.5%, 95% exactly, 100%."""
    marks = "I" * absent + "/" * (40 - absent)
    found = raised(Registers=registers(*(marks[n : n + 10] for n in range(0, 40, 10))))
    tiers = [one for one in found if one.startswith("attendance_")]
    assert tiers == ([code] if code else [])
    if code:
        flag = found[code]
        assert (flag.band, flag.value, flag.data_date) == (band, 100 - 2.5 * absent, date(2026, 10, 2))
        assert flag.nature == "concern"


def test_the_words_of_an_attendance_flag():
    flag = raised(Registers=registers("IIII//////", "/", "/", "/"))["attendance_talk"]
    assert flag.reason == "Attendance this year is 90%, not above 90%."
    assert (flag.threshold, flag.answered) == (90, None)
    flag = raised(settings={"attendance_look": 97.4}, Registers=registers("I/////////", "/", "/", "////////" + ".."))
    assert flag["attendance_look"].reason == "Attendance this year is 97.37%, below 97.4%."


def test_attendance_is_not_judged_too_early_and_thresholds_can_be_turned_off():
    nineteen = registers("O", "O" * 9 + ".")
    assert "attendance_head" not in raised(Registers=nineteen)
    twenty = registers("O", "O")
    assert "attendance_head" in raised(Registers=twenty)
    assert "attendance_talk" in raised(settings={"attendance_head": None}, Registers=twenty)
    off = dict.fromkeys(("attendance_head", "attendance_talk", "attendance_look"))
    assert not any(code.startswith("attendance") for code in raised(settings=off, Registers=twenty))


def test_attendance_against_the_half_term_before():
    """Autumn 1: 19 of 20 are 95%. Autumn 2: 18 of 20 are 90%, a fall of exactly 5; 19 of 20 are none."""
    second = date(2026, 11, 2)
    before = registers("O/////////", "/")
    fell = raised(Registers=before + registers("OO////////", "/", first=second))["attendance_fall"]
    assert fell.reason == "Attendance fell by 5 points, from 95% last half term to 90% in this one."
    assert "attendance_fall" not in raised(Registers=before + registers("O/////////", "/", first=second))
    assert "attendance_fall" not in raised(Registers=before + registers("OOOO//////", first=second))  # too early
    up = raised(Registers=before + registers("/", "/", first=second))["attendance_up"]
    assert (up.value, up.band, up.nature) == (5, "strength", "strength")


def test_late_sessions_in_the_last_ten_school_days():
    rows = registers("L/////////", "LL////////", "/U////////")  # weeks of 7, 14 and 21 September
    late = {on.day: raised(on, Registers=rows).get("lates") for on in (date(2026, 9, n) for n in (14, 18, 25, 28))}
    assert {day: flag and flag.value for day, flag in late.items()} == {14: 3, 18: 3, 25: 3, 28: None}
    assert late[25].reason == "Late for 3 sessions in the last 10 school days."


def test_unauthorised_sessions_in_ten_school_weeks_are_information():
    rows = registers("OOOOO/////", "/", "GNUO//////", "O/////////")
    flag = raised(date(2026, 10, 2), Registers=rows)["unauthorised"]
    assert (flag.value, flag.band, flag.nature) == (10, "information", "information")
    assert "unauthorised" not in raised(date(2026, 9, 25), Registers=rows)
    assert "unauthorised" not in raised(date(2026, 12, 4), Registers=rows)  # the first week lies eleven weeks back


def test_full_weeks():
    absent, full = "I/////////", "/"
    end = WEEK + timedelta(days=25)  # the Friday of the fourth week
    flag = raised(end, Registers=registers(full, absent, absent, full))["full_week"]
    assert (flag.value, flag.reason) == (2, "A full week after 2 weeks with absence.")
    assert raised(end, Registers=registers(full, full, absent, full))["full_week"].reason.endswith(
        "1 week with absence."
    )
    for rows in (registers(absent, full, full, full), registers(absent, absent, absent, "/////////."),
                 registers(full, full, full, absent)):  # fmt: skip
        assert "full_week" not in raised(end, Registers=rows)
    assert "full_week" not in raised(end - timedelta(days=1), Registers=registers(full, absent, absent, full))


def test_streaks():
    end = WEEK + timedelta(days=39)
    six = raised(end, Registers=registers(*"//////"))["streak"]
    assert (six.value, six.reason) == (6, "6 full weeks in a row, always on time.")
    for rows in (registers(*"/////"), registers("/", "/", "L/////////", "/", "/", "/"),
                 registers("/", "/", "/", "/", "/", "/////////-")):  # fmt: skip
        assert "streak" not in raised(end, Registers=rows)
    closed = raised(end + timedelta(weeks=1), Registers=registers("/", "/", "/", "#", "/", "/", "/"))
    assert closed["streak"].value == 6  # a week without possible sessions neither counts nor breaks
