"""The cells of large tables as the file's own XML, row by row.

XlsxWriter keeps every cell of a sheet with a table in memory and escapes a formula anew in each row. A college's
Progress sheet has over a million formula cells, so a `TableSheet` takes its records as finished rows instead: a
formula is escaped once for its column and rows wait in a temporary file, as in XlsxWriter's own constant memory mode.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from workbook.model import CannotDo, CellError, Value
from workbook.model.excel import LONGEST_TEXT, serial

_CHUNK = 2000
_FIRST_TRUE_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was

_CALLED = re.compile(r"[\w.]++(?=\()")
_AS_THEY_ARE: dict[tuple[object, ...], bool] = {}
"""Whether formulas that call these functions need no word before any of them; the same for every sheet."""

Cells = Callable[[Sequence[Value], int], list[str]]


def short_numbers(book: Any, texts: Iterable[Value]) -> None:
    """Let these texts be the first of the workbook's: a cell has a text's number, and most cells are register marks."""
    for text in filter(None, texts):
        if type(text) is str:
            book.str_table._get_shared_string_index(text)
            book.str_table.count -= 1  # no cell has it yet


class TableSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose table's records come as finished rows below the headings."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Any = None
        self.dim_rowmax: int | None = None

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """As XlsxWriter does it; but which functions are newer than the file format is asked once for all formulas
        that call the same, not by 150 searches through each of them.
        """
        names = _CALLED.findall(formula)
        called = (self.use_future_functions, expand_future_functions, *names)
        if called not in _AS_THEY_ARE:
            calls = "".join(f"{name}( " for name in names)
            _AS_THEY_ARE[called] = super()._prepare_formula(calls, expand_future_functions) == calls
        if not _AS_THEY_ARE[called]:
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def put_records(
        self, first_row: int, columns: Sequence[Sequence[Value]], makers: Sequence[Cells], heights: Sequence[float]
    ) -> None:
        """Write records from ``first_row`` (counted from 1) on; ``makers`` turn a run of values into cells.

        ``heights`` gives each row's height in points, 0 for the sheet's own.
        """
        count = len(heights)
        self._waiting = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        for start in range(0, count, _CHUNK):
            end = min(start + _CHUNK, count)
            runs = [maker(values[start:end], first_row + start) for maker, values in zip(makers, columns, strict=True)]
            numbers = range(first_row + start, first_row + end)
            self._waiting.writelines(
                f'<row r="{number}"{_height(height)}>{"".join(cells)}</row>'
                for number, height, cells in zip(numbers, heights[start:end], zip(*runs, strict=True), strict=True)
            )
        self.dim_rowmax = max(self.dim_rowmax or 0, first_row + count - 2)

    def typed(self, letter: str, style: Any, dated: Any = None) -> Cells:
        """Makes the cells of a column that people type in; ``dated`` is the style of dates among other values."""
        index = style._get_xf_index()
        day = dated._get_xf_index() if dated else index

        def make(values: Sequence[Value], first: int) -> list[str]:
            return [
                f'<c r="{letter}{row}" s="{day if isinstance(value, date) else index}"'
                f"{self._content(value, letter, row)}"
                for row, value in enumerate(values, first)
            ]

        return make

    def worked_out(self, letter: str, style: Any, formula: str) -> Cells:
        """Makes the cells of a computed column: the formula, and Python's result stored beside it.

        ``{row}`` in the formula is the row's number.
        """
        index = style._get_xf_index()
        inside = f"<f>{escape(self._prepare_formula(formula.removeprefix('='), True))}</f>"

        def make(values: Sequence[Value], first: int) -> list[str]:
            return [
                f'<c r="{letter}{row}" s="{index}"{_stored(value, inside.replace("{row}", str(row)))}'
                for row, value in enumerate(values, first)
            ]

        return make

    def _content(self, value: Value, letter: str, row: int) -> str:
        """The rest of a cell's XML after its style."""
        if value is None:
            return "/>"
        if isinstance(value, CellError):
            return f' t="e"><v>{escape(value)}</v></c>'
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                raise CannotDo(
                    f"{self.name} {letter}{row} would hold over {LONGEST_TEXT} characters: shorten the text."
                )
            return f' t="s"><v>{self.str_table._get_shared_string_index(value)}</v></c>'
        if isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < _FIRST_TRUE_DAY:
            return f' t="s"><v>{self.str_table._get_shared_string_index(str(value))}</v></c>'
        return _stored(value, "")

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = None) -> None:
        """An empty text as a result is a text, so that a preview shows nothing rather than 0."""
        more = [("t", "str")] if result == "" else []
        super()._xml_formula_element(formula, result, [*(attributes or []), *more])

    def _write_sheet_data(self) -> None:
        if self._waiting is None:
            super()._write_sheet_data()
            return
        self._xml_start_tag("sheetData")
        self._write_rows()
        self._waiting.seek(0)
        while part := self._waiting.read(1 << 20):
            self.fh.write(part)
        self._waiting.close()
        self._xml_end_tag("sheetData")


def _height(points: float) -> str:
    return f' ht="{points:g}"' if points else ""


def _stored(value: Value, inside: str) -> str:
    """A number, truth value, date, error or formula result: everything but a typed text."""
    if value is None:
        return f' t="str">{inside}<v></v></c>'
    if isinstance(value, bool):
        return f' t="b">{inside}<v>{int(value)}</v></c>'
    if isinstance(value, CellError):
        return f' t="e">{inside}<v>{escape(value)}</v></c>'
    if isinstance(value, str):
        return f' t="str">{inside}<v>{escape(value)}</v></c>'
    number = serial(value) if isinstance(value, date) else value
    if isinstance(number, float) and not math.isfinite(number):
        return f' t="e">{inside}<v>#NUM!</v></c>'
    return f">{inside}<v>{number!r}</v></c>"
