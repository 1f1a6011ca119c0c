"""The timetable of a Progress Day by hand: breaks, rooms, siblings; the day a pack is for and the one after."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.content.college import ON, learner, tracker
from workbook.measures.learners import Learners
from workbook.measures.progress_day import Plan, families_of, progress_days, times_in, timetable
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo, Tracker
from workbook.model.defaults import settings
from workbook.reports.output.before_sending import questions
from workbook.reports.output.run import Run
from workbook.reports.output.template_files import find


def college(parents: list[dict[str, str]] | None = None, **changed: object) -> Tracker:
    learners = [
        learner("L1", "Amira", "Okafor"),
        learner("L2", "Sam", "Ash"),
        learner("L3", "Tom", "Okafor", form="11B"),
        learner("L4", "Kit", "Zed", form="11B"),
    ]
    rows = [row | ({"value": changed[row["name"]]} if row["name"] in changed else {}) for row in settings()]
    return tracker(Learners=learners, Parents=parents or [], Settings=rows)


def times(one: Tracker) -> dict[str, str]:
    return {key.upper(): f"{place.time} {place.room}".strip() for key, place in timetable(one, ON).items()}


def test_without_siblings_each_form_goes_by_surname() -> None:
    assert times(college()) == {"L2": "09:00", "L1": "09:15", "L3": "09:00", "L4": "09:15"}


def test_siblings_come_one_after_the_other_in_whatever_form() -> None:
    both = [{"learner_id": one, "name": "Ms A. Okafor", "phone": phone} for one, phone in
            (("L1", "07700 900123"), ("L3", "07700900123"))]  # fmt: skip
    made = college(both)
    assert times(made) == {"L1": "09:00", "L3": "09:15", "L2": "09:15", "L4": "09:00"}
    assert timetable(made, ON)["l1"].family == (("Tom", "11B", 9 * 60 + 15),)
    other = [both[0], both[1] | {"name": "Mr B. Okafor"}]  # a shared number alone is no family
    assert families_of(college(other), Learners(made).all) == []


def test_breaks_rooms_and_times_as_people_write_them() -> None:
    made = college(progress_day_start="1.30 pm", slot_minutes=20, progress_day_breaks="13:45–14:00",
                   progress_day_rooms="10A: B12 + B13; 11B: Hall")  # fmt: skip
    # 13:30 would reach into the break at 13:45, so that the first slot is at 14:00; 10A sees two at once.
    assert times(made) == {"L2": "14:00 B12", "L1": "14:00 B13", "L3": "14:00 Hall", "L4": "14:20 Hall"}
    assert times_in("0.375") == [(540, 540)]  # what Excel makes of a typed 9:00
    with pytest.raises(CannotDo, match="soon is not a time"):
        timetable(college(progress_day_breaks="soon"), ON)


@given(
    st.integers(0, 1200),
    st.integers(5, 120),
    st.lists(st.tuples(st.integers(0, 1300), st.integers(1, 100)), max_size=4),
)
def test_no_slot_reaches_into_a_break_or_another(start: int, minutes: int, breaks: list[tuple[int, int]]) -> None:
    spans = tuple((begin, begin + length) for begin, length in breaks)
    slots = list(Plan(start, minutes, spans).slots())
    assert all(later - earlier >= minutes for earlier, later in pairwise(slots))
    assert not [at for at in slots for begin, end in spans if at < end and at + minutes > begin]


def test_slots_of_no_length_are_refused_and_never_waited_for() -> None:
    with pytest.raises(CannotDo, match="minutes for each learner is 0: write a number from 5 to 240"):
        timetable(college(slot_minutes=0), ON)


def test_packs_without_a_day_are_asked_about_before_they_go_out() -> None:
    """Set on would be blank, and what comes back is refused for that."""
    for last, codes in ((ON, []), (ON - timedelta(days=1), ["no-day"])):
        made = tracker(Drops=[{"drop": 1, "progress_day": date(2026, 10, 2)}, {"drop": 2, "progress_day": last}])
        run = Run.of(Snapshot(made, ON), find("progress_day_pack"), ["L1"])
        assert [one.code for one in questions(made, ON, run) if one.code == "no-day"] == codes


def test_a_pack_of_the_day_looks_again_on_the_next() -> None:
    made = tracker(Drops=[{"drop": n, "progress_day": day} for n, day in
                          enumerate((date(2027, 3, 19), date(2026, 11, 20), date(2027, 6, 25)), 1)])  # fmt: skip
    assert progress_days(made, date(2027, 3, 19)) == (date(2027, 3, 19), date(2027, 6, 25))
    assert progress_days(made, date(2027, 3, 20)) == (date(2027, 6, 25), None)
