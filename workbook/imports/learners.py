"""The learners of a tracker by everything that finds them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from unicodedata import normalize

from workbook.imports.judge import form_among
from workbook.imports.names import bare, readings
from workbook.imports.words import as_text
from workbook.model import Tracker, Value
from workbook.model.choices import choices
from workbook.reading.learner_numbers import ULN_NOT_YET_KNOWN
from workbook.reading.written_dates import read_date, serial_date

IDENTIFIERS = {"id": "Learner ID", "upn": "UPN", "uln": "ULN", "email": "Email"}


@dataclass(frozen=True)
class Learner:
    """What a tracker knows of a learner, for finding them."""

    id: str
    says: Mapping[str, str]
    first: frozenset[str]
    surname: str
    form: str
    year: str
    born: date | None

    def __str__(self) -> str:
        return f"{self.id} ({self.form or 'no form'})"


@dataclass
class Learners:
    """The learners of a tracker by everything that finds them. ``by`` counts what rows were found by, ``forms`` are
    those there are.
    """

    all: list[Learner]
    by: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by: dict[str, dict[str, list[Learner]]] = {key: defaultdict(list) for key in IDENTIFIERS}
        self._named: dict[tuple[str, str], list[Learner]] = defaultdict(list)
        for one in self.all:
            for key, value in one.says.items():
                self._by[key][value].append(one)
            for first in one.first:
                self._named[first, one.surname].append(one)
        self._by_number: dict[str, list[Learner]] = defaultdict(list)
        for text, ones in self._by["id"].items():
            if text.isdecimal():
                self._by_number[text.lstrip("0")] += ones
        self.firsts = {first for one in self.all for first in one.first}
        self.surnames = {one.surname for one in self.all}
        self.forms |= {one.form for one in self.all if one.form}

    def identified(self, key: str, value: Value, in_column: bool = False) -> Learner | None:
        """The learner with an identifier; None where nobody has it, or two.

        ``in_column`` says that the value stands in a column of such identifiers: an ID may then lack zeros in front.
        """
        own = identifier(key, value)
        found = self._by[key].get(own, [])
        if in_column and not found and key == "id" and own.isdecimal():
            found = self._by_number.get(own.lstrip("0"), [])
        return found[0] if len(found) == 1 else None

    def named(self, names: Iterable[tuple[str, str]]) -> list[Learner]:
        """The learners whose name may be read so."""
        found = {one.id: one for name in names for one in self._named.get(name, ())}
        return list(found.values())

    def near(self, name: str) -> list[Learner]:
        """The learners whom a name that nobody has may mean: of the same surname, or spelt alike."""
        surnames = {surname for _, surname in readings(name)}
        found = [one for one in self.all if one.surname in surnames]
        spelt = {f"{first}{one.surname}": one for one in self.all for first in one.first}
        close = {alike for first, surname in readings(name) for alike in get_close_matches(f"{first}{surname}", spelt)}
        return list({one.id: one for one in [*found, *(spelt[alike] for alike in sorted(close))]}.values())


def learners_of(tracker: Tracker) -> Learners:
    """The learners of a tracker, those who have left too."""
    found = []
    for one in tracker["Learners"].records():
        if one.get("learner_id") is None:
            continue
        says = {
            "id": identifier("id", one["learner_id"]),
            **{key: identifier(key, one.get(key)) for key in ("upn", "uln", "email") if one.get(key)},
        }
        if says.get("uln") == ULN_NOT_YET_KNOWN:
            del says["uln"]
        firsts = [bare(as_text(one.get(key))) for key in ("first_name", "preferred_name")]
        born = one.get("date_of_birth")
        found.append(
            Learner(
                as_text(one["learner_id"]), says, frozenset(filter(None, firsts)), bare(as_text(one.get("surname"))),
                as_text(one.get("form")), as_text(one.get("year")), day_of(born),
            )
        )  # fmt: skip
    return Learners(found, forms=set(map(as_text, choices(tracker, "Forms"))))


def identifier(key: str, value: Value) -> str:
    """An identifier for comparing: capitals and blanks do not matter, nor an apostrophe before it, wide letters or .0
    behind a number, as programs leave them.
    """
    text = normalize("NFKC", as_text(value)).strip().removeprefix("'")
    text = text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text
    return text.casefold() if key in ("id", "email") else re.sub(r"\s", "", text).casefold()


def form_of(value: Value, known: Learners) -> str:
    """The form of the tracker that a text names, such as ``Form 10a``; empty for a class or a teacher."""
    return form_among(as_text(value), known.forms)


def day_of(value: Value) -> date | None:
    """The day that a cell says, whatever its form; None where it says none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return read_date(value)
    return serial_date(value) if isinstance(value, (int, float)) else None
