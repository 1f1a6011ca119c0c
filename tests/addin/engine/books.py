"""The engine's application and workbooks."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from tests.addin.engine import com
from tests.addin.engine.cells import Range
from tests.addin.engine.sheets import Names, Sheets
from tests.office.running import shared

DEEDS = Path(__file__).with_name("spreadsheet.py")
_LOOKING = ("tables", "sheets", "names", "used", "read", "formulas", "merged", "calculate", "save", "evaluate")
_BOTH = ("hidden", "number_format", "look")


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
        self._apps = apps
        self._books = Books(self)
        self.told: list[str] = []
        self.answers: list[str] = []
        self.api = com.Application(self)
        self.started_or_quit = 0
        self.macros_run: list[tuple[Any, ...]] = []

    api: Any = None

    @property
    def engine(self) -> Any:
        return self._apps.engine  # type: ignore[attr-defined]

    @property
    def books(self) -> Books:
        return self._books

    @property
    def pid(self) -> int:
        return id(self)

    @property
    def selection(self) -> Range | None:
        book = self._books.active
        return book.selected if book else None

    def ask(self, deed: str, **request: Any) -> Any:
        """What LibreOffice answers; Refused where it could not do it."""
        return shared().ask(DEEDS, deed, **request)

    def activate(self, steal_focus: bool = False) -> None:
        pass

    def calculate(self, everything: bool = False) -> None:
        """Work out what is waiting to be, or all formulas."""
        for book in self._books:
            self.ask("calculate", doc=book.doc, all_=everything)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        self.told.append(prompt)
        if buttons == "ok":
            return "ok"
        return self.answers.pop(0) if self.answers else "yes"

    def run(self, macro: str, args: tuple[Any, ...]) -> None:
        self.macros_run.append((macro, *args))

    def quit(self) -> None:
        self.started_or_quit += 1
        for book in list(self._books):
            book.close()
        self._apps.running.remove(self)

    kill = quit


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, list[Book]()

    @property
    def active(self) -> Book | None:
        return self.open_books[-1] if self.open_books else None

    def add(self) -> Book:
        return self._keep(Book(self, self.app.ask("new"), f"Book{len(self.open_books) + 1}"))

    def open(self, fullname: str, *_: Any, read_only: bool = False, **__: Any) -> Book:
        path = str(Path(fullname).resolve())
        book = Book(self, self.app.ask("open", path=path), path)
        book.read_only = bool(read_only)
        book.macros_on = self.app.api.AutomationSecurity != 3
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
        self.read_only = self.auto_save = self.structure_locked = self.unsaved_changes = self.macros_on = False
        self.active_sheet = ""
        self.selected: Range | None = None
        self.locked: set[str] = set()
        self.very_hidden: set[str] = set()
        self.headless: set[str] = set()  # tables whose heading row Excel was told not to show
        self.outline: dict[tuple[str, int], int] = {}
        self._known: dict[str, Any] = {}
        self.api = com.Workbook(self)

    api: Any = None

    def ask(self, deed: str, **request: Any) -> Any:
        if deed not in _LOOKING and (deed not in _BOTH or {"value", "code"} & set(request)):
            self.forget()
        return self.books.app.ask(deed, doc=self.doc, **request)

    def change_structure(self) -> None:
        """Ask for something that Excel refuses while the workbook's structure is protected."""
        if self.structure_locked:
            raise xw.XlwingsError("Exception occurred: Microsoft Excel, 'Method of object Sheets failed'")

    def forget(self) -> None:
        """Something has changed: ask anew."""
        self._known.clear()

    def know(self, deed: str) -> Any:
        """What was answered last, as long as nothing has changed since: Excel answers such things at once."""
        if deed not in self._known:
            self._known[deed] = self.ask(deed)
        return self._known[deed]

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
