"""How a command ends: stopped from outside in the middle, and printing to places that know few signs."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import mentorbook
from tests.commands.run import refused, run
from tests.trackers import write_tracker
from workbook.commands.ending import plain_streams
from workbook.model import Tracker

ROOT = Path(__file__).parents[2]
LEARNER = {"learner_id": "L1", "first_name": "Łukasz", "surname": "Ngũgĩ", "form": "10A", "year": 10, "mentor": "A"}


def listen() -> None:
    """Hear every signal: a child of what runs in the background is deaf to some of them."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


SLOW = """
import time
from workbook.package import file_bytes

def side_bytes(*words, **more):
    print("reading", flush=True)
    time.sleep(60)

file_bytes.side_bytes = side_bytes
import mentorbook
mentorbook.main()
"""
"""The command line, for which the file to import takes a minute to read."""


@pytest.mark.skipif(os.name == "nt", reason="only where a signal can be sent to a program")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_stopped_in_the_middle_it_says_so(tmp_path: Path, name: str) -> None:
    """Stopped while it reads the file to import."""
    tracker = write_tracker(tmp_path / "t.xlsx", Tracker.of({"Learners": [LEARNER]}))
    before = tracker.read_bytes()
    (tmp_path / "rows.csv").write_text("Learner ID,First name\nL1,Ada\n")
    words = ["import", str(tracker), str(tmp_path / "rows.csv"), "--into", "Learners", "--replace"]
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen,
    ) as command:
        assert command.stdout is not None and command.stdout.readline() == "reading\n"
        command.send_signal(getattr(signal, name))
        out, err = command.communicate(timeout=30)
    assert (command.returncode, out, err) == (2, "", "Stopped; nothing half-made was left behind.\n")
    assert tracker.read_bytes() == before and {one.name for one in tmp_path.iterdir()} == {"rows.csv", "t.xlsx"}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker whose words and figures need arrows, minus signs, quotes and letters that old code pages lack."""
    learners = [LEARNER, {**LEARNER, "learner_id": "L2", "first_name": "Zoë", "surname": "O’Neil", "pronouns": "→"}]
    progress = [{"learner_id": one, "subject": "Art", "target": "APL6", "apl_1": "APL3"} for one in ("L1", "L2")]
    diary = [{"date": "→ soon", "what": "Café – “tea”"}]
    records = {
        "Learners": learners,
        "Progress": progress,
        "Subjects": [{"subject": "Art", "scale": "APL"}],
        "Diary": diary,
    }
    return write_tracker(tmp_path_factory.mktemp("endings") / "t.xlsx", Tracker.of(records))


def ended(words: list[str], encoding: str) -> tuple[int, str]:
    """The exit code and what came out, of a command whose output goes into a file in an encoding."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    argv, sys.argv = sys.argv, ["mentorbook", *words]
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(out):
            mentorbook.main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = argv
    out.flush()
    written = out.buffer
    assert isinstance(written, io.BytesIO)
    return int(str(code or 0)), written.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
@pytest.mark.parametrize("command", ["check", "flags", "week", "import", "report", "progress"])
def test_old_code_pages_get_plain_signs(odd: Path, tmp_path: Path, command: str, encoding: str) -> None:
    words = [command, str(odd)]
    if command == "import":
        (tmp_path / "rows.csv").write_text("Learner ID,First name,Year\nL1,Ŵyn,10\nL2,Zoé → “x”,−1\n", encoding="utf-8")
        words += [str(tmp_path / "rows.csv"), "--into", "Learners", "--out", str(tmp_path / "new.xlsx"), "--replace"]
    if command == "report":
        words += ["--learner", "L1", "--out", str(tmp_path / "Łódź – reports")]
    code, said = ended(words, encoding)
    assert code in (0, 1) and said.strip(), said
    assert "stumbled" not in said and "Traceback" not in said
    again = [*words, "--replace"] if command == "report" else words
    same, whole = ended(again, "utf-8")
    assert same == code
    if command in ("check", "import", "progress"):
        assert not whole.isascii(), "nothing here that old code pages lack"


def test_a_console_of_the_old_kind_by_its_variable(odd: Path) -> None:
    told = {**os.environ, "PYTHONIOENCODING": "cp850"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "mentorbook.py"), "check", str(odd)], capture_output=True, env=told
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert "Łukasz" not in done.stdout.decode("cp850")


def test_a_letter_without_its_accent_is_better_than_a_question_mark() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    with redirect_stdout(out):
        plain_streams()
        out.write("3 → 4, −1, Ngũgĩ, ✓, 漢")
        out.flush()
    written = out.buffer
    assert isinstance(written, io.BytesIO)
    assert written.getvalue().decode("cp1252") == "3 -> 4, -1, Ngugi, yes, ?"


def test_nothing_of_a_file_is_obeyed_by_the_terminal(tmp_path: Path) -> None:
    """A sign that sets a terminal's title, or its clipboard, comes from a tracker as `_x001B_`."""
    row = {"learner_id": "L1", "first_name": "Amira\x1b]0;mine\x07  Ash", "surname": "Ash\x9b31m", "form": "10A\x1b[7m"}
    book = write_tracker(tmp_path / "t.xlsx", Tracker.of({"Learners": [row]}))
    told = run("check", book)
    assert "Amira▯]0;mine▯" in told.out and not set(told.out) & set("\x1b\x07\x9b")
    as_json = run("check", book, "--json")
    assert not set(as_json.out) & set("\x1b\x07\x9b") and any("\x1b" in str(one["value"]) for one in as_json.rows)
    (tmp_path / "map.toml").write_text('[[rows]]\ninto = "Progr\\u0085\\ness"\n[rows.columns]\n"Subject" = "Subject"\n')
    (tmp_path / "rows.csv").write_text("Subject\nArt\n")
    words = ("import", book, tmp_path / "rows.csv", "--into", "Progress", "--map", tmp_path / "map.toml", "--dry-run")
    assert "Progr ess" in refused(run(*words))


@pytest.mark.skipif(os.name == "nt", reason="only where names of files are bytes")
def test_a_computer_whose_language_lacks_a_letter_is_told_what_to_do(tmp_path: Path) -> None:
    """The learner's name stands in the report's: where the computer knows plain letters only, no file can bear it."""
    tracker = write_tracker(tmp_path / "t.xlsx", Tracker.of({"Learners": [LEARNER]}))
    words = [sys.executable, "-m", "mentorbook", "report", str(tracker), "--out", str(tmp_path / "r"), "--all"]
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(words, cwd=ROOT, env=os.environ | plain, capture_output=True, text=True, check=False)
    assert ran.returncode == 2 and r"the letter \u0141," in ran.stderr and "PYTHONUTF8=1" in ran.stderr, ran
    assert not list(tmp_path.glob("r/*"))


def closed() -> None:
    os.close(1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a device that is always full")
@pytest.mark.parametrize(("where", "code"), [("a reader who left", 0), ("nowhere", 0), ("a full disk", 2)])
def test_what_nobody_hears_is_done_all_the_same(odd: Path, tmp_path: Path, where: str, code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with Path("/dev/full").open("wb") as full, os.fdopen(writing, "wb") as left:
        done = subprocess.run(
            [sys.executable, str(ROOT / "mentorbook.py"), "report", str(odd), "--out", str(tmp_path / "out")],
            stdout={"a reader who left": left, "nowhere": None, "a full disk": full}[where],
            stderr=subprocess.PIPE,
            preexec_fn=closed if where == "nowhere" else None,
            text=True,
        )
    assert done.returncode == code and len(list((tmp_path / "out").iterdir())) == 2
    words = "The output could not be written whole (No space left on device): make room, or send it elsewhere; "
    assert done.stderr == (f"{words}all else that was asked for is done.\n" if code else "")


def test_what_was_found_is_told_by_the_exit_code_whoever_hears_it(odd: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as left:
        done = subprocess.run([sys.executable, str(ROOT / "mentorbook.py"), "check", str(odd), "--json"], stdout=left)
    assert done.returncode == 1
