"""Spoil files by the thousand and watch what every command makes of them.

    python -m tests.fuzz --count 10000 [--seed 1] [--jobs 2] [--keep FOLDER]

What does not end as promised is written down as a smallest file in the folder, with its command. Exit code 1 then.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.fuzz.running import Outcome, go, mutant, smallest
from tests.fuzz.subjects import Subject, subjects

EVERY = 500
_MADE: list[Subject] = []  # what the processes of a pool find when they are forked


def one(seed: int, folder: Path, number: int) -> tuple[int, str, str, str, Outcome]:
    """Run the mutant of a number: the number, the kind of file, how it was spoilt, the command, what came of it."""
    subject, how, data, command = mutant(_MADE, seed, number)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        room = Path(name)
        spoilt = room / f"spoilt{subject.file.suffix}"
        spoilt.write_bytes(data)
        words = " ".join(command[: 2 if command[0] == "addin" else 1])
        return number, subject.name, how, words, go(command, spoilt, room)


def all_of(
    made: list[Subject], seed: int, numbers: range, folder: Path, jobs: int
) -> Iterator[tuple[int, str, str, str, Outcome]]:
    """Every mutant of these numbers, a few at a time."""
    _MADE[:] = made
    if jobs == 1:
        yield from map(partial(one, seed, folder), numbers)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap_unordered(partial(one, seed, folder), numbers, chunksize=4)


def write_down(made: list[Subject], seed: int, number: int, word: str, keep: Path) -> Path:
    """The smallest file that comes to the same end, with its command beside it."""
    subject, how, data, command = mutant(made, seed, number)
    keep.mkdir(parents=True, exist_ok=True)
    target = keep / f"{word.replace(' ', '_')}-{seed}-{number}{subject.file.suffix}"
    with tempfile.TemporaryDirectory() as room:
        target.write_bytes(smallest(subject, data, command, Path(room), word))
    told = f"{word}\n{subject.name}: {how}\nmentorbook {' '.join(command)}\n"
    target.with_suffix(".txt").write_text(told, encoding="utf-8")
    return target


def main() -> int:
    """Read the options, run, and count."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz")
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    told = options.parse_args()
    os.nice(10)
    counts: Counter[str] = Counter()
    by_command: dict[str, Counter[str]] = {}
    slowest, largest, wrong = 0.0, 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = subjects(folder)
        for done in all_of(made, told.seed, range(told.first, told.first + told.count), folder, told.jobs):
            number, kind, how, command, outcome = done
            counts[outcome.word] += 1
            by_command.setdefault(f"{command} ({kind})", Counter())[outcome.word] += 1
            slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.megabytes)
            if counts.total() % EVERY == 0:
                print(f"{counts.total()} of {told.count}: {dict(counts)}", flush=True)
            if not outcome.good:
                wrong.append((number, outcome.word))
                print(f"{number}: {outcome.word}: {kind}: {how}: {command}: {outcome.said[:160]}", flush=True)
        for number, word in wrong[:40]:
            print("written down:", write_down(made, told.seed, number, word, told.keep), flush=True)
    for command, words in sorted(by_command.items()):
        print(f"{command:44} {dict(words)}")
    most = f"slowest {slowest:.1f} s of the processor, largest {largest} MB"
    print(f"{told.count} mutants, seed {told.seed}: {dict(counts)}; {most}")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
