"""A tracker of `college` as a file, and how each place that answers questions is asked: commands, sheets, reports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from tests.commands.run import Ran, run
from tests.office import Office
from tests.parity.college import DAY, FORM, Case, college
from workbook.building.tracker import build
from workbook.building.views import grid
from workbook.building.views.form import MOST, low_attendance
from workbook.building.views.learner_live import SUBJECTS, TOP
from workbook.building.views.start import COUNTS
from workbook.measures.computed import computed
from workbook.measures.flag_list import flag_list
from workbook.measures.snapshot import Snapshot
from workbook.measures.week import week_of
from workbook.model import Audience, Tracker
from workbook.model.excel import FIRST_DAY
from workbook.model.tracker import column_letter
from workbook.reports.content.learner import contexts

FIRST = 5
Answers = dict[str, Any]
"""What a place says of each learner, by ID."""


class Stored:
    """The cells of a file as they are stored: Python's figures beside each formula."""

    def __init__(self, path: Path) -> None:
        self._book = python_calamine.CalamineWorkbook.from_path(str(path))
        self._rows: dict[str, list[list[Any]]] = {}

    def __call__(self, sheet: str, address: str) -> Any:
        """A cell; a blank is an empty text, a day is a date."""
        if sheet not in self._rows:
            self._rows[sheet] = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
        column = sum((ord(one) - 64) * 26**place for place, one in enumerate(reversed(letters))) - 1
        try:
            return self._rows[sheet][int(row) - 1][column]
        except IndexError:
            return ""


class Judged:
    """The same cells as LibreOffice works them out, all in one go, with formulas typed beside them to ask for names."""

    def __init__(self, path: Path, office: Office) -> None:
        self.reading = office.recalculate(path, changes=PROBES)

    def __call__(self, sheet: str, address: str) -> Any:
        """A cell; a blank is an empty text, a day is its number."""
        try:
            value = self.reading[sheet][address]
        except (IndexError, KeyError):
            value = None
        return "" if value is None else value


def _marked(row: int) -> str:
    """Whether the Form view colours the attendance of a row as persistent absence, as LibreOffice spells it."""
    return low_attendance("attendance_talk", "<=", row).replace(",", ";")


PROBES = {
    "Guide": {"Z1": "=year_starts", "Z2": "=year_ends"},
    "Form view": {f"Z{row}": f"=IF({_marked(row)};1;0)" for row in range(FIRST, FIRST + MOST)},
}


class Asked:
    """One tracker and all that can be asked about it, worked out when it is first asked for."""

    def __init__(self, case: Case, path: Path) -> None:
        self.case, self.path = case, path
        self.tracker: Tracker = college(case)
        self.snapshot = Snapshot(self.tracker, DAY)
        listed = flag_list(self.tracker, DAY)
        with pytest.MonkeyPatch.context() as patch:  # a Grid with less room for learners to come is as good a Grid
            patch.setattr(grid, "ROOM_FOR_LEARNERS", 1)
            build(path, self.tracker, computed(self.tracker), on=DAY, flags=listed.flags, week=week_of(listed.found))
        self.cell: Callable[[str, str], Any] = Stored(path)
        self.office = False
        self._ran: dict[tuple[str, ...], Ran] = {}

    def judged(self, office: Office) -> Asked:
        """The same, with the sheets as LibreOffice has them."""
        if not self.office:
            self.cell, self.office = Judged(self.path, office), True
        return self

    # Commands

    def ran(self, command: str, *words: str) -> Ran:
        """What a command prints about the file."""
        if (command, *words) not in self._ran:
            self._ran[command, *words] = run(command, self.path, *words)
        return self._ran[command, *words]

    def rows(self, command: str) -> list[dict[str, Any]]:
        """The rows of a command's JSON; My week's for the last day of the data."""
        words = ("--json", "--on", DAY.isoformat()) if command == "week" else ("--json",)
        return self.ran(command, *words).rows

    def on(self, command: str) -> date:
        """The day a command says its figures are of."""
        return date.fromisoformat(json.loads(self.ran(command, "--json").out)["on"])

    def flagged(self, code: str, key: str = "value") -> Answers:
        """The learners with a flag, and what it says."""
        return {row["learner_id"]: row[key] for row in self.rows("flags") if row["code"] == code}

    def problems(self, sheet: str, code: str) -> list[str]:
        """The cells of a sheet with a kind of problem."""
        return [row["cell"] for row in self.rows("check") if (row["sheet"], row["code"]) == (sheet, code)]

    def whose(self, table: str, cell: str) -> str:
        """The learner in the row of a cell."""
        return str(self.tracker[table]["learner_id"][int(re.sub(r"\D", "", cell)) - FIRST]).strip()

    # Reports

    @cached_property
    def report(self) -> dict[str, Mapping[str, Any]]:
        """What a report for staff says of each learner on roll."""
        found = contexts(self.tracker, DAY, reader=Audience.MENTOR)
        return {str(one["learner"]["learner_id"]): one for one in found}

    # Sheets

    def start(self, words: str) -> int:
        """A count of Start."""
        return int(self.cell("Start", f"B{FIRST + [count.words for count in COUNTS].index(words)}"))

    def form(self, letter: str) -> Answers:
        """A column of the Form view."""
        shown = {str(_plain(self.cell("Form view", f"A{row}"))): row for row in range(FIRST, FIRST + MOST)}
        return {who: _plain(self.cell("Form view", f"{letter}{row}")) for who, row in shown.items() if who}

    def column(self, sheet: str, header: str, rows: int) -> list[Any]:
        """A column of a table's sheet."""
        letter = self.tracker[sheet].letters[header]
        return [_plain(self.cell(sheet, f"{letter}{row}")) for row in range(FIRST, FIRST + rows)]

    def subject_rows(self, letter: str) -> Answers:
        """A column of the Learner view by subject."""
        rows = range(TOP, TOP + SUBJECTS)
        pairs = ((self.cell("Learner view", f"A{row}"), self.cell("Learner view", f"{letter}{row}")) for row in rows)
        return {str(subject): _plain(value) for subject, value in pairs if subject}

    def listed(self, title: str, most: int) -> list[Any]:
        """The days of a list beside the chart of the Learner view, one more for each that it says there is."""
        found = next(row for row in range(TOP, 60) if str(self.cell("Learner view", f"H{row}")).startswith(title))
        rows = (_day(self.cell("Learner view", f"H{row}")) for row in range(found + 1, found + 1 + most))
        more = re.search(r"\((\d+) more", str(self.cell("Learner view", f"H{found}")))
        return [day for day in rows if day] + [None] * (int(more[1]) if more else 0)

    def grid(self) -> dict[str, dict[str, str]]:
        """The cells of the Grid by learner and subject."""
        heads = [column_letter(6 + n) for n in range(self.case.subjects)]
        people = {str(_plain(self.cell("Grid", f"A{row}"))): row for row in range(FIRST, FIRST + FORM)}
        return {
            who: {str(_plain(self.cell("Grid", f"{head}4"))): str(self.cell("Grid", f"{head}{row}")) for head in heads}
            for who, row in people.items()
        }


def _plain(value: Any) -> Any:
    """A number without its point where it is whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: Any) -> Any:
    """A day, however the reader gives it; a text stays one, blank is None."""
    if isinstance(value, int | float):
        return FIRST_DAY + timedelta(days=int(value))
    return value or None


day = _day
