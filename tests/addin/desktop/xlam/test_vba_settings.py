"""The add-in's own VBA run with a hostile workbook in front: nothing of it is used, and every button refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xlwings
from pyopenvba.apps.excel import ExcelApplication

from addin import ribbon
from addin.desktop.places import System
from addin.desktop.setup.settings_file import is_plain_path
from tests.addin.paths import HOSTILE_MAC, HOSTILE_WINDOWS, PLAIN_MAC, PLAIN_WINDOWS
from tests.addin.vba_host import Control, parseable, sources
from workbook.model.settings_sheets import settings_sheets

XLWINGS = re.escape(xlwings.__version__)
OURS = r"C:\Users\ann\Mentorbook\python\Scripts\python.exe"
THEIRS = r"\\share\x\python.exe"
# Every setting that xlwings' own VBA knows.
KEYS = (
    "INTERPRETER_WIN INTERPRETER_MAC INTERPRETER PYTHONPATH ADD_WORKBOOK_TO_PYTHONPATH LICENSE_KEY SHOW_ERROR_POPUPS "
    "ONEDRIVE_CONSUMER_WIN ONEDRIVE_COMMERCIAL_WIN SHAREPOINT_WIN ONEDRIVE_CONSUMER_MAC ONEDRIVE_COMMERCIAL_MAC "
    "SHAREPOINT_MAC CONDA_PATH CONDA_ENV UDF_MODULES DEBUG_UDFS USE_UDF_SERVER SHOW_CONSOLE TEMP_DIR"
).split()
KEYS += [key.replace("_", " ") for key in KEYS[-7:]]
SHEETS = ("mentorbook.conf", "xlwings.conf", "_xlwings.conf", "MENTORBOOK.CONF", "code.py", "Code.PY", " x.conf ")
# What lies outside Excel, made up: the user's file names one Python; every file beside a workbook is there.
WORLD = r"""
Public started As String
Public userFile As String
Public Function Environ(name As String) As String
    Environ = "C:\Windows"
End Function
Public Function GetConfigFilePath() As String
    GetConfigFilePath = "C:\Users\ann\.mentorbook\mentorbook.conf"
End Function
Public Function FileExists(ByVal path As String) As Boolean
    FileExists = InStr(path, "gone") = 0
End Function
Public Function GetConfigFromFile(path As String, key As String, Optional value As String) As Boolean
    If path <> GetConfigFilePath() Then
        value = "\\share\x\python.exe"
        GetConfigFromFile = True
    ElseIf key = "INTERPRETER_WIN" And userFile <> "" Then
        value = userFile
        GetConfigFromFile = True
    End If
End Function
Public Function ExpandEnvironmentStrings(ByVal words As String)
    ExpandEnvironmentStrings = words
End Function
Public Function ParentFolder(ByVal Folder)
    ParentFolder = Left$(Folder, InStrRev(Folder, "\") - 1)
End Function
Public Function LoadLibrary(path As String) As Long
    started = started & "load " & path & vbLf
    LoadLibrary = 1
End Function
Public Function XLPyDLLActivateAuto(Result As Variant, Optional Config As String = "", Optional mode As Long) As Long
    started = started & "start " & Config & vbLf
    Result = "made up"
    XLPyDLLActivateAuto = 1
End Function
Public Function WhatStarted() As String
    WhatStarted = started
    started = ""
End Function
Public Function GuardOfActive() As String
    GuardOfActive = SettingsSheet(ActiveWorkbook)
End Function
Public Sub UserNames(path As String)
    userFile = path
End Sub
Public Sub AddHostileSheet(sheetName As String, key As String, setting As String)
    Dim made As Worksheet
    Set made = ActiveWorkbook.Worksheets.Add()
    made.Name = sheetName
    made.Range("A1").Value = key
    made.Range("B1").Value = setting
    made.Visible = xlSheetVeryHidden
End Sub
Public Sub MakeTracker()
    ActiveSheet.Range("K1").Value = "Learner ID"
    ActiveSheet.ListObjects.Add(1, ActiveSheet.Range("K1:K2"), , 1).Name = "Learners"
End Sub
"""
OUTSIDE = re.findall(r"^Public Function (\w+)", WORLD, re.MULTILINE)


def without_the_world(source: str) -> str:
    """A source without its declarations of DLLs, and without the procedures that look outside Excel."""
    source = re.sub(r"(?m)^.*\bDeclare .*$", "", source)
    for name in (*OUTSIDE, "FileExistsOnWindows", "FileOrFolderExistsOnMac", "GetMacDir", "WScript"):
        source = re.sub(rf"(?ms)^(?:Public |Private )?Function {name}\b.*?^End Function$", "", source)
    return parseable(source)


class Desk:
    """The add-in's whole VBA in a make-believe Excel."""

    def __init__(self, addin: Path, mac: bool = False) -> None:
        self.app = ExcelApplication()
        self.app.add_module(WORLD, name="World")
        for name, source in sources(addin).items():
            if name in ("xlwings", "MentorbookGuard", "Mentorbook"):
                known = source.replace("Application.ProtectedViewWindows.Count > 0", "False")
                known = known.replace("    Application.EnableCancelKey = xlDisabled\n", "")
                self.app.add_module(without_the_world(re.sub("#If Mac", f"#If {mac}", known)), name=name)

    def run(self, procedure: str, *words: Any) -> Any:
        return self.app.run(procedure, *words)

    def hostile(self, sheet: str, key: str = "INTERPRETER_WIN", setting: str = THEIRS) -> None:
        self.app.add_workbook()
        self.run("MakeTracker")
        self.run("AddHostileSheet", sheet, key, setting)


@pytest.fixture(scope="module")
def desk(xlam: Path) -> Desk:
    made = Desk(xlam)
    made.run("UserNames", OURS)
    return made


@pytest.mark.parametrize("key", KEYS)
def test_no_setting_of_a_workbook_is_read(desk: Desk, key: str) -> None:
    desk.hostile("mentorbook.conf", key, "x'; import os; os.system('calc');'" if key == "LICENSE_KEY" else THEIRS)
    assert desk.run("GetConfig", key) == (OURS if key == "INTERPRETER_WIN" else "")


def test_only_the_users_python_is_started_and_with_nothing_of_the_workbook(xlam: Path) -> None:
    desk = Desk(xlam)
    desk.run("UserNames", OURS)
    desk.app.add_workbook()
    desk.run("MakeTracker")
    desk.run("MentorbookPress", Control("check", "tracker"))
    loaded, started = desk.run("WhatStarted").splitlines()
    assert re.fullmatch(rf"load C:\\Users\\ann\\Mentorbook\\python\\Scripts\\xlwings(32|64)-{XLWINGS}\.dll", loaded)
    assert started == (
        f'start C:\\Windows\\System32\\cmd.exe /K ""{OURS}" -B -P -c "import xlwings; xlwings.serve(\'$(CLSID)\')""'
    )


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_button_refuses_a_workbook_with_such_a_sheet(desk: Desk, sheet: str) -> None:
    desk.hostile(sheet)
    tree = ElementTree.fromstring(ribbon.text())
    pressed = 0
    for button in tree.iter("{http://schemas.microsoft.com/office/2009/07/customui}button"):
        before = len(desk.app.dialogs)
        desk.run(button.attrib["onAction"], Control(button.attrib["id"], button.attrib["tag"]))
        told = [dialog[1] for dialog in desk.app.dialogs[before:]]
        assert len(told) == 1 and f"has a sheet {sheet}, which programs take for settings" in told[0], told
        pressed += 1
    assert pressed >= 19 and desk.run("WhatStarted") == ""


def test_the_guard_in_vba_and_in_python_know_the_same_sheets(desk: Desk) -> None:
    for name in (*SHEETS, "Learners", "conf", "py", "a.python", "a.conf2", "x.py.old"):
        desk.app.add_workbook()
        desk.run("AddHostileSheet", name, "A", "B")
        assert desk.run("GuardOfActive") == "".join(settings_sheets([name]))


@pytest.mark.parametrize("path", HOSTILE_WINDOWS + PLAIN_WINDOWS)
def test_which_paths_are_started_on_windows(desk: Desk, path: str) -> None:
    assert desk.run("IsPlainPath", path) is is_plain_path(System.WINDOWS, path) is (path in PLAIN_WINDOWS)


def test_which_paths_are_started_on_a_mac(xlam: Path) -> None:
    mac = Desk(xlam, mac=True)
    for path in HOSTILE_MAC + PLAIN_MAC:
        assert mac.run("IsPlainPath", path) is is_plain_path(System.MACOS, path) is (path in PLAIN_MAC), path


@pytest.mark.parametrize("path", ["", *HOSTILE_WINDOWS, r"C:\gone\python.exe"])
def test_a_file_of_the_user_that_names_no_good_python_starts_nothing(desk: Desk, path: str) -> None:
    desk.app.add_workbook()
    desk.run("MakeTracker")
    desk.run("UserNames", path)
    before = len(desk.app.dialogs)
    desk.run("MentorbookPress", Control("check", "tracker"))
    desk.run("UserNames", OURS)
    assert desk.run("WhatStarted") == ""
    assert "Python could not be reached, so nothing was done." in desk.app.dialogs[before:][0][1]
