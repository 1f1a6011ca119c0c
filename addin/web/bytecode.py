"""Python as the browser's Python runs it: compiled beforehand, since compiling it anew took most of each start.

The browser's own Python does it, in Node.js, as bytecode holds for one version of Python only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from workbook.model import CannotDo


def compiled(engine: Path, sources: Mapping[str, bytes], kept: Path) -> dict[str, bytes]:
    """The bytecode of modules, ``{"package/module.py": source}`` as ``{"package/module.pyc": code}``.

    ``engine`` is the folder of Pyodide; what was compiled before is taken from the folder ``kept`` and what is new put
    there. CannotDo without Node.js, and for a source that is no Python.
    """
    script = resources.files("addin.web") / "bytecode.mjs"
    made_by = hashlib.sha256((engine / "pyodide.asm.wasm").read_bytes() + script.read_bytes()).digest()
    places = {name: kept / _place(made_by, name, source) for name, source in sources.items()}
    new = {name: sources[name] for name, place in places.items() if not place.is_file()}
    if new:
        kept.mkdir(parents=True, exist_ok=True)
        with resources.as_file(script) as file:
            for name, code in _compile(file, engine, new).items():
                _put(places[name], code)
    return {f"{name}c": place.read_bytes() for name, place in places.items()}


def _place(*told: bytes | str) -> str:
    """The name under which bytecode is kept: by the Python that made it, the module's name and its source."""
    whole = b"\0".join(one.encode() if isinstance(one, str) else one for one in told)
    return f"{hashlib.sha256(whole).hexdigest()}.pyc"


def _compile(script: Path, engine: Path, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bytecode of each module by the name of its source."""
    node = shutil.which("node")
    if node is None:
        raise CannotDo("There is no Node.js to compile the page's Python with: install Node.js, then build again.")
    with tempfile.TemporaryDirectory() as room:
        given, made = Path(room) / "from.zip", Path(room) / "to.zip"
        with zipfile.ZipFile(given, "w") as packed:
            for name, source in sources.items():
                packed.writestr(name, source)
        done = subprocess.run([node, script, engine, given, made], capture_output=True, text=True, check=False)
        if done.returncode:
            told = [line.strip() for line in done.stderr.splitlines() if "Error: " in line] or ["it said nothing"]
            raise CannotDo(
                f"The page's Python could not be compiled ({told[-1][:200]}): is Node.js 20 or newer installed?"
            )
        with zipfile.ZipFile(made) as packed:
            return {name: packed.read(f"{name}c") for name in sources}


def _put(place: Path, code: bytes) -> None:
    """Write at one stroke: two builds may fill the same folder."""
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(code)
    Path(name).replace(place)
