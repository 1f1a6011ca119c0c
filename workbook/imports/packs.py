"""What filled packs and entry sheets of a Progress Day say, line by line, each with its cell.

A pack says whose it is beside the words Learner ID and when beside Set on; a line of an entry sheet says so itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.imports.mapping import own_headings
from workbook.imports.source import tidy
from workbook.imports.words import as_text
from workbook.imports.workbook_files import BookOfRows
from workbook.model import CannotDo, Value, sheet
from workbook.model.tracker import column_letter
from workbook.reading.headings import folded

TARGETS = sheet("Targets")
_ASKED = "keep, change or done"
_PACK = {"what i will do": "target", "by when": "due", "in my own words": "learners_words", _ASKED: "status"}
_BEFORE = {"still open from before": "target", "by when": "due", _ASKED: "status"}
"""The headings over the targets from before."""
_FROM_BEFORE = "from before"
"""What an entry sheet has under Area on the line of a target from before."""
_AFTER = "we have talked about this together"
TAKEN = ("learner_id", "set_on", "area", "target", "learners_words", "how_home_can_help", "due", "status", "reviewed")
_FILLED = ("area", "target", "learners_words", "how_home_can_help", "due")
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
    before: bool = False
    """Whether it speaks of a target from before; its status is then the word that stands there."""

    @property
    def pack(self) -> tuple[str, str]:
        """What is taken or refused together: a file's targets of one learner."""
        return self.file, folded(as_text(self.values.get("learner_id")))

    @property
    def said(self) -> bool:
        """Whether it says anything: a new target, or one word of the three, not all of them as printed."""
        word = folded(as_text(self.values.get("status")))
        return not self.before or (bool(word) and not all(one in word for one in ("keep", "change", "done")))

    def cell(self, key: str) -> str:
        """The sheet and cell of a value, such as “New targets!D8”."""
        return f"{self.sheet}!{self.cells.get(key) or self.cells['target']}"

    @property
    def place(self) -> str:
        """The sheet and cell of what was filled in."""
        return self.cell("status" if self.before else "target")

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


def files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
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


def read_pack(path: Path) -> tuple[list[Line], list[Refusal], bool]:
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
            lines += _lines_before(path.name, name, grid, head, labels)
        elif labels.get("learner_id", (None,))[0] is not None:  # (a sending list has the words as a heading only)
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
        text = folded(cell).rstrip("?") if isinstance(cell, str) else ""
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
        first = as_text(cells[0]).strip() if cells else ""
        if numbered and first and not re.fullmatch(r"\d{1,2}\.?", first):  # (a line put in by hand has no number)
            return
        values = {key: cells[place] if place < len(cells) else None for place, key in keys.items()}
        if all(values.get(key) is None for key in _FILLED):
            continue
        printed = folded(as_text(values.get("area"))) == _FROM_BEFORE
        asked = folded(headings.get("status", "")).rstrip("?") == _ASKED and values["status"] is not None
        values |= {"area": None} if printed else {}
        yield _line(file, name, values, _places(keys, row), headings, labels, before=printed or asked)


def _lines_before(
    file: str, name: str, grid: Sequence[Sequence[Value]], head: int, labels: dict[str, tuple[Value, str]]
) -> Iterator[Line]:
    """The targets from before that a pack lists below the new ones."""
    keys: dict[int, str] = {}
    for row in range(head + 1, len(grid)):
        texts = {place: folded(cell).rstrip("?") for place, cell in enumerate(grid[row]) if isinstance(cell, str)}
        if _AFTER in texts.values():
            return
        if "status" not in keys.values():
            keys = {place: _BEFORE[text] for place, text in texts.items() if text in _BEFORE}
            headings = {key: as_text(grid[row][place]) for place, key in keys.items()}
            continue
        values = {key: grid[row][place] if place < len(grid[row]) else None for place, key in keys.items()}
        if values.get("target") is not None and values["status"] is not None:
            yield _line(file, name, values, _places(keys, row), headings, labels, before=True)


def _places(keys: dict[int, str], row: int) -> dict[str, str]:
    return {key: f"{column_letter(place + 1)}{row + 1}" for place, key in keys.items()}


def _line(
    file: str,
    name: str,
    values: dict[str, Value],
    places: dict[str, str],
    headings: dict[str, str],
    labels: dict[str, tuple[Value, str]],
    before: bool = False,
) -> Line:
    """A line with what the pack says for all its lines."""
    for key, (value, cell) in labels.items():
        if values.get(key) is None:
            values[key], places[key] = value, cell
    who = values.get("learner")
    return Line(file, name, {key: values.get(key) for key in TAKEN}, places, headings, who, before)
