"""Contacts whom a file writes otherwise than the tracker: Mrs Diane Brookfern, who is Mrs D. Brookfern there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from workbook.imports.judge import fold
from workbook.imports.mapping import Rows
from workbook.imports.names import TITLES, bare
from workbook.imports.parse import NotTaken
from workbook.imports.understand.columns import Columns
from workbook.imports.who import find
from workbook.imports.words import as_text, shown
from workbook.reading.headings import folded

_MEN, _WOMEN = {"mr", "master"}, {"mrs", "ms", "miss"}


def with_known(columns: Columns, blocks: list[Rows]) -> list[Rows]:
    """Blocks of contacts in which those who are there already have their names of the tracker; asked once for all."""
    met = [_met(columns, block) for block in blocks]
    pairs = {name: known for names in met for name, known in names.items()}
    if not pairs:
        return blocks
    told = ", ".join(f"{shown(name)} (there {shown(known)})" for name, known in list(pairs.items())[:3])
    more = " …" if len(pairs) > 3 else ""
    many = "1 contact is" if len(pairs) == 1 else f"{len(pairs):,} contacts are"
    answer = columns.asker.ask(
        "contacts",
        f"{many} written otherwise in the tracker: {told}{more}. Are these the same?",
        (("the same", "they keep their names of the tracker"), ("others", "they are added beside those who are there")),
    )
    if answer != "the same":
        return blocks
    return [
        replace(block, columns={**block.columns, "name": replace(block.columns["name"], values=_folded(names))})
        for block, names in zip(blocks, met, strict=True)
    ]


def _folded(names: Mapping[str, str]) -> dict[str, str]:
    return {folded(name): known for name, known in names.items()}


def _met(columns: Columns, block: Rows) -> dict[str, str]:
    """Names of a block that mean a contact of the same learner who is there, each with that contact's name."""
    table = columns.facts.tracker["Parents"]
    there: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one, name, relation in zip(table["learner_id"], table["name"], table["relation"], strict=True):
        there[fold(one)].append((as_text(name), fold(relation)))
    found: dict[str, str] = {}
    related = block.columns.get("relation")
    for row in columns.source.rows if block.who else ():
        words = [as_text(row.values[one]) for one in block.columns["name"].columns]
        name = " ".join(filter(None, words))
        try:
            learner = find(block.who, row.values, columns.facts.learners) if block.who and name else None
        except NotTaken:
            continue
        known = there[fold(learner.id)] if learner else []
        if any(bare(one) == bare(name) for one, _ in known):
            continue
        told = fold(row.values[related.columns[0]]) if related and related.columns else ""
        told = fold(related.values.get(told, told)) if related else told
        alike = [one for one, relation in known if _alike(one, name) and (not told or told == relation)]
        if len(alike) == 1 and found.setdefault(name, alike[0]) != alike[0]:
            del found[name]
    return found


def _alike(one: str, two: str) -> bool:
    """Whether two names have one surname, no two titles, and first names that may be one."""
    parts = []
    for name in (one, two):
        words = [bare(word) for word in name.replace(".", " ").split() if bare(word)]
        title = words.pop(0) if words and words[0] in TITLES else ""
        parts.append((title, words[0] if len(words) > 1 else "", words[-1] if words else ""))
    (title, first, surname), (other_title, other_first, other_surname) = parts
    initials = 1 in (len(first), len(other_first)) and first[:1] == other_first[:1]
    return (
        bool(surname)
        and surname == other_surname
        and not (_MEN & {title, other_title} and _WOMEN & {title, other_title})
        and (not first or not other_first or initials or first == other_first)
    )
