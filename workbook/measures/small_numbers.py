"""Small numbers in tables that go beyond a mentor: hidden, and not to be worked out from what is left.

Source of the practice: counts under six are withheld in published school statistics, and where a total would give one
away by subtraction a second one is withheld with it (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

LEAST = 6
"""The smallest number of people that is told; none at all is told too."""

HIDDEN = "fewer than 6"


def small(count: int, of: int | None = None, least: int = LEAST) -> bool:
    """Whether a count of people, or those ``of`` a known number who are left over, is too small to be told."""
    return 0 < count < least or (of is not None and 0 < of - count < least)


def hidden(
    counts: Sequence[int],
    of: Sequence[int] | None = None,
    *,
    total_told: bool = True,
    already: Sequence[bool] | None = None,
    least: int = LEAST,
) -> list[bool]:
    """Which of the counts of groups that add up to a total must not be told.

    ``of`` are the known sizes of the groups, where the counts are part of them; groups that are ``already`` hidden
    stay so. Where the total is told as well, a hidden count can be found by subtraction unless what is hidden
    together, and what of those groups is left over, leaves room: so the next smallest are hidden with it, until at
    least two are and their sum is not small.
    """
    sizes = list(of) if of is not None else [None] * len(counts)
    held = already or [False] * len(counts)
    away = [one or small(count, size, least) for one, count, size in zip(held, counts, sizes, strict=True)]
    if not total_told or not any(away):
        return away
    order = sorted(
        (place for place in range(len(counts)) if not away[place]),
        key=lambda place: (_weight(counts[place], sizes[place]), place),
    )
    while order and not _safe(counts, sizes, away, least):
        away[order.pop(0)] = True
    return away


def _weight(count: int, size: int | None) -> tuple[bool, int]:
    """The smaller a count, the less is lost with it; an empty one hides nothing and goes last."""
    return (count == 0 or count == size, count)


def _safe(counts: Sequence[int], sizes: Sequence[int | None], away: Sequence[bool], least: int) -> bool:
    gone = [place for place, one in enumerate(away) if one]
    together = sum(counts[place] for place in gone)
    if len(gone) < 2 or small(together, None, least):
        return False
    known = [sizes[place] for place in gone]
    return any(size is None for size in known) or not small(sum(size or 0 for size in known) - together, None, least)


def gives_away(
    sets: Iterable[Collection[Hashable]], told: Iterable[Collection[Hashable]] = (), least: int = LEAST
) -> bool:
    """Whether sums of these sets of people, beside those ``told`` already, let a small set be worked out by adding and
    subtracting; one that could be worked out before does not count.

    People who are in the same sets are alike. What can be worked out is what the sets span. In echelon form (over a
    prime field, so that whole numbers stay whole) a set in the span is the sum of just those rows whose leading place
    it holds; the largest places lead where they can, so few sums are left to try.
    """
    before = [frozenset(one) for one in told]
    every = [*before, *map(frozenset, sets)]
    alike: dict[frozenset[int], int] = {}
    for person in frozenset[Hashable]().union(*every):
        inside = frozenset(place for place, one in enumerate(every) if person in one)
        alike[inside] = alike.get(inside, 0) + 1
    places = sorted(alike, key=lambda inside: (-alike[inside], sorted(inside)))
    sizes = [alike[inside] for inside in places]
    rows = [[int(place in inside) for inside in places] for place in range(len(every))]
    known, whole = _echelon(rows[: len(before)]), _echelon(rows)
    if sum(sizes[row.index(1)] < least for row in whole) > _TOO_MANY:
        return True  # more sums than can be tried: then nothing more is told
    return any(len(_echelon([*known, few])) > len(known) for few in _few(whole, sizes, least))


def _few(rows: list[list[int]], sizes: list[int], least: int) -> Iterator[list[int]]:
    """The sets of fewer than ``least`` people that rows in echelon form span."""
    leading = [row.index(1) for row in rows]
    small_rows = [row for row, place in zip(rows, leading, strict=True) if sizes[place] < least]
    for many in range(1, min(least, len(small_rows) + 1)):
        for chosen in combinations(small_rows, many):
            added = [sum(column) % _PRIME for column in zip(*chosen, strict=True)]
            if max(added) == 1 and sum(size for size, one in zip(sizes, added, strict=True) if one) < least:
                yield added


_TOO_MANY = 20
_PRIME = 1_000_003


def _echelon(rows: list[list[int]]) -> list[list[int]]:
    """Rows reduced until each begins with a one that no other row has in its place."""
    rows, done = [*rows], 0
    for column in range(len(rows[0]) if rows else 0):
        found = next((place for place in range(done, len(rows)) if rows[place][column]), None)
        if found is None:
            continue
        rows[done], rows[found] = rows[found], rows[done]
        inverse = pow(rows[done][column], -1, _PRIME)
        rows[done] = [value * inverse % _PRIME for value in rows[done]]
        for place, row in enumerate(rows):
            if place != done and row[column]:
                times = row[column]
                rows[place] = [(a - times * b) % _PRIME for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]
