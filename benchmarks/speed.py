"""Whole-process time and peak memory of `check` and `flags`, beside the same job done in plain pandas + openpyxl.

    python benchmarks/speed.py [--learners 240 5000 20000] [--runs 5] [--keep FOLDER]

Both run in turn in one go (ours, plain, ours, plain …), so that a slow minute of the machine hits both; the figures
are medians over the runs, the ratio is the median of the pairs. Workbooks are made with `mentorbook sample`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PLAIN_MOST = 5000  # the plain way needs minutes and gigabytes beyond this


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak MiB of one whole process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return seconds, usage.ru_maxrss / 1024


def median(values: list[tuple[float, float]], at: int) -> float:
    return statistics.median(value[at] for value in values)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, nargs="+", default=[240, 5000, 20000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder to keep the made trackers in")
    asked = parser.parse_args()
    ours = [sys.executable, "-m", "mentorbook"]
    helped = [run([*ours, "--help"])[0] for _ in range(5)]
    print(f"--help {statistics.median(helped):.2f} s")
    print(
        f"{'learners':>8} {'job':>6} {'ours s':>8} {'ours MiB':>9} {'plain s':>8} {'plain MiB':>9} {'times faster':>12}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        for learners in asked.learners:
            tracker = folder / f"sample_{learners}.xlsx"
            if not tracker.exists():
                subprocess.run(
                    [*ours, "sample", str(tracker), "--learners", str(learners)], check=True, capture_output=True
                )
            for job in ("check", "flags"):
                measure(job, learners, tracker, ours, asked.runs if learners <= PLAIN_MOST else min(asked.runs, 3))


def measure(job: str, learners: int, tracker: Path, ours: list[str], runs: int) -> None:
    """Print one line of the table."""
    mine, plain = [], []
    for _ in range(runs):
        mine.append(run([*ours, job, str(tracker), "--json"]))
        if learners <= PLAIN_MOST:
            plain.append(run([sys.executable, str(HERE / "plain_tracker.py"), job, str(tracker)]))
    line = f"{learners:>8} {job:>6} {median(mine, 0):>8.2f} {median(mine, 1):>9.0f}"
    if plain:
        ratio = statistics.median(b[0] / a[0] for a, b in zip(mine, plain, strict=True))
        line += f" {median(plain, 0):>8.2f} {median(plain, 1):>9.0f} {ratio:>12.1f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
