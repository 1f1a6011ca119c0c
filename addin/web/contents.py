"""What goes into app.zip: of Mentorbook and its wheels exactly what the browser's Python needs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import addin
import workbook

#: Rooms that only the command line or a maker of templates needs.
LEFT_OUT = ("workbook/sample/", "workbook/commands/", "workbook/reports/design/")
#: Of the add-in what knows nothing of Excel for the desktop; what is not there yet is passed over.
ADDIN = ("addin/__init__.py", "addin/web/__init__.py", "addin/web/door/", "addin/functions/", "addin/deeds/")
#: Of python-stdnum (90 countries) only what the check letters of UPNs ask for.
STDNUM = ("stdnum/__init__.py", "stdnum/exceptions.py", "stdnum/util.py", "stdnum/gb/")
_KEPT = (".py", ".toml", ".xlsx", ".txt", ".json")


def app_files(parts: Mapping[str, Path]) -> dict[str, bytes]:
    """Name and bytes of every file of app.zip; ``parts`` are the pinned ones by name."""
    return dict(sorted((*_own(), *_of_wheels(parts))))


def _own() -> Iterator[tuple[str, bytes]]:
    for package in (workbook, addin):
        root = Path(package.__path__[0])
        for file in root.rglob("*"):
            name = f"{root.name}/{file.relative_to(root).as_posix()}"
            wanted = not name.startswith(LEFT_OUT) if package is workbook else name.startswith(ADDIN)
            if wanted and file.suffix in _KEPT and "__pycache__" not in name:
                yield name, file.read_bytes()
    for template in resources.files("workbook.templates").iterdir():
        if template.name.endswith((".xlsx", ".py")):
            yield f"workbook/templates/{template.name}", template.read_bytes()


def _of_wheels(parts: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    for path in parts.values():
        if path.suffix != ".whl":
            continue
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                if ".dist-info/" in name or ".data/" in name or name.endswith((".pyi", "/")):
                    continue
                if not name.startswith("stdnum/") or name.startswith(STDNUM):
                    yield name, wheel.read(name)


def licences(parts: Mapping[str, Path]) -> str:
    """The licence texts that the parts bring along, one below the other."""
    texts = []
    for name, path in parts.items():
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for file in wheel.namelist():
                    last = file.rpartition("/")[2].upper()
                    if ".dist-info/" in file and last.startswith(("LICEN", "COPYING")):
                        texts.append(f"{name}: {last}\n\n{wheel.read(file).decode('utf-8', 'replace').strip()}\n")
    return ("\n" + "=" * 78 + "\n\n").join(texts)
