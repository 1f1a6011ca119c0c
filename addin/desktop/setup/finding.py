"""What the doctor finds at one link of the chain, and the computer that it looks at."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from addin.desktop.places import Places
from addin.desktop.setup.registry import HeldRegistry, Registry, this_registry


class State(StrEnum):
    """How a link is: in order, broken, or worth knowing although it may work."""

    GOOD = "good"
    MEND = "mend"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One link of the chain: which, how it is, what was found, and what to do about it in one sentence."""

    link: str
    state: State
    found: str
    do: str = ""


def good(link: str, found: str) -> Finding:
    """A link in order."""
    return Finding(link, State.GOOD, found)


def mend(link: str, found: str, do: str) -> Finding:
    """A broken link, and what to do."""
    return Finding(link, State.MEND, found, do)


def note(link: str, found: str, do: str = "") -> Finding:
    """A link that may hold, and what would make it sure."""
    return Finding(link, State.NOTE, found, do)


# Run by the interpreter that Excel would start. It imports what a button and a function import, and says what it saw.
QUESTION = """
import importlib, json, sys
told = {"python": sys.version.split()[0], "base": sys.base_prefix, "missing": {}, "from": {}}
for name in sys.argv[1:]:
    try:
        told["from"][name] = getattr(importlib.import_module(name), "__file__", None)
    except Exception as why:
        told["missing"][name] = type(why).__name__ + ": " + str(why)
for name in ("xlwings", "mentorbook"):
    told[name] = getattr(sys.modules.get(name), "__version__", None)
print(json.dumps(told))
"""


_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # a button must not flash a black window


def ask_interpreter(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    """What an interpreter says about itself and the modules of these names.

    It runs in ``folder``, so that no module beside the caller is mistaken for an installed one. Raises OSError or
    ValueError, the text saying why, when it does not start or does not answer.
    """
    command = [python, "-B", "-P", "-c", QUESTION, *names]
    try:
        run = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=120, check=False, creationflags=_NO_WINDOW
        )
    except subprocess.TimeoutExpired:
        raise ValueError("it gave no answer in two minutes") from None
    if run.returncode:
        lines = run.stderr.decode(errors="replace").strip().splitlines()
        raise ValueError(lines[-1] if lines else f"it stopped with code {run.returncode}")
    answer: dict[str, Any] = json.loads(run.stdout.decode(errors="replace").strip().splitlines()[-1])
    return answer


@dataclass(frozen=True)
class Computer:
    """What the doctor looks at. ``root`` is where /Applications and /Library of a Mac stand."""

    places: Places
    registry: Registry = field(default_factory=HeldRegistry)
    root: Path = Path("/")
    ask: Callable[[str, list[str], Path], dict[str, Any]] = ask_interpreter


def this_computer(places: Places) -> Computer:
    """The computer that the program runs on."""
    return Computer(places, this_registry())
