"""Good and spoilt workbooks for the tests of bad input, and how a refusal is judged."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from workbook.model import CannotDo, Tracker, defaults, sheet
from workbook.model.tracker import Table
from workbook.reading.read import read

SECONDS, MEGABYTES = 5, 1024
"""Of the processor, so that a busy machine does not fail the tests."""


def learners(count: int = 3) -> Tracker:
    tracker = defaults.new()
    rows = [
        {"learner_id": f"L{n:03}", "first_name": "A", "surname": "B", "year": 10, "form": "10A"} for n in range(count)
    ]
    tracker.tables["Learners"] = Table.of(sheet("Learners"), rows)
    return tracker


def refusal(path: Path) -> str:
    """The one sentence that a file is refused with."""
    start = time.process_time()
    with pytest.raises(CannotDo) as caught:
        read(path)
    assert time.process_time() - start < SECONDS
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text and ". " not in text.replace("e. ", "")
    assert ":" in text, "says what to do"
    return text


def with_parts(source: Path, target: Path, **changed: bytes | None) -> Path:
    """A copy of a workbook with some parts changed (by the end of their name) or left out (None)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            name = info.filename
            match = next((key for key in changed if name.replace("/", "_").replace(".", "_").endswith(key)), None)
            if match is None:
                new.writestr(name, old.read(name))
            elif changed[match] is not None:
                new.writestr(name, changed[match] or b"")
    return target
