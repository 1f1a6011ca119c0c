"""What an install wrote: kept so that removal can take away all of it, and the doctor can tell what has changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from addin.desktop.places import Places


@dataclass
class Receipt:
    """The versions of Mentorbook and xlwings, the add-in's SHA-256, and each file and folder that was made."""

    version: str
    xlwings: str
    interpreter: str
    addin: str
    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def write(self, places: Places) -> None:
        """Keep the receipt in Mentorbook's own folder, which must be there."""
        places.receipt.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_receipt(places: Places) -> Receipt | None:
    """The receipt of the last install; None if there is none that can be read."""
    try:
        return Receipt(**json.loads(places.receipt.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def missing_folders(path: Path) -> list[Path]:
    """The folders that must be made so that ``path`` has one, outermost first."""
    found: list[Path] = []
    folder = path.parent
    while not folder.exists():
        found.append(folder)
        folder = folder.parent
    return found[::-1]
