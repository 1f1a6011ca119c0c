"""Commands that hand something out: report, template check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.output import DONE, FOUND, Json, On, Replace, TrackerFile, how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.model import Tracker
    from workbook.reports.content.proof import Proof
    from workbook.reports.output.run import Run


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
    flag: Annotated[str | None, typer.Option("--flag", metavar="CODE", help="Only learners with this flag.")] = None,
    one_workbook: Annotated[bool, typer.Option("--one-workbook", help="One workbook, a sheet for each.")] = False,
    into: Annotated[Path | None, typer.Option("--into", metavar="COPY.xlsx", help="A copy of the tracker.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="PDFs too, and one of all pages for printing.")] = False,
    password_file: Annotated[Path | None, typer.Option("--password-file", help="Protect each file.")] = None,
    logo: Annotated[Path | None, typer.Option("--logo", metavar="PICTURE", help="The college's logo.")] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only reports that differ from those there.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing while there are questions.")] = False,
    on: On = None,
    replace: Replace = False,
) -> None:
    """Build reports from a template."""
    from workbook.measures.calendar import last_date
    from workbook.measures.who import Who
    from workbook.reading.read import read
    from workbook.reports.output.passwords import read_password
    from workbook.reports.output.run import Run
    from workbook.reports.output.template_files import find

    if (one_workbook or into) and (changed or password_file):
        raise CannotDo("--changed and --password-file are for a file each: leave out --one-workbook and --into.")
    password = read_password(password_file) if password_file else None
    read_tracker = read(tracker)
    today = output.day(on) or last_date(read_tracker)
    chosen = Who(form, learner or (), year, mentor, flag).choose(read_tracker, today)
    run = Run.of(read_tracker, today, find(template), chosen, _picture(logo) if logo else None)
    questions = ask_before_sending(read_tracker, today, chosen, run)
    if questions and strict:
        say("Nothing was made (--strict).")
        raise typer.Exit(FOUND)
    if into or one_workbook:
        book = out / (into.name if into else f"{run.title}.xlsx")
        out.mkdir(parents=True, exist_ok=True)
        count = run.into_tracker(tracker, book, replace=replace) if into else run.into_workbook(book, replace=replace)
        say(f"{how_many(count, 'report')} made in {book}.")
        made = [book]
    else:
        made = write_reports(run, out, replace=replace, changed=changed, password=password if not pdf else None)
        say(f"{how_many(len(made), 'report')} made in {out}.")
    if pdf and made:
        print_reports(made, out, run.title, password)


def _picture(file: Path) -> bytes:
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


def print_reports(made: Sequence[Path], out: Path, title: str, password: str | None) -> None:
    """Turn reports into PDF, and one PDF of all pages; with a password the workbooks and PDFs are protected."""
    from workbook.reports.output.office import convert
    from workbook.reports.output.passwords import merge_pdfs, seal_files

    printed = convert(made, out)
    say(f"{how_many(len(printed), 'PDF')} beside {'it' if len(printed) == 1 else 'them'}.")
    if len(printed) > 1:
        whole = out / f"All - {title}.pdf"
        merge_pdfs(printed, whole, password)
        say(f"All pages for printing: {whole}")
    if password:
        seal_files([*made, *printed], password)


def ask_before_sending(tracker: Tracker, on: date, learners: Sequence[str], run: Run) -> int:
    """Print what to look at before reports go home, for templates that parents read; gives how many questions."""
    from workbook.model import Audience
    from workbook.reports.content.proof import proof

    if run.reader is not Audience.PARENT:
        return 0
    kinds: dict[str, list[Proof]] = defaultdict(list)
    for question in proof(tracker, on, learners):
        kinds[question.code].append(question)
    count = sum(len(found) for found in kinds.values())
    if count:
        say(f"Before you send them, {how_many(count, 'thing')} to look at:")
    for found in kinds.values():
        say(f"  {found[0].sheet} {found[0].cell}: {found[0].message} {found[0].fix}")
        if len(found) > 1:
            cells = ", ".join(f"{one.sheet} {one.cell}" for one in found[1:4])
            say(f"    … and {len(found) - 1:,} more like it: {cells}{' …' if len(found) > 4 else ''}")
    return count


def template_check(
    file: Annotated[str, typer.Argument(metavar="NAME|FILE", help="One of our templates by name, or an .xlsx file.")],
    json: Json = False,
) -> None:
    """List what a template asks for, and what is not known."""
    from workbook.model import Audience
    from workbook.reports.output.template_files import find, what_it_asks

    path = find(file)
    reader, rows = what_it_asks(path)
    bad = [row for row in rows if row["problem"]]
    if json:
        output.as_json(path, None, rows)
    else:
        who = "staff" if reader is Audience.MENTOR else "parents and carers"
        state = f"{how_many(len(bad), 'thing')} to mend" if bad else "all of it known"
        say(f"{path.name}, for {who}, asks for {how_many(len(rows), 'value')}; {state}.")
        shown = [(row["sheet"], row["place"], row["token"], row["problem"] or row["meaning"]) for row in rows]
        output.table(("Sheet", "Place", "Token", "Meaning or problem"), shown, wrap="Meaning or problem")
    raise typer.Exit(FOUND if bad else DONE)
