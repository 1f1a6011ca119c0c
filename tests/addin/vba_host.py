"""VBA read and run without Excel: the sources of a built file, and a make-believe Excel whose ribbon is pressed."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import VBAObject, member

from addin.desktop.xlam import package

with warnings.catch_warnings(action="ignore"):  # it asks pyparsing in words of yesterday
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["Control", "Excel", "decompress_stream", "parseable", "sources"]

# Stands in for xlwings.bas: keeps what Python was asked, and cannot find Python for one button.
PYTHON = """
Public asked As String
Public Function RunPython(command As String)
    asked = asked & command & vbLf
    If InStr(command, "backup") > 0 Then Err.Raise 1000, , "Could not load the DLL"
End Function
Public Function WhatWasAsked() As String
    WhatWasAsked = asked
    asked = ""
End Function
Public Sub MakeTracker()
    ActiveSheet.Range("A1").Value = "Learner ID"
    ActiveSheet.ListObjects.Add(1, ActiveSheet.Range("A1:A2"), , 1).Name = "Learners"
End Sub
"""


def sources(path: Path) -> dict[str, str]:
    """The source of each module of an .xlam or .xlsm, as oletools reads it, lines ended by \\n."""
    reader = VBA_Parser(str(path))
    found = {name.rsplit(".", 1)[0]: code.replace("\r\n", "\n") for _, _, name, code in reader.extract_macros()}
    reader.close()
    return found


def parseable(source: str) -> str:
    """A source without the comments behind compiler directives, which VBA allows and the parser does not."""
    return re.sub(r"(?m)^(\s*#(?:Const .*?\"|If .*? Then))\s*'.*$", r"\1", source)


class Control(VBAObject):
    """A control of the ribbon."""

    vba_type_name = "IRibbonControl"

    def __init__(self, control_id: str, tag: str = "") -> None:
        self._id, self._tag = control_id, tag

    @member(name="ID")
    def control_id(self) -> str:
        return self._id

    @member(name="Tag")
    def tag(self) -> str:
        return self._tag


class Excel:
    """A make-believe Excel with the add-in's module in it."""

    def __init__(self, module: str) -> None:
        self._app = ExcelApplication()
        self._app.add_module(PYTHON, name="xlwings")
        self._app.add_module(package.source("Guard"), name="MentorbookGuard")
        # Protected View and the key that cancels are among the few things that this Excel does not have.
        known = module.replace("Application.ProtectedViewWindows.Count > 0", "False")
        known = known.replace("    Application.EnableCancelKey = xlDisabled\n", "")
        self._app.add_module(known, name="Mentorbook")

    def open(self, tracker: bool) -> None:
        """Open a workbook, a tracker or not."""
        self._app.add_workbook()
        if tracker:
            self._app.run("MakeTracker")

    def call(self, procedure: str, *arguments: Any) -> tuple[str, list[str]]:
        """Run a callback: what Python was asked, and the sentences that were shown."""
        before = len(self._app.dialogs)
        self._app.run(procedure, *arguments)
        told = [dialog[1] for dialog in self._app.dialogs[before:]]
        return str(self._app.run("WhatWasAsked")).strip(), told

    def value(self, function: str, *arguments: Any) -> Any:
        """What a function gives."""
        return self._app.run(function, *arguments)
