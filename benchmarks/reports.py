"""Reports of our engine and of its peers side by side: the same learners, the same one-page template, one run.

    python benchmarks/reports.py [--learners 240 5000] [--rounds 3] [--seconds 10] [--folder FOLDER]

Each peer makes a file for each learner, and one workbook with a sheet for each, in a process of its own; all take
turns, round by round, so that a slow minute of the machine hits them all. Above 240 learners there is one round of the
peers, and one that would need more than --seconds makes as many reports as fit (at least 240): a ~ says so. xltpl
comes from PyPI, ExcelJS, xlsx-template and carbone from npm, all into a temporary folder; without pip or npm they are
passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
ROOT = PEERS.parent.parent
sys.path[:0] = [str(PEERS), str(ROOT)]

from kept import kept  # noqa: E402
from learners import write_learners  # noqa: E402
from page import template  # noqa: E402

MODES = {"files": "a file each", "workbook": "one workbook"}
OURS, BARE = "Mentorbook", "bare cost"
PYTHON = {
    OURS: "ours.py", BARE: "bare.py", "openpyxl": "by_openpyxl.py", "XlsxWriter": "by_xlsxwriter.py",
    "xltpl": "by_xltpl.py",
}  # fmt: skip
NODE = {"ExcelJS": "by_exceljs.js", "xlsx-template": "by_xlsx_template.js", "carbone": "by_carbone.js"}
PACKAGES = ("exceljs", "xlsx-template", "carbone")
ONLY_FILES = ("carbone",)
FEW = 240
"""So many reports tell a peer's speed."""


@dataclass
class Figures:
    """One peer's run: reports made, seconds by the wall and of the processor, bytes written, peak MiB."""

    count: int
    wall: float
    cpu: float
    size: int
    peak: float

    @property
    def rate(self) -> float:
        """Reports a second by the wall clock."""
        return self.count / self.wall

    @property
    def cpu_rate(self) -> float:
        """Reports a second of processor time, which other work on the machine moves less."""
        return self.count / self.cpu


def templates(folder: Path) -> None:
    """The templates of the peers that read theirs from a file."""
    spellings = {
        "ExcelJS": template(lambda name: f"{{{{{name}}}}}"),
        "xlsx-template": template(lambda name: "${" + name.replace("subject.", "table:subject.") + "}"),
        "carbone": template(lambda name: f"{{d.{name.replace('subject.', 'subject[i].')}}}", two_rows=True),
    }
    for name, content in spellings.items():
        (folder / f"{name}.xlsx").write_bytes(content)


def install(folder: Path) -> list[str]:
    """Fetch what is not ours; gives those that take part, us first."""
    there = [OURS, BARE, "openpyxl", "XlsxWriter"]
    if _done([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder / "python"), "xltpl"]):
        there.append("xltpl")
    else:
        print("pip could not install xltpl, so it is passed over.")
    npm = shutil.which("npm")
    if npm is None:
        print("There is no npm here, so ExcelJS, xlsx-template and carbone are passed over.")
    elif _done([npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]):
        there += NODE
    else:
        print("npm could not install ExcelJS, xlsx-template and carbone, so they are passed over.")
    return there


def _done(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(peer: str, mode: str, data: Path, count: int, scratch: Path) -> Figures:
    """One peer making `count` reports in a fresh folder; the bare cost is that of the files that lie there."""
    out = scratch / "out"
    if peer != BARE:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
    script = PEERS / (PYTHON | NODE)[peer]
    command = [sys.executable if peer in PYTHON else "node", str(script), mode, str(data), str(out), str(count)]
    if peer in NODE:
        command.append(str(scratch / f"{peer}.xlsx"))
    paths = [str(ROOT), *([str(scratch / "python")] if peer == "xltpl" else [])]
    more = {"PYTHONPATH": os.pathsep.join(paths), "NODE_PATH": str(scratch / "node_modules")}
    done = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **more}, check=False)
    if done.returncode:
        raise SystemExit(f"{peer} failed: {' '.join(command)}")
    told = json.loads(done.stdout)
    size = sum(path.stat().st_size for path in out.glob("*.xlsx"))
    return Figures(count, told["wall"], told["cpu"], size, told["peak"])


def task(
    peers: list[str], mode: str, learners: int, most: dict[str, int], rounds: int, data: Path, scratch: Path
) -> Iterator[tuple[str, Figures]]:
    """All peers in turn, as often as asked; the bare cost directly after ours, with its files."""
    for number in range(rounds):
        for peer in peers:
            first_only = learners > FEW and peer not in (OURS, BARE)
            if not (mode == "workbook" and peer in ONLY_FILES) and not (first_only and number):
                yield peer, run(peer, mode, data, min(learners, most.get(peer, learners)), scratch)


def table(mode: str, learners: int, found: dict[str, list[Figures]]) -> None:
    """Print the table of one task, medians over its rounds, and what it comes to."""
    print(f"\n{learners:,} learners, {MODES[mode]}")
    headings = ("", "reports", "a second", "by cpu", "KiB each", "peak MiB", "ours ÷ it", "by cpu")
    print("{:14} {:>8} {:>9} {:>8} {:>9} {:>9} {:>10} {:>7}".format(*headings))
    ours = found[OURS]
    for peer, runs in found.items():
        count = runs[0].count
        cells = [f"{'~' if count < learners else ''}{count:,}"]
        cells += [f"{middle(runs, 'rate'):,.0f}", f"{middle(runs, 'cpu_rate'):,.0f}"]
        cells += [f"{middle(runs, 'size') / 1024 / count:.1f}", f"{middle(runs, 'peak'):.0f}"]
        cells += ["", ""] if peer == OURS else [f"{times(ours, runs, what):.2f}" for what in ("rate", "cpu_rate")]
        print("{:14} {:>8} {:>9} {:>8} {:>9} {:>9} {:>10} {:>7}".format(peer, *cells).rstrip())
    others = [peer for peer in found if peer not in (OURS, BARE)]
    least = {what: min((times(ours, found[peer], what), peer) for peer in others) for what in ("rate", "cpu_rate")}
    dearer = [times(found[BARE], ours, what) for what in ("rate", "cpu_rate")]
    (wall, first), (cpu, second) = least.values()
    print(f"{wall:.1f} times as fast as the fastest peer, {first}; by processor time {cpu:.1f} times, {second}.")
    print(f"{dearer[0]:.1f} times the bare cost of packing and writing; by processor time {dearer[1]:.1f}.", flush=True)


def middle(runs: list[Figures], what: str) -> float:
    """The median of one figure."""
    return statistics.median(getattr(one, what) for one in runs)


def times(these: list[Figures], those: list[Figures], what: str) -> float:
    """How many times one is the other: the median of the rounds, or the ratio of medians where rounds differ."""
    if len(these) == len(those):
        return statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(these, those, strict=True))
    return middle(these, what) / middle(those, what)


def survey(peers: list[str], data: Path, scratch: Path) -> None:
    """Print what is left of the page in each peer's reports."""
    with data.open(encoding="utf-8") as lines:
        learner = json.loads(next(lines))
    print("What is in a report")
    for peer in (peer for peer in peers if peer != BARE):
        run(peer, "files", data, 1, scratch)
        words = kept(next((scratch / "out").glob("*.xlsx")), learner)
        if peer == OURS:
            print(f"{'':14} " + "".join(f"{what:>14}" for what in words))
        print(f"{peer:14} " + "".join(f"{word:>14}" for word in words.values()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Reports of our engine and of its peers side by side.")
    parser.add_argument("--learners", type=int, nargs="+", default=[240, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="how long a peer may take above 240 learners")
    parser.add_argument("--folder", type=Path, help="where to write, for instance a disk in memory")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        scratch, data = Path(folder), Path(folder) / "learners.jsonl"
        peers = install(scratch)
        templates(scratch)
        write_learners(data, max(asked.learners))
        survey(peers, data, scratch)
        most: dict[str, dict[str, int]] = {mode: {} for mode in MODES}
        for learners in sorted(asked.learners):
            for mode in MODES:
                found: dict[str, list[Figures]] = defaultdict(list)
                for peer, figures in task(peers, mode, learners, most[mode], asked.rounds, data, scratch):
                    found[peer].append(figures)
                table(mode, learners, found)
                most[mode] = {
                    peer: max(FEW, int(middle(runs, "rate") * asked.seconds))
                    for peer, runs in found.items()
                    if peer not in (OURS, BARE)
                }


if __name__ == "__main__":
    main()
