"""What the page carries out and nothing comes back of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from addin.deeds import actions
from addin.web.door.office import telling
from addin.web.door.office.pressed import Pressed, Told


def _marks(pressed: Pressed, action: actions.Marks) -> Told:
    return telling.marks(action, {name: pressed.table(name) for name in action.tables})


def _write_rows(pressed: Pressed, action: actions.WriteRows) -> Told:
    return telling.write_rows(action, pressed.table(action.table))


def _chosen(_: Pressed, action: actions.TemplateChosen) -> Told:
    return {"do": "templateChosen", "name": Path(action.path).name}


def _fold(_: Pressed, action: actions.Fold) -> Told:
    return {"do": "fold", "sheet": action.sheet, "away": action.away, "shown": action.shown}


TOLD: dict[type[actions.Action], Callable[[Pressed, Any], Told]] = {
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
