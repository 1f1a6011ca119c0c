"""What an add-in file tells about itself: its version, and whether someone has signed its macros."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_PROPERTY = re.compile(rb'name="Mentorbook"[^>]*>\s*<vt:lpwstr>([^<]*)<')


def version_of(addin: Path) -> str | None:
    """The version of Mentorbook that built this add-in; None if it is no add-in of ours, or cannot be read."""
    try:
        with zipfile.ZipFile(addin) as parts:
            found = _PROPERTY.search(parts.read("docProps/custom.xml"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    return found[1].decode() if found else None


def is_signed(addin: Path) -> bool:
    """Whether the macros bear a signature; whose it is, only Windows can tell."""
    try:
        with zipfile.ZipFile(addin) as parts:
            return any(name.startswith("xl/vbaProjectSignature") for name in parts.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
