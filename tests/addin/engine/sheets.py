"""The engine's sheets, names and tables."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.addin.engine import com
from tests.addin.engine.cells import Range, Rectangle

if TYPE_CHECKING:
    from tests.addin.engine.books import Book


class Sheets(base_classes.Sheets):
    api: Any = None

    def __init__(self, book: Book) -> None:
        self.book = book

    def _names(self) -> list[str]:
        return [name for name, _ in self.book.know("sheets")]

    @property
    def active(self) -> Sheet:
        return self(self.book.active_sheet or 1)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, name) for name in self._names())

    def __call__(self, key: int | str) -> Sheet:
        names = self._names()
        if isinstance(key, numbers.Number):
            return Sheet(self.book, names[key - 1])  # type: ignore[operator]
        for name in names:
            if name.casefold() == str(key).casefold():
                return Sheet(self.book, name)
        raise KeyError(key)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        self.book.change_structure()
        names = self._names()
        place = before.index - 1 if before else after.index if after else 0
        given = name or next(f"Sheet{n}" for n in range(1, 999) if f"Sheet{n}" not in names)
        self.book.ask("add_sheet", name=given, index=place)
        return Sheet(self.book, given)


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name

    @property
    def api(self) -> com.Worksheet:
        return com.Worksheet(self)

    def ask(self, deed: str, **request: Any) -> Any:
        return self._book.ask(deed, sheet=self._name, **request)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return self._name

    @property
    def index(self) -> int:
        return self._book.sheets._names().index(self._name) + 1

    @property
    def visible(self) -> Any:
        """As Excel for Windows tells it: -1 shown, 0 hidden, 2 so that no menu shows it."""
        if dict(self._book.know("sheets"))[self._name]:
            return -1
        return 2 if self._name in self._book.very_hidden else 0

    @visible.setter
    def visible(self, value: Any) -> None:
        self._book.change_structure()
        self._book.very_hidden -= {self._name}
        if value == 2:
            self._book.very_hidden.add(self._name)
        self._book.ask("show_sheet", name=self._name, visible=value in (True, -1))

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def names(self) -> Names:
        return Names(self._book)

    @property
    def cells(self) -> Range:
        return self.range((1, 1), (1048576, 16384))

    def range(self, one: Any, two: Any = None) -> Range:
        return Range(self, one, two)

    def activate(self) -> None:
        self._book.active_sheet = self._name
        self._book.selected = self.range((1, 1))

    select = activate

    def delete(self) -> None:
        self._book.change_structure()
        self._book.ask("delete_sheet", name=self._name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after
        assert target
        target.book.change_structure()
        index = target.index - 1 if before else target.index
        self._book.ask("copy_sheet", name=self._name, to=target.book.doc, index=index)
        target.book.forget()

    @property
    def used_range(self) -> Range:
        return self.range((1, 1), tuple(self.ask("used")))


class Names(base_classes.Names):
    api: Any = None

    def __init__(self, book: Book) -> None:
        self.book = book

    def _all(self) -> dict[str, str]:
        return dict(self.book.know("names"))

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Name]:
        return (Name(self.book, name) for name in self._all())

    def __call__(self, key: int | str) -> Name:
        names = self._all()
        name = list(names)[key - 1] if isinstance(key, int) else key
        if name not in names:
            raise KeyError(key)
        return Name(self.book, name)

    def contains(self, name: str) -> bool:
        return name in self._all()

    def add(self, name: str, refers_to: str) -> Name:
        self.book.ask("add_name", name=name, refers_to=refers_to)
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    @property
    def name(self) -> str:
        return self._name

    @property
    def refers_to(self) -> str:
        return dict(self.book.know("names"))[self._name]


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    api: Any = None

    def _all(self) -> list[str]:
        return [name for name, sheet, *_ in self.sheet.book.know("tables") if sheet == self.sheet.name]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, name) for name in self._all())

    def __contains__(self, key: str) -> bool:
        return key in self._all()

    def __call__(self, key: int | str) -> Table:
        names = self._all()
        name = names[key - 1] if isinstance(key, int) else key
        if name not in names:
            raise KeyError(key)
        return Table(self.sheet, name)

    def add(self, source: Any, name: str, **_: Any) -> Table:
        self.sheet.ask("add_table", name=name, area=source.impl.area)
        return Table(self.sheet, name)


class Table(base_classes.Table):
    def __init__(self, sheet: Sheet, name: str) -> None:
        self.sheet, self._name = sheet, name

    @property
    def api(self) -> com.ListObject:
        return com.ListObject(self)

    @property
    def parent(self) -> Sheet:
        return self.sheet

    @property
    def name(self) -> str:
        return self._name

    def facts(self) -> tuple[Rectangle, bool]:
        """Where the table stands, and whether it is filtered."""
        for name, _, area, filtered in self.sheet.book.know("tables"):
            if name == self._name:
                return tuple(area), filtered
        raise KeyError(self._name)

    @property
    def range(self) -> Range:
        top, left, bottom, right = self.facts()[0]
        return Range(self.sheet, (top + self._headless, left), (bottom, right))

    @property
    def _headless(self) -> bool:
        return self._name in self.sheet.book.headless

    @property
    def header_row_range(self) -> Range | None:
        top, left, _, right = self.facts()[0]
        return None if self._headless else Range(self.sheet, (top, left), (top, right))

    @property
    def data_body_range(self) -> Range:
        top, left, bottom, right = self.facts()[0]
        return Range(self.sheet, (top + 1, left), (bottom, right))

    def resize(self, range: Any) -> None:
        self.sheet.ask("resize_table", name=self._name, area=range.impl.area)
