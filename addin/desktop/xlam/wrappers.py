"""The VBA that stands between a cell and a worksheet function, generated from the functions' own declarations.

xlwings writes the wrappers; it does so on Windows only because it then imports three names of pywin32, which are not
called while generating. Elsewhere these names are lent to it.
"""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

FUNCTIONS = "addin.functions.declared"
MODULE = "MentorbookFunctions"
_LONGEST_HELP = 255  # of what the function wizard shows of a function or an argument
_EXCEL_ONLY = re.compile(
    r'^ *#If App = "Microsoft Excel" Then\n(.*?)^ *#Else\n.*?^ *#End If\n', re.MULTILINE | re.DOTALL
)
_HEAD = f"""Attribute VB_Name = "{MODULE}"
' Made by "mentorbook addin functions" from the declarations in addin/functions/declared.py: change them there.

"""


def wrappers() -> str:
    """The source of the module with a VBA function for each worksheet function, and their help."""
    with _decorators() as udfs:
        declared = _load()
        written = io.StringIO()
        # The name's ending says whose cells call: those of the workbook that holds the wrapper.
        udfs.generate_vba_wrapper(FUNCTIONS, declared, written, SimpleNamespace(Name="tracker.xlsm"))
    source = _EXCEL_ONLY.sub(lambda found: re.sub("(?m)^    ", "", found[1]), written.getvalue().replace("\r\n", "\n"))
    source = re.sub(r"^( *)(\w+) = Err\.Description$", r"\1\2 = PythonAwayText(Err.Description)", source, flags=re.M)
    functions = declarations(declared)
    for name, about in functions.items():
        source = re.sub(rf"^(Function {name}\(.*\))$", rf"\1\n{_attributes(name, about)}", source, flags=re.M)
    return _HEAD + source + _describing(functions)


def declarations(module: Any) -> dict[str, dict[str, Any]]:
    """What xlwings knows of each worksheet function in a module, by name."""
    found = (getattr(module, name) for name in dir(module))
    return {one.__xlfunc__["name"]: one.__xlfunc__ for one in found if hasattr(one, "__xlfunc__")}


@contextmanager
def _decorators() -> Iterator[Any]:
    """``xlwings.udfs``, with its decorators in place of those that do nothing outside Windows."""
    import xlwings

    with mock.patch.dict(sys.modules, {} if sys.platform == "win32" else _pywin32()):
        from xlwings import udfs

        with mock.patch.multiple(xlwings, func=udfs.xlfunc, arg=udfs.xlarg, ret=udfs.xlret, create=True):
            yield udfs


def _pywin32() -> dict[str, ModuleType]:
    names: Mapping[str, dict[str, Any]] = {
        "pythoncom": {"CoInitialize": lambda: None},
        "pywintypes": {"com_error": type("com_error", (Exception,), {})},
        "win32com": {},
        "win32com.client": {"Dispatch": lambda *_: None},
    }
    lent = {}
    for name, held in names.items():
        lent[name] = ModuleType(name)
        lent[name].__dict__.update(held)
    return lent


def _load() -> ModuleType:
    """The functions' module once more, by itself, declared to the real decorators."""
    path = Path(__file__).parents[2] / "functions" / "declared.py"
    spec = importlib.util.spec_from_file_location("addin.declared_functions", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _attributes(name: str, about: Mapping[str, Any]) -> str:
    """The description as a module keeps it, so that the function wizard shows it before anything has run."""
    words = _help(about["ret"]["doc"]).replace('"', '""').replace("\\", "\\\\")
    return f'Attribute {name}.VB_Description = "{words}"\\nAttribute {name}.VB_ProcData.VB_Invoke_Func = " \\\\n14"'


def _describing(functions: Mapping[str, Mapping[str, Any]]) -> str:
    """A procedure that gives Excel the help of every function and argument, and the functions their category."""
    lines = ["Public Sub DescribeFunctions()", "    On Error Resume Next"]
    for name, about in functions.items():
        arguments = ", _\n            ".join(_quoted(_help(one["doc"])) for one in about["args"])
        lines += [
            f'    Application.MacroOptions Macro:="\'" & ThisWorkbook.Name & "\'!{name}", _',
            f"        Description:={_quoted(_help(about['ret']['doc']))}, _",
            f"        Category:={_quoted(about['category'])}, _",
            f"        ArgumentDescriptions:=Array({arguments})",
        ]
    return "\n".join([*lines, "End Sub", ""])


def _help(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_HELP]


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
