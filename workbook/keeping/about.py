"""Everything that a tracker holds about one learner, for somebody who has asked for it.

Source: UK GDPR, article 15: a person may have what is held about them, opinions and what was worked out too, but not
what is another person's alone. Which of the names of others may go out is for a person to judge: they are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.checks import check
from workbook.keeping.elsewhere import Place, cleared
from workbook.keeping.others import Others
from workbook.keeping.person import words_of
from workbook.measures.attendance import attendance_rows
from workbook.measures.computed import computed
from workbook.measures.computed_keys import learner_names
from workbook.measures.flags import flags_of
from workbook.measures.interventions import group_key
from workbook.measures.learners import Learners, id_key, word
from workbook.measures.progress import progress_rows
from workbook.measures.snapshot import Snapshot
from workbook.model import SHEETS, CannotDo, Tracker, Value
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.reading.outline import corners, read_book

_HELPERS = frozenset({"learners_row", "key", "starts", "ends", "counts_to", "sessions"})
"""Worked-out columns that only serve formulas and say nothing about anybody."""
LOOK = "Look at"
"""The heading of the column that says which names of other people a row holds."""


@dataclass
class Part:
    """A sheet of the answer: its name, what it is, headings, and rows, the last cell of which says what to look at."""

    name: str
    words: str
    headings: list[str]
    rows: list[list[Value]] = field(default_factory=list)

    def judge(self, others: Others) -> None:
        """Say in each row's last cell whose names it holds."""
        self.headings.append(LOOK)
        for row in self.rows:
            found = [f"{head}: {why}" for head, value in zip(self.headings, row, strict=False)
                     if isinstance(value, str) and (why := others.why(value))]  # fmt: skip
            row.append("; ".join(found) or None)


@dataclass
class About:
    """All parts about a learner, the day of the figures, and how many rows name somebody else."""

    learner_id: str
    name: str
    on: date
    parts: list[Part]

    @property
    def to_look_at(self) -> int:
        """How many rows name other people."""
        return sum(row[-1] is not None for part in self.parts for row in part.rows)


def about(file: GuardedFile, tracker: Tracker, learner: str, on: date) -> About:
    """Everything about a learner in the workbook that ``tracker`` was read from; CannotDo for an ID on no sheet."""
    key = id_key(learner)
    rows = {
        name: {row for row, one in zip(table.rows, table["learner_id"], strict=True) if id_key(one) == key}
        for name, table in tracker.tables.items()
        if "learner_id" in table.sheet.by_key
    }
    if not any(rows.values()):
        raise CannotDo(f"Learner {learner} is on no sheet of this tracker: check the ID.")
    parts = [*_tables(tracker, rows), _groups(tracker, key), _flags(tracker, learner, on)]
    parts += [_problems(tracker, rows, on), *_figures(tracker, key, on)]
    parts += [_notes(file, rows, tracker), _elsewhere(file, tracker, learner, rows)]
    others = Others(tracker, learner)
    found = [part for part in parts if part.rows]
    for part in found:
        part.judge(others)
    return About(learner, _called(tracker, key), on, found)


def _called(tracker: Tracker, key: str) -> str:
    names = zip(tracker["Learners"]["learner_id"], learner_names(tracker), strict=True)
    return next((str(name or "") for learner, name in names if id_key(learner) == key), "")


def _tables(tracker: Tracker, rows: Mapping[str, set[int]]) -> Iterator[Part]:
    """The rows about the learner, sheet by sheet, with own columns and with what works itself out."""
    figures = computed(tracker, [name for name, mine in rows.items() if mine])
    for one in SHEETS:
        mine, table = rows.get(one.table, set()), tracker[one.table]
        if not mine:
            continue
        keys = [c.key for c in one.columns if c.key not in _HELPERS and (c.computed or c.key in table.columns)]
        keys += [key for key in table.columns if key not in one.by_key]
        heads = [one.by_key[key].header if key in one.by_key else key for key in keys]
        part = Part(one.name, one.purpose, ["Row", *heads])
        for place, row in enumerate(table.rows):
            if row in mine:
                worked = figures.get(one.table, {})
                values = [worked[key][place] if key in worked else table[key][place] for key in keys]
                part.rows.append([row, *values])
        yield part


def _groups(tracker: Tracker, key: str) -> Part:
    """Interventions of the groups that the learner is or was in."""
    table, learners = tracker["Interventions"], Learners(tracker)
    groups = {group_key(one["group"]) for one in tracker["Groups"].records() if id_key(one["learner_id"]) == key}
    keys = [c.key for c in table.sheet.entry if c.key != "learner_id"]
    part = Part("Group interventions", "What was put in place for a group of theirs.",
                ["Row", *(table.sheet.by_key[k].header for k in keys)])  # fmt: skip
    for place, row in enumerate(table.rows):
        if learners.find(table["learner_id"][place]) is None and group_key(table["group"][place]) in groups:
            part.rows.append([row, *(table[k][place] for k in keys)])
    return part


def _flags(tracker: Tracker, learner: str, on: date) -> Part:
    part = Part("Flags now", "Concerns and strengths by the college's rules, with what answered them.",
                ["Kind", "Band", "Reason", "Data of", "Answered on", "Answered until"])  # fmt: skip
    for one in flags_of(Snapshot(tracker, on)):
        if id_key(one.learner_id) == id_key(learner):
            part.rows.append([str(one.nature), str(one.band), one.reason, one.data_date, one.answered, one.until])
    return part


def _problems(tracker: Tracker, rows: Mapping[str, set[int]], on: date) -> Part:
    part = Part("Problems now", "Cells about the learner that need mending.", ["Sheet", "Cell", "What", "What to do"])
    places = {(tracker[name].sheet.name, row) for name, mine in rows.items() for row in mine}
    for one in check(tracker, on):
        area = corners(one.cell) if one.cell else None
        if area and (one.sheet, area[0]) in places:
            part.rows.append([one.sheet, one.cell, one.message, one.fix])
    return part


def _figures(tracker: Tracker, key: str, on: date) -> Iterator[Part]:
    """Attendance and progress as they are worked out on the day."""
    told = {
        "Attendance worked out": attendance_rows(Snapshot(tracker, on), everyone=True),
        "Progress worked out": progress_rows(tracker, on),
    }
    for name, found in told.items():
        mine = [row for row in found if id_key(row["learner_id"]) == key]
        heads = list(mine[0]) if mine else []
        part = Part(
            name, "What is worked out from the entries.", [head.replace("_", " ").capitalize() for head in heads]
        )
        part.rows = [[_plain(row[head]) for head in heads] for row in mine]
        yield part


def _plain(value: Any) -> Value:
    return value if value is None or isinstance(value, (str, int, float, date)) else str(value)


def _notes(file: GuardedFile, rows: Mapping[str, set[int]], tracker: Tracker) -> Part:
    """Notes and comments at cells about the learner."""
    part = Part("Notes at cells", "What somebody wrote into a note or comment at a cell about the learner.",
                ["Sheet", "Cell", "Text"])  # fmt: skip
    package, names = Package(file), {tracker[name].sheet.table.casefold(): name for name in rows}
    for one in read_book(file).sheets:
        mine = {row for place in one.tables for row in rows.get(names.get(place.name.casefold(), ""), ())}
        for link in package.relationships(one.part) if mine else ():
            if link.kind not in ("comments", "threadedComment") or package.find(link.target) is None:
                continue
            for node in package.tree(link.target).iter("{*}*"):
                area = corners(node.get("ref", ""))
                if area and area[0] in mine:
                    said = "".join(inner.text or "" for inner in node.iter("{*}*") if len(inner) == 0)
                    part.rows.append([one.name, node.get("ref"), said.strip()])
    return part


def _elsewhere(file: GuardedFile, tracker: Tracker, learner: str, rows: Mapping[str, set[int]]) -> Part:
    """Where else in the file the learner is named: own sheets, the diary, rows about others, parts without cells."""
    part = Part("Elsewhere in the file", "Rows about others, lists, sheets of the college's own, names, properties.",
                ["Sheet", "Cell", "What it is", "Text"])  # fmt: skip
    rest = [word(one) for one in tracker["Learners"]["learner_id"] if id_key(one) != id_key(learner)]
    done = cleared(file, tracker, words_of(tracker, [learner]), words_of(tracker, rest))
    own = {(tracker[name].sheet.name, row) for name, mine in rows.items() for row in mine}
    sure = [one for one in done.left if not one.namesake]  # what is about a namesake is that person's alone
    part.rows = [[one.sheet, one.cell, one.what, one.text] for one in _others(done.emptied + done.replaced + sure, own)]
    return part


def _others(places: Iterable[Place], own: set[tuple[str, int]]) -> Sequence[Place]:
    """The places that are not in rows about the learner, which are given already."""
    return [one for one in places if not ((area := corners(one.cell)) and (one.sheet, area[0]) in own)]
