"""The user's settings file as the VBA of xlwings reads it: lines of ``"NAME","value"``.

VBA reads it in the code page of the computer, not as Unicode, so only plain letters go in: a home folder with other
letters is written as %USERPROFILE% (on a Mac $HOME), which the VBA puts in itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from addin.desktop.places import Places, System
from addin.desktop.settings import SETTINGS
from workbook.model import CannotDo

INTERPRETER = {System.WINDOWS: "INTERPRETER_WIN", System.MACOS: "INTERPRETER_MAC"}
_HOME = {System.WINDOWS: "%USERPROFILE%", System.MACOS: "$HOME"}
_LINE = re.compile(r'"([^"]*)","([^"]*)"')


def settings_text(places: Places, interpreter: Path) -> str:
    """The text of the settings file: the shared settings and the absolute path of the interpreter."""
    lines = {INTERPRETER[places.system]: written(places, interpreter), **SETTINGS}
    return "".join(f'"{name}","{value}"\r\n' for name, value in lines.items())


def written(places: Places, interpreter: Path) -> str:
    """The interpreter's path in plain letters. CannotDo where that is not possible."""
    path = str(interpreter)
    if not path.isascii():
        home = str(places.home)
        if path.startswith(home):
            path = _HOME[places.system] + path[len(home) :]
    if not path.isascii() or '"' in path:
        raise CannotDo(f"Excel cannot read the path {path}: put Python into a folder with plain letters in its name.")
    if places.system is System.MACOS and " " in path:
        raise CannotDo(f"On a Mac, Excel cannot start {path} because of the space: put Python into a folder without.")
    return path


def read_settings(path: Path) -> dict[str, str]:
    """The settings in a file, names in capitals as the VBA compares them; the first of a name counts."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        if setting := _LINE.fullmatch(line.strip()):
            found.setdefault(setting[1].upper(), setting[2])
    return found


def read_interpreter(places: Places, settings: dict[str, str]) -> str | None:
    """The interpreter that Excel will start, its home folder put in; None if no setting names one."""
    value = settings.get(INTERPRETER[places.system]) or settings.get("INTERPRETER")
    if value is None:
        return None
    mark = _HOME[places.system]
    return str(places.home) + value[len(mark) :] if value.startswith(mark) else value
