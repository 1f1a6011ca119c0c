"""The choices of a list: those on the sheet Lists; forms, mentors and courses are also what is typed on Learners."""

from __future__ import annotations

from workbook.model.lists import TYPED
from workbook.model.tracker import Tracker
from workbook.model.vocabulary import CellError, Value, key_of


def on_lists(tracker: Tracker, name: str) -> list[Value]:
    """The choices that stand on the sheet Lists, in their order."""
    return [value for value in tracker["Lists"][key_of(name)] if value is not None]


def typed(tracker: Tracker, name: str) -> list[str]:
    """What learners' rows hold for a list that follows them, a text a row; nothing for other lists."""
    if name not in TYPED:
        return []
    values = tracker["Learners"][TYPED[name]]
    return [value for value in values if isinstance(value, str) and not isinstance(value, CellError) and value.strip()]


def takes_anything(tracker: Tracker, name: str) -> bool:
    """Whether a list is whatever is typed on Learners, since a college has not written one of its own."""
    return name in TYPED and not on_lists(tracker, name)


def choices(tracker: Tracker, name: str) -> list[Value]:
    """All choices there are: the list's own first, then those typed, in the order of their first row."""
    return list(dict.fromkeys([*on_lists(tracker, name), *typed(tracker, name)]))
