"""The command that brings rows of another file into a tracker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.import_show import given, show_import, show_questions
from workbook.commands.opened import opened
from workbook.commands.output import DONE, FOUND, DryRun, InPlace, Json, Result, TrackerFile, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.imports import Map


def register(app: typer.Typer) -> None:
    """Add the command that brings rows in."""
    app.command("import")(import_)


def import_(
    tracker: TrackerFile,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .csv, .txt, .xlsx, .xls or .ods file, as a system gives it.")
    ],
    into: Annotated[
        str | None, typer.Option("--into", metavar="SHEET", help="The sheet that takes the rows; else it is found out.")
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="A map file, or one of ours by name.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="QUESTION=ANSWER", help="Answer a question that the file leaves open."),
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", metavar="MAP.toml", help="Keep how the file was read, for the next.")
    ] = None,
    dry_run: DryRun = False,
    out: Result = None,
    replace: InPlace = False,
    json: Json = False,
) -> None:
    """Bring rows of another file into a sheet."""
    from workbook.imports import State, read_import, sheet_named
    from workbook.measures.anew import foresee
    from workbook.package.run import refuse_input

    if not dry_run and out is None and not replace:
        raise CannotDo("Say where the result goes: --out NEW.xlsx, or --replace (a backup is kept).")
    here = opened(tracker)
    sheet = sheet_named(into) if into else None
    found = read_import(here.as_asked, file, sheet, map_file, dict(map(given, answer or ())), foresee=foresee)
    if out is not None:
        refuse_input(out)
    if save_map and found.map:
        _save(save_map, found.map)
    difference = found.difference
    if json:
        rows = list(difference.records()) if difference else []
        output.as_json(tracker, None, rows, **found.record())
    elif difference is None:
        show_questions(found)
    else:
        show_import(found, difference)
    if difference is None:
        raise typer.Exit(output.WRONG)
    refused = bool(difference.of(State.REFUSED))
    told = "Nothing was written (--dry-run)."
    if refused and difference.empty:
        told = "Nothing was written, since every row was refused."
    elif difference.empty and out is None:
        told = "Nothing was written, since all of it is in the tracker already."
    elif not dry_run:
        told = output.write_difference(here.file, tracker, difference, out, replace)
    if not json:
        say(told)
    raise typer.Exit(FOUND if refused else DONE)


def _save(path: Path, one: Map) -> None:
    from workbook.imports.map_writer import as_toml
    from workbook.package.writing import write_safely

    if path.exists():
        raise CannotDo(f"{path} is there already: give the map another name.")
    write_safely(path, as_toml(one).encode())
