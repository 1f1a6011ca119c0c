"""The edges of what homes answer, each where leaving out one condition would go unseen; figures by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.measures.rows import ON, WEEK, raised, tracker, week
from workbook.measures.achievements import is_to_celebrate
from workbook.measures.average import averaged
from workbook.measures.calendar import Calendar
from workbook.measures.contacts import recorded_since
from workbook.measures.data_date import as_of, last_date
from workbook.measures.flags_records import comments_lacking, latest_reports
from workbook.measures.learners import Learners
from workbook.measures.levels import status_of
from workbook.measures.next_step import has_offer, is_undecided, was_declined
from workbook.measures.patterns import CAUTION, told
from workbook.measures.sessions import Tally
from workbook.measures.snapshot import Snapshot
from workbook.measures.targets import met_on
from workbook.measures.week_registers import marks_to_chase

DAY = date(2026, 11, 12)


@dataclass
class Subject:
    scale: str
    points: list[float | None]
    baseline: float | None = None
    target: float | None = None


def test_a_status_is_read_as_people_see_it():
    assert met_on(" Met\u00a0", DAY, None) == DAY


def test_contacts_are_recorded_since_the_first():
    days = [DAY, WEEK, DAY - timedelta(days=1)]
    assert recorded_since(tracker(Contacts=[{"learner_id": "A1", "date": day} for day in days]), ON) == WEEK


def test_an_average_is_of_subjects_with_levels():
    """Two subjects of a scale without any level are no reason to leave the one with a level out."""
    one = Subject("GCSE", [4.0, None, None, None, None, None])
    assert averaged([Subject("APL", [None] * 6), Subject("APL", [None] * 6), one]).subjects == [one]


def test_an_average_of_subjects_of_which_none_has_every_usual_drop_is_of_all():
    points = [[None, 1.0, 2.0], [1.0, None, 2.0], [1.0, 2.0, None]]
    subjects = [Subject("APL", [*some, None, None, None]) for some in points]
    found = averaged(subjects)
    assert (found.usual, found.subjects, found.average(1)) == ([1, 2, 3], subjects, 1.0)


def test_an_achievement_to_come_is_not_celebrated_yet():
    assert is_to_celebrate(DAY, None, DAY) and not is_to_celebrate(DAY + timedelta(days=1), None, DAY)


def test_next_steps_by_their_words():
    assert [is_undecided(one) for one in (None, "Undecided ", "College")] == [True, True, False]
    assert [has_offer(one) for one in (None, "None yet", "Declined", "Conditional")] == [False, False, False, True]
    assert [was_declined(one) for one in ("declined", "Conditional")] == [True, False]


def test_no_days_back_are_one():
    assert Calendar(tracker()).days_back(WEEK, 0) == WEEK


def test_the_last_day_of_a_learner_is_that_of_a_mark_that_is_there():
    made = tracker(Registers=[week("/\\/\\......")])
    assert Snapshot(made, ON).sessions.last_days() == [WEEK + timedelta(days=1)]


def test_a_drop_that_is_dated_beyond_the_year_hides_nothing():
    drops = [{"drop": 1, "date": WEEK}, {"drop": 2, "date": date(2028, 1, 10)}]
    made = tracker(Drops=drops, Progress=[{"learner_id": "A1", "subject": "Maths", "apl_1": "4", "apl_2": "5"}])
    assert as_of(made, ON)["Progress"]["apl_2"] == ["5"]


def test_what_happened_the_year_before_is_no_data_of_this_year():
    assert last_date(tracker(Contacts=[{"learner_id": "A1", "date": date(2026, 3, 2)}])) == date(2026, 9, 1)


def test_of_two_rows_with_an_id_the_first_is_the_learner():
    rows = [{"learner_id": "A1", "form": "10A"}, {"learner_id": "B2"}, {"learner_id": " a1", "form": "10B"}]
    found = Learners(tracker(Learners=rows))
    assert [one.learner_id for one in found.all] == ["A1", "B2"]
    place = found.find("a1 ")
    assert place is not None and found.all[place].form == "10A"


@pytest.mark.parametrize(("missed", "cautious"), [(9, True), (10, False)])
def test_ten_missed_are_no_longer_few(missed: int, cautious: bool):
    days = [Tally(6, 6, 0, 0)] * 8 + [Tally(6, 1, 0, 0), Tally(6, 11 - missed, 0, 0)]
    assert (CAUTION in told(days, "", 20)) is cautious


def test_levels_that_are_equal_are_on_and_thirds_are_no_less():
    assert (status_of(0, 0), status_of(0.3333, 0.3334), status_of(-0.3334, 0.3333)) == ("On", "Above", "On")


def test_a_group_without_a_name_is_nobodys():
    groups = [{"group": " ", "learner_id": "A1"}, {"group": None, "learner_id": "A1"}]
    assert Snapshot(tracker(Groups=groups, Interventions=[{"type": "Mentoring", "start": WEEK}]), ON).supported == set()


def test_an_n_of_a_row_that_does_not_count_or_of_a_day_to_come_asks_for_no_reason():
    rows = [week("//////////"), week("NNNNNNNNNN")]
    assert not [one for one in marks_to_chase(Snapshot(tracker(Registers=rows), ON)) if "reason" in one[3]]
    ahead = tracker(Registers=[week("////N.....")])
    assert not [one for one in marks_to_chase(Snapshot(ahead, WEEK + timedelta(days=2))) if "reason" in one[3]]


def test_no_incident_is_none_even_where_none_is_asked_for():
    incidents = [{"learner_id": "A1", "date": WEEK}]
    assert "incidents" not in raised(settings={"incidents": 0}, Behaviour=incidents)


def test_a_comment_is_lacking_only_where_there_is_a_level_and_reports_were_due():
    drops = [{"drop": 1, "date": WEEK, "reports_due": DAY}, {"drop": 2, "date": DAY, "reports_due": ON + timedelta(7)}]
    rows = [
        {"learner_id": "A1", "subject": subject, "apl_1": level, "apl_2": "4", "comment": comment}
        for subject, level, comment in (("Maths", "4", None), ("Hair", "N/A", None), ("Art", "4", "Good."))
    ]
    made = tracker(Drops=drops, Progress=rows)
    assert latest_reports(made, ON) == (1, DAY)
    assert comments_lacking(Snapshot(made, ON)) == (DAY, {0: [(0, "Maths")]})
