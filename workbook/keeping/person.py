"""The words by which learners are known: IDs, names, contacts; found in a text, and taken out of it.

A word that somebody who stays is known by too (a brother's mother, a namesake) is none of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from workbook.measures.learners import id_key, word
from workbook.model import Kind, Table, Tracker
from workbook.model.excel import fold
from workbook.reading.references import Name, Reference, parse

INSTEAD = "erased"
"""What stands in place of a word that is taken out, with its number, so that names of sheets stay apart."""
_SHORTEST, _FEWEST_DIGITS = 4, 6
STAFF = ("mentor", "by", "owner", "teacher", "logged_by", "agreed_with")
_TOKEN = re.compile(r"[^\W_]+")
_IN_QUOTES = re.compile(r'"(?:[^"]|"")*"|\[[^\[\]]*\]')
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True)
class Words:
    """What says who somebody is. ``sure`` are whole texts in small letters, ``names`` single names of theirs.

    ``weak`` are those of ``sure`` that mean the learner only in a column of IDs (``7``), ``shared`` single names that
    somebody who stays has too.
    """

    sure: frozenset[str]
    names: frozenset[str]
    spelt: tuple[str, ...] = ()
    weak: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    _numbers: dict[str, int] = field(default_factory=dict, compare=False)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the sure words, weak ones apart, inside a longer text."""
        parts = sorted({_pattern(one) for one in self.spelt if fold(one) not in self.weak}, key=len, reverse=True)
        return re.compile(_START + "(?:" + "|".join(parts) + ")" + _END, re.IGNORECASE) if parts else None

    def inside(self, text: str) -> bool:
        """Whether a text holds one of the sure words."""
        return bool(self.pattern and self.pattern.search(text))

    def all_inside(self, text: str) -> list[str]:
        """The sure words that a text holds, as they are written there."""
        return self.pattern.findall(text) if self.pattern else []

    def whole(self, text: str, among_ids: bool = False) -> bool:
        """Whether a text is one of the sure words and nothing else; a weak one only ``among_ids``."""
        plain = fold(text.strip())
        return plain in self.sure and (among_ids or plain not in self.weak)

    def without(self, text: str) -> str:
        """The text with each sure word replaced; the same word by the same."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: f"{INSTEAD}{self._number(found[0])}", text)

    def without_in_formula(self, formula: str) -> str:
        """The formula with the words replaced in its texts and names; ``A101`` as a cell stays, whoever has that ID."""
        if not self.inside(formula):
            return formula
        written = []
        for part in parse(formula):
            if isinstance(part, Reference):
                written.append(self.without(part.prefix) + part.text.removeprefix(part.prefix))
            elif isinstance(part, Name):
                written.append(self.without(part.prefix + part.text))
            else:
                written.append(_IN_QUOTES.sub(lambda found: self.without(found[0]), part))
        return "".join(written)

    def _number(self, found: str) -> int:
        return self._numbers.setdefault("".join(_TOKEN.findall(fold(found))), len(self._numbers) + 1)

    def named(self, text: str) -> list[str]:
        """Single names of theirs in a text: words with a capital."""
        return [one for one in _TOKEN.findall(text) if one[0].isupper() and fold(one) in self.names]

    def namesake(self, text: str) -> bool:
        """Whether a text has a single name that is theirs and that of somebody who stays: it may mean either."""
        return any(one[0].isupper() and fold(one) in self.shared for one in _TOKEN.findall(text))


def _pattern(text: str) -> str:
    """A word as it may be written elsewhere: names with other signs between, numbers with spaces or none."""
    if "@" in text:
        return re.escape(text)
    tokens = _TOKEN.findall(text)
    digits = "".join(tokens)
    if digits.isdecimal():
        return r"[\s-]?".join(digits)
    return r"[\s_.,'’-]{0,3}".join(map(re.escape, tokens))


def words_of(tracker: Tracker, ids: Iterable[str]) -> Words:
    """The words of these learners that nobody else in the tracker is known by."""
    mine = set(map(id_key, ids))
    spelt = {fold(one): one for one in _spelt(tracker, lambda key: key in mine)}
    others = {fold(one) for one in (*_spelt(tracker, lambda key: key not in mine), *staff_of(tracker))}
    sure = {key: one for key, one in spelt.items() if key not in others}
    names, rest = set(_names(tracker, lambda key: key in mine)), set(_names(tracker, lambda key: key not in mine))
    weak = frozenset(filter(_weak, sure))
    return Words(frozenset(sure), frozenset(names - rest), tuple(sure.values()), weak, frozenset(names & rest))


def _weak(text: str) -> bool:
    letters = "".join(_TOKEN.findall(text))
    return len(letters) < (_FEWEST_DIGITS if letters.isdecimal() else _SHORTEST)


Whose = Callable[[str], bool]


def _theirs(table: Table, whose: Whose) -> Iterator[int]:
    owners = table["learner_id"]
    return (place for place, one in enumerate(owners) if id_key(one) and whose(id_key(one)))


def _spelt(tracker: Tracker, whose: Whose) -> Iterator[str]:
    """Every text by which these learners and those at home are known."""
    table = tracker["Learners"]
    for place in _theirs(table, whose):
        yield from (word(table[key][place]) for key in ("learner_id", "upn", "uln", "email") if table[key][place])
        last = word(table["surname"][place])
        for first in filter(None, (word(table[key][place]) for key in ("first_name", "preferred_name"))):
            if last:
                yield from (f"{first} {last}", f"{last}, {first}", f"{last} {first}")
    table = tracker["Parents"]
    for place in _theirs(table, whose):
        for column in table.sheet.entry:
            said = word(table[column.key][place])
            if said and (column.key in ("name", "address") or column.kind in (Kind.EMAIL, Kind.PHONE)):
                yield said


def _names(tracker: Tracker, whose: Whose) -> Iterator[str]:
    table = tracker["Learners"]
    for place in _theirs(table, whose):
        for key in ("first_name", "preferred_name", "surname"):
            yield from (fold(one) for one in _TOKEN.findall(word(table[key][place])) if len(one) > 2)


def own_names(tracker: Tracker, learner: str) -> set[str]:
    """The single names of a learner, in small letters."""
    return set(_names(tracker, lambda key: key == id_key(learner)))


def staff_of(tracker: Tracker) -> Iterator[str]:
    """The names of staff, wherever a tracker has them."""
    yield from (word(one) for one in tracker["Lists"]["mentors"] if one)
    for table in tracker.tables.values():
        for key in STAFF:
            yield from (word(one) for one in table[key] if one) if key in table.sheet.by_key else ()
