"""The group Check: what is wrong in the tracker, and the way from one problem to the next."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlwings as xw

from addin.desktop.host import excel
from addin.desktop.host.marks import COLUMN, key_of, put_marks
from addin.desktop.host.press import Press, button
from addin.desktop.host.sheet import ERRORS
from addin.desktop.host.written import HEAD, dated, write_sheet
from workbook.building.views.places import purpose
from workbook.building.views.written_rows import PROBLEMS, WRITES, problem_rows
from workbook.model import CellError
from workbook.reading.cell_values import plain

SHEET = "Problems"


@button
def check(press: Press) -> None:
    """List every problem on the sheet Problems and mark its cell."""
    from workbook.checks import check as find

    opened = press.read(structure=True)
    press.pace.step("checking")
    problems = find(opened.tracker)
    press.pace.step("writing Problems")
    line = dated(opened, _line(problems), date.today())
    write_sheet(press.book, SHEET, purpose(SHEET), line, PROBLEMS, problem_rows(problems), after="Flags")
    put_marks(opened, problems)


def _line(problems: list[Any]) -> str:
    today = date.today()
    day = f"{today.day} {today:%B %Y}"
    if not problems:
        return f"Nothing to mend was found on {day}."
    sheets = len({one.sheet for one in problems})
    things = f"{len(problems):,} thing{'s' * (len(problems) > 1)} to mend on {sheets} sheet{'s' * (sheets > 1)}"
    return f"{things}, looked for on {day}. {WRITES}"


@button
def next_problem(press: Press) -> str | None:
    """Go to the next cell of the list that is still as it was, and say below what is wrong with it."""
    listed = _listed(press.book)
    if not listed:
        return "The sheet Problems lists nothing: press Check tracker to look for what needs mending."
    start = _start(press.book, listed)
    for place in (*range(start, len(listed)), *range(start)):
        sheet, cell, message, fix, key = listed[place]
        if sheet in press.book.sheet_names and not (cell and key and _mended(press.book, sheet, cell, key)):
            target = press.book.sheets[sheet]
            target.activate()
            target.range(cell or "A1").select()
            press.leave_in_bar(f"{place + 1} of {len(listed)}: {message} {fix}"[:250])
            return None
    return "All of these cells have been changed since the check: press Check tracker to look again."


def _listed(book: xw.Book) -> list[tuple[str, str, str, str, str]]:
    """Sheet, cell, message, fix and key of each row of the sheet Problems."""
    if SHEET not in book.sheet_names:
        return []
    sheet = book.sheets[SHEET]
    last = sheet.used_range.last_cell.row
    if last <= HEAD:
        return []
    rows = sheet.range((HEAD + 1, 1), (last, COLUMN)).options(ndim=2, err_to_str=True).value
    return [
        (str(row[0]), str(row[1] or ""), str(row[3] or ""), str(row[4] or ""), str(row[COLUMN - 1] or ""))
        for row in rows
        if row[0]
    ]


def _start(book: xw.Book, listed: list[tuple[str, str, str, str, str]]) -> int:
    """Where to begin: at the row one stands on in Problems, else behind the problem of the cell one is in."""
    here, cells = book.sheets.active.name, book.selection
    if cells is None:
        return 0
    if here == SHEET:
        return min(max(cells.row - HEAD - 1, 0), len(listed) - 1)
    cell = excel.cell_name(cells.row, cells.column)
    places = [place for place, one in enumerate(listed) if one[:2] == (here, cell)]
    return (places[-1] + 1) % len(listed) if places else 0


def _mended(book: xw.Book, sheet: str, cell: str, key: str) -> bool:
    """Whether a cell no longer says what it said when it was checked. Problems of one cell may have the same key."""
    value = book.sheets[sheet].range(cell).options(err_to_str=True).value
    if isinstance(value, str) and value in ERRORS:
        return key_of(sheet, cell, CellError(value)) != key
    return key_of(sheet, cell, plain([value])[0]) != key
