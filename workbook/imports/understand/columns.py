"""The columns of a file with their values, and which of them say who a row is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from workbook.imports.learners import form_of
from workbook.imports.parse import digits_lost
from workbook.imports.source import GROUP, Source
from workbook.imports.understand.facts import Facts
from workbook.imports.understand.lexicon import SENSITIVE, place_in, plain, who_word
from workbook.imports.understand.questions import Asker
from workbook.imports.who import Who, faulty_upn, names_in
from workbook.imports.words import as_text
from workbook.model import Value
from workbook.model.excel import count_in
from workbook.reading.written_dates import DAY_FIRST, MONTH_FIRST, orders, read_date

_SAMPLE = 100
_IDENTIFIERS = ("id", "upn", "uln", "email")


@dataclass
class Columns:
    """The headings of a file that are still to be understood, and those that are left out, with the reason.

    ``says`` are words of its titles that the reading relies on; ``decimal`` is what parts whole numbers from the rest.
    """

    source: Source
    facts: Facts
    asker: Asker
    free: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    decimal: str = "."

    def __post_init__(self) -> None:
        self.free = list(self.source.headings)
        self._values: dict[str, list[Value]] = {}

    def values(self, heading: str) -> list[Value]:
        """The values of a column that are not blank."""
        if heading not in self._values:
            found = (row.values.get(heading) for row in self.source.rows)
            self._values[heading] = [value for value in found if value is not None]
        return self._values[heading]

    def share(self, heading: str, test: Callable[[Value], object], most: int | None = None) -> float:
        """The share of a column's values (of the first ``most``) that pass a test; 0 where it has none."""
        values = self.values(heading)[:most]
        return sum(bool(test(value)) for value in values) / len(values) if values else 0.0

    def distinct(self, heading: str) -> list[str]:
        """The different values of a column as texts, in order."""
        return list(dict.fromkeys(as_text(value) for value in self.values(heading)))

    def take(self, *headings: str) -> None:
        """Mark headings as understood."""
        self.free = [one for one in self.free if one not in headings]

    def leave_out(self, heading: str, why: str) -> None:
        """Name a heading as left out."""
        if heading in self.free:
            self.free.remove(heading)
            self.left_out[heading] = why

    def named(self, words: Sequence[str], test: Callable[[Value], object] | None = None) -> str | None:
        """The free heading that says one of these words, the first of them best; its values must mostly pass."""
        found = [(place, one) for one in self.free if (place := place_in(one, words)) is not None]
        for _, heading in sorted(found, key=lambda one: one[0]):
            if test is None or self.share(heading, test) >= 0.5:
                return heading
        return None

    def leave_out_sensitive(self) -> None:
        """Special categories and sex are never brought in, whatever the sheet has columns for."""
        for heading in list(self.free):
            if SENSITIVE.search(plain(heading)):
                self.leave_out(heading, "is sensitive, and the tracker has no place for it")

    def dates(self, headings: Sequence[str], as_heading: bool = False) -> tuple[str, ...]:
        """The order of day and month in these columns; asked where some can only be read month first."""
        texts = [as_text(value) for one in headings for value in self.values(one) if isinstance(value, str)]
        texts = list(headings) if as_heading else texts
        _, month_first = orders(texts)
        bare = next((one for one in texts if read_date(one, (), self.facts.year) and not read_date(one)), "")
        if bare and not as_heading:
            self.told.append(f"Dates without a year, such as {bare}, are taken in the tracker's academic year.")
        first, last = self.facts.tracker.year
        day_read = [day for one in texts if (day := read_date(one, (DAY_FIRST,), self.facts.year))]
        month_read = [day for one in texts if (day := read_date(one, (MONTH_FIRST,), self.facts.year))]
        outside = any(not first <= day <= last for day in day_read)
        fits = len(month_read) == len(day_read) and all(first <= day <= last for day in month_read)
        if not month_first and not (outside and fits and day_read != month_read):
            return ()
        shown = next((one for one in texts if orders([one])[1]), texts[0])
        other = next((one for one in texts if orders([one])[0]), "")
        words = (
            f"{shown} can only be read month first, and {other} only day first."
            if other and month_first
            else f"Dates such as {shown} cannot all be read day first."
        )
        answer = self.asker.ask(
            "dates",
            f"{words} How are the dates of this file written?",
            ((DAY_FIRST, "05/02/2027 is 5 February; dates that cannot be read so are refused"),
             (MONTH_FIRST, "05/02/2027 is 2 May; dates that cannot be read so are refused")),
        )  # fmt: skip
        return (MONTH_FIRST,) if answer == MONTH_FIRST else ()


def who_of(columns: Columns, sheet: str) -> Who | None:
    """The columns that say who a row is about, by what they hold; None where none finds anybody."""
    found = _identifiers(columns, sheet)
    names = _names(columns, sheet, by_values=not found and sheet != "Learners")
    if not found and not names and sheet != "Learners":
        return None
    who = _who(found | names)
    for role, test in (("form", _is_form(columns.facts)), ("year", _is_year), ("born", None)):
        heading = _best(columns, role, [one for one in columns.free if one not in who.columns()], test)
        if heading:
            who = _who({role: heading}, who)
    if not who.form and GROUP in columns.free and columns.share(GROUP, _is_form(columns.facts)):
        who = replace(who, form=GROUP)
    answers = {key: value for key, value in columns.asker.values("Learner").items() if value}
    if sheet != "Learners":
        columns.take(*who.columns())
    return replace(who, answers=tuple(answers.items()))


def _who(told: Mapping[str, str], who: Who | None = None) -> Who:
    return replace(who or Who(), **cast(Any, dict(told)))


def _identifiers(columns: Columns, sheet: str) -> dict[str, str]:
    known, found = columns.facts.learners, {}
    for role in _IDENTIFIERS:
        named = [heading for heading in columns.free if who_word(heading, role) is not None]
        counters = {one for one in columns.free if role == "id" and _counts_rows(columns, one)}
        named = [one for one in named if one not in counters]
        hits = {
            heading: columns.share(heading, partial(known.identified, role, in_column=told), None if told else _SAMPLE)
            for heading in columns.free
            if heading not in counters
            for told in (heading in named,)
        }
        best = max(hits, key=lambda one: (one in named, hits[one]), default=None)
        by_values = max(hits, key=lambda one: hits[one], default=None)
        if role in ("id", "upn") and by_values and hits[by_values] >= 0.8 and len(columns.values(by_values)) > 1:
            best = by_values
        if best and hits[best] and (best in named or hits[best] >= 0.8):
            found[role] = best
        elif best in named and sheet == "Learners" and role == "id" and _new_ids(columns, str(best)):
            found[role] = str(best)
        elif best in named and (
            columns.share(str(best), faulty_upn) if role == "upn" else columns.share(str(best), digits_lost)
        ):
            found[role] = str(best)  # its rows are refused with what is wrong
        if role in ("id", "uln", "upn") and sheet != "Learners":
            for heading in named:
                if heading != found.get(role) and (role != "id" or not hits[heading]) and heading not in found.values():
                    if role == "id" and plain(heading) in ("code", "number", "no", "ref", "reference"):
                        continue
                    if role != "upn" or "@" not in as_text(next(iter(columns.values(heading)), "")):
                        columns.leave_out(heading, "holds no identifier of this tracker's learners")
    return found


def _counts_rows(columns: Columns, heading: str) -> bool:
    """Whether a column only counts the rows of a file, 1, 2, 3, and says nobody's ID."""
    told = columns.distinct(heading)
    weak = plain(heading) in ("no", "number", "")
    return weak and len(told) > 1 and told == [str(one) for one in range(1, len(told) + 1)]


def _found_otherwise(columns: Columns) -> bool:
    """Whether rows find learners of the tracker by another identifier."""
    learners = columns.facts.learners
    return any(
        any(learners.identified(role, value) for role in ("upn", "uln", "email") for value in row.values.values())
        for row in columns.source.rows
    )


def _new_ids(columns: Columns, heading: str) -> bool:
    """Whether a column may hold IDs of learners who are all new: each once, and nobody is found otherwise."""
    return (not columns.facts.learners.all or not _found_otherwise(columns)) and len(columns.distinct(heading)) == len(
        columns.values(heading)
    ) > 0


def _names(columns: Columns, sheet: str, by_values: bool) -> dict[str, str]:
    """The columns that hold the learner's name: the whole name or its parts, whichever finds more.

    ``by_values`` a column is taken whatever it is called, such as Person or About, where no other finds anybody.
    """
    rows, known = columns.source.rows, columns.facts.learners
    free = columns.free

    def hits(who: Who) -> int:
        return sum(bool(known.named(names_in(who, row.values))) for row in rows)

    options: list[dict[str, str]] = [{"name": one} for one in free if who_word(one, "name") is not None]
    firsts = [one for one in free if who_word(one, "first_name") is not None]
    called = [one for one in free if who_word(one, "called") is not None]
    for surname in (one for one in free if who_word(one, "surname") is not None):
        for first in firsts:
            options += [{"surname": surname, "first_name": first, "called": one} for one in called]
            options.append({"surname": surname, "first_name": first})
        options += [{"surname": surname, "called": one} for one in called]
    counted = [(hits(_who(one)), len(one) == 3, -place, one) for place, one in enumerate(options)]
    best = max(counted, key=lambda one: one[:3], default=None)
    if by_values and (best is None or not best[0]):
        for one in (one for one in free if len(columns.distinct(one)) > 1):
            if hits(_who({"name": one})) >= 0.8 * len(columns.values(one)):
                return {"name": one}
    if best is None or (not best[0] and sheet == "Learners"):
        return {}
    if not best[0] and "name" in best[3] and len(options) == 1:
        return {}
    return best[3]


def _best(columns: Columns, role: str, headings: Sequence[str], test: Callable[[Value], object] | None) -> str:
    ranked = [(place, one) for one in headings if (place := who_word(one, role)) is not None]
    ranked = [(place, one) for place, one in ranked if test is None or columns.share(one, test) >= 0.5]
    return min(ranked, key=lambda one: one[0])[1] if ranked else ""


def _is_form(facts: Facts) -> Callable[[Value], object]:
    return lambda value: form_of(value, facts.learners)


def _is_year(value: Value) -> bool:
    found = count_in("".join(filter(str.isdecimal, as_text(value))), 14)
    return found is not None and found >= 7
