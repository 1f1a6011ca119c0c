"""Installs the add-in for one user, without an administrator, and takes it away again with all that came with it.

Three or four files: the add-in in Excel's start folder, the settings with the absolute path of the interpreter, the
receipt, and on a Mac the script through which Excel may start Python. No registry, no service, no other user.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from addin.desktop.places import Places, System, script_source
from addin.desktop.setup.receipt import Receipt, fingerprint, missing_folders, read_receipt
from addin.desktop.setup.settings_file import settings_text
from addin.desktop.xlam.told import version_of
from workbook.model import CannotDo
from workbook.package.writing import write_safely

CLOSE_EXCEL = "Excel holds the add-in open: close every Excel window, then run this again."


def install(
    places: Places, *, interpreter: Path | None = None, addin: Path | None = None, replace: bool = False
) -> Receipt:
    """Write the add-in and what it needs into the user's folders; an earlier install is brought up to date.

    ``addin`` is a file to install instead of the one built here, such as one that the college has signed.
    Raises CannotDo for an interpreter that Excel could not start, and when the start folder holds a Mentorbook.xlam
    that no install of ours wrote and ``replace`` is not set. If anything fails, a first install leaves nothing.
    """
    import xlwings

    from workbook import __version__

    python = usable_interpreter(places, interpreter or Path(sys.executable))
    before = read_receipt(places)
    if before is None and places.addin.exists() and not replace:
        raise CannotDo(f"{places.addin} is there already, and not from here: say --replace to write over it.")
    content = _addin(addin)
    _must_be_free(places.addin)
    files = {
        places.settings_file: settings_text(places, python).encode("ascii"),
        places.addin: content,
    }
    if places.script is not None:
        files[places.script] = script_source().read_bytes()
    receipt = Receipt(__version__, xlwings.__version__, str(python), fingerprint(content))
    _claim(places, receipt, files, before)
    try:
        _write(files)
    except BaseException:
        if before is None:
            remove(places)
        raise
    return receipt


def usable_interpreter(places: Places, python: Path) -> Path:
    """The interpreter for Excel: absolute, there, and one that Excel's side can work with."""
    python = python.absolute()
    if places.system is System.WINDOWS and python.name.lower() == "pythonw.exe":
        python = python.with_name("python.exe")
    if not python.is_file():
        raise CannotDo(f"There is no Python at {python}: give the path of one with --interpreter.")
    base = sys.base_prefix if python == Path(sys.executable).absolute() else ""
    if from_store(str(python)) or from_store(base):
        raise CannotDo(
            "This Python is from the Microsoft Store, which hides its files from Excel: "
            "install Mentorbook with the one from python.org."
        )
    return python


def from_store(path: str) -> bool:
    """Whether a path is inside Windows' store of apps, whose programs write into folders that Excel does not see."""
    return any(mark in path for mark in ("WindowsApps", "PythonSoftwareFoundation.Python"))


def remove(places: Places) -> list[Path]:
    """Take away all that installs wrote, and the folders made for it, if nothing else is in them. Gives what went.

    Raises CannotDo, and leaves all as it is, while Excel holds the add-in open.
    """
    receipt = read_receipt(places)
    _must_be_free(places.addin)
    files = [Path(name) for name in receipt.files] if receipt else []
    files += [places.settings_file, places.receipt, places.log]
    if receipt or version_of(places.addin):
        files += [places.addin, places.addin.with_name(f"~${places.addin.name}")]
    gone = []
    for file in dict.fromkeys(files):
        if file.is_file():
            file.unlink()
            gone.append(file)
    folders = [Path(name) for name in receipt.folders] if receipt else []
    for folder in [*reversed(folders), places.own_folder, places.log.parent]:
        with suppress(OSError):  # something else is in it, or it is gone
            folder.rmdir()
    return gone


def _addin(given: Path | None) -> bytes:
    """The bytes of the add-in: built here, or those of a file of the same version."""
    from addin.desktop.xlam.package import addin_file
    from workbook import __version__

    if given is None:
        return addin_file()
    if not given.is_file():
        raise CannotDo(f"There is no file {given}: give the path of the add-in to install.")
    version = version_of(given)
    if version != __version__:
        raise CannotDo(
            f"{given.name} is {f'version {version}' if version else 'not an add-in of Mentorbook'}, "
            f"and this is Mentorbook {__version__}: build it with this version (mentorbook addin build)."
        )
    return given.read_bytes()


def _must_be_free(addin: Path) -> None:
    """Windows refuses to open a file for writing that Excel has open; better said before anything is changed."""
    if not addin.exists():
        return
    try:
        with addin.open("r+b"):
            pass
    except OSError as why:
        raise CannotDo(CLOSE_EXCEL) from why


def _claim(places: Places, receipt: Receipt, files: Iterable[Path], before: Receipt | None) -> None:
    """Write the receipt before the files, so that removal knows of all of them whatever happens in between."""
    owned = before.files if before else []
    receipt.files = [*owned, *(str(one) for one in files if str(one) not in owned)]
    folders = list(before.folders) if before else []
    for file in [places.receipt, *files]:
        folders += [str(one) for one in missing_folders(file) if str(one) not in folders]
    receipt.folders = folders
    places.own_folder.mkdir(parents=True, exist_ok=True)
    receipt.write(places)


def _write(files: Mapping[Path, bytes]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_safely(path, lambda file, content=content: file.write(content) and None, replace=True)  # type: ignore[misc]
