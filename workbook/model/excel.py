"""How Excel reads cells in a formula: what is a number, how texts compare, join and round.

`workbook.measures.computed` stands on this, so that Python and the sheet give the same figure. Blanks and the
empty text are None; an error value is a `CellError` and is asked for before anything else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from workbook.model.vocabulary import CellError, Value

FIRST_DAY = date(1899, 12, 30)
"""The day whose number is 0."""
END_OF_DATES = 2_958_466
"""The number at which 31 December 9999 has ended: from here on, and below 0, Excel shows ##### for a date."""
DAYS_UNTIL_1904 = 1462
"""By so much the numbers of days differ in a workbook that counts from 1904, as old Macs did."""
LONGEST_TEXT = 32_767
"""What a cell holds, in units of UTF-16."""
_LONGEST_LOOK_UP = 255
_WIDEST_NUMBER = 21
_PLAIN_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")

CALCULATED_BY = 191029
"""calcId of Excel 2019 and 365: a file calculated by an older Excel is calculated anew when opened, and asked about."""


def is_error(value: Value) -> bool:
    """Whether the cell holds an error value."""
    return isinstance(value, CellError)


def is_number(value: Value) -> bool:
    """ISNUMBER: numbers and dates; TRUE and FALSE are not numbers."""
    return isinstance(value, (int, float, date)) and not isinstance(value, bool)


def serial(value: date, from_1904: bool = False) -> float:
    """The number behind a date: days since the end of 1899 (or since 1904), with the time as a fraction, if any."""
    days = (value if not isinstance(value, datetime) else value.date()) - FIRST_DAY
    number_ = days.days - (DAYS_UNTIL_1904 if from_1904 else 0)
    if not isinstance(value, datetime):
        return number_
    seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return number_ + seconds / 86400 if seconds else number_


def number(value: Value) -> float:
    """A number or date cell as a number; only for values that `is_number` accepts."""
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, (int, float)):
        return value
    raise TypeError(f"{value!r} is not a number")


def whole(value: float) -> float:
    """The same number, as an int where it has no fraction."""
    return int(value) if value == int(value) else value


def count_in(text: str, most: int) -> int | None:
    """The whole number that a text of nothing but digits writes; None for other texts, and where it is over ``most``.

    A file may hold a number of any length, which Python refuses to read beyond some thousand digits.
    """
    digits = text.lstrip("0") or text[:1]
    found = int(digits) if digits.isdecimal() and len(digits) <= len(str(most)) else None
    return None if found is None or found > most else found


def coerced(value: Value) -> float | None:
    """A cell in arithmetic: a blank is 0, TRUE is 1, a text that reads as a number is that; None for an error."""
    if value is None:
        return 0
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return number(value)
    if not is_error(value) and _PLAIN_NUMBER.fullmatch(str(value)):
        found = float(str(value))
        return found if math.isfinite(found) else None  # 1E400 is no number of a sheet
    return None


@lru_cache(maxsize=1 << 16)
def rounded(value: float, places: int = 4) -> float:
    """ROUND: halves away from zero, judged on the fifteen digits that Excel keeps."""
    if abs(value) >= 1e11:
        return value
    step = Decimal(1).scaleb(-places)
    return float(Decimal(f"{value:.15g}").quantize(step, ROUND_HALF_UP)) + 0.0


@lru_cache(maxsize=1 << 16)
def general(value: float) -> str:
    """A number joined to a text: fifteen digits, no trailing zeros, an exponent only where it would be very long."""
    if value == 0:
        return "0"
    kept = Decimal(f"{value:.14e}").normalize()
    plain = f"{kept:f}"
    if len(plain.lstrip("-")) <= _WIDEST_NUMBER:
        return plain
    digits, exponent = f"{kept:E}".split("E")
    return f"{digits}E{'-' if exponent.startswith('-') else '+'}{abs(int(exponent)):02d}"


def text(value: Value) -> str:
    """A cell joined to a text (``cell & ""``): a blank is empty, a date is its number. Not for errors."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return general(number(value))


def fold(words: str) -> str:
    """A text as it is compared: capitals do not matter."""
    return words.lower()


def same(one: Value, other: Value) -> bool:
    """``one = other`` for two cells without errors; a blank equals a blank, an empty text, 0 and FALSE."""
    if one is None or other is None:
        filled = other if one is None else one
        return filled is None or filled == "" or filled is False or (is_number(filled) and number(filled) == 0)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return is_number(one) and is_number(other) and number(one) == number(other)


def trim(words: str) -> str:
    """TRIM: no spaces at the ends, one between words (spaces only; a tab or a hard space stays)."""
    return " ".join(filter(None, words.split(" "))) if " " in words else words


_HARD_SPACE = "\u00a0"
_BREAKS = dict.fromkeys(range(32))


@lru_cache(maxsize=1 << 16)
def tidied(words: str) -> str:
    """A text as people see it: no tabs or line breaks, a hard space like any other, none at the ends or doubled.

    `workbook.model.formulas.tidied` is the same as a formula.
    """
    return trim(words.translate(_BREAKS).replace(_HARD_SPACE, " "))


def seen(value: Value) -> str:
    """A cell as people see it, as a text; empty for a blank or an error."""
    return "" if is_error(value) else tidied(text(value))


def is_yes(value: Value) -> bool:
    """Whether a cell says Yes."""
    return fold(seen(value)) == "yes"


class TextIndex:
    """A column that MATCH looks texts up in: whole cells, letter by letter, capitals aside; the first match wins."""

    def __init__(self, column: Sequence[Value]) -> None:
        self._at: dict[str, int] = {}
        for i, value in enumerate(column):
            if type(value) is str and value:
                self._at.setdefault(fold(value), i)

    def find(self, value: Value) -> int | None:
        """The position of the first text cell that reads like ``value``; None where MATCH gives an error."""
        return None if is_error(value) else self.find_text(text(value))

    def find_text(self, words: str) -> int | None:
        """The position of a text; a look-up of over 255 characters, wildcards escaped, is an error in Excel."""
        if len(words) > _LONGEST_LOOK_UP // 2 and len(re.sub(r"[~*?]", "  ", words)) > _LONGEST_LOOK_UP:
            return None
        return self._at.get(fold(words))
