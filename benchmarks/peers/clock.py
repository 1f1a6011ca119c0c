"""What every peer in Python shares: the learners from a file, the clock, and the figures handed back."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Job:
    """One peer's task: `python PEER.py files|workbook LEARNERS.jsonl FOLDER COUNT`.

    The clock stands still while the next learner's data are read, so it counts making and writing reports only.
    """

    def __init__(self) -> None:
        self.mode, data, folder, count = sys.argv[1:]
        self.data, self.folder, self.count = Path(data), Path(folder), int(count)
        self._wall = self._cpu = 0.0

    def learners(self) -> Iterator[dict[str, Any]]:
        """The learners, read one by one."""
        with self.data.open(encoding="utf-8") as lines:
            for _ in range(self.count):
                wall, cpu = time.perf_counter(), time.process_time()
                learner = json.loads(next(lines))
                self._wall -= time.perf_counter() - wall
                self._cpu -= time.process_time() - cpu
                yield learner

    def start(self) -> None:
        """Set the clock going."""
        self._wall -= time.perf_counter()
        self._cpu -= time.process_time()

    def stop(self) -> None:
        """Stop the clock and hand the figures back."""
        self._wall += time.perf_counter()
        self._cpu += time.process_time()
        report(self._wall, self._cpu)


def report(wall: float, cpu: float) -> None:
    """Hand the figures back: seconds, and the most memory this process had."""
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": _peak()}))


def _peak() -> float:
    """MiB; Linux says it of this process alone, elsewhere it may be its parent's when that was more."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def file_name(learner: dict[str, Any]) -> str:
    return f"{learner['learner']['name']} {learner['learner']['learner_id']}"


def sheet_name(learner: dict[str, Any]) -> str:
    """A name for a learner's sheet: short, and no two alike."""
    return f"{learner['learner']['name'][:22]} {learner['learner']['learner_id']}"
