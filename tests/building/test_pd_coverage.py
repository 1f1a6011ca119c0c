"""PD coverage by hand, by command and by formula: LibreOffice finds on the sheet what Python says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.measures.rows import tracker
from tests.office import Office
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.measures.pd import by_form, coverage
from workbook.measures.snapshot import Snapshot
from workbook.measures.week import week
from workbook.model import Tracker

MONDAY = date(2026, 9, 7)
ODD = 'Who? What* ~ "when"'


def topic(number: int, name: str, year: Any = None, week_: Any = None) -> dict[str, Any]:
    return {"week": week_ or MONDAY + timedelta(weeks=number), "theme": "Wellbeing", "topic": name, "year_group": year}


def evidence(learner: str, name: str, number: int, day: int = 2) -> dict[str, Any]:
    return {"learner_id": learner, "topic": name, "date": MONDAY + timedelta(weeks=number, days=day)}


@pytest.fixture(scope="module")
def made() -> Tracker:
    people = (("A", "10C", 10), ("B", "10C", 10), ("C", "10C", 11), ("D", "11A", 11))
    learners: list[dict[str, Any]] = [
        {"learner_id": one, "first_name": one, "surname": "K", "form": form, "year": year} for one, form, year in people
    ]
    learners.append(learners[0] | {"learner_id": "Gone", "left": MONDAY})
    topics = [topic(0, "Sleep"), topic(1, ODD), topic(1, "Careers", 10), topic(2, "Careers too", 11), topic(9, "Later"),
              topic(0, "Old", week_=date(2025, 9, 8)), topic(0, "No date", week_="soon"), topic(2, ">0")]  # fmt: skip
    rows = [
        evidence("A", "Sleep", 0), evidence("A", "sleep", 1), evidence("A", ODD, 1), evidence("B", "Careers", 1),
        evidence("C", "Careers", 1), evidence("C", ">0", 2), evidence("D", "Careers too", 2),
        evidence("Gone", "Sleep", 0), evidence("B", "Sleep", 0) | {"date": None}, evidence("A", "Who cares", 3),
    ]  # fmt: skip
    return tracker(Learners=learners, PDtopics=topics, PDevidence=rows)


def test_coverage_by_hand(made: Tracker) -> None:
    """Sleep and the odd one for all, Careers for Year 10, Careers too for Year 11, >0 for all: four begun for each."""
    rows = coverage(Snapshot(made, last_date(made)))
    told = {row.learner.learner_id: (row.covered, len(row.topics), [one.name for one in row.missing]) for row in rows}
    assert told == {
        "A": (2, 4, ["Careers", ">0"]),
        "B": (1, 4, ["Sleep", ODD, ">0"]),
        "C": (1, 4, ["Sleep", ODD, "Careers too"]),
        "D": (1, 4, ["Sleep", ODD, ">0"]),
    }
    forms = {(row["form"], row["topic"]): (row["covered"], row["learners"]) for row in by_form(rows)}
    assert (
        forms["10C", "Careers"] == (1, 2) and forms["10C", "Sleep"] == (1, 3) and forms["11A", "Careers too"] == (1, 1)
    )


def test_gaps_go_to_the_week_near_the_end_of_a_topic(made: Tracker) -> None:
    friday = MONDAY + timedelta(weeks=1, days=4)
    due = {one.what: one for one in week(made, friday)}
    assert due[f"Evidence for the topic {ODD}"].due == friday and "Evidence for the topic Later" not in due
    assert due["Evidence for the topic Careers"].reason.startswith("1 learner of 10C")


SHEETS = {"PD coverage", "Form view", "Learners", "PD topics", "PD evidence", "Terms", "Settings", "Lists"}


@pytest.mark.office
def test_the_sheet_says_the_same_for_every_form(made: Tracker, office: Office, tmp_path: Path) -> None:
    path = build(tmp_path / "pd.xlsx", made, computed(made), only=SHEETS)
    stored = openpyxl.load_workbook(path, data_only=True)["PD coverage"]
    rows = coverage(Snapshot(made, last_date(made)))
    for form in ("10C", "11A"):
        page = office.recalculate(path, ["PD coverage"], {"PD coverage": {"C3": form}})["PD coverage"]
        mine = [row for row in rows if row.learner.form == form]
        shown = [(page[f"A{at}"], page[f"C{at}"], page[f"D{at}"]) for at in range(6, 6 + len(mine))]
        assert shown == [(row.learner.learner_id, row.covered, len(row.topics)) for row in mine]
        assert (page["C5"], page["D5"]) == (sum(row.covered for row in mine), sum(len(row.topics) for row in mine))
        for at, row in enumerate(mine, 6):
            marked = {page[f"{letter}4"] for letter in "FGHIJ" if page[f"{letter}{at}"] == "○"}
            assert marked == {one.name for one in row.missing}
        if form == "10C":
            cells = [cell for line in stored.iter_rows(min_row=4) for cell in line if cell.value is not None]
            assert len(cells) > 50
            assert [cell.coordinate for cell in cells if page[cell.coordinate] != cell.value] == []
