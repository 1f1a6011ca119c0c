"""Sentences for parents and carers: pronouns and verbs that agree, lists in words, at most twenty words.

The words vary from learner to learner, so that reports do not read like a form, but never from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from zlib import crc32

MOST_WORDS = 20
"""The longest sentence in a report."""

_PRONOUNS = {
    "she": ("she", "her", "her"),
    "he": ("he", "him", "his"),
    "they": ("they", "them", "their"),
}
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = "no one two three four five six seven eight nine ten".split()


class Person(NamedTuple):
    """A learner as a sentence speaks of them: first name and pronouns.

    `they`, `them`, `their` are the pronouns in small letters; `many` says whether verbs after the pronoun are in
    the plural (they are; she is).
    """

    name: str
    they: str
    them: str
    their: str
    many: bool

    @classmethod
    def of(cls, name: str, pronouns: object = None) -> Person:
        """The person of a name and a Pronouns cell; `they` where the cell is blank or not known."""
        first = re.split(r"[/,; ]", str(pronouns or "").strip().lower())[0]
        they, them, their = _PRONOUNS.get(first, _PRONOUNS["they"])
        return cls(name, they, them, their, they == "they")

    def named(self) -> Person:
        """The same person with the name where the pronoun would stand, for the first sentence of a text."""
        return Person(self.name, self.name, self.name, self.name + "’s", False)

    def words(self) -> dict[str, str]:
        """What a sentence can name: {name}, {They}, {their}, and verbs after the pronoun: {are}, {have}, {keep:s}."""
        return {
            "name": self.name,
            "names": self.name + "’s",
            "they": self.they,
            "them": self.them,
            "their": self.their,
            "They": self.they[:1].upper() + self.they[1:],
            "Their": self.their[:1].upper() + self.their[1:],
            "are": "are" if self.many else "is",
            "were": "were" if self.many else "was",
            "have": "have" if self.many else "has",
            "do": "do" if self.many else "does",
            "s": "" if self.many else "s",
            "es": "" if self.many else "es",
        }


def say(person: Person, pattern: str, **more: object) -> str:
    """`pattern` with the person's words and `more` filled in."""
    return pattern.format(**person.words(), **more)


def choose(patterns: Sequence[str], learner_id: str, topic: str) -> str:
    """One of several ways to say a thing: the same for the same learner, spread over learners."""
    return patterns[crc32(f"{topic}|{learner_id}".encode()) % len(patterns)]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `Art`, `Art and Maths`, `Art, English and Maths`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def number(count: int) -> str:
    """A count in words up to ten, in digits above."""
    return _NUMBERS[count] if 0 < count < len(_NUMBERS) else str(count)


def about(person: Person, pattern: str, subjects: Sequence[str]) -> str:
    """`pattern` with {subjects} as names while the sentence stays short, else as a count."""
    for most in (3, 2):
        if len(subjects) <= most:
            sentence = say(person, pattern, subjects=listed(subjects))
            if word_count(sentence) <= MOST_WORDS:
                return sentence
    if len(subjects) > 1:
        return say(person, pattern, subjects=f"{number(len(subjects))} subjects")
    return say(person, pattern, subjects=subjects[0])


def word_count(sentence: str) -> int:
    """Words between spaces."""
    return len(sentence.split())


def sentence(text: str) -> str:
    """What a person typed, as a sentence: trimmed, one space between words, a full stop if it has no end."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…”\"'’)" else text + "."


def day_and_month(day: date, year: bool = False) -> str:
    """`5 March`, or `5 March 2027`."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def sessions(count: int) -> str:
    """`1 session`, `6 sessions`."""
    return f"{count:,} session" + ("" if count == 1 else "s")


def joined(sentences: Sequence[str]) -> str:
    """Sentences as one text."""
    return " ".join(sentences)
