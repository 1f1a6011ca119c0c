"""Small numbers in tables that go beyond a mentor: hidden, and not to be worked out from what is left.

Source of the practice: counts under six are withheld in published school statistics, and where a total would give one
away by subtraction a second one is withheld with it (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Sequence

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
