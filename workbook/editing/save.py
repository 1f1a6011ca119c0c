"""Save a changed tracker so that nothing is lost: a dated backup first, then beside and renamed into place."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from workbook.model import CannotDo
from workbook.package.guard import GuardedFile
from workbook.package.parts import write_safely


def save(
    source: GuardedFile, target: Path, write: Callable[[BinaryIO], None], *, replace: bool, on: date | None
) -> Path | None:
    """Let ``write`` fill ``target``; with ``replace`` the file that is there is kept first, under the date ``on``.

    Returns the backup's path, None where there was nothing to keep. Raises CannotDo, with everything as it was, where
    a file is open in Excel, has changed since it was read, or cannot be written.
    """
    place = Path(os.path.realpath(target))  # so that a link stays a link
    if not replace or not place.exists():
        write_safely(place, write)
        return None
    if on is None:
        raise ValueError("a backup needs a date")
    marker = place.with_name("~$" + place.name)
    if marker.exists():
        raise CannotDo(f"{place.name} is open in Excel: close it there, then import again.")
    backup = keep_backup(place, on)
    same = place == Path(os.path.realpath(source.path))
    if same and backup.read_bytes() != source.data:
        raise CannotDo(f"{place.name} was saved by someone else just now, so nothing was imported: try again.")
    write_safely(place, write, replace=True)
    return backup


def keep_backup(path: Path, on: date) -> Path:
    """Copy ``path`` beside itself as ``NAME (backup 2026-09-14).xlsx``, counting on where that name is taken."""
    try:
        content = path.read_bytes()
        for number in range(1, 1000):
            again = f" {number}" if number > 1 else ""
            backup = path.with_name(f"{path.stem} (backup {on.isoformat()}{again}){path.suffix}")
            with suppress(FileExistsError):
                return _write_new(backup, content)
    except OSError as error:
        raise CannotDo(
            f"No backup of {path.name} could be kept beside it ({error.strerror}), so nothing was changed: make room "
            "in the folder, or write to another file with --out."
        ) from error
    raise CannotDo(f"There are a thousand backups of {path.name} of this day: move them to another folder.")


def _write_new(path: Path, content: bytes) -> Path:
    """Write a file that is not there yet; what was written of it goes if it cannot be finished."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
    return path
