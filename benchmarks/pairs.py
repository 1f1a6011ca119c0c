"""Two versions of the code side by side: processor seconds, seconds and peak memory of whole commands, in pairs.

    python benchmarks/pairs.py BEFORE [--learners 240 5000] [--commands check flags week] [--runs 5] [--keep FOLDER]

BEFORE is a checkout of the other version. Each version makes a tracker of its own with `mentorbook sample`, and both
run in turn (this one, the other, this one …), so that a slow minute of the machine hits both. Printed are medians, and
the ratio of this version to the other: the median of the pairs, and that of the best run of each, which other work on
the machine disturbs least.

The command `import` brings a wide file into a new tracker: a row for each learner with ten subjects side by side, of a
data drop of which nothing is there yet, so that every row of Progress says something else and the data date moves.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from workbook.reading.read import read

SUBJECTS, DROP = 10, "March"
HERE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Run:
    """What one whole process took: processor seconds (its own and the system's), seconds by the clock, peak MiB."""

    cpu: float
    wall: float
    peak: float


def mentorbook(code: Path, *words: str) -> Run:
    """Run a command of a checkout from start to end; SystemExit where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mentorbook", *words], cwd=code, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{code}: {' '.join(words)} failed")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def tracker_of(code: Path, learners: int, folder: Path, name: str) -> Path:
    """A sample that this version of the code makes, unless it is there already."""
    tracker = folder / f"{name}{learners}.xlsx"
    if not tracker.exists():
        mentorbook(code, "sample", str(tracker), "--learners", str(learners))
    return tracker


def words_of(command: str, tracker: Path) -> list[str]:
    """What to ask: a command that reads, or the import of a wide file into a new tracker."""
    if command != "import":
        return [command, str(tracker), "--json"]
    out = tracker.with_name(f"imported_{tracker.name}")
    out.unlink(missing_ok=True)
    return ["import", str(tracker), str(wide_file(tracker)), "--out", str(out), "--json"]


def wide_file(tracker: Path) -> Path:
    """A level for every learner in ten subjects, made from the tracker unless it is there already."""
    path = tracker.with_suffix(".csv")
    if path.exists():
        return path
    held, rng = read(tracker), random.Random(1)
    scales = zip(held["Scales"]["scale"], held["Scales"]["level"], strict=True)
    levels: dict[object, list[object]] = {}
    for scale, level in scales:
        levels.setdefault(scale, []).append(level)
    subjects = list(zip(held["Subjects"]["subject"], held["Subjects"]["scale"], strict=True))[:SUBJECTS]
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Learner ID", *(f"{subject} {DROP}" for subject, _ in subjects)])
        for learner in held["Learners"]["learner_id"]:
            rows.writerow([learner, *(rng.choice(levels[scale]) for _, scale in subjects)])
    return path


def line(command: str, learners: int, pairs: list[tuple[Run, Run]]) -> str:
    """Medians of both and the ratios of one command."""
    said = f"{learners:>8} {command:>10}"
    for what in ("cpu", "wall", "peak"):
        now, then = ([getattr(pair[at], what) for pair in pairs] for at in (0, 1))
        ratio = statistics.median(one / other for one, other in zip(now, then, strict=True))
        said += (
            f"  {statistics.median(now):8.2f} {statistics.median(then):8.2f} {ratio:5.2f} {min(now) / min(then):5.2f}"
        )
    return said


def main() -> None:
    """Print a line for each command and size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("before", type=Path, help="a checkout of the other version")
    parser.add_argument("--learners", type=int, nargs="+", default=[240, 5000])
    parser.add_argument("--commands", nargs="+", default=["check", "flags", "week"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder to keep the made trackers in")
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; this, before, ratios in pairs and of the best")
    print(f"{'learners':>8} {'command':>10}  {'processor s':>30}  {'seconds':>30}  {'peak MiB':>30}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = (asked.keep or Path(scratch)).resolve()
        for learners in asked.learners:
            mine, theirs = (
                tracker_of(code, learners, folder, name) for code, name in ((HERE, "new"), (asked.before, "old"))
            )
            for command in asked.commands:
                pairs = [
                    (
                        mentorbook(HERE, *words_of(command, mine)),
                        mentorbook(asked.before, *words_of(command, theirs)),
                    )
                    for _ in range(asked.runs)
                ]
                print(line(command, learners, pairs), flush=True)


if __name__ == "__main__":
    main()
