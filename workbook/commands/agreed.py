"""The command that brings the targets of filled Progress Day packs into a tracker: agreed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.opened import opened
from workbook.commands.output import DONE, FOUND, DryRun, InPlace, Json, Result, TrackerFile, how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.imports.agreed import Agreed
    from workbook.imports.packs import Line

SHOWN = 12
_WHOLE = 120
"""Letters of a target that are shown."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(agreed)


def agreed(
    tracker: TrackerFile,
    packs: Annotated[
        list[Path], typer.Argument(metavar="PACKS...", help="Filled packs, entry sheets of forms, or folders of them.")
    ],
    dry_run: DryRun = False,
    out: Result = None,
    replace: InPlace = False,
    json: Json = False,
) -> None:
    """Bring the targets agreed on a Progress Day into Targets."""
    from workbook.imports.agreed import read_agreed
    from workbook.package.run import refuse_input

    if not dry_run and out is None and not replace:
        raise CannotDo("Say where the result goes: --out NEW.xlsx, or --replace (a backup is kept).")
    here = opened(tracker)
    if out is not None:
        refuse_input(out)
    found = read_agreed(here.tracker, packs)
    difference = found.difference
    if json:
        output.as_json(tracker, None, list(difference.records()), refused=[vars(one) for one in found.refused])
    else:
        show(found)
    told = "Nothing was written (--dry-run)."
    if difference.empty and out is None:
        told = "Nothing was written, since nothing in the packs is new."
    elif not dry_run:
        told = output.write_difference(here.file, tracker, difference, out, replace)
    if not json:
        say(told)
    raise typer.Exit(FOUND if found.refused else DONE)


def show(found: Agreed) -> None:
    """Print each target that is new or changed, and what is refused with its cell."""
    from workbook.imports.difference import State

    new, changed, same = (found.difference.of(one) for one in (State.ADDED, State.CHANGED, State.UNCHANGED))
    say(f"{how_many(len(new), 'new target')}, {len(changed):,} changed, {len(same):,} in the tracker already.")
    told = [(found.line(row), _target(found.line(row))) for row in new]
    told += [(found.line(row), f"{_target(found.line(row))} {'; '.join(map(str, row.cells))}") for row in changed]
    if told:
        rows = [(line.file, line.place, words) for line, words in told]
        output.table(("Pack", "Cell", "Target"), rows, wrap="Target")
    if found.refused:
        say("Refused, and nothing else of these packs was taken:")
    for one in found.refused:
        say(f"  {one.file}, {one.cell}: {one.why}.")
    if found.others:
        more = f" and {len(found.others) - SHOWN:,} more" if len(found.others) > SHOWN else ""
        say(f"No packs, passed over: {', '.join(found.others[:SHOWN])}{more}.")


def _target(line: Line) -> str:
    """Whose target it is, in full, with its date."""
    from workbook.imports.words import as_text, shown
    from workbook.model.problem_kind import shortened, visible

    words, due = as_text(line.values["target"]), line.values["due"]
    told = visible(words) if len(words) <= _WHOLE else f"{visible(words[:_WHOLE])}…"
    by = "" if due is None else f" (by {shown(due)})"
    return f"{shortened(as_text(line.values['learner_id']))}: {told}{by}"
