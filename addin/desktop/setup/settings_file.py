"""The user's settings file as the add-in's VBA reads it: one line, ``"INTERPRETER_WIN","path"``.

VBA reads it in the code page of the computer, not as Unicode, so only plain letters go in: a home folder with other
letters is written as %USERPROFILE% (on a Mac $HOME), which the VBA puts in itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from addin.desktop.places import Places, System
from workbook.model import CannotDo

INTERPRETER = {System.WINDOWS: "INTERPRETER_WIN", System.MACOS: "INTERPRETER_MAC"}
_HOME = {System.WINDOWS: "%USERPROFILE%", System.MACOS: "$HOME"}
_LINE = re.compile(r'"([^"]*)","([^"]*)"')
_SIGNS = "\"'`%^|<>*?\\x00-\\x1f"
_PLAIN = {
    System.WINDOWS: re.compile(rf"[A-Za-z]:\\(?!\\)[^:/{_SIGNS}]*"),
    System.MACOS: re.compile(rf"/(?!/)[^\\{_SIGNS}]*"),
}


def is_plain_path(system: System, path: str) -> bool:
    """Whether Excel starts a program of this path: it begins at a disk of this computer, goes straight on, and holds
    no quote or other sign that a shell reads. The VBA asks the same (ribbon/vba/Python.bas).
    """
    straight = ".." not in path.replace("\\", "/").split("/")
    return straight and _PLAIN[system].fullmatch(path) is not None


def settings_text(places: Places, interpreter: Path) -> str:
    """The text of the settings file: the absolute path of the interpreter."""
    return f'"{INTERPRETER[places.system]}","{written(places, interpreter)}"\r\n'


def written(places: Places, interpreter: Path) -> str:
    """The interpreter's path in plain letters. CannotDo where that is not possible."""
    path = str(interpreter)
    if not excel_starts(places, path):
        raise CannotDo(
            f"Excel does not start {path}: put Python into a folder of this computer's own, with no quotes or signs "
            "such as % in its name."
        )
    if not path.isascii():
        home = str(places.home)
        if path.startswith(home):
            path = _HOME[places.system] + path[len(home) :]
    if not path.isascii():
        raise CannotDo(f"Excel cannot read the path {path}: put Python into a folder with plain letters in its name.")
    return path


def excel_starts(places: Places, path: str) -> bool:
    """Whether Excel starts a program of this path; in a trial on another system any path of that system counts."""
    foreign = places.system is System.WINDOWS and path.startswith("/") and not path.startswith("//")
    return foreign or is_plain_path(places.system, path)


def read_settings(path: Path) -> dict[str, str]:
    """The settings in a file, names in capitals as the VBA compares them; the first of a name counts."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        if setting := _LINE.fullmatch(line.strip()):
            found.setdefault(setting[1].upper(), setting[2])
    return found


def read_interpreter(places: Places, settings: dict[str, str]) -> str | None:
    """The interpreter that Excel will start, its home folder put in; None if no setting names one."""
    value = settings.get(INTERPRETER[places.system])
    if value is None:
        return None
    mark = _HOME[places.system]
    return str(places.home) + value[len(mark) :] if value.startswith(mark) else value
