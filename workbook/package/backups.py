"""Backups of a workbook: dated copies beside it, ``NAME (backup 2026-09-14).xlsx``, and a ring of so many of them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from workbook.model.problem import CannotDo
from workbook.package.beside import beside

_MOST_OF_A_DAY = 1000


def keep(path: Path, on: date, *, aside: bool = False, leaving: bool = False) -> Path:
    """Keep a file as it is under the date ``on``, counting on where that name is taken; gives the backup's path.

    With ``aside`` it is kept under its own name in a folder ``Replaced 2026-09-14``. A file that is ``leaving``, since
    another takes its name at once, only gets a second name, where the drive can do that. Rights and time stay.
    """
    try:
        for backup in _names(path, on, aside):
            with suppress(FileExistsError):
                if aside:
                    backup.parent.mkdir(exist_ok=True)
                return _second(path, backup, leaving)
    except OSError as error:
        raise CannotDo(
            f"No backup of {path.name} could be kept beside it ({error.strerror}), so nothing was changed: make room "
            "in the folder, or write to another file with --out."
        ) from error
    raise CannotDo(f"There are a thousand backups of {path.name} of this day: move them to another folder.")


def _names(path: Path, on: date, aside: bool) -> Iterator[Path]:
    for number in range(1, _MOST_OF_A_DAY):
        again = f" {number}" if number > 1 else ""
        if aside:
            yield path.with_name(f"Replaced {on.isoformat()}{again}") / path.name
        else:
            yield path.with_name(f"{path.stem} (backup {on.isoformat()}{again}){path.suffix}")


def _second(path: Path, backup: Path, leaving: bool) -> Path:
    if leaving and not backup.exists():
        with suppress(OSError, NotImplementedError, AttributeError):
            os.link(path, backup)
            return backup
    if backup.exists():
        raise FileExistsError(backup)
    temporary = beside(backup)  # half a backup is never seen under its name
    try:
        with temporary.open("xb") as out:
            temporary.chmod(0o600)
            with path.open("rb") as file:
                shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        shutil.copystat(path, temporary)
        _take_name(temporary, backup)
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def _take_name(temporary: Path, name: Path) -> None:
    """Give a file its name; FileExistsError where somebody else has taken it meanwhile."""
    try:
        os.link(temporary, name)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # a drive without second names
        if name.exists():
            raise FileExistsError(name) from None
        temporary.rename(name)


def backups_of(path: Path) -> list[tuple[date, int, Path]]:
    """The dated backups beside a workbook, the newest first: day, number on that day, path."""
    name = re.compile(
        re.escape(path.stem) + r" \(backup (\d{4}-\d\d-\d\d)(?: (\d+))?\)" + re.escape(path.suffix), re.IGNORECASE
    )
    found = []
    with suppress(OSError):
        for one in path.parent.iterdir():
            told = name.fullmatch(one.name)
            if told:
                with suppress(ValueError):
                    found.append((date.fromisoformat(told[1]), int(told[2] or 1), one))
    return sorted(found, key=lambda one: one[:2], reverse=True)


def copies_of(path: Path) -> list[Path]:
    """Every copy of a workbook that Mentorbook has kept beside it, whatever its day: backups, what was replaced, the
    copies of the ribbon's button, and what was written last.
    """
    place = Path(os.path.realpath(path))
    stamped = re.compile(re.escape(place.stem) + r" \d{4}-\d\d-\d\d \d{6}" + re.escape(place.suffix), re.IGNORECASE)
    found = [one for _, _, one in backups_of(place)]
    with suppress(OSError):
        found += sorted(place.parent.glob(f"Replaced ????-??-??*/{_plain(place.name)}"))
        found += sorted(one for one in (place.parent / "backups").iterdir() if stamped.fullmatch(one.name))
    after = place.with_name(_after(place))
    return [*found, *(one for one in (after, after.with_suffix(".txt")) if one.is_file())]


def _plain(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def remember(path: Path, backup: Path) -> None:
    """Keep a workbook as it was just written, hidden beside it: so what was written can be told from later work."""
    after = path.with_name(_after(path))
    with suppress(OSError):
        after.with_suffix(".txt").unlink(missing_ok=True)  # first: without it nothing is said of what was written
        after.unlink(missing_ok=True)
        _second(path, after, leaving=False)
        after.with_suffix(".txt").write_text(backup.name, encoding="utf-8")


def left_by(path: Path) -> tuple[Path | None, Path | None]:
    """The workbook before and after what was written into it last; None where either is gone."""
    after = Path(os.path.realpath(path)).with_name(_after(Path(os.path.realpath(path))))
    try:
        before = after.with_name(after.with_suffix(".txt").read_text(encoding="utf-8").strip())
    except (OSError, UnicodeError):
        return None, None
    return before if before.is_file() else None, after if after.is_file() else None


def _after(path: Path) -> str:
    return f".{path.stem} (as written){path.suffix}"


def thin_out(path: Path, on: date, most: int, days: int) -> list[Path]:
    """Take away backups beyond the newest ``most``, and those older than ``days``; the newest stays. Gives the gone."""
    gone = []
    for place, (day, _, backup) in enumerate(backups_of(path)):
        if place and (place >= most or (on - day).days > days):
            with suppress(OSError):
                backup.unlink()
                gone.append(backup)
    return gone
