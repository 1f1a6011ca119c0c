"""Rows of a file that are no records: totals, headings repeated for the next page, lines of one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.model import Value
from workbook.reading.headings import folded

_TOTALS = re.compile(
    r"(?:(?:class|group|form|year|cohort|overall|grand|sub|column|set|whole|college)[ -]?)?"
    r"(?:totals?|averages?|avg|mean|median|mode|counts?|sum|min(?:imum)?|max(?:imum)?|highest|lowest|range|number"
    r"|no\.? of .*|no\. ?.*|number .*|learners? on roll|on roll"
    r"|percentages?.*|%.*|points(?: possible)?|due date|date)(?: .{0,20})?[:.]?",
    re.IGNORECASE,
)

#: Words that end the line of a group's sum, such as 10A Total, where everything else in it is a figure.
_SUMS = re.compile(r".{1,60}[ -](?:sub[ -]?totals?|totals?|averages?|avg)[:.]?", re.IGNORECASE)
#: Words that begin a row of counts, where everything else in it is a figure.
_COUNTED = re.compile(
    r"(?:number |no\.? |% |total )?(?:present|absent|attend\w*|lates?|possible|unauthorised|authorised"
    r"|boys|girls)(?: .{0,20})?[:.]?",
    re.IGNORECASE,
)


def why_no_record(cells: Sequence[Value], repeats: Sequence[Sequence[Value]], headings: Sequence[str]) -> str:
    """Why a row is no record, in words; empty if it may be one. ``repeats`` are the rows of the headings."""
    filled = [(place, cell) for place, cell in enumerate(cells) if cell is not None]
    for line in repeats:
        if len(filled) > 1 and all(place < len(line) and folded(cell) == folded(line[place]) for place, cell in filled):
            return "repeats the headings"
    first = filled[0][1]
    if isinstance(first, str) and _TOTALS.fullmatch(first.strip()):
        return "is a row of totals"
    figures = [isinstance(cell, (int, float)) or _is_figure(cell) for _, cell in filled]
    counted = isinstance(first, str) and (_COUNTED.fullmatch(first.strip()) or _SUMS.fullmatch(first.strip()))
    if counted and len(filled) > 1 and all(figures[1:]):
        return "is a row of totals"
    if len(filled) == 1 and len([one for one in headings if one]) > 1:
        return "has one cell only"
    if all(figures) and filled[0][0] > 0:
        return "is a row of totals"
    return ""


def _is_figure(cell: Value) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"[\d.,]+ ?%?", cell) is not None


def group_of(cells: Sequence[Value], groups: Sequence[str]) -> str:
    """The group that a row of one cell names, as the map spells it; empty for other rows."""
    filled = [cell for cell in cells if cell is not None]
    known = {folded(one): one for one in groups}
    return known.get(folded(filled[0]), "") if len(filled) == 1 else ""
