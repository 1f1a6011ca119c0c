"""LibreOffice as the printer: reports turned into PDF, and a page into a picture, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.model import CannotDo
from workbook.model.vocabulary import LANGUAGE
from workbook.reports.output import keeper

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_TAGGED = 'pdf:calc_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
"""Headings, tables and alternative texts are kept, which screen readers need."""
_IN_ENGLISH = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{LANGUAGE}</value></prop></item></oor:items>
"""
"""The language that LibreOffice says of a PDF is that of its own settings, not of the workbook."""
_BATCH = 60  # files a run of LibreOffice gets; a longer command line would not fit on Windows
_PATIENCE = 60  # seconds for its start
_EACH = 20  # seconds for a file
_ENDING = 10  # seconds for it to be ended


def find_office() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def require_office() -> str:
    """LibreOffice's program; CannotDo where there is none, to be asked before anything is made."""
    office = find_office()
    if office is None:
        raise CannotDo(
            "PDF needs LibreOffice, which is not on this computer, so nothing was made: install it, or leave out --pdf."
        )
    return office


@contextmanager
def kept(room: Path) -> Iterator[None]:
    """Inside, a folder goes as soon as this program is gone, killed or not: a keeper of its own watches."""
    try:
        keeper_ = _watched(room, [])
    except OSError as error:
        raise CannotDo(f"A part of Mentorbook could not be started ({error.strerror}): try again.") from error
    try:
        yield
    finally:
        _let_go(keeper_)


def convert(files: Sequence[Path], room: Path) -> list[Path]:
    """Print workbooks to PDF in a private folder, named as they are; the folder goes if this program is killed.

    A LibreOffice of its own does it, so one that is open is left alone. Raises CannotDo where there is none, or
    where a file did not come out.
    """
    office = require_office()
    printed, settings = room / "printed", room / "profile/user/registrymodifications.xcu"
    printed.mkdir()
    settings.parent.mkdir(parents=True)
    settings.write_text(_IN_ENGLISH, encoding="utf-8")
    for start in range(0, len(files), _BATCH):
        _run(office, room, files[start : start + _BATCH], printed)
    made = [printed / f"{file.stem}.pdf" for file in files]
    missing = [file for file in made if not file.exists()]
    if missing:
        raise CannotDo(f"LibreOffice did not make {missing[0].name}: open the report in Excel and print it from there.")
    return made


def _run(office: str, room: Path, files: Sequence[Path], printed: Path) -> None:
    command = [
        office, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", _TAGGED, "--outdir", str(printed), *(str(file.absolute()) for file in files),
    ]  # fmt: skip
    try:
        process = _watched(room, command)
    except OSError as error:
        raise CannotDo(f"LibreOffice could not be started ({error.strerror}): install it again.") from error
    try:
        process.wait(_PATIENCE + _EACH * len(files))
    except subprocess.TimeoutExpired as late:
        raise CannotDo("LibreOffice took too long over the PDF: close its windows and run it again.") from late
    finally:
        _let_go(process)


def _watched(room: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, str(Path(keeper.__file__)), str(room), *command]
    quiet, drafts = subprocess.DEVNULL, room / "drafts"
    drafts.mkdir(exist_ok=True)
    there = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(drafts))  # what LibreOffice lays aside goes with the room
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True, env={**os.environ, **there}
    )


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """Close a keeper's input: if it is still at work, this ends it."""
    assert process.stdin is not None
    process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_ENDING)


def picture(printed: Path, target: Path) -> Path | None:
    """Draw the first page of a PDF as a PNG; None where pdftoppm, which draws it, is not installed."""
    painter = shutil.which("pdftoppm")
    if painter is None:
        return None
    stem = target.with_suffix("")
    command = [painter, "-png", "-r", "110", "-f", "1", "-singlefile", str(printed), str(stem)]
    subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    return target if target.exists() else None
