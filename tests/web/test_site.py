"""The built site: reproducible, complete, pinned, and nothing in it that the browser's Python cannot run."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from modulefinder import ModuleFinder
from pathlib import Path

import pytest

from addin.web import build
from addin.web.contents import app_files
from addin.web.headers import HEADERS, OPEN_HEADERS, PANE_HEADERS, PANE_POLICY, POLICY
from addin.web.parts import collect, pinned
from addin.web.serve import Server
from tests.commands.run import refused, run
from tests.web import PARTS
from tests.web.conftest import running
from workbook.model import CannotDo

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "addin" / "web" / "site"


@pytest.mark.browser
def test_the_list_names_every_file_by_its_hash(site: Path) -> None:
    told = json.loads((site / "mentorbook-site.json").read_text("utf-8"))
    there = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    own = {"mentorbook-site.json", "sw.js"}
    hashes = {name: base64.b64encode(hashlib.sha256(data).digest()).decode() for name, data in there.items()}
    assert {name: f"sha256-{one}" for name, one in hashes.items() if name not in own} == told["files"]
    worker = there["sw.js"].decode().splitlines()[0]
    known = json.loads(worker.removeprefix("const SITE = ").removesuffix(";"))
    assert known == {
        "build": told["build"],
        "policy": POLICY,
        "policies": {"pane.html": PANE_POLICY},
        "files": told["files"],
    }


@pytest.mark.browser
def test_two_builds_are_the_same_and_the_zip_holds_all_of_it(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    sizes = build.build(again, PARTS)
    assert all((site / name).read_bytes() == (again / name).read_bytes() for name in [*sizes, "sw.js"])
    assert sum(sizes.values()) < 18_000_000
    build.pack(again, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        assert {name.partition("/")[2] for name in packed.namelist()} == {*sizes, "sw.js"}
        assert packed.testzip() is None


@pytest.mark.browser
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, site: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    sentence = refused(run("web", "build", "--out", tmp_path, "--parts", PARTS, "--replace"))
    assert "something else" in sentence and [one.name for one in tmp_path.iterdir()] == ["letter.txt"]
    assert "--replace" in refused(run("web", "build", "--out", site, "--parts", PARTS))


def test_a_part_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    part = replace(pinned()[1], file="part.whl")
    (tmp_path / "part.whl").write_bytes(b"something else")
    with pytest.raises(CannotDo, match="is not the pinned"):
        collect(tmp_path, [part])


def test_wheels_are_those_of_the_lock_file() -> None:
    """The browser runs the same versions as the command line, so that both give the same bytes."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for part in pinned():
        assert part.registry == "npm" or f"\n{part.name.lower()}=={part.version} " in lock, part.name


@pytest.mark.browser
def test_the_app_runs_with_nothing_but_what_is_in_it(tmp_path: Path) -> None:
    """On its own, in a Python without its site packages, and without those that the browser lacks."""
    files = app_files(collect(PARTS))
    assert not [name for name in files if name.startswith(("workbook/commands/", "addin/desktop/", "tests/"))]
    app = tmp_path / "app.zip"
    with zipfile.ZipFile(app, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    packed_only = tmp_path / "app"
    with zipfile.ZipFile(app) as packed:
        packed.extractall(packed_only)
    absent = ["typer", "rich", "pandas", "numpy", "lxml", "xlwings", "msoffcrypto", "pypdf", "concurrent.futures"]
    absent += build.LEFT_OUT
    program = """
import sys, types
sys.path.insert(0, sys.argv[1])
sys.modules["python_calamine"] = types.ModuleType("python_calamine")  # the one wheel that is made for the browser
for name in ("CalamineWorkbook", "CalamineError", "SheetVisibleEnum"):
    setattr(sys.modules["python_calamine"], name, Exception)
for name in sys.argv[2:]:
    sys.modules[name] = None
from addin.web import door
while door.load_next():
    pass
assert all(set(door.enter(room)) == set(deeds) for room, deeds in door.ROOMS.items())
print(door.call("check", "{}"), door.call("no such deed", "{}"))
"""
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, str(packed_only), *build.LEFT_OUT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "No tracker is open: choose your tracker first." in done.stdout and '"stumbled"' in done.stdout


@pytest.mark.slow
def test_the_app_holds_what_its_modules_import_and_no_more(tmp_path: Path) -> None:
    """Judged by the standard library's own finder of modules, which reads bytecode."""
    files = app_files({})
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    finder = ModuleFinder([str(tmp_path)])
    doors = sorted(name for name in files if name.startswith("addin/web/door/"))
    for name in doors:
        finder.import_hook(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    own = {one for one in finder.any_missing() if one.startswith(("workbook", "addin"))}
    assert not {one for one in own if _is_module(one)}, "imported, and not in the app"
    found = {Path(one.__file__).relative_to(tmp_path).as_posix() for one in finder.modules.values() if one.__file__}
    assert {name for name in files if name.endswith(".py")} - found == {"workbook/templates/__init__.py"}


def _is_module(name: str) -> bool:
    return (ROOT / f"{name.replace('.', '/')}.py").exists() or (ROOT / name.replace(".", "/")).is_dir()


@pytest.mark.browser
def test_bytecode_says_what_went_wrong_without_lines(site: Path, tmp_path: Path) -> None:
    """Made without the tables of lines, it still runs in the Python it was made for, and a fault stays an answer."""
    with zipfile.ZipFile(site / "app.zip") as app, zipfile.ZipFile(site / "pyodide" / "python_stdlib.zip") as library:
        assert not [name for packed in (app, library) for name in packed.namelist() if name.endswith(".py")]
    program = tmp_path / "try.mjs"
    program.write_text(_TRY.replace("SITE", site.as_posix()), "utf-8")
    done = subprocess.run(["node", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    stumbled, trace = done.stdout.split("\n", 1)
    assert json.loads(stumbled)["kind"] == "stumbled" and "TypeError" in stumbled
    assert "in day_of" in trace and "ValueError" in trace


_TRY = """
import { loadPyodide } from "SITE/pyodide/pyodide.mjs";
import { readFileSync } from "node:fs";
const python = await loadPyodide({ indexURL: "SITE/pyodide" });
python.unpackArchive(new Uint8Array(readFileSync("SITE/app.zip")), "zip", { extractDir: "/app" });
console.log(python.runPython(`
import sys, traceback
sys.path.insert(0, "/app")
from addin.web import door
try:
    door.opened.day_of("no day")
except ValueError:
    trace = traceback.format_exc()
door.call("check", '{"nothing": 1}') + chr(10) + trace`));
process.exit(0);
"""


def test_nothing_in_the_page_could_ask_elsewhere_or_run_text() -> None:
    written = {
        path.name: path.read_text("utf-8") for path in SITE.rglob("*") if path.suffix in {".js", ".html", ".css"}
    }
    for name, text in written.items():
        addresses = set(re.findall(r"https?://[^\"'\s)]+", text)) - {"http://www.w3.org/2000/svg"}
        if name == "pane.html":  # Microsoft wants its library fetched from there
            addresses -= {"https://appsforoffice.microsoft.com/lib/1/hosted/office.js"}
        assert not addresses, f"{name}: {addresses}"
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            name
        )
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", text), f"{name} keeps something"
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text), f"{name}: a style or a script within an element"


def test_every_file_that_the_page_names_is_there() -> None:
    for path in SITE.rglob("*.js"):
        for name in re.findall(r"(?:from |import\()\"(\.[^\"]+)\"", path.read_text("utf-8")):
            assert "pyodide" in name or (path.parent / name).is_file(), f"{path.name} needs {name}"


def test_what_the_docs_say_about_headers_is_what_is_sent() -> None:
    told = (ROOT / "docs" / "for-it.md").read_text("utf-8")
    for name, value in [*HEADERS.items(), *PANE_HEADERS.items(), *OPEN_HEADERS.items()]:
        assert f"{name}: {value}" in told, name


@pytest.mark.browser
def test_the_server_sends_its_headers_and_nothing_from_outside(site: Path) -> None:
    (site.parent / "secret.json").write_text("{}", "utf-8")
    with running(Server(site)) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
        line.request("GET", "/pyodide/pyodide.asm.wasm", headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        packed = answer.read()
        assert answer.getheader("Content-Type") == "application/wasm" and answer.getheader("Content-Encoding") == "gzip"
        assert all(answer.getheader(name) == value for name, value in HEADERS.items())
        assert len(packed) < 4_500_000
        line.request("GET", "/pyodide/pyodide.asm.wasm", headers={"If-None-Match": answer.getheader("ETag") or ""})
        same = line.getresponse()
        assert (same.status, same.read()) == (304, b"")
        for outside in ("/../secret.json", "/%2e%2e/secret.json", "/..%5csecret.json", "/page", "/nothing.js"):
            line.request("GET", outside)
            answer = line.getresponse()
            answer.read()
            assert answer.status == 404, outside
        line.close()
    assert "web build" in refused(run("web", "serve", site.parent))
