"""What one run of a command has read and kept: so that no command writes over what it reads, or loses what was there,
and none that may write leaves what a run that was killed has left.

A command begins a run; everything below it that reads or writes a file tells the run by itself. Outside a command
(in Excel, in a browser, in tests) there is no run, and nothing is noted.
"""

from __future__ import annotations

import os
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbook.model.problem import CannotDo
from workbook.package.backups import backups_of, thin_out
from workbook.package.beside import sweep


@dataclass
class Run:
    """One run: its day (which stands in the names of backups), the files it read, the backups it kept."""

    on: date
    kept: list[Path] = field(default_factory=list)
    rung: set[Path] = field(default_factory=set)
    """The workbooks of which it kept a backup in their ring."""
    written: set[Path] = field(default_factory=set)
    """The files it wrote, where they really are."""
    rings: dict[Path, Callable[[], tuple[int, int]]] = field(default_factory=dict)
    """How many backups a workbook keeps, and for how many days, as its Settings say; asked where one more is kept."""
    writes: bool = False
    """Whether it may change files: then, at its end, it clears away what runs that were killed have left."""
    only_shows: bool = False
    _read: dict[object, Path] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _open_to: int = 0o777
    _goals: set[Path] = field(default_factory=set)
    _folders: list[Path] = field(default_factory=list)

    def note(self, path: Path, private: bool) -> None:
        """Remember a file that is read, and to whom it is open."""
        with suppress(OSError):
            found = path.stat()
            self._read.setdefault((found.st_dev, found.st_ino), path)
            if private:
                self._open_to &= stat.S_IMODE(found.st_mode) | 0o700
        folded = _folded(path)
        self._read.setdefault(folded, path)
        self._names.add(Path(folded).name)

    def reads(self, path: Path) -> Path | None:
        """The file of this run that ``path`` is: by another link, in other letters or another form of Unicode too."""
        with suppress(OSError):
            found = path.stat()
            if (found.st_dev, found.st_ino) in self._read:
                return self._read[found.st_dev, found.st_ino]
        if _fold(path.name) not in self._names and not path.is_symlink():
            return None  # whatever its folders are links to
        return self._read.get(_folded(path))

    def clear_up(self) -> None:
        """Sweep the folders that this run read from or was to write to, and the computer's for things on their way."""
        if not self.writes or self.only_shows:
            return
        files = [*self._read.values(), *self._goals]
        places = {Path(os.path.realpath(one)).parent for one in files} | self._goals
        for folder in places | {one.parent for one in self.written} | {Path(tempfile.gettempdir())}:
            sweep(folder)
        for place in self.rung:
            self.thin(place)

    def leave_no_empty_folder(self) -> None:
        """Take away the folders that it made and put nothing into."""
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def thin(self, place: Path) -> int:
        """Take away the backups of a workbook that Settings no longer keep, its own or else those of the tracker that
        the run is about; gives how many went.
        """
        ring = self.rings.get(Path(os.path.realpath(place))) or next(iter(self.rings.values()), None)
        return len(thin_out(place, self.on, *ring())) if ring is not None and len(backups_of(place)) > 1 else 0


_CURRENT: ContextVar[Run | None] = ContextVar("run", default=None)


@contextmanager
def beginning(on: date) -> Iterator[Run]:
    """A run of a command on a day."""
    run = Run(on)
    before = _CURRENT.set(run)
    try:
        yield run
    finally:
        run.clear_up()
        run.leave_no_empty_folder()
        _CURRENT.reset(before)


def current() -> Run | None:
    """The run that is on, if any."""
    return _CURRENT.get()


def may_write(goal: Path | None = None) -> Run | None:
    """Tell the run, which is given, that it may change files, or make ``goal``, a file or a folder."""
    run = current()
    if run is not None:
        run.writes = True
        run._goals |= {goal} if goal is not None else set()
    return run


def only_shows() -> None:
    """Tell the run that it changes nothing, whatever else it is told."""
    run = current()
    if run is not None:
        run.only_shows = True


def note_ring(path: Path, ring: Callable[[], tuple[int, int]]) -> None:
    """Tell the run how a tracker keeps its backups."""
    run = current()
    if run is not None:
        run.rings[Path(os.path.realpath(path))] = ring


def note_folder(folder: Path) -> None:
    """Tell the run that it made a folder; of several, the one that the others lie in first."""
    run = current()
    if run is not None:
        run._folders.append(folder)


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
    return _fold(os.path.realpath(path))


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
