"""Commands that hand something out: report, template check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.options import taking
from workbook.commands.output import DONE, FOUND, Json, how_many, say
from workbook.commands.report_options import DRAFT, Allow, ReportOptions
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.model import Tracker
    from workbook.package.guard import GuardedFile
    from workbook.reports.output.frozen import Record
    from workbook.reports.output.run import Run


def register(app: typer.Typer) -> None:
    """Add the commands that hand something out."""
    app.command()(taking(ReportOptions, report))
    templates = typer.Typer(help="What a report template asks for.", no_args_is_help=True, rich_markup_mode=None)
    templates.command("check")(template_check)
    app.add_typer(templates, name="template")


def report(asked: ReportOptions) -> None:
    """Build reports from a template."""
    from workbook.reports.output import frozen
    from workbook.reports.output.run import Run
    from workbook.reports.output.template_files import find

    asked.require_sense()
    password = None
    if asked.password_file:
        from workbook.reports.output.passwords import read_password

        password = read_password(asked.password_file)
    if asked.pdf:
        from workbook.reports.output.office import require_office
        from workbook.reports.output.printed import print_reports, require_printable

        require_office()
    one, out, replace, pdf = asked.one, asked.out, asked.replace, asked.pdf
    run = Run.of(one.snapshot, find(asked.template), _chosen(asked), asked.manner)
    say_left_out(run)
    standing, before = _standing(asked, run.title)
    if not run.reports:
        say("No report was made.")
        raise typer.Exit(FOUND)
    if ask_before_sending(one.tracker, one.on, run, asked.seen or ()) and (asked.strict or standing != DRAFT):
        why = "--strict" if asked.strict else f"--state {standing}: mend them, or say --seen KIND"
        say(f"Nothing was made ({why}).")
        raise typer.Exit(FOUND)
    if asked.together:
        made = write_book(run, one.file, asked)
    elif pdf and password:
        made = seal_reports(run, out, password, replace)
    else:
        if pdf:
            require_printable(run.paths(out), out, run.title, replace=replace or asked.changed)
        made = write_reports(run, out, replace=replace, changed=asked.changed, password=password)
        say(f"{run.counted(len(made))} made in {out}.")
    if pdf and made and not password:
        say_printed(print_reports(made, out, run.title))
    if before or standing != DRAFT or asked.sending_list:
        files = [Path(made[0])] * len(run.reports) if asked.together else run.paths(out)
        if before or standing != DRAFT:
            say_record(frozen.record_of(run, files, one.tracker, one.on, standing), before, out)
        if asked.sending_list:
            say_sending_list(one.tracker, run, files, out, replace or asked.changed)
    mark_celebrated(one.file, one.tracker, one.on, run, asked.celebrated)
    output.say_kept()


def _chosen(asked: ReportOptions) -> list[str]:
    """The learners asked for, and in print how many of them have left or are still to start."""
    chosen = asked.who.choose(asked.one.snapshot)
    gone, waiting = (0, 0) if asked.learner or asked.flag else asked.who.away(asked.one.snapshot)
    if waiting:
        say(f"{how_many(waiting, 'learner')} left out, since their first day is still to come.")
    if gone:
        say(f"{how_many(gone, 'learner')} left out, since they have left: --learner ID makes a leaver's report.")
    return chosen


def _standing(asked: ReportOptions, title: str) -> tuple[str, Record | None]:
    """The state of a run and the record of the one before; CannotDo where that is final or not there."""
    from workbook.reports.output import frozen

    standing = frozen.known_state(asked.state)
    frozen.refuse_final(asked.out, title)
    before = frozen.last(asked.since or asked.out, title)
    if asked.since and before is None:
        raise CannotDo(f"{asked.since} holds no record of a {title}: one is kept with --state proofed or final.")
    return standing, before


def say_record(record: Record, before: Record | None, out: Path) -> None:
    """Print what a run says otherwise than the one before, and keep its record where it is more than a draft."""
    from workbook.reports.output import frozen

    for line in frozen.changes(before, record) if before else ():
        say(line)
    if record.state != DRAFT:
        say(f"Kept as {record.state}: {frozen.keep(record, out)}.")


def say_sending_list(tracker: Tracker, run: Run, files: Sequence[Path], out: Path, replace: bool) -> None:
    """Write the sending list, and print where it is."""
    from workbook.reports.output.sending_list import sending_rows, write_sending_list

    listed = write_sending_list(list(sending_rows(tracker, run, files)), out, run.title, replace=replace)
    say(f"Who gets what: {listed[0]} (and .csv for a mail merge). Nothing is sent by Mentorbook.")


def write_book(run: Run, file: GuardedFile, asked: ReportOptions) -> list[Path]:
    """Write one workbook of all reports, or a copy of the tracker with them; gives its file."""
    from workbook.package.folders import make_folder
    from workbook.reports.output.printed import require_printable

    out, into, replace = asked.out, asked.into, asked.replace
    book = out / (into.name if into else f"{run.title}.xlsx")
    if asked.pdf:
        require_printable([book], out, run.title, replace=replace)
    make_folder(out)
    count = run.into_tracker(file, book, replace=replace) if into else run.into_workbook(book, replace=replace)
    say(f"{run.counted(count)} made in {book}.")
    return [book]


def write_reports(
    run: Run, out: Path, *, replace: bool = False, changed: bool = False, password: str | None = None
) -> list[Path]:
    """Write a file for each report of a run, with a progress bar; gives the files written."""
    from functools import partial

    from workbook.commands.beside import spread

    seal = None
    if password:
        from workbook.reports.output.passwords import sealed_workbook

        seal = partial(sealed_workbook, password=password)
    paths = run.into_folder(out, replace=replace, changed=changed, seal=seal, spread=spread)
    made = []
    with output.progress("Reports", len(run.reports)) as step:  # (begins a thread, and no process is split off after)
        try:
            for path in paths:
                made.append(path)
                step()
        except CannotDo as why:
            if not made:
                raise
            part = f"{len(made):,} of {len(run.reports):,} reports were made in {out}"
            raise CannotDo(f"{part}, and --changed makes the rest: {why}") from why
    return made


def seal_reports(run: Run, out: Path, password: str, replace: bool) -> list[Path]:
    """Write protected reports and PDFs, with a progress bar; gives the reports written."""
    from workbook.reports.output.printed import require_printable, seal_and_print

    require_printable(run.paths(out), out, run.title, replace=replace)
    with output.progress("Protected files", 2 * len(run.reports)) as step:
        made, printed = seal_and_print(run, out, password, replace=replace, step=lambda _: step())
    say(f"{run.counted(len(made))} made in {out}.")
    say_printed(printed)
    return made


def say_printed(printed: Sequence[Path]) -> None:
    """Print how many PDFs there are, and which holds all pages."""
    whole = printed[-1] if len(printed) > 1 else None
    count = len(printed) - bool(whole)
    say(f"{how_many(count, 'PDF')} beside {'it' if count == 1 else 'them'}.")
    if whole:
        say(f"All pages for printing: {whole}")


def say_left_out(run: Run) -> None:
    """Print who gets no report, by reason; nothing where nobody is left out."""
    from workbook.reports.content.purpose import by_reason

    for line in by_reason(run.left_out):
        say(line)
    if run.left_out:
        say("--all makes theirs too.")


def mark_celebrated(file: GuardedFile, tracker: Tracker, on: date, run: Run, wanted: bool) -> None:
    """Mark in the tracker what the reports celebrate, where that is wanted; else say how it is done."""
    from workbook.reports.content.celebrating import celebrated_rows, celebrates

    if not celebrates(ask.token for ask in run.template.asks()):
        return
    rows = celebrated_rows(tracker, on, [context for _, context in run.reports])
    if not rows:
        return
    if not wanted:
        say(f"{how_many(len(rows), 'achievement')} on them not yet marked as celebrated; --celebrated marks them.")
        return
    from workbook.editing.edit import TableChange, edit

    edit(file, file.path, {"Achievements": TableChange(changed=rows)}, replace=True, on=date.today())
    say(f"{how_many(len(rows), 'achievement')} marked as celebrated in {file.path.name}.")


def ask_before_sending(tracker: Tracker, on: date, run: Run, seen: Sequence[str]) -> int:
    """Print what to look at before these reports go home, for templates that parents read; gives how many questions."""
    from workbook.model import Audience
    from workbook.reports.content.questions import not_seen
    from workbook.reports.output.before_sending import questions

    if run.reader is not Audience.PARENT:
        return 0
    return output.ask(not_seen(questions(tracker, on, run), seen), "Before you send them")


def template_check(
    file: Annotated[str, typer.Argument(metavar="NAME|FILE", help="One of our templates by name, or an .xlsx file.")],
    allow: Allow = None,
    json: Json = False,
) -> None:
    """List what a template asks for, what is not known, and what it carries beside words and figures."""
    from workbook.model import Audience
    from workbook.reports.output.template_files import find, what_it_asks

    path = find(file)
    reader, rows = what_it_asks(path, allow or ())
    bad = [row for row in rows if row["problem"]]
    if json:
        output.as_json(path, None, rows)
    else:
        asked = sum(row["allow"] is None for row in rows)
        who = "staff" if reader is Audience.MENTOR else "parents and carers"
        state = f"{how_many(len(bad), 'thing')} to mend" if bad else "all of it known"
        say(f"{path.name}, for {who}, asks for {how_many(asked, 'value')}; {state}.")
        shown = [(row["sheet"], row["place"], row["token"], row["problem"] or row["meaning"]) for row in rows]
        output.table(("Sheet", "Place", "Token or word", "Meaning or problem"), shown, wrap="Meaning or problem")
    raise typer.Exit(FOUND if bad else DONE)
