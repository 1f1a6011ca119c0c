"""Several files handed over at once, each by itself or in a zip."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from addin.web.door import opened
from workbook.model import CannotDo

MOST, LARGEST = 1_000, 200_000_000
"""Workbooks of a zip, and bytes of all of them."""


def handed_over(names: Sequence[str]) -> list[Path]:
    """The files of these names; for a zip the folder that it was unpacked into.

    CannotDo for a file that did not arrive, and for a zip that cannot be unpacked or holds no workbook.
    """
    room = opened.IN / "unpacked"
    shutil.rmtree(room, ignore_errors=True)
    found = []
    for number, name in enumerate(names):
        path = opened.incoming(name)
        found.append(_unpacked(path, room / str(number)) if path.suffix.lower() == ".zip" else path)
    if not found:
        raise CannotDo("No file was chosen: choose at least one.")
    return found


def _unpacked(path: Path, folder: Path) -> Path:
    """The folder with the workbooks of a zip, whatever folders they stand in there."""
    folder.mkdir(parents=True)
    try:
        with zipfile.ZipFile(path) as packed:
            workbooks = list(_workbooks(packed))
            if len(workbooks) > MOST or sum(info.file_size for _, info in workbooks) > LARGEST:
                raise CannotDo(f"{path.name} holds too much: choose the workbooks themselves, some at a time.")
            for number, (name, info) in enumerate(workbooks):
                place = folder / name
                place = folder / f"{place.stem} ({number}){place.suffix}" if place.exists() else place
                with packed.open(info) as content:  # no more than it says
                    place.write_bytes(content.read(info.file_size))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise CannotDo(f"{path.name} is damaged, or no zip: choose the workbooks themselves.") from error
    except RuntimeError as error:
        raise CannotDo(f"{path.name} is locked with a password: unpack it, and choose the workbooks.") from error
    if not workbooks:
        raise CannotDo(f"{path.name} holds no workbook: choose the filled packs, or a zip of them.")
    return folder


def _workbooks(packed: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Each workbook by its own name, without what Excel and Macs leave beside them."""
    for info in packed.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        own = path.name.startswith(("~$", ".")) or "__MACOSX" in path.parts
        if path.suffix.lower() in (".xlsx", ".xlsm") and not own:
            yield path.name, info
