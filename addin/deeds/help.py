"""The group Help: the guide, and which versions work here."""

from __future__ import annotations

from addin.deeds.actions import Deed, GoTo, Sheets, Versions, button
from workbook import __version__
from workbook.model import CannotDo


@button
def guide() -> Deed:
    """Go to the sheet Guide."""
    if "Guide" not in (yield Sheets()):
        raise CannotDo("This tracker has no sheet Guide: a new tracker has one that you can copy into it.")
    yield GoTo("Guide", "A1")
    return None


@button
def about() -> Deed:
    """Which versions work together here."""
    lines = yield Versions()
    return "\n".join([f"Mentorbook {__version__}", *lines])
