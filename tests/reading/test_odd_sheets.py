"""Sheets that are huge, sparse or rarely spelt: read within seconds, and rightly."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.reading.bad_files import MEGABYTES, SECONDS, learners, with_parts
from tests.trackers import write_tracker
from workbook.model import CannotDo, sheet
from workbook.reading.read import read


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tracker(tmp_path_factory.mktemp("good") / "good.xlsx", learners())


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
        "from workbook.reading.read import read\n"
        "tracker = read(sys.argv[1])\n"
        "seconds, status = time.process_time() - start, pathlib.Path('/proc/self/status')\n"
        "peak = re.search(r'VmHWM:\\s*(\\d+)', status.read_text()) if status.exists() else None\n"
        "print(len(tracker['Learners']), seconds, int(peak[1]) / 1024 if peak else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout


@pytest.mark.slow
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
    from workbook.package.guard import open_guarded

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


@pytest.mark.parametrize("row", ['<row r="A0"/>', '<row r="0"><c r="A0"><v>1</v></c></row>'])
def test_a_row_nought_is_damage_and_said(tmp_path: Path, good: Path, row: str) -> None:
    path = with_parts(good, tmp_path / "t.xlsx", **{sheet_part(good, "Learners"): big_sheet(row)})
    with pytest.raises(CannotDo, match="damaged"):
        read(path)
