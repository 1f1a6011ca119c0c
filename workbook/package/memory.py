"""Python looks through all it holds for what nobody needs, again and again; here is the one place that lets it be."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_in_peace() -> Iterator[None]:
    """Work in which millions of values come and hardly any go: looking for rubbish would take a third of the time."""
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()


def leave_lying() -> None:
    """When Python ends it looks through all once more: what is there then goes with the process."""
    atexit.register(gc.freeze)
