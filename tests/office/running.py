"""A LibreOffice that runs, for the project's own Python: a JSON line for each request, a JSON line for each answer."""

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

UNO_PYTHON = "/usr/bin/python3"  # Debian's own Python: the only one that has LibreOffice's bridge
SERVER = Path(__file__).with_name("server.py")
PATIENCE = 180  # seconds


class Refused(Exception):
    """LibreOffice could not do what it was asked."""


class Running:
    """One LibreOffice, headless, with a profile of its own, so that several may run at once."""

    def __init__(self) -> None:
        self.ended = False
        self.profile = tempfile.mkdtemp(prefix="mentorbook-office-")
        self._lines: queue.Queue[str] = queue.Queue()
        self._server = subprocess.Popen(
            [UNO_PYTHON, "-I", str(SERVER), self.profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # a group of its own, to be ended together
            env={**os.environ, "TMPDIR": self.profile},  # so that what is left behind goes with the profile
        )
        self.group = self._server.pid
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer(PATIENCE)

    def ask(self, module: Path, deed: str, timeout: float = PATIENCE, **request: Any) -> Any:
        """What a deed of a module answers.

        Refused where it could not be done, EOFError where LibreOffice has died over it, queue.Empty where it took over
        `timeout` seconds.
        """
        try:
            self._server.stdin.write(f"{module}\t{json.dumps({'deed': deed, **request})}\n")  # type: ignore[union-attr]
            self._server.stdin.flush()  # type: ignore[union-attr]
        except BrokenPipeError:
            raise EOFError("LibreOffice has ended") from None
        return self._answer(timeout)

    def close(self, patience: float = 15) -> None:
        """End LibreOffice, after `patience` seconds by force, and remove its profile."""
        self.ended = True
        with contextlib.suppress(OSError):
            self._server.stdin.close()  # type: ignore[union-attr]
        try:
            self._server.wait(patience)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):  # soffice, of the same group, may live on
                os.killpg(self.group, signal.SIGKILL)
            self._server.wait()
            shutil.rmtree(self.profile, ignore_errors=True)

    def _listen(self) -> None:
        """Hands on each line that the server says, and an empty one when it has ended."""
        for line in self._server.stdout or ():
            self._lines.put(line)
        self._lines.put("")

    def _answer(self, timeout: float) -> Any:
        line = self._lines.get(timeout=timeout)
        if not line:
            raise EOFError("LibreOffice has ended")
        told = json.loads(line)
        if "failed" in told:
            raise Refused(told["failed"])
        return told.get("answer")


_SHARED: list[Running] = []


def shared() -> Running:
    """The LibreOffice of this test process: judge and Excel of the tests are served by one, as starting takes long."""
    if not _SHARED or _SHARED[-1].ended:
        _SHARED[:] = [Running()]
    return _SHARED[0]


def end_shared() -> None:
    """End it, if it was ever asked for."""
    for one in _SHARED:
        if not one.ended:
            one.close()
    _SHARED.clear()
