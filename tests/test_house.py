"""The rules of the house that a machine can check: who may import whom, what stays out, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300

# What each room of workbook/ may import from. "commands" is the room that puts the others together.
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "templates": set(),
    "files": {"model"},
    "sample": {"model"},
    "imports": {"model", "files"},
    "checks": {"model", "files"},
    "measures": {"model", "files"},
    "reports": {"model", "files", "checks", "measures", "templates"},
    "commands": {"model", "files", "sample", "imports", "checks", "measures", "reports", "templates"},
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
    left_by_tools = {"build", "dist", "demo", "__pycache__", "node_modules"}
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        own = parts[0] in {".ci", ".pre-commit-config.yaml", ".gitignore"} or not parts[0].startswith(".")
        if not own or left_by_tools & set(parts) or parts[0].endswith(".egg-info") or not path.is_file():
            continue
        if path.suffix in endings or (not endings and is_text(path)):
            yield path


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096] and path.suffix not in {".xlsx", ".xlsm", ".png", ".pdf"}


def place(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(ROOT).as_posix()}{f':{line}' if line else ''}"


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The full name of each module that a file imports, late imports included, and its line."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module, node.lineno
            for name in node.names:  # from workbook import checks
                yield f"{module}.{name.name}", node.lineno


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "workbook").with_suffix("").parts
    return parts[0]


def crossing(room: str, module: str) -> str | None:
    """What is wrong with `module` being imported in `room` of workbook/, if anything is."""
    top, _, rest = module.partition(".")
    if top in NEVER_IN_WORKBOOK:
        return f"workbook/ must not import {top}"
    if top in ONLY_IN_COMMANDS and room != "commands":
        return f"{top} belongs in workbook/commands.py"
    other = rest.partition(".")[0]
    if top == "workbook" and other in MAY_IMPORT and other not in MAY_IMPORT.get(room, set()) | {room}:
        return f"{room} must not import {other}"
    return None


def test_imports_go_one_way() -> None:
    wrong = {
        f"{place(path, line)}: {problem}"
        for path in project_files(".py")
        if path.is_relative_to(ROOT / "workbook")
        for module, line in imported(path)
        if (problem := crossing(room_of(path), module))
    }
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize(
    ("room", "module", "allowed"),
    [
        ("model", "workbook.files", False),
        ("files", "workbook.model.sheets", True),
        ("checks", "workbook.measures", False),
        ("measures", "workbook.checks.dates", False),
        ("reports", "workbook.measures.flags", True),
        ("reports", "workbook.commands", False),
        ("sample", "workbook.files", False),
        ("imports", "workbook.checks", False),
        ("commands", "workbook.reports", True),
        ("commands", "xlwings", False),
        ("files", "rich.table", False),
        ("files", "addin.host", False),
        ("__init__", "workbook.model", False),
    ],
)
def test_the_direction_rule_itself(room: str, module: str, allowed: bool) -> None:
    assert (crossing(room, module) is None) == allowed


def test_every_room_is_known_and_shipped() -> None:
    rooms = {path.name for path in (ROOT / "workbook").iterdir() if (path / "__init__.py").is_file()}
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
        if not path.is_relative_to(ROOT / "workbook") or room_of(path) == "commands":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
