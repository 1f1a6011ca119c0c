"""What each ribbon button does: the function that bears a button's id in ribbon.xml.

VBA calls ``addin.desktop.host.buttons.check()`` and the like in the Excel that the button was pressed in. The functions
stand in the modules ``buttons_….py`` beside this one; what is marked there with `button` is here by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import addin.desktop.host as room
from addin.desktop.host.press import BUTTONS

for _found in iter_modules(room.__path__, f"{room.__name__}."):
    if _found.name.startswith(f"{__name__}_"):
        import_module(_found.name)

BY_ID: dict[str, Callable[..., None]] = dict(BUTTONS)
"""Every button's function by its id."""

globals().update(BY_ID)
