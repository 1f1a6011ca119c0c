"""The links at Python's end: the interpreter that Excel starts, and the library or script through which it does so."""

from __future__ import annotations

from pathlib import Path

from addin.desktop.places import System, script_source
from addin.desktop.setup.finding import Computer, Finding, good, mend
from addin.desktop.setup.install import from_store
from addin.desktop.setup.receipt import read_receipt

INSTALL = "Run: mentorbook addin install"
NEEDED = ["xlwings", "mentorbook", "workbook", "addin.functions.declared", "addin.desktop.host.buttons"]
ON_WINDOWS = ["pythoncom"]


def interpreter(computer: Computer, python: str | None) -> Finding:
    """Whether the interpreter is there, starts, and has the same Mentorbook with all that it needs."""
    from workbook import __version__

    link = "Python"
    if python is None:
        return mend(link, "No Python is named in the settings.", INSTALL)
    if not Path(python).is_file():
        return mend(link, f"There is no Python at {python} any more.", f"{INSTALL}, with the Python that you use now.")
    if from_store(python):
        return mend(link, f"{python} is from the Microsoft Store, which hides its files from Excel.", _FROM_PYTHON_ORG)
    wanted = NEEDED + (ON_WINDOWS if computer.places.system is System.WINDOWS else [])
    try:
        told = computer.ask(python, wanted, computer.places.home)
    except (OSError, ValueError) as why:
        return mend(
            link,
            f"{python} does not start ({why}).",
            "Ask IT to allow this program, or have Mentorbook set up in a folder from which programs may run.",
        )
    if from_store(told["base"]):
        return mend(
            link, f"{python} comes from the Microsoft Store, which hides its files from Excel.", _FROM_PYTHON_ORG
        )
    if told["missing"]:
        name, reason = next(iter(told["missing"].items()))
        return mend(link, f"{python} cannot load {name} ({reason}).", _AGAIN)
    if told["mentorbook"] != __version__:
        found = f"{python} has Mentorbook {told['mentorbook']}, and this is {__version__}."
        return mend(link, found, f"{INSTALL}, with the Python that you use now.")
    if Path(told["from"]["workbook"]).parent.parent != Path(told["from"]["addin.functions.declared"]).parent.parent:
        return mend(
            link,
            f"Another module of the name workbook comes first: {told['from']['workbook']}.",
            "Rename that file or folder, or take its folder out of the PYTHONPATH of this computer.",
        )
    return good(link, f"Python {told['python']} at {python} with Mentorbook {told['mentorbook']}")


_AGAIN = "Run setup.ps1 once more, or install Mentorbook anew with that Python's pip."
_FROM_PYTHON_ORG = (
    "Set Mentorbook up with a Python from python.org (setup.ps1 does), then run: mentorbook addin install"
)


def library(computer: Computer, python: str | None, bits: int | None) -> Finding:
    """Whether Excel can get to Python: on Windows by the xlwings DLL of the same version, on a Mac by the script."""
    if computer.places.system is System.MACOS:
        return _script(computer)
    link = "xlwings DLL"
    receipt = read_receipt(computer.places)
    if python is None or receipt is None:
        return mend(link, "Which DLL Excel needs is not known, as nothing is installed.", INSTALL)
    folders = (Path(python).parent, Path(python).parent.parent)
    missing = []
    for size in (bits,) if bits else (64, 32):
        name = f"xlwings{size}-{receipt.xlwings}.dll"
        if not any((folder / name).is_file() for folder in folders):
            missing.append(name)
    if not missing:
        return good(link, f"Version {receipt.xlwings}, the same as in the add-in")
    others = sorted(one.name for folder in folders for one in folder.glob("xlwings*-*.dll"))
    if others:
        return mend(link, f"The add-in asks for {missing[0]}, and beside Python is {others[0]}.", INSTALL)
    return mend(
        link,
        f"{missing[0]} is missing beside {python}: an antivirus has taken it away, or pip was run with --user.",
        f"Ask IT to release and allow that file. {_AGAIN}",
    )


def _script(computer: Computer) -> Finding:
    link, script = "Script for Excel", computer.places.script
    if script is None or not script.is_file():
        return mend(link, "The script through which Excel may start Python is missing.", INSTALL)
    if script.read_bytes() != script_source().read_bytes():
        return mend(link, f"{script.name} is not the one of this Mentorbook.", INSTALL)
    return good(link, f"{script.name}, the same as in the add-in")
