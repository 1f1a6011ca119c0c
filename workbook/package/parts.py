"""The workbook as a package: a zip of parts.

A part that nobody changes is carried from one package into the next still compressed, so a chart, a picture
or a macro comes out byte for byte as it went in, and costs next to nothing.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from workbook.model import CannotDo
from workbook.model.settings_sheets import refusal, settings_sheets
from workbook.package import xml_tree as tree
from workbook.package.guard import TRACKER, GuardedFile, guarded, open_guarded
from workbook.package.meanwhile import Beside, at_once
from workbook.package.part_list import Limits
from workbook.package.relationships import CONTENT_TYPES, Relationship, relationships_in, relationships_name

QUICK = 3
"""zlib's level for what is packed for each learner: half the time of 6, a tenth more bytes."""

_LARGE, _RUN = 32 * 1024 * 1024, 2 * 1024 * 1024
_DEFLATED = 8
_FIRST_DAY = 33  # 1 January 1980 as a zip date: the same parts give the same bytes on every day
_UTF8_NAME = 0x800
_MOST_MEMBERS = 0xFFFF


class Member(NamedTuple):
    """A part as it lies in a zip: `data` is packed by `method` (0 stored, 8 deflated), `size` is unpacked."""

    name: str
    data: bytes
    crc: int
    size: int
    method: int = _DEFLATED


def pack(name: str, data: bytes, level: int = 6) -> Member:
    """`data` deflated as a member; `level` is zlib's, 1 quick to 9 small."""
    return Member(name, zlib.compress(data, level, -zlib.MAX_WBITS), zlib.crc32(data), len(data))


def pack_pieces(name: str, pieces: Iterable[bytes], level: int, beside: Beside = at_once) -> Member:
    """The same for what comes piece by piece and is never held whole; packed ``beside`` the making of what follows."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed, crc, size = list[bytes](), 0, 0

    def take(run: bytes) -> None:
        nonlocal crc, size
        packed.append(deflate.compress(run))
        crc, size = zlib.crc32(run, crc), size + len(run)

    last = at_once(partial(take, b""))
    for run in _runs(pieces):
        last()
        last = beside(partial(take, run))
    last()
    return Member(name, b"".join((*packed, deflate.flush())), crc, size)


def _runs(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces put together until they are worth a thread's beginning."""
    run, size = list[bytes](), 0
    for piece in pieces:
        run.append(piece)
        size += len(piece)
        if size >= _RUN:
            yield b"".join(run)
            run, size = [], 0
    yield b"".join(run)


class Package:
    """The parts of an .xlsx or .xlsm file, which came in through the guard, to be looked into and carried on.

    One with a sheet that a program would take for its settings or for code is refused, so that nothing carries it on.
    """

    def __init__(self, source: GuardedFile | bytes, name: str = "The file") -> None:
        self._file = source if isinstance(source, GuardedFile) else guarded(source, Path(name))
        if CONTENT_TYPES not in self._file:
            raise CannotDo(f"{self._file.path.name} is a zip but not an Excel workbook: save it as .xlsx in Excel.")
        self._links: dict[str, Sequence[Relationship]] = {}
        self._by_lower = {part.lower(): part for part in self._file.parts}
        for sheet in settings_sheets(self._sheet_names()):
            raise CannotDo(refusal(self._file.path.name, sheet))

    @classmethod
    def open(cls, source: str | os.PathLike[str] | bytes, limits: Limits = TRACKER) -> Package:
        """Read a package from a file or from bytes. Raises CannotDo when it is not one."""
        if isinstance(source, bytes):
            return cls(guarded(source, Path("The file"), limits))
        return cls(open_guarded(Path(source), limits))

    def _sheet_names(self) -> list[str]:
        """The names of the workbook's sheets, as far as it has any that can be read."""
        try:
            main = next(link.target for link in self.relationships() if link.kind == "officeDocument")
            return [one.get("name", "") for one in tree.fromstring(self.read(main)).iter("{*}sheet")]
        except (StopIteration, CannotDo, tree.XMLSyntaxError):
            return []  # whoever needs the sheets says what is wrong

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order they lie in the file."""
        return list(self._file.parts)

    def find(self, name: str) -> str | None:
        """The part's name as it is spelt in the file (part names ignore case), or None."""
        return self._by_lower.get(name.lower())

    def read(self, name: str) -> bytes:
        """The part's bytes, unpacked. Raises CannotDo when the part is missing or damaged."""
        found = self.find(name)
        if found is None:
            raise CannotDo(f"{self._file.path.name} lacks its part {name}: open it in Excel and save it again.")
        return self._file.content(found)

    def tree(self, name: str) -> tree.Element:
        """The part's XML. Raises CannotDo, with the part's name, when it is missing, damaged or no XML."""
        try:
            return tree.fromstring(self.read(name))
        except tree.XMLSyntaxError as error:
            raise CannotDo(
                f"The part {name} of {self._file.path.name} cannot be read ({error.reason}): "
                "open it in Excel and save it again."
            ) from error

    def member(self, name: str) -> Member:
        """The part as it lies in the zip, still packed."""
        found = self.find(name) or name
        info = self._file.parts[found]
        return Member(name, bytes(self._file.stored(found)), info.CRC, info.file_size, info.compress_type)

    def anew(self, changed: Mapping[str, bytes], gone: Collection[str] = ()) -> Package:
        """The same package with parts written anew or added, and others left out; links to those are the caller's."""
        file = io.BytesIO()
        writer = PackageWriter(file)
        for name in self.names:
            if name not in changed and name not in gone:
                writer.put(self.member(name))
        for name, content in changed.items():
            writer.add(name, content)
        writer.close()
        return Package(file.getvalue(), self._file.path.name)

    def reached(self) -> list[str]:
        """The parts to which links lead, as they are spelt in the file, each once, in the order of the links."""
        found: dict[str, None] = {}
        waiting = [link.target for link in self.relationships() if not link.external]
        for target in waiting:  # (grows on the way)
            part = self.find(target)
            if part is not None and part not in found:
                found[part] = None
                waiting += [link.target for link in self.relationships(part) if not link.external]
        return list(found)

    def relationships(self, part: str = "") -> list[Relationship]:
        """The links that start at `part` ("" is the package itself), in file order."""
        if part not in self._links:
            found = self.find(relationships_name(part))
            self._links[part] = relationships_in(self.tree(found), part) if found is not None else ()
        return list(self._links[part])


class Beginning(NamedTuple):
    """The first members of a package as they lie in the file: what many packages share is put together once.

    `before` is what they stand behind, which many beginnings may share in turn.
    """

    data: bytes
    directory: tuple[bytes, ...]
    before: Beginning | None = None

    @classmethod
    def of(cls, members: Iterable[Member], before: Beginning | None = None) -> Beginning:
        """The members, in this order."""
        file = io.BytesIO()
        writer = PackageWriter(file)
        writer._offset = before.end if before else 0
        for member in members:
            writer.put(member)
        return cls(file.getvalue(), tuple(writer.directory), before)

    @property
    def end(self) -> int:
        """Where the next member begins."""
        return len(self.data) + (self.before.end if self.before else 0)


def rewrite(package: Package, parts: Mapping[str, bytes | Member], out: BinaryIO) -> None:
    """Write a package again with ``parts`` in place of its own or behind them, all others still packed.

    An empty one is left out.
    """
    writer = PackageWriter(out)
    more = [name for name in parts if not package.find(name)]
    for name in (*package.names, *more):
        part = parts.get(name)
        if part is None:
            writer.put(package.member(name))
        elif part:
            writer.put(part if isinstance(part, Member) else pack(name, part, level_for(len(part))))
    writer.close()


def level_for(size: int) -> int:
    """How hard to pack a part: for a large sheet half the time counts more than a quarter of its bytes."""
    return QUICK if size > _LARGE else 6


class PackageWriter:
    """Writes members one after the other into a file that need not be able to seek."""

    def __init__(self, file: BinaryIO, beginning: Beginning | None = None) -> None:
        self._file = file
        self.directory: list[bytes] = []
        self._offset = 0
        if beginning:
            self._begin(beginning)

    def _begin(self, beginning: Beginning) -> None:
        if beginning.before:
            self._begin(beginning.before)
        self._file.write(beginning.data)
        self.directory += beginning.directory
        self._offset = beginning.end

    def put(self, member: Member) -> None:
        """Write a member as it is packed."""
        name = member.name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        packed = len(member.data)
        common = struct.pack(
            "<4HIIIHH", flags, member.method, 0, _FIRST_DAY, member.crc, packed, member.size, len(name), 0
        )
        header = b"PK\x03\x04\x14\x00" + common + name
        self._file.write(header)
        self._file.write(member.data)
        self.directory.append(
            b"PK\x01\x02\x14\x00\x14\x00" + common + struct.pack("<3H2I", 0, 0, 0, 0, self._offset) + name
        )
        self._offset += len(header) + packed

    def add(self, name: str, data: bytes, level: int = 6) -> None:
        """Pack `data` and write it as the part `name`."""
        self.put(pack(name, data, level))

    def close(self) -> None:
        """Write the directory. The file stays open."""
        directory, count = b"".join(self.directory), len(self.directory)
        if count >= _MOST_MEMBERS or self._offset >= 1 << 32:
            raise CannotDo("That is more than one workbook can hold: make fewer sheets, for instance form by form.")
        self._file.write(directory)
        self._file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), self._offset, 0))
