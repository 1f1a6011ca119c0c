"""Made-up computers with Excel and the add-in on them, where nothing is wrong; a test then breaks one thing."""

from __future__ import annotations

import plistlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlwings

import workbook
from addin.desktop.places import System, places
from addin.desktop.setup.doctor import broken, examine
from addin.desktop.setup.finding import Computer, Finding
from addin.desktop.setup.install import install
from addin.desktop.setup.registry import HeldRegistry

CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
APP_PATH = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\EXCEL.EXE"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
OWN = r"HKCU\Software\Microsoft\Office\16.0"
LOCATIONS = r"\Excel\Security\Trusted Locations"
DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
CHILDREN, WIN32 = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"
DLL = f"xlwings64-{xlwings.__version__}.dll"


def answer(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    """What a Python with everything in it says."""
    site = Path(python).parent / "site"
    return {
        "python": "3.12.1",
        "base": "C:/Python312",
        "missing": {},
        "from": {name: str(site / name.split(".")[0] / "__init__.py") for name in names},
        "xlwings": xlwings.__version__,
        "mentorbook": workbook.__version__,
    }


def windows_computer(folder: Path) -> Computer:
    """A computer with 64-bit Excel and the add-in installed, where nothing is wrong."""
    home = folder / "ann"
    scripts = home / "AppData/Local/Mentorbook/python/Scripts"
    scripts.mkdir(parents=True)
    (scripts / "python.exe").touch()
    (scripts.parent / DLL).touch()
    (folder / "EXCEL.EXE").touch()
    where = places(home, System.WINDOWS)
    install(where, interpreter=scripts / "python.exe")
    held = {
        APP_PATH: {"": str(folder / "EXCEL.EXE")},
        CLICK_TO_RUN: {"Platform": "x64", "VersionToReport": "16.0.17928.20114"},
        f"{OWN}{LOCATIONS}\\Location1": {"Path": r"%APPDATA%\Microsoft\Excel\XLSTART"},
    }
    return Computer(where, HeldRegistry(held), ask=answer)


def mac_computer(folder: Path) -> Computer:
    """A Mac with Excel and the add-in installed, where nothing is wrong."""
    app = folder / "root/Applications/Microsoft Excel.app/Contents"
    app.mkdir(parents=True)
    (app / "Info.plist").write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.89"}))
    home = folder / "ann"
    home.mkdir(parents=True)
    where = places(home, System.MACOS)
    install(where)
    return Computer(where, root=folder / "root", ask=answer)


def with_keys(computer: Computer, more: dict[str, dict[str, Any]]) -> Computer:
    """The same computer with more in its registry."""
    held: dict[str, dict[str, Any]] = {}
    held.update(computer.registry._held)  # type: ignore[attr-defined]
    for key, values in more.items():
        held[key.lower()] = {**held.get(key.lower(), {}), **values}
    return replace(computer, registry=HeldRegistry(held))


def only_broken(computer: Computer, tracker: Path | None = None) -> Finding:
    wrong = broken(examine(computer, tracker))
    assert len(wrong) == 1, wrong
    assert wrong[0].do and wrong[0].found
    return wrong[0]


def marked(file: Path, zone: int) -> None:
    """Mark a file as Windows does; on Linux and macOS the stream is a file of that name."""
    Path(f"{file}:Zone.Identifier").write_text(f"[ZoneTransfer]\nZoneId={zone}\nReferrerUrl=about:internet\n")
