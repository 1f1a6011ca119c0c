"""A mentor's My week on a Monday, and on Tuesday after two contacts and five register marks were typed: two pictures.

Nothing but what a person would do: commands, and cells typed into the saved workbook. Part of `make pictures`.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from tests.commands.run import run
from tests.office import Office

HERE = Path(__file__).parent / "pictures"
MENTOR, MONDAY, ROWS, DPI = "J. Walnutter", date(2027, 2, 8), 36, 80
TOLD = (
    ("Contact", "Home", "Mum will bring George in on Thursday; lift from his uncle.", date(2027, 2, 22)),
    ("Contact", "Learner", "Bus pass has run out: form handed in today.", None),
)
"""What is typed beside the first two learners of the list: record, with whom, in words, follow-up."""
MARKS = 5
"""So many learners of the list have their Monday mornings marked present."""


def monday(path: Path) -> None:
    """The sample as it is on Monday morning."""
    _done("sample", path, "--learners", 240, "--seed", 1)
    _done("update", path, "--replace", "--on", MONDAY, "--mentor", MENTOR)


def tuesday(path: Path) -> None:
    """The same tracker a day later: two contacts typed on My week, five marks imported, the lists worked out anew."""
    book = openpyxl.load_workbook(path)
    page = book["My week"]
    columns = {cell.value: cell.column for cell in page[4]}
    for row, entry in enumerate(TOLD, start=5):
        for heading, value in zip(("Record", "With or kind", "In words", "Next date"), entry, strict=True):
            page.cell(row, columns[heading]).value = value
    learners = [page.cell(row, columns["Learner ID"]).value for row in range(5, 5 + MARKS)]
    book.save(path)
    marks = path.with_name("marks.csv")
    with marks.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("Learner ID", "Week", "Mon am"), *((one, MONDAY, "/") for one in learners)])
    _done("update", path, "--replace", "--on", MONDAY, "--mentor", MENTOR)
    _done("import", path, marks, "--into", "Registers", "--replace")
    _done("update", path, "--replace", "--on", MONDAY + timedelta(days=1), "--mentor", MENTOR)


def _done(*words: object) -> None:
    ran = run(*words)
    if ran.code == 2:
        raise SystemExit(ran.err)
    print(ran.out.strip())


def write_pictures(office: Office) -> None:
    """Both pictures into docs/pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "tracker.xlsx"
        for day, make in (("monday", monday), ("tuesday", tuesday)):
            make(path)
            (made,) = office.pictures(path, Path(scratch) / day, DPI, ["My week"], ROWS)
            shutil.copyfile(made, HERE / f"week_{day}.png")


if __name__ == "__main__":
    with Office() as judge:
        write_pictures(judge)
