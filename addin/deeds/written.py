"""Sheets that Mentorbook writes: what goes into their cells, and what was typed into them."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from datetime import date, datetime
from typing import Any

from addin.deeds.actions import Action, Lines, LiveMark
from workbook.building.look import BODY, DATE
from workbook.building.views.written_rows import NO_MARK, Heading, line

HEAD = 4
"""The row of the headings."""
ROW_POINTS = 19.0
HEAD_POINTS = 28.0
_READ_AS_OTHER = re.compile(r"^[=+\-@'\d(.$£€%]|^(?:true|false)$", re.IGNORECASE)
Rows = Sequence[Sequence[Any]]


def dated(words: str, on: date) -> Generator[Action, Any, str]:
    """The line over a written sheet: the words until entries change, by formula, where the tracker can tell that.

    The mark is asked of the cell and not worked out again: where a heading is gone or a table cut short, formulas see
    less than we do.
    """
    mark = yield LiveMark()
    return f"{words} {NO_MARK}" if mark is None else line(words, on, mark)


def typed_rows(name: str) -> Generator[Action, Any, list[dict[str, Any]]]:
    """The rows of a written sheet by heading, as they stand; none where the workbook has no such sheet."""
    lines = yield Lines(name)
    if lines is None or len(lines) <= HEAD:
        return []
    head, *rows = lines[HEAD - 1 :]
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def number_format(heading: Heading) -> str:
    """The number format of a column's cells."""
    return DATE if heading.dated else "@" if heading.kind in ("text", "entry") else "General"


def block(headings: Sequence[Heading], rows: Rows) -> list[list[Any]]:
    """The cells of rows as Excel takes them: links as formulas, texts that stay texts, days as moments."""
    return [[_cell(one, row, place) for place, one in enumerate(headings)] for row in rows]


def heights(headings: Sequence[Heading], rows: Rows) -> list[float]:
    """How high each row is, in points: as on a new tracker, and those with long notes as these need."""
    from workbook.building.heights import row_heights

    notes = [([row[i] for row in rows], one.width) for i, one in enumerate(headings) if one.wraps]
    return [height or ROW_POINTS for height in row_heights(notes, len(rows), ROW_POINTS, BODY)]


def _cell(heading: Heading, row: Sequence[Any], place: int) -> Any:
    value = row[place]
    if heading.kind == "link" and value:
        return link(str(row[place - 1]), str(value))
    if value is None or isinstance(value, (int, float, datetime)):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return str(value) if heading.kind in ("text", "entry") else as_text(str(value))


def link(sheet: str, cell: str) -> str:
    """A formula that leads to a cell when it is clicked."""
    inside = sheet.replace("'", "''").replace('"', '""')
    return f'=HYPERLINK("#\'{inside}\'!{cell}","{cell}")'


def as_text(words: str) -> str:
    """A text as Excel takes it for a text in a cell of no special format, whatever it looks like.

    Excel reads what a program sets as if it had been typed: a leading = would become a formula, 1/2 a date. An
    apostrophe before it keeps it as it is and is not shown.
    """
    return f"'{words}" if _READ_AS_OTHER.match(words) or (len(words) < 30 and re.search(r"\d", words)) else words
