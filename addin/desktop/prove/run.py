"""All of Mentorbook tried once in an Excel: files opened, worked out anew and compared, buttons pressed."""

from __future__ import annotations

import base64
import contextlib
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.desktop.host import buttons, excel
from addin.desktop.host.press import BUSY
from addin.desktop.host.state import KEPT
from addin.desktop.places import ADDIN
from addin.desktop.prove import compare
from addin.desktop.prove.answered import Said, answered
from addin.desktop.prove.kinds import LEARNERS, write_kinds
from addin.desktop.prove.presses import Pressed, presses
from addin.desktop.prove.proof import Proof, State, Trial
from addin.desktop.xlam import functions_sheet
from workbook.model import CannotDo

FILES, FUNCTIONS, BUTTONS, AFTER = "Files", "Worksheet functions", "Buttons", "Afterwards"
_SHOWN = 20
_MISTAKE = "Mentorbook made a mistake"
_PICTURES = ("Start", "Progress", "Learner view")


def prove(
    step: Callable[[str], None] = lambda _: None, learners: int = LEARNERS, kinds: Collection[str] | None = None
) -> Proof:
    """Try everything in an Excel of its own, on made-up learners in a folder of its own; nothing of it remains.

    CannotDo where no Excel is to be had. ``step`` is told what is tried next; ``kinds`` are the files to
    open, if not all.
    """
    folder = Path(tempfile.mkdtemp(prefix="mentorbook-proof-"))
    try:
        app = _new_excel()
        proof = Proof(_versions(app))
        try:
            step("files")
            files = write_kinds(folder, learners)
            for what, path in files.items():
                if kinds is None or what in kinds:
                    step(what)
                    proof.trials += _file(app, what, path)
            step("functions")
            proof.trials += _functions(files["a sample tracker"])
            proof.trials += _buttons(app, folder, files["a sample tracker"], files["the add-in"], learners, step)
        finally:
            left = _close(app)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    gone = not folder.exists() and not left
    words = "Every workbook is closed, Excel is left, the folder is gone." if gone else f"{left or folder} remains."
    proof.trials.append(Trial(AFTER, "what was made is taken away", State.HOLDS if gone else State.DIFFERS, words))
    return proof


def _new_excel() -> xw.App:
    try:
        return xw.App(visible=True, add_book=False)
    except Exception as error:  # each platform has errors of its own for an Excel that is not there
        raise CannotDo(
            "No Excel for the desktop answers on this computer: run this where the mentors' Excel is."
        ) from error


def _versions(app: xw.App) -> dict[str, str]:
    from workbook import __version__

    return {
        "Mentorbook": __version__,
        "Excel": str(app.version),
        "Python": f"{platform.python_version()} ({platform.architecture()[0]})",
        "xlwings": xw.__version__,
        "System": platform.platform(),
    }


def _file(app: xw.App, what: str, path: Path) -> Iterator[Trial]:
    """Opened without repair, worked out anew, compared cell by cell."""
    begun = time.perf_counter()
    try:
        book = excel.open_strictly(app, path)
    except Exception as error:
        yield Trial(FILES, what, State.DIFFERS, f"Excel does not open it: {type(error).__name__}.", _since(begun))
        return
    try:
        opened = _since(begun)
        asks = compare.asks_to_be_worked_out(path)
        if asks:
            excel.recalculate(app)  # as it is on opening, in an Excel that was not asked to leave it
        rows = compare.shown(book) if asks else compare.stored(path)
        ready = _since(begun)
        excel.recalculate(app)
        worked_out = _since(begun) - ready
        found = list(compare.differing(book, rows))
        away = what == "a tracker with functions" and not _python_answers(book)
        here = [one for one in found if not (away and one[0] == functions_sheet.NAME)]
        cells = sum(len(row) for one in rows.values() for row in one)
        words = (
            f"{compare.formulas_in(path):,} formulas worked out anew, {cells:,} cells compared; "
            f"opened in {opened:.1f} s, worked out in {worked_out:.1f} s."
            f"{' It asks to be worked out on opening: done twice, and the two compared.' if asks else ''}"
        )
        lines = [
            f"{sheet}!{cell}: {compare.told(was)} is stored, Excel has {compare.told(now)}"
            for sheet, cell, was, now in here[:_SHOWN]
        ]
        more = [f"and {len(here) - _SHOWN:,} more cells"] if len(here) > _SHOWN else []
        state = State.DIFFERS if here else State.HOLDS
        yield Trial(FILES, what, state, words, _since(begun), (*lines, *more), _pictures(book, path.parent))
        if what == "a tracker with functions":
            yield _in_excel(away)
    finally:
        book.close()


def _python_answers(book: xw.Book) -> bool:
    return str(book.sheets[functions_sheet.NAME].range("A3").value).startswith(functions_sheet.READY[:14])


def _in_excel(away: bool) -> Trial:
    """Whether Excel reached Python for the sheet Functions; only an Excel for Windows can."""
    what = "every function, called by Excel"
    if not away:
        return Trial(FUNCTIONS, what, State.HOLDS, "The answers on the sheet Functions are the stored ones.")
    here = sys.platform == "win32"
    words = "The sheet Functions says that Python cannot be reached." if here else "Functions are for Excel on Windows."
    return Trial(FUNCTIONS, what, State.DIFFERS if here else State.NOT_HERE, words)


def _functions(path: Path) -> Iterator[Trial]:
    """Each function called in Python, with the ranges that its example names."""
    from addin.desktop.xlam.functions_shown import answers
    from workbook.measures.data_date import last_date
    from workbook.reading.read import read

    tracker = read(path)
    for one in functions_sheet.shown(last_date(tracker)):
        begun = time.perf_counter()
        try:
            ((_, rows),) = answers(tracker, (one,))
        except Exception as error:
            yield Trial(FUNCTIONS, one.name, State.DIFFERS, f"{type(error).__name__}.", _since(begun))
        else:
            state = State.HOLDS if rows else State.DIFFERS
            yield Trial(FUNCTIONS, one.name, state, f"{len(rows):,} rows.", _since(begun))


def _buttons(
    app: xw.App, room: Path, sample: Path, addin: Path, learners: int, step: Callable[[str], None]
) -> Iterator[Trial]:
    """Every button, on a sample with something to mend that nothing else is beside."""
    from workbook.commands.make import make_sample
    from workbook.reports.output.template_files import find

    folder = room / "buttons"
    folder.mkdir()
    tracker = folder / "tracker.xlsx"
    make_sample(tracker, learners, 1, faults=3)
    shutil.copyfile(sample, folder / "the copy.xlsx")
    shutil.copyfile(find("certificate"), folder / "a template of my own.xlsx")
    app.books.open(str(addin))  # a template that is chosen is told to its VBA
    book = app.books.open(str(tracker))
    listed = presses(folder)
    with answered() as said:
        for one in listed:
            step(one.button)
            yield _press(app, book, folder, one, said)
            for other in [book for book in app.books if book.name not in (tracker.name, ADDIN)]:
                other.close()
    missing = sorted(set(buttons.BY_ID) - {one.button for one in listed})
    if missing:
        yield Trial(BUTTONS, "every button is tried", State.DIFFERS, f"Not tried: {', '.join(missing)}.")


def _press(app: xw.App, book: xw.Book, folder: Path, one: Pressed, said: Said) -> Trial:
    book.activate()
    book.set_mock_caller()
    if one.button.startswith(("report", "record", "progress_day", "form_summary")):
        book.sheets["Learners"].activate()
        book.sheets["Learners"].range("A5:A6").select()
    said.words.clear()
    before = {name: getattr(app, name) for name in KEPT if name != "status_bar"}
    begun = time.perf_counter()
    getattr(buttons, one.button)(**one.told)
    took = _since(begun)
    wrong = []
    if any(words.startswith((_MISTAKE, BUSY)) for words in said.words):
        wrong.append(said.words[-1])
    if {name: getattr(app, name) for name in before} != before:
        wrong.append("Excel's state is not as it was")
    if one.sheet and book.sheets.active.name != one.sheet:
        wrong.append(f"the sheet {one.sheet} is not in front")
    if one.files and not list(folder.glob(one.files)):
        wrong.append(f"no {one.files}")
    if one.words and not any(one.words in words for words in said.words):
        wrong.append(f"nothing said of “{one.words}”")
    if one.button == "open_reports" and not said.folders:
        wrong.append("no folder was shown")
    words = " / ".join(words.split("\n")[0] for words in said.words).replace(str(folder), "…")
    return Trial(BUTTONS, one.button, State.DIFFERS if wrong else State.HOLDS, words, took, wrong)


def _pictures(book: xw.Book, folder: Path) -> list[str]:
    """Pictures of some sheets, where Excel gives any."""
    made = []
    shown = [name for name in book.sheet_names if name in _PICTURES] or book.sheet_names[:1]
    for name in shown:
        path = folder / "picture.png"
        with contextlib.suppress(Exception):  # a sheet that cannot be pictured is none the worse
            book.sheets[name].range("A1:N40").to_png(str(path))
            made.append(base64.b64encode(path.read_bytes()).decode())
    return made


def _close(app: xw.App) -> list[str]:
    """Close what is open without saving, and leave this Excel; gives what would not close."""
    left: list[str] = []
    for book in list(app.books):
        name: Any = book.name
        try:
            book.close()
        except Exception:
            left.append(name)
    app.quit()
    return left


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
