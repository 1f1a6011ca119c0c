"""The doctor on what is forbidden and what is trusted: policies, the Trust Center, Defender, marks, places."""

from __future__ import annotations

import plistlib
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from addin.desktop.setup.doctor import broken, examine
from addin.desktop.setup.doctor_policy import ASR_RULES, MAC_PREFERENCES, RULES
from addin.desktop.setup.finding import Computer, State
from addin.desktop.setup.install import install
from addin.desktop.setup.registry import HeldRegistry
from tests.addin.desktop.setup.computers import (
    CHILDREN,
    DEFENDER,
    LOCATIONS,
    OWN,
    POLICY,
    WIN32,
    marked,
    only_broken,
    with_keys,
)

DOCS = Path(__file__).resolve().parents[4] / "docs" / "for-it.md"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize(
    "root", [POLICY, POLICY.replace("HKCU", "HKLM"), POLICY.replace("Microsoft", "Microsoft\\Cloud")]
)
def test_a_policy_of_office(windows: Computer, rule: Any, root: str) -> None:
    found = only_broken(with_keys(windows, {f"{root}\\{rule.key}": {rule.name.lower(): 1}}))
    assert found.link == "Policy" and found.do == rule.by_it
    assert not broken(examine(with_keys(windows, {f"{root}\\{rule.key}": {rule.name: 0}})))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.by_user], ids=lambda rule: rule.name)
def test_the_users_own_choice_is_the_users_to_change(windows: Computer, rule: Any) -> None:
    own = {f"{OWN}\\{rule.key}": {rule.name: 1}}
    assert only_broken(with_keys(windows, own)).do == rule.by_user
    policy_counts = {f"{POLICY}\\{rule.key}": {rule.name: 0}}
    assert not broken(examine(with_keys(windows, own | policy_counts)))


def test_a_signed_add_in_may_need_its_publisher_trusted(windows: Computer, tmp_path: Path) -> None:
    signed = tmp_path / "Signed.xlam"
    signed.write_bytes(windows.places.addin.read_bytes())
    with zipfile.ZipFile(signed, "a") as parts:
        parts.writestr("xl/vbaProjectSignatureV3.bin", b"a signature")
    install(
        windows.places,
        addin=signed,
        interpreter=Path(windows.places.home / "AppData/Local/Mentorbook/python/Scripts/python.exe"),
    )
    findings = examine(with_keys(windows, {POLICY + r"\Excel\Security": {"RequireAddinSig": 1}}))
    assert not broken(findings)
    assert [one.link for one in findings if one.state is State.NOTE] == ["Policy"]


def test_the_colleges_list_of_add_ins(windows: Computer) -> None:
    resiliency, listed = POLICY + r"\Excel\Resiliency", POLICY + r"\Excel\Resiliency\AddinList"
    assert "blocked" in only_broken(with_keys(windows, {listed: {"mentorbook.xlam": "0"}})).found
    only = {resiliency: {"RestrictToList": 1}}
    assert "List of managed add-ins" in only_broken(with_keys(windows, only)).do
    for allowed in ("1", "2", 1):
        assert not broken(examine(with_keys(windows, only | {listed: {"Mentorbook.xlam": allowed}})))


@pytest.mark.parametrize(("value", "fine"), [(0, True), (1, False), (2, False)])
def test_the_command_prompt(windows: Computer, value: int, fine: bool) -> None:
    held = with_keys(windows, {r"HKCU\Software\Policies\Microsoft\Windows\System": {"DisableCMD": value}})
    assert fine is not bool(broken(examine(held)))


@pytest.mark.parametrize("rule", [CHILDREN, WIN32])
@pytest.mark.parametrize(("state", "words"), [("0", ""), ("1", "stops"), ("2", ""), ("6", "asks about")])
def test_defenders_rules(windows: Computer, rule: str, state: str, words: str) -> None:
    by_policy = {DEFENDER + r"\Windows Defender Exploit Guard\ASR\Rules": {rule: state}}
    by_management = {DEFENDER + r"\Policy Manager": {"ASRRules": f"x=1|{rule}={state}"}}
    for keys in (by_policy, by_management):
        wrong = broken(examine(with_keys(windows, keys)))
        assert [words in one.found and ASR_RULES[rule.lower()] in one.found for one in wrong] == [True] * bool(words)


def test_an_add_in_that_excel_has_switched_off(windows: Computer) -> None:
    path = r"C:\Users\Ann\AppData\Roaming\Microsoft\Excel\XLSTART\mentorbook.xlam"
    blob = b"\1\0\0\0" + len(path).to_bytes(4, "little") * 2 + path.encode("utf-16-le")
    items = OWN + r"\Excel\Resiliency\DisabledItems"
    assert "crash" in only_broken(with_keys(windows, {items: {"a1b2": blob}})).found
    assert not broken(examine(with_keys(windows, {items: {"a1b2": blob.replace(b"m\0e\0n\0", b"x\0e\0n\0")}})))


@pytest.mark.parametrize("key", [POLICY, OWN])
def test_no_place_is_trusted(windows: Computer, key: str) -> None:
    found = only_broken(with_keys(windows, {key + LOCATIONS: {"AllLocationsDisabled": 1}}))
    assert found.link == "Trusted place"
    assert found.do.startswith("Ask IT" if key == POLICY else "In Excel")


def test_only_the_colleges_places_are_trusted(windows: Computer) -> None:
    only = {POLICY + r"\Common\Security\Trusted Locations": {"Allow User Locations": 0}}
    assert only_broken(with_keys(windows, only)).link == "Trusted place"
    listed = {POLICY + LOCATIONS + r"\Location9": {"Path": "%APPDATA%\\Microsoft\\Excel\\", "AllowSubfolders": 1}}
    assert not broken(examine(with_keys(windows, only | listed)))


def test_a_start_folder_taken_off_the_list(windows: Computer) -> None:
    assert (
        "taken off"
        in only_broken(with_keys(windows, {OWN + LOCATIONS + r"\Location1": {"Path": "C:\\Elsewhere"}})).found
    )
    never_started = HeldRegistry(
        {key: values for key, values in windows.registry._held.items() if "trusted" not in key}
    )  # type: ignore[attr-defined]
    assert not broken(examine(replace(windows, registry=never_started)))


@pytest.mark.skipif(sys.platform == "win32", reason="a server's share is played by a folder with two slashes")
def test_a_start_folder_on_a_server(windows: Computer) -> None:
    share = Path("/" + str(windows.places.roaming))  # two slashes at the front, the same folder on Linux and macOS
    served = replace(windows, places=replace(windows.places, roaming=share))
    assert "server" in only_broken(served).found
    allowed = with_keys(served, {POLICY + LOCATIONS: {"AllowNetworkLocations": 1}})
    assert not broken(examine(allowed))


@pytest.mark.parametrize(("zone", "fine"), [(0, True), (1, True), (2, True), (3, False), (4, False)])
def test_the_mark_of_the_web(windows: Computer, zone: int, fine: bool) -> None:
    marked(windows.places.addin, zone)
    assert fine is not bool(broken(examine(windows)))
    if not fine:
        assert "Unblock" in only_broken(windows).do


def test_a_tracker_with_functions(windows: Computer, tmp_path: Path) -> None:
    tracker = tmp_path / "trackers" / "tracker.xlsm"
    assert "no file" in only_broken(windows, tracker).found
    tracker.parent.mkdir()
    tracker.touch()
    assert next(one for one in examine(windows, tracker) if one.state is State.NOTE).link == "This tracker's place"
    trusted = with_keys(windows, {OWN + LOCATIONS + r"\Location5": {"Path": str(tracker.parent) + "\\"}})
    assert {one.state for one in examine(trusted, tracker)} == {State.GOOD}
    for level in (3, 4):
        policy = {POLICY + r"\Excel\Security": {"VBAWarnings": level}}
        assert only_broken(with_keys(windows, policy), tracker).link == "This tracker's place"
        assert not broken(examine(with_keys(trusted, policy), tracker))
    marked(tracker, 3)
    assert only_broken(trusted, tracker).link == "This tracker"


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm"])
def test_a_tracker_with_a_sheet_of_settings(windows: Computer, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tracker{ending}"
    with xlsxwriter.Workbook(tmp_path / "tracker.xlsx") as book:
        for name in ("Learners", "xlwings.conf", "Marks.py"):
            book.add_worksheet(name).hide() if name != "Learners" else book.add_worksheet(name)
    (tmp_path / "tracker.xlsx").rename(path)
    found = [one.found for one in broken(examine(windows, path)) if one.link == "Sheets in this tracker"]
    assert len(found) == 2 and "xlwings.conf" in found[0] and "Marks.py" in found[1]


def test_a_tracker_without_functions_needs_no_trust(windows: Computer, tmp_path: Path) -> None:
    (tmp_path / "tracker.xlsx").touch()
    noted = [one for one in examine(windows, tmp_path / "tracker.xlsx") if one.state is State.NOTE]
    assert len(noted) == 1 and "addin functions" in noted[0].do


@pytest.mark.parametrize("name", sorted(MAC_PREFERENCES))
@pytest.mark.parametrize("by_it", [True, False])
def test_a_preference_of_office_on_a_mac(mac: Computer, name: str, by_it: bool) -> None:
    folder = mac.root / "Library/Managed Preferences/ann" if by_it else mac.places.home / "Library/Preferences"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "com.microsoft.office.plist"
    file.write_bytes(plistlib.dumps({name: MAC_PREFERENCES[name][0]}, fmt=plistlib.FMT_BINARY))
    found = only_broken(mac)
    assert found.link == "Policy" and found.do.startswith("Ask IT" if by_it else "In Terminal") and name in found.do
    file.write_bytes(plistlib.dumps({name: "EnabledWithoutWarnings"}))
    assert not broken(examine(mac))


def test_the_page_for_it_names_every_setting_that_is_looked_at() -> None:
    page = DOCS.read_text(encoding="utf-8")
    names = [rule.name for rule in RULES] + list(ASR_RULES.values()) + list(MAC_PREFERENCES)
    names += ["AllLocationsDisabled", "Allow User Locations", "AllowNetworkLocations", "VBAWarnings", "DisableCMD"]
    names += ["RestrictToList", "AddinList", "Zone.Identifier"]
    assert [name for name in names if name not in page] == []
