"""Names of people for comparing: accents, apostrophes, hyphens, blanks and capitals do not tell two people apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "Æ": "ae",
     "œ": "oe", "Œ": "oe", "ß": "ss", "þ": "th", "Þ": "th"}
)  # fmt: skip
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """A name as its plain small letters alone: ``O’Bracken-Šíp`` is ``obrackensip``."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold()
    return "".join(letter for letter in plain if letter.isalpha())


def readings(name: str) -> list[tuple[str, str]]:
    """The ways to read a whole name, as bare first name and surname.

    A comma or colon ends the surname. Without one a name may turn either way, and may split at any blank. A second
    name in brackets is what somebody is called. Words with figures, such as a form, are no names.
    """
    inside = _IN_BRACKETS.findall(name)
    outside = " ".join(one for one in _IN_BRACKETS.sub(" ", name).split() if not _has_digit(one))
    found: list[tuple[str, str]] = []
    match = re.fullmatch(r"([^,:]+)[,:](.+)", outside)
    if match:
        found = [(bare(match[2]), bare(match[1]))]
    else:
        words = outside.split()
        for place in range(1, len(words)):
            front, back = bare("".join(words[:place])), bare("".join(words[place:]))
            found += [(front, back), (back, front)]
    called = [(bare(one), surname) for one in inside if not _has_digit(one) for _, surname in found]
    return [one for one in dict.fromkeys(found + called) if all(one)]


def words_beside(name: str) -> list[str]:
    """What stands beside a name and is none, such as the form of ``Kezia Marsh (11A)``."""
    return [one for one in re.split(r"[\s()\[\],]+", name) if _has_digit(one)]


def each_of(names: str) -> list[list[str]]:
    """The ways in which a cell may name several people."""
    parted = (re.split(sign, names) for sign in (r";", r"\n", r" and |&", r"/", r",", r"[,&;]| and "))
    return [pieces for one in parted if len(pieces := [piece.strip() for piece in one if piece.strip()]) > 1]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
