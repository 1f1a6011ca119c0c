"""The list of parts at the end of a zip: refused where programs would disagree on it, or it promises too much."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.model.problem import CannotDo

#: Sheets compress 8 to 40 times, deflate's own limit is 1032 times. Small parts may do as they like.
MAX_RATIO = 200
RATIO_FROM = 32 * 1024 * 1024

_END_OF_DIRECTORY = b"PK\x05\x06"
_OUTSIDE = re.compile(r"^[/\\]|(^|[/\\])\.{1,2}([/\\]|$)|^[A-Za-z]:|\0")
_OTHER_PACKAGES = {"word/": "a Word document", "ppt/": "a PowerPoint file", "Index/": "a Numbers file"}


@dataclass(frozen=True)
class Limits:
    """How many parts a workbook may have, and how many bytes one of them and all together unpacked."""

    parts: int
    part: int
    total: int


def refuse_crowds(path: Path, data: bytes, limits: Limits) -> bool:
    """Refuse a list of parts too long to read; False where its end, 22 bytes that tell its length, is not there."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22:
        return False
    count, length = struct.unpack_from("<HI", data, end + 10)
    if count > limits.parts or 0xFFFFFFFF > length > limits.parts * 400:
        raise swollen(path)
    if length == 0xFFFFFFFF and b"PK\x06\x06" in data[-200:]:
        record = data.rfind(b"PK\x06\x06")
        if len(data) < record + 56 or struct.unpack_from("<Q", data, record + 32)[0] > limits.parts:
            raise swollen(path)
    return True


def checked_parts(path: Path, infos: list[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The parts of a workbook by name; raises `CannotDo` for names, sizes and kinds that no workbook has."""
    names = [info.filename.replace("\\", "/") for info in infos]
    if any(_OUTSIDE.search(name) for name in names):
        raise CannotDo(
            f"{path.name} was not opened, because it holds a part that would be written outside it, which "
            "Excel never does: ask for the file again from where it came."
        )
    if len({name.lower() for name in names}) != len(names):
        raise CannotDo(
            f"{path.name} holds the same part twice, so programs disagree on what it says: save it anew in Excel."
        )
    if any(info.flag_bits & 0x1 for info in infos):
        raise CannotDo(f"{path.name} is a zip with a password: unpack it, then name the workbook.")
    parts = {name: info for name, info in zip(names, infos, strict=True) if not name.endswith("/")}
    _refuse_bombs(path, parts.values(), limits)
    _refuse_other_packages(path, parts)
    return parts


def _refuse_bombs(path: Path, infos: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    total = 0
    for number, info in enumerate(infos, start=1):
        total += info.file_size
        deflated = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if deflated or info.file_size > limits.part or total > limits.total or number > limits.parts:
            raise swollen(path)


def _refuse_other_packages(path: Path, parts: dict[str, zipfile.ZipInfo]) -> None:
    if "xl/workbook.bin" in parts:
        raise CannotDo(f"{path.name} is a binary workbook (.xlsb): open it in Excel and save it as .xlsx.")
    other = any(name.startswith(sign) for name in parts for sign in _OTHER_PACKAGES)
    if "[Content_Types].xml" in parts and (not other or any(name.lower().endswith("workbook.xml") for name in parts)):
        return
    for sign, kind in _OTHER_PACKAGES.items():
        if any(name.startswith(sign) for name in parts):
            raise CannotDo(f"{path.name} is {kind}, not a workbook: name a workbook (.xlsx or .xlsm).")
    if "mimetype" in parts and parts["mimetype"].file_size < 200:
        raise CannotDo(f"{path.name} is an OpenDocument file (.ods): open it and save it as .xlsx.")
    raise CannotDo(f"{path.name} is a zip file but not a workbook: name a workbook (.xlsx or .xlsm).")


def swollen(path: Path) -> CannotDo:
    """The refusal of a file that promises far more than a workbook for this can hold."""
    return CannotDo(
        f"{path.name} would unpack to far more than such a workbook can hold, so it was not opened: "
        "check where it came from, or copy what you need into a new workbook."
    )
