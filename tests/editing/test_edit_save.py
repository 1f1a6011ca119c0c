"""A changed tracker is saved so that nothing is lost."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from tests.editing.edit_workbook import NEW, make_workbook
from workbook.editing.edit import TableChange, edit
from workbook.model import CannotDo
from workbook.package import backups
from workbook.reading.read import read

MONDAY = date(2026, 9, 14)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return make_workbook(tmp_path / "tracker.xlsx")


def test_replacing_keeps_a_dated_backup_and_never_an_older_one_lost(tracker: Path) -> None:
    first = tracker.read_bytes()
    change = {"Learners": TableChange(added=[NEW])}
    assert edit(tracker, tracker, {"Learners": TableChange()}, replace=True, on=MONDAY) is None
    with pytest.raises(CannotDo, match="already there"):
        edit(tracker, tracker, change)
    backup = edit(tracker, tracker, change, replace=True, on=MONDAY)
    second = tracker.read_bytes()
    again = edit(tracker, tracker, change, replace=True, on=MONDAY)
    assert backup and backup.name == "tracker (backup 2026-09-14).xlsx" and backup.read_bytes() == first
    assert again and again.name == "tracker (backup 2026-09-14 2).xlsx" and again.read_bytes() == second
    assert len(read(tracker)["Learners"]) == 4


def test_a_full_disk_loses_nothing(tracker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, names = tracker.read_bytes(), set(tracker.parent.iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for owner, name, words in (
        (backups, "_second", r"No backup .* so nothing was changed"),
        (os, "fsync", "could not be written"),
        (os, "replace", "could not be written"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, full)
            with pytest.raises(CannotDo, match=words):
                edit(tracker, tracker, {"Learners": TableChange(added=[NEW])}, replace=True, on=MONDAY)
        assert tracker.read_bytes() == before
        assert set(tracker.parent.iterdir()) == names


def test_a_tracker_open_in_excel_is_left_alone(tracker: Path) -> None:
    (tracker.parent / "~$tracker.xlsx").write_bytes(b"owner")
    with pytest.raises(CannotDo, match="open in Excel"):
        edit(tracker, tracker, {"Learners": TableChange(added=[NEW])}, replace=True, on=MONDAY)
