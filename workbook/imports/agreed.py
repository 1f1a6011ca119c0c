"""Targets agreed on a Progress Day: out of filled packs and entry sheets, as the rows of Targets that they become.

What is wrong in a pack holds back the whole pack, so that a learner's targets come together; it is named with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbook.imports.agreed_before import as_day, spoken_of
from workbook.imports.difference import Difference, RowDifference, State
from workbook.imports.mapping import From, Map, Rows
from workbook.imports.packs import TAKEN, TARGETS, Line, Refusal, files, read_pack
from workbook.imports.plan import plan
from workbook.imports.source import Source, SourceRow
from workbook.imports.words import as_text, shown
from workbook.model import Tracker
from workbook.model.problem_kind import shortened
from workbook.reading.headings import folded

_SET_AT = "Progress Day"
_NAMED = ("learner_id", "set_on", "target")


@dataclass
class Agreed:
    """What packs would change in a tracker, what of them was refused, and files without any list of new targets."""

    difference: Difference
    lines: Sequence[Line]
    refused: list[Refusal] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def line(self, row: RowDifference) -> Line:
        """Where a row comes from."""
        return self.lines[row.source_row - 1]


def read_agreed(tracker: Tracker, paths: Iterable[Path]) -> Agreed:
    """What files and folders of filled packs say for a tracker, which stays as it is.

    Raises CannotDo for a path that is not there, a folder without workbooks, a file that cannot be read.
    """
    lines, refused, others = list[Line](), list[Refusal](), list[str]()
    for path, asked in files(paths):
        found, wrong, is_pack = read_pack(path)
        lines += found
        refused += wrong if is_pack or asked else ()
        others += [] if is_pack or asked else [path.name]
    refused += _not_theirs(tracker, [line for line in lines if line.said])
    refused += _of_another_year(tracker, [line for line in lines if line.said and not _held(line, refused)])
    refused += _torn([line for line in lines if not line.before])
    lines = list(spoken_of(tracker, [line for line in lines if not _held(line, refused)], refused))
    while True:
        kept = [line for line in lines if not _held(line, refused)]
        refused = list(dict.fromkeys(refused))
        agreed = Agreed(_planned(tracker, kept), kept, refused, others)
        wrong = [*_refusals(agreed), *_before_agreed(agreed)]
        if not wrong:
            return agreed
        refused += wrong


def _held(line: Line, refused: Iterable[Refusal]) -> bool:
    """Whether something in the same pack was refused."""
    return any(line.pack == (one.file, folded(one.learner_id)) for one in refused)


def _not_theirs(tracker: Tracker, lines: Iterable[Line]) -> Iterator[Refusal]:
    """Packs whose ID is nobody's, or is not that of the name that stands beside it."""
    table, seen = tracker["Learners"], set[tuple[str, str]]()
    known: dict[str, set[str]] = {}
    keys = ("learner_id", "first_name", "preferred_name", "surname")
    for one, first, preferred, surname in zip(*(table[key] for key in keys), strict=True):
        names = {folded(f"{as_text(called)} {as_text(surname)}") for called in (first, preferred) if called is not None}
        known.setdefault(folded(as_text(one)), names)
    for line in lines:
        if line.pack in seen:
            continue
        seen.add(line.pack)
        told = as_text(line.values["learner_id"])
        if not told:
            yield line.refused("learner_id", "it says of no learner: the Learner ID is blank")
        elif folded(told) not in known:
            yield line.refused("learner_id", f"Learner ID {shown(told)} is not on Learners")
        elif line.name is not None and folded(as_text(line.name)) not in known[folded(told)]:
            whose = shortened(as_text(line.name))
            why = f"{shortened(told)} is not the ID of {whose}: one of the two is another learner's"
            yield line.refused("learner_id", why)


def _of_another_year(tracker: Tracker, lines: Iterable[Line]) -> Iterator[Refusal]:
    """Packs of a Progress Day that was not in the tracker's academic year."""
    first, last = tracker.year
    for line in lines:
        day = as_day(line.values["set_on"])
        if day is not None and not first <= day <= last:
            year = f"{shown(first)} to {shown(last)}"
            yield line.refused("set_on", f"Set on {shown(day)} is not in the year of this tracker, {year}")


def _torn(lines: Sequence[Line]) -> Iterator[Refusal]:
    """Targets without a date in a file where another learner has a date without a target: a column sorted alone."""
    for line in lines:
        if line.values["target"] is None or line.values["due"] is not None:
            continue
        for other in lines:
            half = other.values["target"] is None and other.values["due"] is not None
            if half and other.file == line.file and other.pack != line.pack:
                why = (
                    f"it has no date, and {other.cell('due')} has a date without a target: was one column sorted alone"
                )
                yield line.refused("target", why)
                break


def _planned(tracker: Tracker, lines: Sequence[Line]) -> Difference:
    """The difference that lines make; a line that was there before changes what it says anew."""
    headers = {key: TARGETS.by_key[key].header for key in TAKEN}
    rows = [
        SourceRow(number, number - 1, {headers[key]: line.values[key] for key in TAKEN})
        for number, line in enumerate(lines, start=1)
    ]
    source = Source("The packs", list(headers.values()), rows)
    columns = {key: From(columns=(header,)) for key, header in headers.items()}
    difference = plan(tracker, source, Map("agreed targets", (Rows(TARGETS, columns, same=_NAMED),)))
    table = difference.after.tables.get("Targets")
    there = {folded(as_text(one)) for one in tracker["Lists"]["set_at"]}
    for row in difference.of(State.ADDED):
        assert table is not None and row.index is not None
        table.columns["status"][row.index] = "Open"
        if folded(_SET_AT) in there:
            table.columns["set_at"][row.index] = _SET_AT
    return difference


def _refusals(agreed: Agreed) -> Iterator[Refusal]:
    """What the plan refuses, in the words and with the cell of the pack."""
    for row in agreed.difference.of(State.REFUSED):
        line, why = agreed.line(row), row.reason
        headers = sorted(((TARGETS.by_key[key].header, key) for key in TAKEN), key=lambda one: -len(one[0]))
        header, key = next(((header, key) for header, key in headers if why.startswith(header)), ("", "target"))
        if header and key in line.headings:
            why = line.headings[key] + why.removeprefix(header)
        other = re.search(r"in row (\d+) of the file", why)
        if other:
            first = agreed.lines[int(other[1]) - 1]
            where = first.cell(key) if first.file == line.file else f"{first.file}, {first.cell(key)}"
            why = why.replace(other[0], f"in {where}")
        yield line.refused(key, why)


def _before_agreed(agreed: Agreed) -> Iterator[Refusal]:
    """Targets that are due before they were agreed."""
    for state in (State.ADDED, State.CHANGED):
        for row in agreed.difference.of(state):
            table, line = agreed.difference.after["Targets"], agreed.line(row)
            due, agreed_on = (table[key][row.index or 0] for key in ("due", "set_on"))
            if isinstance(due, date) and isinstance(agreed_on, date) and due < agreed_on:
                heading = line.headings.get("due", "Due")
                why = f"{heading} {shown(due)} is before the day it was agreed, {shown(agreed_on)}"
                yield line.refused("due", why)
