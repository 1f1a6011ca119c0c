"""Carries the actions of deeds out in this Excel, through xlwings."""

from __future__ import annotations

import functools
import platform
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from addin.deeds import actions
from addin.deeds.written import HEAD
from addin.desktop.host import book as host
from addin.desktop.host import entries, excel, marks, reports_run, written
from addin.desktop.host.press import Press
from addin.desktop.host.sheet import ERRORS
from workbook.model import CannotDo, CellError
from workbook.reading.cell_values import plain

START = "Start"
_CARRIED: dict[type[actions.Action], Callable[[Press, Any], Any]] = {}
_Carrier = Callable[[Press, Any], Any]


def carried_out(deed: Callable[..., actions.Deed]) -> Callable[..., str | None]:
    """A deed as a function of a press: each action is carried out as it comes."""

    @functools.wraps(deed)
    def done(press: Press, *arguments: Any, **choices: Any) -> str | None:
        work, answer = deed(*arguments, **choices), None
        try:
            while True:
                action = work.send(answer)
                answer = _CARRIED[type(action)](press, action)
        except StopIteration as end:
            words: str | None = end.value
            return words

    return done


def _carries(kind: type[actions.Action]) -> Callable[[_Carrier], _Carrier]:
    def keep(carry: _Carrier) -> _Carrier:
        _CARRIED[kind] = carry
        return carry

    return keep


@_carries(actions.Read)
def _read(press: Press, action: actions.Read) -> actions.Opened:
    if action.only:
        return press.opened.told(host.read_again(press.opened, action.only))
    press.opened = host.read(press.book, action.structure, press.pace.step)
    return press.opened.told()


@_carries(actions.Where)
def _where(press: Press, _: actions.Where) -> actions.Place | None:
    cells = press.book.selection
    if cells is None:
        return None
    rows = tuple(reports_run.rows_selected(press.book))
    return actions.Place(press.book.sheets.active.name, cells.row, cells.column, rows)


@_carries(actions.Sheets)
def _sheets(press: Press, _: actions.Sheets) -> list[str]:
    return list(press.book.sheet_names)


@_carries(actions.Cells)
def _cells(press: Press, action: actions.Cells) -> list[list[Any]]:
    sheet, found = press.book.sheets[action.sheet], []
    for first, last in reports_run.following(action.rows):
        rows = sheet.range((first, 1), (last, action.width)).options(ndim=2, err_to_str=True).value
        found += [[CellError(one) if one in ERRORS else plain([one])[0] for one in row] for row in rows]
    return found


@_carries(actions.Lines)
def _lines(press: Press, action: actions.Lines) -> list[list[Any]] | None:
    sheet = {one.name.casefold(): one for one in press.book.sheets}.get(action.sheet.casefold())
    if sheet is None:
        return None
    last = sheet.used_range.last_cell
    rows = sheet.range((1, 1), (max(last.row, HEAD), last.column)).options(ndim=2, err_to_str=True).value
    return [list(plain(row)) for row in rows]


@_carries(actions.Holds)
def _holds(press: Press, action: actions.Holds) -> list[actions.Held]:
    excel.require_writable(press.book)
    return [entries.held(press.opened, name) for name in action.tables]


@_carries(actions.UserName)
def _user(press: Press, _: actions.UserName) -> str:
    return excel.user_name(press.app)


@_carries(actions.LiveMark)
def _live_mark(press: Press, _: actions.LiveMark) -> int | None:
    """None where an older tracker has no cell that tells."""
    from workbook.measures.entries_mark import NAME

    named = [name.refers_to for name in press.book.names if name.name == NAME]
    place = re.search(r"\$([A-Z]{1,3})\$(\d+)$", named[0] or "") if named else None
    if place is None or START not in press.book.sheet_names:
        return None
    press.app.calculate()
    value = press.book.sheets[START].range(f"{place[1]}{place[2]}").value
    return int(value) if isinstance(value, (int, float)) else None


@_carries(actions.Versions)
def _versions(press: Press, _: actions.Versions) -> list[str]:
    import xlwings

    return [
        f"Python {platform.python_version()} ({platform.architecture()[0]})",
        f"xlwings {xlwings.__version__}",
        f"Excel {press.app.version} on {platform.system()}",
    ]


@_carries(actions.Step)
def _step(press: Press, action: actions.Step) -> None:
    press.pace.step(action.words, action.done, action.total)


@_carries(actions.WriteSheet)
def _write_sheet(press: Press, action: actions.WriteSheet) -> None:
    written.write_sheet(press.book, action)


@_carries(actions.Marks)
def _marks(press: Press, action: actions.Marks) -> None:
    marks.put_marks(press.opened, action)


@_carries(actions.Show)
def _show(press: Press, action: actions.Show) -> None:
    for name in action.sheets:
        excel.show(press.book.sheets[name])


@_carries(actions.Beside)
def _beside(_: Press, action: actions.Beside) -> list[str]:
    """Not those that Excel keeps beside an open workbook."""
    chosen = Path(action.path)
    there = [one for one in chosen.parent.iterdir() if one.suffix.lower() in (".xlsx", ".xlsm") and one != chosen]
    return [str(one) for one in there if not one.name.startswith("~$")]


@_carries(actions.GoTo)
def _go_to(press: Press, action: actions.GoTo) -> None:
    sheet = press.book.sheets[action.sheet]
    sheet.activate()
    if action.cell:
        sheet.range(action.cell).select()


@_carries(actions.Note)
def _note(press: Press, action: actions.Note) -> None:
    press.leave_in_bar(action.words)


@_carries(actions.Ask)
def _ask(press: Press, action: actions.Ask) -> str:
    return press.ask(action.words, action.buttons)


@_carries(actions.Begin)
def _begin(press: Press, action: actions.Begin) -> None:
    press.entries_begin(action.words)


@_carries(actions.WriteRows)
def _write_rows(press: Press, action: actions.WriteRows) -> None:
    press.pace.say(f"writing {action.table}")
    entries.write_rows(press.opened, action)


@_carries(actions.Fold)
def _fold(press: Press, action: actions.Fold) -> None:
    sheet = press.book.sheets[action.sheet]
    for letter in action.away:
        excel.fold_columns(sheet.range(f"{letter}1"))
    for letter in action.shown:
        excel.hide_columns(sheet.range(f"{letter}1"), False)


@_carries(actions.KeepCopy)
def _keep_copy(press: Press, _: actions.KeepCopy) -> str:
    folder = reports_run.own_folder(press.book) / "backups"
    name = Path(press.book.name)
    moment = f"{datetime.now():%Y-%m-%d %H%M%S}"
    kept = folder / f"{name.stem} {moment}{name.suffix or '.xlsx'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"The folder {folder} could not be made: save the tracker elsewhere first.") from error
    press.pace.say("keeping a copy")
    excel.save_copy(press.book, kept)
    return f"{kept.name} in {kept.parent}"


@_carries(actions.OpenBeside)
def _open_beside(press: Press, action: actions.OpenBeside) -> bool:
    """Unless a workbook of its name is open; the tracker stays in front."""
    if Path(action.path).name.casefold() not in {book.name.casefold() for book in press.app.books}:
        excel.open_quietly(press.app, Path(action.path), read_only=True)
        press.book.activate()
    return True


@_carries(actions.TemplateChosen)
def _template_chosen(press: Press, action: actions.TemplateChosen) -> None:
    press.template_chosen(action.path)


@_carries(actions.RoomForSheets)
def _room_for_sheets(press: Press, _: actions.RoomForSheets) -> None:
    reports_run.require_room_for_sheets(press.book)


@_carries(actions.Replaced)
def _replaced(press: Press, action: actions.Replaced) -> tuple[int, str]:
    return reports_run.replaced(press, action.run)


@_carries(actions.MakeReports)
def _make_reports(press: Press, action: actions.MakeReports) -> actions.Made | None:
    return reports_run.make(press, action)
