"""The command that shows it all at once: a sample tracker, its check, flags and reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.commands.make import faults_file, make_sample
from workbook.commands.output import how_many, say
from workbook.commands.reports import write_reports
from workbook.commands.show import show_problems
from workbook.model import CannotDo

FORM = "10C"


def register(app: typer.Typer) -> None:
    """Add the demo."""
    app.command()(demo)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder to fill.")] = Path("mentorbook-demo"),
) -> None:
    """Try it all: a sample tracker, check, flags, reports."""
    from workbook.package.folders import filled

    clean, faulty = folder / "tracker.xlsx", folder / "tracker_with_mistakes.xlsx"
    if clean.exists() and not faults_file(faulty).exists():
        raise CannotDo(f"{clean} is there already and is not from an earlier demo: give the demo another folder.")
    with filled(folder):
        _fill(folder, clean, faulty)


def _fill(folder: Path, clean: Path, faulty: Path) -> None:
    from workbook.checks import check
    from workbook.commands.flags_shown import show_flags
    from workbook.measures.data_date import last_date
    from workbook.measures.flag_list import flag_list_of
    from workbook.measures.flags import found_in
    from workbook.measures.snapshot import Snapshot
    from workbook.measures.who import Who
    from workbook.reading.read import read
    from workbook.reports.output.run import Run
    from workbook.reports.output.template_files import find

    say("1. A tracker of 240 made-up learners, and the same with 25 mistakes in it")
    make_sample(clean, learners=240, seed=1)
    make_sample(faulty, learners=240, seed=1, faults=25)
    say(f"   {clean}\n   {faulty}\n\n2. Check: the mistakes, and how to mend them\n")
    show_problems(faulty, check(read(faulty)))
    say("\n3. Flags: whom to see first, and who deserves praise\n")
    tracker = read(clean)
    snapshot = Snapshot(tracker, last_date(tracker))
    show_flags(clean, flag_list_of(found_in(snapshot)), None, len(snapshot.here), most=5)
    reports = folder / "reports"
    run = Run.of(snapshot, find("parent_report"), Who(form=FORM).choose(snapshot))
    made = write_reports(run, reports, replace=True)
    say(f"4. {how_many(len(made), 'parent report')} of form {FORM}\n   {reports}")
    picture = _picture(reports, folder)
    say(f"   {picture}\n" if picture else "   (LibreOffice is not here, so there is no picture of one.)\n")
    say(f"Open {clean} in Excel and start at its sheet Start; then open any report.")


def _picture(reports: Path, folder: Path) -> Path | None:
    """The first report as a picture, or as a PDF where nothing can draw one; None without LibreOffice."""
    from workbook.package.private import private_folder
    from workbook.package.writing import write_safely
    from workbook.reports.output.office import convert, find_office, picture

    if find_office() is None:
        return None
    with private_folder() as room:
        printed = convert([min(reports.glob("*.xlsx"))], room)[0].read_bytes()
    write_safely(folder / "report.pdf", printed, replace=True)
    return picture(folder / "report.pdf", folder / "report.png") or folder / "report.pdf"
