"""How a value is written into a part: as a cell, as text inside text, as a point of a chart.

What a person typed is always text: it is written as an inline string, escaped, so that nothing in it can become
a formula, a link or markup.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral, Real
from typing import Any

LONGEST_TEXT = 32_767
"""Characters Excel allows in a cell."""

_EXACT = 10**15
"""Whole numbers from here on have more digits than Excel keeps."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff&<>"_]')
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DATE_PARTS = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|h{1,2}|s{1,2}|[^a-z]+|[a-z]", re.IGNORECASE)
_SECTION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_WORDS = r'(?:"[^"]*"|\\.|[ £$€()])*'
_NUMBER_FORMAT = re.compile(
    rf"^(?P<before>{_WORDS})(?P<sign>\+?)(?P<whole>[#0,]*0)(?:\.(?P<places>[0#]+))?(?P<percent>%?)(?P<after>{_WORDS})$"
)


def clean(text: str) -> str:
    """`text` without what XML cannot hold and nobody can see; line ends as Excel keeps them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", text)


def is_plain(text: str) -> bool:
    """Is there something to write, and nothing that needs an escape or a cut?"""
    return 0 < len(text) <= LONGEST_TEXT and not _SPECIAL.search(text)


def escape(text: str) -> str:
    """`text` for XML content or a quoted attribute."""
    if not _SPECIAL.search(text):
        return text
    text = clean(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_cell(text: str) -> str:
    """`text` for a cell, where Excel reads `_x0041_` as an A: such text is kept as it was typed."""
    if not _SPECIAL.search(text):
        return text
    return _LOOKS_ESCAPED.sub("_x005F_", escape(text))


def serial(value: date, epoch_1904: bool = False) -> float | int:
    """Excel's number for a date or date and time (days since 1900, or since 1904)."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    elapsed = moment.replace(tzinfo=None) - datetime(1899, 12, 30)
    days = elapsed.days - (1462 if epoch_1904 else 0)
    if not elapsed.seconds and not elapsed.microseconds:
        return days
    return days + (elapsed.seconds + elapsed.microseconds / 1e6) / 86_400


def is_number(value: Any) -> bool:
    """Is this written as a number (not a boolean, not a date, not more digits than Excel keeps)?"""
    if type(value) is float:
        return math.isfinite(value)
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return False
    return math.isfinite(value) and (not isinstance(value, Integral) or abs(int(value)) < _EXACT)


def is_blank(value: Any) -> bool:
    """Does this leave its cell empty?"""
    if type(value) is float:
        return not math.isfinite(value)
    return value is None or value == "" or value != value or (isinstance(value, float) and math.isinf(value))


class CellFormat:
    """What a cell's number format means for a value put there.

    `code` is the format as Excel keeps it ("0.0%", "d mmmm yyyy", "General"), `prefix` the XML prefix of the
    sheet's elements ("x:", mostly ""). `text_cell` is what stands around a text from the type attribute on.
    """

    def __init__(self, code: str = "General", epoch_1904: bool = False, prefix: str = "") -> None:
        self.code = code
        self.prefix = prefix
        self._value, self._value_end = f"><{prefix}v>", f"</{prefix}v></{prefix}c>"
        self.text_cell = (
            f' t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">',
            f"</{prefix}t></{prefix}is></{prefix}c>",
        )
        self.epoch_1904 = epoch_1904
        bare = _SECTION.sub("", code.split(";")[0])
        self.is_date = bare.lower() not in ("general", "") and bool(re.search("[ymdhs]", bare, re.IGNORECASE))
        self._number = (
            None if self.is_date else _NUMBER_FORMAT.match(re.sub(r"\[[^\]]*\]|_.|\*.", "", code.split(";")[0]))
        )

    def text(self, value: Any) -> str:
        """`value` as it reads inside a sentence, in this format where it has one."""
        if type(value) is str:
            return value
        if is_blank(value):
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return date_text(value, self.code if self.is_date else "d mmmm yyyy")
        if is_number(value):
            return self._number_text(float(value)) if self._number else plain_number(value)
        return str(value)

    def _number_text(self, value: float) -> str:
        assert self._number is not None
        places = len(self._number["places"] or "")
        percent = self._number["percent"]
        number = rounded(value, places + 2) * 100 if percent else rounded(value, places)
        digits = f"{number:{',' if ',' in self._number['whole'] else ''}.{places}f}"
        sign = "+" if self._number["sign"] and not digits.startswith("-") else ""
        before, after = (re.sub(r'["\\]', "", self._number[words]) for words in ("before", "after"))
        return f"{before}{sign}{digits}{percent}{after}"

    def cell(self, value: Any) -> str:
        """The rest of the cell after `<c r="…" s="…"`: a number stays a number, a date a date."""
        kind = type(value)
        if (kind is int or kind is float) and (number := self.number(value)) is not None:
            return f"{self._value}{number}{self._value_end}"
        if isinstance(value, str):
            return self._inline(value) if value else "/>"
        if is_blank(value):
            return "/>"
        if isinstance(value, bool):
            return f' t="b"{self._value}{value:d}{self._value_end}'
        number = self.number(value)
        if number is None:
            return self._inline(self.text(value))
        return f"{self._value}{number}{self._value_end}"

    def number(self, value: Any) -> str | None:
        """The digits of a value that is kept as a number here, or None for what is text."""
        kind = type(value)
        if kind is int and -_EXACT < value < _EXACT:  # these two are by far the most frequent
            return str(value)
        if kind is float and math.isfinite(value):
            return repr(value)
        if isinstance(value, date):
            return repr(serial(value, self.epoch_1904)) if self.is_date and value.year >= 1900 else None
        if not is_number(value):
            return None
        return str(int(value)) if isinstance(value, Integral) else repr(float(value))

    def _inline(self, text: str) -> str:
        head, tail = self.text_cell
        return f"{head}{escape_cell(text[:LONGEST_TEXT])}{tail}"


def plain_number(value: Any) -> str:
    """A number as people write it: no tail of zeros, at most two decimals."""
    if isinstance(value, Integral):
        return str(int(value))
    text = f"{rounded(float(value), 2):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def rounded(value: float, places: int) -> Decimal:
    """`value` to so many decimals, a half going up as in Excel, which counts in the digits one sees."""
    exact = Decimal(repr(value))
    return exact if abs(value) >= _EXACT else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def date_text(value: date, code: str) -> str:
    """A date in words by an Excel date format; English names, as the templates are."""
    written: list[str] = []
    before = ""
    parts = _DATE_PARTS.findall(re.sub(r'\[[^\]]*\]|"|\\|;@$', "", code.split(";")[0]))
    for number, part in enumerate(parts):
        after = next((other.lower() for other in parts[number + 1 :] if other[0].isalpha()), "")
        minutes = part.lower() in ("m", "mm") and (before.startswith("h") or after.startswith("s"))
        written.append(_date_part(value, "minutes" if minutes else part.lower(), part))
        before = part.lower() if part[0].isalpha() else before
    return "".join(written)


def _date_part(value: date, part: str, written: str) -> str:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    month, weekday = _MONTHS[value.month - 1], _WEEKDAYS[value.weekday()]
    known = {
        "yyyy": f"{value.year:04d}", "yy": f"{value.year % 100:02d}", "mmmm": month, "mmm": month[:3],
        "mm": f"{value.month:02d}", "m": str(value.month), "dddd": weekday, "ddd": weekday[:3],
        "dd": f"{value.day:02d}", "d": str(value.day), "hh": f"{moment.hour:02d}", "h": str(moment.hour),
        "minutes": f"{moment.minute:02d}", "ss": f"{moment.second:02d}", "s": str(moment.second),
    }  # fmt: skip
    return known.get(part, written)


_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
