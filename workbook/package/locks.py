"""Who else has a file: Excel's and LibreOffice's signs that it is open, and a lock between two runs of our own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.model.problem import CannotDo

_SIGNS = (("~$", "", "Excel"), (".~lock.", "#", "LibreOffice"))


def require_closed(*places: Path) -> None:
    """Raise CannotDo where a file, under any of its names, is open in Excel or LibreOffice."""
    for place in dict.fromkeys(places):
        for before, after, program in _SIGNS:
            sign = place.with_name(before + place.name + after)
            if sign.exists():
                raise CannotDo(
                    f"{place.name} is open in {program}: close it there, then run this again; if it is open nowhere, "
                    f"a crash has left the file {sign.name} behind, so delete that."
                )


@contextmanager
def held(place: Path) -> Iterator[None]:
    """A lock on the file at a place, if there is one, which waits for other runs that hold it."""
    try:
        import fcntl
    except ImportError:  # a browser, or Windows, where a file that is being renamed over cannot be held open
        yield
        return
    handle = None
    try:
        while handle is None:
            with suppress(FileNotFoundError):
                handle = os.open(place, os.O_RDONLY)
            if handle is None:
                break
            with suppress(OSError):  # some network drives know no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
            if not _still(handle, place):
                os.close(handle)
                handle = None
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _still(handle: int, place: Path) -> bool:
    """Whether the file held is still the one at its place, and not one that was renamed over meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return True
