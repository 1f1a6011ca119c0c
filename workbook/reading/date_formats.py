"""Dates and times in a number format's codes, in British English."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from workbook.model.excel import FIRST_DAY

_CODES = re.compile(r"\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|e+|am/pm|a/p|\.0+|.", re.IGNORECASE | re.DOTALL)
_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_BEGINNING = datetime.combine(FIRST_DAY, time())


def reads_as_date(code: str) -> bool:
    """Do the codes of a section (in small letters, without literals) show a date or a time?"""
    return bool(re.search(r"[ymdhs]|\[[hms]+\]", code)) or (code != "" and not code.strip("e"))


@lru_cache(maxsize=1 << 10)
def date_text(pieces: tuple[tuple[str, str], ...], moment: datetime) -> str:
    """A moment in the codes of a format; `pieces` are ("text", as it is) and ("code", one letter or word)."""
    codes: list[tuple[bool, str]] = []
    run = ""
    for kind, text in [*pieces, ("text", "")]:
        if kind == "code":
            run += text
            continue
        codes += [(True, code) for code in _CODES.findall(run)]
        codes.append((False, text))
        run = ""
    shown = [code.lower() for live, code in codes if (live and code[0].isalpha()) or (code[1:] and code[0] == "[")]
    twelve = any(code in ("am/pm", "a/p") for code in shown)
    seconds = next((len(code) - 1 for live, code in codes if live and code.startswith(".0")), 0)
    if any(code[0] == "[" or code[0] == "s" for code in shown):  # Excel rounds to the last digit, or to the second
        unit = 10 ** (6 - min(seconds, 6))
        moment += timedelta(microseconds=(moment.microsecond + unit // 2) // unit * unit - moment.microsecond)
    written: list[str] = []
    before, number = "", 0
    for live, code in codes:
        if not live:
            written.append(code)
            continue
        low = code.lower()
        if _means(low):
            after = shown[number + 1] if number + 1 < len(shown) else ""
            number += 1
            if low in ("m", "mm") and (before.strip("[]")[:1] == "h" or after.strip("[]")[:1] == "s"):
                low = low.replace("m", "n")
            if low not in ("am/pm", "a/p"):
                before = low
        written.append(_written(low, code, moment, twelve))
    return "".join(written)


def _means(code: str) -> bool:
    """Is it more than a sign between the codes?"""
    return code[0].isalpha() or (code[0] == "[" and len(code) > 1)


def _written(code: str, typed: str, moment: datetime, twelve: bool) -> str:
    """One code; `n` stands for minutes."""
    if code[1:] and code[0] == "[":
        elapsed = moment - _BEGINNING
        whole = {"h": 3600, "m": 60, "s": 1}[code[1]]
        return str((elapsed.days * 86_400 + elapsed.seconds) // whole).zfill(len(code) - 2)
    if code.startswith(".0"):
        return "." + f"{moment.microsecond:06d}"[: len(code) - 1]
    month, weekday = _MONTHS[moment.month - 1], _WEEKDAYS[moment.weekday()]
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    half = "PM" if moment.hour >= 12 else "AM"
    shown = {
        "y": (f"{moment.year % 100:02d}", f"{moment.year % 100:02d}", f"{moment.year:04d}"),
        "e": (f"{moment.year:04d}",),
        "m": (str(moment.month), f"{moment.month:02d}", month[:3], month, month[0], month),
        "d": (str(moment.day), f"{moment.day:02d}", weekday[:3], weekday),
        "h": (str(hour), f"{hour:02d}"),
        "n": (str(moment.minute), f"{moment.minute:02d}"),
        "s": (str(moment.second), f"{moment.second:02d}"),
        "a": ("", "", half[0], "", half),
    }.get(code[0])
    return typed if shown is None else shown[min(len(code), len(shown)) - 1]
