"""How tall a row must be for the text in it, in trackers and reports alike: Excel and its viewers fit no merged cells,
and many fit nothing at all.

Widths are those of Calibri, in thousandths of the font size; other faces differ by little, so a line more than
needed is likelier than a line too few.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WIDTHS = {
    226: " '", 229: "il", 239: "j", 250: ",‘’.I·", 268: ":;", 303: "()f-[]`", 319: "J{}!", 335: "t", 349: "r",
    386: "/\\", 395: "sz", 418: '"“”Lc', 433: "x", 455: "kvyFS|?", 471: "gZ", 487: "aTYE", 498: "#*+<=>^_e~–•",
    507: "$£0123456789", 520: "PXK", 527: "bdhnpquo", 544: "CRB", 579: "VA", 623: "DH", 646: "GUN", 673: "OQ",
    690: "&…", 715: "%w", 799: "m", 855: "M", 894: "W@", 905: "—",
}  # fmt: skip
_LINE = 1.24
"""A line's height in font sizes, as Excel and LibreOffice set Calibri."""
_BOLD = 1.04
_DIGIT = 7
"""Pixels of a digit in the default font, which column widths count in."""
_PADDING = 5
"""Pixels of a cell that no text can use."""


class _Widths(dict[str, float]):
    """The width of each letter; an accented letter is as wide as its base, an unknown one as its script usually is."""

    def __missing__(self, letter: str) -> float:
        base = unicodedata.normalize("NFD", letter)[0]
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            width = 0.0
        elif base != letter:
            width = self[base]
        else:
            width = 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.65
        self[letter] = width
        return width


_WIDTH = _Widths({letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters})


def room(columns: float) -> float:
    """The pixels that text can use in a column, or in merged columns, of this width in characters."""
    return columns * _DIGIT - _PADDING


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> float:
    return sum(map(_WIDTH.__getitem__, word))


def text_width(text: str, size: float = 11, bold: bool = False) -> float:
    """How many pixels `text` takes on one line, `size` in points."""
    return sum(map(_WIDTH.__getitem__, text)) * size * 4 / 3 * (_BOLD if bold else 1)


def sure_to_fit(columns: float, size: float = 11) -> int:
    """So many letters stand on one line whatever they are, but for a line of nothing but M and W."""
    return max(0, int(room(columns) / (size * 4 / 3 * 0.68)))


def lines(text: str, columns: float, size: float = 11, bold: bool = False) -> int:
    """The lines that `text` wraps to in a cell `columns` characters wide; at least one."""
    width = room(columns) / (size * 4 / 3 * (_BOLD if bold else 1))
    if "\n" in text:
        return sum(_wrapped(paragraph, width) for paragraph in text.split("\n"))
    return _wrapped(text, width)


def _wrapped(text: str, width: float) -> int:
    """Lines of one paragraph, filled word by word; a word longer than a line is broken. `width` in font sizes."""
    if len(text) * 0.9 <= width:  # even capitals fit
        return 1
    space = _WIDTH[" "]
    count, at = 1, -space
    for wide in map(_word, text.split(" ")):
        at += space + wide
        if at > width:
            count += at > wide  # a new line, unless the word stands at the start of one
            at = wide
            if wide > width > 0:
                more = int(wide // width)
                count, at = count + more, wide - more * width
    return count


@lru_cache(maxsize=4096)
def height_of(count: int, size: float = 11) -> float:
    """Points for `count` lines, with a little air; never more than the 409 that Excel allows."""
    return min(409.0, round(count * size * _LINE + 3.5, 2))


def height(text: str, columns: float, size: float = 11, bold: bool = False) -> float:
    """Points that a row needs so that `text` is whole in a cell `columns` characters wide."""
    return height_of(lines(text, columns, size, bold), size)


def row_heights(notes: Iterable[tuple[Sequence[object], float]], count: int, least: float, size: float) -> list[float]:
    """The height of each record so that wrapped notes show in full; 0 where the sheet's own height `least` does.

    `notes` holds the values of wrapped columns and their width in characters; `size` is the text's, in points.
    """
    heights = [0.0] * count
    for values, width in notes:
        short = sure_to_fit(width, size)
        for number, value in enumerate(values):
            if isinstance(value, str) and (len(value) > short or "\n" in value):
                needed = height(value, width, size)
                if needed > least and needed > heights[number]:
                    heights[number] = needed
    return heights
