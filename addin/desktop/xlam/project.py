"""Writes a VBA project from its sources alone, so that Excel compiles it when it is first opened.

Source: [MS-OVBA]. No compiled code is stored, as in the add-ins that xlwings itself ships: the version stream says
so (2.3.4.1), and every module's stream holds nothing but its compressed source (2.3.4.3). The same sources give the
same bytes.
"""

from __future__ import annotations

import hashlib
import re
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from addin.desktop.xlam.compound_file import compound_file
from addin.desktop.xlam.compression import compress

CODE_PAGE = "cp1252"
_NO_COMPILED_CODE = bytes.fromhex("cc61ffff000100")
_VERSION = (1_600_000_000, 1)  # of the project: fixed, so that the same sources give the same bytes
_WINDOWS = "{3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_ENGLISH = 0x409
_LIBRARIES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
    r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}


class Kind(Enum):
    """What a module is; the value is the class that it builds on."""

    STANDARD = ""
    WORKBOOK = "{00020819-0000-0000-C000-000000000046}"
    WORKSHEET = "{00020820-0000-0000-C000-000000000046}"


@dataclass(frozen=True)
class Module:
    """A module: its name, its source, and what it belongs to."""

    name: str
    source: str = ""
    kind: Kind = Kind.STANDARD

    def stored(self) -> str:
        """The source as the project holds it: with the attributes of its kind, lines ended as in Windows."""
        source = re.sub(r"\r\n|\r|\n", "\r\n", self.source)
        if self.kind is not Kind.STANDARD:
            return _document_attributes(self) + source
        title = f'Attribute VB_Name = "{self.name}"\r\n'
        return source if source.startswith("Attribute VB_Name") else title + source


def _document_attributes(module: Module) -> str:
    fixed = {
        "Base": f'"0{module.kind.value}"',
        "GlobalNameSpace": "False",
        "Creatable": "False",
        "PredeclaredId": "True",
        "Exposed": "True",
        "TemplateDerived": "False",
        "Customizable": "True",
    }
    lines = [f'Attribute VB_Name = "{module.name}"', *(f"Attribute VB_{key} = {value}" for key, value in fixed.items())]
    return "".join(line + "\r\n" for line in lines)


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """``vbaProject.bin`` for these modules. Raises UnicodeEncodeError for a character that VBA cannot hold."""
    streams: dict[str, bytes] = {module.name: compress(module.stored().encode(CODE_PAGE)) for module in modules}
    streams |= {"_VBA_PROJECT": _NO_COMPILED_CODE, "dir": compress(_directory(name, modules))}
    return compound_file({"VBA": streams, "PROJECT": _project(name, modules), "PROJECTwm": _names(modules)})


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    """What the project is, what it uses and which modules it has (2.3.4.2)."""
    code_page = int(CODE_PAGE.removeprefix("cp"))
    facts: list[tuple[int, bytes]] = [
        (0x01, struct.pack("<I", 3)),  # for 64-bit Windows
        (0x02, struct.pack("<I", _ENGLISH)),
        (0x14, struct.pack("<I", _ENGLISH)),
        (0x03, struct.pack("<H", code_page)),
        (0x04, name.encode(CODE_PAGE)),
        (0x05, b""), (0x40, b""),  # description
        (0x06, b""), (0x3D, b""),  # help file
        (0x07, bytes(4)), (0x08, bytes(4)),
    ]  # fmt: skip
    stream = b"".join(_record(*fact) for fact in facts)
    stream += struct.pack("<HIIH", 0x09, 4, *_VERSION)
    stream += _record(0x0C, b"") + _record(0x3C, b"")
    for library, where in _LIBRARIES.items():
        stream += _record(0x16, library.encode(CODE_PAGE)) + _record(0x3E, library.encode("utf-16-le"))
        stream += _record(0x0D, struct.pack("<I", len(where)) + where.encode(CODE_PAGE) + bytes(6))
    stream += _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    return stream + b"".join(map(_module_record, modules)) + _record(0x10, b"")


def _module_record(module: Module) -> bytes:
    plain, wide = module.name.encode(CODE_PAGE), module.name.encode("utf-16-le")
    stream = _record(0x19, plain) + _record(0x47, wide) + _record(0x1A, plain) + _record(0x32, wide)
    stream += _record(0x1C, b"") + _record(0x48, b"")  # description
    stream += _record(0x31, bytes(4)) + _record(0x1E, bytes(4)) + _record(0x2C, b"\xff\xff")
    return stream + _record(0x21 if module.kind is Kind.STANDARD else 0x22, b"") + _record(0x2B, b"")


def _project(name: str, modules: Sequence[Module]) -> bytes:
    """The stream PROJECT, in lines (2.3.1)."""
    identity = "{" + str(uuid.UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())).upper() + "}"
    lines = [f'ID="{identity}"']
    for module in modules:
        words = "Module={}" if module.kind is Kind.STANDARD else "Document={}/&H00000000"
        lines.append(words.format(module.name))
    lines += [
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_hidden(identity, bytes(4), 0xDD)}"',  # protection: none
        f'DPB="{_hidden(identity, bytes(1), 0xBA)}"',  # password: none
        f'GC="{_hidden(identity, bytes([0xFF]), 0x97)}"',  # visible
        "",
        "[Host Extender Info]",
        f"&H00000001={_WINDOWS}",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode(CODE_PAGE)


def _names(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm: each module's name in both spellings (2.3.3)."""
    both = (module.name.encode(CODE_PAGE) + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules)
    return b"".join(both) + b"\0\0"


def _hidden(identity: str, data: bytes, seed: int) -> str:
    """``data`` as the stream PROJECT writes it, enciphered with the project's identity (2.4.3.2)."""
    key = sum(identity.encode()) & 0xFF
    written = [seed, seed ^ 2, seed ^ key]
    plain, two_back, one_back = key, written[1], written[2]
    filler = bytes((seed & 6) // 2)
    for byte in filler + struct.pack("<I", len(data)) + data:
        enciphered = byte ^ ((two_back + plain) & 0xFF)
        written.append(enciphered)
        two_back, one_back, plain = one_back, enciphered, byte
    return bytes(written).hex().upper()
