"""What may be asked of Python in the browser: a deed by name, JSON in, JSON out. Both fronts use nothing else.

Files come in through the folder IN and go out through OUT; only their names stand in the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from addin.web.door import figures, handing, incoming, monday, office, opened, told
from addin.web.door.opened import IN, OUT, Step
from workbook.model import CannotDo

__all__ = ["DEEDS", "IN", "OUT", "call"]

DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    **opened.DEEDS,
    **figures.DEEDS,
    **monday.DEEDS,
    **told.DEEDS,
    **handing.DEEDS,
    **incoming.DEEDS,
    **office.DEEDS,
}
"""Each deed takes its arguments by name and gives {"data": …}, and {"files": [names in OUT]} where it made any."""

STUMBLED = (
    "Mentorbook stumbled over something it did not expect ({}). Nothing was changed. Try again; if it happens again, "
    "tell whoever looks after Mentorbook what you pressed."
)


def call(deed: str, args: str, step: Callable[[int, int], object] | None = None) -> str:
    """Do it: the answer, or {"error": a sentence, "kind": "cannot" or "stumbled"}. ``step`` hears how far it is."""
    opened.hear(Step(step))
    try:
        answer = DEEDS[deed](**json.loads(args))
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
