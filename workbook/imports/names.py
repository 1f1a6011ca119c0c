"""Names of people for comparing: accents, apostrophes, hyphens, blanks and capitals do not tell two people apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "Æ": "ae",
     "œ": "oe", "Œ": "oe", "ß": "ss", "þ": "th", "Þ": "th"}
)  # fmt: skip
TITLES = {"mr", "mrs", "ms", "miss", "mx", "master", "dr"}
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """A name as its plain small letters alone: ``O’Bracken-Šíp`` is ``obrackensip``."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold()
    return "".join(letter for letter in plain if letter.isalpha())


def readings(name: str) -> list[tuple[str, str]]:
    """The ways to read a whole name, as bare first name and surname.

    A comma or colon ends the surname. Without one a name may turn either way, and may split at any blank. A second
    name in brackets is what somebody is called. Words with figures, such as a form, and titles before a name are none;
    single letters between names may be initials, or the O of O Brien.
    """
    inside = _IN_BRACKETS.findall(name)
    outside = " ".join(one for one in _IN_BRACKETS.sub(" ", name).split() if not _has_digit(one))
    found: list[tuple[str, str]] = []
    match = re.fullmatch(r"([^,:]+)[,:](.+)", outside)
    if match:
        given, surname = _untitled(match[2].split()), bare("".join(_untitled(match[1].split())))
        found = [(bare("".join(words)), surname) for words in (given, given[:1] + _longer(given[1:]))]
    else:
        words = _untitled(outside.split(), 2)
        for told in (words, words[:1] + _longer(words[1:-1]) + words[-1:]) if len(words) > 2 else (words,):
            for place in range(1, len(told)):
                front, back = bare("".join(told[:place])), bare("".join(told[place:]))
                found += [(front, back), (back, front)]
    called = [(bare(one), surname) for one in inside if not _has_digit(one) for _, surname in found]
    return [one for one in dict.fromkeys(found + called) if all(one)]


def without_middle(name: str) -> list[tuple[str, str]]:
    """The ways to read a whole name without all given names but the first: too little alone to say who it is."""
    parts = re.fullmatch(r"([^,:]+)[,:](.+)", _IN_BRACKETS.sub(" ", name))
    if parts:
        return [(bare(_untitled(parts[2].split())[0]), bare(parts[1]))] if parts[2].split() else []
    words = _untitled([one for one in name.split() if not _has_digit(one)], 2)
    return [(bare(words[0]), bare("".join(words[place:]))) for place in range(2, len(words))]


def _untitled(words: list[str], least: int = 1) -> list[str]:
    """Words of a name without a title before them, as long as ``least`` are left."""
    return words[1:] if len(words) > least and bare(words[0]) in TITLES else words


def _longer(words: list[str]) -> list[str]:
    """Words without single letters, the initials of second names."""
    return [one for one in words if len(bare(one)) > 1]


def words_beside(name: str) -> list[str]:
    """What stands beside a name and is none, such as the form of ``Kezia Marsh (11A)``."""
    return [one for one in re.split(r"[\s()\[\],]+", name) if _has_digit(one)]


def each_of(names: str) -> list[list[str]]:
    """The ways in which a cell may name several people."""
    parted = (re.split(sign, names) for sign in (r";", r"\n", r" and |&", r"/", r",", r"[,&;]| and "))
    return [pieces for one in parted if len(pieces := [piece.strip() for piece in one if piece.strip()]) > 1]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
