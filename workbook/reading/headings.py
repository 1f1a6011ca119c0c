"""Which column of a sheet is which: found by the text of its heading, wherever it stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from workbook.model.problem import Problem
from workbook.model.problem_kind import HEADING_MISSING, HEADING_RENAMED, HEADING_TWICE
from workbook.model.tracker import column_letter
from workbook.model.vocabulary import Column, Sheet, key_of

#: Rows looked at for headings where no table says which row they are in.
ROWS_WITH_HEADINGS = 30
_CLOSE = 0.72
_BREAKS = re.compile(r"_x000[aAdD]_")


@dataclass
class Headings:
    """The columns of a sheet by key, with their numbers; what is there besides, and what is not."""

    columns: dict[str, int] = field(default_factory=dict)
    extras: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[int, str]] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)

    def computed(self, sheet: Sheet) -> set[int]:
        """The numbers of the columns that work themselves out."""
        return {self.columns[one.key] for one in sheet.computed if one.key in self.columns}


@lru_cache(maxsize=4096, typed=True)
def folded(heading: Any) -> str:
    """A heading for comparing: capitals, spaces and line breaks do not matter."""
    text = _BREAKS.sub(" ", str(heading if heading is not None else ""))
    return " ".join(text.replace("\u2019", "'").split()).casefold()


def match_headings(sheet: Sheet, headings: Sequence[Any], first_column: int = 1) -> Headings:
    """The columns of ``sheet`` among the headings of a row, the first of which is in column ``first_column``."""
    known = {folded(name): one for one in sheet.columns for name in one.formerly}
    known |= {folded(one.header): one for one in sheet.columns}
    found = Headings()
    for number, heading in enumerate(headings, start=first_column):
        text = folded(heading)
        if not text:
            continue
        found.texts[number] = str(heading)
        column = known.get(text)
        if column is None:
            key = key_of(str(heading)) or text
            if key in found.extras or key in sheet.by_key:
                found.twice.append((number, str(heading)))
            else:
                found.extras[key] = number
        elif column.key in found.columns:
            found.twice.append((number, str(heading)))
        else:
            found.columns[column.key] = number
    found.missing = [one for one in sheet.columns if one.key not in found.columns]
    return found


def are_likely(sheet: Sheet, headings: Sequence[Any]) -> bool:
    """Whether these are the headings of ``sheet`` under another table's name: at least half of its columns."""
    return len(match_headings(sheet, headings).columns) * 2 >= len(sheet.columns)


def heading_row(sheet: Sheet, grid: Sequence[Sequence[Any]]) -> int | None:
    """The number of the row that holds most headings of ``sheet``, at least a third of them; None if none does."""
    names = {folded(one.header) for one in sheet.columns}
    best, number = 0, None
    for row, cells in enumerate(grid[:ROWS_WITH_HEADINGS], start=1):
        count = len(names & {folded(cell) for cell in cells})
        if count > best:
            best, number = count, row
    return number if best == len(names) or (best > 1 and best * 3 >= len(names)) else None


def heading_problems(sheet: Sheet, found: Headings, row: int) -> list[Problem]:
    """Headings that are missing, perhaps under another name, and headings that are there twice."""
    problems = [HEADING_TWICE.at(sheet.name, f"{column_letter(number)}{row}", text) for number, text in found.twice]
    free = {number: found.texts[number] for number in found.extras.values()}
    for column in found.missing:
        if column.since:
            continue  # an older tracker: it works without, and an upgrade adds it
        number = _likely(sheet, column, found, free)
        if number is None:
            place = min(found.texts, default=1)
            problems.append(HEADING_MISSING.at(sheet.name, f"{column_letter(place)}{row}", None, heading=column.header))
        else:
            cell = f"{column_letter(number)}{row}"
            text = free.pop(number)
            problems.append(HEADING_RENAMED.at(sheet.name, cell, text, column.header, heading=column.header))
    return problems


def _likely(sheet: Sheet, column: Column, found: Headings, free: dict[int, str]) -> int | None:
    """The unknown heading that a missing column may have got: one spelt nearly the same, or one in its place."""
    near = {folded(text): number for number, text in free.items()}
    close = difflib.get_close_matches(folded(column.header), near, n=1, cutoff=_CLOSE)
    if close:
        return near[close[0]]
    place = sheet.columns.index(column)
    before = found.columns.get(sheet.columns[place - 1].key) if place else min(found.texts, default=1) - 1
    after = found.columns.get(sheet.columns[place + 1].key) if place + 1 < len(sheet.columns) else None
    if before is not None and before + 1 in free and (after is None or after == before + 2):
        return before + 1
    return None
