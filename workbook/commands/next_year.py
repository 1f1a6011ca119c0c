"""The command that turns the year: a new tracker from the old one, shown before it is made."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.make import build_whole
from workbook.commands.opened import opened
from workbook.commands.output import FOUND, Json, Replace, TrackerFile, file_to_make, how_many, say
from workbook.commands.update import worked_out
from workbook.model import CannotDo
from workbook.package.run import note_input, refuse_input
from workbook.package.writing import write_safely

if TYPE_CHECKING:
    from workbook.fewer.finish import Makers
    from workbook.next_year.turn import Plan


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("next-year")(next_year)


def makers() -> Makers:
    """How a tracker is made whole, and its written sheets."""
    from workbook.fewer.finish import Makers

    return Makers(build_whole, lambda tracker, on: worked_out(tracker, on)[0])


def next_year(
    tracker: TrackerFile,
    out: Annotated[Path | None, file_to_make("NEW.xlsx", "The new year's tracker; only shown without.")] = None,
    form: Annotated[
        list[str] | None, typer.Option("--form", metavar="OLD=NEW", help="What a form is called then, as 10A=11A.")
    ] = None,
    stay: Annotated[
        list[str] | None, typer.Option("--stay", metavar="ID", help="This learner repeats the year.")
    ] = None,
    baselines: Annotated[bool, typer.Option("--baselines", help="Last levels become baselines.")] = False,
    replace: Replace = False,
    json: Json = False,
) -> None:
    """Make next year's tracker: who moves up, what comes along, what starts empty. The old one stays as it is."""
    from workbook.next_year.forms import asked_for
    from workbook.next_year.turn import Wish, planned
    from workbook.next_year.turn import next_year as turned

    one = opened(tracker)
    note_input(tracker, private=True)
    plan = planned(one.tracker, Wish(asked_for(form or ()), tuple(stay or ()), baselines))
    if out is not None:
        _free(out, tracker, replace)
    if json:
        rows = [dict(zip(("sheet", "becomes", "why", "rows", "cells"), row, strict=True)) for row in plan.account()]
        output.as_json(tracker, plan.first, rows, year=plan.year, forms=plan.forms, behind=plan.behind)
    else:
        show(plan, baselines)
    if out is None:
        if not json:
            say("Nothing was written. Add --out NEW.xlsx to make it; --form OLD=NEW gives a form another name.")
        raise typer.Exit(FOUND)
    whole, made = turned(one.file, plan, makers())
    write_safely(out, whole.data, replace=replace)
    if not json:
        say(f"Made {out} for {plan.year}: {how_many(len(made['Learners']), 'learner')}. {tracker} is as it was.")
        say("Check Terms and Drops against the college's calendar, and add the new learners to Learners.")
        output.say_kept()


def _free(out: Path, tracker: Path, replace: bool) -> None:
    if out.suffix.lower() != tracker.suffix.lower():
        raise CannotDo(f"{out.name} must end in {tracker.suffix}, as {tracker.name} does: give it another name.")
    if out.exists() and not replace:
        raise CannotDo(f"{out} is there already: choose another name, or add --replace to write over it.")
    refuse_input(out)


def show(plan: Plan, baselines: bool) -> None:
    """Print what the new year brings: forms, who stays behind, and every sheet's rows and cells."""
    table = plan.tracker["Learners"]
    from workbook.measures.learners import word

    now = Counter(word(form) for row, form in zip(table.rows, table["form"], strict=True)
                  if row not in plan.gone["Learners"])  # fmt: skip
    say(f"Into {plan.year}, form by form:")
    output.table(("Form now", "Form then", "Learners"), [(old, new, now[old]) for old, new in plan.forms.items()])
    for why, count in Counter(plan.behind.values()).items():
        say(f"{how_many(count, 'learner')} {'stays' if count == 1 else 'stay'} in the old tracker: {why}.")
    output.table(("Sheet", "Becomes", "Why", "Rows", "Cells"), plan.account(), wrap="Why")
    if baselines:
        say("Last levels become baselines. Expected counts the whole course, so a learner in the last year is")
        say(
            "expected half-way from there to the target at once: compare with the target in Settings if that is unfair."
        )
