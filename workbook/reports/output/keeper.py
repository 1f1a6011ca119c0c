"""A program's keeper: ends the program with its children, and takes its folder away, once its master is gone.

Run as a file of its own with a folder and a command; without a command it only keeps watch over the folder. The master
holds the other end of its input: when that closes, because the master was stopped or killed, nothing goes on writing
and nothing plain stays behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress

_GENTLY = 3  # seconds


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    with suppress(OSError):
        if os.name == "nt":
            kill = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(kill, capture_output=True, check=False)
            return
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GENTLY)
        os.killpg(process.pid, signal.SIGKILL)


def keep(folder: str, command: list[str]) -> int:
    """Run a command to its end, or until this program's own input closes; then the folder goes too."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the master tells
    if not command:
        sys.stdin.buffer.read()
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)

    def watch() -> None:
        sys.stdin.buffer.read()
        end(process)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    raise SystemExit(keep(sys.argv[1], sys.argv[2:]))
