"""Work done beside other work: in a thread, for readers that let Python go on meanwhile, or in a second process."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from threading import Thread, active_count
from typing import BinaryIO, Generic, TypeVar
from weakref import finalize

T = TypeVar("T")
A = TypeVar("A")

#: So many things are worth a second process: it is there within some milliseconds, and each takes about one.
WORTH = 24
_LENGTH = 8


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a piece of work; what is given waits for its end and gives its result, or raises what it raised."""
    done: list[T] = []
    failed: list[BaseException] = []

    def carry_out() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=carry_out)
    thread.start()

    def result() -> T:
        thread.join()
        if failed:
            raise failed[0]
        return done[0]

    return result


def aside(work: Callable[[], T]) -> Callable[[], T] | None:
    """`package.meanwhile.Aside`, on Linux with a second core. What such a process cannot do is done here."""
    if not _can_split():
        return None
    try:
        return _Second(work)
    except OSError:  # no more processes, no memory for one
        return None


class _Second(Generic[T]):
    """A process that does a piece of work; it is ended when nobody asks for its result any more."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        child, self._made = _split_off(lambda one: pickle.dumps(one(), pickle.HIGHEST_PROTOCOL), [work])
        self._ended = finalize(self, _end, child, self._made)

    def __call__(self) -> T:
        content = _next(self._made)
        self._ended()
        return self._work() if content is None else pickle.loads(content)


def _end(child: int, made: BinaryIO) -> None:
    made.close()
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _wait_for(child)


def _wait_for(child: int) -> None:
    """Wait for the end of a process; where the program was begun with SIGCHLD ignored, the system has done so."""
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def spread(work: Callable[[A], bytes], each: Iterable[A]) -> Iterator[bytes]:
    """`package.meanwhile.Spread`: every other thing is made in a second process, where one can be split off at once.

    That is on Linux, with a second core, and with no other thread at work, which a split would cut off. What the
    second process cannot make is made here, so that what is raised is raised here.
    """
    things = list(each)
    if len(things) < WORTH or not _can_split():
        return map(work, things)
    try:
        child, made = _split_off(work, things[1::2])
    except OSError:
        return map(work, things)
    return _in_turns(work, things, child, made)


def _in_turns(work: Callable[[A], bytes], things: Sequence[A], child: int, made: BinaryIO) -> Iterator[bytes]:
    """One of the things made here, the next taken from the second process."""
    try:
        for place, thing in enumerate(things):
            content = _next(made) if place % 2 else None
            yield work(thing) if content is None else content
    finally:
        made.close()  # whatever the second process is still making, it cannot hand it over and ends
        _wait_for(child)


def _can_split() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and active_count() == 1


def _split_off(work: Callable[[A], bytes], things: Sequence[A]) -> tuple[int, BinaryIO]:
    """A process that makes these things, and where they come from, one after the other."""
    ours, theirs = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        raise
    if child:
        os.close(theirs)
        return child, os.fdopen(ours, "rb")
    try:
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.SIG_DFL)
        os.close(ours)
        with os.fdopen(theirs, "wb", buffering=0) as out:
            for thing in things:
                content = work(thing)
                out.write(len(content).to_bytes(_LENGTH, "big") + content)
    finally:
        os._exit(0)  # nothing of the first process is ended or written twice


def _next(made: BinaryIO) -> bytes | None:
    """The next thing from a second process; None where it has come to its end before."""
    length = made.read(_LENGTH)
    content = made.read(int.from_bytes(length, "big")) if len(length) == _LENGTH else b""
    return content if length and len(content) == int.from_bytes(length, "big") else None
