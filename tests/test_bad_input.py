from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.trackers import write_tracker
from workbook.files.read import read
from workbook.model import CannotDo, Tracker, defaults, sheet
from workbook.model.tracker import Table

SECONDS, MEGABYTES = 5, 1024
"""Of the processor, so that a busy machine does not fail the tests."""


def learners(count: int = 3) -> Tracker:
    tracker = defaults.new()
    rows = [
        {"learner_id": f"L{n:03}", "first_name": "A", "surname": "B", "year": 10, "form": "10A"} for n in range(count)
    ]
    tracker.tables["Learners"] = Table.of(sheet("Learners"), rows)
    return tracker


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tracker(tmp_path_factory.mktemp("good") / "good.xlsx", learners())


def refusal(path: Path) -> str:
    """The one sentence that a file is refused with."""
    start = time.process_time()
    with pytest.raises(CannotDo) as caught:
        read(path)
    assert time.process_time() - start < SECONDS
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text and ". " not in text.replace("e. ", "")
    assert ":" in text, "says what to do"
    return text


def with_parts(source: Path, target: Path, **changed: bytes | None) -> Path:
    """A copy of a workbook with some parts changed (by the end of their name) or left out (None)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            name = info.filename
            match = next((key for key in changed if name.replace("/", "_").replace(".", "_").endswith(key)), None)
            if match is None:
                new.writestr(name, old.read(name))
            elif changed[match] is not None:
                new.writestr(name, changed[match] or b"")
    return target


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
        (b"<html><table></table></html>", "a text file"),
        (b"\x00\x01\x02" * 50, "not a workbook"),
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


def big_sheet(rows: str, name: str = "Learners") -> bytes:
    head = "".join(
        f'<c r="{"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]}4" t="inlineStr"><is><t>{column.header}</t></is></c>'
        for place, column in enumerate(sheet(name).columns)
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="4">{head}</row>{rows}</sheetData></worksheet>'
    ).encode()


def sheet_part(path: Path, name: str) -> str:
    order = [one.title for one in openpyxl.load_workbook(path, read_only=True).worksheets]
    return f"worksheets_sheet{order.index(name) + 1}_xml"


def rows_read(path: Path) -> str:
    """Number of learners, seconds and megabytes at the peak of a process of its own that reads the file."""
    code = (
        "import pathlib, re, sys, time; start = time.process_time()\n"
        "from workbook.files.read import read\n"
        "tracker = read(sys.argv[1])\n"
        "seconds, status = time.process_time() - start, pathlib.Path('/proc/self/status')\n"
        "peak = re.search(r'VmHWM:\\s*(\\d+)', status.read_text()) if status.exists() else None\n"
        "print(len(tracker['Learners']), seconds, int(peak[1]) / 1024 if peak else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout


@pytest.mark.parametrize(
    "row",
    [
        '<row r="{n}" s="1" customFormat="1" ht="15" x14ac:dyDescent="0.3"/>',
        '<row r="{n}" spans="1:26">' + "".join(f'<c r="{c}{{n}}" s="1"/>' for c in "ABC") + "</row>",
    ],
    ids=["rows", "cells"],
)
def test_a_million_empty_formatted_rows(tmp_path: Path, good: Path, row: str) -> None:
    record = '<row r="5"><c r="A5" t="inlineStr"><is><t>L1</t></is></c></row>'
    xml = big_sheet(record + "".join(row.format(n=n) for n in range(6, 1_048_577)))
    path = with_parts(good, tmp_path / "t.xlsx", **{sheet_part(good, "Learners"): xml})
    count, seconds, megabytes = map(float, rows_read(path).split())
    assert count == 1 and seconds < SECONDS and megabytes < MEGABYTES


def test_a_stray_cell_in_the_far_corner(tmp_path: Path, good: Path) -> None:
    record = '<row r="5"><c r="A5" t="inlineStr"><is><t>L1</t></is></c><c r="XFD5"><v>1</v></c></row>'
    stray = '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    path = with_parts(good, tmp_path / "t.xlsx", **{sheet_part(good, "Learners"): big_sheet(record + stray)})
    count, seconds, megabytes = map(float, rows_read(path).split())
    assert count == 1 and seconds < SECONDS and megabytes < 200


def test_what_the_reader_of_parts_gives_back_is_what_is_in_the_zip(good: Path) -> None:
    from workbook.files.guard import open_guarded

    file = open_guarded(good)
    with zipfile.ZipFile(io.BytesIO(good.read_bytes())) as archive:
        for name in archive.namelist():
            assert file.read(name) == archive.read(name)


def spelt(xml: bytes, how: str) -> bytes:
    text = xml.decode()
    if how == "prefix":
        body = text[text.index("<worksheet") :]
        body = body.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        return body.replace("xmlns=", "xmlns:x=", 1).encode()
    if how == "utf-16":
        return text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    if how == "no addresses":
        import re

        return re.sub(r'<(row|c) r="[A-Z]*\d+"', r"<\1", text).encode()
    return text.replace('<c r="', '<c s="0" r="').encode()


@pytest.mark.parametrize("how", ["prefix", "utf-16", "order of attributes"])
def test_rare_spellings_of_the_same_sheet(tmp_path: Path, good: Path, how: str) -> None:
    part = sheet_part(good, "Learners")
    with zipfile.ZipFile(good) as archive:
        xml = archive.read(next(n for n in archive.namelist() if n.replace("/", "_").replace(".", "_").endswith(part)))
    tracker = read(with_parts(good, tmp_path / "t.xlsx", **{part: spelt(xml, how)}))
    assert tracker["Learners"].columns == learners()["Learners"].columns
    assert not tracker.problems


def test_a_sheet_whose_cells_bear_no_addresses(tmp_path: Path, good: Path) -> None:
    xml = big_sheet('<row r="5"><c t="inlineStr"><is><t>L1</t></is></c></row>')
    xml = spelt(xml, "no addresses").replace(b"<row>", b"<row/><row/><row/><row>", 1)
    tracker = read(with_parts(good, tmp_path / "t.xlsx", **{sheet_part(good, "Learners"): xml}))
    assert tracker["Learners"]["learner_id"] == ["L1"] and tracker["Learners"].rows == [5]
