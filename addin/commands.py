"""The add-in's commands: functions, build, prove; those for one's own computer stand in commands_install."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from addin.desktop.prove.commands import prove
from addin.desktop.setup import commands as commands_install
from addin.web import commands as commands_web
from workbook.commands.output import Replace, TrackerFile, file_to_make, say

Folder = Annotated[Path, file_to_make("DIR", "The folder to write into.")]
FunctionsFile = Annotated[
    Path | None, file_to_make("TRACKER.xlsm", "The file to make; beside the tracker if left out.")
]


def register(app: typer.Typer) -> None:
    """Add the groups of commands for Excel and for the page."""
    group = typer.Typer(name="addin", help="The ribbon and the worksheet functions for Excel.", no_args_is_help=True)
    for command in (functions, build, prove):
        group.command()(command)
    commands_install.register(group)
    app.add_typer(group)
    commands_web.register(app)


def functions(tracker: TrackerFile, out: FunctionsFile = None, replace: Replace = False) -> None:
    """Put the worksheet functions into a copy of a tracker; nothing else in it changes."""
    from addin.desktop.xlam.tracker_functions import write

    path = write(tracker, out or tracker.with_suffix(".xlsm"), replace=replace)
    say(f"Made {path}: the same tracker with the worksheet functions. Its sheet Functions shows each of them at work.")


def build(out: Folder = Path(), replace: Replace = False) -> None:
    """Make the add-in Mentorbook.xlam."""
    from addin.desktop.xlam.package import build as make
    from workbook.model import CannotDo

    if not out.is_dir():
        raise CannotDo(f"The folder {out} does not exist: make it first.")
    say(f"Made {make(out, replace=replace)}.")
