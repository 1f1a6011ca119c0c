"""A log of what went wrong in Mentorbook itself: places in the program, never a name, a value or a path of a user."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

from addin.desktop.places import places
from workbook.model import CannotDo

LONGEST = 200_000
"""Bytes after which the log begins anew."""


def log_file() -> Path:
    """Where the log is kept for this user; the install takes it away again."""
    try:
        return places().log
    except CannotDo:  # neither Windows nor macOS
        return Path.home() / ".mentorbook" / "mentorbook.log"


def note(button: str, error: BaseException) -> Path:
    """Add to the log what went wrong behind a button and return the log's path.

    Only the kind of the error and the places it came by are kept: its text may hold what stood in a cell.
    """
    from workbook import __version__

    lines = [
        f"{datetime.now():%Y-%m-%d %H:%M:%S} {button}: Mentorbook {__version__}, Python {platform.python_version()}"
    ]
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(seen, "hresult", None)
        lines.append(f"  {type(seen).__module__}.{type(seen).__name__}{f' {code:#x}' if isinstance(code, int) else ''}")
        lines += [_place(frame) for frame in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    path = log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists() or path.stat().st_size > LONGEST
    with path.open("w" if fresh else "a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def _place(frame: traceback.FrameSummary) -> str:
    """A place in the program: its file within the package, the line, the function."""
    parts = Path(frame.filename).parts
    return f"    {'/'.join(parts[-2:])}:{frame.lineno} {frame.name}"
