"""Every cell of a file as it is stored, against what Excel has there after it has worked all of it out anew."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine
import xlwings as xw

from addin.desktop.host import excel
from workbook.model.excel import number
from workbook.package.guard import open_guarded
from workbook.package.parts import Package
from workbook.reading.outline import column_number, read_book

Rows = Sequence[Sequence[Any]]
_CLOSE = 1e-9
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)


def formulas_in(path: Path) -> int:
    """How many formulas a file holds in its cells; one over several cells is one."""
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return sum(len(re.findall(rb"<(?:\w+:)?f[ >/]", package.read(name))) for name in sheets)


def asks_to_be_worked_out(path: Path) -> bool:
    """Whether a file tells Excel to work all of it out on opening, since not every stored result is of today."""
    package = Package.open(path)
    return re.search(rb'<calcPr\b[^>]*\bfullCalcOnLoad="(?:1|true)"', package.read("xl/workbook.xml")) is not None


def stored(path: Path) -> Mapping[str, Rows]:
    """The rows of each sheet as they stand in a file."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows: dict[str, list[list[Any]]] = {}
    for name in book.sheet_names:
        rows[name] = [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    package = Package.open(path)
    for sheet in read_book(open_guarded(path)).sheets:
        for letters, row, error in _ERROR.findall(package.read(sheet.part)):  # which calamine gives as nothing
            rows[sheet.name][int(row) - 1][column_number(letters.decode()) - 1] = error.decode()
    return rows


def shown(book: xw.Book) -> Mapping[str, Rows]:
    """The rows of each sheet as Excel has them."""
    found = {}
    for sheet in book.sheets:
        last = sheet.used_range.last_cell
        found[sheet.name] = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    return found


def differing(book: xw.Book, rows_of: Mapping[str, Rows]) -> Iterator[tuple[str, str, Any, Any]]:
    """Sheet, cell, stored value and Excel's, wherever the two differ."""
    for name, rows in rows_of.items():
        if not rows or name not in book.sheet_names:
            continue
        width = max(map(len, rows))
        cells = book.sheets[name].range((1, 1), (len(rows), width))
        now = cells.options(ndim=2, err_to_str=True).value
        for row, (before, after) in enumerate(zip(rows, now, strict=True), start=1):
            for column in range(width):
                was = before[column] if column < len(before) else None
                if not same(was, after[column]):
                    yield name, excel.cell_name(row, column + 1), was, after[column]


def same(one: Any, other: Any) -> bool:
    """Whether two values are one to the eye: a day is its number, nothing is an empty text."""
    first, second = plain(one), plain(other)
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return type(first) is type(second) and first == second


def told(value: Any) -> str:
    """A value of a cell in words, for the page of the proof."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{told(value.date())}, {told(value.time())}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if isinstance(value, timedelta):
        hours, seconds = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}:{seconds % 60:02} hours"
    if isinstance(value, (int, float)):
        return f"{value:.15g}"
    return str(value) if str(value).startswith("#") else f"“{value}”"


def plain(value: Any) -> bool | float | str:
    """A value of a cell, whichever program read it: days and times as Excel counts them."""
    if value is None:
        return ""
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if isinstance(value, datetime):
        return float(number(value.replace(tzinfo=None)))
    if isinstance(value, date):
        return float(number(value))
    if isinstance(value, (bool, str)):
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
    return float(value)
