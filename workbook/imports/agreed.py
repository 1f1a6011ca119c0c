"""Targets agreed on a Progress Day: out of filled packs and entry sheets, as the rows of Targets that they become.

A pack says whose it is beside the words Learner ID and when beside Set on; a line of an entry sheet says so itself.
What is wrong in a pack holds back the whole pack, so that a learner's targets come together; it is named with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbook.imports.difference import Difference, RowDifference, State
from workbook.imports.mapping import From, Map, Rows, own_headings
from workbook.imports.plan import plan
from workbook.imports.source import Source, SourceRow, tidy
from workbook.imports.words import as_text, shown
from workbook.imports.workbook_files import BookOfRows
from workbook.model import CannotDo, Tracker, Value, sheet
from workbook.model.tracker import column_letter
from workbook.reading.headings import folded

TARGETS = sheet("Targets")
_PACK = {"what i will do": "target", "by when": "due", "in my own words": "learners_words"}
_SET_AT = "Progress Day"
_TAKEN = ("learner_id", "set_on", "area", "target", "learners_words", "how_home_can_help", "due")
_FILLED = _TAKEN[2:]
_NAMED = ("learner_id", "set_on", "target")
_WANTED = "What I will do, By when and How home can help, or Target and Due"


@dataclass(frozen=True)
class Line:
    """What one line of a pack says: values by column of Targets, and the cell and heading of each."""

    file: str
    sheet: str
    values: dict[str, Value]
    cells: dict[str, str]
    headings: dict[str, str]
    name: Value = None

    @property
    def pack(self) -> tuple[str, str]:
        """What is taken or refused together: a file's targets of one learner."""
        return self.file, folded(as_text(self.values.get("learner_id")))

    def cell(self, key: str) -> str:
        """The sheet and cell of a value, such as “New targets!D8”."""
        return f"{self.sheet}!{self.cells.get(key) or self.cells['target']}"

    def refused(self, key: str, why: str) -> Refusal:
        """What is wrong with a value."""
        return Refusal(self.file, self.cell(key), as_text(self.values["learner_id"]), why)


@dataclass(frozen=True)
class Refusal:
    """What cannot be taken, where it stands, and why."""

    file: str
    cell: str
    learner_id: str
    why: str


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
    for path, asked in _files(paths):
        found, wrong, is_pack = _read(path)
        lines += found
        refused += wrong if is_pack or asked else ()
        others += [] if is_pack or asked else [path.name]
    refused += _not_theirs(tracker, lines)
    while True:
        kept = [line for line in lines if not _held(line, refused)]
        agreed = Agreed(_planned(tracker, kept), kept, refused, others)
        wrong = [*_refusals(agreed), *_before_agreed(agreed)]
        if not wrong:
            return agreed
        refused += wrong


def _held(line: Line, refused: Iterable[Refusal]) -> bool:
    """Whether something in the same pack was refused."""
    return any(line.pack == (one.file, folded(one.learner_id)) for one in refused)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """The workbooks meant, and whether each was named itself."""
    for path in paths:
        if path.is_dir():
            found = sorted(one for one in path.iterdir() if one.suffix.lower() in (".xlsx", ".xlsm"))
            found = [one for one in found if not one.name.startswith("~$")]
            if not found:
                raise CannotDo(f"The folder {path} holds no workbook: name the folder that the filled packs are in.")
            yield from ((one, False) for one in found)
        elif path.is_file():
            yield path, True
        else:
            raise CannotDo(f"{path} is not there: check the path of the packs.")


def _read(path: Path) -> tuple[list[Line], list[Refusal], bool]:
    """The lines of a file, what is wrong with it as a whole, and whether it is a pack or an entry sheet at all."""
    book = BookOfRows(path)
    lines, refused, is_pack = list[Line](), list[Refusal](), False
    for name in book.names:
        grid = [[tidy(cell) for cell in row] for row in book.cells(name)[0]]
        head = next((row for row, cells in enumerate(grid) if {"target", "due"} <= set(_keys(cells).values())), None)
        labels = _labels(grid[: len(grid) if head is None else head])
        if head is not None:
            is_pack = True
            lines += _lines(path.name, name, grid, head, labels)
        elif "learner_id" in labels:
            is_pack = True
            why = f"its row of headings is gone: it needs {_WANTED}"
            refused.append(Refusal(path.name, f"{name}!A1", as_text(labels["learner_id"][0]), why))
    if not is_pack:
        refused.append(Refusal(path.name, f"{book.names[0]}!A1", "", f"it has no list of new targets ({_WANTED})"))
    return lines, refused, is_pack


def _keys(cells: Sequence[Value]) -> dict[int, str]:
    """The columns of Targets that a row of headings names, by place."""
    own = own_headings(TARGETS)
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        text = folded(cell) if isinstance(cell, str) else ""
        key = _PACK.get(text) or (own[text].key if text in own else None)
        if key and key not in found.values():
            found[place] = key
    return found


def _labels(grid: Sequence[Sequence[Value]]) -> dict[str, tuple[Value, str]]:
    """What stands beside the words Learner ID, Learner and Set on, and in which cell."""
    own = {"learner id": "learner_id", "set on": "set_on", "learner": "learner"}
    found: dict[str, tuple[Value, str]] = {}
    for row, cells in enumerate(grid, start=1):
        for place, cell in enumerate(cells):
            key = own.get(folded(cell)) if isinstance(cell, str) else None
            beside = next((at for at in range(place + 1, len(cells)) if cells[at] is not None), None)
            if key and key not in found:
                taken = beside is None or (isinstance(cells[beside], str) and folded(cells[beside]) in (*own, "form"))
                at = place + 1 if beside is None else beside - 1 if taken and beside > place + 1 else beside
                found[key] = (None if taken else cells[at], f"{column_letter(at + 1)}{row}")
    return found


def _lines(
    file: str, name: str, grid: Sequence[Sequence[Value]], head: int, labels: dict[str, tuple[Value, str]]
) -> Iterator[Line]:
    """The filled lines below the headings: of a pack those with a number, of an entry sheet all."""
    keys = _keys(grid[head])
    numbered = folded(grid[head][0]) in ("no.", "no")
    headings = {key: as_text(grid[head][place]) for place, key in keys.items()}
    for row in range(head + 1, len(grid)):
        cells = grid[row]
        if numbered and not re.fullmatch(r"\d{1,2}", as_text(cells[0]) if cells else ""):
            return
        values = {key: cells[place] if place < len(cells) else None for place, key in keys.items()}
        if all(values.get(key) is None for key in _FILLED):
            continue
        places = {key: f"{column_letter(place + 1)}{row + 1}" for place, key in keys.items()}
        for key, (value, cell) in labels.items():
            if values.get(key) is None:
                values[key], places[key] = value, cell
        who = values.get("learner")
        yield Line(file, name, {key: values.get(key) for key in _TAKEN}, places, headings, who)


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
            why = f"{told} is not the ID of {as_text(line.name)}: one of the two is another learner's"
            yield line.refused("learner_id", why)


def _planned(tracker: Tracker, lines: Sequence[Line]) -> Difference:
    """The difference that lines make; a line that was there before changes what it says anew, and no status."""
    headers = {key: TARGETS.by_key[key].header for key in _TAKEN}
    rows = [
        SourceRow(number, number - 1, {headers[key]: line.values[key] for key in _TAKEN})
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
        headers = sorted(((TARGETS.by_key[key].header, key) for key in _TAKEN), key=lambda one: -len(one[0]))
        header, key = next(((header, key) for header, key in headers if why.startswith(header)), ("", "target"))
        if header and key in line.headings:
            why = line.headings[key] + why.removeprefix(header)
        other = re.search(r"in row (\d+) of the file", why)
        if other:
            why = why.replace(other[0], f"in {agreed.lines[int(other[1]) - 1].cell(key)}")
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
