"""Reports made in this Excel: into files, PDFs by Excel itself, or sheets of the open workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import xlwings as xw

from addin.deeds.actions import Made, MakeReports
from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.press import Press
from workbook.model import CannotDo
from workbook.package.private import private_folder

if TYPE_CHECKING:
    from workbook.reports.output.run import Run


def rows_selected(book: xw.Book) -> list[int]:
    """The rows of the selection that are seen, all its areas together; a whole column means every row."""
    cells = book.selection
    if cells is None:
        return []
    sheet, last = cells.sheet, cells.sheet.used_range.last_cell.row
    rows: set[int] = set()
    for top, end in excel.rows_of_areas(cells):
        bottom = min(end, last)
        rows.update(set(range(top, bottom + 1)) - set(excel.hidden_rows(sheet, top, bottom)))
    return sorted(rows)


def following(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of rows that follow one another."""
    first = last = None
    for row in rows:
        if first is None or last is None or row != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last


def reports_folder(book: xw.Book) -> Path:
    """The folder of a tracker's reports: beside it, or in Documents where it has no folder on this computer."""
    return own_folder(book) / "reports"


def own_folder(book: xw.Book) -> Path:
    """The folder beside a tracker; one in Documents where the tracker is online or was never saved."""
    if excel.is_saved(book) and not excel.is_online(book):
        return Path(excel.address_of(book)).parent
    return Path.home() / "Documents" / "Mentorbook" / Path(book.name).stem


def replaced(press: Press, run: Run) -> tuple[int, str]:
    """How many reports of a run are there already, and where."""
    folder = _folder(press, run)
    return sum(path.exists() for path in _paths(run, folder)), f"in {folder}"


def make(press: Press, action: MakeReports) -> Made | None:
    """Make the reports of a run and tell where they are; None where the one was opened."""
    run = action.run
    if action.sheets:
        count = into_sheets(press, run)
        return None if action.show else Made(count, "behind the sheets of this workbook")
    folder = _folder(press, run)
    made = into_files(press, run, folder, action.pdf)
    beside = _list_for_sending(press.opened, run, folder)
    if action.show and len(made) == 1:
        excel.open_quietly(press.app, made[0])
        return None
    return Made(len(made), f"in {folder}", beside)


def _folder(press: Press, run: Run) -> Path:
    return reports_folder(press.book) / run.title


def _paths(run: Run, folder: Path) -> Iterator[Path]:
    from workbook.reports.output.learner_files import safe_names

    for name in safe_names((name for name, _ in run.reports), run.title):
        yield folder / f"{name}{run.template.ending}"


def into_files(press: Press, run: Run, folder: Path, pdf: bool) -> list[Path]:
    """Write a file for each report, and print each to PDF through this Excel where that is wanted."""
    made: list[Path] = []
    total = len(run.reports) * (2 if pdf else 1)
    press.pace.step(run.title, 0, total)
    for path in run.into_folder(folder, replace=True):
        made.append(path)
        press.pace.step(f"{run.title}, report", len(made), total)
    if pdf:
        for number, printed in enumerate(_printed(press, made), start=1):
            press.pace.step(f"PDF {printed.name}", len(made) + number, total)
    return made


def _list_for_sending(opened: OpenTracker, run: Run, folder: Path) -> str:
    """Write who gets which report, for templates that parents read; a sentence where it lies."""
    from workbook.model import Audience
    from workbook.reports.output.sending_list import sending_rows, write_sending_list

    if run.reader is not Audience.PARENT or not run.learners:
        return ""
    rows = list(sending_rows(opened.tracker, run, run.paths(folder)))
    listed = write_sending_list(rows, folder.parent, run.title, replace=True)
    return f" Who gets which: {listed[0].name}, beside that folder."


def _printed(press: Press, files: Iterable[Path]) -> Iterator[Path]:
    """PDFs beside workbooks, each opened in this Excel for a moment, and one of all pages for printing."""
    from workbook.package.writing import write_safely
    from workbook.reports.output.passwords import merged_pdf

    printed: list[Path] = []
    try:
        for path in files:
            target = path.with_suffix(".pdf")
            book = excel.open_quietly(press.app, path, read_only=True)
            try:
                book.to_pdf(str(target))
            finally:
                book.close()
            printed.append(target)
            yield target
    finally:
        press.book.activate()
    if len(printed) > 1:
        content = merged_pdf(printed, title="All pages for printing")
        write_safely(printed[0].with_name("All pages for printing.pdf"), lambda file: file.write(content), replace=True)


def require_room_for_sheets(book: xw.Book) -> None:
    """Raise CannotDo where no sheet can be added to a workbook."""
    if excel.told(book.api, "ProtectStructure", False):
        raise CannotDo(
            "This workbook is protected, so sheets cannot be added: choose Review, Protect Workbook to lift that, or "
            "untick In this workbook."
        )


def into_sheets(press: Press, run: Run) -> int:
    """Add the reports to the open workbook as sheets behind its own; gives how many."""
    with private_folder() as room:
        path = room / "Reports.xlsx"
        count = run.into_workbook(path)
        made = excel.open_quietly(press.app, path)
        try:
            names = made.sheet_names
            for number, name in enumerate(names, start=1):
                made.sheets[name].copy(after=press.book.sheets[len(press.book.sheets) - 1])
                press.pace.step("adding sheets", number, len(names))
        finally:
            made.close()
            press.book.activate()
    press.book.sheets[len(press.book.sheets) - len(names)].activate()
    return count
