"""The bytes of a file that a person named: read once, or refused with what is wrong with the name or the place."""

from __future__ import annotations

import difflib
from pathlib import Path

from workbook.model.problem import CannotDo
from workbook.package.run import note_input

MEGABYTE = 1024 * 1024
MAX_FILE = 300 * MEGABYTE


def bytes_of(path: Path) -> bytes:
    """The content of an ordinary file; raises `CannotDo` where there is none, or it is empty or far too large."""
    try:
        if path.is_dir():
            raise CannotDo(f"{path} is a folder: name the workbook inside it{_example(path)}.")
        if not path.exists():
            raise CannotDo(f"There is no file {path}: check the name and the folder{_nearest(path)}.")
        if not path.is_file():
            raise CannotDo(f"{path} is not an ordinary file: name a workbook (.xlsx or .xlsm).")
        size = path.stat().st_size
        if size == 0:
            raise CannotDo(f"{path.name} is empty (0 bytes): take it again from where it came, or let OneDrive finish.")
        if size > MAX_FILE:
            raise CannotDo(
                f"{path.name} has {size // MEGABYTE} MB, more than a workbook for this can have "
                f"({MAX_FILE // MEGABYTE} MB): check that it is the right file."
            )
        note_input(path, private=True)
        return path.read_bytes()
    except PermissionError as error:
        raise CannotDo(
            f"{path.name} may not be read: close it where it is open, or ask for the right to read it."
        ) from error
    except (OSError, ValueError) as error:
        raise CannotDo(f"{str(path)[:200]} cannot be read: check the name, the drive and the network.") from error


def _example(folder: Path) -> str:
    books = sorted(p.name for p in folder.glob("*.xls[xm]") if not p.name.startswith("~$"))
    return f", for example {books[0]}" if books else ""


def _nearest(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = [p.name for p in path.parent.glob("*.xls[xm]") if not p.name.startswith("~$")]
    close = difflib.get_close_matches(path.name, names, n=1)
    return f" (did you mean {close[0]}?)" if close else ""
