"""The group Reports: for one learner, those selected, a form or everyone, as files, PDFs or sheets of this workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.press import Press, button
from addin.desktop.host.reports_run import (
    NO_LEARNER,
    agreed,
    form_here,
    into_files,
    into_sheets,
    learners_in,
    list_for_sending,
    mark_celebrated,
    reports_folder,
    require_room_for_sheets,
    rows_selected,
    wants_everyone,
)
from workbook.model import CannotDo

PROGRESS_DAY = ("progress_day_pack", "slot_timetable", "target_entry")


@button
def report_learner(press: Press, template: str, pdf: bool = False, sheets: bool = False) -> str | None:
    """The chosen report for the learner of the row one is on, opened."""
    opened = press.read()
    rows = [press.book.selection.row] if press.book.selection else []
    found = learners_in(opened, press.book.sheets.active, rows)
    if not found:
        raise CannotDo(NO_LEARNER)
    return _make(press, opened, template, found, pdf, sheets, show=True)


@button
def report_selected(press: Press, template: str, pdf: bool = False, sheets: bool = False) -> str | None:
    """The chosen report for each learner named in the selected rows."""
    opened = press.read()
    found = learners_in(opened, press.book.sheets.active, rows_selected(press.book))
    if not found:
        raise CannotDo(NO_LEARNER.replace("this row", "these rows"))
    return _make(press, opened, template, found, pdf, sheets, show=len(found) == 1)


@button
def report_form(press: Press, template: str, pdf: bool = False, sheets: bool = False) -> str | None:
    """The chosen report for each learner of the form of the row one is on."""
    opened = press.read()
    return _make(press, opened, template, _in_form(opened, form_here(opened)), pdf, sheets)


@button
def report_everyone(press: Press, template: str, pdf: bool = False, sheets: bool = False) -> str | None:
    """The chosen report for every learner."""
    opened = press.read()
    return _make(press, opened, template, _chosen(opened), pdf, sheets)


@button
def progress_day(press: Press, template: str = "", pdf: bool = False, sheets: bool = False) -> str | None:
    """The pack of each learner of the form of the row one is on, the form's timetable and its entry sheet."""
    opened = press.read()
    learners = _in_form(opened, form_here(opened))
    words = [_make(press, opened, name, learners, pdf, sheets) for name in PROGRESS_DAY]
    return "\n".join(one for one in words if one)


@button
def form_summary(press: Press, template: str = "", pdf: bool = False, sheets: bool = False) -> str | None:
    """One page about the form of the row one is on, opened."""
    opened = press.read()
    learners = _in_form(opened, form_here(opened))
    return _make(press, opened, "form_summary", learners, pdf, sheets, show=True)


@button
def choose_template(press: Press, path: str) -> str:
    """Look whether a template of the mentor's own asks only for what is known and may be told."""
    from workbook.reports.output.template_files import find, open_template

    compiled, _, _ = open_template(find(path))
    compiled.require_known()
    asked = len({ask.token for ask in compiled.asks()})
    press.template_chosen(path)
    return f"{Path(path).name} is ready to use; each of the {asked} values it asks for is known."


@button
def open_reports(press: Press) -> None:
    """Show the folder with the reports."""
    folder = reports_folder(press.book)
    if not folder.is_dir():
        raise CannotDo("There are no reports of this tracker yet: make some with the buttons on the left.")
    excel.open_folder(folder)


def _chosen(opened: OpenTracker, form: str | None = None, learners: Sequence[str] = ()) -> list[str]:
    from workbook.measures.data_date import last_date
    from workbook.measures.who import Who

    return Who(form=form, learners=learners).choose(opened.tracker, last_date(opened.tracker))


def _in_form(opened: OpenTracker, form: str) -> list[str]:
    return _chosen(opened, form=form)


def _make(
    press: Press,
    opened: OpenTracker,
    template: str,
    learners: Sequence[str],
    pdf: bool,
    sheets: bool,
    show: bool = False,
) -> str | None:
    """Make the reports of a template for these learners; a sentence where they are, unless the one is shown."""
    from workbook.measures.data_date import last_date
    from workbook.reports.output.run import Run
    from workbook.reports.output.template_files import find

    if sheets:
        require_room_for_sheets(press.book)
    press.pace.step("preparing reports")
    on = last_date(opened.tracker)
    _chosen(opened, learners=learners)  # says who has left
    run = Run.of(opened.tracker, on, find(template), learners)
    if run.left_out and wants_everyone(press, run):
        run = Run.of(opened.tracker, on, find(template), learners, everyone=True)
    if not run.reports:
        return "No report was made."
    folder = None if sheets else reports_folder(press.book) / run.title
    if not agreed(press, opened, run, on, folder):
        return "No report was made."
    if folder is None:
        count = into_sheets(press, run)
        return None if show else f"{_count(count)} now stand behind the sheets of this workbook."
    made = into_files(press, run, folder, pdf)
    marked = list_for_sending(opened, run, folder) + mark_celebrated(press, opened, on, run)
    if show and len(made) == 1:
        excel.open_quietly(press.app, made[0])
        return None
    return f"{_count(len(made))}{' and as many PDFs' if pdf else ''} made in {folder}.{marked}"


def _count(count: int) -> str:
    return f"{count:,} report{'' if count == 1 else 's'}"
