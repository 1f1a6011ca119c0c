"""The group Help: the guide, whether all is set up, and which versions work here."""

from __future__ import annotations

import platform

from addin.desktop.host.press import Press, button
from workbook.model import CannotDo


@button
def guide(press: Press) -> None:
    """Go to the sheet Guide."""
    if "Guide" not in press.book.sheet_names:
        raise CannotDo("This tracker has no sheet Guide: a new tracker has one that you can copy into it.")
    press.book.sheets["Guide"].activate()
    press.book.sheets["Guide"].range("A1").select()


@button
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


@button
def about(press: Press) -> str:
    """Which versions work together here."""
    import xlwings

    from workbook import __version__

    return (
        f"Mentorbook {__version__}\nPython {platform.python_version()} ({platform.architecture()[0]})\n"
        f"xlwings {xlwings.__version__}\nExcel {press.app.version} on {platform.system()}"
    )
