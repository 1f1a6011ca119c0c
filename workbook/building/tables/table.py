"""One sheet that holds a table: title, purpose, band, headings, records, and how it scrolls and prints."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workbook.building.cells import Cells, TableSheet
from workbook.building.heights import row_heights
from workbook.building.look import ACCENT, BODY, CENTRED, DATE, INK, TABS, WORKED_OUT, WRAPPED, Format, Look
from workbook.model import Column, Kind, Sheet, Table, Value
from workbook.model.excel import is_error, text
from workbook.model.formulas import COUNTED
from workbook.model.questions import IN_A_BLANK_ROW
from workbook.model.tracker import FIRST_ROW, column_letter

HEAD = FIRST_ROW - 1
"""The row of the headings, counted from 1."""
ROW_POINTS = 19
_WIDEST, _WIDEST_NOTE = 46, 72
_LAST_ROW = 1_048_575
_ACROSS = 265
"""The width of columns that a page lying across still shows in letters that can be read."""
_UPRIGHT = 165
"""The same for a page that stands upright, which has room for twice as many rows."""

# From this column on, a sheet's columns only serve formulas; they are folded away behind a [+] above the letters.
HELPERS = {
    "Learners": "key",
    "Subjects": "key",
    "Progress": "year",
    "Scales": "key",
    "Effort": "key",
    "Codes": "counts_possible",
}
# The columns that stay in view when the sheet is moved sideways, where they are not Learner ID and Learner.
STAYS = {"Learners": "name", "Progress": "subject", "Registers": "week", "Groups": "learner", "Scales": "level"}

# The last column that is printed, where what follows is for the screen: notes, numbers of authorities, what views and
# reports print anyway.
PRINTED_TO = {
    "Learners": "vocational_day",
    "Parents": "send_reports",
    "Progress": "effort_6",
    "Registers": "fri_pm",
    "Interventions": "outcome",
    "Workexperience": "employers_comment",
}


@dataclass(frozen=True)
class Laid:
    """Where a table stands on its sheet: its columns with their letters, first and last row of its records."""

    sheet: Sheet
    columns: tuple[Column, ...]
    last: int

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return column_letter(self.number(key))

    def number(self, key: str) -> int:
        """The number of a column, from 1; KeyError if there is none."""
        for number, column in enumerate(self.columns, start=1):
            if column.key == key or column.header == key:
                return number
        raise KeyError(key)

    def cells(self, key: str) -> str:
        """The column's records as an address on another sheet: ``Learners!$A$5:$A$244``."""
        letter = self.letter(key)
        return f"'{self.sheet.name}'!${letter}${FIRST_ROW}:${letter}${self.last}"


def lay_out(table: Table) -> Laid:
    """The table's place on a new sheet: columns as declared, then those that only this tracker has."""
    sheet = table.sheet
    more = [Column(key, Kind.ANY, width=14) for key in table.columns if key not in sheet.by_key]
    return Laid(sheet, (*sheet.columns, *more), FIRST_ROW - 1 + max(1, len(table)))


def write_table(page: TableSheet, look: Look, laid: Laid, table: Table, results: Mapping[str, Sequence[Value]]) -> None:
    """Write a table sheet whole. ``results`` are the computed columns; an empty table gets one blank record."""
    data = [_values(column, table, results) for column in laid.columns]
    columns = [replace(one, width=_width(one, values)) for one, values in zip(laid.columns, data, strict=True)]
    formats = [_format(look, laid.sheet, column) for column in columns]
    write_head(page, look, laid.sheet.name, laid.sheet.purpose, columns)
    _write_headings(page, look, laid, columns)
    _set_columns(page, look, laid, columns)
    makers: list[Cells] = []
    for number, (column, style, values) in enumerate(zip(columns, formats, data, strict=True), start=1):
        letter = column_letter(number)
        formula = laid.sheet.native(column) if column.computed else ""
        some_day = column.kind is not Kind.DATE and any(isinstance(value, date) for value in values)
        dated = look.cell(column, num_format=DATE) if some_day else None
        makers.append(page.worked_out(letter, style, formula) if formula else page.typed(letter, style, dated))
    wrapped = [(v, c.width) for v, c in zip(data, columns, strict=True) if c.kind in WRAPPED]
    page.put_records(FIRST_ROW, data, makers, row_heights(wrapped, len(data[0]), ROW_POINTS, BODY))
    page.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letter(len(columns))}{laid.last + 500}"})
    page.freeze_panes(HEAD, _staying(laid))
    printed = columns[: _printed_to(laid)]
    set_up_print(page, laid.sheet.name, HEAD - 1, _staying(laid), sum(column.width for column in printed))
    if laid.sheet.table in PRINTED_TO:
        page.print_area(0, 0, _LAST_ROW, len(printed) - 1)  # whole columns, so that rows typed later are printed too
    if any(column.drop for column in columns):
        page.repeat_rows(HEAD - 2, HEAD - 1)  # with the names of the drops
    page.set_tab_color(TABS[laid.sheet.group])


def _values(column: Column, table: Table, results: Mapping[str, Sequence[Value]]) -> list[Value]:
    count = len(table)
    if not count:  # a blank record: counts are 0 there, all else is blank
        return [0 if column.formula in COUNTED else IN_A_BLANK_ROW.get(column.formula or "")]
    if column.computed:
        return list(results.get(column.key) or [None] * count)
    return table[column.key if column.key in table.columns else column.header]


def _width(column: Column, values: Sequence[Value]) -> float:
    """Wide enough for the longest word of the heading beside its filter button, and for every value in one line."""
    words = max(len(word) for word in re.split(r"[ -]", column.header)) + 4
    longest = max((_shown(value) for value in values if value is not None), default=0) + 2.5
    if column.kind in WRAPPED:
        return max(column.width, words, min(longest / 2, _WIDEST_NOTE))
    return max(column.width, words, min(longest, _WIDEST))


def _shown(value: Value) -> int:
    if isinstance(value, date):
        return 11
    return len(f"{value:.4g}") if isinstance(value, float) else len(str(value))


def _format(look: Look, sheet: Sheet, column: Column) -> Format:
    """The format of a column's records."""
    if sheet.table == "Progress" and column.key == "status":
        return look.cell(column, font_color=INK)
    if sheet.table == "Progress" and column.key == "path":
        return look.cell(column, font_color=ACCENT, font_name="Arial", font_size=8)
    if sheet.table == "Settings" and column.key != "value":
        return look.cell(column, bg_color=WORKED_OUT)
    return look.cell(column)


def write_head(page: Any, look: Look, title: str, purpose: str, columns: Sequence[Column]) -> None:
    """Rows 1 and 2: the title, the way back to Start, and what the sheet is for."""
    page.hide_gridlines(2)
    page.set_default_row(ROW_POINTS)
    page.set_row(0, 30)
    page.set_row(1, 16)
    page.set_row(2, 15)
    page.write_string(0, 0, title, look.title())
    page.write_string(1, 0, purpose, look.muted())
    room, place = len(title) * 2.1 + 4, 1
    while place < len(columns) and sum(column.width for column in columns[:place]) < room:
        place += 1
    page.write_url(0, place, "internal:Start!A1", look.link(), "Back to Start")


def write_bands(page: Any, look: Look, laid: Laid, drops: Table) -> None:
    """The names of the drops above the columns that belong to them, live from the Drops sheet."""
    names: dict[Value, Value] = {}
    for number, name in zip(drops["drop"], drops["name"], strict=True):
        names.setdefault(number, None if is_error(name) else text(name))  # of two rows the first counts
    for number, column in enumerate(laid.columns):
        if column.drop:
            formula = f'=IFERROR(INDEX(Drops[Name],MATCH({column.drop},Drops[Drop],0))&"","")'
            page.write_formula(HEAD - 2, number, formula, look.band(), names.get(column.drop) or "")


def _write_headings(page: TableSheet, look: Look, laid: Laid, columns: Sequence[Column]) -> None:
    """Row 4 as a real Excel table; its reach is set by hand, since the records come as finished rows."""
    options: dict[str, Any] = {
        "name": laid.sheet.table,
        "style": None,
        "banded_rows": False,
        "columns": [
            {
                "header": column.header,
                "header_format": look.header(column.computed, column.kind in CENTRED),
                "format": _format(look, laid.sheet, column),
                **({"formula": laid.sheet.native(column)} if column.computed else {}),
            }
            for column in columns
        ],
    }
    page.set_row(HEAD - 1, 32)
    page.add_table(HEAD - 1, 0, HEAD, len(columns) - 1, options)
    page.table.pop(HEAD, None)  # the row that add_table filled; its records follow
    reach = f"A{HEAD}:{column_letter(len(columns))}{laid.last}"
    page.tables[-1] |= {"range": reach, "a_range": reach, "autofilter": reach}


def _set_columns(page: TableSheet, look: Look, laid: Laid, columns: Sequence[Column]) -> None:
    folded = range(_first_helper(laid), len(laid.sheet.columns) + 1)
    for number, column in enumerate(columns, start=1):
        fold: dict[str, Any] = {"level": 1, "hidden": True} if number in folded else {}
        if folded and number == folded.stop:  # a column of the college's own beside them carries the [+]
            fold = {"collapsed": True}
        page.set_column(number - 1, number - 1, column.width, look.column(column), fold)
    if folded and len(columns) < folded.stop:
        page.set_column(len(columns), len(columns), 3, None, {"collapsed": True})


def _first_helper(laid: Laid) -> int:
    """The number of the first column that only serves formulas; past the last where there is none."""
    key = HELPERS.get(laid.sheet.table, "learners_row")
    return laid.number(key) if key in laid.sheet.by_key else len(laid.columns) + 1


def _printed_to(laid: Laid) -> int:
    """How many columns are printed: those that are seen, or the first of them."""
    key = PRINTED_TO.get(laid.sheet.table)
    return laid.number(key) if key and key in laid.sheet.by_key else _first_helper(laid) - 1


def _staying(laid: Laid) -> int:
    """How many columns stay in view when the sheet is moved sideways."""
    key = STAYS.get(laid.sheet.table) or ("learner" if "learner" in laid.sheet.by_key else laid.columns[0].key)
    return laid.number(key)


def set_up_print(page: Any, name: str, head: int, staying: int = 0, width: float = 0) -> None:
    """A4, headings and the first columns on each page, the sheet's name and the page number below.

    A sheet stands upright where it is narrow, and lies across where it is not. It is as wide as a page, or as several
    where its letters would become too small to read: these come one after the other, so that they lie side by side.
    """
    page.set_paper(9)
    if not 0 < width <= _UPRIGHT:
        page.set_landscape()
    pages = max(1, math.ceil(width / _ACROSS))
    page.fit_to_pages(pages, 0)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    if head >= 0:
        page.repeat_rows(head)
    if pages > 1:
        page.repeat_columns(0, staying - 1)
        page.print_across()
    page.set_footer(f"&L&9&K5B6B7A{name.replace('&', '&&')}&R&9&K5B6B7APage &P of &N")
