"""One spoilt file, one command, in a process of its own: what came of it, how long it took, how much memory it had."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import mentorbook
from tests.fuzz.mutators import parts_of, together
from tests.fuzz.subjects import Subject

SECONDS, MEGABYTES = 10.0, 1024
_MOST_SECONDS = 40
PROMISED = ("done", "found", "refused", "asked")
_PATIENCE = 900
"""Seconds until a command that does nothing at all is given up; what a busy computer makes it wait proves nothing."""


@dataclass(frozen=True)
class Outcome:
    """What came of a command: a word, the processor's seconds it took, the megabytes it grew by, its last line."""

    word: str
    seconds: float
    megabytes: int
    said: str

    @property
    def good(self) -> bool:
        return self.word in PROMISED


def go(command: tuple[str, ...], spoilt: Path, room: Path) -> Outcome:
    """Run a command over a spoilt file."""
    words = [word.replace("{out}", str(room / "out")).replace("{}", str(spoilt)) for word in command]
    said = room / "said.txt"
    started = time.monotonic()
    before = _megabytes_here()
    child = os.fork()
    if child == 0:
        _be_the_command(words, said)
    status, used = _wait(child, started)
    busy = used.ru_utime + used.ru_stime
    megabytes = max(0, used.ru_maxrss // 1024 - before)
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    shutil.rmtree(room / "out", ignore_errors=True)
    for left in room.glob("out*.xls?"):
        left.unlink()
    word = _word(status, text)
    if word == "said badly" and not text.strip() and "answer first" in _told(said):
        word = "asked"
    if word in PROMISED and busy > SECONDS:
        word = "slow"
    if word in PROMISED and megabytes > MEGABYTES:
        word = "large"
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    return Outcome(word, busy, megabytes, last)


def _told(said: Path) -> str:
    """What a command printed beside what it said went wrong: its beginning."""
    with suppress(OSError), said.with_name("told.txt").open(encoding="utf-8", errors="replace") as file:
        return file.read(2000)
    return ""


def _megabytes_here() -> int:
    """What this process has now: a fork begins with as much, which the command did not ask for."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20


def _be_the_command(words: list[str], said: Path) -> None:
    code = 99
    try:
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        sys.argv = ["mentorbook", *words]
        handle = os.open(said, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(handle, 2)
        sys.stderr = os.fdopen(os.dup(handle), "w", encoding="utf-8", buffering=1)
        sys.stdout = said.with_name("told.txt").open("w", encoding="utf-8")
        mentorbook.main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 97
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 98
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int, started: float) -> tuple[int, resource.struct_rusage]:
    while time.monotonic() - started < _PATIENCE:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return status, used
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return status, used


def _word(status: int, text: str) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "slow" if number in (signal.SIGKILL, signal.SIGXCPU) else f"crashed by signal {number}"
    code = os.WEXITSTATUS(status)
    lines = [line for line in text.splitlines() if line.strip()]
    if "Traceback" in text or code in (97, 98):
        return "traceback"
    if "stumbled" in text:
        return "stumbled"
    if code == 2:
        return "refused" if len(lines) == 1 and re.search(r"[.!?]\)?$", lines[0]) else "said badly"
    if code in (0, 1):
        return ("done", "found")[code] if not lines else "said badly"
    return f"exit {code}"


def smallest(subject: Subject, data: bytes, command: tuple[str, ...], room: Path, word: str) -> bytes:
    """The smallest file found, in a limited number of tries, that still comes to the same end."""
    spoilt = room / f"small{subject.file.suffix}"

    def still(candidate: bytes) -> bool:
        spoilt.write_bytes(candidate)
        return go(command, spoilt, room).word == word

    try:
        parts = parts_of(data)
    except Exception:
        return _less(data, still, 60)
    for name in list(parts):
        without = {other: content for other, content in parts.items() if other != name}
        if still(together(without)):
            parts = without
    for name in sorted(parts, key=lambda one: -len(parts[one]))[:3]:
        parts[name] = _less(parts[name], lambda less, name=name: still(together(parts | {name: less})), 40)  # type: ignore[misc]
    return together(parts) if still(together(parts)) else data


def _less(data: bytes, still: object, tries: int) -> bytes:
    """Pieces taken out while it still comes to the same end, halves first."""
    size = max(1, len(data) // 2)
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            tries -= 1
            shorter = data[:at] + data[at + size :]
            if shorter and still(shorter):  # type: ignore[operator]
                data = shorter
            else:
                at += size
        size //= 2
    return data


def mutant(subjects: list[Subject], seed: int, number: int) -> tuple[Subject, str, bytes, tuple[str, ...]]:
    """The spoilt file of this number: of what, how, its bytes, and the command that is to read it."""
    chance = Random(f"{seed}:{number}")
    kinds = list(dict.fromkeys(one.name for one in subjects))
    kind = chance.choice(kinds)
    subject = chance.choice([one for one in subjects if one.name == kind])
    how = chance.choice(list(subject.mutators))
    data = subject.mutators[how](subject.file.read_bytes(), chance)
    if chance.random() < 0.15:
        again = chance.choice(list(subject.mutators))
        with suppress(Exception):  # it may be too broken to be broken further
            data, how = subject.mutators[again](data, chance), f"{how}, {again}"
    return subject, how, data, chance.choice(subject.commands)
