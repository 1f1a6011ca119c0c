"""The whole proof run in the Excel for tests, and that it says so where something does not hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from addin.desktop.host import buttons
from addin.desktop.prove.page import page
from addin.desktop.prove.proof import State
from addin.desktop.prove.run import prove
from tests.addin.engine.desk import without_print_titles
from tests.addin.engine.excel import excel

OPENED = ("a tracker with functions", "report parent report", "the add-in")
"""Whole trackers take LibreOffice some seconds each, so one of them stands for all here."""


@pytest.mark.office
def test_everything_holds_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with excel(), without_print_titles():
        proof = prove(learners=4, kinds=OPENED)
    assert [(one.what, one.words, one.differences) for one in proof.trials if one.state is State.DIFFERS] == []
    tried = {one.what for one in proof.trials}
    assert set(buttons.BY_ID) <= tried and set(OPENED) <= tried
    assert proof.count(State.NOT_HERE) == 1, "only an Excel for Windows can call the functions"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("mentorbook-proof")] == []
    told = json.loads(proof.as_json())
    assert told["counts"]["holds"] == len(proof.trials) - 1
    shown = page(proof, date(2026, 11, 27))
    assert f"Of {len(proof.trials)} trials" in shown and shown.count("<tr class=") == len(proof.trials)
