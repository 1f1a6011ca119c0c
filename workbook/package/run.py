"""What one run of a command has read and kept: so that no command writes over what it reads, or loses what was there.

A command begins a run; everything below it that reads or writes a file tells the run by itself. Outside a command
(in Excel, in a browser, in tests) there is no run, and nothing is noted.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbook.model.problem import CannotDo


@dataclass
class Run:
    """One run: its day (which stands in the names of backups), the files it read, the backups it kept."""

    on: date
    kept: list[Path] = field(default_factory=list)
    written: set[Path] = field(default_factory=set)
    _read: dict[object, Path] = field(default_factory=dict)
    _open_to: int = 0o777

    def note(self, path: Path, private: bool) -> None:
        """Remember a file that is read, and to whom it is open."""
        with suppress(OSError):
            found = path.stat()
            self._read.setdefault((found.st_dev, found.st_ino), path)
            if private:
                self._open_to &= stat.S_IMODE(found.st_mode) | 0o700
        self._read.setdefault(_folded(path), path)

    def reads(self, path: Path) -> Path | None:
        """The file of this run that ``path`` is: by another link, in other letters or another form of Unicode too."""
        with suppress(OSError):
            found = path.stat()
            if (found.st_dev, found.st_ino) in self._read:
                return self._read[found.st_dev, found.st_ino]
        return self._read.get(_folded(path))


_CURRENT: ContextVar[Run | None] = ContextVar("run", default=None)


@contextmanager
def beginning(on: date) -> Iterator[Run]:
    """A run of a command on a day."""
    before = _CURRENT.set(Run(on))
    try:
        run = _CURRENT.get()
        assert run is not None
        yield run
    finally:
        _CURRENT.reset(before)


def current() -> Run | None:
    """The run that is on, if any."""
    return _CURRENT.get()


def note_input(path: Path, *, private: bool = False) -> None:
    """Tell the run that a file is read; what is made from ``private`` ones is open to nobody else than they are."""
    run = current()
    if run is not None:
        run.note(path, private)


def refuse_input(path: Path) -> None:
    """Raise CannotDo where the run reads the very file that it is about to write."""
    run = current()
    read = run.reads(path) if run is not None else None
    if read is not None:
        raise CannotDo(f"{path} is {read.name} itself, which this reads, so nothing was written: choose another name.")


def allowed_mode() -> int:
    """The rights that a new file may have at most, given what it is made from."""
    run = current()
    return run._open_to if run is not None else 0o777


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
