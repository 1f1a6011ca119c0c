"""Names for files that are to be made: such as any computer can hold, since trackers and reports travel."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from workbook.model.problem import CannotDo

RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ .]*(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever ending stands behind them."""
_SIGNS = frozenset('<>:"/\\|?*')
_LONGEST = 200
"""Bytes of a name: a backup's is 25 longer, and 255 is the most that there are."""


def require_name(path: Path) -> None:
    """Raise CannotDo where a file or folder that is still to be made could not have its name on every computer."""
    name = path.name
    if not name or os.path.lexists(path):
        return
    odd = [sign for sign in name if sign in _SIGNS or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    if odd:
        what = odd[0] if odd[0] in _SIGNS else "a sign that nobody sees"
        raise CannotDo(f"A name with {what} cannot stand on every computer, so nothing was made: choose another name.")
    if RESERVED.fullmatch(name):
        raise CannotDo(f"{name} is a name that Windows keeps for itself, so nothing was made: choose another name.")
    if name != name.strip() or name.endswith(".") or path.stem.endswith((" ", ".")):
        raise CannotDo(
            f"{name.strip()} would begin or end with a blank or a full stop, which Windows leaves out, so nothing was "
            "made: choose another name."
        )
    if len(os.fsencode(name)) > _LONGEST:
        raise CannotDo(f"{name[:30]}… is too long for a file with backups: choose a name of at most 100 letters.")
