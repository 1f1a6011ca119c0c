"""What each ribbon button does: the function that bears a button's id in ribbon.xml.

VBA calls ``addin.desktop.host.buttons.check()`` and the like in the Excel that the button was pressed in. What a button
does stands in `addin.deeds`; the desktop carries it out, and has three of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from addin.deeds import DEEDS
from addin.desktop.host import own, year
from addin.desktop.host.carrying import carried_out
from addin.desktop.host.press import button

BY_ID: dict[str, Callable[..., None]] = {
    **{name: button(carried_out(deed)) for name, deed in DEEDS.items()},
    "doctor": button(own.doctor),
    "open_reports": button(own.open_reports),
    "next_year": button(year.next_year),
}
"""Every button's function by its id."""

globals().update(BY_ID)
