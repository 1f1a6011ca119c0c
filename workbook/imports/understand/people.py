"""Learners and their contacts at home."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from workbook.imports.mapping import From, Rows
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.lexicon import plain, who_word
from workbook.imports.understand.records import Records
from workbook.imports.understand.records_words import CONTACT_NAMES, RECORD_WORDS
from workbook.imports.who import Who
from workbook.model import sheet

FIRST_ID = "L1001"
"""The ID of the first learner of a list that has none."""
_CONTACT = re.compile(
    r"^(?:emergency )?(?:contact|parent carer|parent guardian|parent or carer|parent and carer|parent|carer|guardian"
    r"|mother|father)s? ?(?P<number>\d)? ?(?P<rest>.*)$"
)
_ORDERED = re.compile(r"^(?:priority|contact) (?P<number>\d) (?P<rest>.+)$")


def learners(columns: Columns, who: Who) -> tuple[Rows, ...]:
    """Rows of Learners: the ID as it stands, everything else by its heading; nothing is worked out from sex."""
    one = sheet("Learners")
    fixed = {"learner_id": From(columns=(who.id,))} if who.id else {}
    columns.take(who.id)
    rows = Records(columns, one, who).rows(fixed)
    if not rows:
        return ()
    found = dict(rows[0].columns)
    if not columns.facts.learners.all:
        return (_newcomers(columns, who, replace(rows[0], columns=found)),)
    if who.name and not {"first_name", "surname"} & set(found):
        found |= _from_whole_name(columns, who.name)
    return (replace(rows[0], columns=found),)


def _newcomers(columns: Columns, who: Who, rows: Rows) -> Rows:
    """The rows of a list of learners for a tracker that has none: whole names parted, IDs given where it has none."""
    found = dict(rows.columns)
    whole = next((one for one in columns.free if who_word(one, "name") is not None), "")
    if whole and not {"first_name", "surname"} & set(found):
        found |= _from_whole_name(columns, whole) or _from_words(columns, whole)
    if who.id:
        return replace(rows, columns=found)
    columns.told.append(
        f"The list has no IDs, so learners are numbered {FIRST_ID}, and so on, in its order. Keep these: every sheet "
        "finds a learner by them."
    )
    return replace(rows, columns={"learner_id": From(number_from=FIRST_ID)} | found, who=None)


def _from_whole_name(columns: Columns, heading: str) -> dict[str, From]:
    """First name and surname from “Surname, Forename”; without a comma the order is not known, so nothing is taken."""
    if columns.share(heading, lambda value: str(value).count(",") == 1) < 1:
        return {}
    columns.take(heading)
    return {
        "surname": From(columns=(heading,), split=",", part=1),
        "first_name": From(columns=(heading,), split=",", part=2),
    }


def _from_words(columns: Columns, heading: str) -> dict[str, From]:
    """The same from words alone, once it is said which comes first; of three words or more the first is parted."""
    names = columns.values(heading)
    longest = max((len(str(name).split()) for name in names), default=0)
    answer = columns.asker.ask(
        "names",
        f"Names such as {names[0] if names else 'these'} in the column {heading}: which name stands first?",
        (("first name", ""), ("surname", "")),
    )
    if answer and longest > 2:
        columns.told.append(f"Of longer names in {heading}, the first word is the {answer}: look at these.")
    columns.take(heading)
    one, rest = From(columns=(heading,), split=" ", part=1), From(columns=(heading,), split=" ", part=2, rest=True)
    return {"surname": one, "first_name": rest} if answer == "surname" else {"first_name": one, "surname": rest}


def parents(columns: Columns, who: Who) -> tuple[Rows, ...]:
    """Rows of Parents: one block, or one for each numbered group of columns (Contact 1 Forename …)."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for heading in list(columns.free):
        number, rest, marked = _contact(heading)
        key = _name_part(rest, heading, marked) or _column(rest)
        if key and key not in groups[number]:
            groups[number][key] = heading
    numbers = [number for number in groups if number]
    if len(numbers) > 1 or (numbers and "" not in groups):
        blocks = [_block(columns, who, groups[number]) for number in sorted(numbers)]
    else:
        merged = {key: heading for number in groups for key, heading in groups[number].items()}
        blocks = [_block(columns, who, merged)]
    for group in groups.values():
        columns.take(*group.values())
    return tuple(one for one in blocks if one)


def _contact(heading: str) -> tuple[str, str, bool]:
    """The number of the contact that a heading speaks of, the rest of its words, whether it says contact at all."""
    text = plain(heading)
    for pattern in (_ORDERED, _CONTACT):
        match = pattern.match(text)
        if match and not text.startswith("parental"):
            return match["number"] or "", match["rest"].strip(), True
    number = re.search(r"(.+) (\d)$", text)
    return (number[2], number[1], False) if number else ("", text, False)


def _name_part(rest: str, heading: str, marked: bool) -> str:
    second = heading.endswith("(2)")
    if not (marked or second or rest == "title" or rest in ("name", "contact name", "parent name", "full name")):
        return ""
    return next((f"name {part}" for part, words in CONTACT_NAMES.items() if rest in words), "")


def _column(rest: str) -> str:
    words = RECORD_WORDS["Parents"]
    return next((key for key, ones in words.items() if rest in ones or rest == key.replace("_", " ")), "")


def _block(columns: Columns, who: Who, group: Mapping[str, str]) -> Rows | None:
    one = sheet("Parents")
    if "name whole" in group:
        name = From(columns=(group["name whole"],))
    else:
        parts = tuple(group[f"name {part}"] for part in ("title", "first", "last") if f"name {part}" in group)
        if not parts:
            return None
        name = From(columns=parts)
    found = {"name": name} | {key: From(columns=(heading,)) for key, heading in group.items() if key in one.by_key}
    for key, origin in found.items():
        column = one.by_key[key]
        if column.choices:
            found[key] = replace(origin, values=columns.asker.values(column.header))
    return Rows(one, found, same=one.unique, who=who, only_filled=True)
