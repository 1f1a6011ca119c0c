"""The compression that VBA keeps its sources in.

Source: [MS-OVBA] 2.4.1: chunks of 4,096 bytes, in which a run that occurred before is written as how far back it
lies and how long it is.
"""

from __future__ import annotations

import struct

_CHUNK = 4096
_SHORTEST = 3
_TRIES = 64  # places looked at for the longest run: enough for sources, and quick
_COMPRESSED, _RAW = 0xB000, 0x3000


def compress(data: bytes) -> bytes:
    """``data`` as a compressed container."""
    chunks = (_chunk(data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK))
    return b"\x01" + b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    body = bytearray()
    place = 0
    while place < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if place >= len(data):
                break
            length, back = _longest_run(data, place)
            if length >= _SHORTEST:
                flags |= 1 << bit
                tokens += struct.pack("<H", (back - 1) << (16 - _offset_bits(place)) | length - _SHORTEST)
                place += length
            else:
                tokens.append(data[place])
                place += 1
        body.append(flags)
        body += tokens
    if len(body) >= _CHUNK:
        return struct.pack("<H", _RAW | _CHUNK - 1) + data.ljust(_CHUNK, b"\0")
    return struct.pack("<H", _COMPRESSED | len(body) - 1) + body


def _offset_bits(place: int) -> int:
    """How many of a token's 16 bits say how far back: as many as the part of the chunk read so far needs."""
    return max((place - 1).bit_length(), 4)


def _longest_run(data: bytes, place: int) -> tuple[int, int]:
    """How long the longest run is that starts here and occurred before, and how far back it starts."""
    most = min((0xFFFF >> _offset_bits(place)) + _SHORTEST, len(data) - place)
    start = data[place : place + _SHORTEST]
    best, back = 0, 0
    before = data.rfind(start, 0, place + _SHORTEST - 1) if len(start) == _SHORTEST else -1
    for _ in range(_TRIES):
        if before < 0 or best == most:
            break
        length = _SHORTEST
        while length < most and data[before + length] == data[place + length]:
            length += 1
        if length > best:
            best, back = length, place - before
        before = data.rfind(start, 0, before + _SHORTEST - 1)
    return best, back
