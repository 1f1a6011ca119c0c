"""Run the command line in this process, as a person would: what it printed, where, and its exit code."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import mentorbook


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return json.loads(self.out)["rows"]


def run(*words: object) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    argv, sys.argv = sys.argv, ["mentorbook", *(str(word) for word in words)]
    code: int | str | None = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            mentorbook.main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = argv
    assert code is None or isinstance(code, int), code
    return Ran(code or 0, out.getvalue(), err.getvalue())


def refused(ran: Ran) -> str:
    """The sentence of a command that could not do it; fails for anything else, such as a traceback."""
    assert ran.code == 2, ran
    lines = [line for line in ran.err.splitlines() if line.strip()]
    assert len(lines) == 1 and "Traceback" not in ran.err, ran.err
    assert lines[0].endswith("."), lines[0]
    return lines[0]
