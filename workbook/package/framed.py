"""Parts that begin and end alike: what they share is deflated once, and stands as it is in the stream of each."""

from __future__ import annotations

import struct
import zlib

from workbook.package.parts import QUICK, Member

_SMALL = 96
"""Bytes that are not worth deflating: they would hardly shrink."""


class Frame:
    """The head and the tail of parts that differ between the two only.

    A stream of deflated data is a row of blocks, each of which may have been made beforehand as long as it ends with
    a whole byte. What stands between head and tail may refer back to the head, which every reader has just read.
    """

    def __init__(self, head: bytes, tail: bytes) -> None:
        self._head, self._tail = head, tail
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._before = deflate.compress(head) + deflate.flush(zlib.Z_SYNC_FLUSH)
        self._after = zlib.compress(tail, 9, -zlib.MAX_WBITS)
        self._crc, self._size = zlib.crc32(head), len(head) + len(tail)

    def pack(self, name: str, middle: bytes) -> Member:
        """The part `name`: head, `middle` and tail, deflated quickly."""
        if len(middle) <= _SMALL:
            packed = struct.pack("<BHH", 0, len(middle), len(middle) ^ 0xFFFF) + middle
        else:
            deflate = zlib.compressobj(
                QUICK, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, self._head
            )
            packed = deflate.compress(middle) + deflate.flush(zlib.Z_SYNC_FLUSH)
        crc = zlib.crc32(self._tail, zlib.crc32(middle, self._crc))
        return Member(name, self._before + packed + self._after, crc, self._size + len(middle))
