"""The sheet Functions: each worksheet function at work on this tracker, to look at and to copy from.

Its results are stored beside the formulas, so they show before anything recalculates. Where Python cannot be reached
the sheet says so in a sentence. It takes its look from the tracker's own sheets, so no format is added to the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from addin.desktop.xlam.functions_shown import Rows, Shown, answers
from addin.desktop.xlam.package import NewSheet
from workbook.model import Tracker
from workbook.model.excel import number
from workbook.model.tracker import column_letter
from workbook.package.parts import Package

NAME = "Functions"
PURPOSE = "Worksheet functions at work on this tracker. Copy a formula into a sheet of your own and change its ranges."
READY = "Python answers: what stands below is worked out from this tracker."
AWAY = (
    "Python cannot be reached here, so nothing is worked out below. Enable the macros of this workbook; if they are, "
    "ask whoever installed Mentorbook to run: mentorbook addin doctor. No other sheet needs this."
)
IN_2019 = "In Excel 2019 and earlier: select {cells}, type the formula, then press Ctrl+Shift+Enter."
"""What later versions do by themselves where an answer is more than one cell."""
NO_PYTHON = "no Python"  # in the cells of an answer; the sentence above says more
_ROWS = 3  # of a result are shown
_FIRST_COLUMN = 4
_WIDTHS = (18, 40, 58, *[13] * 7)
_LINE = 18.75  # the height of a row, in points
_PATHS = "Progress[[Points 1]:[Points 6]],{0.1,0.2,0.3,0.4,0.5,0.6}"
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Row:
    """The cells of a row, and its height in points."""

    cells: str
    height: float = _LINE


@dataclass(frozen=True)
class Styles:
    """Numbers of cell formats that the tracker has already."""

    title: str
    link: str
    purpose: str
    header: str
    note: str
    plain: str
    day: str


def shown(on: date) -> tuple[Shown, ...]:
    """Every function with a formula for this product's tables."""
    day = f"DATE({on.year},{on.month},{on.day})"
    tables = ("Subjects", "Scales", "Effort", "Codes", "Terms", "Drops")
    flags = ",".join(map(_whole, ("Learners", "Progress", "Registers", "Settings")))
    return (
        Shown(
            "APL_POINTS", f"APL_POINTS(Progress[[APL 1]:[APL 6]],Progress[Scale],{_whole('Scales')},not_assessed)", 6
        ),
        Shown("APL_EXPECTED", "APL_EXPECTED(Progress[Baseline points],Progress[Target points],0.5)", 1),
        Shown("APL_STATUS", "APL_STATUS(Progress[Points],Progress[Expected],0.5)", 1),
        Shown("APL_CHANGE", "APL_CHANGE(Progress[[Points 1]:[Points 6]])", 1),
        Shown("APL_FORECAST", f"APL_FORECAST({_PATHS},Progress[Scale],{_whole('Scales')},course_years)", 3),
        Shown("APL_FLAGS", f"APL_FLAGS({flags},{day},{','.join(map(_whole, tables))})", 7),
        Shown("ATTENDANCE", f'ATTENDANCE(Registers[[Mon am]:[Fri pm]],{_whole("Codes")},"attendance")', 1),
        Shown("UPN_CHECK", "UPN_CHECK(Learners[UPN])", 1),
        Shown("ULN_CHECK", "ULN_CHECK(Learners[ULN])", 1),
        Shown("SCHOOL_DAYS", f"SCHOOL_DAYS(Terms[Start],Terms[End],{_whole('Terms')})", 1),
    )


def _whole(table: str) -> str:
    """A table with its headings, in words that LibreOffice understands too, unlike ``[#All]``."""
    return f"{table}[[#Headers],[#Data]]"


def functions_sheet(package: Package, sheet_part: Callable[[str], str | None], tracker: Tracker, on: date) -> NewSheet:
    """The sheet for a tracker; ``sheet_part`` gives the part of a sheet by its name."""
    styles = _styles(package, sheet_part)
    examples = shown(on)
    rows = dict(_head(styles))
    row, merged = 5, ""
    for one, (about, result) in zip(examples, answers(tracker, examples), strict=True):
        told = f"{about} {IN_2019.format(cells=_cells(one, len(result)))}" if _many(one, len(result)) else about
        rows |= _block(row, one, told, result[:_ROWS], styles)
        below = row + max(min(len(result), _ROWS), 1)
        merged += "".join(
            f'<mergeCell ref="{letter}{row}:{letter}{below - 1}"/>' for letter in "ABC" if below > row + 1
        )
        row = below
    after = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    after += '<hyperlinks><hyperlink ref="C1" location="Start!A1" display="Back to Start"/></hyperlinks>'
    xml = _sheet("MentorbookFunctionsSheet", rows, _frame(row), after)
    return NewSheet(NAME, "xl/worksheets/functions.xml", xml)


def _many(one: Shown, rows: int) -> bool:
    return one.columns > 1 or rows > 1


def _cells(one: Shown, rows: int) -> str:
    columns = "one column" if one.columns == 1 else f"{one.columns} columns"
    return f"{columns} and as many rows as the table has" if rows > 1 else f"{columns} of a row"


def _head(styles: Styles) -> Iterator[tuple[int, Row]]:
    yield 1, Row(_text("A1", NAME, styles.title) + _text("C1", "Back to Start", styles.link), 30)
    yield 2, Row(_text("A2", PURPOSE, styles.purpose), 16)
    status = f'IFERROR(IF(ULN_CHECK("9276308686")="valid","{READY}","{AWAY}"),"{AWAY}")'
    yield 3, Row(f'<c r="A3"{_s(styles.purpose)} t="str"><f>{escape(status)}</f><v>{escape(READY)}</v></c>', 20)
    headings = ("Function", "What it gives", "Copy this formula", "The first rows of its answer")
    cells = [_text(f"{column_letter(place)}4", words, styles.header) for place, words in enumerate(headings, start=1)]
    cells += [_text(f"{column_letter(place)}4", "", styles.header) for place in range(5, len(_WIDTHS) + 1)]
    yield 4, Row("".join(cells), 32)


def _block(row: int, one: Shown, about: str, result: Rows, styles: Styles) -> Iterator[tuple[int, Row]]:
    """The rows of a function: what it is, and an array formula over the first rows of its answer."""
    height = max(len(result), 1)
    area = f"D{row}:{column_letter(_FIRST_COLUMN + one.columns - 1)}{row + height - 1}"
    formula = escape(f'IF(LEFT($A$3,14)="Python answers",IFERROR({one.formula},"{NO_PYTHON}"),"{NO_PYTHON}")')
    first = f'<f t="array" ref="{area}">{formula}</f>'
    words = zip("ABC", (one.name, about, f"={one.formula}"), (styles.plain, styles.note, styles.note), strict=True)
    for below in range(height):
        cells = ""
        if not below:
            cells = "".join(_text(f"{letter}{row}", text, style) for letter, text, style in words)
        for across in range(one.columns):
            answer = result[below] if below < len(result) else []
            value = answer[across] if across < len(answer) else None
            address = f"{column_letter(_FIRST_COLUMN + across)}{row + below}"
            cells += _result(address, value, styles, first if below == across == 0 else "")
        lines = max(len(one.formula) // (_WIDTHS[2] - 8), len(about) // (_WIDTHS[1] - 4)) + 1
        yield row + below, Row(cells, max(_LINE, lines * _LINE * 0.75 / height))


def _result(address: str, value: Any, styles: Styles, formula: str) -> str:
    """A cell of an answer with the value stored beside the formula."""
    if isinstance(value, bool):
        return f'<c r="{address}"{_s(styles.plain)} t="b">{formula}<v>{int(value)}</v></c>'
    if isinstance(value, (datetime, date)):
        return f'<c r="{address}"{_s(styles.day)}>{formula}<v>{number(value):g}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{address}"{_s(styles.plain)}>{formula}<v>{value!r}</v></c>'
    text = escape("" if value is None else str(value))
    return f'<c r="{address}"{_s(styles.plain)} t="str">{formula}<v>{text}</v></c>'


def _text(address: str, words: str, style: str = "0") -> str:
    if not words:
        return f'<c r="{address}"{_s(style)}/>'
    return f'<c r="{address}"{_s(style)} t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _s(style: str) -> str:
    return f' s="{style}"' if style != "0" else ""


def _frame(last: int) -> str:
    """What stands before the cells: the view, frozen below the headings, and the widths of columns."""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    pane = '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    view = f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
    reach = f'<dimension ref="A1:{column_letter(len(_WIDTHS))}{last - 1}"/>'
    return f'{reach}{view}<sheetFormatPr defaultRowHeight="18.75"/><cols>{widths}</cols>'


def _sheet(code_name: str, rows: dict[int, Row], frame: str = "", after: str = "") -> bytes:
    colour = '<tabColor rgb="FF5B6B7A"/>' if frame else ""
    cells = "".join(
        f'<row r="{number}" ht="{row.height:g}" customHeight="1">{row.cells}</row>'
        for number, row in sorted(rows.items())
    )
    xml = (
        f'<worksheet xmlns="{_NAMESPACE}"><sheetPr codeName="{code_name}">{colour}</sheetPr>{frame}'
        f"<sheetData>{cells}</sheetData>{after}</worksheet>"
    )
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml).encode()


def _styles(package: Package, sheet_part: Callable[[str], str | None]) -> Styles:
    """Formats of cells that a tracker has: title, purpose, heading, note, a worked-out text, a date."""

    def of(sheet: str, address: str) -> str:
        """The format of a cell, the first whose address matches."""
        part = sheet_part(sheet)
        found = part and re.search(rf'<(?:\w+:)?c r="{address}"[^>]*?\bs="(\d+)"'.encode(), package.read(part))
        return found[1].decode() if found else "0"

    return Styles(
        title=of("Settings", "A1"),
        link=of("Settings", "[B-Z]1"),
        purpose=of("Settings", "A2"),
        header=of("Settings", "A4"),
        note=of("Settings", "C5"),
        plain=of("Progress", "B5"),
        day=of("Terms", "C5"),
    )
