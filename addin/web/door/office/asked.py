"""What the page must answer, and what is made of its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addin.deeds import actions
from addin.web.door import opened
from addin.web.door.office import making, snapshot
from addin.web.door.office.pressed import Pressed, Told
from workbook.model import CannotDo, CellError
from workbook.package.guard import open_guarded
from workbook.reading.cell_values import plain
from workbook.reading.read import read

NO_COPY = (
    "This Excel hands out no copy of the workbook, so nothing was changed: choose File, Save a Copy there, or use "
    "Mentorbook's page in the browser."
)


def _read(pressed: Pressed, action: actions.Read, answer: Told) -> actions.Opened:
    if "file" in answer:  # the whole workbook as a file
        file = open_guarded(opened.incoming(answer["file"]))
        tracker = read(file)
        found = actions.Opened(file.path.name, tracker, {name: one.sheet.name for name, one in tracker.tables.items()})
    else:
        found = snapshot.opened_from(answer["snapshot"], action.only)
        if action.only:
            return found
        pressed.told, pressed.opened = answer["snapshot"], found
    opened.put(found.tracker)
    return found


def _where(_: Pressed, __: actions.Where, answer: Told | None) -> actions.Place | None:
    if answer is None:
        return None
    return actions.Place(answer["sheet"], answer["row"], answer["column"], tuple(answer["rows"]))


def _cells(_: Pressed, __: actions.Cells, answer: Sequence[Told]) -> list[list[Any]]:
    found = []
    for row in answer:
        errors = {place: CellError(code) for place, code in row["errors"]}
        values = snapshot.typed(row["values"], row["dates"])
        found.append([errors.get(place, value) for place, value in enumerate(values)])
    return found


def _lines(_: Pressed, __: actions.Lines, answer: Sequence[Told] | None) -> list[list[Any]] | None:
    if answer is None:
        return None
    return [list(plain(snapshot.typed(row["values"], row["dates"]))) for row in answer]


def _kept(_: Pressed, __: actions.KeepCopy, answer: str | None) -> str:
    if answer is None:
        raise CannotDo(NO_COPY)
    return answer


ASKED: dict[type[actions.Action], Callable[[Pressed, Any], Told]] = {
    actions.Read: lambda _, one: {"do": "read", "structure": one.structure, "only": _names(one.only)},
    actions.Where: lambda *_: {"do": "where"},
    actions.Sheets: lambda *_: {"do": "sheets"},
    actions.Cells: lambda _, one: {"do": "cells", "sheet": one.sheet, "rows": one.rows, "width": one.width},
    actions.Lines: lambda _, one: {"do": "lines", "sheet": one.sheet},
    actions.LiveMark: lambda *_: {"do": "liveMark", "name": _mark_name()},
    actions.Versions: lambda *_: {"do": "versions"},
    actions.Ask: lambda _, one: {"do": "ask", "words": one.words, "buttons": one.buttons.split("_")},
    actions.KeepCopy: lambda *_: {"do": "keepCopy"},
    actions.MakeReports: making.make,
}
HEARD: dict[type[actions.Action], Callable[[Pressed, Any, Any], Any]] = {
    kind: lambda _, __, answer: answer for kind in (actions.Sheets, actions.LiveMark, actions.Versions, actions.Ask)
} | {
    actions.Read: _read,
    actions.Where: _where,
    actions.Cells: _cells,
    actions.Lines: _lines,
    actions.KeepCopy: _kept,
    actions.MakeReports: making.made,
}


def _mark_name() -> str:
    from workbook.measures.entries_mark import NAME

    return NAME


def _names(only: Sequence[str]) -> list[str]:
    """The names in small letters of some tables and of their sheets; none for all."""
    from workbook.model import sheet

    return sorted({name.casefold() for one in only for name in (one, sheet(one).name)})
