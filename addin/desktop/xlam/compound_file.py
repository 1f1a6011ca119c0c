"""Writes a compound file: the small file system, of storages and streams, that a VBA project is kept in.

Source: [MS-CFB], version 3 (sectors of 512 bytes; streams under 4,096 bytes lie together in a stream of their own).
The same contents give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, Union

Storage: TypeAlias = Mapping[str, Union[bytes, "Storage"]]

_SECTOR, _MINI, _SMALL = 512, 64, 4096
_FREE, _END, _IS_TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_TABLES = 109  # as many sectors of the table as the header names: 6.8 MB, far more than any project
_IS_STORAGE, _IS_STREAM, _IS_ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    data: bytes = b""
    start: int = _END
    size: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    colour: int = _BLACK

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        tree = struct.pack("<BBIII", self.kind, self.colour, self.left, self.right, self.child)
        return struct.pack("<64sH", name, len(name)) + tree + bytes(36) + struct.pack("<IQ", self.start, self.size)


def compound_file(root: Storage) -> bytes:
    """The compound file that holds ``root``: names with bytes (a stream) or with further names (a storage)."""
    entries = [_Entry("Root Entry", _IS_ROOT)]
    entries[0].child = _list(root, entries)
    sectors = _Sectors()
    mini_table = _place_streams(entries, sectors)
    mini_start = sectors.add(mini_table) if mini_table else _END
    lines = b"".join(entry.packed() for entry in entries)
    blank = struct.pack("<64sHBBIII", b"", 0, 0, 0, _NONE, _NONE, _NONE) + bytes(48)
    lines += blank * (-len(entries) % (_SECTOR // len(blank)))
    directory_start = sectors.add(lines)
    tables = sectors.close()
    header = _SIGNATURE + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<6I", 0, len(tables), directory_start, 0, _SMALL, mini_start)
    header += struct.pack("<3I", len(mini_table) // _SECTOR, _END, 0)
    header += struct.pack(f"<{_MOST_TABLES}I", *tables, *[_FREE] * (_MOST_TABLES - len(tables)))
    return header + bytes(sectors.data)


def _list(storage: Storage, entries: list[_Entry]) -> int:
    """Add what a storage holds to the directory; gives the top of its tree, which is sorted by length, then name."""
    places = []
    for name in sorted(storage, key=lambda name: (len(name), name.upper())):
        held = storage[name]
        places.append(len(entries))
        if isinstance(held, bytes):
            entries.append(_Entry(name, _IS_STREAM, held, size=len(held)))
        else:
            entry = _Entry(name, _IS_STORAGE, start=0)  # [MS-CFB] 2.6.3: zero for a storage, as Excel writes it
            entries.append(entry)
            entry.child = _list(held, entries)
    return _tree(places, entries, depth=(len(places) + 1).bit_length() - 1)


def _tree(places: list[int], entries: list[_Entry], depth: int) -> int:
    """A balanced tree of entries. Only its lowest level, which may have gaps, is red, as a red-black tree wants it."""
    if not places:
        return _NONE
    middle = len(places) // 2
    entry = entries[places[middle]]
    entry.left = _tree(places[:middle], entries, depth - 1)
    entry.right = _tree(places[middle + 1 :], entries, depth - 1)
    entry.colour = _RED if depth == 0 else _BLACK
    return places[middle]


class _Sectors:
    """Sectors one after the other, and the table that says which follows which."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._next: list[int] = []

    def add(self, data: bytes) -> int:
        """Write ``data`` into sectors of its own; gives the first."""
        first = len(self._next)
        count = -(-len(data) // _SECTOR)
        self.data += data.ljust(count * _SECTOR, b"\0")
        self._next += [*range(first + 1, first + count), _END]
        return first

    def close(self) -> list[int]:
        """Write the table itself; gives the sectors it takes."""
        per_sector = _SECTOR // 4
        count = 1
        while count * per_sector < len(self._next) + count:
            count += 1
        if count > _MOST_TABLES:
            raise ValueError("the project is larger than a compound file without further tables can be")
        places = list(range(len(self._next), len(self._next) + count))
        self._next += [_IS_TABLE] * count
        self._next += [_FREE] * (count * per_sector - len(self._next))
        self.data += struct.pack(f"<{len(self._next)}I", *self._next)
        return places


def _place_streams(entries: list[_Entry], sectors: _Sectors) -> bytes:
    """Give every stream its place; gives the table of the small ones, filled up to whole sectors."""
    small, following = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _IS_STREAM or not entry.data:
            continue
        if entry.size >= _SMALL:
            entry.start = sectors.add(entry.data)
            continue
        entry.start = len(following)
        count = -(-entry.size // _MINI)
        small += entry.data.ljust(count * _MINI, b"\0")
        following += [*range(entry.start + 1, entry.start + count), _END]
    if not small:
        return b""
    entries[0].start, entries[0].size = sectors.add(bytes(small)), len(small)
    table = struct.pack(f"<{len(following)}I", *following)
    return table + b"\xff" * (-len(table) % _SECTOR)
