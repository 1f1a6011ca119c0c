"""Two versions of the code side by side: processor seconds, seconds and peak memory of whole commands, in pairs.

    python benchmarks/pairs.py BEFORE [--learners 240 5000] [--commands check flags week] [--runs 5] [--keep FOLDER]

BEFORE is a checkout of the other version. Each version makes a tracker of its own with `mentorbook sample`, and both
run in turn (this one, the other, this one …), so that a slow minute of the machine hits both. Printed are medians, and
the ratio of this version to the other: the median of the pairs, and that of the best run of each, which other work on
the machine disturbs least.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

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
                        mentorbook(HERE, command, str(mine), "--json"),
                        mentorbook(asked.before, command, str(theirs), "--json"),
                    )
                    for _ in range(asked.runs)
                ]
                print(line(command, learners, pairs), flush=True)


if __name__ == "__main__":
    main()
