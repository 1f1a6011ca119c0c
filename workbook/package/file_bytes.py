"""The bytes of a file that a person named: read once, or refused with what is wrong with the name or the place."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import NoReturn

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
            _refuse_missing(path, _nearest(path))
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


def side_bytes(path: Path, what: str, most: int = MEGABYTE, *, private: bool = False) -> bytes:
    """The content of an ordinary file that is no workbook, as ``what`` it is named ("map", "password file").

    Raises `CannotDo` where it is a folder, a pipe or a device, is not there or may not be read, or is larger.
    """
    try:
        require_ordinary(path, what)
        if path.stat().st_size > most:
            size = f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // 1024} KB"
            raise CannotDo(f"{path.name} has more than {size}, too much for a {what}: check that it is the right file.")
        note_input(path, private=private)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be"
        raise CannotDo(f"The {what} {str(path)[:200]} could not be read ({why}): close it and try again.") from error


def require_ordinary(path: Path, what: str) -> None:
    """Raise `CannotDo` for what is no ordinary file: reading a pipe or a device might never end."""
    if path.is_dir():
        raise CannotDo(f"{path} is a folder: name the {what} inside it.")
    if not path.exists():
        _refuse_missing(path)
    if not path.is_file():
        raise CannotDo(f"{path} is not an ordinary file: name the {what} itself.")


def _refuse_missing(path: Path, near: str = "") -> NoReturn:
    if path.is_symlink():
        raise CannotDo(f"{path} is a link, and what it leads to is not there: name the file itself.")
    raise CannotDo(f"There is no file {path}: check the name and the folder{near}.")


def _example(folder: Path) -> str:
    books = sorted(p.name for p in folder.glob("*.xls[xm]") if not p.name.startswith("~$"))
    books = [name for name in books if " (backup " not in name] or books
    return f", for example {books[0]}" if books else ""


def _nearest(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = [p.name for p in path.parent.glob("*.xls[xm]") if not p.name.startswith("~$")]
    close = difflib.get_close_matches(path.name, names, n=1)
    return f" (did you mean {close[0]}?)" if close else ""
