"""Work that may go on beside other work: who has a thread or a second process gives it one, others do it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Beside(Protocol):
    """Begins a piece of work; what it gives waits for the end and gives the result, or raises what the work raised."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin it."""
        ...


A = TypeVar("A")


class Spread(Protocol):
    """Makes the bytes of each of many things; they come in the order of the things, and so does what is raised."""

    def __call__(self, work: Callable[[A], bytes], each: Iterable[A], /) -> Iterator[bytes]:
        """Make them."""
        ...


def one_by_one(work: Callable[[A], bytes], each: Iterable[A], /) -> Iterator[bytes]:
    """Nothing beside: each is made when it is asked for."""
    return map(work, each)


def at_once(work: Callable[[], T], /) -> Callable[[], T]:
    """Nothing beside: the work is done before anything else."""
    done = work()
    return lambda: done
