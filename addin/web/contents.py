"""What goes into app.zip: of Mentorbook and its wheels exactly what the browser's Python can come to."""

from __future__ import annotations

import ast
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import addin
import workbook

DOOR = "addin/web/door/"
"""All of it is asked for by the page; the rest is there because something in it, or in what it imports, imports it."""
_BY_NAME = ("workbook/templates/__init__.py",)
"""Asked for by name and not imported."""
_DATA = (".toml", ".xlsx", ".txt", ".json", ".so")


def app_files(parts: Mapping[str, Path]) -> dict[str, bytes]:
    """Name and bytes of every file of app.zip; ``parts`` are the pinned ones by name."""
    there = dict((*_own(), *_of_wheels(parts)))
    reached = _reached({name: data for name, data in there.items() if name.endswith(".py")})
    tops = {name.partition("/")[0] for name in reached}
    data = {name for name in there if name.endswith(_DATA) and name.partition("/")[0] in tops}
    return {name: there[name] for name in sorted(reached | data)}


def _own() -> Iterator[tuple[str, bytes]]:
    for package, endings in ((workbook, (".py", *_DATA)), (addin, (".py",))):
        root = Path(package.__path__[0])
        for file in root.rglob("*"):
            if file.suffix in endings and "__pycache__" not in file.parts:
                yield f"{root.name}/{file.relative_to(root).as_posix()}", file.read_bytes()
    for template in resources.files("workbook.templates").iterdir():
        if template.name.endswith((".xlsx", ".py")):
            yield f"workbook/templates/{template.name}", template.read_bytes()


def _of_wheels(parts: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    for path in parts.values():
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if name.endswith((".py", ".so")) and ".dist-info/" not in name and ".data/" not in name:
                        yield name, wheel.read(name)


def _reached(sources: Mapping[str, bytes]) -> set[str]:
    """The files that are imported by others of them, late imports included, beginning at the door."""
    found: set[str] = set()
    waiting = [name for name in sources if name.startswith(DOOR)] + [name for name in _BY_NAME if name in sources]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [file for module in _imported(name, sources[name]) for file in _files(module) if file in sources]
    return found


def _imported(name: str, source: bytes) -> Iterator[str]:
    """The full name of each module that a file may import."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{one.name}" for one in node.names)  # a module in it, or what a module holds


def _files(module: str) -> Iterator[str]:
    """Where a module may be, and each package that it stands in."""
    parts = module.split(".")
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        yield from (f"{path}.py", f"{path}/__init__.py")


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
