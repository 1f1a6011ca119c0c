"""Whose ID it is: the same answer in every place that is asked for one learner, however the ID was pasted."""

from __future__ import annotations

import pytest

from addin.web.door.told import _records
from tests.reports.content.college import AMIRA, ON, SAM, learner, progress, tracker
from workbook.building.handed_on import handed_on
from workbook.checks.check import check
from workbook.checks.findings import about
from workbook.commands.whose import chosen, theirs
from workbook.measures.snapshot import Snapshot
from workbook.measures.who import Who
from workbook.model import CannotDo, Value


@pytest.mark.parametrize("pasted", ["L9\u00a0", "L9\t", " L9", 9001.0, "L\u200b9"])
def test_a_learner_with_a_pasted_id_is_found_and_nobody_else(pasted: Value) -> None:
    plain = str(pasted) if isinstance(pasted, str) else "9001"
    rows = [progress(str(one["learner_id"]), "English", apl_1="APL3") for one in (AMIRA, SAM)]
    made = tracker(
        Learners=[AMIRA, SAM, {**learner("", "Kit", "Ash", upn="A1"), "learner_id": pasted}],
        Progress=[*rows, {**rows[0], "learner_id": pasted}],
        Contacts=[{"learner_id": pasted, "date": ON}],
    )
    seen = Snapshot(made, ON)
    (known,) = Who(learners=[plain]).choose(seen)
    assert handed_on(made, [known])["Learners"]["first_name"] == ["Kit"]
    assert len(handed_on(made, [known])["Progress"]) == 1
    among = chosen(seen, None, None, None, [plain])
    assert theirs([{"learner_id": known}, {"learner_id": "L1"}], among) == [{"learner_id": known}]
    assert "upn-invalid" in [one.code for one in about(made, check(made, on=ON), among)]
    assert [one["sheet"] for one in _records(made, known)] == ["Contacts"]


def test_an_id_that_could_be_that_of_several_is_asked_about() -> None:
    """A tab and a line break show nothing: all three look like L9, and each has another child's data."""
    made = tracker(Learners=[learner(one, "Kit", "Ash") for one in ("L\t9", "L\n9")] + [learner("L9", "Lou", "Elm")])
    seen = Snapshot(made, ON)
    assert Who(learners=["l9"]).choose(seen) == ["L9"]
    assert Who(learners=["L\t9"]).choose(seen) == ["L\t9"]
    with pytest.raises(CannotDo, match="3 learners have IDs that look like"):
        Who(learners=["L\r9"]).choose(seen)
