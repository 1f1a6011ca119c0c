"""Files by odd names and of odd kinds: refused in a sentence, never waited for, never lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.commands.run import refused, run
from workbook.commands.ending import harmless
from workbook.package.backups import backups_of

# What Windows says of names: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
NAMES = (
    "CON.xlsx", "nul.xlsx", "com1.old.xlsx", "LPT¹.xlsx", "a:b.xlsx", "a*b.xlsx", "a?.xlsx", "a<b>.xlsx", 'a"b.xlsx',
    "a|b.xlsx", "t. .xlsx", "t .xlsx", " t.xlsx", "a\nb.xlsx", "a\x1b[31m.xlsx", "a\u202exslx.b.xlsx",
    "a\u200bb.xlsx", "x" * 230 + ".xlsx", "é" * 110 + ".xlsx", "\\\\server\\share\\t.xlsx", "", ".", "/",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_made_by_a_name_that_not_every_computer_has(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = refused(run("new", name))
    assert (len(said) < 200 and said.endswith("name.")) or "choose" in said or "is a folder" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Anna O'Neil & caf\u00e9.xlsx", "$HOME %APPDATA%.xlsx"])
def test_other_names_are_as_good_as_any(name: str, tmp_path: Path) -> None:
    assert run("new", tmp_path / name).code == 0 and (tmp_path / name).is_file()


def test_the_folder_of_reports_is_no_device(tracker: Path, tmp_path: Path) -> None:
    assert "Windows keeps" in refused(run("report", tracker, "--out", tmp_path / "AUX"))


def test_what_is_no_ordinary_file_is_never_waited_for(tracker: Path, tmp_path: Path) -> None:
    """A pipe was waited for without end, a device read without end."""
    os.mkfifo(pipe := tmp_path / "pipe.csv")
    (gone := tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    report = ("report", tracker, "--out", tmp_path / "out", "--password-file")
    bring = ("--into", "Learners", "--dry-run")
    asked = {
        pipe: (("import", tracker, pipe, *bring), ("import", tracker, tracker, "--map", pipe, *bring),
               (*report, pipe), (*report[:-1], "--logo", pipe)),
        Path("/dev/zero"): ((*report, "/dev/zero"), ("import", tracker, "/dev/zero", *bring)),
        tmp_path: (("import", tracker, tmp_path, *bring), (*report, tmp_path)),
        gone: (("check", gone), ("import", tracker, gone, *bring)),
    }  # fmt: skip
    for path, commands in asked.items():
        for words in commands:
            said = refused(run(*words))
            assert path.name in said and ("ordinary" in said or "folder" in said or "is a link" in said), said


def test_a_tracker_by_any_ending_is_kept_before_it_is_written_over(tracker: Path, tmp_path: Path) -> None:
    """Named .xls or .csv by mistake it was written over without a backup."""
    before = tracker.read_bytes()
    book = Path(shutil.copy(tracker, tmp_path / "tracker.xls"))
    assert run("update", book, "--replace").code == 0
    assert [one.read_bytes() for _, _, one in backups_of(book)] == [before]
    assert run("undo", book, "--replace").code == 0 and book.read_bytes() == before


def test_a_name_that_is_no_text_is_a_name(tracker: Path, tmp_path: Path) -> None:
    book = tmp_path / os.fsdecode(b"\xff\xfe.xlsx")
    try:
        shutil.copy(tracker, book)
    except OSError:
        pytest.skip("this drive has only names that are texts")
    assert run("backup", book).code == 0 and len(backups_of(book)) == 1


def test_no_sign_turns_the_order_of_letters_on_a_terminal() -> None:
    assert harmless("a\u202eb\u2066c\u2028d\u200fe\x9bf") == "abcd\u200fef"
