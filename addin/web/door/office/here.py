"""What a deed asks and can be answered from what was read, without the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from addin.deeds import actions
from addin.web.door import opened
from addin.web.door.office import snapshot
from addin.web.door.office.pressed import Pressed
from workbook.model import CannotDo

READ_ONLY = (
    "This tracker is open for reading only, so entries could not be kept: choose Edit above the sheet, or save a copy "
    "under another name, then press the button again."
)
LOCKED = (
    "This workbook is protected, so sheets cannot be added: choose Review, Protect Workbook to lift that, or untick In "
    "this workbook."
)


def _holds(pressed: Pressed, action: actions.Holds) -> list[actions.Held]:
    told, found = pressed.read
    if told.get("readOnly"):
        raise CannotDo(READ_ONLY)
    return [snapshot.held(told, found, name) for name in action.tables]


def _room(pressed: Pressed, _: actions.RoomForSheets) -> None:
    if pressed.read[0].get("locked"):
        raise CannotDo(LOCKED)


def _step(_: Pressed, action: actions.Step) -> None:
    if action.total:
        opened.step(action.done or 0, action.total)


HERE: dict[type[actions.Action], Callable[[Pressed, Any], Any]] = {
    actions.Holds: _holds,
    actions.RoomForSheets: _room,
    actions.Step: _step,
    actions.UserName: lambda *_: "",  # Office.js tells no name
    actions.Replaced: lambda *_: (0, ""),  # what is saved is saved by the browser, beside what is there
    actions.OpenBeside: lambda *_: False,
    actions.Beside: lambda *_: [],
}
