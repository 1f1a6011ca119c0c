"""How a value is written into a part: as a cell, as text inside text, as a point of a chart.

What a person typed is always text: it is written as an inline string, escaped, so that nothing in it can become
a formula, a link or markup.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from numbers import Integral, Real
from typing import Any

from workbook.model.excel import DAYS_UNTIL_1904, FIRST_DAY, LONGEST_TEXT, serial
from workbook.reading.digits import EXACT
from workbook.reading.number_formats import NumberFormat, plain

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff&<>"_]')
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """`text` without what XML cannot hold and nobody can see; line ends as Excel keeps them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", text)


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


def fitting(text: str, longest: int) -> str:
    """The first part of a text that is not longer than Excel takes, which counts an emoji as two."""
    if len(text) <= longest // 2:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")


def is_number(value: Any) -> bool:
    """Is this written as a number (not a boolean, not a date, not more digits than Excel keeps)?"""
    if type(value) is float:
        return math.isfinite(value)
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return False
    return math.isfinite(value) and (not isinstance(value, Integral) or abs(int(value)) < EXACT)


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
        self._format = NumberFormat(code)
        self.is_date = self._format.is_date
        self._number_text = lru_cache(maxsize=1024)(self._format.text)

    def of_hundreds(self) -> CellFormat:
        """The format for a value that counts from 0 to 100: itself, unless it shows hundredths as Excel's % does."""
        return Hundreds(self.code, self.epoch_1904, self.prefix) if self._format.is_percent else self

    def text(self, value: Any) -> str:
        """`value` as it reads inside a sentence, in this format where it has one."""
        if type(value) is str:
            return value
        if is_blank(value):
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return (self._format if self.is_date else _DATE).date(value)
        if is_number(value):
            return self._shown(value)
        return str(value)

    def _shown(self, value: Any) -> str:
        if self.is_date:
            moment = moment_of(float(value), self.epoch_1904)
            return self._format.date(moment) if moment else "#######"
        return plain_number(value) if self._format.is_general else self._number_text(float(value))

    def cell(self, value: Any) -> str:
        """The rest of the cell after `<c r="…" s="…"`: a number stays a number, a date a date."""
        if type(value) is bool:
            return f' t="b"{self._value}{value:d}{self._value_end}'
        kept = self.kept(value)
        if kept is None:
            return "/>"
        if type(kept) is str:
            head, tail = self.text_cell
            return f"{head}{escape_cell(fitting(kept, LONGEST_TEXT))}{tail}"
        return f"{self._value}{kept}{self._value_end}"

    def kept(self, value: Any) -> str | float | None:
        """What a cell of this format keeps of a value: a number, a text, or None where it stays empty."""
        kind = type(value)
        if kind is str:
            return value or None
        if (kind is float or kind is int) and -EXACT < value < EXACT:
            return value  # type: ignore[no-any-return]
        if is_blank(value):
            return None
        if isinstance(value, date) and self.is_date and value.year >= 1900:
            return serial(value, self.epoch_1904)
        if not is_number(value):
            return self.text(value)
        return int(value) if isinstance(value, Integral) else float(value)


class Hundreds(CellFormat):
    """A format that shows hundredths, for values that count from 0 to 100: 92 is put there as 0.92 and reads 92%."""

    def text(self, value: Any) -> str:
        """`value` as it reads inside a sentence."""
        return super().text(_hundredth(value))

    def kept(self, value: Any) -> str | float | None:
        """What a cell keeps of a value."""
        return super().kept(_hundredth(value))


def _hundredth(value: Any) -> Any:
    return float(Decimal(repr(float(value))).scaleb(-2)) if is_number(value) else value


def plain_number(value: Any) -> str:
    """A number as people write it: no tail of zeros, at most two decimals."""
    return str(int(value)) if isinstance(value, Integral) else plain(float(value))


def moment_of(days: float, epoch_1904: bool = False) -> datetime | None:
    """The moment that Excel's number stands for; None where its calendar has none."""
    days += DAYS_UNTIL_1904 if epoch_1904 else 0
    if not 0 <= days < 2_958_466:
        return None
    return datetime.combine(FIRST_DAY, time()) + timedelta(microseconds=round(days * 86_400_000_000))


_DATE = NumberFormat("d mmmm yyyy")
