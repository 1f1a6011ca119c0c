"""Exports of contacts made from a seed: a row each or side by side, under many words, some with a court order.

python -m tests.imports.shuffled_parents FIRST_SEED COUNT runs them by hand.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.imports import exports
from tests.imports.shuffled_records import _quoted, brought, by_hand, framed
from tests.imports.shuffled_words import BEFORE, Page, who_columns
from workbook.imports import read_import
from workbook.imports.understand.records_words import RECORD_WORDS
from workbook.model import CannotDo

NAMES = ("Mrs Orla Reed", "Mr Ned Abara", "Ms Ada Rowan", "Dr P. Singh-Lee", "Mx Jo O'Dell", "Mr Łukasz Brown")
RESPONSIBLE = (("Yes", "No"), ("Y", "N"), ("True", "False"), ("T", "F"), ("TRUE", "FALSE"), ("yes", "no"))
PHONES = ("07700 900{}", "+44 7700 900{}", "07700900{}", "7700900{}")
#: Headings that say to be careful, what they say then, and what they say of everybody else.
CAUTIONS = (
    ("Court Order", ("Y", "Yes", "True", "See file", "PSO 2025"), ("", "N", "No", "False")),
    ("Court Order in Place?", ("Y", "1"), ("", "0")),
    ("No Contact", ("Yes", "x"), ("", "No")),
    ("Do Not Contact", ("TRUE",), ("FALSE",)),
    ("Contact Restrictions", ("Letters only",), ("", "None")),
    ("Contact Allowed", ("No", "N"), ("Yes", "")),
)
Contact = dict[str, str]


def _contact(rng: Random, number: int) -> Contact:
    return {
        "name": NAMES[number], "relation": rng.choice(("Mother", "Father", "Guardian")),
        "parental_responsibility": rng.choice(("Yes", "No")), "email": f"home{number}@contact.example",
        "phone": f"07700900{rng.randint(100, 999)}", "send_reports": rng.choice(("Yes", "No")),
    }  # fmt: skip


def export_of(rng: Random) -> tuple[Page, tuple[str, str], dict[str, str]]:
    """A page, how to ask of its caution (heading, or ""), and the flagged names with what is said of them."""
    who = who_columns(rng)
    taken = {heading.casefold() for heading, _ in who}
    listed = rng.sample(exports.LEARNERS, rng.randint(2, 4))
    side = rng.random() < 0.5
    order = rng.choice(("Contact {} ", "Parent {} ", "Priority {} ")) if rng.random() < 0.6 else ""
    parted, words = rng.random() < 0.4, rng.choice(RESPONSIBLE)
    heading, flagged, plain = rng.choice(CAUTIONS) if rng.random() < 0.5 else ("", (), ("",))
    keys = ["relation", "parental_responsibility", "email", "phone", "send_reports"]
    rng.shuffle(keys)
    told = {key: rng.choice(RECORD_WORDS["Parents"][key][:3]).title() for key in keys}
    if not side and told["email"].casefold() in taken | {"email", "email address"}:
        told["email"] = "Home Email"
    called = ["Title", "Forename", "Surname"] if parted else ["Name"]
    starts = ["Contact "] if not side else [order.format(n) for n in (1, 2)] if order else ["Mother ", "Father "]
    heads = [title for title, _ in who]
    for start in starts:
        heads += [start + one for one in called]
        heads += [(start if side else "") + told[key] for key in keys] + (
            [(start if side else "") + heading] * bool(heading)
        )
    rows, wanted, cautions, number = [heads + ["Priority"] * (not side)], set(), dict[str, str](), 0
    for one in listed:
        cells: list[str] = [fill(one) for _, fill in who]
        for place in range(2 if side else rng.randint(1, 2)):
            mine = _contact(rng, number % len(NAMES))
            number += 1
            if side and not order:
                mine["relation"] = ("Mother", "Father")[place]
            shown = mine | {"parental_responsibility": words[mine["parental_responsibility"] == "No"]}
            shown["phone"] = rng.choice(PHONES).format(mine["phone"][-3:])
            told_of = rng.choice(flagged) if heading and rng.random() < 0.4 else ""
            names = [mine["name"]] if not parted else mine["name"].split(" ", 2)
            extra = [told_of or rng.choice(plain)] if heading else []
            if told_of:
                cautions[f"{one['learner_id']} {mine['name']}"] = told_of
            cells += [*names, *(shown[key] for key in keys), *extra]
            wanted.add(tuple(sorted(({"learner_id": one["learner_id"]} | mine).items())))
            if not side:
                rows.append([*cells, str(place + 1)])
                cells = [fill(one) for _, fill in who]
        if side:
            rows.append(cells)
    return Page("Parents", rows, wanted), (heading, ""), cautions


def outcome(folder: Path, seed: int) -> str:
    """What contacts of this seed came to: "same", "careful" or a refusal; anything else is an error with the file."""
    rng = Random(seed)
    page, (heading, _), cautions = export_of(rng)
    path = folder / "contacts.csv"
    text = "\r\n".join(",".join(map(_quoted, row)) for row in framed(rng, page)) + "\r\n"
    path.write_text(text, encoding="utf-8")
    words = f"seed {seed}\n{text}"
    try:
        one = read_import(BEFORE, path)
        if cautions:
            assert one.difference is None, f"a caution came in without a word\n{words}"
            names = [question.name for question in one.questions]
            assert all(heading in name for name in names if name not in ("sheet",)), f"{names}\n{words}"
            one = read_import(BEFORE, path, None, None, dict.fromkeys(names, "do not send"))
    except CannotDo as why:
        return f"refused: {why}"
    if one.difference is None:
        return f"asked: {one.questions[0].words}"
    got = {tuple((key, value.replace(" ", "") if key == "phone" else value) for key, value in row)
           for row in brought(one, page, words)}  # fmt: skip
    for row in list(got):
        cells = dict(row)
        name = f"{cells['learner_id']} {cells.get('name', '')}"
        if name in cautions:
            assert cells["send_reports"] == "Do not send" and cautions[name] in cells["notes"], f"{cells}\n{words}"
            got.remove(row)
            page.wanted -= {want for want in page.wanted if f"{dict(want)['learner_id']} {dict(want)['name']}" == name}
    assert got <= page.wanted, f"rows that the file does not say: {sorted(got - page.wanted)}\n{words}"
    if got == page.wanted:
        return "careful" if cautions else "same"
    refused = [row.reason for row in one.difference.rows if row.reason]
    assert refused, f"lost without a word: {sorted(page.wanted - got)}\n{words}\n{one.left_out}"
    return f"in part: {refused[0]}"


if __name__ == "__main__":
    by_hand(outcome)
