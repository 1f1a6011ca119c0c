"""A button pressed in Excel: the deed begins, the page carries its actions out, and it goes on with what it hears.

An answer of the door is ``{"actions": […], "waits": bool, "words": sentence or None}``: the actions to carry out in
order, whether the last of them is to be answered by `carried`, and the sentence it all ends with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin import deeds
from addin.deeds import actions
from addin.web.door import handing, opened
from addin.web.door.office import snapshot, telling
from workbook.model import CannotDo, CellError
from workbook.package.guard import open_guarded
from workbook.reading.cell_values import plain
from workbook.reading.read import read

Told = dict[str, Any]
READ_ONLY = (
    "This tracker is open for reading only, so entries could not be kept: choose Edit above the sheet, or save a copy "
    "under another name, then press the button again."
)
LOCKED = (
    "This workbook is protected, so sheets cannot be added: choose Review, Protect Workbook to lift that, or untick In "
    "this workbook."
)
NO_COPY = (
    "This Excel hands out no copy of the workbook, so nothing was changed: choose File, Save a Copy there, or use "
    "Mentorbook's page in the browser."
)


@dataclass
class Pressed:
    """A deed on its way: what was read last, and what the page was asked last."""

    work: actions.Deed
    told: Told | None = None
    opened: actions.Opened | None = None
    asked: actions.Action | None = None
    saves: bool = True
    files: list[str] = field(default_factory=list)


_now: list[Pressed] = []


def press(button: str, choices: Mapping[str, Any], saves: bool = True) -> Told:
    """Begin what a button does. A file that it reads is named in ``path`` and was handed over before; ``saves`` is
    whether this Excel's pane can save a file.
    """
    chosen = dict(choices)
    if "path" in chosen:
        chosen["path"] = str(opened.incoming(chosen["path"]))
    _now[:] = [Pressed(deeds.DEEDS[button](**chosen), saves=saves)]
    return _go_on(_now[0], None)


def carried(answer: Any = None) -> Told:
    """Go on with the answer to the last action."""
    if not _now or _now[0].asked is None:
        raise CannotDo("That question is no longer open: press the button again.")
    pressed = _now[0]
    asked, pressed.asked = pressed.asked, None
    return _go_on(pressed, _HEARD[type(asked)](pressed, asked, answer))


def take(told: Told) -> Told:
    """Take the open tracker up for looking: what the lists beside the sheet ask for then is about it."""
    found = snapshot.opened_from(told)
    opened.put(found.tracker)
    learners = found.tracker["Learners"]
    cells = {str(one): learners.cell("learner_id", row) for row, one in enumerate(learners["learner_id"]) if one}
    return {"data": {**opened.summary(), "sheet": found.sheets.get("Learners", "Learners"), "cells": cells}}


def wants() -> Told:
    """The names of tables and sheets that are to be read."""
    return {"data": snapshot.wanted()}


def _go_on(pressed: Pressed, answer: Any) -> Told:
    told: list[Told] = []
    pressed.files = []
    try:
        while True:
            action = pressed.work.send(answer)
            answer = None
            if type(action) in _ASKED:
                pressed.asked = action
                told.append(_ASKED[type(action)](pressed, action))
                return _answered(pressed, told, waits=True)
            if type(action) in _TOLD:
                told.append(_TOLD[type(action)](pressed, action))
            else:
                answer = _HERE[type(action)](pressed, action)
    except StopIteration as end:
        _now.clear()
        return _answered(pressed, told, words=end.value)
    except BaseException:
        _now.clear()
        raise


def _answered(pressed: Pressed, told: list[Told], waits: bool = False, words: str | None = None) -> Told:
    return {"data": {"actions": told, "waits": waits, "words": words}, "files": pressed.files}


# What can be answered here, from what was read.


def _holds(pressed: Pressed, action: actions.Holds) -> list[actions.Held]:
    told, found = _read_before(pressed)
    if told.get("readOnly"):
        raise CannotDo(READ_ONLY)
    return [snapshot.held(told, found, name) for name in action.tables]


def _room(pressed: Pressed, _: actions.RoomForSheets) -> None:
    if _read_before(pressed)[0].get("locked"):
        raise CannotDo(LOCKED)


def _read_before(pressed: Pressed) -> tuple[Told, actions.Opened]:
    assert pressed.told is not None and pressed.opened is not None, "a deed reads before it writes"
    return pressed.told, pressed.opened


def _step(_: Pressed, action: actions.Step) -> None:
    if action.total:
        opened.step(action.done or 0, action.total)


_HERE: dict[type[actions.Action], Callable[[Pressed, Any], Any]] = {
    actions.Holds: _holds,
    actions.RoomForSheets: _room,
    actions.Step: _step,
    actions.UserName: lambda *_: "",  # Office.js tells no name
    actions.Replaced: lambda *_: (0, ""),  # what is saved is saved by the browser, beside what is there
    actions.OpenBeside: lambda *_: False,
    actions.Beside: lambda *_: [],
}


# What the page carries out and nothing comes back of.


def _marks(pressed: Pressed, action: actions.Marks) -> Told:
    return telling.marks(action, {name: _table(pressed, name) for name in action.tables})


def _write_rows(pressed: Pressed, action: actions.WriteRows) -> Told:
    return telling.write_rows(action, _table(pressed, action.table))


def _table(pressed: Pressed, name: str) -> str:
    """The name by which Excel knows a table."""
    known = pressed.told and pressed.opened and snapshot.table_name(pressed.told, pressed.opened, name)
    return known or name


def _chosen(_: Pressed, action: actions.TemplateChosen) -> Told:
    return {"do": "templateChosen", "name": Path(action.path).name}


def _fold(_: Pressed, action: actions.Fold) -> Told:
    return {"do": "fold", "sheet": action.sheet, "away": action.away, "shown": action.shown}


_TOLD: dict[type[actions.Action], Callable[[Pressed, Any], Told]] = {
    actions.WriteSheet: lambda _, one: telling.write_sheet(one),
    actions.Marks: _marks,
    actions.WriteRows: _write_rows,
    actions.Fold: _fold,
    actions.TemplateChosen: _chosen,
    actions.Show: lambda _, one: {"do": "show", "sheets": one.sheets},
    actions.GoTo: lambda _, one: {"do": "goTo", "sheet": one.sheet, "cell": one.cell},
    actions.Note: lambda _, one: {"do": "note", "words": one.words},
    actions.Begin: lambda _, one: {"do": "begin", "words": one.words},
}


# What the page must answer, and what is made of its answer.


def _make(pressed: Pressed, action: actions.MakeReports) -> Told:
    run = action.run
    opened.OUT.mkdir(exist_ok=True)
    if action.sheets:
        made = opened.OUT / f"{run.title}.xlsx"
        return _handed(pressed, "addSheets", made, run.into_workbook(made, replace=True))
    if action.show and len(run.reports) == 1:
        (made,) = run.into_folder(opened.OUT, replace=True)
        return _handed(pressed, "openBook", made, 1)
    if not pressed.saves:  # a zip could not be saved: one workbook in a window of its own can
        made = opened.OUT / f"{run.title}s.xlsx"
        return _handed(pressed, "openBook", made, run.into_workbook(made, replace=True))
    count, made = handing.as_files(run)
    return _handed(pressed, "saveFile", made, count)


def _handed(pressed: Pressed, do: str, made: Path, count: int) -> Told:
    pressed.files.append(made.name)
    return {"do": do, "name": made.name, "count": count}


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


def _made(_: Pressed, action: actions.MakeReports, answer: Told) -> actions.Made | None:
    """``how`` is "added", "opened" or "saved": where Excel can do no better, a file is saved."""
    if answer["how"] == "opened" or (answer["how"] == "added" and action.show):
        return None
    where = {"added": "behind the sheets of this workbook", "saved": "and ready to be saved below"}[answer["how"]]
    return actions.Made(answer["count"], where)


_ASKED: dict[type[actions.Action], Callable[[Pressed, Any], Told]] = {
    actions.Read: lambda _, one: {"do": "read", "structure": one.structure, "only": _names(one.only)},
    actions.Where: lambda *_: {"do": "where"},
    actions.Sheets: lambda *_: {"do": "sheets"},
    actions.Cells: lambda _, one: {"do": "cells", "sheet": one.sheet, "rows": one.rows, "width": one.width},
    actions.Lines: lambda _, one: {"do": "lines", "sheet": one.sheet},
    actions.LiveMark: lambda *_: {"do": "liveMark", "name": _mark_name()},
    actions.Versions: lambda *_: {"do": "versions"},
    actions.Ask: lambda _, one: {"do": "ask", "words": one.words, "buttons": one.buttons.split("_")},
    actions.KeepCopy: lambda *_: {"do": "keepCopy"},
    actions.MakeReports: _make,
}
_HEARD: dict[type[actions.Action], Callable[[Pressed, Any, Any], Any]] = {
    kind: lambda _, __, answer: answer for kind in (actions.Sheets, actions.LiveMark, actions.Versions, actions.Ask)
} | {
    actions.Read: _read,
    actions.Where: _where,
    actions.Cells: _cells,
    actions.Lines: _lines,
    actions.KeepCopy: _kept,
    actions.MakeReports: _made,
}


def _mark_name() -> str:
    from workbook.measures.entries_mark import NAME

    return NAME


def _names(only: Sequence[str]) -> list[str]:
    """The names in small letters of some tables and of their sheets; none for all."""
    from workbook.model import sheet

    return sorted({name.casefold() for one in only for name in (one, sheet(one).name)})


DEEDS = {"press": press, "carried": carried, "take": take, "wants": wants}
