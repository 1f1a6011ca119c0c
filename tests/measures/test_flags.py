"""Flags as a whole: bands, answers, who is left out, counts, and properties that must always hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.rows import AMIRA, ON, SUBJECTS, raised, record, registers, tracker
from workbook.measures.flags import counts, flags
from workbook.model import Tracker
from workbook.model import defaults as default
from workbook.model.rules import RULES


def test_two_concerns_are_a_talk_and_want_something_in_place():
    late = {"Registers": registers("LLL///////", "/", first=date(2026, 11, 9))}
    incidents = {"Behaviour": [{"learner_id": "A1", "date": ON}] * 3}
    assert raised(**late)["lates"].band == "look"
    both = raised(**late, **incidents, Interventions=[{"learner_id": "B1"}])
    assert {code: flag.band for code, flag in both.items()} == {
        "lates": "talk", "incidents": "talk", "no_intervention": "care",
    }  # fmt: skip
    assert both["no_intervention"].reason == "2 reasons to talk, and no open intervention."
    assert "no_intervention" not in raised(**late, Interventions=[{"learner_id": "B1"}])
    assert "no_intervention" not in raised(**late, **incidents)  # nobody uses the sheet
    ended = {"learner_id": "A1", "end": ON - timedelta(days=1)}
    for rows, changed, wanted in (
        ([{"learner_id": "a1", "end": ON}], None, False), ([ended], None, True),
        ([ended], {"no_intervention": "No"}, False),
    ):  # fmt: skip
        found = raised(settings=changed, **late, **incidents, Interventions=rows)
        assert ("no_intervention" in found) is wanted
    group = {"Groups": [{"group": "Mornings", "learner_id": "A1"}], "Interventions": [{"group": "mornings"}]}
    assert "no_intervention" not in raised(**late, **incidents, **group)


@pytest.mark.parametrize(("day", "answered"), [(19, None), (20, 20), (21, 21)])
def test_a_contact_on_or_after_the_day_of_the_data_answers(day, answered):
    contact = {"learner_id": "A1", "date": date(2026, 11, day), "with": "Seen, no action"}
    incidents = [{"learner_id": "A1", "date": date(2026, 11, 20)}] * 3
    flag = raised(date(2026, 11, 24), Behaviour=incidents, Contacts=[contact])["incidents"]
    assert flag.answered == (answered and date(2026, 11, answered))


def test_learners_who_have_left_or_not_yet_started_have_no_flags():
    incidents = [{"learner_id": "A1", "date": ON}] * 3
    for span, flagged in (({"left": ON}, True), ({"left": ON - timedelta(days=1)}, False),
                          ({"started": ON + timedelta(days=1)}, False)):  # fmt: skip
        assert bool(raised(Learners=[AMIRA | span], Behaviour=incidents)) is flagged


def test_no_data_raises_nothing():
    assert flags(default.new(), date(2027, 7, 1)) == []
    empty = {"Learners": [AMIRA], "Progress": [record(one["subject"]) for one in SUBJECTS],
             "Registers": registers("."), "Subjects": SUBJECTS}  # fmt: skip
    assert flags(tracker(**empty), date(2027, 7, 1)) == []
    assert flags(Tracker.of({}), ON) == []


def test_counts_say_how_many_learners_a_rule_marks():
    learners = [AMIRA, AMIRA | {"learner_id": "B1"}, AMIRA | {"learner_id": "C1"}]
    incidents = [{"learner_id": one, "date": ON} for one in ("A1", "B1") for _ in range(3)]
    found = flags(tracker(Learners=learners, Behaviour=incidents), ON)
    assert [(one.code, one.words) for one in counts(found, 3)] == [("incidents", "2 of 3")]


FIGURES = ("value", "threshold", "before", "now", "days", "weeks", "subjects", "drop", "when", "missing", "targets")


def test_reasons_are_plain_sentences():
    for rule in RULES:
        words = rule.say(**dict.fromkeys(FIGURES, 1))
        assert words.endswith(".") and "{" not in words and "1 points" not in words
        assert rule.outline.count("{") == 0 and "…" in rule.outline


level = st.sampled_from([None, "U", "2", "4", "6", "N/A"])
rows = st.lists(
    st.fixed_dictionaries(
        {"learner_id": st.sampled_from(["A1", "B1"]), "subject": st.sampled_from(["English", "Maths", "Art", "Music"]),
         "baseline": level, "target": level, "apl_1": level, "apl_2": level,
         "effort_1": st.sampled_from([None, "1", "4"]), "effort_2": st.sampled_from(["1", "2", None])}
    ), max_size=8, unique_by=lambda row: (row["learner_id"], row["subject"]),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(rows, st.randoms())
def test_the_order_of_rows_and_the_digits_of_effort_do_not_matter(given_rows, random):
    learners = [AMIRA, AMIRA | {"learner_id": "B1"}]
    on = date(2026, 12, 18)

    def found(rows, effort=None):
        one = tracker(Learners=learners, Subjects=SUBJECTS, Progress=rows, Effort=effort or default.effort())
        return {(f.learner_id, f.code, f.band, f.value, f.data_date) for f in flags(one, on)}

    before = found(given_rows)
    turned = {"1": "4", "2": "3", "3": "2", "4": "1", None: None}
    effort = [row | {"code": turned[row["code"]]} for row in default.effort()]
    renamed = [row | {key: turned[row[key]] for key in ("effort_1", "effort_2")} for row in given_rows]
    assert found(renamed, effort) == before
    random.shuffle(given_rows)
    assert found(given_rows) == before
