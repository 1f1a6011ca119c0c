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


class Refused(Exception):
    """LibreOffice could not do what it was asked."""


class Running:
    """One LibreOffice, headless, with a profile of its own, so that several may run at once.

    `deeds` is the module that it does what it is asked with. An answer may take `timeout` seconds.
    """

    def __init__(self, deeds: Path, timeout: float) -> None:
        self.timeout = timeout
        self.profile = tempfile.mkdtemp(prefix="mentorbook-office-")
        self._lines: queue.Queue[str] = queue.Queue()
        self._server = subprocess.Popen(
            [UNO_PYTHON, "-I", str(SERVER), self.profile, str(deeds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # a group of its own, to be ended together
            env={**os.environ, "TMPDIR": self.profile},  # so that what is left behind goes with the profile
        )
        self.group = self._server.pid
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer()

    def ask(self, deed: str, **request: Any) -> Any:
        """What a deed answers.

        Refused where it could not be done, EOFError where LibreOffice has died over it, queue.Empty where it took too
        long.
        """
        try:
            self._server.stdin.write(json.dumps({"deed": deed, **request}) + "\n")  # type: ignore[union-attr]
            self._server.stdin.flush()  # type: ignore[union-attr]
        except BrokenPipeError:
            raise EOFError("LibreOffice has ended") from None
        return self._answer()

    def close(self, patience: float = 15) -> None:
        """End LibreOffice, after `patience` seconds by force, and remove its profile."""
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

    def _answer(self) -> Any:
        line = self._lines.get(timeout=self.timeout)
        if not line:
            raise EOFError("LibreOffice has ended")
        told = json.loads(line)
        if "failed" in told:
            raise Refused(told["failed"])
        return told.get("answer")
