"""A button pressed in Excel: the deed begins, the page carries its actions out, and it goes on with what it hears.

An answer of the door is ``{"actions": […], "waits": bool, "words": sentence or None}``: the actions to carry out in
order, whether the last of them is to be answered by `carried`, and the sentence it all ends with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin import deeds
from addin.web.door import opened
from addin.web.door.office import snapshot
from addin.web.door.office.asked import ASKED, HEARD
from addin.web.door.office.carried import TOLD
from addin.web.door.office.here import HERE
from addin.web.door.office.packs import handed_over
from addin.web.door.office.pressed import Pressed, Told
from workbook.model import CannotDo

_now: list[Pressed] = []


def press(button: str, choices: Mapping[str, Any], saves: bool = True) -> Told:
    """Begin what a button does. The file that it reads is named in ``path``, all of several in ``paths``, and was
    handed over before; ``saves`` is whether this Excel's pane can save a file.
    """
    chosen = dict(choices)
    if "path" in chosen:
        chosen["path"] = str(opened.incoming(chosen["path"]))
    if "paths" in chosen:
        chosen["path"], *chosen["more"] = map(str, handed_over(chosen.pop("paths")))
    _now[:] = [Pressed(deeds.DEEDS[button](**chosen), saves=saves)]
    return _go_on(_now[0], None)


def carried(answer: Any = None) -> Told:
    """Go on with the answer to the last action."""
    if not _now or _now[0].asked is None:
        raise CannotDo("That question is no longer open: press the button again.")
    pressed = _now[0]
    asked, pressed.asked = pressed.asked, None
    return _go_on(pressed, HEARD[type(asked)](pressed, asked, answer))


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
            if type(action) in ASKED:
                pressed.asked = action
                told.append(ASKED[type(action)](pressed, action))
                return _answered(pressed, told, waits=True)
            if type(action) in TOLD:
                told.append(TOLD[type(action)](pressed, action))
            else:
                answer = HERE[type(action)](pressed, action)
    except StopIteration as end:
        _now.clear()
        return _answered(pressed, told, words=end.value)
    except BaseException:
        _now.clear()
        raise


def _answered(pressed: Pressed, told: list[Told], waits: bool = False, words: str | None = None) -> Told:
    return {"data": {"actions": told, "waits": waits, "words": words}, "files": pressed.files}


DEEDS = {"press": press, "carried": carried, "take": take, "wants": wants}
