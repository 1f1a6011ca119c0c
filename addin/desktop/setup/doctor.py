"""Looks at each link of the chain from Excel to Python, in the order in which Excel goes along it.

Every link gives one finding or more; one that is broken says in a sentence what to do. Nothing is changed.
"""

from __future__ import annotations

import plistlib
from pathlib import Path

from addin.desktop.places import System
from addin.desktop.setup.doctor_policy import policies
from addin.desktop.setup.doctor_python import interpreter, library
from addin.desktop.setup.doctor_trust import marks, switched_off, tracker_links, trusted_place
from addin.desktop.setup.finding import Computer, Finding, State, good, mend, note
from addin.desktop.setup.receipt import fingerprint, read_receipt
from addin.desktop.setup.registry import read
from addin.desktop.setup.settings_file import INTERPRETER, excel_starts, read_interpreter, read_settings
from addin.desktop.xlam.told import version_of

INSTALL = "Run: mentorbook addin install"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_APP_PATH = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_MSI_PATH = r"HKLM\SOFTWARE\Microsoft\Office\16.0\Excel\InstallRoot"


def examine(computer: Computer, tracker: Path | None = None) -> list[Finding]:
    """What is found at each link; with a tracker, also whether its own worksheet functions can run."""
    bits = excel_bits(computer)
    found = [
        excel(computer),
        addin(computer),
        *marks("Mark of the Web", computer.places.addin),
        *switched_off(computer),
        trusted_place(computer),
        *policies(computer),
        *settings(computer),
        interpreter(computer, _python(computer)),
        library(computer, _python(computer), bits),
    ]
    if tracker is not None:
        found += tracker_links(computer, tracker)
    return found


def broken(findings: list[Finding]) -> list[Finding]:
    """Those that must be mended before all works."""
    return [one for one in findings if one.state is State.MEND]


def excel(computer: Computer) -> Finding:
    """Whether Excel for the desktop is there, and which."""
    if computer.places.system is System.MACOS:
        return _excel_on_mac(computer)
    path = _excel_path(computer)
    if path is None or not path.exists():
        return mend(
            "Excel",
            "Excel for the desktop was not found on this computer.",
            "Install Microsoft 365 or Office for the desktop; Excel in a browser cannot run the add-in.",
        )
    version = read(computer.registry, _CLICK_TO_RUN, "VersionToReport")
    bits = excel_bits(computer)
    what = " ".join(str(one) for one in ("Excel", version or "", f"({bits}-bit)" if bits else "") if one)
    return good("Excel", f"{what} at {path}")


def _excel_path(computer: Computer) -> Path | None:
    path = read(computer.registry, _APP_PATH, "")
    if isinstance(path, str) and path:
        return Path(path.strip('"'))
    folder = read(computer.registry, _MSI_PATH, "Path")
    return Path(folder) / "EXCEL.EXE" if isinstance(folder, str) else None


def excel_bits(computer: Computer) -> int | None:
    """Whether Excel is the 64-bit or the 32-bit one, which decides the library it loads; None if that is not told."""
    platform = read(computer.registry, _CLICK_TO_RUN, "Platform")
    platform = platform or read(computer.registry, r"HKLM\SOFTWARE\Microsoft\Office\16.0\Outlook", "Bitness")
    return {"x64": 64, "x86": 32}.get(str(platform))


def _excel_on_mac(computer: Computer) -> Finding:
    for folder in (computer.root / "Applications", computer.places.home / "Applications"):
        about = folder / "Microsoft Excel.app" / "Contents" / "Info.plist"
        if about.is_file():
            version = plistlib.loads(about.read_bytes()).get("CFBundleShortVersionString", "")
            return good("Excel", f"Excel {version} at {about.parent.parent}")
    return mend("Excel", "Microsoft Excel was not found in Applications.", "Install Microsoft 365 or Office for Mac.")


def addin(computer: Computer) -> Finding:
    """Whether the add-in is in the start folder, as it was put there, and of the version of this package."""
    from workbook import __version__

    path, receipt = computer.places.addin, read_receipt(computer.places)
    if not path.exists():
        if receipt is None:
            return mend("Add-in", "The add-in is not installed for this user.", INSTALL)
        return mend(
            "Add-in",
            f"The add-in was installed but is gone from {path.parent}: most likely an antivirus has taken it away.",
            "Ask IT to release Mentorbook.xlam from quarantine and to allow that file, then run: "
            "mentorbook addin install",
        )
    try:
        content = path.read_bytes()
    except OSError as why:
        return mend("Add-in", f"The add-in may not be read ({why.strerror}).", "Ask IT to let you read your own file.")
    version = version_of(path)
    if version is None:
        return mend("Add-in", f"{path} is not an add-in of Mentorbook.", f"{INSTALL} --replace")
    if version != __version__:
        return mend("Add-in", f"The add-in is version {version}, and Mentorbook is {__version__}.", INSTALL)
    if receipt is None:
        return note(
            "Add-in", f"Version {version}, put there by something else than this command.", f"{INSTALL} --replace"
        )
    if fingerprint(content) != receipt.addin:
        return mend("Add-in", "The add-in has been changed since it was installed.", INSTALL)
    return good("Add-in", f"Version {version} in {path.parent}")


def settings(computer: Computer) -> list[Finding]:
    """Whether the settings are there and name a Python that Excel would start."""
    path = computer.places.settings_file
    if not path.is_file():
        return [
            mend("Settings", f"The settings {path} are missing, so Excel does not know which Python to start.", INSTALL)
        ]
    python = _python(computer)
    if python is None:
        return [mend("Settings", "The settings name no Python.", INSTALL)]
    if not excel_starts(computer.places, python):
        return [
            mend(
                "Settings",
                f"The settings name {python}, which Excel does not start: it must be a plain path on this computer.",
                INSTALL,
            )
        ]
    other = sorted(set(read_settings(path)) - {INTERPRETER[computer.places.system]})
    if other:
        return [note("Settings", f"{path} also sets {', '.join(other)}, which nothing reads.", INSTALL)]
    return [good("Settings", f"{path}; nothing else is asked which Python to start")]


def _python(computer: Computer) -> str | None:
    path = computer.places.settings_file
    return read_interpreter(computer.places, read_settings(path)) if path.is_file() else None
