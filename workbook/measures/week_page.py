"""The page of the week: a mentor's list in a line, at most a page of what is owed, and the rest counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.measures.due import Due
from workbook.measures.flags import Found
from workbook.measures.mentor_list import MentorList, lists_of
from workbook.measures.week import week_of
from workbook.model.excel import fold, seen

ROWS = 40
"""What a page holds."""


@dataclass(frozen=True)
class WeekPage:
    """The rows of the page, and the line above them: whose week it is, the list in numbers, what is not shown."""

    due: list[Due]
    line: str


def week_page(found: Found, mentor: str | None = None, lists: Sequence[MentorList] | None = None) -> WeekPage:
    """A mentor's page; everybody's, with all rows, where no mentor is named. CannotDo for a mentor nobody has.

    ``lists`` are the mentors' lists if they are known already.
    """
    lists = lists_of(found) if lists is None else lists
    due, notes = week_of(found, mentor, lists=lists), lists_notes(lists)
    if mentor is None:
        return WeekPage(due, " ".join(["Everybody's week.", *notes]))
    numbers = [f"{mine.numbers}." for mine in lists if fold(mine.mentor) == fold(seen(mentor))]
    return WeekPage(due[:ROWS], " ".join([f"{mentor.strip()}'s week.", *numbers, *notes, *left_out(due)]))


def lists_notes(lists: Sequence[MentorList]) -> list[str]:
    """What the lists have to say together, each sentence once."""
    return list(dict.fromkeys(one.note for one in lists if one.note))


def left_out(due: list[Due], most: int = ROWS) -> list[str]:
    """What does not fit on the page, counted, as a sentence; nothing where all of it does."""
    left = [one.part for one in due[most:]]
    if not left:
        return []
    kinds = ", ".join(f"{left.count(part):,} {part}" for part in dict.fromkeys(left))
    return [f"{len(left):,} more: {kinds}."]
