"""Words for what an import says: the nearest name, a value as a mentor sees it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache

from workbook.model import Value
from workbook.model.excel import general
from workbook.model.problem_kind import shortened, shown_as


def nearest(name: str, known: Iterable[str]) -> str:
    """What to say after a name that is not known: the nearest one, else the first few there are."""
    names = list(known)
    by_lower = {one.lower(): one for one in reversed(names)}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    if close:
        return f" (did you mean {shortened(by_lower[close[0]])}?)"
    if not names:
        return ""
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f" (there are {', '.join(map(shortened, names[:8]))}{more})"


def as_text(value: Value) -> str:
    """A value as text for comparing and for cells that hold text: 5.0 is ``5``, a blank is empty."""
    if value is None:
        return ""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else general(value)  # Excel keeps no more digits
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def shown(value: Value) -> str:
    """A value in a sentence as checks show it, without spaces at its ends or doubled inside."""
    return _quoted(value) if type(value) is str else shown_as(value)


@lru_cache(maxsize=1 << 14)
def _quoted(words: str) -> str:
    return shown_as(" ".join(words.split()))
