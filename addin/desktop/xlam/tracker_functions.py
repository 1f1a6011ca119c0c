"""A tracker with the worksheet functions in it: the same file, with a VBA project and one sheet more."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from addin.desktop.xlam.functions_sheet import NAME, functions_sheet
from addin.desktop.xlam.package import (
    holds_project,
    project_is_named,
    python_modules,
    source,
    with_other_project,
    with_project,
)
from addin.desktop.xlam.project import Kind, Module, vba_project
from addin.desktop.xlam.wrappers import MODULE, wrappers
from workbook.measures.data_date import last_date
from workbook.model import CannotDo
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.parts import Package
from workbook.package.writing import write_safely
from workbook.reading.outline import Book, read_book
from workbook.reading.read import read

PROJECT = "MentorbookTracker"
_SHEET_CODE_NAME = "MentorbookFunctionsSheet"


def modules(code_names: tuple[str, ...] = ()) -> list[Module]:
    """The VBA of a tracker; ``code_names`` are those that its sheets bear already."""
    documents = [Module(name, kind=Kind.WORKSHEET) for name in (*code_names, _SHEET_CODE_NAME)]
    return [
        Module("ThisWorkbook", source("FunctionsThisWorkbook"), Kind.WORKBOOK),
        *documents,
        Module(MODULE, wrappers()),
        Module("PythonAway", source("PythonAway")),
        *python_modules(),
    ]


def with_functions(tracker: Path | GuardedFile, on: date | None = None) -> bytes:
    """The bytes of the tracker with the functions. A tracker that has them gets them anew, its sheets as they are.

    CannotDo for a workbook with macros of its own, or with another sheet of the name Functions.
    """
    file = tracker if isinstance(tracker, GuardedFile) else open_guarded(tracker)
    held = read(file)
    package = Package(file)
    book = read_book(file)
    ours = holds_project(package) and project_is_named(package, PROJECT)
    if holds_project(package) and not ours:
        raise CannotDo(
            f"{file.path.name} has macros of its own, which would be lost: save it as .xlsx first, or keep it as it is."
        )
    project = vba_project(PROJECT, modules(_code_names(package, book)))
    if ours:
        return with_other_project(package, project)
    if NAME.lower() in {sheet.name.lower() for sheet in book.sheets}:
        raise CannotDo(f"{file.path.name} has a sheet {NAME} already: rename it first.")
    parts = {sheet.name: sheet.part for sheet in book.sheets}
    shown = functions_sheet(package, parts.get, held, on or last_date(held))
    return with_project(package, project, (shown,))


def write(tracker: Path, out: Path, *, replace: bool = False) -> Path:
    """Write the tracker with the functions to ``out`` (.xlsm); the tracker itself is only read."""
    if out.suffix.lower() != ".xlsm":
        raise CannotDo(f"A workbook with functions ends in .xlsm: name it {out.with_suffix('.xlsm').name}.")
    file = open_guarded(tracker)
    write_safely(out, with_functions(file), replace=replace, source=file)
    return out


def _code_names(package: Package, book: Book) -> tuple[str, ...]:
    """The names under which VBA knows the sheets, where Excel has given them any; it names the others by itself."""
    found = (re.search(rb'<(?:\w+:)?sheetPr\b[^>]*\bcodeName="([^"]+)"', package.read(one.part)) for one in book.sheets)
    names = (one[1].decode() for one in found if one)
    return tuple(name for name in names if name != _SHEET_CODE_NAME)
