"""The tracker workbook made from nothing: every sheet, with Python's results stored beside the formulas.

The same input gives the same bytes on every day: the file's dates are fixed and nothing here reads a clock.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from workbook.files.build_cells import TableSheet
from workbook.files.build_table import Laid, lay_out, write_table
from workbook.files.look import Look
from workbook.files.package import write_safely
from workbook.model import SHEETS, Problem, Tracker, Value
from workbook.model.settings import SETTINGS
from workbook.model.tracker import FIRST_ROW

Computed = Mapping[str, Mapping[str, Sequence[Value]]]
"""The computed columns by table name and column key; None where the formula gives a blank."""

_MADE = datetime(2026, 9, 1)
_A_NAME = re.compile(r"[a-z_][a-z0-9_.]*", re.IGNORECASE)


def build(
    path: str | Path,
    tracker: Tracker,
    computed: Computed,
    *,
    on: date | None = None,
    flags: Sequence[Any] = (),
    problems: Sequence[Problem] = (),
    week: Sequence[Any] = (),
    replace: bool = False,
) -> Path:
    """Write the tracker as an Excel workbook at ``path`` and return it; written beside, then renamed into place.

    ``on`` is the day that the flags and the week were worked out for. CannotDo if ``path`` is there and
    ``replace`` is not set, or if the folder cannot be written to.
    """
    target = Path(path)

    def write(file: BinaryIO) -> None:
        whole = io.BytesIO()
        book = xlsxwriter.Workbook(whole, {"strings_to_urls": False})
        _Builder(book, tracker, computed).write()
        book.close()
        file.write(whole.getbuffer())

    write_safely(target, write, replace=replace)
    return target


class _Builder:
    """One workbook being built."""

    def __init__(self, book: Any, tracker: Tracker, computed: Computed) -> None:
        self.book = book
        self.tracker = tracker
        self.computed = computed
        self.look = Look(book)
        self.laid: dict[str, Laid] = {one.table: lay_out(tracker[one.table]) for one in SHEETS}

    def write(self) -> None:
        self.book.set_properties({"title": "Tracker", "author": "Mentorbook", "created": _MADE})
        self.book.set_calc_mode("auto")
        self._write_start()
        for one in SHEETS:
            page = self.book.add_worksheet(one.name, TableSheet)
            write_table(
                page, self.look, self.laid[one.table], self.tracker[one.table], self.computed.get(one.table, {})
            )
        self._name_settings()

    def _write_start(self) -> None:
        page = self.book.add_worksheet("Start")
        page.write_string(0, 0, "Start", self.look.title())

    def _name_settings(self) -> None:
        """Each setting's value cell has the setting's name; one that the sheet lacks is named for its default."""
        column = self.laid["Settings"].letter("value")
        named: dict[str, str] = {}
        for row, name in enumerate(self.tracker["Settings"]["name"], FIRST_ROW):
            word = str(name).strip().lower()
            if _A_NAME.fullmatch(word):
                named.setdefault(word, f"=Settings!${column}${row}")
        for one in SETTINGS:
            if one.name not in named and one.default is not None:
                value = one.default
                named[one.name] = f'="{value}"' if isinstance(value, str) else f"={value}"
        for word, meaning in sorted(named.items()):
            self.book.define_name(word, meaning)
