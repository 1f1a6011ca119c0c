"""Commands that only look at a tracker: check, progress, attendance, flags, week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.output import DONE, FOUND, PLENTY, Json, On, TrackerFile, how_many, say

if TYPE_CHECKING:
    from workbook.measures.flags import Flag
    from workbook.model import Problem


def register(app: typer.Typer) -> None:
    """Add the commands that look."""
    for command in (check, progress, attendance, flags, week):
        app.command()(command)


def check(tracker: TrackerFile, on: On = None, json: Json = False) -> None:
    """Find mistakes and say how to mend them."""
    from workbook.checks import check as find
    from workbook.reading.read import read

    read_tracker = read(tracker)
    problems = find(read_tracker, output.day(on))
    if json:
        output.as_json(tracker, output.day(on), [problem.as_row() for problem in problems])
    else:
        show_problems(tracker, problems)
    raise typer.Exit(FOUND if problems else DONE)


def show_problems(tracker: Path, problems: Sequence[Problem]) -> None:
    """Print problems sheet by sheet; many of one kind are folded into the first few and a count."""
    if not problems:
        say(f"{tracker.name}: nothing to mend.")
        return
    sheets: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        sheets[problem.sheet][problem.code].append(problem)
    say(f"{tracker.name}: {how_many(len(problems), 'thing')} to mend on {how_many(len(sheets), 'sheet')}.")
    for sheet, kinds in sheets.items():
        say(f"\n{sheet}")
        for found in kinds.values():
            for problem in found[:3]:
                hint = f" Did you mean {problem.suggestion}?" if problem.suggestion else ""
                say(f"  {problem.cell or 'sheet':<7} {problem.message}{hint}")
            if len(found) > 3:
                cells = ", ".join(problem.cell for problem in found[3:8])
                say(f"  {'':<7} … and {len(found) - 3:,} more like it: {cells}{' …' if len(found) > 8 else ''}")
            say(f"  {'':<7} → {found[0].fix}")


def progress(tracker: TrackerFile, on: On = None, json: Json = False) -> None:
    """Show progress by learner, subject and drop."""
    from workbook.measures.calendar import last_date
    from workbook.measures.progress import progress as measure
    from workbook.measures.progress import told_progress
    from workbook.reading.read import read

    read_tracker = read(tracker)
    today = output.day(on) or last_date(read_tracker)
    if json:
        output.as_json(tracker, today, told_progress(read_tracker, today))
        return
    frame = measure(read_tracker, today)
    latest = frame[frame["latest"]]
    counts = latest["status"].value_counts()
    say(f"{tracker.name}: {how_many(len(latest), 'row')} of learner and subject with a level, on {today:%d %B %Y}.")
    output.table(("Status", "Rows"), [(status, int(counts[status])) for status in counts.index])
    worst = latest[latest["gap"].notna()].sort_values(["gap", "learner_id"], kind="stable").head(PLENTY)
    if len(worst):
        say("Furthest below (all rows with --json):")
        keys = ("learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status")
        rows = [[row[key] for key in keys] for row in output.records(worst[worst["gap"] < 0], keys)]
        output.table(("Learner", "Subject", "Drop", "Level", "Points", "Expected", "Gap", "Change", "Status"), rows)


def attendance(tracker: TrackerFile, on: On = None, json: Json = False) -> None:
    """Show attendance in the year to date."""
    from workbook.measures.attendance import told_attendance
    from workbook.measures.calendar import last_date
    from workbook.reading.read import read

    read_tracker = read(tracker)
    today = output.day(on) or last_date(read_tracker)
    rows = told_attendance(read_tracker, today)
    if json:
        output.as_json(tracker, today, rows)
        return
    possible, attended = sum(row["possible"] for row in rows), sum(row["attended"] for row in rows)
    rate = f"{100 * attended / possible:.1f}%" if possible else "no possible sessions yet"
    persistent, severe = sum(bool(row["persistent"]) for row in rows), sum(bool(row["severe"]) for row in rows)
    say(
        f"{tracker.name}: attendance {rate} of {how_many(len(rows), 'learner')} up to {today:%d %B %Y}; "
        f"persistently absent {persistent}, severely {severe}."
    )
    low = sorted((row for row in rows if row["attendance"] is not None), key=lambda row: row["attendance"])[:PLENTY]
    keys = (
        "learner_id",
        "possible",
        "attended",
        "authorised",
        "unauthorised",
        "late",
        "attendance",
        "persistent",
        "severe",
    )
    headings = ("Learner", "Possible", "Attended", "Authorised", "Unauthorised", "Late", "%", "Persistent", "Severe")
    if len(low) < len(rows):
        say(f"The {len(low)} lowest (all with --json):")
    output.table(headings, [[row[key] for key in keys] for row in low])


def flags(tracker: TrackerFile, on: On = None, json: Json = False) -> None:
    """Say who needs you and why, and whom to praise."""
    from workbook.measures.calendar import last_date
    from workbook.measures.flags import flags as raise_flags
    from workbook.reading.read import read

    read_tracker = read(tracker)
    today = output.day(on) or last_date(read_tracker)
    raised = raise_flags(read_tracker, today)
    if json:
        output.as_json(tracker, today, [flag.as_row() for flag in raised])
    else:
        show_flags(tracker, raised, len(read_tracker["Learners"]))
    raise typer.Exit(FOUND if raised else DONE)


def show_flags(tracker: Path, raised: Sequence[Flag], learners: int, most: int = PLENTY) -> None:
    """Print how many learners each rule marks, then the learners to talk to and those to praise, with all reasons."""
    from workbook.measures.flags import counts

    if not raised:
        say(f"{tracker.name}: no flags.")
        return
    marked = len({flag.learner_id for flag in raised})
    say(f"{tracker.name}: flags for {marked} of {how_many(learners, 'learner')}.")
    output.table(("Rule", "Kind", "Learners"), [(c.title, str(c.nature), c.words) for c in counts(raised, learners)])
    talks = [flag for flag in raised if flag.nature == "concern" and flag.band != "look"]
    praise = [flag for flag in raised if flag.nature == "strength"]
    for chosen, words in (
        (talks, ("needs a conversation", "need a conversation")),
        (praise, ("deserves praise", "deserve praise")),
    ):
        by_learner: dict[str, list[Flag]] = defaultdict(list)
        for flag in chosen:
            by_learner[flag.learner_id].append(flag)
        if not by_learner:
            continue
        # The most reasons first: a mentor starts at the top.
        order = sorted(by_learner, key=lambda learner: (-len(by_learner[learner]), learner))
        say(f"{how_many(len(order), 'learner')} {words[0] if len(order) == 1 else words[1]}:")
        rows = [(one, by_learner[one][0].band, " ".join(flag.reason for flag in by_learner[one])) for one in order]
        output.table(("Learner", "Band", "Why"), rows[:most], wrap="Why")
        if len(rows) > most:
            say(f"… and {len(rows) - most:,} more (all with --json).\n")


def week(
    tracker: TrackerFile,
    mentor: Annotated[str | None, typer.Option("--mentor", metavar="NAME", help="Only this mentor's learners.")] = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Show what is due in the week ahead."""
    from datetime import date

    from workbook.measures.week import week as look_ahead
    from workbook.reading.read import read

    read_tracker = read(tracker)
    today = output.day(on) or date.today()
    due = look_ahead(read_tracker, today, mentor)
    if json:
        output.as_json(tracker, today, [one.as_row() for one in due])
        return
    if not due:
        say(f"{tracker.name}: nothing is due in the week from {today:%d %B %Y}.")
        return
    say(f"{tracker.name}: {how_many(len(due), 'thing')} due in the week from {today:%d %B %Y}.")
    rows = [(one.due, one.sheet, one.cell, one.learner_id, one.what, one.reason) for one in due[: 2 * PLENTY]]
    output.table(("Due", "Sheet", "Cell", "Learner", "What", "Why"), rows, wrap="Why")
    if len(due) > 2 * PLENTY:
        say(f"… and {len(due) - 2 * PLENTY:,} more (all with --json).")
