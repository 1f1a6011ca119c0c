"""Recipes for faults that only the file shows; they say what `workbook.sample.spoil` is to do, and where."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from workbook.model import CellError, Value
from workbook.model.tracker import column_letter
from workbook.sample.planting import Ground, Planted, Recipe

HEAD = 4
"""The row of the headings on every sheet."""
_COMPUTED: tuple[tuple[str, str, Value], ...] = (
    ("Progress", "status", "On"),
    ("Registers", "possible", 10),
    ("Contacts", "learner", "see list"),
    ("Progress", "points", 4),
    ("Registers", "form", "10A"),
    ("Learners", "name", "as above"),
)


def _cell(ground: Ground, code: str, table: str, key: str, value: Value, detail: str = "") -> Planted | None:
    index = ground.free(table)
    if index is None:
        return None
    ground.use(table, index)
    return Planted(ground[table].sheet.name, ground[table].cell(key, index), code, value, None, detail)


def _overwritten(table: str, key: str, value: Value) -> Recipe:
    return lambda ground: _cell(ground, "formula-overwritten", table, key, value)


def _formula_gone(table: str, key: str, value: Value) -> Recipe:
    return lambda ground: _cell(ground, "formula-missing", table, key, None)


def _shows_error(table: str, key: str, error: str) -> Recipe:
    return lambda ground: _cell(ground, "error-value", table, key, CellError(error), "formula")


def _formula_typed(table: str, key: str) -> Recipe:
    """A formula where people should type, which gives what stood there."""

    def plant(ground: Ground) -> Planted | None:
        index = ground.free(table, lambda one: ground[table][key][one] is not None)
        if index is None:
            return None
        ground.use(table, index)
        value = ground[table][key][index]
        formula = f"{value}+0" if isinstance(value, (int, float)) else f'"{value}"&""'
        return Planted(ground[table].sheet.name, ground[table].cell(key, index), "formula-typed", value, value, formula)

    return plant


def _merged(table: str, left: str, right: str) -> Recipe:
    """Two blank cells side by side made one."""

    def plant(ground: Ground) -> Planted | None:
        one = ground[table]
        index = ground.free(table, lambda row: one[left][row] is None and one[right][row] is None)
        if index is None:
            return None
        ground.use(table, index)
        cells = f"{one.cell(left, index)}:{one.cell(right, index)}"
        return Planted(one.sheet.name, one.cell(left, index), "merged-cells", cells, None, cells)

    return plant


def _rows_hidden(table: str) -> Recipe:
    """One to three rows hidden, not next to other hidden rows."""

    def plant(ground: Ground) -> Planted | None:
        length = ground.rng.choice((1, 1, 2, 3))
        hidden = f"hidden {table}"

        def suits(first: int) -> bool:
            run, around = range(first, first + length), range(first - 1, first + length + 1)
            return (
                first + length <= len(ground[table])
                and not any((table, one) in ground.used for one in run)
                and not any((hidden, one) in ground.used for one in around)
            )

        first = ground.free(table, suits)
        if first is None:
            return None
        run = range(first, first + length)
        ground.use(table, *run)
        ground.use(hidden, *run)
        rows = ground[table].rows
        letter = ground[table].letters[ground[table].sheet.columns[0].key]
        detail = f"{rows[run[0]]}:{rows[run[-1]]}"
        return Planted(ground[table].sheet.name, f"{letter}{rows[first]}", "rows-hidden", None, None, detail)

    return plant


def _once(name: str, make: Callable[[Ground], Planted | None]) -> Recipe:
    """A fault that a sheet or a column can have once only."""

    def plant(ground: Ground) -> Planted | None:
        if name in ground.done:
            return None
        ground.done.add(name)
        return make(ground)

    return plant


def _heading(ground: Ground, table: str, key: str) -> str:
    return f"{ground[table].letters[key]}{HEAD}"


def _column(code: str, table: str, key: str, becomes: str = "") -> Recipe:
    """A fault of a whole column: hidden, its heading another one, or its formulas gone. No other fault goes there."""

    def make(ground: Ground) -> Planted | None:
        column = ground[table].sheet.by_key[key]
        if code == "formulas-gone" and len(ground[table]) < 2:
            return None
        if becomes:
            ground.lost.add((table, key))
        value = {"columns-hidden": column.header, "formulas-gone": None}.get(code, becomes)
        return Planted(ground[table].sheet.name, _heading(ground, table, key), code, value, column.header)

    return _once(f"{table}.{key}", make)


def _last_column_gone(table: str) -> Recipe:
    """The last column of a sheet deleted; a check can only say so at the first heading.

    Not one that came with a later version: an older tracker lacks it in silence.
    """

    def make(ground: Ground) -> Planted | None:
        sheet = ground[table].sheet
        ground.lost.add((table, sheet.columns[-1].key))
        detail = ground[table].letters[sheet.columns[-1].key]
        return Planted(sheet.name, f"A{HEAD}", "heading-missing", None, sheet.columns[-1].header, detail)

    return _once(f"{table} last", make)


def _heading_twice(table: str, key: str) -> Recipe:
    """A column added at the end whose heading differs from another only by a space."""

    def make(ground: Ground) -> Planted | None:
        sheet = ground[table].sheet
        heading = f"{sheet.by_key[key].header} "
        return Planted(sheet.name, f"{column_letter(len(sheet.columns) + 1)}{HEAD}", "heading-twice", heading)

    return _once(f"{table} last", make)


def _rows_below(table: str) -> Recipe:
    """The last rows typed below the table, which does not reach them."""

    def make(ground: Ground) -> Planted | None:
        count = len(ground[table])
        below = range(count - 3, count)
        if count < 8 or any((table, one) in ground.used for one in below):
            return None
        ground.use(table, *below)
        rows = ground[table].rows
        detail = f"{rows[below[0]]}:{rows[-1]}"
        return Planted(ground[table].sheet.name, f"A{rows[below[0]]}", "rows-below-table", None, None, detail)

    return _once(f"{table} below", make)


def _filtered(table: str, key: str, value: str) -> Recipe:
    def make(ground: Ground) -> Planted | None:
        if value not in ground[table][key]:
            return None
        detail = f"{ground[table].letters[key]}={value}"
        return Planted(ground[table].sheet.name, f"A{HEAD}", "filter-on", None, None, detail)

    return _once(f"{table} filter", make)


def _sheet(code: str, table: str, cell: str = "") -> Recipe:
    """A fault of a whole sheet: gone, hidden, or no longer a table."""

    def make(ground: Ground) -> Planted | None:
        if code == "sheet-hidden" and not len(ground[table]):
            return None  # a new tracker may hide a sheet that nobody uses
        if code == "sheet-missing":
            ground.closed.add(table)
        return Planted(ground[table].sheet.name, cell, code)

    return _once(f"{code} {table}", make)


RECIPES: dict[str, list[Recipe]] = {
    "sheet-missing": [_sheet("sheet-missing", "Achievements")],
    "table-missing": [_sheet("table-missing", "Diary", f"A{HEAD}")],
    "sheet-hidden": [_sheet("sheet-hidden", "PDtopics"), _sheet("sheet-hidden", "Groups")],
    "rows-below-table": [_rows_below("PDevidence"), _rows_below("Transition")],
    "heading-missing": [_last_column_gone("PDtopics")],
    "heading-renamed": [
        _column("heading-renamed", "Workexperience", "reflection", "Reflections"),
        _column("heading-renamed", "Parents", "large_print", "Print size"),
        _column("heading-renamed", "Targets", "how_home_can_help", "How home helps"),
    ],
    "heading-twice": [_heading_twice("Targets", "reviewed"), _heading_twice("Transition", "provider")],
    "formulas-gone": [
        _column("formulas-gone", "Workexperience", "learner"),
        _column("formulas-gone", "Groups", "learner"),
    ],
    "columns-hidden": [
        _column("columns-hidden", table, key)
        for table, key in (("Contacts", "why"), ("Parents", "language"), ("Interventions", "owner"))
    ],
    "filter-on": [_filtered("Targets", "status", "Open"), _filtered("Subjects", "vocational", "Yes")],
    "rows-hidden": [_rows_hidden(table) for table in ("Progress", "Contacts", "Registers")],
    "merged-cells": [_merged("Contacts", "follow_up_due", "done"), _merged("Diary", "where", "mentor")],
    "formula-overwritten": [_overwritten(*place) for place in _COMPUTED],
    "formula-missing": [_formula_gone(*place) for place in _COMPUTED],
    "formula-typed": [
        _formula_typed(*place)
        for place in (("Interventions", "sessions_planned"), ("Behaviour", "where"), ("Workexperience", "hours"))
    ],
    "error-value": [
        _shows_error(table, key, error)
        for (table, key, _), error in zip(_COMPUTED, cycle(("#REF!", "#NAME?", "#VALUE!")), strict=False)
    ],
}
