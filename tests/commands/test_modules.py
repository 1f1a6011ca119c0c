"""A command is found in its module without the others; the table that says where is no other list than theirs."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain
from typing import Any

import typer.main

import mentorbook
from tests.conftest import ROOT
from workbook.commands import MODULES


def commands(asked: str = "") -> dict[str, Any]:
    group: Any = typer.main.get_command(mentorbook.command_line(asked))
    return dict(group.commands)


def test_the_table_has_every_command_of_its_modules_and_no_other() -> None:
    assert sorted(commands()) == sorted([*chain.from_iterable(MODULES.values()), "addin", "web"])
    for names in MODULES.values():
        assert tuple(commands(names[-1])) == names


def test_what_is_none_of_the_core_brings_everything() -> None:
    assert commands("addin").keys() == commands("chekc").keys() == commands().keys()


def test_a_command_loads_no_other_module_of_commands_and_no_pydantic() -> None:
    line = "mentorbook.command_line('check')(['check', '--help'], standalone_mode=False)"
    program = f"import sys, mentorbook; {line}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    others = {f"workbook.commands.{module}" for module in MODULES} - {"workbook.commands.show"}
    assert "workbook.commands.show" in ran.stdout.split() and not others & set(ran.stdout.split())
    assert "pydantic" not in ran.stdout.split()  # a tenth of a second before every command
