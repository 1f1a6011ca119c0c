"""Commands that hand something out: report, template check."""

from __future__ import annotations

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
    on: On = None,
    replace: Replace = False,
) -> None:
    """Build a report for every learner from a template."""
    from workbook.files.read import read
    from workbook.measures.calendar import last_date

    read_tracker = read(tracker)
    today = output.day(on) or last_date(read_tracker)
    made = make_reports(read_tracker, out, template, today, choose(read_tracker, today, form, learner), replace=replace)
    say(f"{how_many(made, 'report')} made in {out}.")


def choose(tracker: Tracker, on: date, form: str | None, learners: Sequence[str] | None) -> list[str]:
    """The IDs of the learners a report is wanted for; CannotDo where nobody is."""
    from workbook.reports.content import present

    table = tracker["Learners"]
    here = [(str(table["learner_id"][at]), table["form"][at]) for at in present(tracker, on)]
    if learners:
        return list(learners)
    if form is None:
        if not here:
            raise CannotDo("There are no learners in this tracker yet: fill the Learners sheet first.")
        return [learner for learner, _ in here]
    chosen = [learner for learner, theirs in here if str(theirs).strip().lower() == form.strip().lower()]
    if not chosen:
        forms = ", ".join(sorted({str(theirs) for _, theirs in here if theirs}))
        raise CannotDo(f"No learner is in form {form}: there are {forms}.")
    return chosen


def make_reports(
    tracker: Tracker, out: Path, template: str, on: date, learners: Sequence[str], *, replace: bool = False
) -> int:
    """Write a report for each learner into a folder; gives how many were written."""
    from workbook.reports.learner_files import write_files
    from workbook.reports.occasions import occasions
    from workbook.reports.shipped import find, open_template

    path = find(template)
    compiled, reader = open_template(path)
    asked = [ask.token for ask in compiled.asks()]
    made = list(occasions(tracker, on, learners, asked, reader))
    what = path.stem.replace("_", " ")
    names = [f"{name} {what}" for name, _ in made]
    with output.progress("Reports", len(made)) as step:
        for _ in write_files(compiled, names, (context for _, context in made), out, replace=replace):
            step()
    return len(made)


def template_check(
    file: Annotated[str, typer.Argument(metavar="NAME|FILE", help="One of our templates by name, or an .xlsx file.")],
    json: Json = False,
) -> None:
    """List what a template asks for, and what is not known."""
    from workbook.files.package import Package
    from workbook.model import Audience
    from workbook.reports.audience import refusals
    from workbook.reports.content_names import terms, tree
    from workbook.reports.shipped import find, reader_of
    from workbook.reports.template import Template

    path = find(file)
    package = Package.open(path)
    reader = reader_of(package)
    known = {term.name: term for term in terms()}
    audiences = {name: term.audience for name, term in known.items()}
    rows = []
    for ask in Template(package, tree(Audience.MENTOR)).asks():
        problem = ask.problem or next(iter(refusals([ask.token], audiences, reader)), None)
        meaning = known[ask.token].meaning if ask.token in known else None
        rows.append(
            {"sheet": ask.sheet, "place": ask.place, "token": ask.token, "meaning": meaning, "problem": problem}
        )
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
