"""A write killed at any step: what can be taken back afterwards is what stands in the tracker, never an older write."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.trackers import write_tracker
from workbook.editing.edit import TableChange, edit
from workbook.model import Tracker
from workbook.package.backups import left_by

DAY = date(2026, 11, 28)
ROW = {"learner_id": "L1", "first_name": "Amira", "surname": "Ash", "form": "10A", "year": 10}


def called(book: Path, name: str) -> bytes:
    edit(book, book, {"Learners": TableChange({5: {"first_name": name}})}, replace=True, on=DAY)
    return book.read_bytes()


def killed(book: Path, name: str, at: int) -> bool:
    """Write a name in a process that is killed at a step: anything it opens, renames, links or removes is one."""
    child = os.fork()
    if child == 0:
        steps = 0

        def step(event: str, told: tuple[Any, ...]) -> None:
            nonlocal steps
            if event in ("open", "os.rename", "os.link", "os.remove", "os.chmod") and str(book.parent) in str(told[0]):
                steps += 1
                if steps == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(step)
            called(book, name)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only on Windows: no forks")
def test_what_can_be_taken_back_is_what_stands_wherever_a_write_is_killed(tmp_path: Path) -> None:
    (room := tmp_path / "room").mkdir()
    book = room / "t.xlsx"
    write_tracker(book, Tracker.of({"Learners": [ROW]}))
    old, one = book.read_bytes(), called(book, "One")
    shutil.copytree(room, whole := tmp_path / "whole")
    ends, step, going = set(), 0, True
    while going:
        shutil.rmtree(room)
        shutil.copytree(whole, room)
        step += 1
        going = killed(book, "Two", step)
        before, after = left_by(book)
        assert before and after, step
        now = book.read_bytes()
        assert after.read_bytes() == now and before.read_bytes() == (old if now == one else one), step
        ends.add(now == one)
    assert ends == {True, False} and step > 10
    kept = [path.name for path in room.iterdir() if path.name.startswith(".")]
    assert len(kept) == 1, "what was written before is not kept for ever"
