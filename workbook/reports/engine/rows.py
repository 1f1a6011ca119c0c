"""Where a template's rows go in a report: which repeat, which are kept, and where each row has moved to.

A template sheet's rows form a tree (`Row`, `Each`). What a learner's data make of the tree, its *shape*, is a
tuple of counts; two learners with one shape get the same rows, so all that depends on rows is worked out once
for a shape (`RowMap`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbook.package.addresses import LAST_ROW
from workbook.reports.engine.tokens import Path, Token

Within = tuple[tuple[int, int], ...]
"""The items a row stands for: (number of the repeated block, index of the item), outermost first."""


class Row(NamedTuple):
    """A template row, and the conditions that all must hold for it to be kept."""

    number: int
    conditions: tuple[Token, ...] = ()


@dataclass(slots=True)
class Each:
    """Rows that come once for each item of a list. `keeps_one`: an empty list leaves one blank row."""

    block: int
    path: Path
    children: list[Row | Each] = field(default_factory=list)
    keeps_one: bool = False
    is_fixed: bool = True
    """Whether each item has the same rows."""


Tree = Sequence[Row | Each]
Shape = tuple[int, ...]


@dataclass(slots=True)
class RowSpec:
    """What a template row asks for: the lists it names, outermost first, and its conditions.

    `keeps_one` says that it must not vanish when its list is empty.
    """

    number: int
    lists: tuple[Path, ...] = ()
    conditions: tuple[Token, ...] = ()
    keeps_one: bool = False


def tree(specs: Sequence[RowSpec]) -> list[Row | Each]:
    """The rows (in order) as a tree: neighbouring rows that name one list form one block."""
    blocks = iter(range(len(specs) * 8 + 1))
    return _tree(specs, 0, blocks)


def _tree(specs: Sequence[RowSpec], depth: int, blocks: Iterator[int]) -> list[Row | Each]:
    nodes: list[Row | Each] = []
    start = 0
    while start < len(specs):
        spec = specs[start]
        if len(spec.lists) <= depth:
            nodes.append(Row(spec.number, spec.conditions))
            start += 1
            continue
        end = start + 1
        while (
            end < len(specs)
            and specs[end].number == specs[end - 1].number + 1
            and specs[end].lists[: depth + 1] == spec.lists[: depth + 1]
        ):
            end += 1
        each = Each(next(blocks), spec.lists[depth], keeps_one=spec.keeps_one and depth == 0)
        each.children = _tree(specs[start:end], depth + 1, blocks)
        each.is_fixed = is_fixed(each.children)
        nodes.append(each)
        start = end
    return nodes


def is_fixed(nodes: Tree) -> bool:
    """Do all rows stay where they are, whatever the data?"""
    return all(isinstance(node, Row) and not node.conditions for node in nodes)


def look_up(path: Path, context: Mapping[str, Any], items: Mapping[Path, Any]) -> Any:
    """The value of a dotted name; `items` holds the current item of each list around it."""
    item = items.get(path[:-1])
    if item is not None:
        return item.get(path[-1])
    start = max((end for end in range(1, len(path)) if path[:end] in items), default=0) if items else 0
    value: Any = items[path[:start]] if start else context
    for step in path[start:]:
        if type(value) is not dict and not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def is_so(value: Any) -> bool:
    """Whether `{{if …}}` holds for a value: there is something, and it is not the word No."""
    return bool(value) and not (isinstance(value, str) and value.strip().lower() == "no")


def shape(nodes: Tree, context: Mapping[str, Any]) -> Shape:
    """The counts that decide the rows: 1 or 0 for a condition, the number of items for a list."""
    counts: list[int] = []
    _count(nodes, context, {}, counts)
    return tuple(counts)


def _count(nodes: Tree, context: Mapping[str, Any], items: dict[Path, Any], counts: list[int]) -> None:
    for node in nodes:
        if isinstance(node, Row):
            if node.conditions:
                kept = [is_so(look_up(t.path, context, items)) == t.wanted for t in node.conditions]
                counts.append(int(False not in kept))
            continue
        found: Sequence[Any] = look_up(node.path, context, items) or (({},) if node.keeps_one else ())
        counts.append(len(found))
        if node.is_fixed:
            continue
        for item in found:
            items[node.path] = item
            _count(node.children, context, items, counts)
        items.pop(node.path, None)


class Placed(NamedTuple):
    """A row of the report: its number, the template row it comes from, and what it stands for."""

    number: int
    template: int
    within: Within
    items: tuple[tuple[Path, int], ...]


class RowMap:
    """Template rows to report rows, for one shape. Rows that the template does not mention move along."""

    def __init__(self, nodes: Tree, counts: Shape = ()) -> None:
        self.placed: list[Placed] = []
        self._moved: dict[int, list[Placed]] = {}
        self._around: dict[int, tuple[int, ...]] = {}
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        self._shift = 0
        self._counts = iter(counts)
        self._place(nodes)
        self._moving = sorted(self._moved)
        self.is_fixed = is_fixed(nodes)

    def _place(self, nodes: Tree) -> None:
        for node in nodes:
            if isinstance(node, Row) and not node.conditions:
                self.placed.append(Placed(node.number + self._shift, node.number, (), ()))
                continue
            rows = list(_numbers(node))
            position = rows[0] + self._shift
            for number in rows:
                self._moved[number] = []
            self._note_blocks(node, ())
            end = self._unroll([node], position, (), ())
            self._shift = end - (rows[-1] + 1)
            self._starts.append(rows[-1] + 1)
            self._shifts.append(self._shift)

    def _note_blocks(self, node: Row | Each, around: tuple[int, ...]) -> None:
        if isinstance(node, Row):
            self._around[node.number] = around
            return
        for inner in node.children:
            self._note_blocks(inner, (*around, node.block))

    def _unroll(self, nodes: Tree, at: int, within: Within, items: tuple[tuple[Path, int], ...]) -> int:
        """Place `nodes` from row `at` on; gives the row after them."""
        for node in nodes:
            if isinstance(node, Each):
                for index in range(next(self._counts)):
                    inside = (*within, (node.block, index))
                    at = self._unroll(node.children, at, inside, (*items, (node.path, index)))
            elif not node.conditions or next(self._counts):
                placed = Placed(at, node.number, within, items)
                self.placed.append(placed)
                self._moved[node.number].append(placed)
                at += 1
        return at

    def plain(self, row: int) -> int:
        """Where a row that neither repeats nor depends goes."""
        return min(row + self._shifts[bisect_right(self._starts, row) - 1], LAST_ROW)

    def rows(self, row: int, within: Within = ()) -> list[int]:
        """All report rows made from a template row that belong to the items `within`, top to bottom."""
        moved = self._moved.get(row)
        if moved is None:
            return [self.plain(row)]
        if not within:
            return [placed.number for placed in moved]
        return [placed.number for placed in moved if _agree(placed.within, within)]

    def span(
        self, top: int, bottom: int, top_within: Within = (), bottom_within: Within = ()
    ) -> tuple[int, int] | None:
        """The first and last report row of a stretch of template rows, or None when none of it is left.

        `top_within` and `bottom_within` are the items that its ends are seen from.
        """
        if self.is_fixed or (top == 1 and bottom == LAST_ROW):  # whole columns stay whole
            return top, bottom
        firsts = self._ends(top, bottom, top_within, 0)
        lasts = self._ends(top, bottom, bottom_within, -1)
        if not firsts or not lasts:
            return None
        first, last = min(firsts), max(lasts)
        return (first, last) if first <= last else (last, first)

    def _ends(self, top: int, bottom: int, within: Within, end: int) -> list[int]:
        """The first (0) or last (-1) places of the rows in a stretch; of rows that only shift, one end is enough.

        With lists within lists a lower template row can come first: in an item that has no rows of the upper one.
        """
        moving = self._moving[bisect_left(self._moving, top) : bisect_right(self._moving, bottom)]
        found = [places[end] for row in moving if (places := self.rows(row, within))]
        row, step = (top, 1) if end == 0 else (bottom, -1)
        while top <= row <= bottom and row in self._moved:
            row += step
        return [*found, self.plain(row)] if top <= row <= bottom else found

    def stretches(self, top: int, bottom: int, within: Within = ()) -> list[tuple[int, int]]:
        """The report rows that template rows top to bottom became, as stretches without gaps, top to bottom."""
        moving = self._moving[bisect_left(self._moving, top) : bisect_right(self._moving, bottom)]
        found = [(number, number) for row in moving for number in self.rows(row, within)]
        for before, after in zip([top - 1, *moving], [*moving, bottom + 1], strict=True):
            if after - before > 1:
                found.append((self.plain(before + 1), self.plain(after - 1)))
        joined: list[tuple[int, int]] = []
        for first, last in sorted(found):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return joined

    def copies(self, top: int, bottom: int) -> list[tuple[int, int, Placed | None]]:
        """The places of something drawn over template rows top to bottom: one for each item when it lies wholly
        in a repeated block, else the one that spans them all.
        """
        around = self._around.get(top, ())
        below = self._around.get(bottom, ())
        depth = 0
        while depth < min(len(around), len(below)) and around[depth] == below[depth]:
            depth += 1
        if not depth:
            found = self.span(top, bottom)
            return [(*found, None)] if found else []
        withins: dict[Within, Placed] = {}
        for row in range(top, bottom + 1):
            for placed in self._moved.get(row, ()):
                withins.setdefault(placed.within[:depth], placed)
        spans: list[tuple[int, int, Placed | None]] = []
        for within, placed in sorted(withins.items()):
            found = self.span(top, bottom, within, within)
            if found:
                spans.append((*found, placed))
        return spans

    def repeats(self, row: int) -> bool:
        """Does the template row stand in a repeated block?"""
        return bool(self._around.get(row))


def _numbers(node: Row | Each) -> Iterator[int]:
    if isinstance(node, Row):
        yield node.number
        return
    for inner in node.children:
        yield from _numbers(inner)


def _agree(one: Within, other: Within) -> bool:
    """Do two rows belong to the same items, as far as they stand in the same blocks?"""
    if one == other:
        return True
    mine = dict(one)
    return all(mine.get(block, index) == index for block, index in other)
