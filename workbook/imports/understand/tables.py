"""Several tables on one page, one below the other: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from workbook.imports.notes import why_no_record
from workbook.imports.sessions import PRINTED, week_in
from workbook.imports.source import Page, rows_of
from workbook.imports.understand.lexicon import plain, who_word
from workbook.imports.understand.phrases import Phrases
from workbook.imports.words import as_text
from workbook.model import Value
from workbook.reading.headings import folded

_WHO = ("id", "upn", "uln", "name", "surname", "first_name")
#: Headings that a cell of a record may say as well: No, a kind of contact, a class.
_ALSO_CELLS = {"id", "no", "number", "code", "ref", "reference", "learner", "student", "pupil", "child"}
_DAY = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")


class Tables:
    """Parts a page into its tables by ``knows``, which tells headings, and ``about``, which tells rows of learners."""

    def __init__(
        self, phrases: Phrases, year: int, knows: Callable[[str], bool], about: Callable[[Sequence[Value]], bool]
    ) -> None:
        self.phrases, self.year, self.knows, self.about = phrases, year, knows, about

    def of(self, page: Page) -> list[Page]:
        """The tables of a page, each with nothing but its own lines; the page itself where it holds one.

        Headings that come again for the next printed page, under a title that says nothing else, begin no table.
        """
        heads = [row for row in range(len(page.cells)) if self._heads(page.cells[row])]
        heads = [row for row in heads if row - 1 not in heads]  # headings on two rows begin once
        if len(heads) < 2:
            return [page]
        starts = [0]
        titles = [cell for row in page.cells[: heads[0]] for cell in row]
        for last, head in pairwise(heads):
            start = self._title_above(page, head, last)
            own = [cell for row in page.cells[start:head] for cell in row]
            if _texts(page.cells[head]) == _texts(page.cells[last]) and self._says_the_same(titles, own):
                continue
            starts.append(start)
            titles = own
        ends = [*starts[1:], len(page.cells)]
        return (
            [rows_of(page, (start + 1, end)) for start, end in zip(starts, ends, strict=True)] if starts[1:] else [page]
        )

    def _heads(self, row: Sequence[Value]) -> bool:
        """Whether a row is one of headings wherever it stands: texts, most of them known, and one says who."""
        filled = [cell for cell in row if cell is not None]
        texts = [as_text(cell) for cell in filled]
        if len(filled) < 2 or not all(isinstance(cell, (str, date)) for cell in filled):
            return False
        if self.about(row):  # as nearly every row is, and it is soon seen
            return False
        who = [plain(one) for one in texts[:40] if any(who_word(one, role) is not None for role in _WHO)]
        if not who:
            return False
        known = sum(map(self.knows, texts))
        return 2 * known >= len(texts) if set(who) - _ALSO_CELLS else known == len(texts)

    def _title_above(self, page: Page, head: int, last: int) -> int:
        """The first line of the title that stands over a row of headings."""
        start = head
        while start - 1 > last and self._titles(page.cells[start - 1]):
            start -= 1
        return start

    def _titles(self, row: Sequence[Value]) -> bool:
        """Whether a row is blank or says something of the rows below it, and is no record and no sum."""
        filled = [as_text(cell) for cell in row if cell is not None]
        if not filled:
            return True
        if len(filled) > 4 or self.about(row) or "totals" in why_no_record(row, (), ("", "")):
            return False
        return len(filled) == 1 or any(any(self._said([one])) for one in filled)

    def _says_the_same(self, above: Sequence[Value], own: Sequence[Value]) -> bool:
        """Whether a title says no other subject, data drop, measure, week or day than the one before it."""
        before, now = self._said(above), self._said(own)
        return all(not two or two == one for one, two in zip(before, now, strict=True))

    def _said(self, cells: Sequence[Value]) -> tuple[object, ...]:
        texts = [PRINTED.sub("", cell) for cell in cells if isinstance(cell, str)]
        days = {found for text in texts for found in _DAY.findall(text)}
        drops, _ = self.phrases.drops_in_titles(texts)
        subjects, _ = self.phrases.subjects_in_titles(texts)
        return drops, subjects, self.phrases.measure_in_titles(texts), week_in(texts, (), self.year), days


def _texts(row: Sequence[Value]) -> dict[int, str]:
    return {place: folded(cell) for place, cell in enumerate(row) if cell is not None}
