"""setup.ps1 cannot run here, so a grammar of PowerShell reads it, and what it relies on is compared with the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mentorbook
from addin.desktop.places import System, places

tree_sitter = pytest.importorskip("tree_sitter", reason="it has no wheel for this Python yet")
tree_sitter_powershell = pytest.importorskip("tree_sitter_powershell")
SCRIPT = Path(mentorbook.__file__).parent / "addin" / "desktop" / "setup" / "setup.ps1"


def unread(source: bytes) -> Iterator[str]:
    """What the grammar could not make sense of."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    waiting = [parser.parse(source).root_node]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield f"line {node.start_point.row + 1}: {(node.text or b'').decode()[:60]}"
        waiting += node.children


def test_the_script_parses() -> None:
    assert list(unread(SCRIPT.read_bytes())) == []


def test_the_parser_sees_a_mistake() -> None:
    assert list(unread(SCRIPT.read_bytes().replace(b"if ($Remove) {", b"if ($Remove {")))


def test_windows_powershell_reads_it_in_any_code_page() -> None:
    assert SCRIPT.read_bytes().isascii()


def test_every_function_it_calls_is_its_own_or_a_cmdlet_of_windows_powershell() -> None:
    text = re.sub(r"(?m)(?:^|\s)#.*$", "", SCRIPT.read_text(encoding="ascii"))
    own = set(re.findall(r"(?m)^function ([\w-]+)", text))
    cmdlets = {
        "Join-Path", "Test-Path", "Get-Content", "Get-ChildItem", "Get-FileHash", "Get-ItemProperty", "Get-Process",
        "Remove-Item", "Set-StrictMode", "Write-Host",
    }  # fmt: skip
    called = set(re.findall(r"\b([A-Z][a-z]+-[A-Z]\w+)\b", re.sub(r"'[^']*'", "''", text)))
    assert called <= own | cmdlets and own <= called


def test_the_commands_it_runs_are_there() -> None:
    text = SCRIPT.read_text(encoding="ascii")
    for command in ("install", "doctor", "remove"):
        assert re.search(rf"mentorbook'?,? '?addin'?,? '?{command}", text)
    said = CliRunner().invoke(mentorbook.app, ["addin", "install", "--help"]).output
    assert "--file" in said and "--replace" in said


def test_it_takes_away_what_the_install_writes(tmp_path: Path) -> None:
    text = SCRIPT.read_text(encoding="ascii").replace("\\", "/")
    where = places(tmp_path, System.WINDOWS)
    assert f"'{where.addin.relative_to(where.roaming).as_posix()}'" in text
    assert f"'{where.log.relative_to(where.local).as_posix()}'" in text
    assert f"'{where.own_folder.name}'" in text
