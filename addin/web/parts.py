"""What the page is made of besides Mentorbook itself: pinned in parts.toml, fetched once, known by its hash.

The parts come from their registries through npm and pip. A folder that holds them already needs no network.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from workbook.model import CannotDo
from workbook.package.beside import beside
from workbook.package.folders import make_folder

#: The platform of wheels for Pyodide's CPython, as pip asks for it.
BROWSER = (
    "--python-version", "3.14", "--implementation", "cp", "--abi", "cp314", "--platform", "pyemscripten_2026_0_wasm32",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A file of a registry: which version of what, and how it is known."""

    name: str
    version: str
    registry: str
    file: str
    sha256: str
    licence: str


def pinned(lock: Path | None = None) -> list[Part]:
    """The parts that a lock file pins; ours, if none is given."""
    text = lock.read_text("utf-8") if lock else (resources.files("addin.web") / "parts.toml").read_text("utf-8")
    return [Part(**one) for one in tomllib.loads(text)["part"]]


def collect(folder: Path, parts: Sequence[Part] | None = None) -> dict[str, Path]:
    """The file of each part by the part's name, fetched into ``folder`` where it is not there yet.

    CannotDo where a part can neither be found nor fetched, or is not the one that is pinned.
    """
    found = {}
    for part in pinned() if parts is None else parts:
        path = folder / part.file
        if not path.is_file():
            make_folder(folder)
            _fetch(part, folder)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != part.sha256:
            raise CannotDo(f"{path} is not the pinned {part.name} {part.version}: delete it, and build again.")
        found[part.name] = path
    return found


def _fetch(part: Part, folder: Path) -> None:
    room = beside(folder / part.file)  # half a part never stands under its name
    room.mkdir()
    try:
        command = _npm(part, room) if part.registry == "npm" else _pip(part, room)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        fetched = room / part.file
        if not done.returncode and fetched.is_file():
            fetched.replace(folder / part.file)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CannotDo(
            f"{part.name} {part.version} could not be fetched ({last}): try again with a network, or put {part.file} "
            f"into {folder}."
        )


def _npm(part: Part, folder: Path) -> list[str]:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotDo(f"There is no npm to fetch {part.name} with: install Node.js, or put {part.file} into {folder}.")
    return [npm, "pack", "--silent", f"{part.name}@{part.version}", "--pack-destination", str(folder)]


def _pip(part: Part, folder: Path) -> list[str]:
    wanted = f"{part.name}=={part.version}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    return [*pip, "--only-binary", ":all:", *BROWSER, "--dest", str(folder), wanted]
