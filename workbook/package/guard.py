"""The one door through which a workbook comes in: tracker, template, file to import or copy.

Everything is decided before a cell is read, from the first bytes of the file and the list of parts in the zip, and
no part is inflated beyond the size that it declares. So a damaged, locked or hostile file costs neither time nor
memory. What cannot be read is refused with one plain sentence.
"""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook.model.problem import CannotDo
from workbook.package.addresses import as_utf8, far_address
from workbook.package.file_bytes import MEGABYTE, bytes_of
from workbook.package.file_kinds import OLE, ZIP, looks_like_text, other_kind
from workbook.package.part_list import Limits, checked_parts, refuse_crowds, swollen

#: A tracker of 20,000 learners with all formulas; its sheets are never held whole.
TRACKER = Limits(parts=60_000, part=2048 * MEGABYTE, total=6 * 1024 * MEGABYTE)
#: A template is a few pages; it is read whole, and copied for each learner.
TEMPLATE = Limits(parts=4_000, part=48 * MEGABYTE, total=128 * MEGABYTE)
#: What is read whole: strings, styles, outlines.
MAX_WHOLE = 400 * MEGABYTE
CHUNK, PIECE = MEGABYTE // 2, MEGABYTE // 4  # small enough to stay close to the processor

_END_OF_DIRECTORY = b"PK\x05\x06"


@dataclass
class GuardedFile:
    """The file of a workbook, read once into memory: its bytes and the parts of its zip."""

    path: Path
    data: bytes = field(repr=False)
    parts: dict[str, zipfile.ZipInfo] = field(repr=False)
    near: set[str] = field(default_factory=set, repr=False)
    """The parts of which a reader has seen that every cell they speak of is one that a sheet has."""
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What readers have worked out of it, for those who ask again: its bytes never change."""

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def size(self, name: str) -> int:
        """Inflated bytes of a part, as declared; 0 for a part that is not there."""
        return self.parts[name].file_size if name in self.parts else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, piece by piece; raises `CannotDo` if damaged or larger than it says."""
        info = self.parts[name]
        stored = self.stored(name)
        left, check = info.file_size, 0
        deflated = info.compress_type == zipfile.ZIP_DEFLATED
        for chunk in _inflate(stored) if deflated else iter((bytes(stored),)):
            left -= len(chunk)
            if left < 0:
                raise swollen(self.path)
            check = zlib.crc32(chunk, check)
            yield chunk
        if left or check != info.CRC:
            raise damaged(self.path)

    def stored(self, name: str) -> memoryview:
        """The bytes of a part as they stand in the zip, past its header of 30 bytes, name and extras."""
        info = self.parts[name]
        head = self.data[info.header_offset : info.header_offset + 30]
        known = info.compress_type in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
        if not known or head[:4] != ZIP or len(head) < 30:
            raise damaged(self.path)
        name_length, extra_length = struct.unpack_from("<HH", head, 26)
        start = info.header_offset + 30 + name_length + extra_length
        stored = memoryview(self.data)[start : start + info.compress_size]
        if len(stored) < info.compress_size:
            raise damaged(self.path)
        return stored

    def content(self, name: str) -> bytes:
        """A whole part as it is; raises `CannotDo` if damaged, too large, or XML that speaks of far cells."""
        if self.size(name) > MAX_WHOLE:
            raise self.swollen()
        gathered = io.BytesIO()  # (to join pieces would hold a large part twice)
        for chunk in self.chunks(name):
            gathered.write(chunk)
        data = gathered.getvalue()
        if name not in self.near and (data.lstrip()[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff")):
            self.require_near(as_utf8(data), name)
            self.near.add(name)
        return data

    def read(self, name: str) -> bytes:
        """A whole part as UTF-8 XML; raises `CannotDo` also where it declares entities (Excel never does)."""
        data = as_utf8(self.content(name))
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.harmful()
        return data

    def require_near(self, xml: bytes, part: str) -> None:
        """Raise `CannotDo` where the XML of a part speaks of cells beyond XFD1048576."""
        far = far_address(xml)
        if far is not None:
            raise CannotDo(
                f"{self.path.name} was not opened, because its part {part[-60:]} speaks of {far[:24]}, beyond the last "
                "cell of a sheet (XFD1048576), which Excel never writes: ask for the file again from where it came."
            )

    def harmful(self) -> CannotDo:
        """The refusal of a file that holds what Excel never writes."""
        return CannotDo(
            f"{self.path.name} was not opened, because it holds XML entities, which Excel never writes and "
            "which can be harmful: ask for the file again from where it came."
        )

    def swollen(self) -> CannotDo:
        """The refusal of a file that holds far more than a workbook for this can."""
        return swollen(self.path)


def open_guarded(path: Path, limits: Limits = TRACKER) -> GuardedFile:
    """Read the file at `path` and list its parts; raises `CannotDo` with what is wrong and what to do."""
    return guarded(bytes_of(path), path, limits)


def guarded(data: bytes, path: Path, limits: Limits = TRACKER) -> GuardedFile:
    """The parts of a workbook that is in memory already; `path` is what it is called in a refusal."""
    _refuse_other_kinds(path, data)
    if not refuse_crowds(path, data, limits):
        raise damaged(path)
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise damaged(path) from error
    return GuardedFile(path, data, checked_parts(path, infos, limits))


def damaged(path: Path) -> CannotDo:
    """The refusal of a file that is cut short or broken."""
    return CannotDo(
        f"{path.name} is damaged or only part of it is here: take it again from where it came "
        "(in OneDrive: Version history), or open it in Excel and save it."
    )


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise CannotDo(
            f"{path.name} is protected with a password: open it in Excel, take the password off "
            "(File, Info, Protect Workbook) in a copy, and use the copy."
        )
    kind = other_kind(data)
    if kind:
        raise CannotDo(f"{path.name} is {kind}, not a workbook: name a workbook (.xlsx or .xlsm).")
    if data.startswith(OLE):
        raise CannotDo(
            f"{path.name} is an old Excel file (.xls) or no workbook: open it in Excel and save it as .xlsx."
        )
    if data.startswith(ZIP):
        return
    if path.name.startswith("~$"):
        raise CannotDo(f"{path.name} only marks that the workbook is open: name the workbook without ~$.")
    if _END_OF_DIRECTORY in data[:64] or not data.strip(b"\0"):
        raise damaged(path)
    if not data.strip():
        raise CannotDo(f"{path.name} holds nothing but blanks: take it again from where it came.")
    if not looks_like_text(data):
        raise CannotDo(f"{path.name} is not a workbook: name a workbook (.xlsx or .xlsm).")
    if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise CannotDo(f"{path.name} is a web page or XML, not a workbook: open it in Excel and save it as .xlsx.")
    raise CannotDo(
        f"{path.name} is a text file, not a workbook: name a workbook (.xlsx or .xlsm); mentorbook import brings its "
        "rows into a tracker."
    )


def _inflate(stored: memoryview) -> Iterator[bytes]:
    """Inflated pieces of at most `CHUNK` bytes; ends early where the data is broken, which the caller notices."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(stored), PIECE):
        waiting: bytes | memoryview = stored[start : start + PIECE]
        while waiting and not machine.eof:
            try:
                chunk = machine.decompress(waiting, CHUNK)
            except zlib.error:
                return
            waiting = machine.unconsumed_tail
            if chunk:
                yield chunk
    rest = machine.flush()
    if rest:
        yield rest
