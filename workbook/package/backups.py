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
    return [*found, *(after for _, after in written_into(place))]


def written_into(path: Path) -> list[tuple[Path, Path]]:
    """What was written into a workbook, the last first: the backup of what was there, and the workbook as written.

    More than one is left only where a run was killed: then the first may not have come to its end.
    """
    place = Path(os.path.realpath(path))
    name = re.compile(
        r"\." + re.escape(place.stem) + r" \(as written after (.*)\)" + re.escape(place.suffix), re.IGNORECASE
    )
    found = []
    with suppress(OSError):
        for one in place.parent.iterdir():
            told = name.fullmatch(one.name)
            if told:
                before = place.with_name(f"{place.stem} (backup {told[1]}){place.suffix}")
                found.append((one.stat().st_mtime_ns, before, one))
    return [(before, after) for _, before, after in sorted(found, reverse=True)]


def _plain(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def remember(place: Path, coming: Path, backup: Path) -> Path | None:
    """Keep what is coming in a workbook's place, hidden beside it: so what was written can be told from later work.

    This is done before the renaming: what an earlier run wrote is remembered as well until `forget_written`, and
    `left_by` sees which of them stands. None where the drive has no room.
    """
    when = backup.stem.rpartition("(backup ")[2]
    after = place.with_name(f".{place.stem} (as written after {when}{place.suffix}")
    with suppress(OSError):
        after.unlink(missing_ok=True)
        return _second(coming, after, leaving=False)
    return None


def forget_written(path: Path, but: Path | None = None) -> None:
    """Take away what is remembered as written into a workbook, ``but`` one."""
    for _, after in written_into(path):
        if after != but:
            with suppress(OSError):
                after.unlink()


def left_by(path: Path) -> tuple[Path | None, Path | None]:
    """The workbook before and after what was written into it last; None where either is gone.

    What a run was killed over just before it took the workbook's place was not written.
    """
    for before, after in written_into(path):
        there = before.is_file()
        if not there or before.read_bytes() != path.read_bytes():
            return before if there else None, after
    return None, None


def thin_out(path: Path, on: date, most: int, days: int) -> list[Path]:
    """Take away backups beyond the newest ``most``, and those older than ``days``; the newest stays. Gives the gone.

    One of a day to come (a computer's clock was wrong) neither goes nor counts, so that none of today goes for it.
    """
    gone = []
    for place, (day, _, backup) in enumerate(one for one in backups_of(path) if one[0] <= on):
        if place and (place >= most or (on - day).days > days):
            with suppress(OSError):
                backup.unlink()
                gone.append(backup)
    return gone
