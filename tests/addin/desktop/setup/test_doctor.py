"""Every check of the doctor on the chain itself, in order and broken, on computers with Windows and with macOS."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwings

import mentorbook
import workbook
from addin.desktop.places import System, places
from addin.desktop.setup.doctor import broken, examine
from addin.desktop.setup.finding import Computer, State, ask_interpreter
from addin.desktop.setup.receipt import read_receipt
from tests.addin.desktop.setup.computers import APP_PATH, CLICK_TO_RUN, DLL, answer, only_broken, with_keys


def test_nothing_is_wrong_on_windows(windows: Computer) -> None:
    findings = examine(windows)
    assert [one.state for one in findings] == [State.GOOD] * len(findings), findings
    assert "16.0.17928.20114 (64-bit)" in findings[0].found
    assert len({one.link for one in findings}) == 9


def test_nothing_is_wrong_on_a_mac(mac: Computer) -> None:
    findings = examine(mac)
    assert {one.state for one in findings if one.link != "Mark of the Web"} == {State.GOOD}, findings
    assert "16.89" in findings[0].found


def test_no_excel(windows: Computer, mac: Computer, tmp_path: Path) -> None:
    gone = with_keys(windows, {APP_PATH: {"": str(tmp_path / "gone.exe")}})
    assert only_broken(gone).link == "Excel"
    assert only_broken(replace(mac, root=tmp_path / "bare")).link == "Excel"


def test_an_excel_that_is_only_in_the_msi_key(windows: Computer) -> None:
    found = with_keys(
        windows,
        {
            APP_PATH: {"": ""},
            r"HKLM\SOFTWARE\Microsoft\Office\16.0\Excel\InstallRoot": {"Path": str(windows.places.home.parent)},
        },
    )
    assert not broken(examine(found))


def test_nothing_installed(tmp_path: Path) -> None:
    for system in System:
        wrong = broken(examine(Computer(places(tmp_path, system), root=tmp_path)))
        assert {"Add-in", "Settings", "Python"} <= {one.link for one in wrong}
        assert all("mentorbook addin install" in one.do for one in wrong if one.link != "Excel")


def test_the_add_in_taken_away_by_an_antivirus(windows: Computer) -> None:
    windows.places.addin.unlink()
    found = only_broken(windows)
    assert "antivirus" in found.found and "quarantine" in found.do


def test_an_add_in_of_another_version(windows: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "__version__", "9.9.9")
    wrong = {one.link: one for one in broken(examine(windows))}
    assert "0.1.0" in wrong["Add-in"].found and "9.9.9" in wrong["Add-in"].found


def test_a_changed_add_in_and_a_foreign_one(windows: Computer) -> None:
    windows.places.addin.write_bytes(windows.places.addin.read_bytes() + b"\0")
    assert "changed" in only_broken(windows).found
    windows.places.addin.write_bytes(b"something else")
    assert "not an add-in of Mentorbook" in only_broken(windows).found


def test_an_add_in_that_it_put_there(windows: Computer) -> None:
    windows.places.receipt.unlink()
    by_link = {one.link: one for one in examine(windows)}
    assert by_link["Add-in"].state is State.NOTE
    assert by_link["xlwings DLL"].state is State.MEND


def test_settings_missing_or_of_no_python(windows: Computer) -> None:
    kept = windows.places.settings_file.read_text()
    windows.places.settings_file.write_text('"USE UDF SERVER","True"\n')
    wrong = broken(examine(windows))
    assert {one.link for one in wrong} == {"Settings", "Python", "xlwings DLL"}
    windows.places.settings_file.unlink()
    assert "missing" in next(one for one in examine(windows) if one.link == "Settings").found
    windows.places.settings_file.write_text(kept)
    assert not broken(examine(windows))


def test_a_python_that_excel_would_not_start(windows: Computer) -> None:
    windows.places.settings_file.write_text('"INTERPRETER_WIN","\\\\share\\x\\python.exe"\n')
    wrong = {one.link: one for one in broken(examine(windows))}
    assert "plain path on this computer" in wrong["Settings"].found


def test_other_settings_are_read_by_nothing(windows: Computer) -> None:
    with windows.places.settings_file.open("a") as file:
        file.write('"LICENSE_KEY","x"\n')
    settings = next(one for one in examine(windows) if one.link == "Settings")
    assert settings.state is State.NOTE and "LICENSE_KEY, which nothing reads" in settings.found


def python_of(computer: Computer) -> Path:
    receipt = read_receipt(computer.places)
    assert receipt is not None
    return Path(receipt.interpreter)


def test_a_python_that_is_gone(windows: Computer) -> None:
    python_of(windows).unlink()
    assert only_broken(windows).link == "Python"


def refuse(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    raise PermissionError(1260, "This program is blocked by group policy")


def in_store(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    return {**answer(python, names, folder), "base": r"C:\Program Files\WindowsApps\Python"}


def lacking(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    assert "pythoncom" in names
    return {**answer(python, names, folder), "missing": {"pythoncom": "ImportError: DLL load failed"}}


def of_old(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    return {**answer(python, names, folder), "mentorbook": "0.0.1"}


def with_a_stray(python: str, names: list[str], folder: Path) -> dict[str, Any]:
    told = answer(python, names, folder)
    return {**told, "from": {**told["from"], "workbook": "C:/Users/ann/lib/workbook/__init__.py"}}


@pytest.mark.parametrize(
    ("ask", "words", "remedy"),
    [
        (refuse, "blocked by group policy", "Ask IT"),
        (in_store, "Microsoft Store", "python.org"),
        (lacking, "DLL load failed", "setup.ps1"),
        (of_old, "0.0.1", "addin install"),
        (with_a_stray, "another module", "PYTHONPATH"),
    ],
)
def test_a_python_that_does_not_work(windows: Computer, ask: Any, words: str, remedy: str) -> None:
    found = only_broken(replace(windows, ask=ask))
    assert found.link == "Python"
    assert words.lower() in found.found.lower() and remedy in found.do


def test_the_dll_missing_or_of_another_version(windows: Computer) -> None:
    dll = python_of(windows).parent.parent / DLL
    dll.rename(dll.with_name("xlwings64-0.30.0.dll"))
    found = only_broken(windows)
    assert DLL in found.found and "xlwings64-0.30.0.dll" in found.found
    dll.with_name("xlwings64-0.30.0.dll").unlink()
    assert "antivirus" in only_broken(windows).found


def test_which_dll_depends_on_excel(windows: Computer) -> None:
    dll32 = DLL.replace("64", "32", 1)
    thirty_two = with_keys(windows, {CLICK_TO_RUN: {"Platform": "x86"}})
    assert dll32 in only_broken(thirty_two).found
    (python_of(windows).parent / dll32).touch()
    assert not broken(examine(thirty_two))
    assert not broken(examine(with_keys(windows, {CLICK_TO_RUN: {"Platform": ""}})))


def test_the_script_of_a_mac(mac: Computer) -> None:
    assert mac.places.script is not None
    mac.places.script.write_text("changed")
    assert "not the one" in only_broken(mac).found
    mac.places.script.unlink()
    assert "missing" in only_broken(mac).found


def test_a_real_python_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(mentorbook.__file__).parent))
    told = ask_interpreter(sys.executable, ["xlwings", "mentorbook", "not_there"], tmp_path)
    assert told["xlwings"] == xlwings.__version__ and told["mentorbook"] == workbook.__version__
    assert set(told["missing"]) == {"not_there"}
    (tmp_path / "broken.py").write_text("no python")
    with pytest.raises(OSError, match=r"No such file|cannot find"):
        ask_interpreter(str(tmp_path / "python"), [], tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a Python that fails")
def test_a_python_that_stops_says_why(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho first >&2\necho no licence >&2\nexit 3\n")
    python.chmod(0o755)
    with pytest.raises(ValueError, match="no licence"):
        ask_interpreter(str(python), [], tmp_path)
