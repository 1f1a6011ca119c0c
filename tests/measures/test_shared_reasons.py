"""Who shares a reason is suggested as a group, worked out by hand; one taken in is a row that checks clean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.commands.run import refused, run
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.measures.shared_reasons import suggestions
from workbook.model import Tracker, defaults, sheet
from workbook.model.tracker import Table
from workbook.reading.read import read

ON = date(2026, 12, 14)
#: Maths of seven learners: level at the first drop against 9 at the end; who is low is Below.
LEVELS = {"L1": "1", "L2": "1", "L3": "1", "L4": "9", "L5": "1", "L6": "1", "L7": "1"}


def tracker() -> Tracker:
    people = [{"learner_id": who, "first_name": who, "surname": "Ash", "form": "11A" if who in ("L5", "L6") else "10A",
               "year": 11 if who in ("L5", "L6") else 10} for who in LEVELS]  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "Learners": people,
        "Subjects": [{"subject": "Maths", "scale": "GCSE 9-1"}],
        "Progress": [{"learner_id": who, "subject": "Maths", "baseline": "5", "target": "9", "apl_1": level}
                     for who, level in LEVELS.items()],
        "Interventions": [{"learner_id": "L7", "type": "Academic", "start": date(2026, 11, 2),
                           "review_due": date(2027, 1, 11)}],
    }  # fmt: skip
    made = defaults.new("2026-27")
    for name, records in rows.items():
        made.tables[name] = Table.of(sheet(name), records)
    return made


def test_three_of_a_year_below_in_a_subject_without_support() -> None:
    """L4 is on track, L7 has support, and two of Year 11 are too few."""
    (one,) = suggestions(tracker(), ON)
    assert (one.reason, one.kind, one.aim, one.subject, one.year) == (
        "Below in Maths",
        "Academic",
        "Points",
        "Maths",
        10,
    )
    assert one.learners == ("L1", "L2", "L3") and one.names[0] == "L1 Ash"
    assert suggestions(tracker(), ON, {"l1", "l2"}) == []


def test_taken_in_it_is_a_group_and_its_intervention(tmp_path: Path) -> None:
    made, out = tracker(), tmp_path / "new.xlsx"
    book = build(tmp_path / "t.xlsx", made, computed(made))
    shown = run("suggest", book, "--on", ON.isoformat())
    assert shown.code == 0 and "Below in Maths Year 10" in shown.out and "L1 Ash" in shown.out
    words = ("suggest", book, "--on", ON.isoformat(), "--accept", "1", "--owner", "J. Sample", "--aim", 6)
    assert "--out" in refused(run(*words))
    assert run(*words, "--out", out).code == 0
    new = read(out)
    assert list(new["Groups"]["learner_id"]) == ["L1", "L2", "L3"]
    (group,) = set(new["Groups"]["group"])
    added = list(new["Interventions"].records())[-1]
    assert (added["group"], added["subject"], added["start"], added["owner"]) == (group, "Maths", ON, "J. Sample")
    assert (added["aim_measure"], added["aim_value"]) == ("Points", 6)
    assert added["review_due"] == date(2027, 1, 25)
    assert run("check", out, "--on", ON.isoformat()).code == 0, run("check", out).out
    assert run("suggest", out, "--on", ON.isoformat(), "--json").rows == [], "who has support is suggested no more"
