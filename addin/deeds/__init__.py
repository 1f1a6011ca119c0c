"""What each button does, written once: a deed reads the open tracker and asks for plain actions (`actions`).

It knows no Excel: a host carries the actions out, that of the desktop through xlwings, that of the web add-in through
Office.js.
"""

from __future__ import annotations

from addin.deeds import agreed, check, data, help, progress, record, reports  # noqa: F401 - each declares its buttons
from addin.deeds.actions import BUTTONS as DEEDS

__all__ = ["DEEDS"]
