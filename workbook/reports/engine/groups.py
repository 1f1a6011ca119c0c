"""Stretches of a part that come once for each item, or not at all when the rows they stand on are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbook.reading.references import Reference, parse
from workbook.reports.engine.placing import Inner, Place, Placing, place_all


class RowGroup:
    """One template row."""

    inner: Inner = ()

    def __init__(self, number: int) -> None:
        self.number = number

    def place(self, at: Place) -> Placing:
        """The row."""
        return place_all(self.inner, at)


class Rows:
    """All rows of a sheet, in the order of the report."""

    inner: Inner = ()

    def place(self, at: Place) -> Placing:
        """All of them."""
        rows = {part.number: part for part in self.inner if isinstance(part, RowGroup)}
        yield from (part for part in self.inner[:1] if isinstance(part, str))
        for placed in at.maps[at.sheet].placed:
            yield from rows[placed.template].place(at.at(placed))
        yield from (part for part in self.inner[1:][-1:] if isinstance(part, str))


def areas(sqref: str) -> list[Reference]:
    """The areas of a `ref` or `sqref`."""
    found: list[Reference] = []
    for area in sqref.split():
        found += [part for part in parse(area) if isinstance(part, Reference)]
    return found


class Copies:
    """An element that belongs to one area (a merged cell, a link, a sparkline): a copy for each item."""

    inner: Inner = ()

    def __init__(self, area: str) -> None:
        self.areas = areas(area)

    def place(self, at: Place) -> Placing:
        """All copies."""
        for copy in self.copies(at):
            yield from place_all(self.inner, copy)

    def copies(self, at: Place) -> list[Place]:
        """The place of each copy."""
        rows = at.maps[at.sheet]
        found = []
        for reference in self.areas[:1]:
            for top, bottom, placed in rows.copies(reference.top, reference.bottom):
                where = at if placed is None else at._replace(within=placed.within, items=placed.items)
                area = reference.write(top, bottom)
                found.append(where._replace(area=area, row=top))
        return found


class Merged(Copies):
    """A merged cell: of which a single cell is left, Excel would call the file damaged."""

    def copies(self, at: Place) -> list[Place]:
        """The place of each copy that is more than one cell."""
        return [copy for copy in super().copies(at) if not _is_one_cell(copy.area)]


def _is_one_cell(area: str) -> bool:
    first, _, last = area.replace("$", "").partition(":")
    return not last or (first == last and first[-1:].isdigit() and first[:1].isalpha())


class Once(Copies):
    """An element that can come only once: it goes with the first item."""

    def copies(self, at: Place) -> list[Place]:
        """The place of the first copy."""
        return super().copies(at)[:1]


class Spread:
    """An element that covers areas (a conditional format, a data validation): one, over all their rows."""

    inner: Inner = ()

    def __init__(self, sqref: str) -> None:
        self.areas = areas(sqref)

    def place(self, at: Place) -> Placing:
        """The element over its areas."""
        rows = at.maps[at.sheet]
        placed: list[tuple[Reference, int, int]] = []
        first = at
        for reference in self.areas:
            for top, bottom, row in rows.copies(reference.top, reference.bottom):
                if row is not None and not placed:
                    first = at._replace(within=row.within, items=row.items)
                placed.append((reference, top, bottom))
        if not placed:
            return
        area = " ".join(reference.write(top, bottom) for reference, top, bottom in _joined(placed))
        yield from place_all(self.inner, first._replace(area=area, row=placed[0][1]))


def _joined(placed: Iterable[tuple[Reference, int, int]]) -> list[tuple[Reference, int, int]]:
    """Neighbouring stretches of the same columns as one."""
    joined: list[tuple[Reference, int, int]] = []
    for reference, top, bottom in placed:
        if joined and joined[-1][0] is reference and joined[-1][2] + 1 == top:
            joined[-1] = (reference, joined[-1][1], bottom)
        elif joined and joined[-1][0] is reference and reference.is_area and top <= joined[-1][2] + 1:
            joined[-1] = (reference, min(joined[-1][1], top), max(joined[-1][2], bottom))
        else:
            joined.append((reference, top, bottom))
    return [(_as_area(reference) if bottom > top else reference, top, bottom) for reference, top, bottom in joined]


def _as_area(reference: Reference) -> Reference:
    return replace(reference, is_area=True)


class TopLeft:
    """The cell that a view begins with: where its row was, when that is dropped."""

    def __init__(self, cell: str) -> None:
        self.cell = areas(cell)[0]

    def place(self, at: Place) -> Placing:
        """The cell."""
        rows = at.maps[at.sheet]
        row = (rows.rows(self.cell.top) or [rows.plain(self.cell.top)])[0]
        yield self.cell.write(row, row)


class Breaks:
    """A page break after a row: after each item's row, or where the row was when it is dropped."""

    inner: Inner = ()

    def __init__(self, row: int) -> None:
        self.row = row

    def rows(self, at: Place) -> list[int]:
        """The rows of the report that it stands after, in order."""
        rows = at.maps[at.sheet]
        after = rows.rows(self.row) or [(rows.span(self.row + 1, self.row + 1000) or (self.row + 1, 0))[0] - 1]
        return sorted(row for row in set(after) if row > 0)

    def place(self, at: Place) -> Placing:
        """All breaks."""
        return self.after(self.rows(at), at)

    def after(self, rows: Sequence[int], at: Place) -> Placing:
        """A break after each of these rows."""
        for row in rows:
            yield from place_all(self.inner, at._replace(row=row))


class Held:
    """An element that holds counted children (`mergeCells`): it goes when they all go."""

    inner: Inner = ()

    def place(self, at: Place) -> Placing:
        """The element with its children and their number."""
        children = [part for part in self.inner if isinstance(part, Copies | Spread | Breaks | Held)]
        taken: set[int] = set()  # two breaks stand after the same row where what lay between them is dropped
        placed, count = [], 0
        for part in children:
            if isinstance(part, Breaks):
                rows = [row for row in part.rows(at) if row not in taken]
                taken.update(rows)
                placed.append(list(part.after(rows, at)))
                count += len(rows)
            else:
                placed.append(list(part.place(at)))
                count += self._number(part, at) if placed[-1] else 0
        if not any(placed):
            return
        waiting = iter(placed)
        for part in self.inner:
            if isinstance(part, str):
                yield part
            elif isinstance(part, Copies | Spread | Breaks | Held):
                yield from next(waiting)
            else:
                yield from part.place(at._replace(row=count))

    @staticmethod
    def _number(child: Any, at: Place) -> int:
        if isinstance(child, Copies):
            return len(child.copies(at))
        return 1
