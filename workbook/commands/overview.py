"""Commands that look across forms: the Head of Year's page, personal development, praise, next steps."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from workbook.commands import output
from workbook.commands.looking import Look
from workbook.commands.opened import opened
from workbook.commands.options import taking
from workbook.commands.output import Json, On, TrackerFile, how_many, say


def register(app: typer.Typer) -> None:
    """Add the commands that look across forms."""
    app.command("head-of-year")(head_of_year)
    for command in (pd, celebrate, transition):
        app.command()(taking(Look, command))


def head_of_year(
    tracker: TrackerFile,
    gap: Annotated[
        list[str] | None,
        typer.Option("--gap", metavar="HEADING", help="Compare by this column of your own on Learners (repeatable)."),
    ] = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Show forms, mentors, subjects, flags and support in numbers, for the Head of Year."""
    from workbook.measures.head_of_year import head_of_year as lines_of

    one = opened(tracker, on)
    rows = [line.as_row() for line in lines_of(one.found, gap or None)]
    if json:
        output.as_json(tracker, one.on, rows)
        return
    many = how_many(rows[0]["learners"], "learner")
    say(f"{tracker.name}: {many} on roll, up to {one.on.day} {one.on:%B %Y}. For mentors only.")
    for parts in _TABLES:
        _show([row for row in rows if row["part"] in parts])
    if any(row["part"] == "Gap" for row in rows):
        say("Gaps are in percentage points, with their 95% intervals. They say that something differs, not why: never")
        say("use one for a single learner.")


_TABLES = (("Everybody", "Year group", "Form", "Mentor"), ("Half term",), ("Data drop", "Subject"), ("Band", "Flag"),
           ("Support",), ("Gap",))  # fmt: skip
_HEADINGS = {
    "name": "Of whom", "learners": "Learners", "attendance": "Att. %", "unauthorised_percent": "Unauth. %",
    "persistent": "Pers.", "severe": "Sev.", "with_concern": "Concern", "to_talk_to": "Talk", "head_of_year": "HoY",
    "below": "Below", "below_before": "Before", "supported": "Support", "review_overdue": "Overdue",
    "levels_above": "Above", "levels_on": "On", "levels_just_below": "Just", "levels_below": "Below",
    "effort": "Effort", "others": "Others", "value": "Theirs %", "others_value": "Others' %", "difference": "Gap",
    "low": "from", "high": "to", "words": "Not told",
}  # fmt: skip

_TOO_WIDE = ("levels_", "unauthorised", "effort")
"""What groups of learners have as well, and a table in a terminal has no room for."""


def _show(rows: list[dict[str, Any]]) -> None:
    """A table of the figures that these lines have; levels only where learners are not counted."""
    whole = any(row["persistent"] is not None for row in rows)
    keys = [
        key
        for key in _HEADINGS
        if any(row[key] is not None for row in rows)
        and not (whole and key.startswith(("levels_", "unauthorised", "effort")))
    ]
    shown = [row for row in rows if any(row[key] is not None for key in keys[1:])]
    if shown:
        say("")
        lines = [(row["part"], *(row[key] for key in keys)) for row in shown]
        wrap = "Not told" if "words" in keys else None
        output.table(("Part", *(_HEADINGS[key] for key in keys)), lines, wrap=wrap)


def pd(look: Look) -> None:
    """Show who has evidence for which topic of personal development."""
    from workbook.measures.pd import by_form, coverage
    from workbook.model.excel import fold

    one, among = look.one, look.among
    rows = [row for row in coverage(one.snapshot) if among is None or fold(row.learner.learner_id) in among]
    forms = by_form(rows)
    if look.json:
        look.print_data([row.as_row() for row in rows], forms=forms)
        return
    of, done = sum(len(row.topics) for row in rows), sum(row.covered for row in rows)
    if not of:
        say(f"{look.tracker.name}: no topic of PD topics has begun for these learners by {one.on.day} {one.on:%B %Y}.")
        return
    say(f"{look.tracker.name}: {100 * done / of:.0f}% of topics with evidence, up to {one.on.day} {one.on:%B %Y}.")
    names = dict.fromkeys(row["form"] for row in forms)
    sums = [(name, *(sum(row[key] for row in forms if row["form"] == name) for key in ("covered", "learners")))
            for name in names]  # fmt: skip
    output.table(("Form", "With evidence", "Of", "%"), [(name, a, b, round(100 * a / b)) for name, a, b in sums])
    topics = {row["topic"]: [0, 0, row["week"]] for row in forms}
    for row in forms:
        topics[row["topic"]][0] += row["covered"]
        topics[row["topic"]][1] += row["learners"]
    output.table(
        ("Week", "Topic", "With evidence", "Of"), [(week, name, a, b) for name, (a, b, week) in topics.items()]
    )
    if among is not None:
        theirs = [
            (row.learner.learner_id, row.covered, len(row.topics), "; ".join(last.name for last in row.missing[-3:]))
            for row in rows
        ]
        output.table(("Learner", "With evidence", "Of", "Last without any"), theirs, wrap="Last without any")


def celebrate(look: Look) -> None:
    """Say whom to celebrate, by several measures, and who was celebrated lately."""
    from workbook.measures.celebration import celebration

    one = look.one
    praise, name = celebration(one.found, among=look.among), look.tracker.name
    if look.json:
        look.print_data([row.as_row() for row in praise])
        return
    if not praise:
        say(f"{name}: nothing to celebrate is recorded yet.")
        return
    say(f"{name}: whom to celebrate, up to {one.on.day} {one.on:%B %Y}; those celebrated lately stand last.")
    for measure in dict.fromkeys(row.measure for row in praise):
        say(f"\n{measure}")
        rows = [(row.learner_id, row.name, row.form, row.words, row.last) for row in praise if row.measure == measure]
        output.table(("Learner", "Name", "Form", "In words", "Last celebrated"), rows, wrap="In words")


def transition(look: Look) -> None:
    """List the next steps of the last year, those without an offer first: the September Guarantee."""
    from workbook.measures.transition import next_steps
    from workbook.model.excel import fold

    one = look.one
    rows = [row for row in next_steps(one.snapshot) if look.among is None or fold(row.learner_id) in look.among]
    if look.json:
        look.print_data([row.as_row() for row in rows])
        return
    without = sum(not row.has_offer for row in rows)
    say(f"{look.tracker.name}: {how_many(len(rows), 'learner')} of the last year, {without:,} without an offer yet.")
    say("The September Guarantee: an offer of a place for everybody by the end of September after Year 11.")
    output.table(
        ("Learner", "Name", "Form", "Destination", "Offer", "Accepted", "Next"),
        [(row.learner_id, row.name, row.form, row.destination, row.offer, row.accepted, row.to_do) for row in rows],
        wrap="Next",
    )  # fmt: skip
