"""What to look at before reports are sent: questions about the words that would go home, and whom they would reach.

A proof is a question, not an error: a comment may well name another learner. Each has its cell, so that it can be
mended in the tracker before the reports are made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from workbook.building.handed_on import rows_of
from workbook.measures.learners import Learners, called, id_key
from workbook.measures.levels import Assessed
from workbook.model import SHEETS, Audience, Kind, Sheet, Table, Tracker
from workbook.model.formulas import DROPS
from workbook.model.problem_kind import shortened
from workbook.reports.content.other_names import WORD, bare, folded_name, names_in, other_names
from workbook.reports.content.printed_notes import printed_notes
from workbook.reports.content.questions import Proof
from workbook.reports.content.recipients import adult_questions, recipient_questions
from workbook.reports.content.subjects import text_of
from workbook.reports.content.unfit import GAP, LOUD, PRIVATE, banned_in, gap_in, private_in, shouted_in, signs_of

_WRONG = {
    "she": {"he", "him", "his", "himself"},
    "he": {"she", "her", "hers", "herself"},
    "they": {"he", "him", "his", "himself", "she", "her", "hers", "herself"},
}
_STAFF = ("by", "logged_by", "owner", "agreed_with")
_TABLES = ("Progress", "Targets", "Interventions", "Achievements")
_SAME_FROM = 20
"""Shorter comments may well be the same for two learners."""


class _Writing(NamedTuple):
    """Words that would go home: a learner's cell."""

    learner: str
    table: Table
    key: str
    row: int
    text: str

    def proof(self, code: str, message: str, fix: str) -> Proof:
        cell = self.table.cell(self.key, self.row)
        return Proof(self.learner, self.table.sheet.name, cell, code, self.text, message, fix)


class _Names(NamedTuple):
    """What learners are called by, as it is compared."""

    first: frozenset[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, people: Iterable[_Person], tracker: Tracker) -> _Names:
        """The names of these people; a surname that is a subject's word, too, is none."""
        found = list(people)
        subjects = names_in(" ".join(map(text_of, tracker["Subjects"]["subject"])))
        surnames = frozenset(name for one in found for name in one.surnames) - subjects
        return cls(frozenset(name for one in found for name in one.names), surnames)

    def others_in(self, text: str, person: _Person) -> list[str]:
        """Those names in a text that are not the person's own."""
        return other_names(text, person.names | person.surnames, self.first, self.surnames)


_NAME, _HE, _SHE = 8, 16, 32  # signs beside those of `unfit`
_UNLIKE = {"she": _HE, "he": _SHE, "they": _HE | _SHE}


class _Signs(dict[str, int]):
    """What each word between two blanks may be a sign of, worked out once, so that few texts need a closer look."""

    def __init__(self, names: _Names) -> None:
        super().__init__()
        self._names = names.first | names.surnames
        self.named: dict[str, frozenset[str]] = {}

    def __missing__(self, word: str) -> int:
        parts = {bare(part) for part in WORD.findall(word)}
        found = signs_of(word)
        named = self._names.intersection(map(folded_name, parts))
        if named:
            self.named[word] = named
            found |= _NAME
        for sign, pronouns in ((_HE, _WRONG["she"]), (_SHE, _WRONG["he"])):
            found |= 0 if pronouns.isdisjoint(map(str.casefold, parts)) else sign
        self[word] = found
        return found

    def of(self, text: str) -> int:
        """All that the words of a text are signs of."""
        return reduce(or_, set(map(self.__getitem__, text.split())), 0)

    def names_in(self, text: str) -> set[str]:
        """The learners' names in a text that has been looked at, as they are compared."""
        return set().union(*map(self.named.__getitem__, self.named.keys() & text.split()))


class _Person(NamedTuple):
    learner_id: str
    names: frozenset[str]
    surnames: frozenset[str]
    pronoun: str
    called: str
    row: int
    left: bool


def proof(
    tracker: Tracker,
    on: date,
    learner_ids: Iterable[str] | None = None,
    asked: Iterable[str] | None = None,
    each_recipient: bool = False,
) -> list[Proof]:
    """All questions about the reports of the learners given (everyone present unless told), sheet by sheet.

    `asked` are the names that a template asks for, with or without braces: nothing is asked of what it does not
    print. Without them everything is. `each_recipient` says that each contact has a copy by name.
    """
    people = _people(tracker, on, learner_ids)
    printed = None if asked is None else printed_notes(asked)
    writings = [one for table in _TABLES for one in _writings(tracker[table], people, _sent(tracker[table], printed))]
    others = _Names.of(_people(tracker, on, None).values(), tracker)
    banned, most, signs = (
        banned_in(tracker.settings["banned_words"]),
        int(tracker.settings["comment_most"]),
        _Signs(others),
    )
    commented = printed is None or ("Progress", "comment") in printed
    found = list(_missing_comments(tracker, people)) if commented else []
    for one in writings:
        person = people[id_key(one.learner)]
        sign = signs.of(one.text)
        if sign & _NAME and signs.names_in(one.text) <= person.names | person.surnames:
            sign -= _NAME
        found += _about(one, person, others, sign) if sign else ()
        for word in banned(one.text):
            message = f"“{shortened(word)}” is not for reports."
            found.append(one.proof("banned-word", message, "Say what to do next instead."))
        if one.key == "comment" and len(one.text) > most:
            message = f"The comment has {len(one.text)} characters; {most} fit."
            found.append(one.proof("too-long", message, "Keep what matters most."))
    found += _same_twice([one for one in writings if one.key == "comment"])
    ids = {key: one.learner_id for key, one in people.items()}
    found += [*recipient_questions(tracker, ids, each_recipient), *adult_questions(tracker, on, ids)]
    found += [_left(tracker, person) for person in people.values() if person.left]
    return [one._replace(name=shortened(people[id_key(one.learner_id)].called)) for one in found]


def _left(tracker: Tracker, person: _Person) -> Proof:
    table = tracker["Learners"]
    message = f"{shortened(person.called)} has left; the report stands as on the last day."
    cell = table.cell("left", person.row)
    return Proof(person.learner_id, table.sheet.name, cell, "leaver", "", message, "Check where it is to be sent.")


def naming_others(tracker: Tracker, learner_ids: Iterable[str]) -> list[Proof]:
    """Notes that go with these learners' rows and name a learner who does not, to be looked at before.

    Whoever has left counts too, and so do rows of a group and of nobody: all of it is handed on.
    """
    everyone, rows = _people(tracker, None, None), rows_of(tracker, learner_ids)
    table = tracker["Learners"]
    kept = {id_key(table["learner_id"][row]) for row in rows["Learners"]}
    others = _Names.of([person for key, person in everyone.items() if key not in kept], tracker)
    nobody = _Person("", frozenset(), frozenset(), "", "", 0, False)
    found = []
    for one in SHEETS:
        table, owners = tracker[one.table], tracker[one.table].columns.get("learner_id")
        for key, row in ((key, row) for key in _free_words(one) for row in rows[one.table]):
            person = everyone.get(id_key(owners[row]), nobody) if owners else nobody
            written = _Writing(person.learner_id, table, key, row, text_of(table[key][row]))
            found += [
                written.proof(
                    "other-name",
                    f"{shortened(name)} is the name of a learner who is not in the new tracker.",
                    "Take the name out, or check that whoever gets the tracker may read it.",
                )
                for name in others.others_in(written.text, person)
            ]
    return found


def _people(tracker: Tracker, on: date | None, learner_ids: Iterable[str] | None) -> dict[str, _Person]:
    """Those on roll on a day (everybody without one), as far as they are asked for, by their ID in small letters."""
    wanted = None if learner_ids is None else set(map(id_key, learner_ids))
    table, found = tracker["Learners"], {}
    for learner in Learners(tracker).all:
        key = id_key(learner.learner_id)
        left = on is not None and learner.has_left(on)
        here = on is None or learner.on_roll(on)
        if (here and wanted is None) or (wanted is not None and key in wanted and (left or here)):
            first, preferred = table["first_name"][learner.row], table["preferred_name"][learner.row]
            names = frozenset(names_in(f"{text_of(first)} {text_of(preferred)}"))
            surnames = frozenset(names_in(text_of(table["surname"][learner.row])))
            pronoun = re.split(r"[/,; ]", text_of(table["pronouns"][learner.row]).lower())[0]
            name = f"{called(preferred, first)} {text_of(table['surname'][learner.row])}".strip()
            found[key] = _Person(learner.learner_id, names, surnames, pronoun, name, learner.row, left)
    return found


def _free_words(one: Sheet) -> list[str]:
    """The columns of a sheet that go with a learner's rows and hold what somebody wrote, names of staff apart."""
    return [
        c.key
        for c in one.entry
        if c.audience is not Audience.NEVER
        and (c.kind is Kind.NOTE or (c.kind is Kind.TEXT and "learner_id" in one.by_key))
        and not (c.choices or c.refers or c.key in _STAFF or one.table == "Settings")
    ]


def _sent(table: Table, printed: set[tuple[str, str]] | None) -> list[str]:
    """The notes that a parent may see, of those that are printed."""
    notes = [c.key for c in table.sheet.entry if c.kind is Kind.NOTE and c.audience is Audience.PARENT]
    return [key for key in notes if printed is None or (table.sheet.table, key) in printed]


def _writings(table: Table, people: dict[str, _Person], keys: Sequence[str]) -> Iterator[_Writing]:
    """Every filled note in these columns about these people."""
    columns = [(key, table[key]) for key in keys]
    for row, learner in enumerate(table["learner_id"] if keys else ()):
        known = people.get(id_key(learner))
        for key, values in columns if known else ():
            text = text_of(values[row])
            if known and text:
                yield _Writing(known.learner_id, table, key, row, text)


def _about(one: _Writing, person: _Person, others: _Names, signs: int) -> Iterator[Proof]:
    """Questions that a text raises by itself, as far as its words are `signs` of any."""
    gap = gap_in(one.text) if signs & GAP else None
    private = private_in(one.text) if signs & PRIVATE else None
    loud = shouted_in(one.text) if signs & LOUD else None
    if gap:
        yield one.proof("placeholder", f"“{shortened(gap)}” looks like a gap to fill.", "Write what belongs there.")
    for name in others.others_in(one.text, person) if signs & _NAME else ():
        yield one.proof(
            "other-name",
            f"{shortened(name)} is the name of another learner.",
            "Check that the comment is about the right learner, and take the other name out.",
        )
    if signs & _UNLIKE.get(person.pronoun, 0) and one.key != "learners_words":
        words = _WRONG.get(person.pronoun, set()).intersection(map(str.casefold, WORD.findall(one.text)))
        if words:
            yield one.proof(
                "pronoun",
                f"“{min(words)}” does not fit the pronouns of this learner ({shortened(person.pronoun)}).",
                "Change the pronoun, or leave it if it means somebody else.",
            )
    if private:
        yield one.proof(
            "private", f"“{shortened(private)}” tells what reports keep to themselves.", "Say what helps instead."
        )
    if loud:
        yield one.proof("capitals", f"“{shortened(loud)}” stands in capitals.", "Write it in small letters.")


def _missing_comments(tracker: Tracker, people: dict[str, _Person]) -> Iterator[Proof]:
    """Subjects with a level and no comment."""
    table, counts = tracker["Progress"], Assessed(tracker)
    levels = [table[f"apl_{drop}"] for drop in DROPS]
    for row, (learner, subject) in enumerate(zip(table["learner_id"], table["subject"], strict=True)):
        person = people.get(id_key(learner))
        if person and not text_of(table["comment"][row]) and any(counts(column[row]) for column in levels):
            yield Proof(
                person.learner_id,
                table.sheet.name,
                table.cell("comment", row),
                "no-comment",
                "",
                f"{shortened(text_of(subject))} has a level but no comment.",
                "Ask the teacher, or send the report without it.",
            )


def _same_twice(writings: list[_Writing]) -> Iterator[Proof]:
    """Comments that stand word for word in another row too."""
    seen: dict[str, list[_Writing]] = {}
    for one in writings:
        if len(one.text) >= _SAME_FROM:
            seen.setdefault(" ".join(one.text.casefold().split()), []).append(one)
    for same in seen.values():
        cells = [one.table.cell(one.key, one.row) for one in same]
        for place, one in enumerate(same) if len(same) > 1 else ():
            where = ", ".join((cells[:place] + cells[place + 1 :])[:3])
            yield one.proof(
                "same-comment", f"The same comment stands in {where}.", "Say something that is only true of one."
            )
