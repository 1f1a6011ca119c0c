"""What gathering costs: many trackers with one process, two, and a Dask cluster of two, and ten million register rows.

    python benchmarks/gather.py --trackers 200 --learners 240        trackers are made once in a folder of your choice
    python benchmarks/gather.py --weeks 10000000                     the group's attendance: DuckDB, pandas, Dask

Prints seconds, peak memory of the largest process, and whether the figures are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUN = """
import sys, time, resource, json
from pathlib import Path
from workbook.gather.gathering import gather
if __name__ == "__main__":
    folder, out, jobs, scheduler = sys.argv[1:]
    begun = time.perf_counter()
    kept, anew = gather(Path(folder), Path(out), jobs=int(jobs), scheduler=scheduler or None)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": time.perf_counter() - begun, "peak_mib": peak / 1024, "anew": anew}))
"""


def digest(folder: Path) -> str:
    """One digest of all parts of a set."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:16]


def make_trackers(folder: Path, count: int, learners: int) -> None:
    """Sample trackers with seeds of their own, in folders of ten; those that are there stay."""
    for seed in range(1, count + 1):
        path = folder / f"site {(seed - 1) // 10 + 1:02d}" / f"tracker {seed:03d}.xlsx"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                [sys.executable, "-m", "mentorbook", "sample", path, "--learners", str(learners), "--seed", str(seed)],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip


def gathered(folder: Path, work: Path) -> None:
    """The same trackers gathered in each way, each into a set of its own, then once more."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        ways = {
            "one process": ("1", ""),
            "two processes": ("2", ""),
            "Dask, two workers": ("1", cluster.scheduler_address),
        }
        for name, (jobs, scheduler) in ways.items():
            out = work / name
            for again in ("", ", again"):
                call = [sys.executable, "-c", RUN, folder, out, jobs, scheduler]
                done = subprocess.run(call, check=True, capture_output=True, text=True)
                print(f"{name + again:<28} {done.stdout.strip()}  set {digest(out)}", flush=True)


def weeks(rows: int, work: Path) -> None:
    """Attendance by year over that many rows of weeks: time, memory, and whether the three agree."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    chance = np.random.default_rng(1)
    paths = []
    for part in range(0, rows, 250_000):
        size = min(250_000, rows - part)
        possible = chance.integers(6, 11, size)
        attended = possible - chance.integers(0, 3, size)
        table = pa.table(
            {
                "academic_year": pa.array(chance.choice(["2024-25", "2025-26", "2026-27"], size)),
                "possible": pa.array(possible, pa.int32()),
                "attended": pa.array(attended, pa.int32()),
            }
        )
        paths.append(work / f"{part}.parquet")
        parquet.write_table(table, paths[-1])
    for name, program in PROGRAMS.items():
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program, work], check=True, capture_output=True, text=True)
        print(f"{name:<8} {time.perf_counter() - begun:6.2f} s  {done.stdout.strip()}", flush=True)


_PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, 'MiB')"
_DUCKDB = """
import sys, duckdb
asked = "select academic_year, sum(possible)::bigint, sum(attended)::bigint from read_parquet('{}/*.parquet')"
print(duckdb.sql(asked.format(sys.argv[1]) + " group by 1 order by 1").fetchall(), end=" ")
"""
_FRAME = """
import sys, {0}
found = {0}.read_parquet(sys.argv[1]).groupby("academic_year").sum(){1}.sort_index()
print([(year, int(possible), int(attended)) for year, possible, attended in found.itertuples()], end=" ")
"""
PROGRAMS = {
    "DuckDB": _DUCKDB + _PEAK,
    "pandas": _FRAME.format("pandas", "") + _PEAK,
    "Dask": _FRAME.format("dask.dataframe", ".compute()") + _PEAK,
}


def main() -> None:
    """Read the options and run what they ask for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--trackers", type=int, default=0)
    options.add_argument("--learners", type=int, default=240)
    options.add_argument("--folder", type=Path, help="where the trackers are kept")
    options.add_argument("--weeks", type=int, default=0)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if asked.trackers:
            folder = asked.folder or Path(work) / "trackers"
            make_trackers(folder, asked.trackers, asked.learners)
            gathered(folder, Path(work))
        if asked.weeks:
            (Path(work) / "weeks").mkdir()
            weeks(asked.weeks, Path(work) / "weeks")
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
