"""Reports from the open tracker: for whom, by where one stands; into files, PDFs by this Excel, or sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import xlwings as xw

from addin.desktop.host import excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.press import Press
from workbook.measures.learners import Learners, word
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.reports.output.run import Run

_WIDE = 60
"""So many columns of a row are looked at for a learner."""
_FORM_OR_LEARNER = ("Form view", "Learner view")
NO_LEARNER = (
    "No learner stands in this row: put the cursor into a row that names a learner, on any sheet, then press the "
    "button again."
)


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


def learners_in(opened: OpenTracker, sheet: xw.Sheet, rows: Sequence[int]) -> list[str]:
    """The IDs of the learners that rows of a sheet name, by ID or else by a name that only one has."""
    learners, names = Learners(opened.tracker), _names(opened)
    if sheet.name == "Learner view":
        rows = [3]  # the learner is chosen there
    found: dict[str, None] = {}
    for first, last in _following(rows):
        block = sheet.range((first, 1), (last, _WIDE)).options(ndim=2).value
        for row in block:
            one = _learner(row, learners, names)
            if one:
                found[one] = None
    return list(found)


def _learner(row: Sequence[object], learners: Learners, names: dict[str, str | None]) -> str | None:
    texts = [value.strip() for value in row if isinstance(value, str) and value.strip()]
    for text in texts:
        place = learners.find(text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text)
        if place is not None:
            return learners.all[place].learner_id
    return next((one for text in texts if (one := names.get(text.casefold()))), None)


def _names(opened: OpenTracker) -> dict[str, str | None]:
    """The ID of the one learner with a name; None for a name that two share."""
    from workbook.measures.computed import learner_names

    names = learner_names(opened.tracker)
    found: dict[str, str | None] = {}
    for one, name in zip(opened.tracker["Learners"]["learner_id"], names, strict=True):
        key = word(name).casefold()
        found[key] = None if key in found else word(one)
    return found


def _following(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for row in rows:
        if first is None or last is None or row != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last


def form_here(opened: OpenTracker) -> str:
    """The form of the learner of the row one is on, or the one chosen on Form view; CannotDo where there is none."""
    book = opened.book
    sheet = book.sheets.active
    learners = Learners(opened.tracker)
    forms = {one.form.casefold(): one.form for one in learners.all if one.form}
    row = 3 if sheet.name in _FORM_OR_LEARNER else book.selection.row if book.selection else 0
    if sheet.name != "Form view" and row:
        found = learners_in(opened, sheet, [row])
        if found:
            return learners.all[learners.find(found[0]) or 0].form
    values = sheet.range((row, 1), (row, _WIDE)).options(ndim=1).value if row else []
    for value in values:
        if isinstance(value, str) and value.strip().casefold() in forms:
            return forms[value.strip().casefold()]
    raise CannotDo(
        "No form stands in this row: put the cursor into a row of a learner of the form, then press the button again."
    )


def reports_folder(book: xw.Book) -> Path:
    """The folder of a tracker's reports: beside it, or in Documents where it has no folder on this computer."""
    return own_folder(book) / "reports"


def own_folder(book: xw.Book) -> Path:
    """The folder beside a tracker; one in Documents where the tracker is online or was never saved."""
    if excel.is_saved(book) and not excel.is_online(book):
        return Path(excel.address_of(book)).parent
    return Path.home() / "Documents" / "Mentorbook" / Path(book.name).stem


def agreed(press: Press, opened: OpenTracker, run: Run, on: date, folder: Path | None) -> bool:
    """Whether the mentor wants the reports, once what to look at first, and what they replace, has been shown."""
    from workbook.model import Audience
    from workbook.reports.content.questions import GROUPS
    from workbook.reports.output.before_sending import questions as asked_of

    lines: list[str] = []
    if run.reader is Audience.PARENT:
        questions = asked_of(opened.tracker, on, run)
        questions.sort(key=lambda one: GROUPS.index(one.group))
        if questions:
            lines.append(f"Before they go home, {_count(len(questions), 'thing')} to look at:")
            lines += [f"  {one.name}, {one.sheet} {one.cell}: {one.message}"[:110] for one in questions[:5]]
            lines += [f"  … and {len(questions) - 5:,} more."] if len(questions) > 5 else []
    there = [path for path in _paths(run, folder) if path.exists()] if folder else []
    if there:
        lines.append(f"{_count(len(there), 'report')} in {folder} would be replaced.")
    if len(run.reports) > 50:
        lines.append(f"{len(run.reports):,} reports will be made.")
    return not lines or press.ask("\n".join([*lines, "", "Make them?"])) == "yes"


def wants_everyone(press: Press, run: Run) -> bool:
    """Whether the mentor wants reports also for those for whom the template is not meant, who are named."""
    names = ", ".join(one.name for one in run.left_out[:8])
    more = f" and {len(run.left_out) - 8:,} more" if len(run.left_out) > 8 else ""
    told = f"{_count(len(run.left_out), 'learner')} left out, {run.left_out[0].why}: {names}{more}."
    return press.ask(f"{told}\n\nMake theirs too?") == "yes"


def mark_celebrated(press: Press, opened: OpenTracker, on: date, run: Run) -> str:
    """Offer to mark what the reports celebrate in the tracker; a sentence where it was done."""
    from addin.desktop.host.entries import change_rows, require_ready, require_unchanged
    from workbook.reports.content.celebrating import celebrated_rows, celebrates

    if not celebrates(ask.token for ask in run.template.asks()):
        return ""
    rows = celebrated_rows(opened.tracker, on, [context for _, context in run.reports])
    if not rows or press.ask(f"Mark {_count(len(rows), 'achievement')} on them as celebrated?") != "yes":
        return ""
    require_ready(opened, ["Achievements"])
    require_unchanged(opened, ["Achievements"])
    change_rows(opened, "Achievements", rows)
    return f" {_count(len(rows), 'achievement')} marked as celebrated."


def _paths(run: Run, folder: Path) -> Iterator[Path]:
    from workbook.reports.output.learner_files import safe_names

    for name in safe_names(f"{name} {run.title}" for name, _ in run.reports):
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


def list_for_sending(opened: OpenTracker, run: Run, folder: Path) -> str:
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
        content = merged_pdf(printed)
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
    with tempfile.TemporaryDirectory(prefix="mentorbook-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "Reports.xlsx"
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


def _count(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"
