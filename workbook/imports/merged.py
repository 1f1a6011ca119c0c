"""What merged cells stand for: a heading over columns, a value beside several rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from workbook.model import Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_INITIALS = (("m", "mo"), ("t", "tu"), ("w", "we"), ("t", "th"), ("f", "fr"))
Merged = tuple[int, int, int, int]
"""Row, column, last row and last column of a merged area, from 0."""


def reach_over(merged: Sequence[Merged], row: int, texts: list[str], below: list[list[str]]) -> None:
    """Let a heading stand over the columns that it is merged over or, where nothing is merged, up to the next one."""
    spans = [(left, right) for top, left, _, right in merged if top == row and right > left]
    for left, right in spans:
        texts[left : right + 1] = [texts[left]] * (min(right, len(texts) - 1) - left + 1)
    if spans:
        return
    carried = ""
    for column, text in enumerate(texts):
        under = any(line[column] for line in below)
        carried = text or (carried if under else "")
        texts[column] = carried


def days_spelt(texts: list[str]) -> list[str]:
    """Headings with the initials of weekdays, M T W T F in that order and three of them at least, spelt out."""
    turns = [place for place, text in enumerate(texts) if text and text != texts[place - 1]] or [0]
    for first in range(len(turns)):
        days = list(takewhile(lambda pair: texts[turns[pair[0]]].casefold() in pair[1], _days_from(first, len(turns))))
        if len(days) > 2:
            told = list(texts)
            for (turn, _), day in zip(days, _DAYS, strict=False):
                end = turns[turn + 1] if turn + 1 < len(turns) else len(texts)
                told[turns[turn] : end] = [day if text else "" for text in texts[turns[turn] : end]]
            return told
    return texts


def _days_from(first: int, last: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The turns of a line of headings from ``first`` on, each with how its weekday may begin."""
    return zip(range(first, last), _INITIALS, strict=False)


def reach_down(cells: Sequence[list[Value]], merged: Sequence[Merged], first: int) -> Sequence[list[Value]]:
    """The rows of a page with what is merged downwards, from the row ``first`` on, said of each row."""
    by_row: dict[int, list[tuple[int, Value]]] = defaultdict(list)
    for top, left, last, _ in merged:
        if first <= top < last and top < len(cells) and left < len(cells[top]):
            for row in range(top + 1, min(last + 1, len(cells))):
                by_row[row].append((left, cells[top][left]))
    if not by_row:
        return cells
    filled = list(cells)
    for row, values in by_row.items():
        width = max(column for column, _ in values) + 1
        line = [*cells[row], *[None] * (width - len(cells[row]))]
        for column, value in values:
            line[column] = value if line[column] is None else line[column]
        filled[row] = line
    return filled
