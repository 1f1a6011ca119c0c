"""The judge's client, for the project's own Python: one LibreOffice per `Office`, spoken to through a small server."""

from __future__ import annotations

import shutil
import subprocess

UNO_PYTHON = "/usr/bin/python3"  # Debian's own Python: the only one that has LibreOffice's bridge


def what_is_missing() -> str:
    """Why the judge cannot work here, or an empty text when it can."""
    absent = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if shutil.which(UNO_PYTHON) is None or subprocess.run(
        [UNO_PYTHON, "-c", "import uno"], capture_output=True, check=False
    ).returncode:
        absent.append("python3-uno")
    return f"LibreOffice is not complete: {', '.join(absent)} not found" if absent else ""


class Office:
    """LibreOffice, running headless with a profile of its own."""

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        pass
