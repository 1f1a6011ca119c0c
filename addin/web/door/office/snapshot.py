"""A snapshot of the workbook that is open in Excel, as Office.js tells of it, as the core knows trackers.

``{"name", "names": [every sheet], "sheets": [{"name", "hidden", "protected", "tables": [{"name", "row", "column",
"rows", "columns", "totals", "filtered"}], "grid": rows of values from A1 on, "formulas": [cell], "errors":
{cell: code}, "dates": [cell], "hiddenRows", "hiddenColumns", "merged": [address]}]}``; rows and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from addin.deeds.actions import Held, Opened
from workbook.model import SHEETS, Sheet, Tracker, Value
from workbook.model.excel import FIRST_DAY
from workbook.model.problem_kind import SHEET_MISSING
from workbook.model.vocabulary import CellError
from workbook.reading.cell_values import plain
from workbook.reading.found_sheet import FoundSheet, require_tracker
from workbook.reading.headings import are_likely, heading_row, match_headings
from workbook.reading.outline import SheetPart, TablePart, column_number
from workbook.reading.records import take_table
from workbook.reading.structure import structure_problems

Told = dict[str, Any]
_MIDNIGHT = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day)


def wanted() -> list[str]:
    """The names, in small letters, of the tables and sheets that a tracker may have."""
    return sorted({name.casefold() for sheet in SHEETS for name in (sheet.table, sheet.name)})


def opened_from(told: Told, only: Iterable[str] = ()) -> Opened:
    """The tracker in a snapshot, as `workbook.reading.read` gives it for a file; ``only`` some of its tables.

    Raises CannotDo for a workbook that is no tracker.
    """
    sheets = {sheet["name"].strip().casefold(): sheet for sheet in told["sheets"]}
    tables = {table["name"].casefold(): (sheet, table) for sheet in told["sheets"] for table in sheet["tables"]}
    opened, found = Opened(told["name"], Tracker({}, name=told["name"]), {}), []
    only = set(only)
    for model in SHEETS:
        if only and model.table not in only:
            continue
        sheet, table = tables.get(model.table.casefold(), (sheets.get(model.name.casefold()), None))
        if sheet is None:
            opened.tracker.problems.append(SHEET_MISSING.at(model.name, ""))
            continue
        one = _found(model, sheet, table or _likely_table(model, sheet))
        opened.tracker.tables[model.table] = take_table(one)
        opened.tracker.problems += structure_problems(one)
        opened.sheets[model.table] = sheet["name"]
        found.append(one)
    if not only:
        require_tracker(told["name"], found)
    return opened


def held(told: Told, opened: Opened, name: str) -> Held:
    """How a table of the tracker stands in the workbook."""
    sheet = next(one for one in told["sheets"] if one["name"] == opened.sheets.get(name))
    model = next(one for one in SHEETS if one.table == name)
    named = next((one for one in sheet["tables"] if one["name"].casefold() == name.casefold()), None)
    table = named or _likely_table(model, sheet)
    if table is None:
        return Held(sheet["name"], protected=sheet["protected"])
    last = table["row"] + table["rows"] - 1
    return Held(sheet["name"], table["row"], last, sheet["protected"], table["filtered"], table["totals"])


def table_name(told: Told, opened: Opened, name: str) -> str | None:
    """Under which name Excel knows a table of the tracker; None where its rows are no table."""
    sheet = next((one for one in told["sheets"] if one["name"] == opened.sheets.get(name)), None)
    if sheet is None:
        return None
    model = next(one for one in SHEETS if one.table == name)
    named = next((one for one in sheet["tables"] if one["name"].casefold() == name.casefold()), None)
    table = named or _likely_table(model, sheet)
    return None if table is None else str(table["name"])


def typed(values: Iterable[Any], dates: Iterable[int] = (), errors: Mapping[int, str] | None = None) -> list[Value]:
    """A row of values as Office.js gives them, as typed; which of them, by place, are dates or errors."""
    row = [float(value) if type(value) is int else value for value in values]
    for place in dates:
        row[place] = _moment(row[place])
    found = plain(row)
    for place, code in (errors or {}).items():
        found[place] = CellError(code)
    return found


def _likely_table(model: Sheet, sheet: Told) -> Told | None:
    """The table under another name that holds at least half of the sheet's headings."""
    for table in sheet["tables"]:
        if are_likely(model, _headings(table, sheet["grid"])):
            return dict(table)
    return None


def _headings(table: Told, grid: list[list[Any]]) -> list[str]:
    row, column = table["row"], table["column"]
    return [str(one) for one in grid[row - 1][column - 1 : column - 1 + table["columns"]]] if row <= len(grid) else []


def _found(model: Sheet, sheet: Told, table: Told | None) -> FoundSheet:
    grid = _grid(sheet)
    place = _part(table, grid) if table else None
    one = FoundSheet(model, SheetPart(sheet["name"], "", sheet["hidden"], (place,) if place else ()), place)
    one.grid, one.raw.errors = grid, dict(sheet["errors"])
    one.header_row = place.header_row if place else heading_row(model, grid) or 0
    first = place.first_column if place else 1
    row = grid[one.header_row - 1] if 0 < one.header_row <= len(grid) else []
    one.headings = match_headings(model, row[first - 1 : place.last_column if place else None], first)
    if one.header_row:
        _put_formulas(one, sheet["formulas"])
        _put_looks(one, sheet, table)
    return one


def _grid(sheet: Told) -> list[list[Any]]:
    """The cells as the reader of files gives them: numbers as floats, dates as moments, times as their texts."""
    grid = [[float(value) if type(value) is int else value for value in row] for row in sheet["grid"]]
    for cell in sheet["dates"]:
        row, column = _place(cell)
        grid[row - 1][column - 1] = _moment(grid[row - 1][column - 1])
    return grid


def _moment(serial: Any) -> Any:
    if not isinstance(serial, float) or serial < 0:
        return serial
    moment = _MIDNIGHT + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))
    return f"{moment:%H:%M}" if serial < 1 else moment


def _part(table: Told, grid: list[list[Any]]) -> TablePart:
    last, right = table["row"] + table["rows"] - 1, table["column"] + table["columns"] - 1
    return TablePart(
        table["name"], table["row"], last, table["column"], right, tuple(_headings(table, grid)),
        int(table["totals"]), table["filtered"],
    )  # fmt: skip


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


def _put_formulas(one: FoundSheet, formulas: Iterable[str]) -> None:
    computed, own = one.headings.computed(one.sheet), []
    for cell in formulas:
        row, column = _place(cell)
        if row > one.header_row:
            (own if column in computed else one.raw.typed_formulas).append(cell)
    one.raw.formulas = "\n".join(own).encode()


def _put_looks(one: FoundSheet, sheet: Told, table: Told | None) -> None:
    raw, numbers = one.raw, set(one.headings.columns.values())
    raw.filtered = bool(table and table["filtered"])
    raw.hidden_rows = [] if raw.filtered else [row for row in sheet["hiddenRows"] if row > one.header_row]
    raw.hidden_columns = [(number, number) for number in sheet["hiddenColumns"] if number in numbers]
    raw.merged = [one for one in sheet["merged"] if ":" in one]
