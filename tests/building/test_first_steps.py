"""Start leads a new tracker through set-up: LibreOffice says of each step whether it is done as things are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.building.test_build_views import differences
from tests.office import Office
from workbook.building.tracker import build
from workbook.building.views.first_steps import DONE, TO_DO
from workbook.editing.edit import TableChange, edit
from workbook.measures.computed import computed
from workbook.measures.folded import folded_away
from workbook.model import Table, Tracker, defaults, sheet
from workbook.reading.read import read
from workbook.sample import sample

RARE = ["Groups", "PD topics", "PD evidence", "Vocational days", "Work experience", "Transition", "Codes", "Lists"]


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = defaults.new("2027-28")
    return build(tmp_path_factory.mktemp("new") / "new.xlsx", made, computed(made))


def column(made: Path, table: str, key: str, row: int = 5) -> str:
    return f"{read(made)[table].letters[key]}{row}"


def places(made: Path) -> dict[str, int]:
    """The row on Start of each step."""
    page = openpyxl.load_workbook(made)["Start"]
    words = {cell.row: str(cell.value).split("  ")[1] for cell in page["E"] if str(cell.value)[:1].isdigit()}
    return {name: row for row, name in words.items()}


@pytest.mark.office
def test_each_step_is_done_once_it_is_typed(office: Office, new: Path) -> None:
    row = places(new)
    assert list(row) == ["Settings", "Terms", "Drops", "Scales", "Effort", "Subjects", "Learners", "Progress",
                         "Registers", "My week"]  # fmt: skip
    names = {name: at for at, name in enumerate(read(new)["Settings"]["name"], 5)}
    value = read(new)["Settings"].letters["value"]
    phone, email, college = (f"{value}{names[one]}" for one in ("phone", "email", "college"))
    typed: dict[str, dict[str, Any]] = {
        "Settings": {phone: "0113 496 0100", college: "Hill College"},  # the e-mail is still the placeholder
        "Terms": {column(new, "Terms", "start"): 46631},  # a day later than the guess
        "Scales": {column(new, "Scales", "level"): "Step 1"},  # another name, the same points
        "Start": {f"H{row['Effort']}": "x"},  # ours as it came
        "Subjects": {column(new, "Subjects", "subject"): "English"},
        "Learners": {column(new, "Learners", "learner_id"): "L1"},
        "Progress": {column(new, "Progress", "apl_3"): "APL4"},
        "Registers": {column(new, "Registers", "fri_pm"): "/"},
    }
    said = office.recalculate(new, ["Start"], typed)["Start"]
    state = {name: said[f"G{at}"] for name, at in row.items()}
    open_ = {"Settings", "Drops", "My week"}
    assert state == {name: TO_DO if name in open_ else DONE for name in row}
    assert said["E4"] == "First steps: 7 of 10 done"
    typed["Settings"][email] = "mentors@hill.example"
    said = office.recalculate(new, ["Start"], typed)["Start"]
    assert said[f"G{row['Settings']}"] == DONE


@pytest.mark.office
def test_nothing_is_done_in_a_new_tracker_and_every_formula_says_what_is_stored(office: Office, new: Path) -> None:
    shown = openpyxl.load_workbook(new, data_only=True)["Start"]
    assert {shown[f"G{at}"].value for at in places(new).values()} == {TO_DO}
    assert differences(office.recalculate(new), new)[:9] == []


@pytest.mark.office
def test_a_form_typed_on_learners_can_be_chosen_on_the_form_view(office: Office, new: Path) -> None:
    form, first = column(new, "Learners", "form"), column(new, "Learners", "learner_id")
    letter, who = form.rstrip("0123456789"), first.rstrip("0123456789")
    typed = {"Learners": {f"{letter}5": "Oak"}, "Form view": {"C3": "Oak"}}
    said = office.recalculate(new, ["Form view"], typed)["Form view"]
    assert [said[f"R{at}"] for at in (5, 6, 7)] == ["Oak", "", ""]
    known = {"Learners": {f"{letter}5": "Oak"}, "Lists": {"A5": "Ash", "A6": "Oak"}}
    said = office.recalculate(new, ["Form view"], known)["Form view"]
    assert [said[f"R{at}"] for at in (5, 6, 7)] == ["Ash", "Oak", ""], who


def test_seldom_used_sheets_are_hidden_until_used_and_start_says_how_to_bring_them_out(new: Path) -> None:
    book = openpyxl.load_workbook(new)
    assert [page.title for page in book if page.sheet_state == "hidden"] == RARE
    assert not [one for one in read(new).problems if one.code == "sheet-hidden"]
    words = " ".join(str(cell.value) for row in book["Start"]["E1:F60"] for cell in row if cell.value)
    assert "right-click any tab" in words and all(name in words for name in RARE)


def test_a_sheet_seldom_used_comes_out_with_its_first_row(new: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    edit(new, out, {"Groups": TableChange(added=[{"group": "Breakfast", "learner_id": "L1"}])})
    book = openpyxl.load_workbook(out)
    assert [page.title for page in book if page.sheet_state == "hidden"] == [name for name in RARE if name != "Groups"]
    edit(new, tmp_path / "all.xlsx", {}, show=RARE)
    assert all(page.sheet_state == "visible" for page in openpyxl.load_workbook(tmp_path / "all.xlsx"))


def test_what_is_in_use_or_changed_is_not_folded_away() -> None:
    assert folded_away(sample(learners=12, seed=7)) == ["Codes"]  # it has rows of all, and its own lists
    tracker: Tracker = defaults.new()
    codes = [row | ({"meaning": "Late to us"} if row["code"] == "L" else {}) for row in tracker["Codes"].records()]
    tracker.tables["Codes"] = Table.of(sheet("Codes"), codes)
    assert "Codes" not in folded_away(tracker) and "Lists" in folded_away(tracker)
    settings = [row | ({"value": "All shown"} if row["name"] == "rare_sheets" else {})
                for row in tracker["Settings"].records()]  # fmt: skip
    shown = Tracker({**tracker.tables, "Settings": Table.of(sheet("Settings"), settings)})
    assert folded_away(shown) == []
