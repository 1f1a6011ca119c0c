"""The button for next year: shown first, then what the command line makes, beside a tracker that stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

import openpyxl
import pytest

from tests.addin.engine.desk import Desk, desk
from workbook.reading.read import read

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=6) as one:
        yield one


def test_next_year_is_wished_for_then_shown_then_made_beside(desk_: Desk) -> None:
    before = desk_.path.read_bytes()
    assert desk_.press("next_year") == [] and not list(desk_.path.parent.glob("*2027-28*"))
    laid = desk_.rows("Next year")
    assert laid[0][:3] == ("Form", "10A", "11A") and [row[2] for row in laid[-2:]] == ["No", None]
    page = desk_.book.sheets["Next year"]
    stays = next(one for one in read(desk_.path)["Learners"].records() if one["year"] == 11)
    page.range("C5").value = "11Z"
    page.range(f"C{4 + len(laid) - 1}").value = "Perhaps"
    assert "neither" in desk_.press("next_year")[0]
    page.range(f"C{4 + len(laid) - 1}").value = "Yes"
    page.range(f"C{4 + len(laid)}").value = stays["learner_id"]
    asked, refused = desk_.press("next_year", answers=["no"])
    assert "10A becomes 11Z" in asked and "leaves at the end of the course" in asked and "become baselines" in asked
    assert refused.startswith("Nothing was made.") and not list(desk_.path.parent.glob("*2027-28*"))
    told = desk_.press("next_year", answers=["yes"])[-1]
    made = next(desk_.path.parent.glob("* 2027-28.xlsx"), None)
    assert made is not None, told
    new = read(made)
    people = {one["learner_id"]: one for one in new["Learners"].records()}
    assert made.name in told and f"{len(people)} learners" in told
    assert people[stays["learner_id"]]["form"] == stays["form"] and set(new["Learners"]["year"]) == {11}
    assert {one["form"] for who, one in people.items() if who != stays["learner_id"]} == {"11Z"}
    assert set(new["Progress"]["baseline_source"]) >= {"Teacher"} and not len(new["Registers"])
    assert "Next year" not in openpyxl.load_workbook(made).sheetnames
    assert desk_.path.read_bytes() == before
    assert "is there already" in desk_.press("next_year")[0]
