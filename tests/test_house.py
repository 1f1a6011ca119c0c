"""The rules of the house that a machine can check: who may import whom, what stays out, how long a file may be."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.source import nodes, tree_of

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300

# The rooms from the ground up, as they may be imported: a room imports itself and what stands in its set.
_GROUND = {"model", "package"}
_READ = _GROUND | {"reading"}
MAY_IMPORT: dict[str, set[str]] = {
    "workbook.model": set(),
    "workbook.templates": set(),
    "workbook.package": {"model"},
    "workbook.reading": _GROUND,
    "workbook.editing": _READ,
    "workbook.sample": _GROUND | {"measures"},
    "workbook.imports": _READ | {"editing"},
    "workbook.checks": _READ | {"measures"},
    "workbook.measures": _READ,
    "workbook.building": _READ | {"measures"},
    "workbook.reports": _READ | {"checks", "measures", "building", "templates"},
    "workbook.gather": _READ | {"checks", "measures", "building"},
    "workbook.upgrade": _READ | {"editing", "measures", "building", "reports"},
    "workbook.fewer": _READ | {"editing", "measures", "building"},
    "workbook.next_year": _READ | {"editing", "measures", "fewer"},
    "workbook.keeping": _READ | {"editing", "measures", "building", "checks", "reports", "fewer"},
    "workbook.commands": _READ
    | {"upgrade", "fewer", "next_year", "keeping", "editing", "sample", "imports", "checks", "measures", "building"}
    | {"reports", "gather", "templates"},
    "addin.functions": {"workbook"},
    "addin.ribbon": set(),
    "addin.deeds": {"workbook"},
    "addin.desktop": {"workbook", "addin.functions", "addin.deeds", "addin.ribbon"},
    "addin.web": {"workbook", "addin.functions", "addin.deeds", "addin.ribbon"},
    "addin.commands": {"workbook", "addin.desktop", "addin.web"},
}
# Rooms within a room, from the ground up: each imports only those before it.
STOREYS = {
    "workbook.reports": ["engine", "design", "content", "output"],
    "workbook.building": ["look", "cells", "tables", "views", "tracker", "handed_on"],
    "addin.desktop": ["settings", "places", "log", "ribbon", "xlam", "setup", "host", "prove"],
}
NEVER_IN_WORKBOOK = {"xlwings", "addin", "mentorbook", "tests", "benchmarks"}
ONLY_IN_COMMANDS = {"typer", "rich", "click"}
CLOCKS = {"today", "now", "utcnow", "localtime", "time"}

MACHINE_PATHS = re.compile(r"(?<![\w.~*$}])/(?:work|tmp|root|farm|home/\w+|opt/\w+)(?:/|\b)")
WORKPLACE = re.compile(
    r"\b(?:CEO|Claude|Anthropic|sub-?agents?|(?:design|domain|brief|look)\.md|issues (?:show|list|file|close))\b"
)
WORKPLACE_IN_DOCS = re.compile(r"\b(?:agents?|helpers?|farms?|prototypes?)\b", re.IGNORECASE)


def project_files(*endings: str) -> Iterator[Path]:
    """Every text file of the project with such an ending (all of them, if none is given), not what tools leave."""
    return (path for path in _files() if (path.suffix in endings if endings else is_text(path)))


@cache
def _files() -> list[Path]:
    left_by_tools, found = {"build", "dist", "demo", "__pycache__", "node_modules"}, []
    for folder, inside, names in os.walk(ROOT):
        if Path(folder) == ROOT:
            inside[:] = [one for one in inside if one == ".ci" or (not one.startswith(".") and one[-9:] != ".egg-info")]
            names = [one for one in names if one in {".pre-commit-config.yaml", ".gitignore"} or one[0] != "."]
        inside[:] = [one for one in inside if one not in left_by_tools]
        found += [Path(folder, one) for one in names if one not in left_by_tools]
    return sorted(path for path in found if path.is_file())


@cache
def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096] and path.suffix not in {".xlsx", ".xlsm", ".png", ".pdf"}


def place(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(ROOT).as_posix()}{f':{line}' if line else ''}"


@cache
def imported(path: Path) -> list[tuple[str, int]]:
    """The full name of each module that a file imports, late imports included, and its line."""
    found = []
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in nodes(tree_of(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                found.append((name.name, node.lineno))
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            found.append((module, node.lineno))
            for name in node.names:  # from workbook import checks
                found.append((f"{module}.{name.name}", node.lineno))
    return found


def room_of(path: Path) -> str:
    """Such as "workbook.reports", the room of a file; "workbook" for what stands at its door."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:2]) if parts[1] != "__init__" else parts[0]


def storey_of(module: str) -> tuple[str, int] | None:
    """The room with storeys that a module stands in, and how high."""
    for room, storeys in STOREYS.items():
        inside = module.removeprefix(f"{room}.").partition(".")[0]
        if module.startswith(f"{room}.") and inside in storeys:
            return room, storeys.index(inside)
    return None


def crossing(here: str, module: str) -> str | None:
    """What is wrong with `module` being imported in the module `here`, if anything is."""
    top, _, rest = module.partition(".")
    room = ".".join(here.split(".")[:2])
    if here.startswith("workbook") and top in NEVER_IN_WORKBOOK:
        return f"workbook/ must not import {top}"
    if top in ONLY_IN_COMMANDS and not room.endswith(".commands") and not here.endswith(".commands"):
        return f"{top} belongs in the commands"
    if top == "xlwings" and not here.startswith(("addin.desktop", "addin.functions.declaring")):
        return "xlwings belongs in addin/desktop and where functions are declared"
    inside = rest.partition(".")[0]
    other = f"{top}.{inside}"
    if other in MAY_IMPORT and other != room:
        allowed = MAY_IMPORT.get(room, set())
        if other not in allowed and top not in allowed and not (top == "workbook" and inside in allowed):
            return f"{room} must not import {other}"
    mine, theirs = storey_of(here), storey_of(module)
    if mine and theirs and mine[0] == theirs[0] and theirs[1] > mine[1]:
        return f"{here} must not import what stands above it"
    return None


def modules() -> Iterator[tuple[Path, str]]:
    """Every module of the two halves of the house, with its full name."""
    for path in project_files(".py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] in {"workbook", "addin"}:
            yield path, ".".join(parts)


def test_imports_go_one_way() -> None:
    wrong = {
        f"{place(path, line)}: {problem}"
        for path, here in modules()
        for module, line in imported(path)
        if (problem := crossing(here, module))
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_no_two_modules_need_each_other() -> None:
    names = {name.removesuffix(".__init__") for _, name in modules()}
    needs: dict[str, set[str]] = {}
    for path, here in modules():
        found = {module for module, _ in imported(path)} & names
        faces = {module for module in found if any(other.startswith(f"{module}.") for other in found)}
        needs[here.removesuffix(".__init__")] = found - faces  # from workbook.sample import names: not its face
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


@pytest.mark.parametrize(
    ("here", "module", "allowed"),
    [
        ("workbook.model.sheets", "workbook.reading", False),
        ("workbook.reading.read", "workbook.model.sheets", True),
        ("workbook.checks.dates", "workbook.measures", True),
        ("workbook.measures.flags", "workbook.checks.dates", False),
        ("workbook.measures.flags", "workbook.building.look", False),
        ("workbook.building.views.form", "workbook.measures.flags", True),
        ("workbook.building.tables.table", "workbook.building.views.form", False),
        ("workbook.reports.content.learner", "workbook.measures.flags", True),
        ("workbook.reports.engine.cells", "workbook.reports.content.learner", False),
        ("workbook.reports.output.run", "workbook.commands", False),
        ("workbook.sample.college", "workbook.reading", False),
        ("workbook.imports.plan", "workbook.checks", False),
        ("workbook.commands.show", "workbook.reports", True),
        ("workbook.commands.show", "xlwings", False),
        ("workbook.reading.read", "rich.table", False),
        ("workbook.reading.read", "addin.desktop", False),
        ("workbook.__init__", "workbook.model", False),
        ("addin.functions.tables", "workbook.measures.flags", True),
        ("addin.functions.tables", "addin.desktop.places", False),
        ("addin.functions.tables", "xlwings", False),
        ("addin.desktop.xlam.package", "addin.desktop.host.book", False),
        ("addin.desktop.host.book", "addin.functions.declared", True),
    ],
)
def test_the_direction_rule_itself(here: str, module: str, allowed: bool) -> None:
    assert (crossing(here, module) is None) == allowed


def test_every_room_is_known_and_shipped() -> None:
    rooms = {f"workbook.{path.parent.name}" for path in (ROOT / "workbook").glob("*/__init__.py")}
    assert rooms <= set(MAY_IMPORT), "a new room needs a place in the direction of imports"
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    nested = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("workbook", "addin")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert nested | {"workbook.templates"} == set(setuptools["packages"])


def test_workbook_imports_without_xlwings() -> None:
    program = """
import importlib, pkgutil, sys
sys.modules["xlwings"] = None  # any import of it now fails
import workbook
names = [module.name for module in pkgutil.walk_packages(workbook.__path__, "workbook.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 7


def test_the_front_door_does_not_wait_for_pandas() -> None:
    program = "import sys, mentorbook; print(sorted({'pandas', 'numpy', 'openpyxl', 'xlwings'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stdout + done.stderr


def test_workbook_neither_prints_nor_asks_the_clock() -> None:
    found = []
    for path in project_files(".py"):
        if not path.is_relative_to(ROOT / "workbook") or room_of(path) == "workbook.commands":
            continue
        for node in nodes(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id == "print":
                found.append(f"{place(path, node.lineno)}: print")
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                owner, name = node.func.value.id, node.func.attr
                if name in CLOCKS and owner in {"date", "datetime", "dt", "time"}:
                    found.append(f"{place(path, node.lineno)}: {owner}.{name}")
    assert not found, "\n".join(found)


def test_no_file_is_longer_than_can_be_read_at_a_sitting() -> None:
    lengths = {place(path): len(path.read_bytes().splitlines()) for path in project_files(".py", ".bas", ".js", ".sh")}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not too_long


def test_names_come_from_the_field() -> None:
    vague = re.compile(r"(?:^|_)(?:utils?|managers?|helpers?|misc|common)(?:_|$)")
    assert not [place(path) for path in project_files(".py") if any(map(vague.search, (path.stem, path.parent.name)))]


def test_nothing_tells_of_the_machine_it_was_written_on() -> None:
    found = []
    for path in project_files():
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            told = [MACHINE_PATHS, WORKPLACE] + [WORKPLACE_IN_DOCS] * (path.suffix == ".md")
            found += [f"{place(path, number)}: {hit[0]}" for pattern in told if (hit := pattern.search(line))]
    assert not found, "\n".join(found)


def test_the_lock_holds_every_package_with_its_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and not re.search(r"^-", lock, re.MULTILINE), "an address or an option of a registry"
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE))
    locked = {entry.partition("==")[0] for entry in entries}
    assert all("--hash=sha256:" in entry for entry in entries)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~\[; ]", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= locked, "make lock renews the lock file"
    assert "xlwings==0.37.8" in project["dependencies"]
