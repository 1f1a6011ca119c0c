"""The views are live: LibreOffice finds in them what Python stored, and another choice shows another learner."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.office import Office
from tests.office.client import Reading
from workbook.building.tracker import build
from workbook.building.views.learner_live import TOP
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.measures.flags import flags
from workbook.measures.week import week
from workbook.model import Tracker, Value
from workbook.model.excel import serial
from workbook.sample import sample

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    """A sample in which many dates are words, as people type them."""
    made = sample(learners=20, seed=3)
    for table, key in (("Targets", "due"), ("Interventions", "review_due"), ("Vocationaldays", "week")):
        made[table][key][::2] = ["after Easter"] * len(made[table][key][::2])
    return made


@pytest.fixture(scope="module")
def made(tracker: Tracker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, on = tmp_path_factory.mktemp("views") / "tracker.xlsx", last_date(tracker)
    return build(path, tracker, computed(tracker), on=on, flags=flags(tracker, on), week=week(tracker, on))


def as_number(value: Value) -> Value:
    return serial(value) if isinstance(value, date) else value


def differences(reading: Reading, made: Path) -> list[tuple[str, str, Value, object]]:
    """Where a whole workbook that LibreOffice has worked out anew differs from what is stored in it."""
    stored, formulas = openpyxl.load_workbook(made, data_only=True), openpyxl.load_workbook(made)
    found = []
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                said, kept = reading[page.title][cell.coordinate], as_number(stored[page.title][cell.coordinate].value)
                both_numbers = isinstance(said, float) and isinstance(kept, int | float)
                if not (abs(said - kept) < 1e-9 if both_numbers else (said or "") == (kept or "")):
                    found.append((page.title, cell.coordinate, kept, said))
    return found


def test_every_formula_gives_what_is_stored_beside_it(office: Office, made: Path) -> None:
    assert differences(office.recalculate(made), made)[:20] == []


def test_what_has_words_for_its_date_is_listed_too(made: Path) -> None:
    """The Learner view lists as many open targets as stand open on Targets, of which a half have words for a date."""
    book = openpyxl.load_workbook(made, data_only=True)
    view, targets = book["Learner view"], book["Targets"]
    headings = {cell.value: cell.column for cell in next(row for row in targets if "Due" in [c.value for c in row])}
    who = view["T3"].value
    due = [
        targets.cell(row, headings["Due"]).value
        for row in range(1, targets.max_row + 1)
        if targets.cell(row, headings["Learner ID"]).value == who
        and targets.cell(row, headings["Still open"]).value == "Yes"
    ]
    first = next(row for row in range(TOP, 60) if str(view[f"H{row}"].value).startswith("Open targets")) + 1
    listed = [view[f"H{row}"].value for row in range(first, first + len(due))]
    assert "after Easter" in due and len(due) <= 4
    assert sorted(map(str, listed)) == sorted(map(str, due))


def test_ids_may_be_numbers_throughout(office: Office, tmp_path: Path) -> None:
    tracker = sample(learners=8, seed=4)
    for table in tracker.tables.values():
        if "learner_id" in table.columns:
            table.columns["learner_id"] = [one and int(str(one).strip("L")) for one in table["learner_id"]]
    made = build(tmp_path / "numbers.xlsx", tracker, computed(tracker))
    assert differences(office.recalculate(made), made)[:20] == []
    assert openpyxl.load_workbook(made, data_only=True)["Grid"]["F5"].value


def test_the_last_day_of_the_data_is_the_one_that_flags_go_by(made: Path, tracker: Tracker) -> None:
    start = openpyxl.load_workbook(made, data_only=True)["Start"]
    days = [cell.value.date() for cell in start["B"] if isinstance(cell.value, date)]
    assert days == [last_date(tracker)]


@pytest.fixture(scope="module")
def other(tracker: Tracker) -> int:
    """The place of the first learner of another form than the first."""
    forms = tracker["Learners"]["form"]
    return next(i for i, form in enumerate(forms) if form != forms[0])


@pytest.fixture(scope="module")
def chosen(office: Office, made: Path, tracker: Tracker, other: int) -> Reading:
    """The views once another learner and another form were chosen and a new subject was typed, all at once."""
    learners, row = tracker["Learners"], 5 + len(tracker["Subjects"])
    name = f"{computed(tracker)['Learners']['name'][other]} ({learners['learner_id'][other]})"
    changes = {
        "Learner view": {"B3": learners["form"][other], "F3": name},
        "Form view": {"C3": learners["form"][-1]},
        "Subjects": {f"A{row - 1}": "Rocketry"},
        "Progress": {"D5": "Rocketry"},
    }
    return office.recalculate(made, ["Learner view", "Form view", "Grid"], changes)


def test_another_learner_can_be_chosen(chosen: Reading, tracker: Tracker, other: int) -> None:
    figures, page = computed(tracker), chosen["Learner view"]
    who, name = tracker["Learners"]["learner_id"][other], figures["Learners"]["name"][other]
    rows = [i for i, value in enumerate(tracker["Progress"]["learner_id"]) if value == who]
    assert page["A4"] == name
    assert page.column("A")[TOP - 1 : TOP - 1 + len(rows)] == [tracker["Progress"]["subject"][i] for i in rows]
    status = page.column("N")[TOP - 1 : TOP - 1 + len(rows)]
    assert status == [figures["Progress"]["status"][i] or "" for i in rows]
    weeks = [i for i, value in enumerate(tracker["Registers"]["learner_id"]) if value == who]
    attended, possible = (sum(figures["Registers"][key][i] for i in weeks) for key in ("attended", "possible"))
    assert str(page["A6"]).startswith(f"Attended {attended} of {possible} possible sessions")


def test_a_learner_of_another_form_is_asked_for_again(office: Office, made: Path) -> None:
    page = office.recalculate(made, ["Learner view"], {"Learner view": {"B3": "No such form"}})["Learner view"]
    assert page["K3"] == "Choose a learner of form No such form from the list."
    assert page["A4"] == ""


def test_another_form_can_be_chosen(chosen: Reading, tracker: Tracker) -> None:
    form = tracker["Learners"]["form"][-1]
    on_roll = computed(tracker)["Learners"]["on_roll"]
    members = [i for i, value in enumerate(tracker["Learners"]["form"]) if value == form and on_roll[i]]
    page = chosen["Form view"]
    assert form != tracker["Learners"]["form"][0]
    assert [name for name in page.column("B")[4:] if name] == [
        computed(tracker)["Learners"]["name"][i] for i in members
    ]
    assert str(page["E3"]).startswith(f"{len(members)} learners, attendance ")


def test_a_new_subject_and_level_show_in_the_grid(chosen: Reading, tracker: Tracker) -> None:
    grid = chosen["Grid"]
    heads = grid.rows[3]
    column = heads.index("Rocketry")
    assert str(grid.rows[4][column]).split(" ")[0] == tracker["Progress"]["apl_4"][0]
