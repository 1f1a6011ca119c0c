"""Questions about whom a report would reach, and what those who read it need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from workbook.measures.learners import id_key
from workbook.model import Tracker, Value
from workbook.model.excel import is_yes
from workbook.model.problem_kind import shortened
from workbook.model.tracker import as_date
from workbook.reports.content.questions import Proof
from workbook.reports.content.subjects import text_of

UNNAMED = "Parent or carer"
"""What a contact without a name is called, and whoever a report goes to where that is nobody, or several."""


def gets_reports(contact: Mapping[str, Value]) -> bool:
    """Whether reports go to a row of Parents: it has parental responsibility, and Send reports says Yes."""
    return all(is_yes(contact.get(key)) for key in ("parental_responsibility", "send_reports"))


def other_language(language: Value) -> str:
    """A contact's language where it is not English; else nothing."""
    text = text_of(language)
    return "" if text.casefold() == "english" else text


def needs_of(tracker: Tracker) -> dict[str, tuple[str, bool]]:
    """What those who get reports need, by learner's ID as `id_key`: languages other than English, large print."""
    found: dict[str, tuple[str, bool]] = {}
    for row in tracker["Parents"].records():
        if gets_reports(row):
            languages, large = found.get(id_key(row.get("learner_id")), ("", False))
            language = other_language(row.get("language"))
            if language and language not in languages.split(", "):
                languages = f"{languages}, {language}".strip(", ")
            found[id_key(row.get("learner_id"))] = languages, large or is_yes(row.get("large_print"))
    return found


def recipient_questions(tracker: Tracker, people: Mapping[str, str], each: bool = False) -> Iterator[Proof]:
    """Contacts not to be sent to or without an address, learners whose report reaches nobody, and what is good to know.

    `people` gives the ID as it is written of each learner, by ID in small letters. Where `each` contact has a copy, one
    to whom reports must not go has none, which is good to know.
    """
    table = tracker["Parents"]
    reached = {id_key(one.get("learner_id")) for one in table.records() if gets_reports(one)} if each else set()
    homes: dict[str, dict[str, int]] = {}
    without: dict[str, list[Proof]] = {}
    for row, record in enumerate(table.records()):
        key = id_key(record.get("learner_id"))
        if key not in people:
            continue
        name = shortened(text_of(record.get("name"))) or "This contact"

        def proof(column: str, code: str, message: str, fix: str, row: int = row, key: str = key) -> Proof:
            value = text_of(table[column][row])
            return Proof(people[key], table.sheet.name, table.cell(column, row), code, value, message, fix)

        if not is_yes(record.get("parental_responsibility")):
            if is_yes(record.get("send_reports")):
                why = f"{name} has no parental responsibility, so reports do not go there."
                told = proof("parental_responsibility", "no-copy", why, "Nothing, or correct it on Parents.")
                without.setdefault(key, []).append(told)
            continue
        if not gets_reports(record):
            send = text_of(record.get("send_reports")).casefold()
            why = f"Reports must not go to {name}." if send == "do not send" else f"No report is sent to {name}."
            if key in reached:
                yield proof("send_reports", "no-copy", why, "Nothing: no copy is made for them.")
            else:
                yield proof("send_reports", "do-not-send", why, "Keep this contact's copy back.")
            continue
        address = " ".join(text_of(record.get("address")).casefold().split())
        homes.setdefault(key, {}).setdefault(address, row)
        if not (text_of(record.get("email")) or address):
            fix = "Add one, or hand the report over in person."
            yield proof("address", "no-address", f"{name} has neither an email nor an address.", fix)
        language = other_language(record.get("language"))
        if language:
            fix = "Have it translated, or go through it together."
            yield proof("language", "language", f"{name} reads {shortened(language)}.", fix)
        if is_yes(record.get("large_print")):
            yield proof("large_print", "large-print", f"{name} reads large print.", "Make theirs in large print.")
    yield from _reached(tracker, people, homes, each, without)


def _reached(
    tracker: Tracker,
    people: Mapping[str, str],
    homes: Mapping[str, Mapping[str, int]],
    each: bool,
    without: Mapping[str, Sequence[Proof]],
) -> Iterator[Proof]:
    parents, learners = tracker["Parents"], tracker["Learners"]
    rows = {id_key(one): row for row, one in reversed(list(enumerate(learners["learner_id"])))}
    for key, learner_id in people.items():
        addresses = [row for address, row in homes.get(key, {}).items() if address]
        if key not in homes:
            fix = "Add a contact with parental responsibility on Parents, or hand the report over in person."
            cell = learners.cell("learner_id", rows[key])
            words = " ".join(["There is nobody to send this to.", *(one.message for one in without.get(key, ())[:1])])
            yield Proof(learner_id, learners.sheet.name, cell, "nobody", "", words, fix)
            continue
        yield from without.get(key, ())
        if len(addresses) > 1:
            cell = parents.cell("address", addresses[1])
            message = "The contacts live at more than one address."
            fix = "Send each the copy with their name." if each else "Send each household a copy of its own."
            yield Proof(learner_id, parents.sheet.name, cell, "two-households", "", message, fix)


def adult_questions(tracker: Tracker, on: date, people: Mapping[str, str]) -> Iterator[Proof]:
    """Learners of eighteen, whose report is their own.

    The Education (Pupil Information) (England) Regulations 2005 name two kinds of recipient, in regulation 6(7). That
    the second is the adult pupil is taken from memory: so this asks, and leaves nobody out.
    """
    table = tracker["Learners"]
    for row, (who, born) in enumerate(zip(table["learner_id"], table["date_of_birth"], strict=True)):
        day = as_date(born)
        grown = day is not None and (day.year + 18, day.month, day.day) <= (on.year, on.month, on.day)
        if grown and id_key(who) in people:
            message = "Eighteen or over, so the report is the learner's own."
            fix = "Give it to the learner, and send it home only where they agree, or correct the date of birth."
            cell = table.cell("date_of_birth", row)
            yield Proof(people[id_key(who)], table.sheet.name, cell, "adult", "", message, fix)
