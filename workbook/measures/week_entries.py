"""What a mentor types beside the week's list: a contact, a reason for none, an intervention or a target, in one go.

Each becomes a row of its own sheet, with what is known filled in. What cannot be taken stays where it was typed, with
the reason; what is on its sheet already is not added again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from workbook.measures.learners import Learners, word
from workbook.measures.order import Conversation
from workbook.model import Tracker, Value, sheet
from workbook.model.excel import fold
from workbook.model.lists import LISTS
from workbook.model.problem_kind import shown_as
from workbook.model.rules import AREAS, Area
from workbook.model.tracker import as_date

SEEN = "Seen, no action"
KINDS = ("Contact", "Seen", "Intervention", "Target")
"""What can be recorded, in the order of the dropdown, whose words cannot hold a comma."""
_LIST_OF = {"Contact": "Contact with", "Intervention": "Intervention types", "Target": "Target areas"}
TABLE_OF = {"Contact": "Contacts", "Seen": "Contacts", "Intervention": "Interventions", "Target": "Targets"}
"""Where each becomes a row."""


@dataclass(frozen=True)
class Entry:
    """What stands in the entry cells of a row: whom it is about, what to record, and what was said to be wrong.

    ``kind`` says with whom, or which intervention or target; ``due`` is the follow-up, the review or the last day.
    """

    learner_id: Value
    record: Value
    kind: Value
    words: Value
    due: Value
    not_taken: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(word(one) for one in (self.record, self.kind, self.words, self.due))


@dataclass(frozen=True)
class Known:
    """What the list knows of a learner: the mentor, what it is about in a word, and the reason in a sentence."""

    mentor: str
    about: str
    reason: str


@dataclass
class Taken:
    """New rows by table, how many entries they come from, and the entries that stay, each with its reason."""

    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    kept: list[Entry] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows are added."""
        return sum(map(len, self.rows.values()))


def known(conversations: Iterable[Conversation]) -> dict[str, Known]:
    """What the lists know of each learner with a concern, by ID in small letters."""
    found = {}
    for one in conversations:
        codes = {flag.code for flag in one.flags}
        about = next((area.capitalize() for area in Area if codes & AREAS[area]), "")
        found[fold(one.learner_id)] = Known(one.mentor, about, one.flags[0].reason)
    return found


def tables_of(entries: Iterable[Entry]) -> list[str]:
    """The tables that entries are for, each once."""
    return list(dict.fromkeys(TABLE_OF[kind] for one in entries if (kind := _kind(one.record))))


def take(
    tracker: Tracker,
    entries: Iterable[Entry],
    on: date,
    about: Mapping[str, Known],
    mentor: str | None = None,
    closed: Mapping[str, str] | None = None,
) -> Taken:
    """The rows that entries stand for, dated ``on`` and signed by ``mentor`` or the learner's own.

    ``closed`` are tables that take no rows now, each with why: their entries stay.
    """
    taken, learners = Taken(), Learners(tracker)
    for entry in entries:
        if entry.blank:
            continue
        place = learners.find(entry.learner_id)
        why = "This row is about no learner." if place is None else _refused(tracker, entry)
        if place is None or why:
            taken.kept.append(replace(entry, not_taken=why))
            continue
        learner = learners.all[place]
        facts = about.get(fold(learner.learner_id), Known(learner.mentor, "", ""))
        name = str(_kind(entry.record))
        row = _row(tracker, name, entry, on, facts, mentor or learner.mentor) | {"learner_id": learner.learner_id}
        table = TABLE_OF[name]
        if _there(tracker, table, row) or row in taken.rows.get(table, ()):
            continue
        if closed and table in closed:
            taken.kept.append(replace(entry, not_taken=closed[table]))
        else:
            taken.rows.setdefault(table, []).append(row)
    return taken


def begin(
    tracker: Tracker, kind: str, learner_id: str, on: date, about: Mapping[str, Known], mentor: str | None = None
) -> dict[str, Value]:
    """The row that a record of a learner begins with: what is known filled in, nothing in words yet."""
    learners = Learners(tracker)
    learner = learners.all[learners.find(learner_id) or 0]
    facts = about.get(fold(learner.learner_id), Known(learner.mentor, "", ""))
    row = _row(tracker, kind, Entry(learner_id, kind, None, None, None), on, facts, mentor or learner.mentor)
    return {"learner_id": learner.learner_id} | row


def begun(tracker: Tracker, table: str, row: Mapping[str, Value]) -> int | None:
    """The place of a row that was begun as this one and has no word beside it yet; None where there is none."""
    held = tracker[table]
    typed = [column.key for column in held.sheet.columns if not column.computed and column.key in held.columns]
    wanted = [_plainly(row.get(key)) for key in typed]
    lines = zip(*(held[key] for key in typed), strict=True)
    return next((place for place, line in enumerate(lines) if list(map(_plainly, line)) == wanted), None)


def with_rows(tracker: Tracker, rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> Tracker:
    """The tracker as it is once the rows are added."""
    tables = dict(tracker.tables)
    for name, new in rows.items():
        table = tracker[name]
        columns = {key: [*values, *(row.get(key) for row in new)] for key, values in table.columns.items()}
        first = (table.rows[-1] if table.rows else 4) + 1
        tables[name] = replace(table, columns=columns, rows=[*table.rows, *range(first, first + len(new))])
    return Tracker(tables, tracker.name, tracker.problems)


def _refused(tracker: Tracker, entry: Entry) -> str:
    """Why an entry cannot be taken, in a sentence; empty where it can."""
    record = _kind(entry.record)
    if record is None:
        typed = f"{shown_as(word(entry.record))} is none of them" if word(entry.record) else "it is blank"
        return f"Choose in Record what it is ({', '.join(KINDS)}): {typed}."
    if entry.due is not None and as_date(entry.due) is None:
        return f"{shown_as(word(entry.due))} in Next date is no date: type it as 5/2/2027."
    if not word(entry.words) and record != "Contact":
        asked = {"Seen": "why there is nothing to do", "Intervention": "what is put in place", "Target": "the target"}
        return f"Say in In words {asked[record]}."
    listed = _LIST_OF.get(record)
    if listed and (word(entry.kind) or record == "Intervention"):
        if not word(entry.kind):
            return "Choose in With or kind which intervention it is."
        if _choice(tracker, listed, entry.kind) is None:
            return (
                f"{shown_as(word(entry.kind))} is not in the list {listed} (sheet Lists): choose one, or add it there."
            )
    return ""


def _kind(value: Value) -> str | None:
    """What an entry records; the word that Contacts has for seen will do too."""
    typed = "Seen" if fold(word(value)) == fold(SEEN) else word(value)
    return next((one for one in KINDS if fold(one) == fold(typed)), None)


def _choice(tracker: Tracker, listed: str, value: Value) -> str | None:
    """A word of a list as the list spells it."""
    column = next(one.key for one in sheet("Lists").columns if one.header == listed)
    words = [word(one) for one in tracker["Lists"][column] if word(one)] or LISTS[listed]
    return next((one for one in words if fold(one) == fold(word(value))), None)


def _row(tracker: Tracker, name: str, entry: Entry, on: date, facts: Known, by: str) -> dict[str, Value]:
    words, due, kind = word(entry.words) or None, as_date(entry.due), None
    if word(entry.kind) and name in _LIST_OF:
        kind = _choice(tracker, _LIST_OF[name], entry.kind)
    about = facts.about or None
    if name == "Intervention":
        return {"type": kind, "reason": facts.reason or None, "owner": by or None, "start": on, "review_due": due,
                "notes": words}  # fmt: skip
    if name == "Target":
        return {"set_on": on, "area": kind or about, "target": words, "due": due, "status": "Open"}
    with_ = SEEN if name == "Seen" else kind or "Learner"
    return {"date": on, "with": with_, "why": about, "summary": words, "follow_up_due": due, "by": by or None}


def _there(tracker: Tracker, table: str, row: Mapping[str, Value]) -> bool:
    """Whether a table has such a row."""
    held = tracker[table]
    columns = [held[key] for key in row]
    wanted = [_plainly(value) for value in row.values()]
    return any([_plainly(value) for value in line] == wanted for line in zip(*columns, strict=True))


def _plainly(value: Value) -> object:
    return as_date(value) or fold(word(value))
