"""The records of a VBA project's stream "dir", in the order that the specification gives them.

Source: [MS-OVBA] 2.3.4.2: information (2.3.4.2.1), references (2.3.4.2.2), modules (2.3.4.2.3).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

_ANY = r"\d+"
INFORMATION = r"01:4 (4A:4 )?02:4 14:4 03:2 04:N 05:N 40:N 06:N 3D:N 07:4 08:4 09:10 (0C:N 3C:N )?"
REFERENCE = r"(16:N 3E:N )?(0D:N |0E:N |33:N |2F:N (16:N 3E:N )?30:N )"
MODULE = r"19:N (47:N )?1A:N 32:N 1C:N 48:N 31:4 1E:4 2C:2 (21|22):0 (25:0 )?(28:0 )?2B:0 "
WHOLE = re.compile(f"{INFORMATION}({REFERENCE})*0F:2 13:2 ({MODULE})*10:0 ".replace("N", _ANY))
TWICE = {0x05: 0x40, 0x06: 0x3D, 0x0C: 0x3C, 0x16: 0x3E, 0x19: 0x47, 0x1A: 0x32, 0x1C: 0x48}
"""Records that come in the code page, and again in UTF-16."""


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record of an uncompressed stream; the version has no size of its own."""
    at = 0
    while at < len(stream):
        number, size = struct.unpack_from("<HI", stream, at)
        size = 10 - 4 if number == 0x09 and size == 4 else size
        content = stream[at + 6 : at + 6 + size]
        assert len(content) == size, f"record {number:#x} ends behind the stream"
        yield number, content
        at += 6 + size


def broken_rules(found: list[tuple[int, bytes]], code_page: str = "cp1252") -> list[str]:
    """What in the records the specification does not have."""
    wrong = []
    said = "".join(f"{number:02X}:{10 if number == 0x09 else len(content)} " for number, content in found)
    if not WHOLE.fullmatch(said):
        wrong.append(f"the records stand as {said}")
    for (number, plain), (after, wide) in pairwise(found):
        if TWICE.get(number) == after and plain.decode(code_page) != wide.decode("utf-16-le"):
            wrong.append(f"record {number:#x} and its other spelling differ")
    held = dict(found)
    count = struct.unpack("<H", held.get(0x0F, bytes(2)).ljust(2, b"\0")[:2])[0]
    if count != sum(number == 0x19 for number, _ in found):
        wrong.append(f"{count} modules are counted")
    if held.get(0x01) not in (b"\0\0\0\0", b"\1\0\0\0", b"\3\0\0\0"):
        wrong.append("a system that is none")
    for number, content in found:
        if number == 0x0D:
            length = struct.unpack_from("<I", content)[0]
            if len(content) != 4 + length + 6 or content[4 + length :] != bytes(6):
                wrong.append("a reference of another length than it says")
    return wrong
