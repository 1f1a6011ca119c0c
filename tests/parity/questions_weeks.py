"""Which row counts where several say the same: a learner's week on Registers, a learner's subject on Progress."""

from __future__ import annotations

from datetime import timedelta

from tests.parity.asked import FIRST, Asked
from tests.parity.college import WEEK, Case, again, college
from tests.parity.questions import Question
from workbook.building.views.start import COUNTS
from workbook.model.questions import ON_START


def _again_on_sheet(asked: Asked) -> list[int]:
    """The rows of a week at college, of learners who are there all week, in which no session counts."""
    table = asked.tracker["Registers"]
    held = asked.column("Registers", "sessions", len(table))
    spared = {WEEK + timedelta(weeks=week) for week in (7, 39)}
    there = [str(who).strip() not in ("10001", "10002") for who in table["learner_id"]]
    pairs = enumerate(zip(table["week"], held, strict=True))
    return [row for row, (week, said) in pairs if not int(said or 0) and week not in spared and there[row]]


def _twice_on_start(asked: Asked) -> list[int]:
    """The rows from the first to the last that share a week, as Start says them, that are said again by `_again`."""
    top = FIRST + len(COUNTS) + 3
    first, last = (int(asked.cell("Start", f"B{top + n}")) for n in (0, 1))
    assert (first, last) == (FIRST, FIRST + len(asked.tracker["Registers"]) - 1)
    return [row for row in _again(asked.case) if first <= row + FIRST <= last]


def _again(case: Case) -> list[int]:
    """The last rows of the sheet."""
    rows = len(college(case)["Registers"])
    return list(range(rows - len(again(case)), rows))


def _without_status(asked: Asked) -> list[int]:
    """The rows of Progress with a level and a target, of those with a baseline, that do not say how it stands."""
    table = asked.tracker["Progress"]
    said = zip(
        asked.column("Progress", "drop", len(table)), asked.column("Progress", "status", len(table)), strict=True
    )
    return [row for row, (drop, status) in enumerate(said) if drop and not status]


def _subjects_on_start(asked: Asked) -> list[int]:
    """The rows from the first to the last learner with a subject twice, as Start says them, of those of `_subjects`."""
    top = FIRST + len(COUNTS) + 3
    places = [top + place for place, name in enumerate(ON_START) if "subject" in name]
    first, last = (asked.cell("Start", f"B{row}") for row in places)
    assert (int(first), int(last)) == (6, 7)
    return _subjects(asked.case)


def _subjects(case: Case) -> list[int]:
    rows = len(college(case)["Progress"])
    return [rows - 2, rows - 1]


QUESTIONS = (
    Question(
        "which rows of Progress say a subject again",
        ("measures.again.subjects_again", "measures.again.subjects_twice"),
        {
            "check": lambda one: sorted(int(cell[1:]) - FIRST for cell in one.problems("Progress", "row-twice")),
            "Progress": _without_status,
            "Start": _subjects_on_start,
        },
        _subjects,
    ),
    Question(
        "which rows of Registers say a week again",
        ("measures.sessions.rows_again", "measures.sessions.weeks_twice"),
        {
            "check": lambda one: sorted(int(cell[1:]) - FIRST for cell in one.problems("Registers", "row-twice")),
            "Registers": _again_on_sheet,
            "Start": _twice_on_start,
        },
        _again,
    ),
)
