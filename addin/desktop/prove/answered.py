"""Message boxes answered by themselves, and folders not opened, while buttons are pressed with nobody there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.desktop.host import excel


@dataclass
class Said:
    """What the boxes said, and which folders were to be shown."""

    words: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


@contextmanager
def answered() -> Iterator[Said]:
    """Inside, every question is answered with yes; what was said is kept."""
    said = Said()
    alert, open_folder = xw.App.alert, excel.open_folder

    def answer(_: xw.App, prompt: str, title: str | None = None, buttons: str = "ok", *__: Any, **___: Any) -> str:
        said.words.append(prompt)
        return "ok" if buttons == "ok" else "yes"

    xw.App.alert = answer  # type: ignore[method-assign, assignment]
    excel.open_folder = said.folders.append  # type: ignore[assignment]
    try:
        yield said
    finally:
        xw.App.alert, excel.open_folder = alert, open_folder  # type: ignore[method-assign]
