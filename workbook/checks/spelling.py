"""What was likely meant: the same word in other capitals, with spaces, with letters that look alike, or misspelt."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from workbook.checks.findings import Finding
from workbook.checks.kinds import CAPITALS, LOOK_ALIKE, SPACES
from workbook.model.problem_kind import shortened, visible
from workbook.model.vocabulary import Value

_TWINS = str.maketrans(
    {
        **dict.fromkeys("OoОоΟο", "0"),
        **dict.fromkeys("IilІіΙι|", "1"),
        **dict.fromkeys("Ss", "5"),
        **dict.fromkeys("Bb", "8"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("⁄∕／", "/"),
        **dict.fromkeys("＼∖", "\\"),
        **dict.fromkeys("АΑ", "A"),
        **dict.fromkeys("ЕΕ", "E"),
        **dict.fromkeys("СϹ", "C"),
        **dict.fromkeys("РΡ", "P"),
        **dict.fromkeys("ТΤ", "T"),
        **dict.fromkeys("МΜ", "M"),
        **dict.fromkeys("НΗ", "H"),
        **dict.fromkeys("КΚ", "K"),
        **dict.fromkeys("‘’ʼ`´", "'"),
    }
)
#: How many listed values are compared with misspelt ones, for one list in one check.
LOOKS = 60_000


def text_of(value: Value) -> str:
    """A cell's value as text: what the cell shows where it is unformatted."""
    return "" if value is None else str(value)


def tidy(text: str) -> str:
    """A text without invisible characters and spaces before, after or doubled inside; accents one with their letters.

    An accent may be a sign of its own behind its letter (from a PDF, or a Mac's file names): it looks the same, and no
    formula finds the one where the other is meant.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return unicodedata.normalize("NFC", " ".join(visible(text, "").split()))


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """A text for comparing as a formula does: capitals do not matter, nor do invisible characters and spaces."""
    return tidy(text).casefold()


def skeleton(text: str) -> str:
    """A text with every letter that looks like another written as one of them, without accents."""
    plain = tidy(text).translate(_TWINS)
    if plain.isascii():
        return plain.upper().translate(_TWINS)
    plain = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).upper().translate(_TWINS)


class Listed:
    """The values that a column may hold, with what is needed to see which of them a wrong value was meant to be.

    ``open_`` where others may well be right too: the list is only what has been typed so far.
    """

    def __init__(self, values: Iterable[Value], open_: bool = False) -> None:
        self._looks_left = LOOKS
        self.open = open_
        self.texts: dict[str, None] = {text_of(value): None for value in values if value is not None}

    def __contains__(self, value: Value) -> bool:
        return text_of(value) in self.texts

    def __bool__(self) -> bool:
        return bool(self.texts)

    @cached_property
    def _bare(self) -> Mapping[str, str]:
        return {bare(text): text for text in reversed(self.texts)}

    @cached_property
    def _skeletons(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in self.texts:
            found.setdefault(skeleton(text), []).append(text)
        return found

    def typed_otherwise(self, value: Value) -> Finding | None:
        """A finding where the value is one of the list but for spaces, capitals or look-alike letters."""
        text = text_of(value)
        meant = self._bare.get(bare(text))
        if meant is not None:
            return Finding(SPACES if tidy(text) != text else CAPITALS, meant)
        alike = self._skeletons.get(skeleton(text), [])
        return Finding(LOOK_ALIKE, alike[0]) if len(alike) == 1 else None

    def nearest(self, value: Value, cutoff: float = 0.75) -> str | None:
        """The one value of the list that is spelt nearly the same; None where none or several are."""
        self._looks_left -= len(self.texts)
        if self._looks_left < 0:
            return None  # a column that is wrong throughout is not a matter of spelling
        near = difflib.get_close_matches(bare(text_of(value)), self._bare, n=2, cutoff=cutoff)
        if not near:
            return None
        if len(near) == 2:
            first, second = (difflib.SequenceMatcher(None, bare(text_of(value)), one).ratio() for one in near)
            if first - second < 0.03:
                return None
        return self._bare[near[0]]

    def in_words(self, most: int = 8) -> str:
        """The values for a sentence, at most ``most`` of them."""
        texts = list(self.texts)
        return ", ".join(map(shortened, texts[:most])) + (" …" if len(texts) > most else "")
