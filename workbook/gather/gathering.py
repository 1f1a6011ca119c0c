"""Gather every tracker below a folder into a set: on this computer's cores, or on a Dask cluster that is there.

Each tracker is read, worked out and written by itself, and only its line of the list comes back: memory does not grow
with the number of trackers, and what one of them says does not depend on who read it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workbook.gather.kept import rows_of
from workbook.gather.parts import (
    LIST,
    NEEDS_SCALE,
    NOT_TRACKER,
    READ,
    REFUSED,
    SetList,
    Source,
    load,
    save,
    workbooks_below,
    write_tables,
)
from workbook.model import CannotDo
from workbook.package.file_bytes import require_ordinary
from workbook.package.folders import filled

_STRANGER = "has none of a tracker's sheets"


@dataclass(frozen=True)
class Task:
    """One workbook to gather: all that a process or another computer needs to know."""

    path: str
    file: str
    out: str
    on: date | None = None
    secret: bytes | None = None
    outcomes: tuple[str, ...] | None = None
    """With what it takes to judge rules over years, and these columns of Learners as outcomes."""
    known: str = ""
    """The digest at which it was gathered last; the same again means nothing to do."""


def gather(
    folder: Path,
    out: Path,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    on: date | None = None,
    secret: bytes | None = None,
    outcomes: Sequence[str] | None = None,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[SetList, int]:
    """Bring the set in ``out`` up to date with the trackers below ``folder``; gives it and how many were read anew.

    ``on`` is the day of the figures, else each tracker's own last day. With ``secret`` learners and mentors are keys.
    ``outcomes`` (columns of Learners, or none) adds what `workbook.gather.backtest` needs.
    ``scheduler`` is the address of a Dask cluster whose workers see the same files. ``told`` hears how many are done.
    Raises CannotDo where the folder or the packages are missing, or the set was made in another way.
    """
    if not folder.is_dir():
        raise CannotDo(f"There is no folder {folder}: name the folder that holds the trackers.")
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise CannotDo(NEEDS_SCALE) from error
    how = {"on": on.isoformat() if on else "", "keys": hashlib.sha256(secret).hexdigest()[:12] if secret else "",
           "outcomes": "" if outcomes is None else ", ".join(["look back", *outcomes])}  # fmt: skip
    before = _before(out, how)
    kept_back = None if outcomes is None else tuple(outcomes)
    with filled(out):
        tasks = [
            Task(
                str(path),
                file,
                str(out),
                on,
                secret,
                kept_back,
                before[file].digest if file in before else "",
            )
            for path in workbooks_below(folder, out)
            for file in (path.relative_to(folder).as_posix(),)
        ]
        found: dict[str, Source] = {}
        anew = 0
        for done, (task, source) in enumerate(_carried_out(tasks, jobs, scheduler), start=1):
            anew += source is not None
            found[task.file] = source or before[task.file]
            told(done, len(tasks))
        kept = SetList(tuple(found[task.file] for task in tasks), how)
        save(out, kept)
        return kept, anew


def gather_one(task: Task) -> Source | None:
    """Read, work out and write one tracker; None where it has not changed. One that cannot be read is told with why."""
    try:
        require_ordinary(Path(task.path), "tracker")
        content = Path(task.path).read_bytes()
    except CannotDo as why:
        return Source(task.file, REFUSED, why=str(why))
    except OSError as error:
        return Source(task.file, REFUSED, why=f"{Path(task.path).name} cannot be opened: {error.strerror or error}.")
    digest = hashlib.sha256(content).hexdigest()
    if digest == task.known:
        return None
    source = Source(task.file, READ, digest)
    try:
        return _gathered(task, source)
    except OSError:  # the set could not be written, which is no fault of the tracker
        raise
    except CannotDo as why:
        return replace(source, state=NOT_TRACKER if _STRANGER in str(why) else REFUSED, why=str(why))
    except Exception as error:
        name = Path(task.path).name
        return replace(source, state=REFUSED, why=f"{name} holds something unexpected ({type(error).__name__}).")


def _gathered(task: Task, source: Source) -> Source:
    from workbook.checks import check
    from workbook.measures.data_date import last_date
    from workbook.reading.read import read

    tracker = read(task.path)
    day = task.on or last_date(tracker)
    problems = check(tracker, task.on)
    year = f"{tracker.year[0].year}-{tracker.year[1].year % 100:02d}"
    about = replace(source, year=year, on=day.isoformat(), problems=len(problems), learners=len(tracker["Learners"]))
    return write_tables(Path(task.out), about, rows_of(tracker, day, problems, task.outcomes), task.secret)


def _before(out: Path, how: dict[str, str]) -> dict[str, Source]:
    if not (out / LIST).exists():
        if out.exists() and any(out.iterdir()):
            raise CannotDo(f"{out} holds other files: name a new folder for the set.")
        return {}
    kept = load(out)
    if dict(kept.how) != how:
        raise CannotDo(
            f"The set {out.name} was gathered for another day, with other keys or outcomes: name a new folder."
        )
    return {one.file: one for one in kept.sources}


def _carried_out(tasks: Sequence[Task], jobs: int, scheduler: str | None) -> Iterator[tuple[Task, Source | None]]:
    if scheduler:
        yield from _on_cluster(tasks, scheduler)
    elif jobs < 2 or len(tasks) < 2:
        yield from ((task, gather_one(task)) for task in tasks)
    else:
        yield from _on_cores(tasks, jobs)


def _on_cores(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, Source | None]]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(jobs, os.cpu_count() or 1, 61), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(gather_one, task): task for task in tasks}
        for done in as_completed(waiting):
            yield waiting.pop(done), done.result()


def _on_cluster(tasks: Sequence[Task], address: str) -> Iterator[tuple[Task, Source | None]]:
    try:
        from distributed import Client, as_completed  # it ships no types
    except ImportError as error:
        raise CannotDo(NEEDS_SCALE) from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise CannotDo(f"No Dask scheduler answers at {address}: start one, or leave --scheduler away.") from error
    with client:
        futures = client.map(gather_one, tasks, pure=False, retries=1)
        by_key = {future.key: task for future, task in zip(futures, tasks, strict=True)}
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
            yield by_key[future.key], future.result()
