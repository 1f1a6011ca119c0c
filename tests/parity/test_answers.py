"""One answer to each question: a row a question, a column a place that answers it, on small trackers full of odd rows.

LibreOffice works every sheet out anew; the places are the sheets, the commands' rows and the reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.building.test_build_views import differences
from tests.office import Office
from tests.parity.answers import FORM, college
from workbook.building.tracker import build
from workbook.building.views.start import COUNTS
from workbook.measures.attendance import attendance_rows
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.measures.flag_list import flag_list
from workbook.measures.snapshot import Snapshot
from workbook.measures.week import week_of
from workbook.model import Audience, Tracker
from workbook.reports.content.learner import contexts

pytestmark = pytest.mark.office

CASES = {
    "IDs numbers, then texts": (("number", "text"), {"leave_out_study_leave": "Yes"}),
    "IDs texts, then numbers": (("text", "number"), {"status_measure": "current against target"}),
}


class Asked:
    """A tracker, its snapshot, its report for staff about the first learner, and its sheets as LibreOffice has them."""

    def __init__(self, tracker: Tracker, path: Path, office: Office) -> None:
        on = last_date(tracker)
        self.tracker, self.snapshot = tracker, Snapshot(tracker, on)
        listed = flag_list(tracker, on)
        figures = computed(tracker)
        build(path, tracker, figures, on=on, flags=listed.flags, week=week_of(listed.found))
        self.different = differences(office, path)
        self.sheets: Any = office.recalculate(path, ["Start", "Form view", "Learner view", "Grid"])
        self.report = next(contexts(tracker, on, ["10000"], reader=Audience.MENTOR))
        self.attendance = {row["learner_id"]: row for row in attendance_rows(self.snapshot)}

    def start(self, words: str) -> Any:
        """A count of Start."""
        return self.sheets["Start"][f"B{5 + [count.words for count in COUNTS].index(words)}"]

    def form(self, letter: str) -> Any:
        """A cell of the first learner on Form view."""
        return self.sheets["Form view"][f"{letter}5"]

    def learner(self, pattern: str) -> Any:
        """What the Learner view says of attendance."""
        return int(re.search(pattern, str(self.sheets["Learner view"]["A6"]))[1])  # type: ignore[index]


Place = Callable[[Asked], Any]
QUESTIONS: dict[str, tuple[Any, dict[str, Place]]] = {
    "on roll": (
        FORM - 1,
        {
            "snapshot": lambda one: len(one.snapshot.here),
            "attendance": lambda one: len(one.attendance),
            "Start": lambda one: one.start("learners on roll"),
        },
    ),
    "open targets of the first": (
        4,
        {
            "Form view": lambda one: one.form("L"),
            "report": lambda one: len(one.report["open_target"]),
            "Start": lambda one: one.start("open targets"),  # the other learner with one has left
        },
    ),
    "interventions in place for the first": (
        2,
        {
            "Form view": lambda one: one.form("M"),
            "report": lambda one: len(one.report["intervention"]),
            "Start": lambda one: one.start("interventions in place"),
        },
    ),
    "possible sessions of the first": (
        None,
        {
            "attendance": lambda one: one.attendance["10000"]["possible"],
            "report": lambda one: one.report["attendance"]["possible"],
            "Form view": lambda one: one.form("D"),
            "Learner view": lambda one: one.learner(r"of (\d+) possible"),
        },
    ),
    "sessions attended by the first": (
        None,
        {
            "attendance": lambda one: one.attendance["10000"]["attended"],
            "report": lambda one: one.report["attendance"]["attended"],
            "Learner view": lambda one: one.learner(r"Attended (\d+)"),
        },
    ),
    "missing marks": (
        None,
        {
            "attendance": lambda one: sum(row["missing"] for row in one.attendance.values()),
            "Start": lambda one: one.start("missing register marks"),
        },
    ),
    "what has no room": (
        "2 more subjects have no room here: see Progress. 3 more learners of the form are on Learners.",
        {"Learner view": lambda one: one.sheets["Learner view"]["K3"]},
    ),
    "how many of the form have no room": (
        True,
        {"Form view": lambda one: "; 23 more have no room here" in str(one.sheets["Form view"]["E3"])},
    ),
    "levels on the Grid": (True, {"Grid": lambda one: bool(one.sheets["Grid"]["F5"])}),
}


@pytest.fixture(scope="module", params=CASES)
def asked(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    kinds, settings = CASES[request.param]
    return Asked(college(kinds, **settings), tmp_path_factory.mktemp("answers") / "tracker.xlsx", office)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_place_gives_the_same_answer(question: str, asked: Asked) -> None:
    expected, places = QUESTIONS[question]
    answers = {place: answer(asked) for place, answer in places.items()}
    assert len(set(answers.values())) == 1, answers
    assert expected is None or next(iter(answers.values())) == expected, answers


def test_every_formula_gives_what_is_stored_beside_it(asked: Asked) -> None:
    assert asked.different[:20] == []
