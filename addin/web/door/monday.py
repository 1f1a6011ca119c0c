"""Monday's list in the browser: of each mentor whom to see first and why, and what waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.web.door.opened import current
from workbook.measures.mentor_list import lists_of


def monday(on: str) -> dict[str, Any]:
    """The list of each mentor as `workbook.measures.mentor_list` gives it, by the same names."""
    one, day = current(), date.fromisoformat(on)
    lists = one.once(("monday", day), lambda: [each.as_row() for each in lists_of(one.found(day))])
    return {"data": {"on": day, "lists": lists}}


DEEDS = {"monday": monday}
