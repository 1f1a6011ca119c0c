"""A workbook with a sheet that programs take for settings or code: it is said, and no file of ours carries it on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import run
from workbook.reports.engine.sheet_names import unique_sheet_name

NAMES = ("mentorbook.conf", "xlwings.conf", "marks.py")
INTERPRETER = r"\\share\x\python.exe"


def hostile(path: Path, out: Path, name: str, sheet: str = "Guide") -> Path:
    """A copy of a workbook in which a sheet bears another name."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                assert f'name="{sheet}"'.encode() in content
                content = content.replace(f'name="{sheet}"'.encode(), f'name="{name}"'.encode())
            new.writestr(part, content)
    return out


def test_check_says_it(tracker: Path, tmp_path: Path) -> None:
    done = run("check", hostile(tracker, tmp_path / "t.xlsx", "mentorbook.conf"), "--json")
    assert [one["sheet"] for one in done.rows if one["code"] == "settings-sheet"] == ["mentorbook.conf"]
    assert done.code == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_nothing_carries_it_on(tracker: Path, tmp_path: Path, name: str) -> None:
    bad = hostile(tracker, tmp_path / "t.xlsx", name)
    before = bad.read_bytes()
    marks = tmp_path / "marks.csv"
    marks.write_text("Learner ID,Subject,APL 5\nL10001,English Language,APL9\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    for words in (
        ("import", bad, marks, "--into", "Progress", "--out", out),
        ("import", bad, marks, "--into", "Progress", "--replace"),
        ("report", bad, "--learner", "L10001", "--out", tmp_path / "made", "--into", out),
        ("addin", "functions", bad, "--out", out.with_suffix(".xlsm")),
    ):
        done = run(*words)
        assert done.code == 2 and f"has a sheet {name}" in done.err and "Traceback" not in done.err, (words, done)
        assert not out.exists() and not out.with_suffix(".xlsm").exists() and bad.read_bytes() == before
    assert run("hand-on", bad, "--form", "10A", "--out", out).code == 0
    assert not [one for one in openpyxl.load_workbook(out, read_only=True).sheetnames if one.endswith((".conf", ".py"))]


def test_no_template_carries_it_on(tracker: Path, tmp_path: Path) -> None:
    ours = Path(__file__).parents[2] / "templates" / "certificate.xlsx"
    sheet = openpyxl.load_workbook(ours, read_only=True).sheetnames[0]
    bad = hostile(ours, tmp_path / "template.xlsx", "xlwings.conf", sheet)
    done = run("report", tracker, "--learner", "L10001", "--template", bad, "--out", tmp_path / "reports")
    assert done.code == 2 and "has a sheet xlwings.conf" in done.err and not (tmp_path / "reports").exists()
    assert run("template", "check", bad).code == 2


@pytest.mark.parametrize("name", ["Ann.py", "Ann.conf", "mentorbook.CONF", "Ann O.Py "])
def test_no_learners_name_makes_such_a_sheet(name: str) -> None:
    made = unique_sheet_name(name, set())
    assert made == f"{name.strip()}_" and not made.casefold().endswith((".py", ".conf"))
