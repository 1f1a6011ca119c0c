"""The everyday path needs no numpy, pandas, lxml or threads, so that it also runs in a browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands.run import run
from tests.conftest import ROOT

PROGRAM = """
import sys
for name in ("numpy", "pandas", "lxml", "concurrent.futures", "multiprocessing.pool"):
    sys.modules[name] = None  # any import of it now fails
import mentorbook
tracker, out = sys.argv[1:]
COMMANDS = (["check"], ["flags"], ["week"], ["progress", "--json"], ["attendance", "--json"], ["report", "--out", out])
for words in COMMANDS:
    sys.argv = ["mentorbook", words[0], tracker, *words[1:]]
    try:
        mentorbook.main()
    except SystemExit as end:
        assert end.code in (None, 0, 1), (words, end.code)
"""


def test_the_everyday_commands_run_on_plain_python(tmp_path: Path) -> None:
    made = tmp_path / "tracker.xlsx"
    assert run("sample", made, "--learners", 3).code == 0
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, made, tmp_path / "reports"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-1000:] + ran.stderr[-3000:]
    names = [path.name for path in (tmp_path / "reports").glob("*.xlsx")]
    learners = {learner for learner in ("L10001", "L10002", "L10003") for name in names if f" {learner} " in name}
    assert len(learners) == 3, "each has one, and some a copy for a second contact"
