"""Questions that a file leaves open, asked all at once; each is answered by a word on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.imports.words import nearest, shown
from workbook.model import CannotDo
from workbook.model.problem_kind import shortened
from workbook.reading.headings import folded

LEAVE_OUT = "leave out"
#: What an answer says of one file alone, which said nothing itself: a kept map asks it of the next file again.
OF_ONE_FILE = ("drop", "subject", "measure", "week", "table")


@dataclass(frozen=True)
class Question:
    """A question: its name for the answer, its words, the answers with what each means, whether it must be answered.

    Without choices any words may be the answer. One that need not be answered is of rows that are refused until it is.
    """

    name: str
    words: str
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = True

    def record(self) -> dict[str, Any]:
        """The question for JSON."""
        choices = [{"answer": answer, "means": means} for answer, means in self.choices]
        return {"question": self.name, "words": self.words, "choices": choices, "needed": self.needed}


class Asker:
    """Takes questions and knows the answers given so far.

    ``left_over`` answers were written down for an earlier look: one that nothing asks for any more is passed over.
    """

    def __init__(self, answers: Mapping[str, str], left_over: bool = False) -> None:
        self._left_over = left_over
        self.given = {folded(name): (name, value) for name, value in answers.items()}
        self.open: dict[str, Question] = {}
        self.used: dict[str, str] = {}

    def ask(self, name: str, words: str, choices: Sequence[tuple[str, str]] = ()) -> str | None:
        """The answer to a question, None where it is still to be given; CannotDo for one that is no choice."""
        told = self.given.get(folded(name))
        if told is None:
            self.open.setdefault(name, Question(name, words, tuple(choices)))
            return None
        by_folded = {folded(choice): choice for choice, _ in choices} | {
            folded(means): choice for choice, means in reversed(choices)
        }
        if choices and folded(told[1]) not in by_folded:
            known = [choice for choice, _ in choices]
            raise CannotDo(f"{shortened(told[1])} is no answer to {shown(name)}{nearest(told[1], known)}.")
        self.used[name] = told[1]
        return by_folded[folded(told[1])] if choices else told[1]

    def values(self, what: str) -> dict[str, str]:
        """The answers that say what values of a column mean, by folded value: ``How: Fax`` is Phone."""
        start = folded(what) + ": "
        found = {}
        for key, (name, value) in self.given.items():
            if key.startswith(start):
                found[key.removeprefix(start)] = "" if folded(value) == LEAVE_OUT else value
                self.used[name] = value
        return found

    def refuse_unknown(self, optional: Iterable[Question] = ()) -> None:
        """CannotDo for an answer that nothing asked for."""
        if self._left_over:
            return
        known = {folded(name) for name in (*self.used, *self.open)}
        for key, (name, _) in self.given.items():
            if key not in known:
                names = [*self.open, *(one.name for one in optional)]
                raise CannotDo(f"Nothing asks for {shown(name)}{nearest(name, names)}: leave that answer out.")


class Trying(Asker):
    """Takes the first answer to each question, to see how far a file can be understood; nothing is made of it."""

    def ask(self, name: str, words: str, choices: Sequence[tuple[str, str]] = ()) -> str | None:
        """The answer given, else the first there is."""
        if folded(name) in self.given:
            return super().ask(name, words, choices)
        self.open.setdefault(name, Question(name, words, tuple(choices)))
        return choices[0][0] if choices else None
