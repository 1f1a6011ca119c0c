from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.reading.bad_files import learners, refusal, with_parts
from tests.trackers import write_tracker
from workbook.model import CannotDo
from workbook.reading.read import read


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tracker(tmp_path_factory.mktemp("good") / "good.xlsx", learners())


def test_no_such_file_names_the_one_that_is_there(tmp_path: Path, good: Path) -> None:
    (tmp_path / "Tracker 2026.xlsx").write_bytes(good.read_bytes())
    assert "did you mean Tracker 2026.xlsx?" in refusal(tmp_path / "Tracker2026.xlsx")
    assert "no file" in refusal(tmp_path / "nowhere" / "x.xlsx")
    assert "cannot be read" in refusal(tmp_path / ("x" * 300 + ".xlsx"))


def test_a_folder(tmp_path: Path, good: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(good.read_bytes())
    assert "is a folder" in refusal(tmp_path) and "t.xlsx" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Learner ID,Name\nL1,Amira\n", "a text file"),
        ("Learner ID\tName\n".encode("utf-16"), "a text file"),
        (b"<html><table></table></html>", "a web page"),
        (b"\x00\x01\x02" * 50, "not a workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture, not"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture, not"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "a picture, not"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a video"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF, not"),
        (b"{\\rtf1\\ansi}", "a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (b"ID3,Name\nL1,Amira\n", "a text file"),
        (b"\r\n  \n", "nothing but blanks"),
        (bytes(4096), "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_the_mark_of_an_open_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$tracker.xlsx"
    path.write_bytes(b"\x05Mentor" + bytes(158))
    assert "without ~$" in refusal(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short(tmp_path: Path, good: Path, share: float) -> None:
    data = good.read_bytes()
    path = tmp_path / "t.xlsx"
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refusal(path)


def test_every_byte_may_be_wrong(tmp_path: Path, good: Path) -> None:
    """A damaged file is read or refused, but nothing else happens."""
    data = good.read_bytes()
    path = tmp_path / "t.xlsx"
    for place in range(0, len(data), len(data) // 80):
        spoilt = bytearray(data)
        spoilt[place] ^= 0xFF
        path.write_bytes(spoilt)
        try:
            read(path)
        except CannotDo as refused:
            assert str(refused).endswith(".")


def test_a_password(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "t.xlsx"
    with path.open("wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(good.open("rb")).encrypt("secret", out)
    assert "protected with a password" in refusal(path)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, ".ods"),
        ({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}, ".xlsb"),
        ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}, "Word"),
        ({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<x/>"}, "PowerPoint"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, ".odt"),
        ({"Index/Document.iwa": b"x"}, "Numbers"),
        ({"holiday.jpg": b"x"}, "not a workbook"),
    ],
)
def test_zips_of_other_kinds(tmp_path: Path, parts: dict[str, bytes], words: str) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    assert words in refusal(path)


def test_a_workbook_without_a_trackers_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Budget"
    book.save(tmp_path / "t.xlsx")
    assert "none of a tracker's sheets (it has Budget)" in refusal(tmp_path / "t.xlsx")


def test_sheets_that_only_share_their_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Learners"
    book.active.append(["Pupil", "Class"])
    book.create_sheet("Progress").append(["Pupil", "Grade"])
    book.save(tmp_path / "t.xlsx")
    assert "more than half of the headings" in refusal(tmp_path / "t.xlsx")


def test_missing_sheets_are_problems(tmp_path: Path) -> None:
    path = write_tracker(tmp_path / "t.xlsx", learners(), sheets=["Learners", "Settings"])
    tracker = read(path)
    gone = {problem.sheet for problem in tracker.problems if problem.code == "sheet-missing"}
    assert {"Progress", "Registers", "Codes"} <= gone and "Learners" not in gone
    assert len(tracker["Progress"]) == 0


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "..\\evil.xml", "C:\\evil.xml", "xl/../../x"])
def test_parts_outside_the_file(tmp_path: Path, good: Path, name: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(good.read_bytes())
    with zipfile.ZipFile(path, "a") as out:
        out.writestr(name, b"x")
    assert "outside it" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(good.read_bytes())
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("xl/workbook.xml", b"<x/>")
    assert "same part twice" in refusal(path)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9))
    + b"]><worksheet><sheetData><row r='1'><c r='A1'>&a8;</c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize("part", ["xl_workbook_xml", "worksheets_sheet3_xml", "sharedStrings_xml", "tables_table3_xml"])
def test_entities_that_blow_up(tmp_path: Path, good: Path, part: str) -> None:
    assert "XML entities" in refusal(with_parts(good, tmp_path / "t.xlsx", **{part: LAUGHS}))


def test_a_bomb_that_says_so(tmp_path: Path, good: Path) -> None:
    path = with_parts(good, tmp_path / "t.xlsx", sheet3_xml=b"<worksheet>" + b" " * 100_000_000)
    assert path.stat().st_size < 1_000_000
    assert "unpack to far more" in refusal(path)


def test_a_bomb_that_hides_its_size(tmp_path: Path, good: Path) -> None:
    """The zip says 1,000 bytes; the stream goes on."""
    path = with_parts(good, tmp_path / "t.xlsx", sheet3_xml=b"<worksheet><sheetData>" + b" " * 60_000_000)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet3.xml")
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := data.find(signature, place + 1)) >= 0:
            if struct.unpack_from("<I", data, place + offset)[0] == info.file_size:
                struct.pack_into("<I", data, place + offset, 1000)
    path.write_bytes(data)
    assert "unpack to far more" in refusal(path)


def test_a_bomb_of_many_parts(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 65_535
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(entries), 4, 0)
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"PK\x03\x04" + entries + end)
    assert "unpack to far more" in refusal(path)


def test_no_right_to_read(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "close it where it is open" in refusal(good)
