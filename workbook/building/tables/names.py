"""The names that formulas use: each setting's cell, and what several cells of a row share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from workbook.building.tables.table import Laid
from workbook.model import Table, academic_year, questions
from workbook.model.excel import serial
from workbook.model.formulas import NAMES
from workbook.model.settings import BY_NAME, SETTINGS
from workbook.model.tracker import FIRST_ROW

SHARED_NAMES = {name: f"={formula}" for name, formula in (academic_year.NAMES | questions.NAMES).items()}
"""What formulas of every sheet use: the academic year, study leave."""

ROW_NAMES = {table: {**names, **questions.ROW_NAMES.get(table, {})} for table, names in NAMES.items()}
"""What formulas of one sheet use: cells of their own row, and what follows from them."""


def setting_names(laid: Laid, settings: Table) -> dict[str, str]:
    """Each setting's value cell under the setting's name; one that the sheet lacks is named for its default."""
    column = laid.letter("value")
    named: dict[str, str] = {}
    for row, name in enumerate(settings["name"], FIRST_ROW):
        word = str(name).strip().lower()
        if word in BY_NAME:
            named.setdefault(word, f"=Settings!${column}${row}")
    for one in SETTINGS:
        if one.name not in named:
            value = "" if one.default is None else one.default
            number = serial(value) if isinstance(value, date) else value
            named[one.name] = f'="{number}"' if isinstance(number, str) else f"={number}"
    return named


def row_names(sheet: str, table: str, letters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names of what a row's cells share, and their meaning; ``letters`` gives each heading's column.

    A cell of the row is written as on row 1 with the row left free, so that in row 7 it is the cell of row 7.
    """

    def cells(found: re.Match[str]) -> str:
        first, last = found.group(1), found.group(2)
        return f"{sheet}!${letters[first]}1" + (f":${letters[last]}1" if last else "")

    for name, meaning in ROW_NAMES.get(table, {}).items():
        yield name, "=" + re.sub(r"\[@([^\]:]+)(?::([^\]]+))?\]", cells, meaning)
