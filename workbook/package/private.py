"""A folder that only its owner can look into, for what must not lie about while it is being made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbook.package.beside import beside, sweep


@contextmanager
def private_folder() -> Iterator[Path]:
    """An empty folder in the computer's own folder for such things, gone at the end; a killed run's is swept."""
    home = Path(tempfile.gettempdir())
    sweep(home)
    room = beside(home / "mentorbook")
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
