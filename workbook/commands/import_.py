"""The command that brings rows of another file into a tracker."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.output import DONE, FOUND, Json, TrackerFile, how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.imports import Difference, RowDifference

SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command that brings rows in."""
    app.command("import")(import_)


def import_(
    tracker: TrackerFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx file.")],
    into: Annotated[str, typer.Option("--into", metavar="SHEET", help="The sheet that takes the rows.")],
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="A map file, or one of ours by name.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="NEW.xlsx", help="Write the result here.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Change the tracker; a dated backup is kept.")] = False,
    json: Json = False,
) -> None:
    """Bring rows of another file into a sheet."""
    from workbook.editing.edit import edit
    from workbook.imports import State, plain_map, plan, read_map, read_source, sheet_named
    from workbook.imports.mapping import own_headings
    from workbook.measures.computed import computed
    from workbook.package.guard import open_guarded
    from workbook.package.run import refuse_input
    from workbook.reading.read import read

    if not dry_run and out is None and not replace:
        raise CannotDo("Say where the result goes: --out NEW.xlsx, or --replace (a backup is kept).")
    held = open_guarded(tracker)
    read_tracker = read(held)
    sheet = sheet_named(into)
    if map_file:
        plan_map = read_map(map_file, into)
        source = read_source(file, plan_map.file, plan_map.wanted())
    else:
        source = read_source(file, wanted=own_headings(sheet))
        plan_map, _ = plain_map(source.headings, sheet, file.name)
    if out is not None:
        refuse_input(out)
    difference = plan(read_tracker, source, plan_map)
    if json:
        output.as_json(tracker, None, list(difference.records()))
    else:
        show(difference)
    refused = bool(difference.of(State.REFUSED))
    told = "Nothing was written (--dry-run)."
    if refused and difference.empty:
        told = "Nothing was written, since every row was refused."
    elif difference.empty and out is None:
        told = "Nothing was written, since all of it is in the tracker already."
    elif not dry_run:
        backup = edit(held, out or tracker, difference.changes(computed), replace=replace, on=date.today())
        told = f"Written to {out or tracker}." + (f" As it was before: {backup.name}." if backup else "")
    if not json:
        say(told)
    raise typer.Exit(FOUND if refused else DONE)


def show(difference: Difference) -> None:
    """Print how many rows of each sheet are added, changed, unchanged and refused, and the first of each."""
    from workbook.imports import State

    rows = [(name, *(counts[one] for one in State)) for name, counts in difference.counts().items()]
    output.table(("Sheet", "Added", "Changed", "Unchanged", "Refused"), rows)
    for heading, found, words in (
        ("Changed", difference.of(State.CHANGED), lambda row: "; ".join(map(str, row.cells))),
        ("Refused", difference.of(State.REFUSED), lambda row: row.reason),
    ):
        if found:
            say(f"{heading}:")
            for row in found[:SHOWN]:
                say(f"  {_place(row)} ({row.what}): {words(row)}")
            if len(found) > SHOWN:
                say(f"  … and {len(found) - SHOWN:,} more (all with --json).")
    if difference.ignored:
        say(f"Not taken, since nothing asks for {'it' if len(difference.ignored) == 1 else 'them'}: "
            f"{how_many(len(difference.ignored), 'column')} ({', '.join(difference.ignored[:8])}"
            f"{' …' if len(difference.ignored) > 8 else ''}).")  # fmt: skip


def _place(row: RowDifference) -> str:
    return f"line {row.source_row}" if row.source_row else f"{row.sheet} row {row.row}"
