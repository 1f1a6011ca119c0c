from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.content.college import AMIRA, ON, SAM, progress, tracker
from workbook.reports.content.learner import contexts
from workbook.reports.content.story import (
    Attendance,
    Facts,
    attendance_sentences,
    going_well,
    learner_will,
    we_will,
    work_on,
    you_can_help,
)
from workbook.reports.content.subjects import Line
from workbook.reports.content.wording import MOST_WORDS, Person, word_count

_WORDS = "flag|rank|SEN|persistent|residual|gap|points|baseline|APL|cohort|intervention"
JARGON = re.compile(rf"\b({_WORDS})\b", re.IGNORECASE)


def attended(possible: int, there: int, unauthorised: int = 0, late: int = 0, **more: Any) -> Attendance:
    missed = possible - there
    early = more.pop("early", False)
    return Attendance(possible, there, missed - unauthorised, unauthorised, late, early=early, **more)


def facts(**more: Any) -> Facts:
    given = {"learner_id": "l1", "person": Person.of("Amira", "she/her"), "lines": [], "attendance": attended(190, 171)}
    return Facts(**{**given, **more})


def line(name: str, status: str | None = None, change: float | None = None, effort: float | None = None) -> Line:
    item = {"effort": {4: "Excellent", 3: "Good", 1: "Needs support"}.get(effort or 0)}
    return Line(name, 0, "APL", False, status, change, None, effort, None, (None,) * 6, None, None, None, item)


def test_attendance_as_the_law_wants_it() -> None:
    assert attendance_sentences(facts(attendance=attended(190, 171, 6))) == [
        "Amira has attended 171 of 190 possible sessions (90.0%).",
        "6 sessions (3.2%) were unauthorised.",
        "The 19 sessions missed are 9.5 days of learning.",
    ]


@pytest.mark.parametrize(
    ("attendance", "expected"),
    [
        (Attendance(), "We have no attendance to tell you for Amira yet."),
        (
            attended(14, 12, early=True),
            "Amira has attended 12 of 14 possible sessions. It is too early to say more.",
        ),
        (attended(100, 100), "Amira has attended 100 of 100 possible sessions (100.0%). No session was unauthorised."),
        (
            attended(40, 38, 1),
            "Amira has attended 38 of 40 possible sessions (95.0%). 1 session (2.5%) was unauthorised. "
            "The 2 sessions missed are 1 day of learning.",
        ),
    ],
)  # fmt: skip
def test_attendance_too_early_none_and_whole(attendance: Attendance, expected: str) -> None:
    assert " ".join(attendance_sentences(facts(attendance=attendance))) == expected


def test_good_effort_is_said_where_nothing_else_stands_out() -> None:
    """Effort runs from 1 to 4: 3 is in its upper half, 2 is not; with no baseline there is no status."""
    lines = [line("Maths", effort=3), line("English", effort=3), line("Art", effort=2)]
    said = facts(lines=lines, attendance=Attendance(), best_effort=4, lowest_effort=1)
    assert going_well(said) == ["Amira’s effort is good in Maths and English."]
    assert work_on(said)[0].endswith((" keep this up.", " keep going like this."))
    assert going_well(facts(lines=[line("Art", "On")]))[0] == "Amira is where we hoped in Art."


def test_nothing_known_says_so_and_promises_nothing() -> None:
    empty = facts(attendance=Attendance())
    assert going_well(empty) == ["We are getting to know Amira and will say more in the next report."]
    assert work_on(empty) == ["It is too soon to say what Amira could work on."]
    assert learner_will(empty) == ["Amira will choose a target with us in tutor time."]


def test_whom_we_know_is_not_told_that_we_get_to_know_them() -> None:
    """A level below and low effort are known: nothing good is made up, and the mentor is asked instead."""
    known = facts(lines=[line("Maths", "Below", effort=1)], attendance=Attendance(), best_effort=4, lowest_effort=1)
    assert going_well(known) == ["Figures do not show all that Amira does well. Please ask us about it."]


def test_core_subjects_come_first_and_blame_nobody() -> None:
    maths = line("Maths", "Below")
    maths.core = True
    text = work_on(facts(lines=[line("Art", "Below"), maths]))
    assert text[0] in (
        "In Maths and Art, Amira is not yet where we hoped.",
        "Amira is not yet where we hoped in Maths and Art.",
    )


def test_what_was_agreed_is_said_in_its_own_words_and_once() -> None:
    agreed = facts(
        open_targets=[
            {"target": "Start each task in two minutes", "how_home_can_help": "Ask at tea"},
            {"target": "Start each task in two minutes", "how_home_can_help": None},
        ],
        interventions=[{"for_parents": "A short maths session every Tuesday."}],
    )
    assert we_will(agreed) == ["A short maths session every Tuesday."]
    assert learner_will(agreed) == ["Start each task in two minutes."]
    assert you_can_help(agreed) == ["Ask at tea."]


def test_a_target_is_awaited_at_the_progress_day() -> None:
    waiting = facts(next_progress_day=date(2027, 3, 19))
    assert learner_will(waiting) == ["Amira will choose a target at the Progress Day on 19 March."]


_SUBJECTS = st.builds(
    line,
    st.sampled_from(["Maths", "Art", "English Literature", "Health and social care", "Religious studies", "Drama"]),
    st.sampled_from(["Above", "On", "Just below", "Below", "No target", None]),
    st.sampled_from([None, -1.0, 0.0, 1.0, 2.0]),
    st.sampled_from([None, 1.0, 3.0, 4.0]),
)
_NAMES = st.sampled_from(["Amira", "Mary Jane Anne", "D'Arcy"])
_PEOPLE = st.builds(Person.of, _NAMES, st.sampled_from(["she/her", None]))


@given(
    st.lists(_SUBJECTS, max_size=9, unique_by=lambda one: one.name),
    _PEOPLE,
    st.tuples(st.integers(0, 300), st.integers(0, 300), st.booleans()),
)
@settings(max_examples=120, deadline=None)
def test_every_sentence_is_short_and_plain(lines: list[Line], person: Person, sessions: tuple[int, int, bool]) -> None:
    possible, missed, early = max(sessions[:2]), min(sessions[:2]), sessions[2]
    given_facts = facts(
        lines=lines,
        person=person,
        attendance=attended(possible, possible - missed, early=early or not possible, below=missed * 20 > possible),
        best_effort=4.0,
        lowest_effort=1.0,
    )
    for say in (going_well, work_on, we_will, learner_will, you_can_help, attendance_sentences):
        for text in say(given_facts):
            for sentence in re.split(r"(?<=[.:;])\s", text):
                assert word_count(sentence) <= MOST_WORDS, sentence
            assert not JARGON.search(text), text
            assert text[-1] == "." and text[0] == text[0].upper()
            assert "{" not in text and "None" not in text
    assert 1 <= len(work_on(given_facts)) <= 2
    assert 1 <= len(going_well(given_facts)) <= 3


def test_blank_is_not_zero_in_words_or_figures() -> None:
    made = tracker(Learners=[AMIRA, SAM], Progress=[progress("L1", "Maths", target="APL5", apl_1="APL3", apl_2="APL3")])
    amira, sam = contexts(made, ON)
    maths = amira["subject"][0]
    assert (maths["status"], maths["status_mark"], maths["moved"]) == ("Starting level not known", "–", "Same")
    assert maths["forecast"] is None and maths["effort"] is None and maths["apl_3"] is None
    assert "not yet" not in amira["work_on"]
    assert sam["subject"] == [] and sam["attendance"]["percent"] is None
    assert sam["attendance"]["sentence"] == "We have no attendance to tell you for Sam yet."
