"""Commands for a college group: many trackers into one set, and the set's figures."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.output import DONE, FOUND, Json, On, file_to_make, how_many, say
from workbook.model import CannotDo
from workbook.package.beside import beside
from workbook.package.file_bytes import side_bytes

if TYPE_CHECKING:
    from workbook.gather.figures import GroupFigures

Jobs = Annotated[int, typer.Option("--jobs", min=1, max=61, metavar="N", help="How many trackers to read at once.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Read on the Dask cluster that answers there.")
]
Keys = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        metavar="FILE",
        help="Put keys in place of learners and mentors; FILE holds the secret, made if need be.",
    ),
]
LookBack = Annotated[
    bool, typer.Option("--look-back", help="Keep what mentorbook backtest SET needs to judge the rules over years.")
]
Outcome = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="HEADING", help="Keep this column of Learners as an outcome (repeatable)."),
]
SetFolder = Annotated[Path, typer.Argument(metavar="SET", help="The folder that gather made.")]
By = Annotated[
    str, typer.Option("--by", metavar="WORD", help="form, mentor, course, year-group, folder, file or year.")
]


def register(app: typer.Typer) -> None:
    """Add the commands for a college group."""
    app.command()(gather)
    app.command()(group)


def gather(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder with the trackers, and folders below it.")
    ],
    out: Annotated[Path, file_to_make("SET", "The folder of the set; brought up to date if there.")],
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    keys: Keys = None,
    look_back: LookBack = False,
    outcome: Outcome = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Read every tracker below a folder into one set of tables, without names or notes."""
    from workbook.gather.gathering import gather as bring
    from workbook.gather.parts import NOT_TRACKER, READ, REFUSED

    with output.counted("Trackers") as told:
        kept, anew = bring(
            folder,
            out,
            jobs=jobs,
            scheduler=scheduler,
            on=output.day(on),
            secret=_secret(keys),
            told=told,
            outcomes=outcome or [] if look_back or outcome else None,
        )
    read = [one for one in kept.sources if one.state == READ]
    refused = [one for one in kept.sources if one.state == REFUSED]
    others = sum(one.state == NOT_TRACKER for one in kept.sources)
    if json:
        rows = [
            {"file": one.file, "state": one.state, "academic_year": one.year or None, "on": one.on or None,
             "learners": one.learners, "problems": one.problems, "why": one.why or None}
            for one in kept.sources
        ]  # fmt: skip
        output.as_json(folder, output.day(on), rows, set=str(out), read_anew=anew)
        raise typer.Exit(FOUND if refused else DONE)
    say(
        f"{out}: {how_many(len(read), 'tracker')} of {how_many(sum(one.learners for one in read), 'learner')}; "
        f"{anew:,} read anew, {how_many(others, 'other workbook')} passed over."
    )
    for one in refused:
        say(f"  {one.file}: {one.why}")
    troubled = sorted((one for one in read if one.problems), key=lambda one: (-one.problems, one.file))
    if troubled:
        say("Things to mend (mentorbook check TRACKER names each):")
        output.table(("Tracker", "Things to mend"), [(one.file, one.problems) for one in troubled[: output.PLENTY]])
        if len(troubled) > output.PLENTY:
            say(f"and {len(troubled) - output.PLENTY:,} more trackers (all with --json).")
    raise typer.Exit(FOUND if refused else DONE)


def _secret(path: Path | None) -> bytes | None:
    """The secret in a file, made where there is none; who has it can find a learner's key again."""
    if path is None:
        return None
    if not path.exists():
        coming = beside(path)  # half a secret is never seen under its name
        coming.touch(mode=0o600)
        coming.write_text(secrets.token_hex(32), encoding="ascii")
        coming.replace(path)
    secret = side_bytes(path, "secret of the keys").strip()
    if not secret:
        raise CannotDo(
            f"{path.name} holds no secret, so anybody could work the keys out: delete it, and a new one is made."
        )
    return secret


def group(
    folder: SetFolder,
    by: By = "form",
    out: Annotated[Path | None, file_to_make("BOOK.xlsx", "Write a workbook with charts.")] = None,
    replace: output.Replace = False,
    json: Json = False,
) -> None:
    """Show a set's figures by form, mentor, course, year group, folder, file or academic year."""
    from workbook.gather.figures import group_figures

    rows = group_figures(folder, by)
    if out is not None:
        from workbook.gather.book import write_book

        write_book(out, rows, by, replace=replace)
    if json:
        output.as_json(folder, None, [one.as_row() for one in rows], by=by)
        return
    if out is not None:
        say(f"Written to {out}.")
        return
    if not rows:
        say(f"{folder}: no learner is on roll in this set.")
        return
    keys = (
        "on_roll",
        "attendance",
        "unauthorised_percent",
        "persistent",
        "severe",
        "with_concern",
        "to_talk_to",
        "below",
    )
    lines = [
        (one.academic_year, "All" if one.group is None else one.group or "(blank)", *(_shown(one, key) for key in keys))
        for one in rows
    ]
    headings = (
        "Year", by.capitalize(), "On roll", "Attendance %", "Unauthorised %", "Persistent", "Severe", "A concern",
        "To talk to", "Below",
    )  # fmt: skip
    output.table(headings, lines)
    if any(one.hidden for one in rows):
        say("* fewer than six learners, or a number that would give such a one away.")


def _shown(one: GroupFigures, key: str) -> object:
    return "*" if key in one.hidden else one[key]
