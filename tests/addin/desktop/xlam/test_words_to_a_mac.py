"""Words that pass through VBA, AppleScript and a shell on a Mac come out as they went in.

No AppleScript runs here. The script's few steps are read from its text and done by a double: it takes lines apart and
joins words in quoted form, as AppleScript defines that; the shell is a real one.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.desktop.host import started
from addin.desktop.places import script_source
from tests.addin.desktop.xlam.test_vba_settings import Desk

STEPS = """
on StartPython(handedOver)
set theWords to paragraphs of handedOver
set theCommand to quoted form of (item 1 of theWords) & " -B -P -m addin.desktop.host.started"
repeat with oneWord in rest of theWords
set theCommand to theCommand & " " & quoted form of (contents of oneWord)
end repeat
do shell script theCommand & " > /dev/null 2>&1 &"
return ""
end StartPython
""".strip()
HOSTILE = ("$(touch x).csv", "`id`.csv", "a|b.csv", 'a"b.csv', "a'b.csv", "a\\b.csv", "a;b&c.csv", "a\nb.csv",
           "Zoë 🎓 ﷺ.csv", "-c import os.csv", "%PATH%.csv", "~.csv", "a=b.csv", " x ")  # fmt: skip
ARGUMENTS = "import sys,json; print(json.dumps(sys.argv[1:]))\n"


@pytest.fixture(scope="module")
def mac(xlam: Path) -> Desk:
    return Desk(xlam, mac=True)


def in_vba(words: str) -> str:
    """A text as VBA has it, in units of UTF-16: what Excel hands over; the interpreter takes each letter for one."""
    units = words.encode("utf-16-le")
    return "".join(chr(units[place] | units[place + 1] << 8) for place in range(0, len(units), 2))


def quoted_form(word: str) -> str:
    """AppleScript Language Guide, text, quoted form: in single quotes, a single quote inside as '\\''."""
    return "'" + word.replace("'", "'\\''") + "'"


def through_the_script(handed_over: str, folder: Path) -> list[str]:
    """What a program that stands for Python gets."""
    first, *words = re.split("\r\n|\r|\n", handed_over)
    command = " ".join([quoted_form(first), "-B -P -m addin.desktop.host.started", *map(quoted_form, words)])
    done = subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_script_does_the_steps_that_are_tried_here() -> None:
    lines = [line.strip() for line in script_source().read_text().splitlines()]
    assert "\n".join(line for line in lines if line and not line.startswith("--")) == STEPS


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
@pytest.mark.parametrize("name", HOSTILE)
def test_no_word_is_read_by_the_shell(mac: Desk, name: str, tmp_path: Path) -> None:
    python = tmp_path / "my python"
    python.write_text(f"#!{sys.executable}\n{ARGUMENTS}")
    python.chmod(0o755)
    command = f"import b;b.import_file(path={mac.run('InPython', in_vba(name))})"
    handed_over = "\n".join([str(python), mac.run("InHex", command), mac.run("InHex", in_vba(name))])
    got = through_the_script(handed_over, tmp_path)
    assert got[:4] == ["-B", "-P", "-m", "addin.desktop.host.started"] and list(tmp_path.iterdir()) == [python]
    command, came = map(started.plain, got[4:])
    assert came == name
    asked: list[str] = []
    fake = type("Buttons", (), {"import_file": staticmethod(lambda path: asked.append(path))})
    exec(command.removeprefix("import b;"), {"b": fake})
    assert asked == [name]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_word_comes_out_of_hexadecimal_digits_as_it_went_in(mac: Desk, words: str) -> None:
    digits = mac.run("InHex", in_vba(words))
    assert re.fullmatch("[0-9A-F]*", digits) and started.plain(digits) == words


def test_python_takes_the_workbook_by_its_whole_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings

    seen: list[Any] = []

    class Book:
        def __init__(self, name: str) -> None:
            self.name = name

        def set_mock_caller(self) -> None:
            seen.append(self.name)

    monkeypatch.setattr(xlwings, "books", type("Books", (), {"__getitem__": lambda self, name: Book(name)})())
    monkeypatch.setitem(sys.modules, "pressed_here", type(sys)("pressed_here"))
    sys.modules["pressed_here"].note = seen.append  # type: ignore[attr-defined]
    words = ("import pressed_here;pressed_here.note('done')", "a=b.xlsx")
    started.main([word.encode("utf-16-be").hex() for word in words])
    assert seen == ["a=b.xlsx", "done"]
