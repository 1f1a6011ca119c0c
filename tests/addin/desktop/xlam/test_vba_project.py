"""The VBA project as its specification has it, and its container as an independent library opens it."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import olefile
import pytest

from tests.addin.desktop.xlam.vba_records import broken_rules, records
from tests.addin.vba_host import decompress_stream


def container(path: Path) -> olefile.OleFileIO:
    """The project's container; any defect that olefile knows is an error."""
    with zipfile.ZipFile(path) as package, warnings.catch_warnings(action="error"):
        return olefile.OleFileIO(io.BytesIO(package.read("xl/vbaProject.bin")), raise_defects=olefile.DEFECT_UNSURE)


@pytest.fixture(params=["xlam", "xlsm"])
def project(request: pytest.FixtureRequest) -> olefile.OleFileIO:
    return container(request.getfixturevalue(request.param))


@pytest.fixture
def found(project: olefile.OleFileIO) -> list[tuple[int, bytes]]:
    return list(records(decompress_stream(bytearray(project.openstream("VBA/dir").read()))))


def test_the_container_has_no_defect_and_storages_as_excel_writes_them(project: olefile.OleFileIO) -> None:
    assert project.parsing_issues == []
    storages = [one for one in project.direntries if one is not None and one.entry_type == olefile.STGTY_STORAGE]
    assert [(one.name, one.isectStart, one.size) for one in storages] == [("VBA", 0, 0)]


def test_the_records_of_dir_stand_as_the_specification_has_them(
    project: olefile.OleFileIO, found: list[tuple[int, bytes]]
) -> None:
    assert broken_rules(found) == []
    streams = [content.decode("cp1252") for number, content in found if number == 0x1A]
    assert sorted(streams) == sorted(one[1] for one in project.listdir() if one[0] == "VBA" and one[1] not in (
        "dir", "_VBA_PROJECT"))  # fmt: skip
    offsets = [struct.unpack("<I", content)[0] for number, content in found if number == 0x31]
    for name, offset in zip(streams, offsets, strict=True):
        source = decompress_stream(bytearray(project.openstream(f"VBA/{name}").read()[offset:]))
        assert source.startswith(f'Attribute VB_Name = "{name}"'.encode())


def test_any_record_left_out_or_out_of_its_place_is_found(found: list[tuple[int, bytes]]) -> None:
    may_be_left_out = {0x47, 0x16, 0x3E, 0x0D}  # the second spelling of a name; a reference
    for at, (number, _) in enumerate(found):
        if number not in may_be_left_out:
            assert broken_rules([*found[:at], *found[at + 1 :]]), f"{number:#x} left out"
        if at and found[at - 1][0] != number:
            assert broken_rules([*found[: at - 1], found[at], found[at - 1], *found[at + 1 :]]), f"{number:#x} moved"
