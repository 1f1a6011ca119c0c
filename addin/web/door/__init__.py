"""What may be asked of Python in the browser: a deed by name, JSON in, JSON out. Both fronts use nothing else.

Files come in through the folder IN and go out through OUT; only their names stand in the JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from typing import Any

from addin.web.door import opened
from addin.web.door.opened import IN, OUT, Step
from workbook.model import CannotDo

__all__ = ["IN", "OUT", "ROOMS", "call", "enter", "load_next"]

ROOMS: dict[str, tuple[str, ...]] = {
    "opened": ("open", "close"),
    "figures": ("check", "flags", "week", "progress", "attendance", "listed"),
    "monday": ("monday",),
    "told": ("learner",),
    "handing": ("templates", "template_check", "questions", "preview", "reports"),
    "incoming": ("import_sheets", "import_look", "import_save"),
    "office": ("press", "carried", "take", "wants", "calls"),
}
"""The deeds by the room that holds them. A room is entered when it is first asked, so that the page is ready before all
that reports and imports need is loaded.
"""
_HOME = {deed: room for room, deeds in ROOMS.items() for deed in deeds}

STUMBLED = (
    "Mentorbook stumbled over something it did not expect ({}). Nothing was changed. Try again; if it happens again, "
    "tell whoever looks after Mentorbook what you pressed."
)


def enter(room: str) -> dict[str, Callable[..., dict[str, Any]]]:
    """The deeds of a room, loaded when it is first entered.

    Each takes its arguments by name and gives {"data": …}, and {"files": [names in OUT]} where it made any.
    """
    found: dict[str, Callable[..., dict[str, Any]]] = import_module(f"addin.web.door.{room}").DEEDS
    return found


def load_next() -> bool:
    """Load one more room while nobody waits; False when all are loaded."""
    for room in ROOMS:
        if f"{__name__}.{room}" not in sys.modules:
            enter(room)
            return True
    return False


def call(deed: str, args: str, step: Callable[[int, int], object] | None = None) -> str:
    """Do it: the answer, or {"error": a sentence, "kind": "cannot" or "stumbled"}. ``step`` hears how far it is."""
    opened.hear(Step(step))
    try:
        answer = enter(_HOME[deed])[deed](**json.loads(args))
    except CannotDo as error:
        answer = {"error": str(error), "kind": "cannot"}
    except MemoryError:
        answer = {"error": opened.TOO_LARGE, "kind": "cannot"}
    except Exception as error:  # the sentence says nothing of what stands in the tracker
        answer = {"error": STUMBLED.format(type(error).__name__), "kind": "stumbled"}
    finally:
        opened.hear(Step(None))
    return json.dumps(answer, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
