"""What Excel can say and do that xlwings has no word for: asked by Excel's own names, on Windows and macOS alike."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import xlwings as xw

from workbook.model import CannotDo
from workbook.model.tracker import column_letter

MAC = sys.platform == "darwin"
_SHOWN = -1
"""xlSheetVisible."""


def told(owner: Any, path: str, default: Any = None) -> Any:
    """What Excel tells under a name such as ``EntireRow.Hidden``; ``default`` where this Excel does not know it."""
    found = owner
    try:
        for name in path.split("."):
            found = getattr(found, _mac_name(name) if MAC else name)
        return found.get() if MAC else found
    except Exception:  # each platform has errors of its own for a name that is not there
        return default


def set_to(owner: Any, path: str, value: Any) -> None:
    """Set what Excel keeps under a name such as ``EntireColumn.Hidden``."""
    *way, last = path.split(".")
    found = owner
    for name in way:
        found = getattr(found, _mac_name(name) if MAC else name)
    if MAC:
        getattr(found, _mac_name(last)).set(value)
    else:
        setattr(found, last, value)


def _mac_name(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def address_of(book: xw.Book) -> str:
    """Where a workbook is kept: a path, an https address, or only its name while it was never saved."""
    return str(told(book.api, "FullName", "") or book.name)


def is_online(book: xw.Book) -> bool:
    """Whether the workbook is kept online, such as in OneDrive or SharePoint, so that it has no folder here."""
    return "://" in address_of(book)


def is_saved(book: xw.Book) -> bool:
    """Whether the workbook was ever saved."""
    address = address_of(book)
    return "/" in address or "\\" in address


def is_read_only(book: xw.Book) -> bool:
    """Whether the workbook is open for reading only."""
    return bool(told(book.api, "ReadOnly", False))


def saves_itself(book: xw.Book) -> bool:
    """Whether each change is saved at once, so that others may be working in the same workbook."""
    return bool(told(book.api, "AutoSaveOn", False))


def require_unprotected(sheet: xw.Sheet) -> None:
    """Raise CannotDo where a sheet is protected."""
    if told(sheet.api, "ProtectContents", False):
        raise CannotDo(
            f"The sheet {sheet.name} is protected: choose Review, Unprotect Sheet, then press the button again."
        )


def require_writable(book: xw.Book) -> None:
    """Raise CannotDo where what is typed into the workbook could not be kept."""
    if is_read_only(book):
        raise CannotDo(
            "This tracker is open for reading only, so entries could not be kept: close it where else it is open, "
            "or save a copy under another name, then press the button again."
        )


def add_sheet(book: xw.Book, name: str, after: str | None = None) -> xw.Sheet:
    """A new sheet behind another, or at the end; CannotDo where the workbook's structure is protected."""
    if told(book.api, "ProtectStructure", False):
        raise CannotDo(
            f"This workbook is protected, so the sheet {name} cannot be added: choose Review, Protect Workbook to "
            "lift that, then press the button again."
        )
    names = [sheet.name for sheet in book.sheets]
    before = book.sheets[after if after in names else names[-1]]
    return book.sheets.add(name, after=before)


def is_shown(sheet: xw.Sheet) -> bool:
    """Whether a sheet is shown: Excel for Windows says -1, for Mac True; 0 and 2 are hidden."""
    return sheet.visible in (True, _SHOWN)


def show(sheet: xw.Sheet) -> None:
    """Show a sheet that is hidden; CannotDo where the workbook's structure is protected."""
    if is_shown(sheet):
        return
    if told(sheet.book.api, "ProtectStructure", False):
        raise CannotDo(
            f"The sheet {sheet.name} is hidden and this workbook is protected: choose Review, Protect Workbook to lift "
            "that, then press the button again."
        )
    sheet.visible = True


def rows_of_areas(cells: xw.Range) -> list[tuple[int, int]]:
    """First and last row of each area of a selection, each asked for by itself: Excel cuts a long address near 255
    letters.
    """
    found = told(cells.api, "Areas")
    if found is None:
        parts = [cells]
    elif MAC:
        parts = [cells.sheet.range(one.get_address()) for one in found]
    else:
        return [_rows(found(number)) for number in range(1, found.Count + 1)]
    return [(one.row, one.row + one.shape[0] - 1) for one in parts]


def _rows(area: Any) -> tuple[int, int]:
    return area.Row, area.Row + area.Rows.Count - 1


def cell_name(row: int, column: int) -> str:
    """A cell's address. Excel's own word for it can only be said where its type library was read beforehand."""
    return f"{column_letter(column)}{row}"


def open_quietly(app: xw.App, path: Path, read_only: bool = False) -> xw.Book:
    """Open a file of ours or of the mentor's with its macros off; the setting is put back."""
    before = told(app.api, "AutomationSecurity")
    if before is not None:
        set_to(app.api, "AutomationSecurity", _macros_off())
    try:
        return app.books.open(str(path), update_links=False, read_only=read_only)
    finally:
        if before is not None:
            set_to(app.api, "AutomationSecurity", before)


def open_strictly(app: xw.App, path: Path) -> xw.Book:
    """Open a file as it is: a program that asks for it gets an error where Excel would offer a repair."""
    words: dict[str, Any] = {} if MAC else {"corrupt_load": 0}  # xlNormalLoad
    return app.books.open(str(path), update_links=False, **words)


def recalculate(app: xw.App) -> None:
    """Work out every formula of every open workbook anew, whether or not Excel thinks it needs it."""
    if MAC:
        app.api.calculate_full_rebuild()
    else:
        app.api.CalculateFullRebuild()


def _macros_off() -> Any:
    if MAC:
        from appscript import k

        return k.msoAutomationSecurityForceDisable
    return 3  # msoAutomationSecurityForceDisable


def is_filtered(sheet: xw.Sheet, table: xw.main.Table | None) -> bool:
    """Whether rows are hidden by a filter of the sheet or of its table."""
    by_table = table is not None and told(table.api, "AutoFilter.FilterMode", False)
    return bool(by_table or told(sheet.api, "FilterMode", False))


def show_all(sheet: xw.Sheet, table: xw.main.Table) -> None:
    """Lift the filter of a table, with no effect on what it holds."""
    if is_filtered(sheet, table):
        filter_ = table.api.auto_filter_object if MAC else table.api.AutoFilter
        filter_.show_all_data() if MAC else filter_.ShowAllData()


def hidden_rows(sheet: xw.Sheet, first: int, last: int) -> list[int]:
    """The numbers of the hidden rows from first to last; Excel is asked about halves until it has one answer."""
    if last < first:
        return []
    state = told(sheet.range((first, 1), (last, 1)).api, "EntireRow.Hidden", False)
    if state is True or state is False:
        return list(range(first, last + 1)) if state else []
    if first == last:
        return []
    middle = (first + last) // 2
    return hidden_rows(sheet, first, middle) + hidden_rows(sheet, middle + 1, last)


def hide_columns(cells: xw.Range, hidden: bool) -> None:
    """Hide or show whole columns."""
    set_to(cells.api, "EntireColumn.Hidden", hidden)


def fold_columns(cells: xw.Range) -> None:
    """Fold columns away behind a [+] above their letters."""
    set_to(cells.api, "EntireColumn.OutlineLevel", 2)
    hide_columns(cells, True)


def freeze_above(sheet: xw.Sheet, row: int) -> None:
    """Keep the rows above a row in view when a sheet is scrolled; a sheet is none the worse without it."""
    with contextlib.suppress(Exception):
        sheet.activate()
        app = sheet.book.app.api
        set_to(app, "ActiveWindow.SplitColumn", 0)
        set_to(app, "ActiveWindow.SplitRow", row - 1)
        set_to(app, "ActiveWindow.FreezePanes", True)


def save_copy(book: xw.Book, path: Path) -> None:
    """Write the workbook as it is now, saved or not, to another file; it stays open under its own name."""
    if MAC:
        # Excel for Mac has no order for this; the file as it was saved is copied instead.
        if is_online(book) or not is_saved(book):
            raise CannotDo("On a Mac a copy can only be made of a tracker in a folder: choose File, Save As first.")
        import shutil

        book.save()
        shutil.copyfile(address_of(book), path)
    else:
        book.api.SaveCopyAs(str(path))


def user_name(app: xw.App) -> str:
    """The name that Excel knows its user by."""
    return str(told(app.api, "UserName", "") or "")


def open_folder(folder: Path) -> None:
    """Show a folder in Explorer or Finder."""
    if sys.platform == "win32":
        os.startfile(folder)
    else:
        subprocess.Popen(["open" if MAC else "xdg-open", str(folder)], stdin=subprocess.DEVNULL)


def escape_pressed(app: xw.App) -> bool:
    """Whether Esc was pressed in this Excel since it was last asked about; only Windows can tell."""
    if sys.platform != "win32":
        return False
    import ctypes

    pressed = ctypes.windll.user32.GetAsyncKeyState(0x1B) & 0x8001
    window = ctypes.windll.user32.GetForegroundWindow()
    process = ctypes.c_ulong()
    ctypes.windll.user32.GetWindowThreadProcessId(window, ctypes.byref(process))
    return bool(pressed) and process.value == app.pid
