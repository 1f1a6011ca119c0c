"""The engine's ranges."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import xlwings as xw
from xlwings import base_classes, utils

from tests.addin.engine import com
from tests.addin.engine.formats import Borders, Font, Rules

if TYPE_CHECKING:
    from tests.addin.engine.sheets import Sheet

Rectangle: TypeAlias = tuple[int, int, int, int]
LONGEST_ADDRESS = 255
FIRST_DAY = dt.datetime(1899, 12, 30)


class ExcelError(str):
    """An error in a cell; a program that does not ask for the text of errors sees nothing."""


class Range(base_classes.Range):
    def __init__(self, sheet: Sheet, one: Any, two: Any = None) -> None:
        self._sheet, self.options = sheet, {}
        self.further: list[Range] = []
        if isinstance(one, str) and "," in one:
            one, *more = one.split(",")
            self.further = [Range(sheet, area) for area in more]
        if isinstance(one, Range):
            one, two = one.area[:2], (two or one).area[2:]
        elif isinstance(one, str):
            one, two = utils.a1_to_tuples(one)
        if len(one) == 4:
            row, column, height, width = one
            one, two = (row, column), (row + height - 1, column + width - 1)
        two = two or one
        self.area: Rectangle = (*map(min, one, two), *map(max, one, two))  # type: ignore[assignment]

    def ask(self, deed: str, **request: Any) -> Any:
        return self._sheet.ask(deed, area=self.area, **request)

    def change(self, deed: str, **request: Any) -> Any:
        """Ask for something that Excel refuses on a protected sheet."""
        if self._sheet.name in self._sheet.book.locked:
            raise xw.XlwingsError("Exception occurred: Microsoft Excel, 'The cell is on a protected sheet.'")
        return self.ask(deed, **request)

    @property
    def api(self) -> com.Cells:
        return com.Cells(self)

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def row(self) -> int:
        return self.area[0]

    @property
    def column(self) -> int:
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.area[2] - self.area[0] + 1, self.area[3] - self.area[1] + 1

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    has_array = max_cells_per_read = max_cells_per_write = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return Range(self._sheet, (self.row + row - 1, self.column + column - 1))

    @property
    def address(self) -> str:
        """As Excel tells it: areas that do not fit into 255 letters are left out."""
        whole = self._one_address()
        for area in self.further:
            longer = f"{whole},{area._one_address()}"
            if len(longer) > LONGEST_ADDRESS:
                break
            whole = longer
        return whole

    def _one_address(self) -> str:
        top, left, bottom, right = self.area
        ends = [f"${utils.col_name(column)}${row}" for row, column in ((top, left), (bottom, right))]
        return ends[0] if ends[0] == ends[1] else ":".join(ends)

    def get_address(self, row_fixed: bool, column_fixed: bool, external: bool) -> str:
        """Excel has the name that xlwings asks for here only where makepy has read its type library."""
        raise AttributeError("<unknown>.GetAddress")

    @property
    def raw_value(self) -> Any:
        found = self.ask("read")
        rows = [[ExcelError(v["error"]) if isinstance(v, dict) else v for v in row] for row in found["rows"]]
        for name, make in (("dates", _moment), ("truths", bool)):
            for top, left, bottom, right in found[name]:
                for row in rows[top : bottom + 1]:
                    row[left : right + 1] = [
                        make(v) if isinstance(v, (int, float)) else v for v in row[left : right + 1]
                    ]
        return rows if len(self) > 1 else rows[0][0]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows = data if isinstance(data, (list, tuple)) else [[data]]
        if len(rows) == len(rows[0]) == 1 and len(self) > 1:
            rows = [[rows[0][0]] * self.shape[1]] * self.shape[0]
        area = (self.row, self.column, self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
        Range(self._sheet, area[:2], area[2:]).change("write", rows=[[_plain(v) for v in row] for row in rows])

    @property
    def formula(self) -> Any:
        rows = self.ask("formulas")
        return tuple(map(tuple, rows)) if len(self) > 1 else rows[0][0]

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    @property
    def number_format(self) -> str:
        return self.ask("number_format")

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.change("number_format", code=code)

    @property
    def color(self) -> tuple[int, int, int] | None:
        found = self.ask("look", name="CellBackColor")
        return None if found in (-1, None) else (found >> 16 & 255, found >> 8 & 255, found & 255)

    @color.setter
    def color(self, value: Any) -> None:
        self.change("look", name="CellBackColor", value=-1 if value is None else com.number_of(value))

    @property
    def wrap_text(self) -> Any:
        return self.ask("look", name="IsTextWrapped")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.change("look", name="IsTextWrapped", value=bool(value))

    @property
    def horizontal_alignment(self) -> Any:
        return None

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.change("align", way="HoriJustify", value=value)

    @property
    def vertical_alignment(self) -> Any:
        return None

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.change("align", way="VertJustify", value=value)

    @property
    def row_height(self) -> Any:
        return None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.change("height", points=value)

    @property
    def column_width(self) -> Any:
        return None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.change("width", points=value * 5.6)

    @property
    def row_hidden(self) -> Any:
        return self.ask("hidden", what="rows")

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.change("hidden", what="rows", value=bool(value))

    @property
    def column_hidden(self) -> Any:
        return self.ask("hidden", what="columns")

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.change("hidden", what="columns", value=bool(value))

    @property
    def merge_cells(self) -> Any:
        return self.ask("merged")[0]

    @property
    def merge_area(self) -> Range:
        area = self.ask("merged")[1]
        return Range(self._sheet, area[:2], area[2:])

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def borders(self) -> Borders:
        return Borders(self)

    @property
    def conditional_formats(self) -> Rules:
        return Rules(self)

    def clear_contents(self) -> None:
        self.change("clear", all_=False)

    def clear(self) -> None:
        self.change("clear", all_=True)

    def autofit(self, axis: str | None = None) -> None:
        self.ask("fit_rows")

    def autofill(self, destination: Any, type_: str) -> None:
        assert type_ == "fill_formats"
        destination.impl.change("same_look", source=self.area)

    def select(self) -> None:
        self._sheet.book.active_sheet = self._sheet.name
        self._sheet.book.selected = self


def clean(
    data: Sequence[Sequence[Any]], datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
) -> list[list[Any]]:
    """Values as a program gets them."""

    def one(value: Any) -> Any:
        if isinstance(value, ExcelError):
            return str(value) if err_to_str else empty_as
        if value is None:
            return empty_as
        if isinstance(value, float) and number_builder is not None:
            return number_builder(value)
        return value

    return [[one(value) for value in row] for row in data]


def _moment(value: float) -> dt.datetime:
    return FIRST_DAY + dt.timedelta(seconds=round(value * 86400))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
        return {"serial": (moment - FIRST_DAY) / dt.timedelta(days=1)}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    assert isinstance(value, numbers.Number), type(value)
    return value
