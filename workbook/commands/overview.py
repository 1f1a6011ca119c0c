"""Commands that look across forms: the Head of Year's page."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from workbook.commands import output
from workbook.commands.opened import opened
from workbook.commands.output import Json, On, TrackerFile, how_many, say


def register(app: typer.Typer) -> None:
    """Add the commands that look across forms."""
    app.command("head-of-year")(head_of_year)


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
