"""What a tracker knows that a file is understood by: learners, subjects and their levels, drops, codes, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from workbook.imports.judge import NOT_ASSESSED, fold, level_among, levels_by_scale, whole
from workbook.imports.learners import Learners, learners_of
from workbook.imports.understand.lexicon import SHORT_SUBJECTS, plain
from workbook.imports.words import as_text
from workbook.model import Tracker, Value
from workbook.model.choices import choices
from workbook.model.tracker import as_date
from workbook.reading.written_dates import MONTHS

_SMALL = {"and", "of", "the", "in", "for"}


@dataclass
class Facts:
    """A tracker's knowledge, worked out once for an import."""

    tracker: Tracker
    learners: Learners = field(init=False)
    year: int = field(init=False)
    subjects: dict[str, str] = field(init=False)
    drops: dict[int, tuple[str, date | None]] = field(init=False)
    terms: list[tuple[str, date, date]] = field(init=False)
    codes: set[str] = field(init=False)

    def __post_init__(self) -> None:
        tracker = self.tracker
        self.learners = learners_of(tracker)
        self.year = tracker.year[0].year
        subjects = tracker["Subjects"]
        self.subjects = {
            as_text(name): fold(scale)
            for name, scale in zip(subjects["subject"], subjects["scale"], strict=True)
            if name is not None
        }
        self._short = _short_names(list(self.subjects))
        drops = tracker["Drops"]
        self.drops = {
            int(number): (as_text(name), as_date(day))
            for number, name, day in zip(drops["drop"], drops["name"], drops["date"], strict=True)
            if isinstance(number, (int, float))
        }
        terms = tracker["Terms"]
        spans = zip(terms["name"], terms["kind"], map(as_date, terms["start"]), map(as_date, terms["end"]), strict=True)
        self.terms = sorted(
            ((as_text(name), start, end) for name, kind, start, end in spans if kind == "Term" and start and end),
            key=lambda one: one[1],
        )
        self.codes = {as_text(code) for code in tracker["Codes"]["code"] if code is not None}
        self._levels = levels_by_scale(tracker)
        effort = tracker["Effort"]
        self.efforts = [
            (as_text(code), as_text(label), float(order) if isinstance(order, (int, float)) else 0.0)
            for code, label, order in zip(effort["code"], effort["label"], effort["order"], strict=True)
            if code is not None
        ]
        self._not_assessed = fold(tracker.settings["not_assessed"])

    def subjects_of(self, text: str) -> tuple[str, ...]:
        """The subjects that a text may name; several where it fits several."""
        words = plain(text)
        if words in self._short:
            return tuple(self._short[words])
        bare = " ".join(word for word in words.split() if word not in _SMALL)
        if bare in self._short:
            return tuple(self._short[bare])
        return tuple(name for name in self.subjects if _begins(bare.split(), name))

    def is_level(self, subject: str, value: Value) -> bool:
        """Whether a value is a level of the subject's scale, or the word for not assessed."""
        text = as_text(value)
        levels = self._levels.get(self.subjects.get(subject, ""), {})
        known = fold(text) == self._not_assessed or fold(text) in NOT_ASSESSED
        return known or level_among(text, levels) is not None

    def level_for_number(self, subject: str, value: Value) -> str:
        """The level that a bare number may stand for on a scale whose levels are named otherwise: 4 for APL4."""
        text = as_text(value)
        if not re.fullmatch(r"\d{1,2}", text):
            return ""
        levels = self._levels.get(self.subjects.get(subject, ""), {})
        found = {as_text(level) for level in levels.values() if re.fullmatch(rf"[^\d]+{text}", as_text(level))}
        return found.pop() if len(found) == 1 else ""

    def is_effort(self, value: Value) -> bool:
        """Whether a value is an effort code or the label of one."""
        known = {fold(one) for code, label, _ in self.efforts for one in (code, label)}
        return fold(whole(as_text(value))) in known or fold(value) == self._not_assessed

    def list_of(self, name: str) -> set[str]:
        """The choices of a list, folded."""
        return set(map(fold, choices(self.tracker, name)))

    def drops_in(self, first: date, last: date) -> set[int]:
        """The drops whose levels are given in a span of days."""
        return {number for number, (_, day) in self.drops.items() if day and first <= day <= last}

    def drops_of_month(self, month: int, year: int | None) -> set[int]:
        """The drops named after a month or given in it."""
        found = set()
        for number, (name, day) in self.drops.items():
            named = plain(name)[:3] == MONTHS[month - 1] and not any(char.isdigit() for char in name)
            if (named or (day and day.month == month)) and (not year or not day or day.year == year):
                found.add(number)
        return found


def _short_names(subjects: list[str]) -> dict[str, list[str]]:
    """Every text that is known to mean a subject, and the subjects it means; a full name means its own alone."""
    found: dict[str, list[str]] = {}
    for name in subjects:
        for short in SHORT_SUBJECTS.get(plain(name), ()):
            found.setdefault(short, []).append(name)
    for name in subjects:
        words = plain(name)
        found[words] = [name]
        found[" ".join(word for word in words.split() if word not in _SMALL)] = [name]
    return found


def _begins(words: list[str], subject: str) -> bool:
    """Whether words are the beginnings of a subject's words, at least three letters of each and four of a lone one."""
    names = [word for word in plain(subject).split() if word not in _SMALL]
    if not words or len(words) > len(names) or (len(words) == 1 and (len(words[0]) < 4 or len(names) > 1)):
        return False
    return all(len(word) >= 2 and name.startswith(word) for word, name in zip(words, names, strict=False)) and (
        len(words) == len(names)
    )
