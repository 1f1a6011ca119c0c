"""Commands that only look at a tracker: check, progress, attendance, flags, week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.looking import Look, LookToday
from workbook.commands.options import taking
from workbook.commands.output import DONE, FOUND, PLENTY, how_many, say
from workbook.commands.patterns_shown import show_patterns
from workbook.commands.whose import theirs

if TYPE_CHECKING:
    from workbook.model import Problem


def register(app: typer.Typer) -> None:
    """Add the commands that look."""
    for command in (check, progress, flags):
        app.command()(taking(Look, command))
    app.command()(taking(LookPattern, attendance))
    app.command()(taking(LookToday, week))


def check(look: Look) -> None:
    """Find mistakes and say how to mend them."""
    from workbook.checks import check as find
    from workbook.checks.findings import about

    one, among = look.one, look.among
    problems = find(one.tracker, one.asked)
    problems = problems if among is None else about(one.tracker, problems, among)
    if look.json:
        output.as_json(look.tracker, one.asked, [problem.as_row() for problem in problems])
    else:
        show_problems(look.tracker, problems)
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


def progress(look: Look) -> None:
    """Show progress by learner, subject and drop."""
    from workbook.measures.progress import progress_rows, told_progress

    snapshot, among = look.one.snapshot, look.among
    if look.json:
        look.print_data(theirs(told_progress(snapshot), among))
        return
    rows = [row for row in theirs(progress_rows(snapshot.tracker), among) if row["latest"]]
    latest = [row for row in rows if snapshot.is_here(row["learner_id"])]
    many = how_many(len(latest), "row")
    say(f"{look.tracker.name}: {many} of learner and subject with a level, on {look.one.on:%d %B %Y}.")
    if len(rows) > len(latest):
        say(f"Left out: {how_many(len(rows) - len(latest), 'row')} of learners not on roll on that day.")
    counts = Counter(row["status"] for row in latest if row["status"])
    output.table(("Status", "Rows"), counts.most_common())
    below = (row for row in latest if row["gap"] is not None and row["gap"] < 0)
    worst = sorted(below, key=lambda row: (row["gap"], row["learner_id"]))[:PLENTY]
    if worst:
        say("Furthest below (all rows with --json):")
        keys = ("learner_id", "subject", "drop", "level", "points", "expected", "gap", "change", "status")
        headings = ("Learner", "Subject", "Drop", "Level", "Points", "Expected", "Gap", "Change", "Status")
        output.table(headings, [[row[key] for key in keys] for row in worst])


@dataclass(kw_only=True)
class LookPattern(Look):
    """A look at attendance."""

    pattern: Annotated[
        bool, typer.Option("--pattern", help="By weekday, morning and afternoon, and vocational day.")
    ] = False


def attendance(look: LookPattern) -> None:
    """Show attendance in the year to date."""
    from workbook.measures.attendance import TOO_EARLY, told_attendance

    one, among = look.one, look.among
    if look.pattern:
        show_patterns(one, among, look.json)
        return
    rows = theirs(told_attendance(one.snapshot), among)
    if look.json:
        look.print_data(rows)
        return
    possible, attended = sum(row["possible"] for row in rows), sum(row["attended"] for row in rows)
    rate = f"{100 * attended / possible:.1f}%" if possible else "no possible sessions yet"
    judged = [row for row in rows if not row["too_early"]]
    persistent, severe = (sum(bool(row[key]) for row in judged) for key in ("persistent", "severe"))
    early = len(rows) - len(judged)
    say(
        f"{look.tracker.name}: attendance {rate} of {how_many(len(rows), 'learner')} up to {one.on:%d %B %Y}; "
        f"persistently absent {persistent}, severely {severe}"
        + (f"; too early to say for {early:,}." if early else ".")
    )
    gone = len(one.snapshot.learners) - len(one.snapshot.here) if among is None else 0
    if gone:
        say(f"Left out: {how_many(gone, 'learner')} not on roll on that day.")
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
    early_yet = {"persistent": TOO_EARLY, "severe": TOO_EARLY}
    shown = [row | early_yet if row["too_early"] else row for row in low]
    output.table(headings, [[row[key] for key in keys] for row in shown])


def flags(look: Look) -> None:
    """Say whom to see first and why, and whom to praise."""
    from workbook.commands.flags_shown import show_flags
    from workbook.measures.flag_list import flag_list_of
    from workbook.model.excel import fold

    one, among = look.one, look.among
    listed = flag_list_of(one.found, among)
    if look.json:
        chosen = [one for one in listed.mentors if look.mentor is None or fold(one.mentor) == fold(look.mentor.strip())]
        look.print_data([flag.as_row() for flag in listed.flags], lists=[one.as_row() for one in chosen])
    else:
        show_flags(look.tracker, listed, look.mentor, len(one.snapshot.here if among is None else among))
    raise typer.Exit(FOUND if listed.flags else DONE)


def week(look: Look) -> None:
    """Show what is due in the week ahead, and whom to see."""
    from workbook.commands.flags_shown import show_week
    from workbook.measures.mentor_list import lists_of
    from workbook.measures.week import week_of

    one = look.one
    lists = lists_of(one.found)
    due = week_of(one.found, look.mentor, one.among(look.form, None, look.year, look.learner), lists)
    if look.json:
        look.print_data([it.as_row() for it in due])
    else:
        show_week(look.tracker, one.on, due, lists, look.mentor)
