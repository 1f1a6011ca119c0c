"""What each register code counts as, by its class on the Codes sheet.

Source: the classes of codes are those of the Codes sheet, which in a new tracker are the Department for Education's in
force from 19 August 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_error, same, text
from workbook.model.formulas import NOT_COUNTED, SESSIONS
from workbook.model.vocabulary import key_of

Columns: TypeAlias = dict[str, list[Value]]

ATTENDED_CLASSES = ("Present", "Approved educational activity")
ABSENT_CLASSES = ("Authorised absence", "Unauthorised absence")
MARK_KEYS = tuple(key_of(session) for session in SESSIONS)
COUNTS = ("possible", "attended", "unauthorised", "late")


def code_counts(tracker: Tracker) -> Columns:
    """What each register code counts as: the code as text where it counts, else "not counted"."""
    codes = tracker["Codes"]
    conditions: dict[str, Callable[[Value, Value], bool]] = {
        "possible": lambda of, _: any(same(of, one) for one in ATTENDED_CLASSES + ABSENT_CLASSES),
        "attended": lambda of, _: any(same(of, one) for one in ATTENDED_CLASSES),
        "unauthorised": lambda of, _: same(of, "Unauthorised absence"),
        "late": lambda _, late: same(late, "Yes"),
    }

    def counted(code: Value, of: Value, late: Value, what: str) -> Value:
        relevant = late if what == "late" else of
        counts = _filled(code) and not is_error(relevant) and conditions[what](of, late)
        return text(code) if counts else NOT_COUNTED

    return {
        f"counts_{what}": [
            counted(*row, what) for row in zip(codes["code"], codes["class"], codes["late"], strict=True)
        ]
        for what in COUNTS
    }


def counted_codes(codes: Columns, what: str) -> set[str]:
    """The codes, in small letters, that count as possible, attended, unauthorised or late."""
    return {fold(str(code)) for code in codes[f"counts_{what}"] if code != NOT_COUNTED}


def _filled(value: Value) -> bool:
    return value is not None and not is_error(value)
