"""The bare cost: pack the parts that differ from report to report and write the files, all of it known beforehand.

`python bare.py files|workbook LEARNERS.jsonl FOLDER COUNT`, where FOLDER holds the finished reports. Parts that all
reports share are carried packed; the others are packed at the level they came with. No less work gives those files.
"""

from __future__ import annotations

import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from clock import Job, report

LEVELS = {"files": 3, "workbook": 3}
"""zlib's levels as the engine uses them."""

Part = tuple[bytes, bytes | None]
"""Packed bytes with their header, and the unpacked bytes where they must be packed anew."""


def members(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(name, header, packed bytes) of each member of a zip that tells its sizes up front."""
    at = 0
    while content[at : at + 4] == b"PK\3\4":
        size, name_length, extra = struct.unpack("<I4xHH", content[at + 18 : at + 30])
        start = at + 30 + name_length + extra
        yield content[at + 30 : at + 30 + name_length], content[at:start], content[start : start + size]
        at = start + size


def parts_of(path: Path, shared: set[tuple[bytes, bytes]]) -> list[Part]:
    """What a report is made of: stretches to write as they are, and parts to pack."""
    content = path.read_bytes()
    found: list[Part] = []
    end = 0
    for name, header, packed in members(content):
        end += len(header) + len(packed)
        if (name, header[14:18]) in shared:
            found.append((header + packed, None))
        else:
            plain = zlib.decompress(packed, -15) if header[8] == 8 else packed
            found.append((header, plain))
    return [*found, (content[end:], None)]


def write(path: Path, parts: list[Part], level: int) -> None:
    with path.open("wb") as file:
        for known, plain in parts:
            file.write(known)
            if plain is not None:
                deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
                file.write(deflate.compress(plain) + deflate.flush())
                zlib.crc32(plain)


def _shared(paths: list[Path], mode: str) -> set[tuple[bytes, bytes]]:
    """Name and check sum of the parts that are packed already: those of all reports, or of all copies in one book."""
    first = [(name, header[14:18]) for name, header, _ in members(paths[0].read_bytes())]
    if mode == "files":
        return set(first) & {(name, header[14:18]) for name, header, _ in members(paths[-1].read_bytes())}
    often = Counter(check for _, check in first)
    return {(name, check) for name, check in first if often[check] > 1 or not re.search(rb"_r[0-9]+\.", name)}


def main() -> None:
    job = Job()
    paths = sorted(job.folder.glob("*.xlsx"))
    shared = _shared(paths, job.mode)
    wall = cpu = 0.0
    target = job.folder / "bare.part"
    for path in paths:
        parts = parts_of(path, shared)
        wall, cpu = wall - time.perf_counter(), cpu - time.process_time()
        write(target, parts, LEVELS[job.mode])
        wall, cpu = wall + time.perf_counter(), cpu + time.process_time()
        target.unlink()
    report(wall, cpu)


if __name__ == "__main__":
    main()
