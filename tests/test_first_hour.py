"""README's first hour, done to the letter, ends with names to see, and Start says that every step is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.first_hour import first_hour, numbered
from tests.office import Office
from workbook.measures.data_date import last_date
from workbook.measures.flags import flags
from workbook.reading.read import read

pytestmark = [pytest.mark.slow, pytest.mark.office]


def test_what_readme_says_leads_to_the_first_flags(office: Office, tmp_path: Path) -> None:
    hour = first_hour(tmp_path, learners=12)
    made = tmp_path / "tracker.xlsx"
    tracker = read(made)
    assert len(hour.steps) == len(numbered()) <= 9 and hour.commands == 6
    assert hour.cells == 3 + 4 + 12  # settings, what fits as it came, four subjects of three cells
    assert len(tracker["Learners"]) == 12 and {flag.learner_id for flag in flags(tracker, last_date(tracker))}
    assert "Talk with the learner" in hour.printed[-1] or "Look" in hour.printed[-1]
    start = office.recalculate(made, ["Start"])["Start"]
    assert start["E4"] == "First steps: 10 of 10 done", [start[f"G{row}"] for row in range(5, 15)]
