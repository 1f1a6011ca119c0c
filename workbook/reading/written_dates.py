"""Dates as people write them in a text: read day first in all usual forms, or in the forms that a map states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from workbook.model.excel import FIRST_DAY

DAY_FIRST, MONTH_FIRST = "day first", "month first"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[ ,.]*"
_ZONE = r"(?: ?(?:z|(?=[a-z+-])(?:gmt|utc|bst|cet|cest)?(?:[+-]\d\d?(?::?\d\d)?)?))"
_TIME = rf"(?:,? *(?:t|at)? *\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?{_ZONE}?)?"
_FORMS = tuple(
    re.compile(rf"(?:{_WEEKDAY})?{form}{_TIME}", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})[-/. ]+(?P<m>\d{1,2})[-/. ]+(?P<y>\d{4}|\d{2})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*(?P<month>{_MONTH})(?:[-/., ]+(?P<y>\d{{4}}|\d{{2}}))?",
        rf"(?P<month>{_MONTH})[. ]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y>\d{{4}})",
        rf"(?P<month>{_MONTH})[. ]+(?P<d>\d{{1,2}}(?=st|nd|rd|th)|\d(?!\d))(?:st|nd|rd|th)?",  # Sep 26 may be a month
        r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})",
    )
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u204e\u2217", "*"),
    }
)
_SERIALS = range(14_611, 58_804)  # 1940 to 2060


def keyed(words: str) -> str:
    """A date or level as the keyboard writes it, where a program put a longer dash, a raised or a wide sign."""
    return words if words.isascii() else normalize("NFKC", words).translate(_SIGNS)


@lru_cache(maxsize=20_000)
def read_date(text: str, forms: Sequence[str] = (), year: int | None = None) -> date | None:
    """The date that a text says; None if it says none, or a weekday that the date is not.

    ``forms`` are "day first" (so it is if nothing is said), "month first", or forms of strptime. ``year`` is the
    year in which the academic year starts; without it a text must say its year.
    """
    words = " ".join(keyed(text).split())
    for form in forms or (DAY_FIRST,):
        found = _usual(words, form == MONTH_FIRST, year) if form in (DAY_FIRST, MONTH_FIRST) else _stated(words, form)
        if found:
            return found
    return None


def _stated(words: str, form: str) -> date | None:
    for text in (words, re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", words)):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _usual(words: str, month_first: bool, start: int | None) -> date | None:
    for number, form in enumerate(_FORMS):
        match = form.fullmatch(words)
        if not match:
            continue
        said = match.groupdict()
        day = int(said["d"])
        month = MONTHS.index(said["month"][:3].lower()) + 1 if said.get("month") else int(said["m"])
        if month_first and not said.get("month") and number:
            day, month = month, day
        year = int(said["y"]) if said.get("y") else None
        if year is None:
            if start is None:
                return None
            year = start if month >= 8 else start + 1
        elif year < 100 and len(said["y"]) == 2:
            year += 2000 if year < 60 else 1900
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        weekday = said.get("weekday")
        return None if weekday and WEEKDAYS[found.weekday()] != weekday[:3].lower() else found
    return None


def serial_date(number: float) -> date | None:
    """The day of a serial number, as Excel shows it where the cell's format is lost; None for other numbers."""
    if not _SERIALS.start <= number < _SERIALS.stop or number != int(number):
        return None
    return FIRST_DAY + timedelta(days=int(number))


def orders(texts: Sequence[str]) -> tuple[int, int]:
    """How many texts can only be read day first, and how many only month first."""
    day = month = 0
    for text in texts:
        match = re.match(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})\b", text)
        if match:
            first, second = int(match[1]), int(match[2])
            day += first > 12 >= second
            month += second > 12 >= first
    return day, month
