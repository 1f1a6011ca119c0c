"""Files handed over at once: what of a zip is taken, and what is refused with a sentence."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from addin.web.door import opened
from addin.web.door.office import packs
from workbook.model import CannotDo


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opened, "IN", tmp_path)
    return tmp_path


def zipped(path: Path, *names: str) -> str:
    with zipfile.ZipFile(path, "w") as packed:
        for number, name in enumerate(names):
            packed.writestr(name, f"{number}")
    return path.name


def test_workbooks_come_out_of_a_zip_whatever_folders_they_stand_in(room: Path) -> None:
    names = ("a.xlsx", "10A/a.xlsx", "../../b.XLSX", "C:\\packs\\c.xlsm", "~$a.xlsx", "__MACOSX/._a.xlsx", "notes.txt")
    (folder,) = packs.handed_over([zipped(room / "packs.zip", *names)])
    found = {path.name: path.read_text() for path in folder.iterdir()}
    assert found == {"a.xlsx": "0", "a (1).xlsx": "1", "b.XLSX": "2", "c.xlsm": "3"}
    assert {path.name for path in room.iterdir()} == {"packs.zip", "unpacked"}, "nothing is written outside"
    (room / "one.xlsx").write_bytes(b"one")
    assert packs.handed_over(["one.xlsx", "packs.zip"]) == [room / "one.xlsx", room / "unpacked" / "1"]


def test_a_zip_that_cannot_be_unpacked_is_a_sentence(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (room / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.xlsx", b"a" * 5_000)
    (room / "bad.zip").write_bytes(whole.getvalue().replace(b"a.xlsx", b"b.xlsx", 1))
    for name, words in (("cut.zip", "damaged, or no zip"), ("bad.zip", "damaged, or no zip")):
        with pytest.raises(CannotDo, match=words):
            packs.handed_over([name])
    with pytest.raises(CannotDo, match="holds no workbook"):
        packs.handed_over([zipped(room / "empty.zip", "notes.txt")])
    monkeypatch.setattr(packs, "MOST", 2)
    with pytest.raises(CannotDo, match="holds too much"):
        packs.handed_over([zipped(room / "many.zip", "a.xlsx", "b.xlsx", "c.xlsx")])
    with pytest.raises(CannotDo, match="did not arrive"):
        packs.handed_over(["../many.zip"])
    with pytest.raises(CannotDo, match="No file was chosen"):
        packs.handed_over([])


@pytest.mark.skipif(shutil.which("zip") is None, reason="the program zip makes a zip with a password")
def test_a_zip_with_a_password_is_a_sentence(room: Path) -> None:
    (room / "a.xlsx").write_bytes(b"a")
    subprocess.run(["zip", "-q", "-P", "secret", "locked.zip", "a.xlsx"], cwd=room, check=True)
    with pytest.raises(CannotDo, match="locked with a password"):
        packs.handed_over(["locked.zip"])
