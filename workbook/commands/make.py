"""Commands that make a tracker: new, sample, hand-on."""

from __future__ import annotations

import json as json_
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.import_show import given, show_import, show_questions
from workbook.commands.opened import opened
from workbook.commands.output import FOUND, InPlace, Replace, Result, TrackerFile, file_to_make, how_many, say
from workbook.model import CannotDo
from workbook.package.file_names import require_name
from workbook.package.locks import require_closed
from workbook.package.run import note_input, refuse_input
from workbook.package.writing import write_safely

if TYPE_CHECKING:
    from workbook.model import Tracker
    from workbook.upgrade.tracker import Upgraded

NewFile = Annotated[Path, typer.Argument(metavar="TRACKER", help="The file to make, ending in .xlsx.")]


def register(app: typer.Typer) -> None:
    """Add the commands that make a tracker."""
    app.command()(new)
    app.command()(sample)
    app.command("hand-on")(hand_on)
    app.command()(upgrade)


def free(path: Path, replace: bool) -> None:
    """Refuse to write over a file, or into a folder that is not there."""
    if not path.name:
        raise CannotDo(f"{path} is a folder: name the file to make inside it, ending in .xlsx.")
    require_name(path)
    if path.suffix.lower() != ".xlsx":
        raise CannotDo(f"The tracker is made as an .xlsx file: name it {path.with_suffix('.xlsx').name}.")
    if path.exists() and not replace:
        raise CannotDo(f"{path} is there already: choose another name, or add --replace to write over it.")
    if not path.absolute().parent.is_dir():
        raise CannotDo(f"The folder {path.absolute().parent} does not exist: make it first.")
    refuse_input(path)
    require_closed(path)


def build_whole(path: Path, tracker: Tracker, on: date | None = None) -> None:
    """Write a tracker with every figure, flag and due date that follows from it."""
    from workbook.building.tracker import build
    from workbook.building.views.written_rows import lists_of
    from workbook.measures.computed import computed
    from workbook.measures.data_date import last_date
    from workbook.measures.flag_list import flag_list
    from workbook.measures.week_page import week_page

    if not (len(tracker["Progress"]) or len(tracker["Registers"])):  # nothing to work anything out from
        build(path, tracker, computed(tracker), on=on)
        return
    day = on or last_date(tracker)
    listed = flag_list(tracker, day)
    page, lists = week_page(listed.found, lists=listed.mentors), lists_of(listed.found)
    build(path, tracker, computed(tracker), on=day, flags=listed.flags, week=page.due, lists=lists, week_line=page.line)


def new(
    tracker: NewFile,
    year: Annotated[str, typer.Option("--year", metavar="2026-27", help="The academic year.")] = "2026-27",
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="LIST", help="Begin with the learners of this list."),
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", metavar="QUESTION=ANSWER", help="Answer what the list leaves open.")
    ] = None,
    replace: Replace = False,
) -> None:
    """Make a tracker without learners, or with those of a list."""
    from workbook.model import defaults

    free(tracker, replace)
    made = defaults.new(year)
    if answer and from_ is None:
        raise CannotDo("--answer belongs to a list of learners: say which with --from.")
    refused = 0
    if from_ is not None:
        made, refused = with_learners(made, from_, answer or ())
    build_whole(tracker, made)
    count = len(made["Learners"])
    held = how_many(count, "learner") if count else "no learners yet"
    say(f"Made {tracker} for {year}: {held}.")
    say("Open it: the sheet Start leads through the first steps, in order, and says which are done.")
    output.say_kept()
    if refused:
        raise typer.Exit(FOUND)


def with_learners(tracker: Tracker, file: Path, answers: Sequence[str]) -> tuple[Tracker, int]:
    """The tracker with the learners of a list, read as import reads it; how many of its rows were refused.

    Ends the command where the list leaves questions open, which are shown; CannotDo where it cannot be read.
    """
    from workbook.imports import State, read_import, sheet_named

    found = read_import(tracker, file, sheet_named("Learners"), None, dict(map(given, answers)))
    if found.difference is None:
        show_questions(found, "make the tracker again")
        raise typer.Exit(output.WRONG)
    show_import(found, found.difference)
    if not len(found.difference.after["Learners"]):
        raise CannotDo(f"No row of {file.name} could be taken as a learner: see the reasons above.")
    return found.difference.after, len(found.difference.of(State.REFUSED))


def sample(
    tracker: NewFile,
    learners: Annotated[
        int, typer.Option("--learners", metavar="N", min=1, max=50_000, help="How many learners.")
    ] = 240,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same file.")] = 1,
    faults: Annotated[
        int, typer.Option("--faults", metavar="N", min=0, help="Plant this many mistakes, and list them beside it.")
    ] = 0,
    replace: Replace = False,
) -> None:
    """Make a tracker of made-up learners."""
    free(tracker, replace)
    if faults and faults_file(tracker).exists() and not replace:
        raise CannotDo(f"{faults_file(tracker)} is there already: choose another name, or add --replace.")
    planted = make_sample(tracker, learners, seed, faults)
    say(f"Made {tracker}: {how_many(learners, 'made-up learner')}, none of them real.")
    if faults:
        say(f"{how_many(planted, 'mistake')} planted; {faults_file(tracker).name} says where.")
    output.say_kept()


def faults_file(tracker: Path) -> Path:
    """Where the planted mistakes of a sample are listed."""
    return tracker.with_name(tracker.stem + ".faults.json")


def make_sample(path: Path, learners: int, seed: int, faults: int = 0) -> int:
    """Write a sample tracker, with ``faults`` planted mistakes; gives how many were planted."""
    from workbook.sample import sample as invent

    tracker = invent(learners=learners, seed=seed)
    if not faults:
        build_whole(path, tracker)
        return 0
    from workbook.sample.faults import plant, spoil

    tracker, planted = plant(tracker, faults, seed)
    build_whole(path, tracker)
    spoil(path, planted)
    listed = [asdict(one) for one in planted]
    text = json_.dumps(listed, ensure_ascii=False, indent=1, default=str)
    write_safely(faults_file(path), (text + "\n").encode(), replace=True)
    return len(planted)


def hand_on(
    tracker: TrackerFile,
    out: Annotated[Path, file_to_make("NEW.xlsx", "The tracker to make.")],
    form: Annotated[str | None, typer.Option("--form", metavar="FORM", help="The learners of this form.")] = None,
    learner: Annotated[list[str] | None, typer.Option("--learner", metavar="ID", help="This learner.")] = None,
    mentor: Annotated[str | None, typer.Option("--mentor", metavar="NAME", help="The learners of this mentor.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing while there are questions.")] = False,
    replace: Replace = False,
) -> None:
    """Make a tracker of some learners only."""
    from workbook.building.handed_on import handed_on
    from workbook.measures.who import Who
    from workbook.reports.content.proof import naming_others

    if form is None and mentor is None and not learner:
        raise CannotDo("Say whose tracker it is to be: --form, --mentor or --learner.")
    free(out, replace)
    opening = opened(tracker)
    whole, on = opening.tracker, opening.on
    chosen = Who(form=form, learners=learner or (), mentor=mentor).choose(opening.snapshot)
    questions = output.ask(naming_others(whole, chosen), "Before you hand it on")
    if questions and strict:
        say("Nothing was made (--strict).")
        raise typer.Exit(FOUND)
    build_whole(out, handed_on(whole, chosen), on)
    said = "and nothing about any other" if not questions else "and no row of any other; look at the cells above"
    say(f"Made {out}: {how_many(len(chosen), 'learner')} {said}.")
    output.say_kept()


def upgrade(
    tracker: TrackerFile,
    out: Result = None,
    replace: InPlace = False,
) -> None:
    """Bring a tracker of an earlier version up to this one; nothing in it is lost."""
    from workbook.upgrade.tracker import upgrade as upgraded

    if out is None and not replace:
        raise CannotDo("Say where the result goes: --out NEW.xlsx, or --replace (a backup is kept).")
    note_input(tracker, private=True)
    if out is not None:
        refuse_input(out)
    done = upgraded(opened(tracker).file, out or tracker, replace=replace, on=date.today())
    if not done:
        say(f"{tracker} has everything that this version has; nothing was written.")
    for line in _upgraded(done):
        say(line)
    if done:
        say(f"Written to {out or tracker}." + (f" As it was before: {done.backup.name}." if done.backup else ""))


def _upgraded(done: Upgraded) -> Iterator[str]:
    """What an upgrade did, in lines."""
    for sheet, headings in done.columns.items():
        yield f"{sheet}: new {'column' if len(headings) == 1 else 'columns'} {', '.join(headings)}."
    for sheet, headings in done.formulas.items():
        yield f"{sheet}: {how_many(len(headings), 'column')} with a new formula."
    if done.names:
        yield f"Formulas: {how_many(len(done.names), 'name')} more that they share."
    if done.settings:
        yield f"Settings: new {'row' if len(done.settings) == 1 else 'rows'} {', '.join(done.settings)}."
    if done.sheets:
        yield f"New {'sheet' if len(done.sheets) == 1 else 'sheets'}, behind the others: {', '.join(done.sheets)}."
    if done.views:
        yield f"Made anew: {', '.join(done.views)}."
    if done.mended:
        yield f"Start tells rightly again: {' and '.join(done.mended)}."
    if done.own_views:
        names = ", ".join(done.own_views)
        yield f"Left as they are, since somebody has changed them: {names}. They count as the earlier version did."
