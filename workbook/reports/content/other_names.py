"""Names of other learners in words that go home."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…:]\s*$|^\s*$")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|madam|prof|professor|rev)\.?\s*$", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:with|beside|near|next to|unlike|and|than)\s$", re.IGNORECASE)
PLAIN_WORDS = frozenset(
    "april art august autumn chance dale dawn daisy drew faith finn frank grace grant hope iris ivy jade jasmine joy "
    "june mark may miles olive pearl penny pat poppy ray rob rose ruby scarlet sky skye sonny spencer summer sunny "
    "will winter bill rich guy amber crystal ginger hazel heather holly honey lily melody violet max nick rod ash clay "
    "cliff mason hunter cooper taylor page reed sandy star blessing charity destiny harmony heaven honour justice kit "
    "love mercy patience prince promise river victory wren angel eden mo an so do my be al".split()
)
"""Names that are words too: at the start of a sentence they are taken for words."""


@lru_cache(maxsize=20_000)
def folded_name(name: str) -> str:
    """A name as it is compared: in small letters, without accents, with one kind of apostrophe."""
    apart = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def names_in(text: str) -> set[str]:
    """The words of a name as they are compared."""
    return set(map(folded_name, WORD.findall(text)))


def bare(word: str) -> str:
    """A word without the ’s of whose something is."""
    return word.removesuffix("’s").removesuffix("'s")


def other_names(
    text: str, own: frozenset[str], first_names: Collection[str], surnames: Collection[str] = ()
) -> list[str]:
    """Names of others in a text, in its order.

    A first name is a word with a capital, or one in small letters that stands beside somebody ("with sam"); a surname
    one with a capital inside a sentence, without a title before it, which would make it a teacher's. What is a plain
    word too counts only where it cannot be one. `own` are the learner's own names; all are as `folded_name` has them.
    """
    found = []
    for match in WORD.finditer(text):
        word, before = bare(match[0]), text[: match.start()]
        name = folded_name(word)
        if name in own or len(name) < 2 or (name not in first_names and name not in surnames):
            continue
        begins, plain = bool(_ENDS.search(before)), name in PLAIN_WORDS
        if not word[0].isupper():
            if name in first_names and not plain and len(name) > 2 and _BESIDE.search(before):
                found.append(word)
        elif name in first_names and len(name) > 2:
            if not plain or not (begins or own & names_in(text)):
                found.append(word)
        elif not begins and not plain and not _TITLE.search(before):
            found.append(word)
    return list(dict.fromkeys(found))
