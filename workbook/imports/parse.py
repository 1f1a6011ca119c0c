"""A value of a file as a column wants it: text kept as text, numbers and dates read in a stated form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from workbook.imports.words import as_text, shown
from workbook.model import CellError, Column, Kind, Value

#: Forms of a date that are tried when a map states none; the day always comes before the month.
DATES = (
    "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y",
    "%d %b %y", "%a %d %b %Y", "%A %d %B %Y",
    "%a %d/%m/%Y",
)  # fmt: skip
LONGEST_TEXT = 32_767
_NUMBERS = (Kind.NUMBER, Kind.WHOLE)
_WORDS = (Kind.TEXT, Kind.NOTE)
_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_YES_NO = {"yes": "Yes", "y": "Yes", "true": "Yes", "no": "No", "n": "No", "false": "No"}


class NotTaken(Exception):
    """A value or row that cannot be taken; the text is the reason in words."""


def parsed(value: Value, column: Column | None, dates: Sequence[str] = (), decimal: str = ".") -> Value:
    """``value`` as ``column`` holds it (a column of the user's own, None, takes anything); NotTaken with the reason."""
    if value is None:
        return None
    if isinstance(value, CellError):
        raise NotTaken(f"{heading(column)} shows the error {value} in the file")
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise NotTaken(f"{heading(column)} has {len(value):,} characters, and a cell holds {LONGEST_TEXT:,}")
    if column is None or column.kind is Kind.ANY:
        return value
    if column.kind is Kind.DATE:
        return _date(value, column, dates)
    if column.kind in _NUMBERS:
        return _number(value, column, decimal)
    if column.kind is Kind.YES_NO:
        return _YES_NO.get(as_text(value).lower(), as_text(value))
    return _text(value, column)


def heading(column: Column | None) -> str:
    """The column's heading for a sentence."""
    return column.header if column else "A column"


def _text(value: Value, column: Column) -> str:
    if isinstance(value, date):
        if column.kind in _WORDS:
            return f"{value:%d/%m/%Y}"
        raise NotTaken(f"{column.header} is the date {shown(value)} in the file; Excel may have changed what was typed")
    text = as_text(value)
    if column.kind in (Kind.UPN, Kind.ULN, Kind.PHONE, Kind.LEARNER) and _POWER.fullmatch(text):
        raise NotTaken(f"{column.header} {shown(text)} has lost its last digits in the file")
    return text


def _number(value: Value, column: Column, decimal: str) -> float | int:
    number: float | None = None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str):
        text = value.replace(" ", "").removesuffix("%").replace("\u2212", "-")
        if decimal == ",":
            text = text.replace(".", "").replace(",", ".")
        elif _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        number = float(text) if _PLAIN_NUMBER.fullmatch(text) else None
    if number is None:
        raise NotTaken(f"{column.header} should be a number, not {shown(value)}")
    if column.kind is Kind.WHOLE and number != int(number):
        raise NotTaken(f"{column.header} should be a whole number, not {shown(value)}")
    if (column.low is not None and number < column.low) or (column.high is not None and number > column.high):
        low, high = as_text(column.low), as_text(column.high)
        span = f"from {low} to {high}" if low and high else f"{low} or more" if low else f"{high} or less"
        raise NotTaken(f"{column.header} should be {span}, not {shown(value)}")
    return int(number) if number == int(number) else number


def _date(value: Value, column: Column, dates: Sequence[str]) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = read_date(value, dates) if isinstance(value, str) else None
    if found is None:
        raise NotTaken(f"{column.header} should be a date, not {shown(value)}")
    return found


def read_date(text: str, dates: Sequence[str] = ()) -> date | None:
    """The date that a text says in one of the forms ``dates`` (as of strptime), by default the usual British ones."""
    day = _TIME.sub("", text.strip())
    for form in dates or DATES:
        for words in (text.strip(), day):
            try:
                return datetime.strptime(words, form).date()
            except ValueError:
                continue
    return None
