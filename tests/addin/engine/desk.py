"""A desk for tests: a sample tracker open in the Excel for tests, its buttons to press, the command line beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from xlsxwriter.worksheet import Worksheet

from addin.desktop import log
from addin.desktop.host import buttons
from tests.addin.engine.excel import excel
from tests.commands.run import run
from workbook.commands.make import make_sample

STATE = ("calculation", "enable_events", "screen_updating", "display_alerts", "interactive")
HEAD = 4


@dataclass
class Desk:
    """An open tracker. ``path`` is the file it was opened from, which no button writes to."""

    app: xw.App
    book: xw.Book
    path: Path

    def press(self, button: str, *arguments: Any, answers: Sequence[str] = (), **choices: Any) -> list[str]:
        """Press a button, answering its questions in turn ("yes" in the end); gives what it said in boxes."""
        self.app.impl.told.clear()
        self.app.impl.answers[:] = answers
        self.book.activate()
        self.book.set_mock_caller()
        getattr(buttons, button)(*arguments, **choices)
        return list(self.app.impl.told)

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        """The rows under the headings of a sheet that a button wrote, days as dates."""
        whole = self.book.sheets[sheet].tables[0].range
        last, width = whole.last_cell.row, whole.shape[1]
        cells = self.book.sheets[sheet].range((HEAD + 1, 1), (last, width)).options(ndim=2).value
        return [tuple(one.date() if isinstance(one, datetime) else one for one in row) for row in cells]

    def go(self, sheet: str, cells: str) -> None:
        """Stand on cells of a sheet."""
        self.book.sheets[sheet].activate()
        self.book.sheets[sheet].range(cells).select()

    def state(self) -> dict[str, Any]:
        """Excel's state, as a button found it and should leave it."""
        return {name: getattr(self.app.impl, name) for name in STATE}

    def close_others(self) -> list[str]:
        """Close the workbooks that buttons opened; gives their names."""
        others = [book for book in self.app.books if book != self.book]
        names = [book.name for book in others]
        for book in others:
            book.close()
        return names


@contextmanager
def without_print_titles() -> Iterator[None]:
    """What is built inside has none: LibreOffice sits longer over those of a whole tracker than over all else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worksheet, "repeat_rows", lambda *_: None)
        yield


@contextmanager
def desk(folder: Path, learners: int, faults: int = 0) -> Iterator[Desk]:
    """A sample tracker of made-up learners open in Excel."""
    path = folder / "tracker.xlsx"
    with without_print_titles():
        make_sample(path, learners, 1, faults)
    kept = path.read_bytes()
    with excel() as app, pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "log_file", lambda: folder / "mentorbook.log")
        book = app.books.open(str(path))
        book.set_mock_caller()
        yield Desk(app, book, path)
        assert app.impl.started_or_quit == 0
    assert not (folder / "mentorbook.log").exists(), (folder / "mentorbook.log").read_text(encoding="utf-8")
    assert path.read_bytes() == kept, "a live tracker's file was written to"


def command(*words: object) -> Any:
    """What a command of mentorbook prints as JSON, or its text."""
    done = run(*words)
    assert done.code in (0, 1), done.err
    return done.rows if "--json" in words else done.out


def day(text: str | None) -> date | None:
    """A day as JSON has it."""
    return date.fromisoformat(text) if text else None
