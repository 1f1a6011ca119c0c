"""A new mentor's first hour: nothing but what README says is typed, from no tracker to the first names on My week.

`python -m tests.first_hour` prints each step, how long the computer took, and how many commands and cells were typed.
The lists are of made-up learners, as a college's systems give them out.
"""

from __future__ import annotations

import csv
import re
import shlex
import tempfile
import time
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.commands.run import run
from workbook.building.views.first_steps import FITS
from workbook.model import Tracker
from workbook.model.formulas import SESSIONS
from workbook.model.vocabulary import key_of
from workbook.sample import sample

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"college": "Hill College", "phone": "0113 496 0100", "email": "mentors@hill.example"}
FITTING = ("Terms", "Drops", "Scales", "Effort")
SUBJECTS = (
    {"Subject": "English Language", "Scale": "APL", "Core": "Yes"},
    {"Subject": "Mathematics", "Scale": "APL", "Core": "Yes"},
    {"Subject": "Combined Science", "Scale": "Combined Science", "Core": "No"},
    {"Subject": "History", "Scale": "APL", "Core": "No"},
)


@dataclass
class Hour:
    """What was done: the steps with their seconds, how much was typed, what the commands printed."""

    steps: list[tuple[str, float]] = field(default_factory=list)
    commands: int = 0
    cells: int = 0
    printed: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The computer's part of it."""
        return sum(seconds for _, seconds in self.steps)


def section() -> str:
    """README's words about the first hour."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.split("## The first hour")[1].split("\n## ")[0]


def numbered() -> list[str]:
    """Its steps, in order."""
    return [step.strip() for step in re.split(r"\n\d+\. ", section())[1:]]


def first_hour(folder: Path, learners: int = 36) -> Hour:
    """Do every step in a folder that holds the college's lists; fails where a command does."""
    _write_lists(folder, sample(learners, seed=4))
    hour = Hour()
    for step in numbered():
        command = re.search(r"`(mentorbook [^`]+)`", step)
        started = time.perf_counter()
        if command and step.startswith("`"):
            _run(command[1], folder, hour)
        else:
            _type(step, folder / "tracker.xlsx", hour)
        hour.steps.append((step.split("\n")[0], time.perf_counter() - started))
    return hour


def _run(command: str, folder: Path, hour: Hour) -> None:
    words = [str(folder / word) if word.endswith((".xlsx", ".csv")) else word for word in shlex.split(command)[1:]]
    ran = run(*words)
    assert ran.code in (0, 1), (command, ran.out, ran.err)
    hour.commands += 1
    hour.printed.append(ran.out)


def _type(step: str, path: Path, hour: Hour) -> None:
    """Type what a step asks for into the workbook, as its sheet is named first in the step, and save."""
    sheet = re.findall(r"\*\*(.+?)\*\*", step)
    book = openpyxl.load_workbook(path)
    for name in sheet:
        if name == "Settings":
            for row in book["Settings"].iter_rows(min_row=5):
                hour.cells += _fill(row[1], SETTINGS.get(str(row[3].value)))
        elif name == "Start":
            for row in book["Start"].iter_rows(min_row=4, max_row=20, min_col=5, max_col=8):
                named = str(row[0].value).partition("  ")[2]
                hour.cells += _fill(row[3], FITS if named in FITTING else None)
        elif name == "Subjects":
            hour.cells += _type_rows(book["Subjects"], SUBJECTS)
    book.save(path)


def _fill(cell: Any, value: str | None) -> int:
    if value is None:
        return 0
    cell.value = value
    return 1


def _type_rows(page: Any, rows: tuple[dict[str, str], ...]) -> int:
    """Rows typed one below the other: the table grows over them with its formulas, as in Excel."""
    heads = {cell.value: cell.column for cell in page[4]}
    (table,) = page.tables.values()
    for at, row in enumerate(rows, 5):
        for cell in page[5]:
            if cell.data_type == "f":
                page.cell(at, cell.column).value = cell.value
            page.cell(at, cell.column).number_format = copy(cell.number_format)
        for head, value in row.items():
            page.cell(at, heads[head]).value = value
    table.ref = re.sub(r"\d+$", str(4 + len(rows)), table.ref)
    table.autoFilter.ref = table.ref
    return sum(map(len, rows))


def _write_lists(folder: Path, college: Tracker) -> None:
    """What the college's systems give: learners, marks of the first drop, marks of the registers so far."""
    people = list(college["Learners"].records())
    _write(folder / "learners.csv", [
        {"Adno": one["learner_id"], "Legal Surname": one["surname"], "Legal Forename": one["first_name"],
         "Year Group": f"Year {one['year']}", "Reg Group": one["form"], "Mentor": one["mentor"], "SEN Status": "N"}
        for one in people
    ])  # fmt: skip
    marks: dict[str, dict[str, Any]] = {}
    for row in college["Progress"].records():
        if row["subject"] in {one["Subject"] for one in SUBJECTS}:
            one = marks.setdefault(row["learner_id"], {"Adno": row["learner_id"]})
            named = {"Baseline": "baseline", "Target": "target", "Autumn 1 Current Grade": "apl_1",
                     "Autumn 1 Effort": "effort_1"}  # fmt: skip
            one |= {f"{row['subject']}: {words}": row[key] for words, key in named.items()}
    _write(folder / "marks.csv", list(marks.values()))
    weeks = sorted(set(college["Registers"]["week"]))[:7]
    _write(folder / "registers.csv", [
        {"Adno": row["learner_id"], "Week": f"{row['week']:%d/%m/%Y}"}
        | {session: row[key_of(session)] for session in SESSIONS}
        for row in college["Registers"].records() if row["week"] in weeks
    ])  # fmt: skip


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Print the hour."""
    with tempfile.TemporaryDirectory() as folder:
        hour = first_hour(Path(folder))
    for number, (step, seconds) in enumerate(hour.steps, 1):
        print(f"{number}. {step[:100]}  {seconds:.1f} s")
    print(f"{len(hour.steps)} steps: {hour.commands} commands, {hour.cells} cells typed; computer {hour.seconds:.1f} s")
    print(hour.printed[-1])


if __name__ == "__main__":
    main()
