"""The questions before sending: what a question is, the kinds there are, and how grave each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from workbook.model import CannotDo

MUST_NOT_GO, LOOK_AT, INFORMATION = "Must not go as it is", "Look at", "For information"
GROUPS = (MUST_NOT_GO, LOOK_AT, INFORMATION)

_KINDS: dict[str, tuple[str, str]] = {
    "do-not-send": (MUST_NOT_GO, "a contact reports must not go to"),
    "nobody": (MUST_NOT_GO, "nobody to send the report to"),
    "no-address": (MUST_NOT_GO, "a contact without email and address"),
    "no-day": (LOOK_AT, "a pack of a Progress Day whose date stands nowhere"),
    "adult": (LOOK_AT, "a learner of eighteen, whose report is their own"),
    "law-progress": (LOOK_AT, "an annual report without general progress, which the law asks for"),
    "law-subject": (LOOK_AT, "an annual report that says nothing of a subject, which the law asks for"),
    "law-qualification": (LOOK_AT, "an annual report of the last year without a qualification's name"),
    "law-attendance": (LOOK_AT, "an annual report without possible sessions, which the law asks for"),
    "law-activities": (LOOK_AT, "an annual report without an achievement or activity, which the law asks for"),
    "law-discuss": (LOOK_AT, "an annual report that does not say how to discuss it, which the law asks for"),
    "private": (LOOK_AT, "special needs, free meals, care or health in a comment"),
    "other-name": (LOOK_AT, "another learner's name stands in the text"),
    "placeholder": (LOOK_AT, "a gap to fill was left in"),
    "banned-word": (LOOK_AT, "a word that Settings keeps out of reports"),
    "pronoun": (LOOK_AT, "a pronoun does not fit the learner's"),
    "same-comment": (LOOK_AT, "the same comment stands in another row"),
    "no-comment": (LOOK_AT, "a subject with a level has no comment"),
    "capitals": (LOOK_AT, "words in capitals, which read as shouting"),
    "too-long": (LOOK_AT, "a comment longer than Settings allows"),
    "language": (INFORMATION, "a language other than English at home"),
    "large-print": (INFORMATION, "somebody who reads large print"),
    "no-copy": (INFORMATION, "a contact reports do not go to, for whom no copy is made"),
    "two-households": (INFORMATION, "contacts at more than one address"),
    "leaver": (INFORMATION, "a learner who has left"),
}


class Proof(NamedTuple):
    """A question about a report: whose, at which cell, which kind, what is there, what to do."""

    learner_id: str
    sheet: str
    cell: str
    code: str
    value: str
    message: str
    fix: str
    name: str = ""

    @property
    def where(self) -> str:
        """The sheet and cell to look at; the sheet alone where a row is missing."""
        return f"{self.sheet} {self.cell}".rstrip()

    @property
    def group(self) -> str:
        """How grave it is: one of `GROUPS`."""
        return _KINDS[self.code][0]


def proof_kinds() -> dict[str, str]:
    """The kinds of proof and what each asks, the gravest first."""
    return {code: what for code, (_, what) in _KINDS.items()}


def kinds_of(group: str) -> list[str]:
    """The kinds in a group."""
    return [code for code, (its, _) in _KINDS.items() if its == group]


def not_seen(found: Iterable[Proof], seen: Collection[str]) -> list[Proof]:
    """The questions whose kind has not been answered for this run; CannotDo for a kind there is not."""
    answered = {kind.strip().lower().replace(" ", "-") for kind in seen}
    unknown = sorted(answered - _KINDS.keys())
    if unknown:
        raise CannotDo(f"There is no kind of question {unknown[0]}: there are {', '.join(_KINDS)}.")
    return [one for one in found if one.code not in answered]
