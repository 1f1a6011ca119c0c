"""How the tests are spread over several workers: what takes long first, what shares something dear by one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

TOGETHER = ("tests/web/", "tests/addin/functions/", "tests/excel_rules/")
"""Rooms whose modules share a browser, a whole tracker, a file of every writer: made once, by one worker."""
LONG = ("browser", "office", "slow")


class Spread(LoadScopeScheduling):
    """A module goes to one worker as a whole, and so does a room of `TOGETHER`, in the order that they stand in."""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in TOGETHER if nodeid.startswith(room)), nodeid.partition("::")[0])


def long_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests with those modules first that take long, so that at the end no worker waits for another."""
    ranks: dict[str, int] = {}
    for item in items:
        module = item.nodeid.partition("::")[0]
        ranks[module] = min(_rank(mark.name for mark in item.iter_markers()), ranks.get(module, len(LONG)))
    return sorted(items, key=lambda item: ranks[item.nodeid.partition("::")[0]])


def _rank(marks: Iterable[str]) -> int:
    return min((LONG.index(mark) for mark in marks if mark in LONG), default=len(LONG))
