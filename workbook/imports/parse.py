"""A value of a file as a column wants it: text kept as text, numbers and dates read in a stated form."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime

from workbook.imports.sessions import without_weekday
from workbook.imports.words import as_text, shown
from workbook.imports.workbook_files import NoResult
from workbook.model import CellError, Column, Kind, Value
from workbook.model.excel import LONGEST_TEXT
from workbook.reading.written_dates import read_date, serial_date

#: What registers and mark sheets write where nothing is said.
_DASHES = re.compile("[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d._\u00b7\u2022\u2026\u200b-\u200d\u2060\ufeff\\s]+")
_NUMBERS = (Kind.NUMBER, Kind.WHOLE)
#: Columns that may hold a percentage.
PERCENTAGES = ("aim_value",)
_TURNED = str.maketrans(",.", ".,")
_WORDS = (Kind.TEXT, Kind.NOTE)
_YEAR_GROUPS = ("year", "year_group")
_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DIGITS_LOST = (
    "has lost its last digits in the file, as Excel does when it saves a CSV: export it again, and import it unopened"
)
YES_NO = {"yes": "Yes", "y": "Yes", "true": "Yes", "t": "Yes", "no": "No", "n": "No", "false": "No", "f": "No"}
YES_NO |= {"✓": "Yes", "✔": "Yes", "☑": "Yes", "✗": "No", "✘": "No"}


class NotTaken(Exception):
    """A value or row that cannot be taken; the text is the reason in words.

    ``asks`` are what answers may mend: the heading of a column of the sheet and the value of the file.
    """

    def __init__(self, reason: str, *asks: tuple[str, str] | None) -> None:
        super().__init__(reason)
        self.asks = tuple(filter(None, asks))


def parsed(
    value: Value, column: Column | None, dates: Sequence[str] = (), decimal: str = ".", year: int | None = None
) -> Value:
    """``value`` as ``column`` holds it (a column of the user's own, None, takes anything); NotTaken with the reason.

    ``year`` is that in which the academic year starts, for dates that say none.
    """
    if value is None:
        return None
    if isinstance(value, NoResult):
        raise NotTaken(
            f"{heading(column)} is a formula whose result the file does not hold: open it in Excel and save it"
        )
    if isinstance(value, CellError):
        raise NotTaken(f"{heading(column)} shows the error {value} in the file")
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise NotTaken(f"{heading(column)} has {len(value):,} characters, and a cell holds {LONGEST_TEXT:,}")
    if column is None or column.kind is Kind.ANY:
        return value
    if column.kind in (Kind.MARK, Kind.LEVEL) and is_dash(as_text(value)):
        return None
    if column.kind is Kind.DATE:
        return _date(value, column, dates, year)
    if column.kind in _NUMBERS:
        return _number(value, column, decimal)
    if column.kind is Kind.YES_NO:
        return YES_NO.get(as_text(value).lower(), as_text(value))
    if column.kind is Kind.EMAIL and as_text(value).count("@") > 1:
        raise NotTaken(f"{column.header} {shown(value)} holds two addresses: keep one")
    return _phone(as_text(value), column) if column.kind is Kind.PHONE else _text(value, column)


def is_dash(text: str) -> bool:
    """Whether a text only fills the place of a mark or level that is not there: dashes of every kind, dots, blanks."""
    return _DASHES.fullmatch(text) is not None


def digits_lost(value: Value) -> bool:
    """Whether a long number stands as 9.8E+09, its last digits lost."""
    return isinstance(value, str) and _POWER.fullmatch(value.strip()) is not None


def heading(column: Column | None) -> str:
    """The column's heading for a sentence."""
    return column.header if column else "A column"


def _text(value: Value, column: Column) -> str | None:
    if isinstance(value, date):
        if column.kind in _WORDS:
            return f"{value:%d/%m/%Y}"
        raise NotTaken(f"{column.header} is the date {shown(value)} in the file; Excel may have changed what was typed")
    text = as_text(value)
    if column.kind in (Kind.UPN, Kind.ULN, Kind.LEARNER) and digits_lost(text):
        raise NotTaken(f"{column.header} {shown(text)} {DIGITS_LOST}")
    if column.kind is Kind.CHOICE:
        return text.rstrip("; ") or None  # an online form ends each choice with a semicolon
    return text.replace(" ", "").upper() if column.kind is Kind.UPN else text


def _phone(text: str, column: Column) -> str:
    """A phone number as typed, with the first 0 that a cell of numbers loses or +44 stands for."""
    if digits_lost(text):
        raise NotTaken(f"{column.header} {shown(text)} {DIGITS_LOST}")
    digits = phone_digits(text)
    if len(digits) > 13 and len(re.findall(r"\d[\d ]{8,}", text)) > 1:
        raise NotTaken(f"{column.header} {shown(text)} holds two numbers: keep one")
    if digits == re.sub(r"\D", "", text) or not re.fullmatch(r"0[12378]\d{8,9}", digits):
        return text
    return f"{digits[:5]} {digits[5:]}" if digits[1] == "7" else digits


def phone_digits(text: str) -> str:
    """The digits of a British phone number from its first 0, however it is written."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", text))
    if digits.startswith("0044"):
        digits = digits[2:]
    if digits.startswith("44") and len(digits) == 12:
        return "0" + digits[2:]
    return f"0{digits}" if re.fullmatch(r"[1237]\d{9}", digits) else digits


def _number(value: Value, column: Column, decimal: str) -> float | int:
    told = value
    if isinstance(value, str) and column.key in _YEAR_GROUPS:
        told = re.sub(r"^(?:nc)?\s*y(?:ea)?r?\s*(?:group)?\s*[:.]?\s*(?=\d)", "", value.strip(), flags=re.IGNORECASE)
    if isinstance(told, str) and "%" in told and column.key not in PERCENTAGES:
        raise NotTaken(f"{column.header} is no percentage, but the file says {shown(value)}")
    unit = re.fullmatch(r"(.*\d) ?(?:hours?|hrs?|h)", told, re.IGNORECASE) if isinstance(told, str) else None
    number = number_in(unit[1] if unit and column.key == "hours" else told, decimal)
    if number is None:
        raise NotTaken(f"{column.header} should be a number, not {shown(value)}")
    if column.kind is Kind.WHOLE and number != int(number):
        raise NotTaken(f"{column.header} should be a whole number, not {shown(value)}")
    if (column.low is not None and number < column.low) or (column.high is not None and number > column.high):
        low, high = as_text(column.low), as_text(column.high)
        span = f"from {low} to {high}" if low and high else f"{low} or more" if low else f"{high} or less"
        raise NotTaken(f"{column.header} should be {span}, not {shown(value)}")
    return int(number) if number == int(number) else number


def number_in(value: Value, decimal: str = ".") -> float | None:
    """The number that a value says, with a sign of per cent or without; None where it says none.

    ``decimal`` is what parts whole numbers from the rest; the other of comma and point may part thousands.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    text = re.sub(r"\s", "", value).removesuffix("%").replace("\u2212", "-")
    if decimal == ",":
        text = text.translate(_TURNED)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    found = float(text) if _PLAIN_NUMBER.fullmatch(text) else math.inf
    return found if math.isfinite(found) else None


def _date(value: Value, column: Column, dates: Sequence[str], year: int | None) -> date:
    found: date | None = None
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        found = read_date(value, tuple(dates), year) or (serial_date(float(value)) if value.isdecimal() else None)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        found = serial_date(value)
    if found is None:
        day = read_date(without_weekday(value), tuple(dates), year) if isinstance(value, str) else None
        other = f", and that day is a {day:%A}" if day else ""
        raise NotTaken(f"{column.header} should be a date, not {shown(value)}{other}")
    return found
