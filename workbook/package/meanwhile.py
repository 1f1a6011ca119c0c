"""Work that may go on beside other work: whoever has a thread gives it one, everybody else does it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Beside(Protocol):
    """Begins a piece of work; what it gives waits for the end and gives the result, or raises what the work raised."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin it."""
        ...


def at_once(work: Callable[[], T], /) -> Callable[[], T]:
    """Nothing beside: the work is done before anything else."""
    done = work()
    return lambda: done
