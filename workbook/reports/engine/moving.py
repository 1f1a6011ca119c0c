"""Formulas that follow their rows, and the names in them that differ from report to report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.model import CannotDo
from workbook.package.addresses import LAST_ROW
from workbook.reading.references import Name, Part, Reference, parse
from workbook.reports.engine.placing import COPY_NUMBER, SHEET_NAMES, Place, Placing
from workbook.reports.engine.programs import Opened
from workbook.reports.engine.values import escape

MOST_STRETCHES = 200
"""Arguments that a long list makes of one; Excel allows 255."""


_INDIRECT = re.compile(r'\bINDIRECT\(\s*"((?:[^"]|"")*)', re.IGNORECASE)


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


_THIS_BOOK = "[0]"
"""What Excel writes before a name of this very workbook in a chart."""


class NameOnSheet:
    """A name that belongs to a sheet whose own name differs (`Report!Marks`), or one that each copy has its own of."""

    def __init__(self, name: Name) -> None:
        self.name = name

    def place(self, at: Place) -> Placing:
        """The name after its sheet."""
        yield at.prefix(self.name)
        yield escape(self.name.text)


Spelling = str | Reference | Name | TableName | NameOnSheet
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

    def __init__(self, parts: Sequence[Any]) -> None:
        self.parts = parts

    def place(self, at: Place) -> Placing:
        """The formula with its references moved."""
        for part in self.parts:
            if isinstance(part, str):
                yield escape(part)
            elif isinstance(part, Reference):
                yield from place_reference(part, at)
            elif isinstance(part, Name):
                yield escape(part.prefix + part.text)
            else:
                yield from part.place(at)


def place_reference(reference: Reference, at: Place) -> Placing:
    """The reference as it reads in the report: its own item's row, or all rows that its row became."""
    if reference.every_row or at.map(reference.sheet) is None:
        yield at.prefix(reference)
        yield reference.write(reference.top, reference.bottom)
        return
    span = rows_of(reference, at)
    if span is None:  # a blank cell stands for rows that are dropped: no total of nothing is an error
        span = LAST_ROW, LAST_ROW
    stretches = stretches_of(reference, at, span) if reference.parts else [span]
    for number, (top, bottom) in enumerate(stretches):
        yield "," if number else ""
        yield at.prefix(reference)
        yield reference.write(top, bottom, area=reference.is_area or top != bottom)


def stretches_of(reference: Reference, at: Place, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The rows from first to last that really are the reference's, without those of other template rows between."""
    if reference.every_row:
        return [span]
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
    if reference.every_row:  # rows may come and go, all of them stay all of them
        return 1, max((placed.number for placed in rows.placed[-1:]), default=1)
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

    All names are in small letters. `filled` are sheets that hold tokens, or formulas that look at such by any way;
    `names` are the defined names that do, and the tables there.
    `order` is set where sheets are copied within one workbook: all sheets of the template in their order.
    """

    filled: frozenset[str]
    moving: frozenset[str]
    renamed: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def read(self, formula: str) -> list[Spelling]:
        """The formula as text, references and names that have another name in each report or copy."""
        return self.spell(parse(formula))

    def read_name(self, formula: str) -> list[Spelling]:
        """What a defined name stands for: one for a cell of a repeated row means all of its rows."""
        return [replace(part, gathers=True) if isinstance(part, Reference) else part for part in self.read(formula)]

    def spell(self, parts: Sequence[Part]) -> list[Spelling]:
        """The same for a formula that is parsed already. CannotDo where no copy could mean what the template means."""
        found: list[Spelling] = []
        for part in parts:
            if isinstance(part, Name):
                found.append(self._spell_name(part))
            else:
                if isinstance(part, Reference):
                    self._refuse_torn(part)
                else:
                    self._refuse_said(part)
                found.append(part)
        return found

    def _spell_name(self, name: Name) -> Spelling:
        if name.text.lower() in self.tables and not name.prefix:
            return TableName(name.text)
        if name.sheet == _THIS_BOOK and self.order and name.text.lower() in self.names:
            own = next(sheet for sheet in self.order if sheet in self.renamed)  # the name is on each sheet of a copy
            return NameOnSheet(Name(name.text, name.prefix, own))
        renamed = any(sheet in self.renamed for sheet in sheets_named(name.sheet))
        return NameOnSheet(name) if renamed else name

    def _refuse_torn(self, reference: Reference) -> None:
        """Raise CannotDo for a stretch of sheets of which only some are copied for each learner."""
        ends = sheets_named(reference.sheet)
        if len(ends) < 2 or not all(end in self.order for end in ends):
            return
        first, last = sorted(self.order.index(end) for end in ends)
        inside = self.order[first : last + 1]
        if 0 < sum(sheet in self.renamed for sheet in inside) < len(inside):
            raise CannotDo(
                f"A formula of the template adds up over the sheets {reference.sheet}, of which each "
                "learner has only some of their own: make a file each, or put all of it on one sheet."
            )

    def _refuse_said(self, text: str) -> None:
        """Raise CannotDo where INDIRECT is told a sheet or table in words, of which each copy has its own."""
        for found in _INDIRECT.finditer(text):
            said = found[1].replace('""', '"').strip().lower()
            names = [name.text.lower() for name in parse(said) if isinstance(name, Name)]
            sheet = said.rpartition("!")[0].strip("'").replace("''", "'")
            if any(name in self.tables for name in names) or any(one in self.renamed for one in sheets_named(sheet)):
                raise CannotDo(
                    f'A formula of the template looks at "{found[1]}" by INDIRECT, and in one workbook each learner '
                    "has their own: make a file each, or name the cells themselves."
                )

    def touch(self, parts: Sequence[Spelling], own: str = "") -> bool:
        """Must a formula of the sheet `own` be written anew?"""
        return any(
            isinstance(part, TableName | NameOnSheet) or (isinstance(part, Reference) and self._touches(part, own))
            for part in parts
        )

    def _touches(self, part: Reference, own: str) -> bool:
        sheet = own if part.sheet is None else part.sheet.lower()
        moves = sheet in self.moving and not part.every_row
        return moves or any(name in self.renamed for name in sheets_named(part.sheet))

    def stale(self, parts: Sequence[Part], own: str = "") -> bool:
        """Does a formula of the sheet `own` look at what differs, so that its result in the template means nothing?"""
        for part in parts:
            if isinstance(part, Reference) and any(s in self.filled for s in sheets_named(part.sheet) or (own,)):
                return True
            if isinstance(part, Name) and part.text.lower() in self.names | self.tables:
                return True
        return False

    def alter(self, parts: Sequence[Part], own: str = "") -> bool:
        """Does a formula of the sheet `own`, or its result, differ from report to report?"""
        return self.touch(self.spell(parts), own) or self.stale(parts, own)


def sheets_named(sheet: str | None) -> tuple[str, ...]:
    """The sheets of this workbook that stand before a reference, in small letters: none, one, or a stretch's two ends.

    Neither a sheet's name nor what Excel writes for another workbook can be mistaken: names hold no ":" and no "[".
    """
    return () if sheet is None or "[" in sheet else tuple(sheet.lower().split(":"))
