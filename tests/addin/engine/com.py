# ruff: noqa: N802 (Excel names the methods)
"""Excel's own objects as far as the add-in asks for them by Excel's own names."""

from __future__ import annotations

from typing import Any

import xlwings as xw


def number_of(color: Any) -> int:
    """A colour as a number."""
    red, green, blue = xw.utils.hex_to_rgb(color) if isinstance(color, str) else color
    return (red << 16) + (green << 8) + blue


class Application:
    def __init__(self, app: Any) -> None:
        self._app = app
        self.UserName = "A User"
        self.AutomationSecurity = 1  # macros run, until it is set to 3

    @property
    def ActiveCell(self) -> Any:
        return self._app.selection

    def CalculateFullRebuild(self) -> None:
        self._app.calculate(everything=True)


class Workbook:
    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def FullName(self) -> str:
        return self._book.path

    @property
    def ReadOnly(self) -> bool:
        return self._book.read_only

    @property
    def AutoSaveOn(self) -> bool:
        return self._book.auto_save

    @property
    def ProtectStructure(self) -> bool:
        return self._book.structure_locked

    def SaveCopyAs(self, path: str) -> None:
        self._book.ask("save", path=path)


class Worksheet:
    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:
        return self._sheet.name in self._sheet.book.locked

    @property
    def FilterMode(self) -> bool:
        return False


class ListObject:
    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def AutoFilter(self) -> ListFilter:
        return ListFilter(self._table)

    @property
    def ShowTotals(self) -> bool:
        return False


class ListFilter:
    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def FilterMode(self) -> bool:
        return self._table.facts()[1]

    def ShowAllData(self) -> None:
        self._table.sheet.book.ask("unfilter", name=self._table.name)


class Lines:
    """The whole rows or columns that a range lies in."""

    def __init__(self, cells: Any, what: str) -> None:
        self.__dict__.update(_cells=cells, _what=what)

    @property
    def Hidden(self) -> Any:
        return self._cells.ask("hidden", what=self._what)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "Hidden":
            self._cells.change("hidden", what=self._what, value=value)
        elif name == "OutlineLevel":
            cells = self._cells
            level = cells.sheet.book.outline.setdefault((cells.sheet.name, cells.column), 1)
            if level != value:
                cells.change("group_columns", away=value < level)
                cells.sheet.book.outline[cells.sheet.name, cells.column] = value


class Count:
    def __init__(self, count: int) -> None:
        self.Count = count


class Areas:
    """The rectangles of a selection, counted from 1."""

    def __init__(self, cells: Any) -> None:
        self._all = [cells, *cells.further]
        self.Count = len(self._all)

    def __call__(self, number: int) -> Cells:
        return Cells(self._all[number - 1])


class Cells:
    def __init__(self, cells: Any) -> None:
        self.__dict__.update(_cells=cells)

    @property
    def EntireRow(self) -> Lines:
        return Lines(self._cells, "rows")

    @property
    def Areas(self) -> Areas:
        return Areas(self._cells)

    @property
    def Row(self) -> int:
        return self._cells.row

    @property
    def Rows(self) -> Count:
        return Count(self._cells.shape[0])

    @property
    def EntireColumn(self) -> Lines:
        return Lines(self._cells, "columns")

    def __setattr__(self, name: str, value: Any) -> None:
        assert name == "IndentLevel"
        self._cells.change("look", name="ParaIndent", value=353 * value)
