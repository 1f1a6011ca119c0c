"""Kill every command that writes at any moment: the file is the old or the new one, and the next run sweeps the rest.

python -m tests.fuzz.kills [--count 200] [--seed 1]
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

import mentorbook
from tests.commands.run import run
from tests.fuzz.subjects import CSV
from workbook.model import CannotDo
from workbook.reading.read import read

WRITING: dict[str, Callable[[Path], list[object]]] = {
    "import": lambda room: ["import", room / "t.xlsx", room / "rows.csv", "--into", "Learners", "--replace"],
    "hand-on": lambda room: ["hand-on", room / "t.xlsx", "--form", "10A", "--out", room / "new.xlsx", "--replace"],
    "sample": lambda room: ["sample", room / "new.xlsx", "--learners", 6, "--replace"],
    "new": lambda room: ["new", room / "new.xlsx", "--replace"],
    "report": lambda room: ["report", room / "t.xlsx", "--out", room, "--replace"],
    "sealed report": lambda room: [*WRITING["report"](room), "--password-file", room / "p.txt"],
    "addin functions": lambda room: ["addin", "functions", room / "t.xlsx", "--out", room / "t.xlsm", "--replace"],
    "update": lambda room: ["update", room / "t.xlsx", "--replace"],
    "backup": lambda room: ["backup", room / "t.xlsx"],
}  # fmt: skip


def start(words: list[object]) -> int:
    """The command in a process of its own, silent."""
    child = os.fork()
    if child == 0:
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


def fresh(whole: Path, room: Path) -> None:
    """A folder with a tracker, rows to import, a password."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    shutil.copy(whole, room / "t.xlsx")
    (room / "rows.csv").write_text(CSV, encoding="utf-8")
    (room / "p.txt").write_text("horse-battery", encoding="utf-8")


def parts(room: Path) -> int:
    return len(list(room.glob(".*.part")))


def kill_often(name: str, whole: Path, room: Path, count: int, chance: random.Random) -> Counter[str]:
    """What was left after each kill, in words."""
    fresh(whole, room)
    began = time.monotonic()
    os.waitpid(start(WRITING[name](room)), 0)
    takes = time.monotonic() - began
    found: Counter[str] = Counter()
    for _ in range(count):
        fresh(whole, room)
        child = start(WRITING[name](room))
        time.sleep(chance.random() * takes * 1.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found["left beside"] += parts(room) > 0
        found[_state(whole, room)] += 1
        os.waitpid(start(WRITING[name](room)), 0)
        found["not swept by the next run"] += parts(room) > 0
    return found


def _state(whole: Path, room: Path) -> str:
    if (room / "t.xlsx").read_bytes() == whole.read_bytes():
        for made in (*room.glob("new.xlsx"), *room.glob("t.xlsm")):
            if not _whole(made):
                return "HALF A FILE"
        return "old, or whole beside it"
    kept = [path.read_bytes() for path in room.glob("*(backup *")]
    return "new, old one kept" if _whole(room / "t.xlsx") and whole.read_bytes() in kept else "LOST"


def _whole(book: Path) -> bool:
    try:
        read(book)
    except CannotDo:
        return False
    return True


def main() -> int:
    """Read the options, kill, and count."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz.kills")
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    told = options.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole.xlsx"
        assert run("sample", whole, "--learners", 6).code == 0
        for command in WRITING:
            found = kill_often(command, whole, Path(name) / "room", told.count, random.Random(told.seed))
            bad += found["HALF A FILE"] + found["LOST"] + found["not swept by the next run"]
            print(f"{command:16} {told.count} kills: {dict(found)}", flush=True)
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main())
