"""Install and remove on made-up home folders: what was written, and that nothing is left."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

import mentorbook
import workbook
from addin.desktop.log import log_file
from addin.desktop.places import Places, System, places
from addin.desktop.setup import install as installing
from addin.desktop.setup.install import install, remove, usable_interpreter
from addin.desktop.setup.receipt import read_receipt
from addin.desktop.setup.settings_file import read_interpreter, read_settings, written
from addin.desktop.xlam.told import version_of
from tests.addin.paths import HOSTILE_MAC, HOSTILE_WINDOWS
from workbook.model import CannotDo

XLSTART = "AppData/Roaming/Microsoft/Excel/XLSTART/Mentorbook.xlam"
STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/Mentorbook.xlam"
LAYOUTS = {
    System.WINDOWS: {XLSTART, ".mentorbook/mentorbook.conf", ".mentorbook/installed.json"},
    System.MACOS: {
        STARTUP,
        "Library/Containers/com.microsoft.Excel/Data/mentorbook.conf",
        "Library/Application Support/Mentorbook/installed.json",
        "Library/Application Scripts/com.microsoft.Excel/mentorbook.applescript",
    },
}
both = pytest.mark.parametrize("system", list(System))


def below(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*")}


def files(folder: Path) -> set[str]:
    return {name for name in below(folder) if (folder / name).is_file()}


@both
def test_an_install_writes_these_files_and_no_other(system: System, tmp_path: Path) -> None:
    install(places(tmp_path, system))
    assert files(tmp_path) == LAYOUTS[system]


@both
def test_removal_leaves_an_empty_home(system: System, tmp_path: Path) -> None:
    where = places(tmp_path, system)
    install(where)
    gone = remove(where)
    assert {one.relative_to(tmp_path).as_posix() for one in gone} == LAYOUTS[system]
    assert below(tmp_path) == set()
    assert remove(where) == []


@both
def test_removal_leaves_what_was_there_before(system: System, tmp_path: Path) -> None:
    where = places(tmp_path, system)
    where.start_folder.mkdir(parents=True)
    personal = where.start_folder / "PERSONAL.XLSB"
    personal.write_bytes(b"macros of one's own")
    before = below(tmp_path)
    install(where)
    install(where)
    remove(where)
    assert below(tmp_path) == before
    assert personal.read_bytes() == b"macros of one's own"


def test_removal_takes_the_log_and_leaves_a_file_of_the_users_own(tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    install(where)
    where.log.parent.mkdir(parents=True)
    where.log.write_text("a line")
    (where.own_folder / "notes.txt").write_text("mine")
    remove(where)
    assert files(tmp_path) == {".mentorbook/notes.txt"} and not where.log.parent.exists()


def test_the_log_is_where_the_buttons_write_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for platform, system in (("win32", System.WINDOWS), ("darwin", System.MACOS)):
        monkeypatch.setattr(sys, "platform", platform)
        assert log_file() == places(tmp_path, system).log


def test_removal_works_without_a_receipt(tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    install(where)
    where.receipt.unlink()
    remove(where)
    assert files(tmp_path) == set()


def test_an_add_in_of_the_same_name_from_elsewhere_is_not_removed(tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    where.start_folder.mkdir(parents=True)
    where.addin.write_bytes(b"somebody else's")
    assert remove(where) == []
    with pytest.raises(CannotDo, match="--replace"):
        install(where)
    install(where, replace=True)
    assert version_of(where.addin) == workbook.__version__


@both
def test_the_settings_name_the_absolute_interpreter(system: System, tmp_path: Path) -> None:
    where = places(tmp_path, system)
    install(where)
    name = {System.WINDOWS: "INTERPRETER_WIN", System.MACOS: "INTERPRETER_MAC"}[system]
    assert read_settings(where.settings_file) == {name: str(Path(sys.executable).absolute())}


def test_each_line_of_the_settings_is_one_that_vba_reads(tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    install(where)
    text = where.settings_file.read_bytes().decode("ascii")
    assert all(re.fullmatch(r'"[^"]+","[^"]*"', line) for line in text.split("\r\n")[:-1])
    assert text.endswith("\r\n")


def test_a_home_with_other_letters_is_written_so_that_every_code_page_reads_it(tmp_path: Path) -> None:
    home = tmp_path / "Zoë Łuk"
    python = home / "AppData" / "Local" / "python.exe"
    where = Places(System.WINDOWS, home, home, home)
    kept = written(where, python)
    assert kept == f"%USERPROFILE%{str(python)[len(str(home)) :]}" and kept.isascii()
    assert read_interpreter(where, {"INTERPRETER_WIN": kept}) == str(python)
    with pytest.raises(CannotDo, match="plain letters"):
        written(where, tmp_path / "Łuk" / "python.exe")


def test_a_mac_starts_a_path_with_a_space(tmp_path: Path) -> None:
    where = Places(System.MACOS, tmp_path, tmp_path, tmp_path)
    assert written(where, Path("/my python/bin/python3")) == "/my python/bin/python3"


@pytest.mark.parametrize(
    ("system", "path"),
    [
        *((System.WINDOWS, path) for path in HOSTILE_WINDOWS),
        *((System.MACOS, path) for path in HOSTILE_MAC),
    ],
)
def test_a_path_that_excel_would_not_start_is_refused_at_once(system: System, path: str, tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="Excel does not start"):
        written(Places(system, tmp_path, tmp_path, tmp_path), cast(Path, path))


def test_a_failed_first_install_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = installing.write_safely

    def full_disk(path: Path, *rest: object, **more: object) -> None:
        if path.suffix == ".xlam":
            raise CannotDo("the disk is full")
        real(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(installing, "write_safely", full_disk)
    with pytest.raises(CannotDo, match="full"):
        install(places(tmp_path, System.WINDOWS))
    assert below(tmp_path) == set()


def test_while_excel_holds_the_add_in_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = places(tmp_path, System.WINDOWS)
    install(where)
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    real = Path.open

    def in_use(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if self == where.addin and "+" in mode:
            raise PermissionError(13, "Permission denied")  # as Windows has it
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", in_use)
    for job in (install, remove):
        with pytest.raises(CannotDo, match="close every Excel window"):
            job(where)
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before


def test_a_python_from_the_store_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = places(tmp_path, System.WINDOWS)
    store = tmp_path / "AppData/Local/Microsoft/WindowsApps/python.exe"
    store.parent.mkdir(parents=True)
    store.touch()
    with pytest.raises(CannotDo, match=r"python\.org"):
        usable_interpreter(where, store)
    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12")
    with pytest.raises(CannotDo, match=r"python\.org"):
        usable_interpreter(where, Path(sys.executable))


def test_an_interpreter_must_be_there_and_have_a_console(tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    assert usable_interpreter(where, tmp_path / "pythonw.exe") == tmp_path / "python.exe"
    with pytest.raises(CannotDo, match="no Python"):
        usable_interpreter(where, tmp_path / "python3.exe")


def test_a_signed_add_in_is_installed_as_it_is(xlam: Path, tmp_path: Path) -> None:
    signed = tmp_path / "Signed.xlam"
    signed.write_bytes(xlam.read_bytes())
    with zipfile.ZipFile(signed, "a") as parts:
        parts.writestr("xl/vbaProjectSignature.bin", b"a signature")
    home = tmp_path / "home"
    home.mkdir()
    where = places(home, System.WINDOWS)
    install(where, addin=signed)
    assert where.addin.read_bytes() == signed.read_bytes()


def test_an_add_in_of_another_version_is_refused(xlsx: Path, tmp_path: Path) -> None:
    where = places(tmp_path, System.WINDOWS)
    with pytest.raises(CannotDo, match="not an add-in of Mentorbook"):
        install(where, addin=xlsx)
    with pytest.raises(CannotDo, match="no file"):
        install(where, addin=tmp_path / "gone.xlam")


def test_an_update_keeps_what_the_first_install_owned(tmp_path: Path) -> None:
    where = places(tmp_path, System.MACOS)
    install(where)
    receipt = read_receipt(where)
    assert receipt is not None
    older = Path(receipt.files[-1]).with_name("xlwings-0.30.0.applescript")  # of an xlwings before this one
    older.touch()
    receipt.files.append(str(older))
    receipt.write(where)
    install(where)
    remove(where)
    assert below(tmp_path) == set()


def test_windows_places_follow_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    told = {"USERPROFILE": "/users/ann", "APPDATA": "//server/profiles/ann"}
    found = places(environ=told)
    assert found.home == Path("/users/ann") and found.roaming == Path("//server/profiles/ann")
    assert found.local == Path("/users/ann/AppData/Local")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Excel runs here")
def test_elsewhere_a_home_and_a_system_must_be_given(tmp_path: Path) -> None:
    for home, system in ((None, None), (tmp_path, None), (None, System.WINDOWS)):
        with pytest.raises(CannotDo, match="--home"):
            places(home, system)
    with pytest.raises(CannotDo, match="does not exist"):
        places(tmp_path / "gone", System.MACOS)


def test_the_commands_say_what_they_wrote_and_took_away(tmp_path: Path) -> None:
    run = CliRunner()
    options = ["--home", str(tmp_path), "--system", "windows"]
    done = run.invoke(mentorbook.app, ["addin", "install", *options])
    assert done.exit_code == 0 and "XLSTART" in done.output and "trusts" in done.output
    seen = run.invoke(mentorbook.app, ["addin", "doctor", *options, "--json"])
    assert seen.exit_code == 1
    told = json.loads(seen.output)
    assert set(told) == {"tracker", "on", "system", "rows"}
    assert {row["state"] for row in told["rows"]} <= {"good", "mend", "note"}
    taken = run.invoke(
        mentorbook.app, ["addin", "remove"], env={"MENTORBOOK_HOME": str(tmp_path), "MENTORBOOK_SYSTEM": "windows"}
    )
    assert taken.exit_code == 0 and below(tmp_path) == set()
    again = run.invoke(mentorbook.app, ["addin", "remove", *options])
    assert again.exit_code == 0 and "Nothing" in again.output
