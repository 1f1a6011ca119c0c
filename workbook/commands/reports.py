"""Commands that hand something out: report, template check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.opened import opened
from workbook.commands.output import DONE, FOUND, Json, On, Replace, TrackerFile, how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.model import Tracker
    from workbook.package.guard import GuardedFile
    from workbook.reports.output.frozen import Record
    from workbook.reports.output.run import Run


Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="WORD", help="Let the template carry this to parents, such as macros."),
]


def register(app: typer.Typer) -> None:
    """Add the commands that hand something out."""
    app.command()(report)
    templates = typer.Typer(help="What a report template asks for.", no_args_is_help=True, rich_markup_mode=None)
    templates.command("check")(template_check)
    app.add_typer(templates, name="template")


def report(
    tracker: TrackerFile,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the reports.")],
    template: Annotated[str, typer.Option("--template", metavar="NAME|FILE", help="Which template.")] = "parent_report",
    form: Annotated[str | None, typer.Option("--form", help="Only this form.")] = None,
    learner: Annotated[list[str] | None, typer.Option("--learner", metavar="ID", help="Only this learner.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Only this year group.")] = None,
    mentor: Annotated[str | None, typer.Option("--mentor", help="Only this mentor's learners.")] = None,
    flag: Annotated[
        str | None, typer.Option("--flag", metavar="FLAG", help="Only learners with this flag, by title or code.")
    ] = None,
    one_workbook: Annotated[bool, typer.Option("--one-workbook", help="One workbook, a sheet for each.")] = False,
    into: Annotated[Path | None, typer.Option("--into", metavar="COPY.xlsx", help="A copy of the tracker.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="PDFs too, and one of all pages for printing.")] = False,
    password_file: Annotated[Path | None, typer.Option("--password-file", help="Protect each file.")] = None,
    logo: Annotated[Path | None, typer.Option("--logo", metavar="PICTURE", help="The college's logo.")] = None,
    copies: Annotated[
        bool, typer.Option("--copies", help="A copy for each person with parental responsibility, by name.")
    ] = False,
    large_print: Annotated[
        bool, typer.Option("--large-print", help="In large print, for those at home who read it.")
    ] = False,
    changed: Annotated[bool, typer.Option("--changed", help="Only reports that differ from those there.")] = False,
    everyone: Annotated[bool, typer.Option("--all", help="Also those for whom the template is not meant.")] = False,
    celebrated: Annotated[
        bool, typer.Option("--celebrated", help="Mark what certificates say as celebrated in the tracker.")
    ] = False,
    sending_list: Annotated[
        bool, typer.Option("--sending-list", help="A list of who gets which file and how, as a sheet and as CSV.")
    ] = False,
    seen: Annotated[
        list[str] | None, typer.Option("--seen", metavar="KIND", help="This kind of question has been looked at.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing while there are questions.")] = False,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="draft, proofed or final; the last two keep a record.")
    ] = "draft",
    since: Annotated[
        Path | None, typer.Option("--since", metavar="DIR", help="Say what changed since the run in this folder.")
    ] = None,
    allow: Allow = None,
    on: On = None,
    replace: Replace = False,
) -> None:
    """Build reports from a template."""
    from workbook.measures.who import Who
    from workbook.reports.output import frozen
    from workbook.reports.output.office import require_office
    from workbook.reports.output.passwords import read_password
    from workbook.reports.output.printed import print_reports, require_printable
    from workbook.reports.output.run import Run
    from workbook.reports.output.template_files import find

    if (one_workbook or into) and (changed or password_file):
        raise CannotDo("--changed and --password-file are for a file each: leave out --one-workbook and --into.")
    password = read_password(password_file) if password_file else None
    if pdf:
        require_office()
    opening = opened(tracker, on)
    file, read_tracker, today = opening.file, opening.tracker, opening.on
    who = Who(form, learner or (), year, mentor, flag, leavers=True)
    chosen = who.choose(read_tracker, today)
    gone = 0 if learner or flag else len(who.left(read_tracker, today))
    if gone:
        say(f"{how_many(gone, 'learner')} left out, since they have left: --learner ID makes a leaver's report.")
    picture = _picture(logo) if logo else None
    run = Run.of(read_tracker, today, find(template), chosen, picture, allow or (), everyone, copies, large_print)
    say_left_out(run)
    standing, before = _standing(state, since, out, run.title)
    if not run.reports:
        say("No report was made.")
        raise typer.Exit(FOUND)
    if ask_before_sending(read_tracker, today, run, seen or ()) and (strict or standing != DRAFT):
        why = "--strict" if strict else f"--state {standing}: mend them, or say --seen KIND"
        say(f"Nothing was made ({why}).")
        raise typer.Exit(FOUND)
    if into or one_workbook:
        made = write_book(run, file, out, into, pdf, replace)
    elif pdf and password:
        made = seal_reports(run, out, password, replace)
    else:
        if pdf:
            require_printable(run.paths(out), out, run.title, replace=replace or changed)
        made = write_reports(run, out, replace=replace, changed=changed, password=password)
        say(f"{how_many(len(made), 'report')} made in {out}.")
    if pdf and made and not password:
        say_printed(print_reports(made, out, run.title))
    files = [Path(made[0])] * len(run.reports) if into or one_workbook else run.paths(out)
    if before or standing != DRAFT:
        say_record(frozen.record_of(run, files, read_tracker, today, standing), before, out)
    if sending_list:
        say_sending_list(read_tracker, run, files, out, replace or changed)
    mark_celebrated(file, read_tracker, today, run, celebrated)
    output.say_kept()


DRAFT = "draft"


def _standing(state: str, since: Path | None, out: Path, title: str) -> tuple[str, Record | None]:
    """The state of a run and the record of the one before; CannotDo where that is final or not there."""
    from workbook.reports.output import frozen

    standing = frozen.known_state(state)
    frozen.refuse_final(out, title)
    before = frozen.last(since or out, title)
    if since and before is None:
        raise CannotDo(f"{since} holds no record of a {title}: one is kept with --state proofed or final.")
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


def write_book(run: Run, file: GuardedFile, out: Path, into: Path | None, pdf: bool, replace: bool) -> list[Path]:
    """Write one workbook of all reports, or a copy of the tracker with them; gives its file."""
    from workbook.reports.output.printed import require_printable

    book = out / (into.name if into else f"{run.title}.xlsx")
    if pdf:
        require_printable([book], out, run.title, replace=replace)
    out.mkdir(parents=True, exist_ok=True)
    count = run.into_tracker(file, book, replace=replace) if into else run.into_workbook(book, replace=replace)
    say(f"{how_many(count, 'report')} made in {book}.")
    return [book]


def _picture(file: Path) -> bytes:
    from workbook.package.run import note_input

    note_input(file)
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotDo(f"The logo {file} cannot be read ({error.strerror}): check the path.") from error


def write_reports(
    run: Run, out: Path, *, replace: bool = False, changed: bool = False, password: str | None = None
) -> list[Path]:
    """Write a file for each report of a run, with a progress bar; gives the files written."""
    from functools import partial

    from workbook.reports.output.passwords import sealed_workbook

    made = []
    seal = partial(sealed_workbook, password=password) if password else None
    with output.progress("Reports", len(run.reports)) as step:
        for path in run.into_folder(out, replace=replace, changed=changed, seal=seal):
            made.append(path)
            step()
    return made


def seal_reports(run: Run, out: Path, password: str, replace: bool) -> list[Path]:
    """Write protected reports and PDFs, with a progress bar; gives the reports written."""
    from workbook.reports.output.printed import require_printable, seal_and_print

    require_printable(run.paths(out), out, run.title, replace=replace)
    with output.progress("Protected files", 2 * len(run.reports)) as step:
        made, printed = seal_and_print(run, out, password, replace=replace, step=lambda _: step())
    say(f"{how_many(len(made), 'report')} made in {out}.")
    say_printed(printed)
    return made


def say_printed(printed: Sequence[Path]) -> None:
    """Print how many PDFs there are, and which holds all pages."""
    whole = printed[-1] if len(printed) > 1 else None
    count = len(printed) - bool(whole)
    say(f"{how_many(count, 'PDF')} beside {'it' if count == 1 else 'them'}.")
    if whole:
        say(f"All pages for printing: {whole}")


def say_left_out(run: Run, most: int = 8) -> None:
    """Print who gets no report, by reason; nothing where nobody is left out."""
    reasons: dict[str, list[str]] = {}
    for one in run.left_out:
        reasons.setdefault(one.why, []).append(f"{one.name} ({one.learner_id})")
    for why, names in reasons.items():
        more = f" and {len(names) - most:,} more" if len(names) > most else ""
        say(f"{how_many(len(names), 'learner')} left out, {why}: {', '.join(names[:most])}{more}.")
    if run.left_out:
        say("--all makes theirs too.")


def mark_celebrated(file: GuardedFile, tracker: Tracker, on: date, run: Run, wanted: bool) -> None:
    """Mark in the tracker what the reports celebrate, where that is wanted; else say how it is done."""
    from workbook.editing.edit import TableChange, edit
    from workbook.reports.content.celebrating import celebrated_rows, celebrates

    if not celebrates(ask.token for ask in run.template.asks()):
        return
    rows = celebrated_rows(tracker, on, [context for _, context in run.reports])
    if not rows:
        return
    if not wanted:
        say(f"{how_many(len(rows), 'achievement')} on them not yet marked as celebrated; --celebrated marks them.")
        return
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
