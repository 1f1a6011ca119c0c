"""Files written so that nothing is lost: beside their place, then renamed into it; a workbook that was there is kept.

Half a file is never seen. What a killed run left beside is swept by the next. A file that is open in Excel or
LibreOffice, or was saved by somebody since it was read, stays as it is. Rights stay as they were.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from workbook.model.problem import CannotDo
from workbook.package import run as runs
from workbook.package.backups import forget_written, keep, remember
from workbook.package.beside import beside, on_its_way, sweep
from workbook.package.guard import GuardedFile
from workbook.package.locks import held, require_closed

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"})
Content = Callable[[BinaryIO], object] | bytes
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_NOT_HELD = nullcontext()


def write_safely(
    path: Path,
    write: Content,
    *,
    replace: bool = False,
    source: GuardedFile | None = None,
    on: date | None = None,
    aside: bool = False,
    home: Path | None = None,
) -> Path | None:
    """Let `write` fill a file beside `path` (or write these bytes), then rename it into place: all of it or nothing.

    With `replace` what is there is written over; a workbook is first kept under the day of the run, or `on`, beside
    it, or with `aside` in a folder of that day: the path of this backup is returned. `source` is the file that the
    content was made from: it alone may be written over in place, only as it was when it was read, and what was written
    into it can be told later (`backups.left_by`). `home` is its folder as `settled` gives it, where many go there.
    Raises CannotDo, with everything as it was, where any of this cannot be.
    """
    place, there = _place(path, home or settled(path.parent))
    run = runs.current()
    if source is not None and on is None and run is None and replace:
        raise ValueError("a backup needs a date")
    if there and not replace:
        raise CannotDo(f"{path} is already there: choose another name or say --replace.")
    same = source is not None and there and place == Path(os.path.realpath(source.path))
    if not same:
        runs.refuse_input(path)
    if there:
        require_closed(path, place)
    temporary, backup, written = beside(place), None, None
    try:
        _fill(temporary, write, _mode(place if there else None, source), new=not there, lasting=not aside)
        with held(place) if there else _NOT_HELD:
            if same and source is not None and place.read_bytes() != source.data:
                raise CannotDo(f"{path.name} was saved by someone else just now, so nothing was written: try again.")
            backup = _kept(place, temporary, on, aside, same) if there else None
            if same and backup is not None:
                written = remember(place, temporary, backup)
            os.replace(temporary, place)  # noqa: PTH105 (a path of what it gives back would cost as much again)
        if backup is not None and not aside:
            forget_written(place, but=written)
        _note(place, backup, aside)
        return backup
    except BaseException as error:
        for unwanted in filter(None, (temporary, backup, written)):
            with suppress(OSError):
                unwanted.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refusal(path, error) from error
        raise


def settled(folder: Path) -> Path:
    """The real place of a folder that files are to go to, swept."""
    place = Path(os.path.realpath(folder))
    sweep(place)
    return place


def _place(path: Path, home: Path) -> tuple[Path, bool]:
    """Where a file of the folder `home` really is, so that a link stays a link, and whether it is there."""
    place = home / path.name
    try:
        found = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return place, False
    if not stat.S_ISLNK(found.st_mode):
        return place, True
    place = Path(os.path.realpath(place))
    sweep(place.parent)
    return place, place.exists()


def _fill(temporary: Path, write: Content, mode: int, *, new: bool, lasting: bool) -> None:
    """Write the file that is to be: no more open than it may be from the first byte on."""
    handle = os.open(temporary, _NEW_FILE, mode if new else 0o600)
    try:
        if isinstance(write, bytes):
            while write:
                write = write[os.write(handle, write) :]
        else:
            with os.fdopen(handle, "wb", buffering=1 << 16, closefd=False) as file:
                write(file)
        if lasting:
            os.fsync(handle)
    finally:
        os.close(handle)
    if not new:
        temporary.chmod(mode)


def _mode(there: Path | None, source: GuardedFile | None) -> int:
    """The rights of the file that is there; a new one is open to no more people than what it is made from, and than
    the system lets new files be.
    """
    if there is not None:
        return stat.S_IMODE(there.stat().st_mode)
    mode = 0o666 & runs.allowed_mode()
    if source is not None:
        with suppress(OSError):
            mode &= stat.S_IMODE(source.path.stat().st_mode) | 0o700
    return mode


def _kept(place: Path, new: Path, on: date | None, aside: bool, read: bool) -> Path | None:
    """The backup of a workbook that is about to be written over; None where it stays as it is, or is none.

    What was ``read`` as a workbook is one, whatever its name ends in.
    """
    run = runs.current()
    day = on or (run.on if run is not None else None)
    is_book = read or place.suffix.lower() in WORKBOOKS
    if not is_book or day is None or (run is not None and place in run.written):
        return None  # no workbook, or written by no command, or by this very one
    if place.stat().st_size == new.stat().st_size and place.read_bytes() == new.read_bytes():
        return None
    return keep(place, day, aside=aside, leaving=True)


def _note(place: Path, backup: Path | None, aside: bool) -> None:
    run = runs.current()
    if run is not None:
        run.written.add(place)
        if backup is not None:
            run.kept.append(backup)
            run.rung |= set() if aside else {place}


def _refusal(path: Path, error: OSError) -> CannotDo:
    if on_its_way(path.parent):
        return CannotDo(
            f"{path.parent.parent}, this computer's folder for files being made, took none ({error.strerror}), "
            "so nothing was changed: make room there."
        )
    return CannotDo(
        f"{path} could not be written ({error.strerror}), and what was there is as it was: close it, make room, or "
        "choose another folder."
    )
