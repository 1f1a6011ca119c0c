"""Folders that results go to: made where they are not there, and as they were where nothing comes of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.model.problem import CannotDo
from workbook.package.beside import beside, sweep
from workbook.package.run import note_folder


def make_folder(folder: Path) -> None:
    """Make a folder, and those it lies in, where they are not there; at the end of the run those without a file go.

    CannotDo where that cannot be.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"The folder {folder} could not be made ({error.strerror}): choose another.") from error
    for one in reversed(missing):
        note_folder(one)


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """The folder, made where it is not there, to be filled: where that fails it holds nothing if it held nothing."""
    make_folder(folder)
    empty = not any(folder.iterdir())
    try:
        yield folder
    except BaseException:
        for one in list(folder.iterdir()) if empty else ():
            _take_away(one)
        raise


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A room inside the folder in which to make all that it is to hold; only then what it held gives way."""
    make_folder(folder)
    sweep(folder)
    room = beside(folder / "made")
    room.mkdir()
    try:
        yield room
        for old in folder.iterdir():
            if old != room:
                _take_away(old)
        for new in room.iterdir():
            new.replace(folder / new.name)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
