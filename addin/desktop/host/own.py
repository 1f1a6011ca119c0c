"""Two of the buttons that are the desktop's own: they ask of this computer, which a browser cannot."""

from __future__ import annotations

from addin.desktop.host import excel
from addin.desktop.host.press import Press
from addin.desktop.host.reports_run import reports_folder
from workbook.model import CannotDo


def doctor(press: Press) -> str:
    """Look at each part of the set-up; what is broken is told with what to do about it."""
    from addin.desktop.places import places
    from addin.desktop.setup.doctor import broken, examine
    from addin.desktop.setup.finding import this_computer

    findings = examine(this_computer(places()))
    wrong = broken(findings)
    if not wrong:
        return f"All {len(findings)} parts of the set-up are as they should be."
    lines = [f"{one.link}: {one.found} {one.do}" for one in wrong]
    return "\n\n".join([f"{len(wrong)} of {len(findings)} parts of the set-up must be mended.", *lines])


def open_reports(press: Press) -> None:
    """Show the folder with the reports."""
    folder = reports_folder(press.book)
    if not folder.is_dir():
        raise CannotDo("There are no reports of this tracker yet: make some with the buttons on the left.")
    excel.open_folder(folder)
