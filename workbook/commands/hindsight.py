"""Commands that look back: what interventions are associated with, and how the flags would have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from workbook.commands import output
from workbook.commands.looking import Look
from workbook.commands.options import taking
from workbook.commands.output import how_many, say
from workbook.commands.whose import narrowed
from workbook.model import CannotDo


def register(app: typer.Typer) -> None:
    """Add the commands that look back."""
    app.command()(taking(Look, effect))
    app.command()(taking(LookBack, backtest))


def effect(look: Look) -> None:
    """Show what interventions go along with."""
    from workbook.measures.effect import effects

    found, name = effects(look.one.tracker, look.one.on, look.among), look.tracker.name
    if look.json:
        look.print_data([one.as_row() for one in found])
    elif not found:
        say(f"{name}: no intervention has an aim and enough data on both sides of its start yet.")
    else:
        say(f"{name}: change beside comparable learners, {how_many(len(found), 'kind')} of intervention.")
        rows = [(one.what, one.n, one.n_comparison, one.words) for one in found]
        output.table(("What", "Learners", "Compared", "In words"), rows, wrap="In words")
        alone = [(one.what, line.learner_id, line.start, line.earlier, line.before, line.after)
                 for one in found for line in one.timelines]  # fmt: skip
        if alone:
            say("Too few for a figure: each learner's own values. Who was picked for being low rises without help too.")
            output.table(("What", "Learner", "Began", "Earlier", "Before", "After"), alone)


@dataclass(kw_only=True)
class LookBack(Look):
    """A look back at the flags and the order of seeing people."""

    size: Annotated[
        int | None,
        typer.Option("--list", min=1, metavar="N", help="Places on the list."),
    ] = None
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="HEADING", help="A column of Learners that holds the outcome.")
    ] = None
    under: Annotated[
        float | None, typer.Option("--under", metavar="N", help="The outcome came where its number is smaller (a set).")
    ] = None
    by: Annotated[str, typer.Option("--by", metavar="WORD", help="year, form or file (a set).")] = "year"


def backtest(look: LookBack) -> None:
    """Show how the flags, and the order of seeing people, would have done; over years for a set that gather made."""
    if look.tracker.is_dir() and narrowed(look.form, look.mentor, look.year, look.learner):
        raise CannotDo("--form, --mentor, --year and --learner are for one tracker, not for a set: use --by.")
    if look.tracker.is_dir():
        _over_years(look)
        return
    if look.under is not None or look.by != "year":
        raise CannotDo("--under and --by are for a set of many trackers: make one with mentorbook gather --look-back.")
    from workbook.measures.backtest import backtest as look_back
    from workbook.measures.backtest import lists
    from workbook.measures.capacity import CAUTION, TOO_FEW, better

    one, name = look.one, look.tracker.name
    found = look_back(one.tracker, one.on, look.among)
    orders = lists(one.tracker, one.on, look.size, look.outcome, look.among)
    if look.json:
        look.print_data([rule.as_row() for rule in found], lists=[order.as_row() for order in orders])
        return
    if found:
        say(f"{name}: who was marked at the first data drop, and who was below at the last.")
        rows = [(one.code, one.marked, one.outcomes, one.recall, one.precision, one.low, one.high) for one in found]
        output.table(("Flag", "Marked", "Below later", "Found", "Right", "Right: from", "to"), rows)
    else:
        say(f"{name}: no rule marked anybody at the first data drop, so none can be judged.")
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
    for sentence in better(orders):
        say(sentence)
    say(CAUTION)


def _over_years(look: LookBack) -> None:
    from workbook.gather.backtest import backtest_set
    from workbook.measures.capacity import CAUTION

    by, under = look.by, look.under
    rules, lists = backtest_set(look.tracker, by, look.size, look.outcome, under)
    if look.json:
        output.as_json(look.tracker, None, rules, lists=lists, by=by)
        return
    if not rules and not lists:
        say(f"{look.tracker.name}: nothing to look back on, for no tracker has two dated drops with levels.")
    for name in dict.fromkeys(row["outcome"] for row in (*rules, *lists)):
        say(f"\nOutcome: {name}{f' under {under:g}' if under is not None else ''}")
        for rows, what, right, counted in ((rules, "code", "precision", "marked"), (lists, "order", "right", "listed")):
            if not any(row["outcome"] == name for row in rows):
                say("No rule marked anybody at the first data drop." if what == "code" else "Nobody stood on a list.")
                continue
            output.table(
                ("Year", by.capitalize(), what.capitalize(), counted.capitalize(), "Outcomes", "Found", "from", "to",
                 "Right", "from", "to", ""),
                [(row["academic_year"], row["group"], row[what], row[counted], row["outcomes"], row["recall"],
                  row["recall_low"], row["recall_high"], row[right], row["low"], row["high"], row["words"] or "")
                 for row in rows if row["outcome"] == name],
            )  # fmt: skip
    say(CAUTION)
