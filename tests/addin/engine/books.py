"""The engine's application, workbooks, sheets, names and tables."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from tests.addin.engine import com
from tests.addin.engine.cells import Range, Rectangle
from tests.addin.engine.connection import Connection


class Apps(base_classes.Apps):
    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def add(self, **_: Any) -> App:
        app = App(self)
        self.running.insert(0, app)
        return app

    @staticmethod
    def cleanup() -> None:
        pass

    def __iter__(self) -> Iterator[App]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.running if app.pid == pid)


class App(base_classes.App):
    """LibreOffice as Excel. ``told`` keeps what message boxes said; ``answers`` are pressed in them, else the first."""

    screen_updating: Any = True
    display_alerts: Any = True
    enable_events: Any = True
    interactive: Any = True
    visible: Any = True
    status_bar: Any = False
    cut_copy_mode: Any = False
    calculation: Any = "automatic"
    version = "16.0"
    hwnd = 0

    def __init__(self, apps: Apps) -> None:
        self._apps, self.connection = apps, Connection()
        self._books = Books(self)
        self.told: list[str] = []
        self.answers: list[str] = []
        self.api = com.Application(self)
        self.started_or_quit = 0

    api: Any = None

    @property
    def engine(self) -> Any:
        return self._apps.engine  # type: ignore[attr-defined]

    @property
    def books(self) -> Books:
        return self._books

    @property
    def pid(self) -> int:
        return self.connection.pid

    @property
    def selection(self) -> Range | None:
        book = self._books.active
        return book.selected if book else None

    def activate(self, steal_focus: bool = False) -> None:
        pass

    def calculate(self) -> None:
        for book in self._books:
            self.connection.ask("calculate", doc=book.doc)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        self.told.append(prompt)
        if buttons == "ok":
            return "ok"
        return self.answers.pop(0) if self.answers else "yes"

    def quit(self) -> None:
        self.started_or_quit += 1
        self.connection.close()
        self._apps.running.remove(self)

    kill = quit


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, list[Book]()

    @property
    def active(self) -> Book | None:
        return self.open_books[-1] if self.open_books else None

    def add(self) -> Book:
        return self._keep(Book(self, self.app.connection.ask("new"), f"Book{len(self.open_books) + 1}"))

    def open(self, fullname: str, *_: Any, read_only: bool = False, **__: Any) -> Book:
        path = str(Path(fullname).resolve())
        book = Book(self, self.app.connection.ask("open", path=path), path)
        book.read_only = bool(read_only)
        return self._keep(book)

    def _keep(self, book: Book) -> Book:
        self.open_books.append(book)
        return book

    def __len__(self) -> int:
        return len(self.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.open_books)

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, numbers.Number):
            return self.open_books[key - 1]  # type: ignore[operator]
        for book in self.open_books:
            if key in (book.name, book.path):
                return book
        raise KeyError(key)


class Book(base_classes.Book):
    """A workbook. ``path`` is what Excel would tell: a file, an https address, or only a name when never saved."""

    def __init__(self, books: Books, doc: int, path: str) -> None:
        self.books, self.doc, self.path = books, doc, path
        self.read_only = self.auto_save = self.structure_locked = self.unsaved_changes = False
        self.active_sheet = ""
        self.selected: Range | None = None
        self.locked: set[str] = set()
        self.outline: dict[tuple[str, int], int] = {}
        self.api = com.Workbook(self)

    api: Any = None

    def ask(self, deed: str, **request: Any) -> Any:
        return self.books.app.connection.ask(deed, doc=self.doc, **request)

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rpartition("/")[2]

    @property
    def fullname(self) -> str:
        if "://" in self.path:
            raise xw.XlwingsError("Couldn't find the local folder of your OneDrive.")
        return self.path

    @property
    def app(self) -> App:
        return self.books.app

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.books.open_books.remove(self)
        self.books.open_books.append(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        self.path = str(Path(path or self.path).resolve())
        self.ask("save", path=self.path)

    def to_pdf(self, path: str, quality: str) -> None:
        self.ask("save", path=str(Path(path).resolve()))

    def close(self) -> None:
        self.ask("close")
        self.books.open_books.remove(self)


class Sheets(base_classes.Sheets):
    api: Any = None

    def __init__(self, book: Book) -> None:
        self.book = book

    def _names(self) -> list[str]:
        return [name for name, _ in self.book.ask("sheets")]

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
        if self.book.structure_locked:
            raise xw.XlwingsError("Exception occurred: Microsoft Excel, 'Method Add of object Sheets failed'")
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
        return dict(self._book.ask("sheets"))[self._name]

    @visible.setter
    def visible(self, value: Any) -> None:
        self._book.ask("show_sheet", name=self._name, visible=bool(value))

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
        self._book.ask("delete_sheet", name=self._name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after
        assert target
        index = target.index - 1 if before else target.index
        self._book.ask("copy_sheet", name=self._name, to=target.book.doc, index=index)

    @property
    def used_range(self) -> Range:
        return self.range((1, 1), tuple(self.ask("used")))


class Names(base_classes.Names):
    api: Any = None

    def __init__(self, book: Book) -> None:
        self.book = book

    def _all(self) -> dict[str, str]:
        return dict(self.book.ask("names"))

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
        return dict(self.book.ask("names"))[self._name]


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    api: Any = None

    def _all(self) -> list[str]:
        return [name for name, sheet, *_ in self.sheet.book.ask("tables") if sheet == self.sheet.name]

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
        for name, _, area, filtered in self.sheet.book.ask("tables"):
            if name == self._name:
                return tuple(area), filtered
        raise KeyError(self._name)

    @property
    def range(self) -> Range:
        top, left, bottom, right = self.facts()[0]
        return Range(self.sheet, (top, left), (bottom, right))

    @property
    def header_row_range(self) -> Range:
        top, left, _, right = self.facts()[0]
        return Range(self.sheet, (top, left), (top, right))

    @property
    def data_body_range(self) -> Range:
        top, left, bottom, right = self.facts()[0]
        return Range(self.sheet, (top + 1, left), (bottom, right))

    def resize(self, range: Any) -> None:
        self.sheet.ask("resize_table", name=self._name, area=range.impl.area)
