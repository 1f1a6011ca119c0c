"""Every function over a whole tracker against the command line: in plain Python, and from a cell formula through its
generated VBA wrapper into Python, inside LibreOffice."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from addin.desktop.xlam import tracker_functions
from addin.desktop.xlam.functions_sheet import READY
from addin.desktop.xlam.package import NewSheet, with_project
from addin.desktop.xlam.project import Module, vba_project
from tests.addin.calls import Calls, Rows
from tests.office.running import UNO_PYTHON
from workbook.model.formulas import DROPS
from workbook.model.tracker import column_letter
from workbook.package.parts import Package
from workbook.reading.learner_numbers import uln_fault, upn_fault

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
FUNCTIONS = ["APL_POINTS", "APL_EXPECTED", "APL_STATUS", "APL_CHANGE", "APL_FORECAST", "ATTENDANCE", "UPN_CHECK",
             "ULN_CHECK", "SCHOOL_DAYS", "APL_FLAGS"]  # fmt: skip


def close(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9
    return (one or None) == (other or None)


def by_command(calls: Calls, name: str) -> Rows:
    """The rows that the command line (or, where it has no such figure, the core) gives for a call."""
    if name == "APL_POINTS":
        points = {(row["learner_id"], row["subject"], row["drop"]): row["points"] for row in calls.progress}
        return [[points.get((*key, drop)) for drop in DROPS] for key in calls.keys]
    if name in ("APL_EXPECTED", "APL_CHANGE"):
        what = name.removeprefix("APL_").lower()
        return [[calls.latest.get(key, {}).get(what)] for key in calls.keys]
    if name == "APL_STATUS":
        rows = (calls.latest.get(key, {}) for key in calls.keys)
        return [[row.get("status") if row.get("gap") is not None else None] for row in rows]
    if name == "UPN_CHECK":
        return [[upn_fault(row[10]) is None] for row in calls.extra]
    if name == "ULN_CHECK":
        return [[uln_fault(row[11]) is None] for row in calls.extra]
    if name == "SCHOOL_DAYS":
        return [[school_days(calls, row[12], row[13])] for row in calls.extra]
    raise KeyError(name)


def school_days(calls: Calls, first: dt.date, last: dt.date) -> int:
    """Counted day by day from the sheet Terms."""
    rows = list(calls.tracker["Terms"].records())
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]

    def inside(day: dt.date, kind: str) -> bool:
        return any(row["kind"] == kind and row["start"] <= day <= row["end"] for row in rows)

    return sum(day.weekday() < 5 and inside(day, "Term") and not inside(day, "Closed") for day in days)


def compare(calls: Calls, name: str, answer: Rows) -> None:
    """Every row of an answer against the command line's."""
    if name == "ATTENDANCE":
        attended: dict[Any, float] = defaultdict(float)
        for learner, row in zip(calls.tracker["Registers"]["learner_id"], answer, strict=True):
            attended[learner] += row[0] or 0
        told = {row["learner_id"]: row["attended"] for row in calls.command("attendance")["rows"] if row["possible"]}
        assert {learner: attended[learner] for learner in told} == told
        return
    if name == "APL_FORECAST":
        rows = (calls.latest.get(key, {}) for key in calls.keys)
        told = [[row.get(f"forecast_{what}") for what in ("points", "low", "high")] for row in rows]
        assert len([row for row in told if row[1] is not None]) > 1000
        wrong = [pair for pair in zip(told, answer, strict=True) if not all(map(close, pair[0][1:], pair[1][1:]))]
        assert not wrong, wrong[:5]
        return
    if name == "APL_FLAGS":
        compare_flags(calls, answer)
        return
    expected = by_command(calls, name)
    if name.endswith("_CHECK"):
        answer = [[row[0] in ("valid", "temporary")] for row in answer]
        assert [False] in answer
    assert len(answer) == len(expected) >= 2000
    wrong = [(i, row, other) for i, (row, other) in enumerate(zip(answer, expected, strict=True))
             if not all(map(close, row, other))]  # fmt: skip
    assert not wrong, wrong[:5]


def compare_flags(calls: Calls, answer: Rows) -> None:
    """The same flags; a band may be higher where another sheet raises one more concern."""
    others = {row["learner_id"] for row in calls.command("flags")["rows"] if row["code"] == "incidents"}
    known = [row for row in answer if row[1] != "no_intervention"]
    assert len(known) == len(calls.flags) > 300
    known.sort(key=lambda row: (row[0], row[1], row[6]))  # whom to see first depends on sheets that only one is given
    flags = sorted(calls.flags, key=lambda told: (told["learner_id"], told["code"], told["reason"]))
    for row, told in zip(known, flags, strict=True):
        assert (row[0], row[1], row[6]) == (told["learner_id"], told["code"], told["reason"])
        assert close(row[3], told["value"]) and close(row[4], told["threshold"])
        assert row[2] == told["band"] or row[0] in others
        assert day_of(row[5]) == told["data_date"]


def day_of(value: Any) -> str | None:
    if isinstance(value, float):
        return (dt.date(1899, 12, 30) + dt.timedelta(days=int(value))).isoformat()
    return value.date().isoformat() if value else None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_in_plain_python_the_figures_are_the_command_lines(name: str, calls: Calls) -> None:
    compare(calls, name, calls.answer(name))


def modules_for_libreoffice() -> list[Module]:
    """The tracker's VBA with three changes that LibreOffice needs.

    xlwings' modules, which load a DLL of Windows, make way for one that reaches Python through LibreOffice; a wrapper
    calls it by a plain name; and nothing is asked of Application.Caller, which LibreOffice does not have.
    """
    stub = (HERE / "bridge_stub.bas").read_text(encoding="ascii")
    changed = []
    for module in tracker_functions.modules():
        if module.name == "Dictionary":
            continue
        source = module.source.replace("XLPy.CallUDF(", "XLPyCallUDF(").replace(
            ", ThisWorkbook, Application.Caller)", ")"
        )
        source = source.replace("If TypeOf Application.Caller Is Range Then On Error", "On Error")
        changed.append(Module(module.name, stub if module.name == "xlwings" else source, module.kind))
    return changed


def sheet_xml(rows: list[str]) -> bytes:
    cells = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, start=1))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def extra_sheet(calls: Calls) -> NewSheet:
    def cell(address: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return f'<c r="{address}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        number = (value - dt.date(1899, 12, 30)).days if isinstance(value, dt.date) else value
        return f'<c r="{address}"><v>{number!r}</v></c>'

    rows = [
        "".join(cell(f"{column_letter(place)}{number}", value) for place, value in enumerate(row, start=1))
        for number, row in enumerate(calls.extra, start=1)
    ]
    return NewSheet("Extra", "xl/worksheets/extra.xml", sheet_xml(rows))


def call_sheet(name: str, formula: str, columns: int, rows: int) -> NewSheet:
    area = f"A1:{column_letter(columns)}{rows}"
    first = f'<c r="A1" t="str"><f t="array" ref="{area}">{escape(f"{name}({formula})")}</f><v></v></c>'
    return NewSheet(name, f"xl/worksheets/{name.lower()}.xml", sheet_xml([first]))


@pytest.fixture(scope="module")
def told(calls: Calls, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What LibreOffice shows when every formula has called Python."""
    version = subprocess.run([UNO_PYTHON, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True,
                             text=True, check=False).stdout.split()  # fmt: skip
    if version != [str(part) for part in sys.version_info[:2]]:
        pytest.skip(f"LibreOffice's Python is {'.'.join(version)}, so it cannot share the packages of this one")
    path = tmp_path_factory.mktemp("bridge") / "tracker.xlsm"
    made = tracker_functions.with_functions(calls.path)
    package = Package.open(made)
    shown = NewSheet("Functions", "xl/worksheets/functions.xml", package.read("xl/worksheets/functions.xml"))
    project = vba_project(tracker_functions.PROJECT, modules_for_libreoffice())
    sheets = [shown, extra_sheet(calls), *(call_sheet(name, *calls.formulas[name]) for name in FUNCTIONS)]
    path.write_bytes(with_project(Package.open(calls.path), project, sheets))
    paths = os.pathsep.join((str(HERE.parents[2]), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    arguments = [tempfile.mkdtemp(prefix="mentorbook-bridge-"), str(path), json.dumps([*FUNCTIONS, "Functions"])]
    command = [UNO_PYTHON, str(HERE / "bridge_server.py"), *arguments]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, timeout=300,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.office
@pytest.mark.parametrize("name", FUNCTIONS)
def test_from_a_cell_through_vba_into_python_the_figures_are_the_command_lines(
    name: str, calls: Calls, told: dict[str, Any]
) -> None:
    assert not told["failed"]
    _, columns, rows = calls.formulas[name]
    answer = [row[:columns] for row in told["sheets"][name][:rows]]
    compare(calls, name, answer)
    assert name in told["python"]


@pytest.mark.office
def test_the_sheet_functions_shows_what_is_stored_in_it(calls: Calls, told: dict[str, Any]) -> None:
    shown = told["sheets"]["Functions"]
    assert shown[2][0] == READY
    assert [row[0] for row in shown[4:] if row[0]] == [
        "APL_POINTS", "APL_EXPECTED", "APL_STATUS", "APL_CHANGE", "APL_FORECAST", "APL_FLAGS", "ATTENDANCE",
        "UPN_CHECK", "ULN_CHECK", "SCHOOL_DAYS",
    ]  # fmt: skip
    stored = Package.open(tracker_functions.with_functions(calls.path)).read("xl/worksheets/functions.xml").decode()
    cells = dict(re.findall(r'<c r="([D-J]\d+)"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>', stored))
    assert len(cells) > 50
    for address, value in cells.items():
        live = shown[int(address[1:]) - 1][ord(address[0]) - ord("A")]
        assert close(
            float(value) if isinstance(live, float) else value, escape(live) if isinstance(live, str) else live
        )
