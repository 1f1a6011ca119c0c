"""The question which row counts where a learner's week stands on Registers several times."""

from __future__ import annotations

from datetime import timedelta

from tests.parity.asked import FIRST, Asked
from tests.parity.college import WEEK, Case, again, college
from tests.parity.questions import Question
from workbook.building.views.start import COUNTS


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


QUESTIONS = (
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
