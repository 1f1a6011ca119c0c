"""Excel's state while a button works: quiet meanwhile, as it was afterwards, and what the status bar says."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import xlwings as xw

from addin.desktop.host import excel

QUIET: dict[str, Any] = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
KEPT = ("calculation", "enable_events", "screen_updating", "status_bar")
_EVERY = 0.2  # seconds between two words in the status bar


class Stopped(Exception):
    """The user pressed Esc; the text says how far the work had come."""


@contextlib.contextmanager
def quiet(app: xw.App) -> Iterator[None]:
    """No redrawing, recalculation or events inside; all as it was afterwards, whatever happens.

    Each part of the state is put back even if another cannot be.
    """
    before: dict[str, Any] = {}
    for name in KEPT:
        with contextlib.suppress(Exception):
            before[name] = getattr(app, name)
    try:
        for name, value in QUIET.items():
            if name in before:
                setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with contextlib.suppress(Exception):
                setattr(app, name, False if name == "status_bar" and not isinstance(value, str) else value)


@contextlib.contextmanager
def aloud(app: xw.App) -> Iterator[None]:
    """Inside a quiet stretch: what Excel shows is up to date while the user is asked."""
    updating = app.screen_updating
    app.screen_updating = True
    try:
        yield
    finally:
        app.screen_updating = updating


class Pace:
    """Tells in the status bar how far the work has come, and stops it on Esc."""

    def __init__(self, app: xw.App) -> None:
        self._app, self._last = app, 0.0

    def step(self, words: str, done: int | None = None, total: int | None = None) -> None:
        """Say where the work is, if the last word is a moment ago. Raises Stopped once Esc is pressed."""
        if excel.escape_pressed(self._app):
            raise Stopped(f"{done:,} of {total:,} done" if total else "nothing was changed")
        self.say(words, done, total, "  (Esc stops)")

    def say(self, words: str, done: int | None = None, total: int | None = None, end: str = "") -> None:
        """Say where the work is while it cannot be stopped, such as in the middle of writing entries."""
        now = time.monotonic()
        if done in (None, total) or now - self._last >= _EVERY:
            self._last = now
            count = f" {done:,} of {total:,}" if total else ""
            self._app.status_bar = f"Mentorbook: {words}{count}{end}"
