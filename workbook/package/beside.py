"""Files on their way: written beside their place under a name that says by which process, swept once it is gone."""

from __future__ import annotations

import itertools
import os
import platform
import re
import shutil
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

_ENDING = re.compile(r"\.(\d+)-([0-9a-f]{8})(?:-\d+)?\.part$")
_REPLACED = re.compile(r"Replaced \d{4}-\d\d-\d\d(?: \d+)?")
_COUNT = itertools.count(1)


@cache
def _here() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def beside(place: Path) -> Path:
    """A name beside `place` for a file, or a folder, that is still being made."""
    name = os.fsencode(place.name)[:100].decode(errors="ignore")
    return place.with_name(f".{name}.{os.getpid()}-{_here()}-{next(_COUNT)}.part")


def on_its_way(path: Path) -> bool:
    """Whether a file or folder has such a name."""
    return _ENDING.search(path.name) is not None


def sweep(folder: Path) -> None:
    """Take away what a run that was killed has left in a folder, and in those of replaced files that stand in it.

    What is still being made stays.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _REPLACED.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                sweep(Path(entry.path))
            found = _ENDING.search(entry.name)
            if found and _left(int(found[1]), found[2]):
                _take_away(Path(entry.path))


def _left(process: int, computer: str) -> bool:
    if process == os.getpid() or computer != _here():  # in a shared folder another computer's run may be at it
        return False
    if os.name == "nt":
        return True  # what a living process holds open cannot be removed there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _take_away(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
