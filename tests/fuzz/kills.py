"""Kill every command that writes at any moment: the file is the old or the new one, and the next run sweeps the rest.

What is left is looked for in the folder and in the computer's own for things on their way. After a kill, what `undo`
would take back is what stands in the tracker.

python -m tests.fuzz.kills [--count 200] [--seed 1] [--command import]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import openpyxl
from msoffcrypto import OfficeFile

import mentorbook
from tests.commands.run import run
from tests.fuzz.subjects import CSV
from tests.upgrade.first_version import older
from workbook.gather.parts import load
from workbook.package.backups import left_by

WRITING: dict[str, Callable[[Path], list[object]]] = {
    "import": lambda room: ["import", room / "t.xlsx", room / "rows.csv", "--into", "Learners", "--replace"],
    "agreed": lambda room: ["agreed", room / "t.xlsx", room / "packs", "--replace"],
    "erase": lambda room: ["erase", room / "t.xlsx", "--learner", "L10002", "--replace"],
    "suggest": lambda room: ["suggest", room / "t.xlsx", "--accept", 1, "--replace"],
    "undo": lambda room: ["undo", room / "t.xlsx", "--replace"],
    "restore": lambda room: ["restore", room / "t.xlsx", "--take", "all", "--replace"],
    "update": lambda room: ["update", room / "t.xlsx", "--replace"],
    "upgrade": lambda room: ["upgrade", room / "t.xlsx", "--replace"],
    "backup": lambda room: ["backup", room / "t.xlsx"],
    "hand-on": lambda room: ["hand-on", room / "t.xlsx", "--form", "10A", "--out", room / "new.xlsx", "--replace"],
    "next-year": lambda room: ["next-year", room / "t.xlsx", "--out", room / "new.xlsx", "--replace"],
    "about": lambda room: [
        *("about", room / "t.xlsx", "--learner", "L10001", "--out", room / "new.xlsx", "--replace"),
    ],
    "sample": lambda room: ["sample", room / "new.xlsx", "--learners", 6, "--replace"],
    "new": lambda room: ["new", room / "new.xlsx", "--replace"],
    "report": lambda room: ["report", room / "t.xlsx", "--out", room, "--replace"],
    "sealed report": lambda room: [*WRITING["report"](room), "--password-file", room / "p.txt"],
    "sealed PDFs": lambda room: [*WRITING["sealed report"](room), "--pdf"],
    "addin functions": lambda room: ["addin", "functions", room / "t.xlsx", "--out", room / "t.xlsm", "--replace"],
    "group": lambda room: ["group", room / "set", "--out", room / "new.xlsx", "--replace"],
    "gather": lambda room: ["gather", room, "--out", room / "set"],
}
NOT_KILLED = {
    "addin build": "makes the add-in anew from the program, of nobody's data",
    "addin install": "the same, in a folder of the user's",
    "web build": "the same",
}


def start(words: list[object], room: Path) -> int:
    """The command in a process of its own, silent, with a folder of its own for things on their way."""
    child = os.fork()
    if child == 0:
        tempfile.tempdir = os.environ["TMPDIR"] = str(room / "tmp")
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        sys.stdout = sys.stderr = os.fdopen(silent, "w")
        sys.argv = ["mentorbook", *map(str, words)]
        code = 98
        try:
            mentorbook.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os._exit(code)
    return child


def prepare(folder: Path) -> Path:
    """A folder with a tracker that was written into once, rows and packs to bring in, a password, a set."""
    (folder / "tmp").mkdir(parents=True)
    tracker = folder / "t.xlsx"
    (folder / "rows.csv").write_text(CSV, encoding="utf-8")
    (folder / "p.txt").write_text("horse-battery", encoding="utf-8")
    _done("sample", tracker, "--learners", 12)
    _done("report", tracker, "--learner", "L10001", "--template", "progress_day_pack", "--out", folder / "packs")
    (pack,) = (folder / "packs").iterdir()
    book = openpyxl.load_workbook(pack)
    for column, words in enumerate(("Effort", "Ask one question", "14 May 2027"), start=2):
        book["New targets"].cell(7, column).value = words
    book.save(pack)
    _done("gather", folder, "--out", folder / "set")
    (folder / "change.csv").write_text("Learner ID,First name\nL10003,Changed\n", encoding="utf-8")
    _done("import", tracker, folder / "change.csv", "--into", "Learners", "--replace")
    return folder


def _done(*words: object) -> None:
    ran = run(*words)
    assert ran.code in (0, 1), (words, ran)


def fresh(prepared: Path, room: Path, old: bool = False) -> Path:
    """A copy of the prepared folder; its tracker, of the first version where so wished."""
    shutil.rmtree(room, ignore_errors=True)
    shutil.copytree(prepared, room)
    if old:
        shutil.copy(prepared.with_name("old.xlsx"), room / "t.xlsx")
    return room / "t.xlsx"


def parts(room: Path) -> int:
    """How many things on their way there are."""
    return len([*(room / "tmp").iterdir(), *room.rglob(".*.part")])


def kill_often(name: str, prepared: Path, room: Path, count: int, chance: random.Random) -> Counter[str]:
    """What was left after each kill, in words."""
    whole = fresh(prepared, room, name == "upgrade").read_bytes()
    before = _books(room)
    run(*WRITING[name](room))  # what it imports is there for the children then
    fresh(prepared, room, name == "upgrade")
    began = time.monotonic()
    _, status = os.waitpid(start(WRITING[name](room), room), 0)
    takes = time.monotonic() - began
    assert os.waitstatus_to_exitcode(status) in (0, 1) and _books(room) != before, f"{name} wrote nothing"
    found: Counter[str] = Counter()
    for _ in range(count):
        fresh(prepared, room, name == "upgrade")
        child = start(WRITING[name](room), room)
        time.sleep(chance.random() * takes * 1.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found[_state(name, whole, before, room)] += 1
        if parts(room):
            os.waitpid(start(WRITING[name](room), room), 0)
            found["not swept by the next run" if parts(room) else "left beside, swept by the next run"] += 1
    return found


def _books(room: Path) -> dict[str, bytes]:
    """Every workbook, and the list of a set."""
    return {path.name: path.read_bytes() for path in (*room.glob("[!.]*.xls?"), *room.glob("set/*.json"))}


def _state(name: str, whole: bytes, before: dict[str, bytes], room: Path) -> str:
    made = [path for path in room.glob("[!.]*.xls?") if before.get(path.name) != path.read_bytes()]
    if name.startswith("sealed"):
        beside = (folder for folder in room.iterdir() if folder.is_dir() and folder.name != "tmp")
        pdfs = [*room.glob("*.pdf"), *(path for folder in beside for path in folder.rglob("*.pdf"))]
        if any(path.read_bytes()[:2] == b"PK" for path in made) or any(map(_plain_pdf, pdfs)):
            return "PLAIN"
        if name == "sealed PDFs" and not _ended(room / "tmp"):
            return "STILL AT WORK"
        if any(map(_plain_pdf, room.glob("**/*.pdf"))):
            return "PLAIN AFTERWARDS"
    for path in made:
        if not _whole(path):
            return f"HALF A FILE: {path.name}"
    if not all(Path(part).is_file() for parts in load(room / "set").tables(room / "set").values() for part in parts):
        return "HALF A SET"
    now = (room / "t.xlsx").read_bytes()
    _, after = left_by(room / "t.xlsx")
    if name not in ("upgrade", "erase") and (after is None or after.read_bytes() != now):
        return "UNDO OF SOMETHING ELSE"
    if now == whole:
        return "old, or whole beside it"
    kept = [path.read_bytes() for path in room.glob("[!.]*(backup *")]
    return "new, old one kept" if whole in kept else "LOST"


def _plain_pdf(path: Path) -> bool:
    """Whether anybody can read it; one that is gone meanwhile nobody can."""
    try:
        return b"/Encrypt" not in path.read_bytes()
    except FileNotFoundError:
        return False


def _ended(tmp: Path) -> bool:
    """Whether the private folder goes by itself, and with it every program that works there."""
    patience = time.monotonic() + 120
    while time.monotonic() < patience:
        at_work = [one for one in Path("/proc").glob("[0-9]*/cmdline") if str(tmp).encode() in _said(one)]
        if not at_work and not list(tmp.iterdir()):
            return True
        time.sleep(0.05)
    return False


def _said(cmdline: Path) -> bytes:
    try:
        return cmdline.read_bytes()
    except OSError:
        return b""


def _whole(book: Path) -> bool:
    """Whether it is a whole package, or a sealed one that its password opens."""
    with book.open("rb") as file:
        if file.read(2) == b"PK":
            try:
                with ZipFile(file) as package:
                    return package.testzip() is None
            except BadZipFile:
                return False
        return bool(OfficeFile(file).load_key(password="horse-battery", verify_password=True) is None)


def main() -> int:
    """Read the options, kill, and count."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz.kills")
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", action="append", choices=WRITING, help="only this one; may be given again")
    told = options.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        prepared = prepare(Path(name) / "prepared")
        older(Path(name) / "old.xlsx")
        for command in told.command or WRITING:
            found = kill_often(command, prepared, Path(name) / "room", told.count, random.Random(told.seed))
            bad += (
                sum(count for word, count in found.items() if word[:4].isupper()) + found["not swept by the next run"]
            )
            print(f"{command:16} {told.count} kills: {dict(found)}", flush=True)
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main())
