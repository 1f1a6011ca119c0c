"""What a second process makes is what one would have made: the same, in the same order, refused alike."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from workbook.commands import beside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are split off on Linux only")
MANY = range(3 * beside.WORTH + 1)


@pytest.fixture(autouse=True)
def second_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_can_split", lambda: True)


def made(number: int) -> bytes:
    return b"%d " % number * (number * 2_000)  # beyond what a pipe holds


def test_two_processes_make_what_one_makes() -> None:
    assert list(beside.spread(made, MANY)) == list(map(made, MANY))
    assert len(set(beside.spread(lambda _: b"%d" % os.getpid(), MANY))) == 2
    assert set(beside.spread(lambda _: b"%d" % os.getpid(), range(beside.WORTH - 1))) == {b"%d" % os.getpid()}


@pytest.mark.parametrize("wrong", [6, 7])
def test_what_cannot_be_made_is_refused_in_its_turn(wrong: int) -> None:
    def some(number: int) -> bytes:
        if number == wrong:
            raise ValueError(f"not {number}")
        return made(number)

    came: list[bytes] = []
    with pytest.raises(ValueError, match=f"not {wrong}"):
        for one in beside.spread(some, MANY):
            came.append(one)
    assert came == list(map(made, range(wrong)))


def test_what_a_second_process_leaves_unmade_is_made_here() -> None:
    here = os.getpid()

    def some(number: int) -> bytes:
        if number == 15 and os.getpid() != here:
            os.kill(os.getpid(), 9)
        return made(number)

    assert list(beside.spread(some, MANY)) == list(map(made, MANY))


def test_a_second_process_is_gone_once_nobody_waits_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    children, split = [], beside._split_off

    def split_off(*given: Any) -> Any:
        children.append(split(*given))
        return children[-1]

    monkeypatch.setattr(beside, "_split_off", split_off)
    with closing(beside.spread(made, MANY)) as contents:  # type: ignore[type-var]
        next(contents)
    [(child, _)] = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def test_work_done_aside_gives_what_it_would_have_given_here() -> None:
    here = os.getpid()
    begun = beside.aside(lambda: (os.getpid(), {"a": [None, 1, "x" * 300_000]}))  # beyond what a pipe holds
    assert begun is not None
    pid, told = begun()
    assert pid != here and told == {"a": [None, 1, "x" * 300_000]}
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_what_is_raised_aside_is_raised_here() -> None:
    def refuse() -> None:
        raise ValueError("not so")

    begun = beside.aside(refuse)
    assert begun is not None
    with pytest.raises(ValueError, match="not so"):
        begun()


def test_what_is_left_undone_aside_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return os.getpid()

    begun = beside.aside(work)
    assert begun is not None and begun() == here


def test_a_process_nobody_waits_for_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    children, split = [], beside._split_off

    def split_off(*given: Any) -> Any:
        children.append(split(*given))
        return children[-1]

    monkeypatch.setattr(beside, "_split_off", split_off)
    begun = beside.aside(lambda: time.sleep(600))
    del begun
    [(child, _)] = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def test_where_no_process_can_be_had_none_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_can_split", lambda: False)
    assert beside.aside(os.getpid) is None


def test_where_the_computer_has_no_process_left_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    open_before = len([*Path("/proc/self/fd").iterdir()])
    monkeypatch.setattr(os, "fork", refuse)
    assert beside.aside(os.getpid) is None
    assert list(beside.spread(made, MANY)) == list(map(made, MANY))
    assert len([*Path("/proc/self/fd").iterdir()]) == open_before


def test_processes_that_the_system_waits_for_are_no_trouble() -> None:
    """Some programs begin others with SIGCHLD ignored, which goes on to what they begin."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        begun = beside.aside(lambda: "done")
        assert begun is not None and begun() == "done"
        assert list(beside.spread(made, MANY)) == list(map(made, MANY))
    finally:
        signal.signal(signal.SIGCHLD, before)
