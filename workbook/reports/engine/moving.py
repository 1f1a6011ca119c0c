"""Formulas that follow their rows, and the names in them that differ from report to report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.reports.engine.placing import COPY_NUMBER, SHEET_NAMES, Opened, Place, Placing
from workbook.reports.engine.references import LAST_ROW, Reference, parse
from workbook.reports.engine.values import escape

MOST_STRETCHES = 200
"""Arguments that a long list makes of one; Excel allows 255."""


class TableName:
    """The name of a table, which each copy in one workbook has its own of."""

    def __init__(self, name: str) -> None:
        self.name = name

    def place(self, at: Place) -> Placing:
        """A fill that writes the name."""
        name = escape(self.name)

        def fill(opened: Opened) -> str:
            return f"{name}_{opened[0][COPY_NUMBER]}"

        yield fill


Spelling = str | Reference | TableName
"""A stretch of a formula."""


class SheetName:
    """The name of a sheet, where it differs from learner to learner."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet.lower()

    def place(self, at: Place) -> Placing:
        """A fill that writes the name."""
        scope, key = at.scopes.find((SHEET_NAMES, self.sheet))
        yield lambda opened: escape(opened[scope].get(key) or "")


class Formula:
    """A formula, or any text made of references, whose rows follow."""

    def __init__(self, parts: Sequence[Spelling]) -> None:
        self.parts = parts

    def place(self, at: Place) -> Placing:
        """The formula with its references moved."""
        for part in self.parts:
            if isinstance(part, str):
                yield escape(part)
            elif isinstance(part, Reference):
                yield from place_reference(part, at)
            else:
                yield from part.place(at)


def place_reference(reference: Reference, at: Place) -> Placing:
    """The reference as it reads in the report: its own item's row, or all rows that its row became."""
    if at.map(reference.sheet) is None:
        yield at.prefix(reference.sheet)
        yield reference.write(reference.top, reference.bottom)
        return
    span = rows_of(reference, at)
    if span is None:  # a blank cell stands for rows that are dropped: no total of nothing is an error
        span = LAST_ROW, LAST_ROW
    stretches = stretches_of(reference, at, span) if reference.parts else [span]
    for number, (top, bottom) in enumerate(stretches):
        yield "," if number else ""
        yield at.prefix(reference.sheet)
        yield reference.write(top, bottom, area=reference.is_area or top != bottom)


def stretches_of(reference: Reference, at: Place, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The rows from first to last that really are the reference's, without those of other template rows between."""
    sheet = at.sheet if reference.sheet is None else reference.sheet.lower()
    own = sheet == at.sheet and (at.pinned or not (reference.top_fixed or reference.bottom_fixed))
    found = at.maps[sheet].stretches(reference.top, reference.bottom, at.within if own else ())
    inside = [(max(top, span[0]), min(bottom, span[1])) for top, bottom in found]
    inside = [(top, bottom) for top, bottom in inside if top <= bottom]
    return inside if 0 < len(inside) <= MOST_STRETCHES else [span]


def rows_of(reference: Reference, at: Place) -> tuple[int, int] | None:
    """The report rows a reference covers, seen from the item around it; None when all of them are dropped."""
    sheet = at.sheet if reference.sheet is None else reference.sheet.lower()
    rows = at.maps[sheet]
    within = at.within if sheet == at.sheet else ()
    top_within = () if reference.top_fixed and not at.pinned else within
    if not reference.is_area:
        found = rows.rows(reference.top, top_within)
        return (found[0], found[-1] if reference.gathers else found[0]) if found else None
    bottom_within = () if reference.bottom_fixed and not at.pinned else within
    return rows.span(reference.top, reference.bottom, top_within, bottom_within)


@dataclass(frozen=True)
class Changes:
    """What differs from report to report: sheets with tokens, sheets whose rows move, other names of sheets and tables.

    All names are in small letters.
    """

    filled: frozenset[str]
    moving: frozenset[str]
    renamed: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()

    def read(self, formula: str) -> list[Spelling]:
        """The formula as text, references and names of tables that have another name in each copy."""
        return self.spell(parse(formula))

    def spell(self, parts: Sequence[str | Reference]) -> list[Spelling]:
        """The same for a formula that is parsed already."""
        if not self.tables:
            return list(parts)
        return [each for part in parts for each in (self._tables_in(part) if isinstance(part, str) else [part])]

    def _tables_in(self, text: str) -> list[Spelling]:
        found: list[Spelling] = []
        for index, piece in enumerate(re.split(r"([\w.\\]+)(?=\[)", text)):
            if index % 2 and piece.lower() in self.tables:
                found.append(TableName(piece))
            elif piece:
                found.append(piece)
        return found

    def touch(self, parts: Sequence[Spelling], own: str = "") -> bool:
        """Must a formula of the sheet `own` be written anew?"""
        return any(
            isinstance(part, TableName) or self._touches(part, own) for part in parts if not isinstance(part, str)
        )

    def _touches(self, part: Reference, own: str) -> bool:
        sheet = own if part.sheet is None else part.sheet.lower()
        return sheet in self.moving or (part.sheet is not None and sheet in self.renamed)

    def stale(self, parts: Sequence[Spelling], own: str = "") -> bool:
        """Does a formula of the sheet `own` look at what differs, so that its result in the template means nothing?"""
        return any((part.sheet or own).lower() in self.filled for part in parts if isinstance(part, Reference))
