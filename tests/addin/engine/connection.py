"""The way to the server that holds LibreOffice: a JSON line for each request, a JSON line for each answer."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from tests.office.client import UNO_PYTHON

SERVER = Path(__file__).with_name("spreadsheet.py")
PATIENCE = 120


class Refused(Exception):
    """LibreOffice could not do what it was asked; Excel would raise its own kind of error here."""


class Connection:
    """One LibreOffice with a profile of its own, so that several test processes may each have one."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp(prefix="mentorbook-engine-")
        self._lines: queue.Queue[str] = queue.Queue()
        self._server = subprocess.Popen(
            [UNO_PYTHON, "-I", str(SERVER), self._profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # a group of its own, to be ended together
            env={**os.environ, "TMPDIR": self._profile},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.pid = int(self._answer())
        self.asked = 0

    def _listen(self) -> None:
        for line in self._server.stdout or ():
            self._lines.put(line)
        self._lines.put("")

    def _answer(self) -> Any:
        line = self._lines.get(timeout=PATIENCE)
        if not line:
            raise EOFError("LibreOffice has ended")
        told = json.loads(line)
        if "failed" in told:
            raise Refused(told["failed"])
        return told["answer"]

    def ask(self, deed: str, **request: Any) -> Any:
        """What the server answers to a deed; Refused where it could not be done."""
        self.asked += 1
        assert self._server.stdin
        self._server.stdin.write(json.dumps({"deed": deed, **request}) + "\n")
        self._server.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End LibreOffice, by force if it does not want to, and remove its profile."""
        with contextlib.suppress(OSError):
            self._server.stdin.close()  # type: ignore[union-attr]
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server.wait(15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()
        shutil.rmtree(self._profile, ignore_errors=True)
