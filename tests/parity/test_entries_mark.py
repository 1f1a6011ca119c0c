"""Straight after update the lists of a damaged tracker never say that entries changed; LibreOffice is asked.

Either the sheet's formula agrees with the figure that update wrote, or the sheet says that it cannot tell and why.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import run
from tests.office import Office
from workbook.building.views.written_rows import NO_MARK
from workbook.measures.entries_mark import NAME, doubt
from workbook.reading.read import read

pytestmark = [pytest.mark.office, pytest.mark.slow]
ON = "2027-02-08"
Fault = Callable[[Any], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("marks") / "small.xlsx"
    assert run("sample", path, "--learners", 6, "--seed", 7).code == 0
    book = openpyxl.load_workbook(path)
    for name in ("Grid", "Form view", "Learner view", "PD coverage", "Head of Year", "Celebration", "Guide"):
        del book[name]  # LibreOffice is asked twenty times, and none of them has a say in this
    book.save(path)
    return path


def cell(page: Any, heading: str, row: int = 5) -> Any:
    """The cell of a column by its heading."""
    return page.cell(row, next(one.column for one in page[4] if one.value == heading))


def overwritten(sheet: str, heading: str, value: object, row: int = 6) -> Fault:
    def spoil(book: Any) -> None:
        cell(book[sheet], heading, row).value = value

    return spoil


def without_formulas(sheet: str, heading: str, value: object = None) -> Fault:
    def spoil(book: Any) -> None:
        page = book[sheet]
        for row in range(5, page.max_row + 1):
            cell(page, heading, row).value = value

    return spoil


def cut_short(sheet: str, rows: int) -> Fault:
    def spoil(book: Any) -> None:
        (table,) = book[sheet].tables.values()
        first, last = table.ref.split(":")
        table.ref = f"{first}:{last.rstrip('0123456789')}{int(last.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) - rows}"
        table.autoFilter.ref = table.ref

    return spoil


def row_below(sheet: str, **values: object) -> Fault:
    def spoil(book: Any) -> None:
        page = book[sheet]
        last = int(next(iter(page.tables.values())).ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for heading, value in values.items():
            cell(page, heading.replace("_", " "), last + 1).value = value

    return spoil


def renamed(sheet: str, old: str, new: str, table_too: bool = True) -> Fault:
    """As Excel renames a heading: the table's column too, and every formula follows; or by another program."""

    def spoil(book: Any) -> None:
        cell(book[sheet], old).parent.cell(4, cell(book[sheet], old).column).value = new
        (table,) = book[sheet].tables.values()
        if table_too:
            next(one for one in table.tableColumns if one.name == old).name = new
            for page in book:
                for row in page.iter_rows():
                    for one in row:
                        if isinstance(one.value, str) and one.value.startswith("="):
                            one.value = one.value.replace(f"{table.displayName}[{old}]", f"{table.displayName}[{new}]")

    return spoil


def setting(name: str, value: object) -> Fault:
    def spoil(book: Any) -> None:
        page = book["Settings"]
        row = next(row for row in range(5, page.max_row + 1) if cell(page, "Name", row).value == name)
        cell(page, "Value", row).value = value

    return spoil


def no_table(sheet: str) -> Fault:
    def spoil(book: Any) -> None:
        book[sheet].tables.clear()

    return spoil


ALIKE: dict[str, Fault] = {
    "a text in Settings": setting("comment_most", "many"),
    "an error in a date": overwritten("Contacts", "Date", "#N/A"),
    "an error in a mark": overwritten("Registers", "Mon am", "#N/A"),
    "spaces": overwritten("Contacts", "With", "  ", row=7),
    "a day as text": overwritten("Contacts", "Date", "04/01/2027", row=7),
    "a day with a time": overwritten("Contacts", "Date", datetime(2027, 1, 4, 13, 30), row=8),
    "a word as week": overwritten("Registers", "Week", "next", row=7),
}
"""Faults that keep nobody from telling whether entries change."""
BLIND: dict[str, Fault] = {
    "points overwritten": overwritten("Progress", "Points 1", 77),
    "attended overwritten by a text": overwritten("Registers", "Attended", "nine"),
    "a name overwritten": overwritten("Learners", "Name", "Tom"),
    "points without formulas": without_formulas("Progress", "Points 1"),
    "a contact below the table": row_below("Contacts", Learner_ID="L10001", Date=datetime(2027, 2, 1), With="Home"),
    "a heading renamed": renamed("Learners", "Form", "Tutor group"),
    "a heading renamed elsewhere": renamed("Contacts", "Summary", "What was said", table_too=False),
    "TRUE in Settings": setting("comment_most", True),
    "a formula that gives nothing": overwritten("Contacts", "With", '=IF(1=1,"","Home")'),
    "no table": no_table("Diary"),
}


def lines(path: Path, office: Office) -> tuple[str, str]:
    """The line over My week and what Start says of it, as LibreOffice works them out."""
    reading = office.recalculate(path, {"My week": "A3:A3", "Start": "C1:C30"})
    said = [str(value) for value in reading["Start"].column("C") if str(value).startswith("Flags and My week")]
    return str(reading["My week"]["A3"]), *said


def test_straight_after_update_nothing_changed_whatever_was_typed(small: Path, tmp_path: Path, office: Office) -> None:
    """All in one tracker: each goes into a row of its own."""
    path, later = tmp_path / "t.xlsx", tmp_path / "later.xlsx"
    book = openpyxl.load_workbook(small)
    for spoil in ALIKE.values():
        spoil(book)
    book.save(path)
    assert run("update", path, "--replace", "--on", ON).code == 0
    week, start = lines(path, office)
    assert week.startswith("As of 8 February 2027. Everybody") and start == "Flags and My week: As of 8 February 2027."
    book = openpyxl.load_workbook(path)
    overwritten("Contacts", "Summary", "Rang Mum.", row=9)(book)
    cell(book["Contacts"], "Done", 9).value = "Yes"
    book.save(later)
    week, start = lines(later, office)
    assert week.startswith("Entries have changed since this was worked out for 8 February 2027:") and week in start


@pytest.mark.parametrize("fault", BLIND)
def test_a_damaged_tracker_says_that_it_cannot_tell_and_what_to_mend(fault: str, small: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.load_workbook(small)
    BLIND[fault](book)
    book.save(path)
    why = doubt(read(path))
    assert why is not None and why.message.endswith(".") and why.fix.endswith(".")
    assert fault != "points overwritten" or (why.sheet, why.cell) == ("Progress", "AI6")


def test_that_stands_over_the_list_in_words(small: Path, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.load_workbook(small)
    BLIND["attended overwritten by a text"](book)
    book.save(path)
    assert run("update", path, "--replace", "--on", ON).code == 0
    week, start = lines(path, office)
    assert week.startswith("As of 8 February 2027. Everybody") and start == "Flags and My week: As of 8 February 2027."
    assert "it cannot tell because of Registers" in week and "here someone typed “nine”" in week


@pytest.mark.parametrize("gone", ["its cell", "what stands there"])
def test_a_start_that_lost_the_cell_says_so(gone: str, small: Path, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.load_workbook(small)
    place = book.defined_names[NAME].attr_text
    if gone == "its cell":
        book.defined_names[NAME].attr_text = "Start!#REF!"
    else:
        book["Start"][place.rpartition("!")[2].replace("$", "")].value = None
    book.save(path)
    assert run("update", path, "--replace", "--on", ON).code == 0
    week, _ = lines(path, office)
    assert week.startswith("As of 8 February 2027. Everybody") and week.endswith(NO_MARK)
