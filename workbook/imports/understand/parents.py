"""Contacts of learners: one in a row or several side by side, and what must not come in as if it were nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.imports.judge import fold
from workbook.imports.mapping import From, Rows
from workbook.imports.shapes import BUT
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.known_contacts import with_known
from workbook.imports.understand.lexicon import plain
from workbook.imports.understand.questions import LEAVE_OUT
from workbook.imports.understand.records_words import ADDRESS_PARTS, CONTACT_NAMES, RECORD_WORDS, RELATIONS
from workbook.imports.wanted import BLANK, said_of_all
from workbook.imports.who import Who
from workbook.imports.words import as_text, shown
from workbook.model import Kind, sheet
from workbook.model.choices import choices
from workbook.reading.headings import folded

_SAID = r"(?:contact|parent carer|parent guardian|parent or carer|parent and carer|parent|carer|guardian)s?"
_CONTACT = re.compile(
    rf"^(?:emergency )?(?:(?P<who>mother|father|mum|dad|stepmother|stepfather|grandmother|grandfather|grandparent)s?"
    rf"|(?P<place>first|second|third|primary|secondary) {_SAID}|{_SAID}) ?(?P<number>\d)? ?(?P<rest>.*)$"
)
_ORDERED = re.compile(r"^(?:priority|contact) (?P<number>\d) (?P<rest>.+)$")
_PLACES = {"first": "1", "primary": "1", "second": "2", "secondary": "2", "third": "3"}
_CALLED = {"mum": "mother", "dad": "father"}
#: What says of a contact that a court, the home or the college keeps them away.
_CAUTION = re.compile(
    r"\b(?:court|injunction|non ?molestation|prohibited steps|restraining|restricted|restrictions?|barred|"
    r"(?:no|not|never|without|do not|dont) (?:to (?:be )?)?contact(?:ed)?|no access|access denied|flag(?:ged)?|"
    r"warning|alert|contact (?:not )?(?:allowed|permitted))\b"
)
_TURNED = re.compile(r"\b(?:allowed|permitted)\b")
_NO, _YES = (
    ("", "no", "n", "false", "f", "0", "none", "nil", "-"),
    ("yes", "y", "true", "t", "1", "x", "\u2713", "tick"),
)
_SEND = "do not send"
#: What a column without a contact before it says of all contacts of a row.
_OF_ALL = ("caution", "send_reports", "language", "large_print")


def parents(columns: Columns, who: Who) -> tuple[Rows, ...]:
    """Rows of Parents: one block, or one for each contact in a row (Contact 1 Forename …, Mother's name …)."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    addresses: dict[str, list[str]] = defaultdict(list)
    for heading in list(columns.free):
        number, rest, marked = _contact(heading)
        key = _name_part(rest, heading, marked) or ("caution" if _is_caution(heading) else _column(rest))
        if not key and rest in ADDRESS_PARTS:
            addresses[number].append(heading)
        if key and _better(key, heading, groups[number].get(key)):
            groups[number][key] = heading
    several = [number for number, group in groups.items() if number and any(key.startswith("name") for key in group)]
    numbered = [number for number in groups if number]
    one_contact = len(numbered) == 1 and groups[""].keys().isdisjoint(groups[numbered[0]])
    if one_contact or not (len(several) > 1 or (several and not any(key.startswith("name") for key in groups[""]))):
        groups = {"": {key: heading for number in groups for key, heading in groups[number].items()}}
        addresses = {"": [heading for parts in addresses.values() for heading in parts]}
        several = [""]
    for_all = {key: heading for key, heading in groups.get("", {}).items() if key in _OF_ALL}
    groups = {number: for_all | groups[number] for number in sorted(several)}
    for number, group in groups.items():
        columns.take(*group.values(), *addresses.get(number, ()))
    found = [_block(columns, who, number, group, addresses.get(number, ())) for number, group in groups.items()]
    told = list(filter(None, found))
    blocks = with_known(columns, [block for block, _ in told])
    cautions = [caution for _, caution in told]
    return tuple(
        one for block, caution in zip(blocks, cautions, strict=True) for one in _careful(columns, block, caution)
    )


def of_a_contact(heading: str) -> bool:
    """Whether a heading says that it is of a learner's contact, and what: Mother Email, Contact 2 Surname."""
    _, rest, marked = _contact(heading)
    caution = _is_caution(heading) and (marked or re.search(r"\b(?:court|contact)\b", plain(heading)))
    return bool(caution or (marked and (_name_part(rest, heading, marked) or _column(rest))))


def _contact(heading: str) -> tuple[str, str, bool]:
    """Which contact a heading speaks of, the rest of its words, whether it says contact at all."""
    text = plain(heading)
    for pattern in (_ORDERED, _CONTACT):
        match = pattern.match(text)
        if match and not text.startswith("parental"):
            told = match.groupdict()
            which = told.get("who") or _PLACES.get(told.get("place") or "", "")
            return _CALLED.get(which, which) or match["number"] or "", match["rest"].strip(), True
    number = re.fullmatch(r"(.+) (\d)", text)
    return (number[2], number[1], False) if number else ("", text, False)


def _is_caution(heading: str) -> bool:
    return _CAUTION.search(plain(heading)) is not None


def _name_part(rest: str, heading: str, marked: bool) -> str:
    second = heading.endswith("(2)")
    if not (marked or second or rest == "title" or rest in ("name", "contact name", "parent name", "full name")):
        return ""
    return next((f"name {part}" for part, words in CONTACT_NAMES.items() if rest in words), "")


def _column(rest: str) -> str:
    words = RECORD_WORDS["Parents"]
    return next((key for key, ones in words.items() if rest in ones or rest == key.replace("_", " ")), "")


def _better(key: str, heading: str, than: str | None) -> bool:
    """Whether a heading says a column better than another: a mobile number is rung before one at work."""
    words = RECORD_WORDS["Parents"].get(key, ())
    one, two = (_contact(name)[1] for name in (heading, than or heading))
    return than is None or (one in words and two in words and words.index(one) < words.index(two))


def _block(
    columns: Columns, who: Who, number: str, group: Mapping[str, str], address: Sequence[str]
) -> tuple[Rows, str] | None:
    """The rows of one contact, and the column that says to be careful, if there is one."""
    one = sheet("Parents")
    if "name whole" in group:
        name = From(columns=(group["name whole"],))
    else:
        parts = tuple(group[f"name {part}"] for part in ("title", "first", "last") if f"name {part}" in group)
        if not parts:
            return None
        name = From(columns=parts)
    found = {"name": name} | {key: From(columns=(heading,)) for key, heading in group.items() if key in one.by_key}
    if address:
        found["address"] = From(columns=(*found.get("address", From()).columns, *address), join=", ")
    if "relation" not in found and fold(number) in columns.facts.list_of("Relations"):
        found["relation"] = From(constant=number.capitalize(), if_blank=True)
    for column in one.entry:
        said = columns.asker.values(column.header).get(BLANK)
        if said and said_of_all(column):
            origin = found.get(column.key)
            found[column.key] = replace(origin, new=said) if origin else From(constant=said, if_blank=True)
    for key, origin in found.items():
        column = one.by_key[key]
        if origin.columns and (column.choices or column.kind is Kind.YES_NO):
            found[key] = replace(origin, values=_relations(columns, origin) | columns.asker.values(column.header))
    return Rows(one, found, same=one.unique, who=who, only_filled=True), group.get("caution", "")


def _relations(columns: Columns, origin: From) -> dict[str, str]:
    """What other words for relations mean, as far as the tracker's list has it: Mum is Mother."""
    known = {fold(one): one for one in choices(columns.facts.tracker, "Relations")}
    told = {folded(text): RELATIONS.get(folded(text), "") for one in origin.columns for text in columns.distinct(one)}
    return {text: as_text(known[fold(one)]) for text, one in told.items() if fold(one) in known and text not in known}


def _careful(columns: Columns, block: Rows, caution: str) -> Iterator[Rows]:
    """A block as it is, or parted: contacts of whom a column says to be careful come in as somebody says they do."""
    if not caution:
        yield block
        return
    plainly = _YES if _TURNED.search(plain(caution)) else _NO
    others = ("", *plainly)
    told = [text for text in columns.distinct(caution) if folded(text) not in others]
    yield replace(block, only={**block.only, caution: others})
    answer = (
        _asked(columns, caution, told, others) if told else _SEND
    )  # of none here, but a kept map reads the next file
    if answer and answer != LEAVE_OUT:
        notes = block.columns.get("notes")
        said = From(columns=(caution, *(notes.columns if notes else ())), join="; ", words=f"{caution}: {{}}",
                    if_blank=not notes)  # fmt: skip
        send = {"send_reports": From(constant="Do not send")} if answer == _SEND else {}
        only = {**block.only, caution: (BUT, *others)}
        yield replace(block, columns={**block.columns, **send, "notes": said}, only=only)


def _asked(columns: Columns, caution: str, told: list[str], others: Collection[str]) -> str | None:
    """What becomes of contacts of whom a column says ``told``; None while nobody has said."""
    lines = [row.number for row in columns.source.rows if folded(as_text(row.values[caution])) not in others]
    where = ", ".join(map(str, lines[:4])) + (" …" if len(lines) > 4 else "")
    words = ", ".join(shown(text) for text in told[:4])
    many = "1 contact" if len(lines) == 1 else f"{len(lines):,} contacts"
    answer = columns.asker.ask(
        caution, f"{caution} says {words} of {many} (line {where}). How does this come in?",
        ((_SEND, "Send reports becomes Do not send, and Notes say why"),
         ("note", "Notes say it; Send reports is as it stands in the file or the tracker"),
         (LEAVE_OUT, "not at all")),
    )  # fmt: skip
    if answer == LEAVE_OUT:
        columns.told.append(f"{caution} says {words} of {many}, left out (line {where}).")
    return answer
