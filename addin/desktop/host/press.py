"""What happens when a button is pressed: the work in a quiet Excel, then one sentence, whatever came of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import xlwings as xw

from addin.desktop import log
from addin.desktop.host import book as host
from addin.desktop.host.state import Pace, Stopped, aloud, quiet
from addin.desktop.places import ADDIN
from workbook.model import CannotDo
from workbook.model.settings_sheets import refusal, settings_sheets

TITLE = "Mentorbook"
MOST_WORDS = 900
"""Characters of a message box; Excel's own cuts at 1,024."""
_BUSY = {0x80010001, 0x8001010A, 0x800AC472}
"""Excel's answers while a cell is being edited or a box is open: rejected, retry later, ignore."""
BUSY = "Excel is busy: finish what you are typing (Enter or Esc) or close the open box, then press the button again."

Work = Callable[..., str | None]


class Press:
    """A button being pressed: the workbook, and how to speak to the one who pressed it."""

    def __init__(self, book: xw.Book) -> None:
        self.book, self.app = book, book.app
        self.pace = Pace(self.app)
        self.left_in_bar: str | None = None
        self.written = "your entries are as they were"
        self.opened: host.OpenTracker

    def ask(self, question: str, buttons: str = "yes_no") -> str:
        """The answer to a question: ``yes``, ``no`` or ``cancel``."""
        with aloud(self.app):
            return str(self.app.alert(question[:MOST_WORDS], TITLE, buttons, "info"))

    def leave_in_bar(self, words: str) -> None:
        """Leave a sentence in the status bar, to be read while the user goes on; the next press wipes it."""
        self.left_in_bar = words

    def template_chosen(self, path: str) -> None:
        """Tell the ribbon that a template of the mentor's own is good, so that its buttons make this one."""
        self.app.macro(f"'{ADDIN}'!MentorbookTemplateChosen")(path)

    def entries_begin(self, words: str) -> None:
        """From here on entries are written: what to say of them if it goes wrong half-way."""
        self.written = words


def button(work: Work) -> Callable[..., None]:
    """A button's function: ``work`` gets the press first, then what the ribbon tells; its sentence is shown."""

    @functools.wraps(work)
    def pressed(*arguments: Any, **choices: Any) -> None:
        book = host.calling_book()
        press = Press(book)
        mode = "info"
        try:
            book.app.status_bar = False
            _refuse_settings_sheets(book)
            with quiet(book.app):
                words = work(press, *arguments, **choices)
        except CannotDo as reason:
            words = str(reason)
        except Stopped as stopped:
            words = f"Stopped by Esc: {stopped}."
        except Exception as error:
            words, mode = _ours(press, work.__name__, error), "critical"
        if press.left_in_bar:
            book.app.status_bar = press.left_in_bar
        if words:
            book.app.alert(words[:MOST_WORDS], TITLE, "ok", mode)

    return pressed


def _refuse_settings_sheets(book: xw.Book) -> None:
    """The add-in's VBA has refused such a workbook before it came here; a press from elsewhere is refused here."""
    for name in settings_sheets(book.sheet_names):
        raise CannotDo(refusal("This workbook", name))


def _ours(press: Press, name: str, error: Exception) -> str:
    """A sentence for what is not the user's mistake."""
    codes = {getattr(error, "hresult", 0), *(one for one in error.args if isinstance(one, int))}
    if {code & 0xFFFFFFFF for code in codes if isinstance(code, int)} & _BUSY:
        return BUSY
    try:
        where = f" What went wrong is noted, without names, in {log.note(name, error)}."
    except OSError:
        where = ""
    return f"Mentorbook made a mistake and stopped; {press.written}.{where}"
