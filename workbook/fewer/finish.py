"""A tracker with rows gone and cells changed, finished: all that follows from its entries is worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workbook.editing.edit import Changes, edit
from workbook.editing.written_sheet import WrittenSheet
from workbook.fewer.results import worked_out_anew
from workbook.fewer.take import Rows, without_rows
from workbook.measures.computed import computed
from workbook.model import Tracker
from workbook.package.guard import GuardedFile, guarded
from workbook.package.private import private_folder
from workbook.reading.outline import read_book
from workbook.reading.read import read


@dataclass(frozen=True)
class Makers:
    """How a tracker is made from nothing at a path, and its written sheets (Problems, Flags, My week) on a day."""

    whole: Callable[[Path, Tracker, date], object]
    written: Callable[[Tracker, date], Sequence[WrittenSheet]]


def finished(
    file: GuardedFile,
    rows: Rows,
    changes: Callable[[Tracker], Changes],
    makers: Makers,
    on: date,
    gone: Callable[[str], bool],
) -> tuple[GuardedFile, Tracker]:
    """The workbook without ``rows`` and with the ``changes`` that are asked of what is left; and what it holds.

    ``on`` is the day of the written sheets; ``gone`` says of a text chosen on one of them that it is no choice now.
    """
    left = without_rows(file, read(file), rows)
    with private_folder() as room:
        staged = room / f"tracker{file.path.suffix}"
        edit(left, staged, changes(read(left)))
        changed = _taken(staged, file.path)
        tracker = read(changed)
        there = {place.name.casefold() for one in read_book(changed).sheets for place in one.tables}
        sheets = [one for one in makers.written(tracker, on) if one.table.casefold() in there]
        again = room / f"again{file.path.suffix}"
        edit(changed, again, {}, written=sheets)
        anew = room / "anew.xlsx"
        makers.whole(anew, tracker, on)
        made = guarded(anew.read_bytes(), anew)
        lists = {one.table for one in sheets}
        done = worked_out_anew(_taken(again, file.path), tracker, computed(tracker), made, gone, lists)
    return done, tracker


def _taken(path: Path, name: Path) -> GuardedFile:
    return guarded(path.read_bytes(), name)
