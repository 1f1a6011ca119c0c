"""A tracker handed on holds its own learners and no byte of another."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.commands.run import refused, run
from tests.trackers import write_tracker
from workbook.model import Tracker
from workbook.reading.read import read
from workbook.reports.content.proof import naming_others


@pytest.mark.slow
def test_no_byte_of_another_learner_and_nothing_that_never_leaves(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "10A.xlsx"
    assert run("hand-on", tracker, "--form", "10A", "--out", out).code == 0
    whole, part = read(tracker)["Learners"], read(out)["Learners"]
    kept = set(part["learner_id"])
    assert kept and set(part["form"]) == {"10A"}
    mine = {(first, last) for first, last in zip(part["first_name"], part["surname"], strict=True)}
    with zipfile.ZipFile(out) as package:
        text = "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    for one in whole.records():
        assert str(one["upn"]) not in text
        if one["learner_id"] in kept:
            assert str(one["learner_id"]) in text
            continue
        assert f">{one['learner_id']}<" not in text and f"{one['email']}" not in text
        if (one["first_name"], one["surname"]) not in mine:
            assert f"{one['preferred_name'] or one['first_name']} {one['surname']}" not in text
    assert run("check", out).code == 0


def test_whose_it_is_must_be_said(tracker: Path, tmp_path: Path) -> None:
    assert "--form" in refused(run("hand-on", tracker, "--out", tmp_path / "x.xlsx"))
    assert not (tmp_path / "x.xlsx").exists()


def test_notes_that_name_others_are_asked_about(tmp_path: Path) -> None:
    """Also of somebody who has left, in a row of a group, and in a row of nobody; one's own name asks nothing."""
    people = (
        ("L1", "Amira", "10A", None),
        ("L2", "Bertram", "10B", None),
        ("L3", "Cornelia", "10A", date(2026, 9, 30)),
    )
    learners = [
        {"learner_id": one, "first_name": first, "surname": "Ash", "form": form, "year": 10, "left": left}
        for one, first, form, left in people
    ]
    records = {
        "Learners": learners,
        "Progress": [
            {"learner_id": "L1", "subject": "Art", "comment": "Amira works well with Bertram and Cornelia."},
            {"learner_id": "L2", "subject": "Art", "comment": "Sits with Amira."},
        ],
        "Groups": [{"group": "Breakfast", "learner_id": "L1"}, {"group": "Lunch", "learner_id": "L2"}],
        "Interventions": [
            {
                "group": "Breakfast",
                "type": "Academic",
                "start": date(2026, 9, 21),
                "for_parents": "Bertram fetches all.",
                "reason": "As Cornelia’s was.",
                "owner": "Bertram Fry",
            },
            {"group": "Lunch", "type": "Academic", "start": date(2026, 9, 21), "for_parents": "Bertram fetches all."},
        ],
    }
    book, out = write_tracker(tmp_path / "t.xlsx", Tracker.of(records)), tmp_path / "L1.xlsx"
    ran = run("hand-on", book, "--learner", "L1", "--out", out)
    whole = read(book)
    asked = [
        (whole["Progress"].cell("comment", 0), "Bertram"),
        (whole["Progress"].cell("comment", 0), "Cornelia"),
        (whole["Interventions"].cell("reason", 0), "Cornelia"),
        (whole["Interventions"].cell("for_parents", 0), "Bertram"),
    ]
    found = naming_others(whole, ["l1"])
    assert [(one.cell, one.message.split()[0]) for one in found] == asked
    assert ran.code == 0 and "4 things to look at" in ran.out and all(cell in ran.out for cell, _ in asked), ran.out
    assert "look at the cells above" in ran.out and out.exists()
    out.unlink()
    assert run("hand-on", book, "--learner", "L1", "--out", out, "--strict").code == 1 and not out.exists()
