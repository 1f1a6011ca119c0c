"""Where the add-in's files stand in a user's own folders, on Windows and on macOS. Nothing needs an administrator."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from addin.desktop.settings import PROJECT
from workbook.model import CannotDo

ADDIN = "Mentorbook.xlam"
_SANDBOX = "Library/Containers/com.microsoft.Excel/Data"
_MAC_START = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"


class System(StrEnum):
    """A system that Excel runs on."""

    WINDOWS = "windows"
    MACOS = "macos"


@dataclass(frozen=True)
class Places:
    """A user's folders. ``roaming`` is Windows' %APPDATA%, which can be a share on a server; ``local`` its
    %LOCALAPPDATA%, which never is one.
    """

    system: System
    home: Path
    roaming: Path
    local: Path

    @property
    def start_folder(self) -> Path:
        """Excel's own start folder of this user: what is in it opens with Excel, and Excel trusts it."""
        if self.system is System.WINDOWS:
            return self.roaming / "Microsoft" / "Excel" / "XLSTART"
        return self.home / _MAC_START

    @property
    def addin(self) -> Path:
        """The installed add-in."""
        return self.start_folder / ADDIN

    @property
    def own_folder(self) -> Path:
        """Mentorbook's own folder: the receipt, and on Windows the settings."""
        if self.system is System.WINDOWS:
            return self.home / f".{PROJECT}"
        return self.home / "Library" / "Application Support" / "Mentorbook"

    @property
    def settings_file(self) -> Path:
        """The settings, where the VBA of xlwings looks for them: on a Mac it may read only in Excel's sandbox."""
        folder = self.own_folder if self.system is System.WINDOWS else self.home / _SANDBOX
        return folder / f"{PROJECT}.conf"

    @property
    def receipt(self) -> Path:
        """What the install wrote, so that it can be taken away again."""
        return self.own_folder / "installed.json"

    @property
    def log(self) -> Path:
        """What went wrong behind a button is kept here, without names."""
        folder = self.local if self.system is System.WINDOWS else self.home / "Library" / "Logs"
        return folder / "Mentorbook" / "mentorbook.log"

    @property
    def script(self) -> Path | None:
        """On a Mac, the script through which Excel may start Python."""
        if self.system is System.WINDOWS:
            return None
        return self.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / script_source().name


def script_source() -> Path:
    """The script for macOS."""
    return Path(__file__).parent / "ribbon" / f"{PROJECT}.applescript"


def places(home: Path | None = None, system: System | None = None, environ: Mapping[str, str] = os.environ) -> Places:
    """The places of this user, or those in another home folder.

    Raises CannotDo on a computer that Excel does not run on, unless both a home folder and a system are given.
    """
    system = system or _this_system()
    if system is None:
        raise CannotDo("Excel's add-in is for Windows and macOS; for a trial elsewhere give --home and --system.")
    if home is not None:
        home = home.absolute()
        if not home.is_dir():
            raise CannotDo(f"The home folder {home} does not exist: make it first.")
        return Places(system, home, home / "AppData" / "Roaming", home / "AppData" / "Local")
    if system is not _this_system():
        raise CannotDo(f"This computer does not run {system}: give --home as well.")
    own = Path(environ.get("USERPROFILE") or Path.home()) if system is System.WINDOWS else Path.home()
    data = own / "AppData"
    roaming, local = environ.get("APPDATA"), environ.get("LOCALAPPDATA")
    return Places(system, own, Path(roaming or data / "Roaming"), Path(local or data / "Local"))


def _this_system() -> System | None:
    return {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform)
