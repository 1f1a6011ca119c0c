"""Open a workbook file safely: what cannot be read is refused with one plain sentence.

Everything is decided before a cell is read, from the first bytes of the file and the list of parts in the zip,
and no part is inflated beyond the size that it declares. So a damaged, locked or hostile file costs neither time
nor memory.
"""

from __future__ import annotations

import difflib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbook.model.problem import CannotDo

MEGABYTE = 1024 * 1024
MAX_FILE = 300 * MEGABYTE
MAX_PARTS = 60_000
MAX_PART = 2048 * MEGABYTE  # 20,000 learners with all formulas; sheets are never held whole
MAX_TOTAL = 6 * 1024 * MEGABYTE
#: Sheets compress 8 to 40 times, deflate's own limit is 1032 times. Small parts may do as they like.
MAX_RATIO = 200
RATIO_FROM = 32 * MEGABYTE
#: What is read whole: strings, styles, outlines.
MAX_WHOLE = 400 * MEGABYTE
CHUNK, PIECE = 4 * MEGABYTE, MEGABYTE // 4

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_END_OF_DIRECTORY = b"PK\x05\x06"
_OTHER_PACKAGES = {"word/": "a Word document", "ppt/": "a PowerPoint file", "Index/": "a Numbers file"}


@dataclass
class GuardedFile:
    """The file of a workbook, read once into memory: its bytes and the parts of its zip."""

    path: Path
    data: bytes = field(repr=False)
    parts: dict[str, zipfile.ZipInfo] = field(repr=False)

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def size(self, name: str) -> int:
        """Inflated bytes of a part, as declared; 0 for a part that is not there."""
        return self.parts[name].file_size if name in self.parts else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, piece by piece; raises `CannotDo` if damaged or larger than it says."""
        info = self.parts[name]
        stored = self._stored(info)
        left, check = info.file_size, 0
        deflated = info.compress_type == zipfile.ZIP_DEFLATED
        for chunk in _inflate(stored) if deflated else iter((bytes(stored),)):
            left -= len(chunk)
            if left < 0:
                raise _bomb(self.path)
            check = zlib.crc32(chunk, check)
            yield chunk
        if left or check != info.CRC:
            raise damaged(self.path)

    def _stored(self, info: zipfile.ZipInfo) -> memoryview:
        """The bytes of a part as they stand in the zip, past its header of 30 bytes, name and extras."""
        head = self.data[info.header_offset : info.header_offset + 30]
        known = info.compress_type in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
        if not known or head[:4] != _ZIP or len(head) < 30:
            raise damaged(self.path)
        name_length, extra_length = struct.unpack_from("<HH", head, 26)
        start = info.header_offset + 30 + name_length + extra_length
        return memoryview(self.data)[start : start + info.compress_size]

    def read(self, name: str) -> bytes:
        """A whole part as UTF-8 XML; raises `CannotDo` if damaged or if it declares entities (Excel never does)."""
        if self.size(name) > MAX_WHOLE:
            raise self.swollen()
        data = b"".join(self.chunks(name))
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = data.decode("utf-16", errors="replace").encode()
            data = re.sub(rb"^<\?xml[^>]*\?>", b"", data)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.harmful()
        return data

    def harmful(self) -> CannotDo:
        """The refusal of a file that holds what Excel never writes."""
        return CannotDo(
            f"{self.path.name} was not opened, because it holds XML entities, which Excel never writes and "
            "which can be harmful: ask for the tracker again from where it came."
        )

    def swollen(self) -> CannotDo:
        """The refusal of a file that holds far more than a tracker can."""
        return _bomb(self.path)


def open_guarded(path: Path) -> GuardedFile:
    """Read the file at `path` and list its parts; raises `CannotDo` with what is wrong and what to do."""
    data = _bytes_of(path)
    _refuse_other_kinds(path, data)
    _refuse_crowds(path, data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise damaged(path) from error
    parts = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    _refuse_odd_parts(path, archive.infolist())
    _refuse_bombs(path, parts.values())
    _refuse_other_packages(path, parts)
    return GuardedFile(path, data, parts)


def damaged(path: Path) -> CannotDo:
    """The refusal of a file that is cut short or broken."""
    return CannotDo(
        f"{path.name} is damaged or only part of it is here: take it again from where it came "
        "(in OneDrive: Version history), or open it in Excel and save it."
    )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CannotDo(f"{path} is a folder: name the workbook inside it{_example(path)}.")
        if not path.exists():
            raise CannotDo(f"There is no file {path}: check the name and the folder{_nearest(path)}.")
        if not path.is_file():
            raise CannotDo(f"{path} is not an ordinary file: name a workbook (.xlsx or .xlsm).")
        size = path.stat().st_size
        if size == 0:
            raise CannotDo(f"{path.name} is empty (0 bytes): take it again from where it came, or let OneDrive finish.")
        if size > MAX_FILE:
            raise CannotDo(
                f"{path.name} has {size // MEGABYTE} MB, more than a tracker can have "
                f"({MAX_FILE // MEGABYTE} MB): check that it is the right file."
            )
        return path.read_bytes()
    except PermissionError as error:
        raise CannotDo(
            f"{path.name} may not be read: close it where it is open, or ask for the right to read it."
        ) from error
    except (OSError, ValueError) as error:
        raise CannotDo(f"{str(path)[:200]} cannot be read: check the name, the drive and the network.") from error


def _example(folder: Path) -> str:
    books = sorted(p.name for p in folder.glob("*.xls[xm]") if not p.name.startswith("~$"))
    return f", for example {books[0]}" if books else ""


def _nearest(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = [p.name for p in path.parent.glob("*.xls[xm]") if not p.name.startswith("~$")]
    close = difflib.get_close_matches(path.name, names, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise CannotDo(
                f"{path.name} is protected with a password: open it in Excel, take the password off "
                "(File, Info, Protect Workbook) in a copy, and use the copy."
            )
        raise CannotDo(
            f"{path.name} is an old Excel file (.xls) or no workbook: open it in Excel and save it as .xlsx."
        )
    if data.startswith(_ZIP):
        return
    if path.name.startswith("~$"):
        raise CannotDo(f"{path.name} only marks that the workbook is open: name the workbook without ~$.")
    if _END_OF_DIRECTORY in data[:64]:
        raise damaged(path)
    kind = "a text file" if _looks_like_text(data[:4096]) else "not a workbook"
    raise CannotDo(f"{path.name} is {kind}, whatever its name says: open it in Excel and save it as .xlsx.")


def _looks_like_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\0" not in head and sum(byte < 9 for byte in head) == 0


def _refuse_crowds(path: Path, data: bytes) -> None:
    """Refuse a list of parts too long to read; 22 bytes at the end of a zip tell its length."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22:
        raise damaged(path)
    count, length = struct.unpack_from("<HI", data, end + 10)
    if count > MAX_PARTS or 0xFFFFFFFF > length > MAX_PARTS * 400:
        raise _bomb(path)
    if length == 0xFFFFFFFF and b"PK\x06\x06" in data[-200:]:
        record = data.rfind(b"PK\x06\x06")
        if len(data) < record + 56 or struct.unpack_from("<Q", data, record + 32)[0] > MAX_PARTS:
            raise _bomb(path)


def _refuse_odd_parts(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise CannotDo(
            f"{path.name} holds the same part twice, so programs disagree on what it says: save it anew in Excel."
        )
    for name in names:
        if name.startswith(("/", "\\")) or re.search(r"(^|[/\\])\.\.([/\\]|$)|^[A-Za-z]:", name):
            raise CannotDo(
                f"{path.name} was not opened, because it holds a part that would be written outside it, which "
                "Excel never does: ask for the tracker again from where it came."
            )
    if any(info.flag_bits & 0x1 for info in infos):
        raise CannotDo(f"{path.name} is a zip with a password: unpack it, then name the workbook.")


def _refuse_bombs(path: Path, infos: Iterable[zipfile.ZipInfo]) -> None:
    total = 0
    for info in infos:
        total += info.file_size
        swollen = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > MAX_PART or swollen or total > MAX_TOTAL:
            raise _bomb(path)


def _bomb(path: Path) -> CannotDo:
    return CannotDo(
        f"{path.name} would unpack to far more than a tracker can hold, so it was not opened: "
        "check where it came from, or copy its tables into a new tracker."
    )


def _refuse_other_packages(path: Path, parts: dict[str, zipfile.ZipInfo]) -> None:
    if "xl/workbook.bin" in parts:
        raise CannotDo(f"{path.name} is a binary workbook (.xlsb): open it in Excel and save it as .xlsx.")
    if "[Content_Types].xml" in parts and any(name.lower().endswith("workbook.xml") for name in parts):
        return
    for sign, kind in _OTHER_PACKAGES.items():
        if any(name.startswith(sign) for name in parts):
            raise CannotDo(f"{path.name} is {kind}, not a workbook: name the tracker (.xlsx or .xlsm).")
    if "mimetype" in parts and parts["mimetype"].file_size < 200:
        raise CannotDo(f"{path.name} is an OpenDocument file (.ods): open it and save it as .xlsx.")
    raise CannotDo(f"{path.name} is a zip file but not a workbook: name the tracker (.xlsx or .xlsm).")


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
