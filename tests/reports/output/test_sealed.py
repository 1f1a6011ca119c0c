"""Protected reports, traced: whatever a run opens or renames, and wherever it is killed, nothing plain is seen."""

from __future__ import annotations

import io
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest

import mentorbook
from tests.commands.run import refused, run
from tests.trackers import write_tracker
from workbook.model import Tracker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only on Windows: no forks")
PEOPLE = [
    {"learner_id": f"L{n}", "first_name": f"Amira{n}", "surname": "Ash", "form": "10A", "year": 10} for n in range(3)
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker, a password, and a printer that makes a plain PDF of every file, as LibreOffice does.

    It leaves what it laid aside among the computer's things on their way, as LibreOffice does where it is ended.
    """
    folder = tmp_path_factory.mktemp("sealed")
    write_tracker(folder / "t.xlsx", Tracker.of({"Learners": PEOPLE}))
    (folder / "p.txt").write_text("horse-battery\n", encoding="utf-8")
    page = pypdf.PdfWriter()
    page.add_blank_page(200, 200)
    page.write(folder / "page.pdf")
    office = folder / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nto=$2; shift 2\n'
        f'for one in "$@"; do cp "{folder}/page.pdf" "$to/$(basename "$one" .xlsx).pdf"; done\n'
        'cp "$1" "$TMPDIR/lu.tmp"\n',
        encoding="utf-8",
    )
    office.chmod(0o755)
    return folder


def plain(file: Path) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return data[:2] == b"PK" or (data[:4] == b"%PDF" and b"/Encrypt" not in data and b"%%EOF" in data)


def traced(place: Path, words: list[str], kill_at: int = 0) -> list[str]:
    """Run a command in a process that looks into the folder at every step; what it saw, the number of steps last."""
    out, tmp = place / "out", place / "tmp"
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            seen = pipe.read().splitlines()
        os.waitpid(child, 0)
        return seen
    os.environ["PATH"] = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    tempfile.tempdir = os.environ["TMPDIR"] = str(tmp)
    steps, looking = 0, False

    def look(event: str, told: tuple[Any, ...]) -> None:
        nonlocal steps, looking
        named = event == "subprocess.Popen" or (bool(told) and str(told[0]).startswith(str(place)))
        if looking or not named or event.split(".")[0] not in ("open", "os", "subprocess", "shutil"):
            return
        looking = True
        steps += 1
        for file in out.rglob("*") if out.exists() else ():
            if plain(file):
                os.write(writing, f"plain: {file.name}\n".encode())
        for room in tmp.iterdir():
            if room.stat().st_mode & 0o077:
                os.write(writing, f"open to others: {room.name}\n".encode())
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        looking = False

    try:
        sys.stdout = sys.stderr = io.StringIO()
        sys.argv = ["mentorbook", *words]
        sys.addaudithook(look)
        mentorbook.main()
    finally:
        os.write(writing, f"{steps}\n".encode())
        os._exit(0)


@pytest.mark.slow
@pytest.mark.parametrize("more", [[], ["--pdf"]], ids=["workbooks", "and PDFs"])
def test_nothing_plain_is_seen_at_any_step_nor_after_a_kill(place: Path, more: list[str]) -> None:
    (place / "tmp").mkdir(exist_ok=True)
    out = place / "out"
    words = [
        "report",
        str(place / "t.xlsx"),
        "--out",
        str(out),
        "--password-file",
        str(place / "p.txt"),
        "--replace",
        *more,
    ]
    seen = traced(place, words)
    assert len(seen) == 1 and int(seen[0]) > 10, seen
    made = [one for one in out.iterdir() if one.is_file()]
    assert len(made) == (7 if more else 3) and not any(map(plain, made)) and list((place / "tmp").iterdir()) == []
    for part in (0.35, 0.6, 0.85) if more else (0.5,):
        assert traced(place, words, int(int(seen[0]) * part)) == []
        assert not any(plain(file) for file in out.rglob("*"))
        patience = time.monotonic() + 60
        while list((place / "tmp").iterdir()) and time.monotonic() < patience:
            time.sleep(0.05)
        assert list((place / "tmp").iterdir()) == [], "the keeper takes the private folder away"


def test_without_a_printer_nothing_is_made(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.reports.output.office.find_office", lambda: None)
    words = ("report", place / "t.xlsx", "--out", tmp_path / "out", "--password-file", place / "p.txt", "--pdf")
    assert "needs LibreOffice" in refused(run(*words)) and not (tmp_path / "out").exists()
