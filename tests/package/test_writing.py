"""Files are written so that nothing is lost: rights, links, leftovers, who has it open, who saved it meanwhile."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.package.test_package import zipped
from workbook.model import CannotDo
from workbook.package import backups
from workbook.package.backups import backups_of, keep, thin_out
from workbook.package.beside import beside, sweep
from workbook.package.guard import open_guarded
from workbook.package.private import private_folder
from workbook.package.run import beginning
from workbook.package.writing import write_safely

MONDAY = date(2026, 9, 14)
needs_rights = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@needs_rights
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o664])
def test_rights_stay_also_those_of_the_backup(tmp_path: Path, rights: int) -> None:
    book = tmp_path / "t.xlsx"
    book.write_bytes(b"old")
    book.chmod(rights)
    with beginning(MONDAY):
        backup = write_safely(book, b"new", replace=True)
    assert backup is not None and backup.read_bytes() == b"old" and book.read_bytes() == b"new"
    assert mode(book) == mode(backup) == rights
    assert mode(keep(book, MONDAY)) == rights


@needs_rights
def test_what_is_made_from_a_private_tracker_is_private(tmp_path: Path) -> None:
    source = tmp_path / "t.xlsx"
    source.write_bytes(zipped({"xl/workbook.xml": b"<workbook/>"}))
    source.chmod(0o600)
    with beginning(MONDAY):
        open_guarded(source)
        write_safely(tmp_path / "report.pdf", b"x")
    write_safely(tmp_path / "copy.xlsx", b"x", source=open_guarded(source))
    assert mode(tmp_path / "report.pdf") == mode(tmp_path / "copy.xlsx") == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_safely(tmp_path / "link.txt", b"new", replace=True)
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_bytes() == b"new"


def test_what_a_killed_run_left_is_swept_and_what_is_being_made_stays(tmp_path: Path) -> None:
    program = f"""
import os, sys, time
from pathlib import Path
from typing import BinaryIO
from workbook.package.beside import beside
place = beside(Path({str(tmp_path / "t.xlsx")!r}))
place.write_bytes(b"half")
beside(place.with_name("folder")).mkdir()
print("ready", flush=True)
time.sleep(60)
"""
    writing = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert writing.stdout is not None and writing.stdout.readline()
    own = beside(tmp_path / "mine.xlsx")
    own.write_bytes(b"half")
    sweep(tmp_path)
    assert len(list(tmp_path.glob(".*.part"))) == 3
    writing.kill()
    writing.wait()
    writing.stdout.close()
    write_safely(tmp_path / "t.xlsx", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"t.xlsx", own.name}


@pytest.mark.parametrize(("sign", "program"), [("~$t.xlsx", "Excel"), (".~lock.t.xlsx#", "LibreOffice")])
def test_a_workbook_that_is_open_is_left_alone(tmp_path: Path, sign: str, program: str) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"old")
    (tmp_path / sign).write_bytes(b"")
    with pytest.raises(CannotDo, match=f"open in {program}"):
        write_safely(tmp_path / "t.xlsx", b"new", replace=True)
    assert (tmp_path / "t.xlsx").read_bytes() == b"old"


def test_a_file_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    book.write_bytes(zipped({"a": b"1"}))
    source = open_guarded(book)
    theirs = zipped({"a": b"2"})

    def write(file: object) -> None:
        book.write_bytes(theirs)  # between reading and renaming

    with pytest.raises(CannotDo, match="saved by someone else"):
        write_safely(book, write, replace=True, source=source, on=MONDAY)
    assert book.read_bytes() == theirs and list(tmp_path.iterdir()) == [book]


def _add_one(book: Path) -> bool:
    file = open_guarded(book)
    try:
        write_safely(book, zipped({"a": file.read("a") + b"1"}), replace=True, source=file, on=MONDAY)
    except CannotDo:
        return False
    return True


def test_of_many_writers_at_once_each_is_right_or_refused(tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    book.write_bytes(zipped({"a": b""}))
    with multiprocessing.get_context("fork").Pool(4) as pool:
        done = pool.map(_add_one, [book] * 40, chunksize=5)
    assert len(open_guarded(book).read("a")) == sum(done) == len(backups_of(book)) > 0


def test_a_ring_of_backups_by_number_and_age(tmp_path: Path) -> None:
    book = tmp_path / "My tracker.xlsx"
    for day, text in ((1, b"a"), (1, b"b"), (2, b"c"), (20, b"d")):
        book.write_bytes(text)
        keep(book, date(2026, 9, day))
    (tmp_path / "My tracker (backup of mine).xlsx").write_bytes(b"not ours")
    assert [path.read_bytes() for _, _, path in backups_of(book)] == [b"d", b"c", b"b", b"a"]
    assert {path.read_bytes() if path.exists() else None for path in thin_out(book, date(2026, 9, 20), 3, 365)} == {
        None
    }
    assert [path.read_bytes() for _, _, path in backups_of(book)] == [b"d", b"c", b"b"]
    thin_out(book, date(2027, 9, 20), 10, 30)
    assert [path.read_bytes() for _, _, path in backups_of(book)] == [b"d"], "the newest stays, however old"
    assert (tmp_path / "My tracker (backup of mine).xlsx").exists()


def test_half_a_backup_is_never_seen_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "t.xlsx"
    book.write_bytes(b"whole")
    seen: list[list[str]] = []

    def copied(source: BinaryIO, target: BinaryIO) -> None:
        target.write(source.read()[:2])
        seen.append([one.name for one in tmp_path.iterdir() if not one.name.endswith(".part")])
        raise KeyboardInterrupt

    monkeypatch.setattr("shutil.copyfileobj", copied)
    for write in (
        lambda: backups.keep(book, date(2026, 11, 27)),
        lambda: backups.remember(book, book, book.with_name("t (backup 2026-11-27).xlsx")),
    ):
        with pytest.raises(KeyboardInterrupt):
            write()
    assert seen == [["t.xlsx"], ["t.xlsx"]] and [one.name for one in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_drive_without_second_names_keeps_whole_backups_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "t.xlsx"
    book.write_bytes(b"whole")

    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    kept = [backups.keep(book, date(2026, 11, 27), leaving=leaving) for leaving in (True, False)]
    assert [one.name for one in kept] == ["t (backup 2026-11-27).xlsx", "t (backup 2026-11-27 2).xlsx"]
    assert all(one.read_bytes() == b"whole" for one in kept) and len(list(tmp_path.iterdir())) == 3


def test_a_full_folder_for_files_on_their_way_is_called_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A private folder has a name that nobody knows: what is full is the one around it."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "write", full)
    with private_folder() as room, pytest.raises(CannotDo) as why:
        write_safely(room / "t.xlsx", b"PK")
    assert str(why.value).startswith(f"{tmp_path}, this computer's folder for files being made, took none")
    assert not list(tmp_path.iterdir())
