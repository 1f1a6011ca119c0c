"""Whether Excel trusts what is to run: its start folder, the add-in, and the tracker with the functions in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from addin.desktop.places import ADDIN, System
from addin.desktop.setup.doctor_policy import OWN_ROOT, POLICY_ROOTS, TRUST_CENTER, office_setting
from addin.desktop.setup.finding import Computer, Finding, good, mend, note
from addin.desktop.setup.registry import read
from workbook.model import CannotDo
from workbook.model.settings_sheets import settings_sheets
from workbook.package.guard import open_guarded
from workbook.reading.outline import read_book

_LOCATIONS = r"Security\Trusted Locations"
_FROM_INTERNET = re.compile(r"^ZoneId=([34])\s*$", re.MULTILINE)
_UNBLOCK = "Right-click the file in Explorer, Properties, tick “Unblock”, OK."


def marks(link: str, file: Path) -> list[Finding]:
    """Whether Windows has marked a file as one from the internet, whose macros Excel then blocks."""
    if not file.exists():
        return []
    if from_internet(file):
        return [
            mend(
                link,
                f"Windows has marked {file.name} as a file from the internet, so its macros are blocked.",
                _UNBLOCK,
            )
        ]
    return [good(link, f"{file.name} bears none")]


def from_internet(file: Path) -> bool:
    """Whether the file's stream Zone.Identifier names the internet or a restricted site."""
    try:
        zone = Path(f"{file}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return _FROM_INTERNET.search(zone) is not None


def switched_off(computer: Computer) -> Iterator[Finding]:
    """Whether Excel has put the add-in on its list of disabled items, as it does after a crash."""
    if computer.places.system is System.MACOS:
        return
    held = computer.registry.values(f"{OWN_ROOT}\\Excel\\Resiliency\\DisabledItems")
    name = ADDIN.lower()
    if any(
        isinstance(one, bytes) and name in one.decode("utf-16-le", errors="replace").lower() for one in held.values()
    ):
        yield mend(
            "Disabled items",
            "Excel has switched the add-in off, most likely after a crash.",
            "In Excel: File, Options, Add-ins, Manage: Disabled Items, Go: choose Mentorbook.xlam, Enable.",
        )
    else:
        yield good("Disabled items", "Excel has not switched the add-in off")


def trusted_place(computer: Computer) -> Finding:
    """Whether Excel trusts its start folder, so that the add-in's macros run without a question."""
    link, folder = "Trusted place", computer.places.start_folder
    if computer.places.system is System.MACOS:
        return good(link, "Excel for Mac opens its start folder without a question, unless a policy forbids it")
    reason = _why_none_is_trusted(computer)
    if reason:
        return reason
    entries = list(_trusted_folders(computer))
    if _on_server(str(folder)) and office_setting(computer, f"Excel\\{_LOCATIONS}", "AllowNetworkLocations")[0] != 1:
        return mend(
            link,
            f"The start folder is on a server ({folder}), and Excel does not trust servers.",
            "Ask IT for Excel's policy “Allow Trusted Locations on the network”, or for a start folder on this disk.",
        )
    if not entries or _covered(computer, folder, entries):
        return good(link, f"Excel trusts its start folder {folder}")
    return mend(
        link,
        "The start folder has been taken off Excel's trusted locations.",
        f"{TRUST_CENTER}Trusted Locations, Add new location: {folder}",
    )


def _why_none_is_trusted(computer: Computer) -> Finding | None:
    off, by_policy = office_setting(computer, f"Excel\\{_LOCATIONS}", "AllLocationsDisabled")
    if off == 1:
        do = f"{TRUST_CENTER}Trusted Locations: clear “Disable all Trusted Locations”."
        return mend("Trusted place", "Trusted locations are switched off in Excel.", _ASK_IT if by_policy else do)
    own, by_policy = office_setting(computer, f"Common\\{_LOCATIONS}", "Allow User Locations")
    if by_policy and own == 0:
        entries = [one for one in _trusted_folders(computer) if one[2]]
        if not _covered(computer, computer.places.start_folder, entries):
            return mend("Trusted place", "Excel only trusts folders that the college has listed.", _ASK_IT)
    return None


_ASK_IT = r"Ask IT to list %APPDATA%\Microsoft\Excel\XLSTART as a trusted location by policy, or to sign the add-in."


def _trusted_folders(computer: Computer) -> Iterator[tuple[str, bool, bool]]:
    """Each trusted location: the path, whether its subfolders count too, and whether a policy lists it."""
    roots = [(f"{root}\\Excel\\{_LOCATIONS}", True) for root in POLICY_ROOTS]
    roots += [(f"{root}\\Common\\{_LOCATIONS}\\All Applications", True) for root in POLICY_ROOTS]
    for root, by_policy in [*roots, (f"{OWN_ROOT}\\Excel\\{_LOCATIONS}", False)]:
        for name in computer.registry.keys(root):
            path = read(computer.registry, f"{root}\\{name}", "Path")
            if isinstance(path, str):
                below = read(computer.registry, f"{root}\\{name}", "AllowSubfolders")
                yield path, below == 1, by_policy


def _covered(computer: Computer, folder: Path, entries: list[tuple[str, bool, bool]]) -> bool:
    wanted = _plain(str(folder))
    for path, below, _ in entries:
        trusted = _plain(_expanded(computer, path))
        if wanted == trusted or (below and wanted.startswith(trusted.rstrip("/") + "/")):
            return True
    return False


def _expanded(computer: Computer, path: str) -> str:
    known = {"%appdata%": computer.places.roaming, "%userprofile%": computer.places.home}
    return re.sub(r"%\w+%", lambda name: str(known.get(name[0].lower(), name[0])), path)


def _plain(path: str) -> str:
    """A path to compare: Windows takes both slashes and both cases for the same."""
    return path.replace("\\", "/").rstrip("/").lower()


def _on_server(path: str) -> bool:
    return path.startswith(("\\\\", "//"))


def tracker_links(computer: Computer, tracker: Path) -> list[Finding]:
    """Whether the worksheet functions of a tracker can run: its mark, its sheets, its place."""
    found = marks("This tracker", tracker)
    if not found:
        return [mend("This tracker", f"There is no file {tracker}.", "Give the path of a tracker that is there.")]
    sheets = _settings_sheets(tracker)
    if tracker.suffix.lower() != ".xlsm":
        do = "For a copy with the functions, run: mentorbook addin functions " + str(tracker)
        what = f"{tracker.name} has no worksheet functions in it; the buttons need none."
        return [*found, *sheets, note("This tracker", what, do)]
    return [*found, *sheets, _tracker_place(computer, tracker.absolute().parent)]


def _tracker_place(computer: Computer, folder: Path) -> Finding:
    link = "This tracker's place"
    if _covered(computer, folder, list(_trusted_folders(computer))) and _why_none_is_trusted(computer) is None:
        return good(link, f"Excel trusts {folder}")
    level, _ = office_setting(computer, r"Excel\Security", "VBAWarnings")
    if level == 4:
        return mend(
            link, "Macros are switched off outside trusted places.", f"Ask IT to list {folder} as a trusted location."
        )
    if level == 3:
        do = f"Ask IT to list {folder} as a trusted location, or to sign the tracker's macros."
        return mend(link, "Only signed macros run outside trusted places.", do)
    do = f"Press it, or once and for all: {TRUST_CENTER}Trusted Locations, Add new location: {folder}"
    return note(link, "Excel will ask with “Enable Content” when the tracker is opened.", do)


def _settings_sheets(tracker: Path) -> list[Finding]:
    """Whether the workbook has sheets that programs take for settings or code."""
    try:
        names = settings_sheets(read_book(open_guarded(tracker)).names)
    except CannotDo:  # whether it is a whole workbook is for check to say
        return []
    return [
        mend(
            "Sheets in this tracker",
            f"The sheet {name} bears a name by which programs know settings or code, so no button works with it.",
            "Delete the sheet (right-click a tab, Unhide, if it is hidden), or use a copy without it.",
        )
        for name in names
    ]
