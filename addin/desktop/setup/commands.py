"""The add-in's commands for one's own computer: install, remove, doctor."""

from __future__ import annotations

import json as plain_json
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addin.desktop.places import Places, System, places
from workbook.commands.output import DONE, FOUND, Json, how_many, say, writing_over

if TYPE_CHECKING:
    from addin.desktop.setup.finding import Finding

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", envvar="MENTORBOOK_HOME", help="Another home folder, for a trial."),
]
OfSystem = Annotated[
    System | None,
    typer.Option("--system", envvar="MENTORBOOK_SYSTEM", help="With --home: whose layout of folders it has."),
]


def register(group: typer.Typer) -> None:
    """Add the commands to the group ``addin``."""
    for command in (install, remove, doctor):
        group.command()(command)


def install(
    interpreter: Annotated[
        Path | None,
        typer.Option(metavar="PYTHON", help="The Python that Excel starts; the one running now if left out."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE.xlam", help="An add-in to install as it is, such as a signed one.")
    ] = None,
    replace: Annotated[bool, writing_over("Write over a Mentorbook.xlam from elsewhere.")] = False,
    home: Home = None,
    system: OfSystem = None,
) -> None:
    """Install the add-in for you alone; no administrator is needed."""
    from addin.desktop.setup.install import install as write

    where = places(home, system)
    receipt = write(where, interpreter=interpreter, addin=file, replace=replace)
    say(f"Installed Mentorbook {receipt.version} for Excel:")
    for one in [*receipt.files, str(where.receipt)]:
        say(f"  {one}")
    say(f"Excel will start {receipt.interpreter}.")
    say(_trust(where))
    say("Close Excel and open it again: the tab Mentorbook is beside Home. If it is not: mentorbook addin doctor")


def remove(home: Home = None, system: OfSystem = None) -> None:
    """Take the add-in away with everything that came with it; trackers stay as they are."""
    from addin.desktop.setup.install import remove as take_away

    gone = take_away(places(home, system))
    if not gone:
        say("Nothing of Mentorbook was installed in Excel for you.")
        return
    say("Removed:")
    for one in gone:
        say(f"  {one}")
    say("Your trackers and reports are as they were. To remove Mentorbook itself: pip uninstall mentorbook")


def doctor(
    tracker: Annotated[
        Path | None, typer.Argument(metavar="[TRACKER]", help="A tracker, to see whether its functions can run.")
    ] = None,
    home: Home = None,
    system: OfSystem = None,
    json: Json = False,
) -> None:
    """Look at each link from Excel to Python and say what to do about one that is broken."""
    from addin.desktop.setup.doctor import broken, examine
    from addin.desktop.setup.finding import this_computer

    where = places(home, system)
    findings = examine(this_computer(where), tracker)
    wrong = broken(findings)
    if json:
        told = {
            "tracker": str(tracker) if tracker else None,
            "on": None,
            "system": where.system.value,
            "rows": [asdict(one) for one in findings],
        }
        sys.stdout.write(plain_json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
    else:
        for one in findings:
            _show(one)
        say(f"{how_many(len(wrong), 'link')} to mend." if wrong else "Everything is as it should be.")
    raise typer.Exit(FOUND if wrong else DONE)


def _show(one: Finding) -> None:
    """A finding in lines that fit a terminal, with what to do under it."""
    head = f"{one.state.value.upper() if one.state.value != 'good' else 'good':5}{one.link}: "
    say(textwrap.fill(head + one.found, 110, subsequent_indent="     ", break_on_hyphens=False))
    if one.do:
        say(
            textwrap.fill(
                "-> " + one.do, 110, initial_indent="     ", subsequent_indent="        ", break_on_hyphens=False
            )
        )


def _trust(where: Places) -> str:
    if where.system is System.WINDOWS:
        return (
            "Excel trusts its start folder, so the add-in's buttons run without a question. A tracker with functions "
            "(.xlsm) asks “Enable Content” once, unless its folder is among Excel's trusted locations."
        )
    return "On a Mac the buttons work; worksheet functions in Python are for Windows."
