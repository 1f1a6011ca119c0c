"""The command that suggests groups who share a reason, and takes one into the tracker."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.opened import Opened, opened
from workbook.commands.output import DONE, InPlace, Json, On, Result, TrackerFile, how_many, say
from workbook.commands.whose import Form, Mentor, Year
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.measures.shared_reasons import Suggestion


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(suggest)


def suggest(
    tracker: TrackerFile,
    form: Form = None,
    mentor: Mentor = None,
    year: Year = None,
    accept: Annotated[int | None, typer.Option("--accept", min=1, metavar="NUMBER", help="Take this one in.")] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What the group is called.")] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who sees it through.")] = "",
    aim: Annotated[float | None, typer.Option("--aim", metavar="VALUE", help="What is aimed at.")] = None,
    out: Result = None,
    replace: InPlace = False,
    on: On = None,
    json: Json = False,
) -> None:
    """Suggest groups of learners who share a reason and have no support yet; take one in as a group intervention."""
    from workbook.measures.shared_reasons import suggestions
    from workbook.package.run import refuse_input

    one = opened(tracker, on or date.today())
    if out is not None:
        refuse_input(out)
    if accept is None and (out is not None or replace):
        raise CannotDo("Say which suggestion to take in, such as --accept 1: without it, nothing was written.")
    found = suggestions(one.tracker, one.on, one.among(form, mentor, year, None))
    if accept is not None:
        _accept(tracker, one, found, accept, name.strip(), owner.strip(), aim, out, replace)
        return
    if json:
        output.as_json(tracker, one.on, [row.as_row() for row in found])
    elif not found:
        say(f"{tracker.name}: no three learners of a year group share a reason without having support already.")
        raise typer.Exit(DONE)
    else:
        rows = [(number, row.name, row.kind, len(row.learners), ", ".join(row.names[:8]) + " …" * (len(row.names) > 8))
                for number, row in enumerate(found, start=1)]  # fmt: skip
        output.table(("No.", "Shared reason", "Type", "Learners", "Who"), rows, wrap="Who")
        say("Who goes well together is yours to judge. Take one in with --accept NUMBER and --replace or --out; take")
        say("members off the sheet Groups as you like.")


def _accept(
    tracker: Path, one: Opened, found: list[Suggestion], number: int, name: str, owner: str,
    aim: float | None, out: Path | None,
    replace: bool,
) -> None:  # fmt: skip
    from workbook.editing.edit import TableChange, edit
    from workbook.measures.interventions import group_key

    if number > len(found):
        raise CannotDo(f"There are {how_many(len(found), 'suggestion')}: choose one of them with --accept.")
    if out is None and not replace:
        raise CannotDo("Say where to write it: --out NEW.xlsx, or --replace for the tracker itself (a backup is kept).")
    chosen = found[number - 1]
    called = name or chosen.called(one.on)
    if group_key(called) in set(map(group_key, one.tracker["Groups"]["group"])):
        raise CannotDo(f"There is a group {called} already: give this one another name with --name.")
    changes = {table: TableChange(added=rows) for table, rows in chosen.rows(one.on, called, owner, aim).items()}
    edit(one.file, out or tracker, changes, replace=replace, on=date.today())
    say(f"{called}: {how_many(len(chosen.learners), 'row')} on Groups and one on Interventions.")
    if aim is None:
        say(f"Fill in Aim measure ({chosen.aim}) and Aim value there, so that effect can judge it later.")
    output.say_kept()
