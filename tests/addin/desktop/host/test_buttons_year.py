"""The button for next year: shown first, then what the command line makes, beside a tracker that stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.addin.engine.desk import Desk, desk
from workbook.reading.read import read

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=6) as one:
        yield one


def test_next_year_is_shown_then_made_beside(desk_: Desk) -> None:
    before = desk_.path.read_bytes()
    asked, refused = desk_.press("next_year", answers=["no"])
    assert "10A becomes 11A" in asked and "leaves at the end of the course" in asked
    assert refused == "Nothing was made." and not list(desk_.path.parent.glob("*2027-28*"))
    told = desk_.press("next_year", answers=["yes"])[-1]
    (made,) = desk_.path.parent.glob("* 2027-28.xlsx")
    new = read(made)
    assert made.name in told and f"{len(new['Learners'])} learners" in told
    assert set(new["Learners"]["year"]) == {11} and not len(new["Registers"])
    assert desk_.path.read_bytes() == before
    assert "is there already" in desk_.press("next_year")[0]
