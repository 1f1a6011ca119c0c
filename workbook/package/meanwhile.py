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


class Aside(Protocol):
    """Begins a piece of work in a process of its own, which sees all as it is now and changes nothing here.

    What it gives waits for the end and gives the result, or raises what the work raises; None where no process can be
    had. The result goes from process to process, so it is plain: tables, values, bytes.
    """

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T] | None:
        """Begin it."""
        ...


class Spread(Protocol):
    """Makes the bytes of each of many things; they come in the order of the things, and so does what is raised."""

    def __call__(self, work: Callable[[A], bytes], each: Iterable[A], /) -> Iterator[bytes]:
        """Make them."""
        ...


def one_by_one(work: Callable[[A], bytes], each: Iterable[A], /) -> Iterator[bytes]:
    """Nothing beside: each is made when it is asked for."""
    return map(work, each)


def never(work: Callable[[], T], /) -> Callable[[], T] | None:
    """No process to be had: the work waits to be done here."""
    del work
    return None


def at_once(work: Callable[[], T], /) -> Callable[[], T]:
    """Nothing beside: the work is done before anything else."""
    done = work()
    return lambda: done
