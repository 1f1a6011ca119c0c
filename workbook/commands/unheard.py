"""Output that nobody takes: a reader who has seen enough, a stream that was closed, a disk that is full.

None of it stops the work in the middle: what a command makes is made whole, and its exit code says what it found. Where
output was lost that somebody may have wanted, a sentence says so at the end.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WANTED_NO_MORE = {errno.EPIPE, errno.EBADF} | ({errno.EINVAL} if os.name == "nt" else set())
"""How a system says that a reader went away, or that there was none."""


class _Patient(io.RawIOBase):
    """Writes to `raw` until it takes no more; after that nothing is written, and nothing fails. `lost` says why."""

    def __init__(self, raw: Any) -> None:
        self._raw, self._gone, self._taken, self.lost = raw, False, 0, ""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def write(self, data: Any) -> int | None:
        if self._taken:
            again, self._taken = min(self._taken, len(data)), 0
            return again
        if not self._gone:
            try:
                return self._raw.write(data)  # type: ignore[no-any-return]
            except OSError as why:
                self._gone = True
                self.lost = "" if why.errno in _WANTED_NO_MORE else str(why.strerror or why)
            except BaseException:
                self._taken = len(data)  # stopped while it was on its way: the buffer brings it once more
                raise
        return len(data)


@contextmanager
def patient_streams() -> Iterator[None]:
    """Inside, writing to `sys.stdout` and `sys.stderr` never fails.

    At the end SystemExit 2 and a sentence where a full disk or the like took less than the whole output. A reader who
    went away, and a stream that was closed, wanted no more.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _fill_gaps()
    before, patient = (sys.stdout, sys.stderr), [_made_patient("stdout"), _made_patient("stderr")]
    ended: SystemExit | None = None
    try:
        yield
    except SystemExit as end:
        ended = end
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    lost = patient[0].lost if patient[0] else ""
    if lost and (ended is None or ended.code in (None, 0, 1)):
        print(
            f"The output could not be written whole ({lost}): make room, or send it elsewhere; all else that was asked "
            "for is done.",
            file=sys.stderr,
            flush=True,
        )
        ended = SystemExit(2)
    sys.stdout, sys.stderr = before
    if ended is not None:
        raise ended


def _fill_gaps() -> None:
    """Let streams that were closed lead nowhere, so that no file is opened in their place and written into."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)


def _made_patient(name: str) -> _Patient | None:
    """Put a patient stream in the place of `sys.stdout` or `sys.stderr`; None where it cannot fail."""
    stream: Any = getattr(sys, name)
    if stream is None:
        setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as the run
        return None
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # (there is no buffer with PYTHONUNBUFFERED)
    if not isinstance(raw, io.RawIOBase):
        return None
    stream.flush()
    patient, by_line = _Patient(raw), stream.line_buffering or buffer is raw
    setattr(
        sys,
        name,
        io.TextIOWrapper(io.BufferedWriter(patient), stream.encoding, stream.errors, line_buffering=by_line),
    )
    return patient
