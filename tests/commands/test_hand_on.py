"""A tracker handed on holds its own learners and no byte of another."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.commands.run import refused, run
from workbook.reading.read import read


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
