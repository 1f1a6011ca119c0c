"""The answer to a request as a workbook: a first page that says what it is, then a sheet for each part."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from workbook.building.heights import height
from workbook.building.in_english import EnglishWorkbook
from workbook.building.worked_out import results_are_stored
from workbook.keeping.about import About, Part
from workbook.model import Value

_WIDEST, _NARROWEST, _PAGE, _BLOCK, _LINE = 60, 8, 230, 90, 15.5
_NAME = 31
_AMBER, _INK, _HEAD = "#FFE8B3", "#1F2933", "#E6EBF1"


def about_book(told: About, tracker: str) -> bytes:
    """The workbook about a learner, from the tracker of that name; texts stay texts, whatever they look like."""
    whole = io.BytesIO()
    book = EnglishWorkbook(whole, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": "What is held about one learner", "author": "", "created": None})
    results_are_stored(book)
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": _INK}),
        "head": book.add_format({"bold": True, "bg_color": _HEAD, "border": 1, "text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "align": "left"}),
        "day": book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"}),
        "marked day": book.add_format(
            {"num_format": "d mmm yyyy", "valign": "top", "align": "left", "bg_color": _AMBER}
        ),
        "mark": book.add_format({"bg_color": _AMBER, "text_wrap": True, "valign": "top", "align": "left"}),
    }
    _first(book.add_worksheet("About"), looks, told, tracker)
    for part in told.parts:
        _sheet(book.add_worksheet(part.name[:_NAME]), looks, part)
    book.close()
    return whole.getvalue()


def _first(page: Any, looks: dict[str, Any], told: About, tracker: str) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, 14)
    page.set_column(3, 3, 100)
    page.hide_gridlines(2)
    page.write_string(0, 0, f"What is held about {told.name or told.learner_id}", looks["title"])
    lines = (
        f"From the tracker {tracker}, with figures of {told.on.day} {told.on:%B %Y}.",
        f"{told.to_look_at} rows name other people. They are amber, and their last column says who is meant.",
        "Before this is handed on, somebody has to decide for each of them: leave it, or take it out.",
        "Not in here: backups, reports made before, other files, and what lies in pictures or files within the file.",
    )
    for number, line in enumerate(lines, start=2):
        page.write_string(number, 0, line)
    top = len(lines) + 3
    for column, head in enumerate(("Sheet", "Rows", "To look at", "What it is")):
        page.write_string(top, column, head, looks["head"])
    for number, part in enumerate(told.parts, start=top + 1):
        page.write_url(number, 0, f"internal:'{part.name[:_NAME]}'!A1", None, part.name)
        page.write_number(number, 1, len(part.rows), looks["cell"])
        page.write_number(number, 2, sum(row[-1] is not None for row in part.rows), looks["cell"])
        page.write_string(number, 3, part.words, looks["cell"])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _sheet(page: Any, looks: dict[str, Any], part: Part) -> None:
    page.write_string(0, 0, part.name, looks["title"])
    page.write_string(1, 0, part.words)
    shown = [n for n, _ in enumerate(part.headings) if n == 0 or any(row[n] is not None for row in part.rows)]
    widths = [_width([part.headings[n], *(row[n] for row in part.rows)]) for n in shown]
    if sum(widths) > _PAGE:
        _records(page, looks, part, shown)
    else:
        _table(page, looks, part, shown, widths)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _width(values: list[Value]) -> float:
    """As wide as the longest value, within bounds; a date is short however it is written out."""
    longest = max(11 if isinstance(value, date) else len(str(value)) for value in values if value is not None)
    return min(_WIDEST, max(_NARROWEST, longest + 2))


def _table(page: Any, looks: dict[str, Any], part: Part, shown: list[int], widths: list[float]) -> None:
    """A row for each record."""
    page.set_landscape()
    page.repeat_rows(3)
    page.freeze_panes(4, 1)
    for column, (n, width) in enumerate(zip(shown, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(3, column, part.headings[n], looks["head"])
        for number, row in enumerate(part.rows, start=4):
            _put(page, number, column, row[n], looks, row[-1] is not None)
    for number, row in enumerate(part.rows, start=4):
        page.set_row(number, _height(zip((row[n] for n in shown), widths, strict=True)))


def _records(page: Any, looks: dict[str, Any], part: Part, shown: list[int]) -> None:
    """A block for each record, a line for each thing known: for more than fits side by side."""
    page.set_column(0, 0, 24)
    page.set_column(1, 1, _BLOCK)
    number = 3
    for row in part.rows:
        for n in shown:
            if row[n] is not None:
                page.write_string(number, 0, part.headings[n], looks["head"])
                _put(page, number, 1, row[n], looks, row[-1] is not None)
                page.set_row(number, _height([(row[n], _BLOCK)]))
                number += 1
        number += 1


def _height(cells: Iterable[tuple[Value, float]]) -> float:
    """Points that a row needs so that its texts are whole."""
    return max((height(value, width) for value, width in cells if isinstance(value, str)), default=_LINE)


def _put(page: Any, row: int, column: int, value: Value, looks: dict[str, Any], marked: bool) -> None:
    look = looks["mark"] if marked else looks["cell"]
    if isinstance(value, bool):
        page.write_string(row, column, "Yes" if value else "No", look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks["marked day" if marked else "day"])
    elif value is not None:
        page.write_number(row, column, value, look)
    elif marked:
        page.write_blank(row, column, None, look)
