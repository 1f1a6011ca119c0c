"""Commands that look back: what interventions are associated with, and how the flags would have done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.commands import output
from workbook.commands.opened import opened
from workbook.commands.output import Json, On, TrackerFile, how_many, say
from workbook.commands.whose import Form, LearnerIds, Mentor, Year
from workbook.model import CannotDo


def register(app: typer.Typer) -> None:
    """Add the commands that look back."""
    app.command()(effect)
    app.command()(backtest)


def effect(
    tracker: TrackerFile,
    form: Form = None,
    mentor: Mentor = None,
    year: Year = None,
    learner: LearnerIds = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Show what interventions go along with."""
    from workbook.measures.effect import effects

    opening = opened(tracker, on)
    today = opening.on
    found = effects(opening.tracker, today, opening.among(form, mentor, year, learner))
    if json:
        output.as_json(tracker, today, [one.as_row() for one in found])
    elif not found:
        say(f"{tracker.name}: no intervention has an aim and enough data on both sides of its start yet.")
    else:
        say(f"{tracker.name}: change beside comparable learners, {how_many(len(found), 'kind')} of intervention.")
        rows = [(one.what, one.n, one.n_comparison, one.words) for one in found]
        output.table(("What", "Learners", "Compared", "In words"), rows, wrap="In words")
        alone = [(one.what, line.learner_id, line.start, line.earlier, line.before, line.after)
                 for one in found for line in one.timelines]  # fmt: skip
        if alone:
            say("Too few for a figure: each learner's own values. Who was picked for being low rises without help too.")
            output.table(("What", "Learner", "Began", "Earlier", "Before", "After"), alone)


def backtest(
    tracker: TrackerFile,
    size: Annotated[
        int | None,
        typer.Option("--list", min=1, metavar="N", help="Places on the list."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="HEADING", help="A column of Learners that holds the outcome.")
    ] = None,
    under: Annotated[
        float | None, typer.Option("--under", metavar="N", help="The outcome came where its number is smaller (a set).")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="WORD", help="year, form or file (a set).")] = "year",
    form: Form = None,
    mentor: Mentor = None,
    year: Year = None,
    learner: LearnerIds = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Show how the flags, and the order of seeing people, would have done; over years for a set that gather made."""
    narrowed = form is not None or mentor is not None or year is not None or bool(learner)
    if tracker.is_dir() and narrowed:
        raise CannotDo("--form, --mentor, --year and --learner are for one tracker, not for a set: use --by.")
    if tracker.is_dir():
        _over_years(tracker, by, size, outcome, under, json)
        return
    if under is not None or by != "year":
        raise CannotDo("--under and --by are for a set of many trackers: make one with mentorbook gather --look-back.")
    from workbook.measures.backtest import backtest as look_back
    from workbook.measures.backtest import lists
    from workbook.measures.capacity import CAUTION, TOO_FEW

    opening = opened(tracker, on)
    today = opening.on
    among = opening.among(form, mentor, year, learner)
    found = look_back(opening.tracker, today, among)
    orders = lists(opening.tracker, today, size, outcome, among)
    if json:
        output.as_json(tracker, today, [one.as_row() for one in found], lists=[one.as_row() for one in orders])
        return
    if found:
        say(f"{tracker.name}: who was marked at the first data drop, and who was below at the last.")
        rows = [(one.code, one.marked, one.outcomes, one.recall, one.precision, one.low, one.high) for one in found]
        output.table(("Flag", "Marked", "Below later", "Found", "Right", "Right: from", "to"), rows)
    else:
        say(f"{tracker.name}: no rule marked anybody at the first data drop, so none can be judged.")
    say(f"The order of seeing people, with {how_many(orders[0].size, 'place')} at each data drop but the last:")
    for name in dict.fromkeys(one.outcome for one in orders):
        say(f"\nOutcome: {name}")
        mine = [one for one in orders if one.outcome == name]
        output.table(
            ("Drop", "Order", "Outcomes", "Found", "from", "to", "Right", "By lot"),
            [
                (one.on or "all", one.order, one.outcomes, TOO_FEW if one.words else one.recall, one.low, one.high,
                 one.right, one.chance)
                for one in mine
            ],
        )  # fmt: skip
    say(CAUTION)


def _over_years(folder: Path, by: str, size: int | None, outcome: str | None, under: float | None, json: bool) -> None:
    from workbook.gather.backtest import backtest_set
    from workbook.measures.capacity import CAUTION

    rules, lists = backtest_set(folder, by, size, outcome, under)
    if json:
        output.as_json(folder, None, rules, lists=lists, by=by)
        return
    for name in dict.fromkeys(row["outcome"] for row in rules):
        say(f"\nOutcome: {name}{f' under {under:g}' if under is not None else ''}")
        for rows, what, right, counted in ((rules, "code", "precision", "marked"), (lists, "order", "right", "listed")):
            output.table(
                ("Year", by.capitalize(), what.capitalize(), counted.capitalize(), "Outcomes", "Found", "from", "to",
                 "Right", "from", "to", ""),
                [(row["academic_year"], row["group"], row[what], row[counted], row["outcomes"], row["recall"],
                  row["recall_low"], row["recall_high"], row[right], row["low"], row["high"], row["words"] or "")
                 for row in rows if row["outcome"] == name],
            )  # fmt: skip
    say(CAUTION)
