"""Excel's number formats as text: what a cell would show, for values that stand inside a sentence.

Sections and their conditions, colours, `#0?` with literals between, thousands, percent, fractions, exponents, dates in
British English, system dates, elapsed time. ECMA-376 part 1, 18.8.31. LibreOffice's TEXT judges this in the tests.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from workbook.model.excel import serial
from workbook.reading.date_formats import date_text, reads_as_date
from workbook.reading.digits import digits_text, fraction_text, rounded, scientific_text


class Piece(NamedTuple):
    """A stretch of a format: `kind` is "text" (to be written as it is) or "code"."""

    kind: str
    text: str


_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    |\\(?P<escaped>.)
    |(?P<pad>[_*].?)
    |\[(?P<bracket>[^\]]*)\]
    |(?P<code>General|AM/PM|A/P|.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:[Ee][-+]?[0-9]+)?)\s*")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SYSTEM = {"-F800": "dd mmmm yyyy", "-X-SYSDATE": "dd mmmm yyyy", "-F400": "hh:mm:ss", "-X-SYSTIME": "hh:mm:ss"}
"""The long date and the time of a computer set to English (United Kingdom)."""


@dataclass(frozen=True)
class Section:
    """One of a format's up to four sections: its pieces, and the values it is for where it says so."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, float] | None = None

    def takes(self, value: float) -> bool:
        """Does its condition hold?"""
        return self.condition is not None and _COMPARE[self.condition[0]](value, self.condition[1])

    @cached_property
    def code(self) -> str:
        """Its codes without what is written as it is, in small letters."""
        return "".join(piece.text for piece in self.pieces if piece.kind == "code").lower()

    @cached_property
    def is_date(self) -> bool:
        """Does it show a date or a time?"""
        return not self.is_general and reads_as_date(self.code)

    @cached_property
    def shows_date(self) -> bool:
        """Does it show one, be it as the computer is set to?"""
        return self.is_date or any(piece.kind == "system" for piece in self.pieces)

    @cached_property
    def is_percent(self) -> bool:
        """Does it show hundredths?"""
        return "%" in self.code

    @cached_property
    def is_general(self) -> bool:
        """Does it show a number as it is?"""
        return "general" in self.code

    @cached_property
    def shows_all(self) -> bool:
        """Does it show any number as it is, and nothing else?"""
        alone = all(piece.kind == "code" or not piece.text for piece in self.pieces)
        return self.condition is None and alone and self.code in ("", "general")

    @cached_property
    def is_text(self) -> bool:
        """Is it for text?"""
        return "@" in self.code

    @cached_property
    def below_nought_only(self) -> bool:
        """Can only negative numbers come here, so that it says itself how it shows the sign?"""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return (sign in ("<", "<=") and bound <= 0 and (sign, bound) != ("<=", 0)) or (sign == "=" and bound < 0)


def read(code: str) -> tuple[Section, ...]:
    """The sections of a number format."""
    sections: list[Section] = []
    pieces: list[Piece] = []
    condition: tuple[str, float] | None = None
    for found in _PIECE.finditer(code):
        if found["code"] == ";":
            sections.append(Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif found["bracket"] is not None:
            met = _CONDITION.fullmatch(found["bracket"])
            if met:
                condition = (met[1], _number(met[2]))
            else:
                pieces += _bracket(found["bracket"])
        elif found["pad"]:
            pieces.append(Piece("text", " " if found["pad"][0] == "_" else ""))
        elif found["code"]:
            pieces.append(Piece("code", found["code"]))
        else:
            pieces.append(Piece("text", found["quoted"] or found["escaped"] or ""))
    sections.append(Section(tuple(pieces), condition))
    return tuple(sections)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _bracket(inside: str) -> list[Piece]:
    """What a bracket that is no condition stands for: a currency, elapsed time, the system's date; a colour nothing."""
    if inside.startswith("$"):
        words, _, _ = inside[1:].partition("-")
        system = next((code for key, code in _SYSTEM.items() if inside[1:].upper().startswith(key)), None)
        return [Piece("system", system)] if system else [Piece("text", words)]
    if _ELAPSED.fullmatch(inside):
        return [Piece("code", f"[{inside.lower()}]")]
    return []


class NumberFormat:
    """A format as Excel keeps it, such as `[>=100]0;0.0"%"` or `d mmmm yyyy`."""

    def __init__(self, code: str) -> None:
        sections = read(code)
        numeric = [each for number, each in enumerate(sections[:4]) if not (each.is_text and number)]
        self.sections = tuple(numeric[:3])
        self.for_text = sections[3] if len(sections) > 3 else sections[-1] if sections[-1].is_text else None
        self.is_date = any(each.shows_date for each in self.sections)
        self.is_percent = any(each.is_percent for each in self.sections)
        words = self.for_text if self.for_text is sections[0] else None  # "Form "@ is put on by Excel, over all
        self.is_general = words is not None or (len(self.sections) == 1 and sections[0].shows_all)
        """Does it show a number as it is, with nothing beside it?"""

    def section(self, value: float) -> tuple[Section, bool] | None:
        """The section a number is shown by, and whether the minus sign is written before it; None where none fits."""
        sections = self.sections
        if not any(each.condition for each in sections):
            if value > 0 or len(sections) == 1 or (value == 0 and len(sections) == 2):
                return sections[0], value < 0
            return (sections[1], False) if value < 0 else (sections[2], False)
        for number, each in enumerate(sections):
            last = number == len(sections) - 1
            if each.takes(value) or (each.condition is None and (last or (number == 1 and value < 0))):
                return each, value < 0 and number != 1 and not each.below_nought_only
        return None

    def text(self, value: float) -> str:
        """A number as it reads in this format; what is only there to line columns up is left out at both ends."""
        found = self.section(value)
        if found is None:
            return "#######"  # as Excel shows a number that no section is for
        section, minus = found
        if section.is_general or section.is_text:
            text = "".join(plain(abs(value)) if _is_value(piece) else piece.text for piece in section.pieces)
        elif "/" in section.code and not section.is_date:
            text = fraction_text(section.pieces, abs(value))
        elif re.search(r"e[-+]", section.code):
            text = scientific_text(section.pieces, abs(value))
        else:
            text = digits_text(section.pieces, abs(value))
        minus = minus and bool(re.search("[1-9]", text.partition("/")[0]))
        return ("-" if minus else "") + text.strip()

    def words(self, value: str) -> str:
        """A text as it reads in this format: `"L"@` puts a letter before it."""
        if self.for_text is None or not self.for_text.is_text:
            return value
        return "".join(value if _is_value(piece) else piece.text for piece in self.for_text.pieces)

    def date(self, value: date) -> str:
        """A date, or date and time, as it reads in this format."""
        section = self.sections[0]
        if len(self.sections) > 1 and serial(value) >= 0:  # `[=0]"none";d mmm yy`
            found = self.section(serial(value))
            if found is None or not found[0].shows_date:
                return self.text(serial(value))
            section = found[0]
        pieces = section.pieces
        system = next((piece.text for piece in pieces if piece.kind == "system"), None)
        if system:
            pieces = read(system)[0].pieces
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return date_text(tuple(pieces), moment).strip()


def _is_value(piece: Piece) -> bool:
    return piece.kind == "code" and piece.text.lower() in ("general", "@")


def plain(value: float) -> str:
    """A number as people write it: no tail of zeros, at most two decimals."""
    text = f"{rounded(value, 2):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
