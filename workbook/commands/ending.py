"""How a command ends: stopped from outside, or with signs that the place it prints to does not know."""

from __future__ import annotations

import codecs
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_PLAIN = {
    "\u2192": "->", "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2026": "...", "\u2018": "'", "\u2019": "'",
    "\u201c": '"', "\u201d": '"', "\u2500": "-", "\u2501": "-", "\u2502": "|", "\u2265": ">=", "\u2264": "<=",
    "\u00d7": "x", "\u00b7": ".", "\u2022": "*", "\u2713": "yes", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Signs that a terminal obeys rather than shows: they can change its title, its colours, what was copied, the order in
which letters are read.
"""


def harmless(text: str, *, one_line: bool = False) -> str:
    """A text for a terminal without what that would obey, since it may be of a file that somebody sent."""
    return _OBEYED.sub("", " ".join(text.split()) if one_line else text)


class Stopped(BaseException):
    """Ctrl+C, or the computer asking the command to end. No Exception: nothing on the way may take it for its own."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, Ctrl+C, SIGTERM and a closed terminal raise `Stopped`, so that all is tidied up on the way out."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    before = {number: signal.getsignal(number) for name in names if (number := getattr(signal, name, None))}
    before = {number: old for number, old in before.items() if old is not signal.SIG_IGN}
    with suppress(ValueError):  # only a program's main thread may do this
        for number in before:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        with suppress(ValueError):
            for number, old in before.items():
                signal.signal(number, old)


def _stop(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second Ctrl+C does not cut the tidying short
    raise Stopped


def plain_streams() -> None:
    """Let output in an old code page (a Windows console, a file) show plain signs for those that it lacks."""
    codecs.register_error("mentorbook-plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="mentorbook-plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    encoding = error.encoding
    return "".join(_known(sign, encoding) for sign in lost), error.end


def _known(sign: str, encoding: str) -> str:
    """The sign in plain letters; a letter with an accent without it; else a question mark."""
    import unicodedata

    plain = _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)
    return plain.encode(encoding, "ignore").decode(encoding) or "?"
