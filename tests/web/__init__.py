"""The page in a headless Chromium: what it needs, and whether that is here."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

from addin.web.parts import Part, pinned

PARTS = Path(sys.prefix) / "web-parts"
"""Where the pinned parts are kept between runs: in the environment, which `make clean` removes."""

LOCK = Path(__file__).parent / "parts.toml"


def every_part() -> list[Part]:
    """The page's parts and those of its tests."""
    return [*pinned(), *pinned(LOCK)]


def chromium() -> str | None:
    """The browser: Debian's, or a Chrome that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def what_is_missing() -> str:
    """Why the page cannot be tested here, or an empty text when it can."""
    absent = [] if chromium() else ["chromium"]
    if shutil.which("node") is None:
        absent.append("Node.js")
    if importlib.util.find_spec("playwright") is None:
        absent.append("playwright")
    there = all((PARTS / part.file).is_file() for part in every_part())
    if not there:
        absent.append("the page's pinned parts")
    return f"The page cannot be tested: {', '.join(absent)} not found" if absent else ""
