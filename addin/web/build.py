"""Put the static site together: the page, Pyodide, app.zip with Mentorbook's Python, a sample, and a list of it all.

All Python in it is bytecode: compiling it anew took two thirds of each start.

Two builds of the same version give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import BinaryIO

from addin.web import manifest as office
from addin.web.bytecode import compiled
from addin.web.contents import app_files, licences
from addin.web.headers import PANE_POLICY, PANE_POLICY_IN_PAGE, POLICY, POLICY_IN_PAGE
from addin.web.parts import Part, collect, pinned
from workbook import __version__
from workbook.model import CannotDo
from workbook.package.beside import sweep
from workbook.package.folders import made_whole, make_folder
from workbook.package.writing import write_safely

LIBRARY, LOCK = "python_stdlib.zip", "pyodide-lock.json"
ENGINE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", LIBRARY, LOCK)
#: Of Python's library what asks for a terminal, other processes or servers, or serves who writes programs.
LEFT_OUT = frozenset(
    "unittest doctest pdb bdb cProfile profile pstats trace pickletools modulefinder multiprocessing xmlrpc wsgiref "
    "mailbox imaplib smtplib ftplib poplib".split()
)
SAMPLE_LEARNERS, SAMPLE_FAULTS = 60, 12
_MARK = "mentorbook-site.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def build(site: Path, parts_folder: Path, *, address: str = "", replace: bool = False) -> dict[str, int]:
    """Make the folder ``site``; gives each file's name and size. With the address that it will have on the web also
    manifest.xml, by which Excel finds the add-in.

    Parts that ``parts_folder`` does not hold are fetched into it. A folder that is there already is only cleared with
    ``replace``, and only if it is a site that was made here: CannotDo otherwise.
    """
    manifest = office.manifest(address) if address else b""
    _require_free(site, replace)
    parts = collect(parts_folder)
    with made_whole(site) as room:
        return _made(room, parts, parts_folder / "compiled", manifest)


def _made(site: Path, parts: Mapping[str, Path], compiled_before: Path, manifest: bytes) -> dict[str, int]:
    """Put everything into an empty folder; gives each file's name and size."""
    _put_page(site)
    _put_python(site, parts, compiled_before)
    _put_sample(site / "sample.xlsx")
    (site / "office" / "declared.json").write_text(office.written(office.declaration()), "utf-8")
    (site / office.FUNCTIONS).write_text(office.written(office.functions()), "utf-8")
    if manifest:
        (site / "manifest.xml").write_bytes(manifest)
    (site / "licences.txt").write_text(_licences(pinned(), parts), "utf-8")
    _put_list(site)
    return {name: (site / name).stat().st_size for name in _files(site)}


def pack(site: Path, file: Path, *, replace: bool = False) -> None:
    """The site as one zip, to be unpacked on a college's server."""
    if file.exists() and not replace:
        raise CannotDo(f"{file} is there already: choose another name, or add --replace to write over it.")
    make_folder(file.parent)
    files = {f"mentorbook/{name}": (site / name).read_bytes() for name in [*_files(site), "sw.js"]}
    write_safely(file, lambda out: _put_zip(out, files, level=6), replace=replace)


def _require_free(site: Path, replace: bool) -> None:
    sweep(site)
    if site.exists() and any(site.iterdir()):
        if not (site / _MARK).is_file():
            raise CannotDo(f"The folder {site} holds something else: choose an empty folder, or a new one.")
        if not replace:
            raise CannotDo(f"There is a site in {site} already: add --replace to make it anew.")


def _put_page(site: Path) -> None:
    with resources.as_file(resources.files("addin.web") / "site") as own:
        for file in sorted(own.rglob("*")):
            if file.is_file() and file.suffix not in (".py", ".pyc"):
                place = site / file.relative_to(own)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read_bytes())
    words = {"{{policy}}": POLICY_IN_PAGE, "{{pane_policy}}": PANE_POLICY_IN_PAGE, "{{version}}": __version__}
    for page in (site / "index.html", site / office.PANE):
        text = page.read_text("utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        page.write_text(text, "utf-8")


def _put_python(site: Path, parts: Mapping[str, Path], kept: Path) -> None:
    """Pyodide, its library and Mentorbook with its wheels."""
    engine = site / "pyodide"
    engine.mkdir()
    with tarfile.open(parts["pyodide"]) as archive:
        for name in ENGINE:
            file = archive.extractfile(f"package/{name}")
            if file is None:
                raise CannotDo(f"{parts['pyodide'].name} has no {name}: fetch it anew.")
            (engine / name).write_bytes(file.read())
    with zipfile.ZipFile(engine / LIBRARY) as packed:
        wanted = (name for name in packed.namelist() if re.split(r"[./]", name)[0] not in LEFT_OUT)
        library = {name: packed.read(name) for name in wanted if not name.endswith("/")}
    made = [_compiled(engine, files, kept) for files in (library, app_files(parts))]
    for path, files in zip((engine / LIBRARY, site / "app.zip"), made, strict=True):
        _put_zip(path, files)
    lock = json.loads((engine / LOCK).read_text("utf-8"))
    (engine / LOCK).write_text(json.dumps({"info": lock["info"], "packages": {}}), "utf-8")  # none is ever fetched


def _compiled(engine: Path, files: Mapping[str, bytes], kept: Path) -> dict[str, bytes]:
    sources = {name: data for name, data in files.items() if name.endswith(".py")}
    others = {name: data for name, data in files.items() if name not in sources}
    return others | compiled(engine, sources, kept)


def _put_zip(path: Path | BinaryIO, files: Mapping[str, bytes], level: int = 9) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)


def _put_sample(path: Path) -> None:
    """A tracker of made-up learners with some mistakes in it, so that there is something to find."""
    from workbook.commands.make import make_sample

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "sample.xlsx"
        make_sample(made, SAMPLE_LEARNERS, seed=1, faults=SAMPLE_FAULTS)
        shutil.copyfile(made, path)


def _licences(parts: list[Part], files: Mapping[str, Path]) -> str:
    head = [f"Mentorbook {__version__} is under the MIT licence. Besides its own, the site holds:", ""]
    head += [f"{one.name} {one.version}, {one.licence} ({one.registry}, SHA-256 {one.sha256})" for one in parts]
    more = ["", "Pyodide brings CPython (PSF licence) and its libraries; its sources: github.com/pyodide/pyodide.", ""]
    return "\n".join(head + more) + "\n" + licences(files)


def _put_list(site: Path) -> None:
    """Which files there are and what is in them: for the service worker, which keeps them, and for whoever checks."""
    listed = {}
    for name in _files(site):
        digest = hashlib.sha256((site / name).read_bytes()).digest()
        listed[name] = f"sha256-{base64.b64encode(digest).decode()}"
    whole = hashlib.sha256(json.dumps(listed).encode() + (site / "sw.js").read_bytes()).hexdigest()[:16]
    told = {"product": "mentorbook", "version": __version__, "build": whole, "files": listed}
    (site / _MARK).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    worker = site / "sw.js"
    known = json.dumps({"build": whole, "policy": POLICY, "policies": {office.PANE: PANE_POLICY}, "files": listed})
    worker.write_text(f"const SITE = {known};\n" + worker.read_text("utf-8"), "utf-8")


def _files(site: Path) -> list[str]:
    """The names of all files of the site but the service worker itself, which the browser keeps by its own rules."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(name for name in found if name != "sw.js")
