"""Where the headings of a page stand, and which of its rows are about learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbook.imports.learners import form_of
from workbook.imports.mapping import own_headings
from workbook.imports.names import bare, readings
from workbook.imports.sessions import session_of, week_in, without_weekday
from workbook.imports.source import FileOptions, Page, Source, joined_headings, source_of
from workbook.imports.understand.facts import Facts
from workbook.imports.understand.lexicon import (
    AM_COLUMNS,
    DATE_COLUMNS,
    DROP_COLUMNS,
    HALF_COLUMNS,
    MARK_COLUMNS,
    MEASURES,
    PM_COLUMNS,
    SENSITIVE,
    SUBJECT_COLUMNS,
    WEEK_COLUMNS,
    WHO_WORDS,
    plain,
    who_word,
    without_question,
)  # fmt: skip
from workbook.imports.understand.parents import of_a_contact
from workbook.imports.understand.phrases import Phrases
from workbook.imports.understand.records_words import CONTACT_NAMES, RECORD_WORDS
from workbook.imports.understand.tables import Tables
from workbook.imports.words import as_text
from workbook.model import SHEETS, Value
from workbook.reading.headings import folded

_ROWS_TO_LOOK_AT = 30
_ROWS_TO_MEET = 400
#: The rows that may hold headings below the first of them; a row of teachers' names may stand between.
_BELOW = ((), (1,), (1, 2), (2,))
_LONGEST = 255
"""Characters that Excel allows in a heading of a table."""
_WORDS = frozenset(
    word
    for words in (
        AM_COLUMNS, DATE_COLUMNS, DROP_COLUMNS, HALF_COLUMNS, MARK_COLUMNS, PM_COLUMNS, SUBJECT_COLUMNS, WEEK_COLUMNS,
        *WHO_WORDS.values(), *MEASURES.values(), *CONTACT_NAMES.values(),
        *(words for sheet in RECORD_WORDS.values() for words in sheet.values()),
    )
    for word in words
)  # fmt: skip
_OWN = frozenset(heading for one in SHEETS for heading in own_headings(one))


@dataclass(frozen=True)
class Layout:
    """A page whose headings were found: how many of them are known, how many rows are about learners of the tracker."""

    page: Page
    options: FileOptions
    known: int
    learners: int

    def source(self) -> Source:
        """The headings and rows of the page."""
        return source_of(self.page, self.options)


class Finder:
    """Finds headings by what is known of words, and rows by the learners of a tracker."""

    def __init__(self, facts: Facts, phrases: Phrases) -> None:
        self.facts, self.phrases = facts, phrases

    def layout(self, page: Page, options: FileOptions) -> Layout | None:
        """How a page is laid out; None where no row of it reads like headings: one word is never enough."""
        top = page.rows[0] - 1 if page.rows else 0
        about = [self._about_learner(row) for row in page.cells[: top + _ROWS_TO_MEET]]
        first = next((row for row, hit in enumerate(about) if hit), len(page.cells))
        best: tuple[tuple[int, int, int], list[int]] | None = None
        for start in range(top, min(first, top + _ROWS_TO_LOOK_AT, len(page.cells))):
            for below in _BELOW:
                rows = [start, *(start + one for one in below)]
                if rows[-1] >= min(first, len(page.cells)) or not any(page.cells[start]):
                    continue
                if below and not self._heads(page, rows):
                    continue
                known = sum(self.knows(heading) for heading in joined_headings(page, rows) if heading)
                told = sum(self._tells(heading) for heading in joined_headings(page, rows) if heading)
                rank = (told, -len(rows), -start)
                if known > 1 and (best is None or rank > best[0]):
                    best = rank, rows
        if best is None:
            return None
        rows, known = best[1], sum(map(self.knows, joined_headings(page, best[1])))
        learners = sum(about[rows[-1] + 1 :])
        groups = self._groups(page, rows[-1] + 1) if learners else ()
        found = FileOptions(
            encoding=options.encoding, delimiter=options.delimiter, sheet=page.name or None,
            headings_rows=tuple(row + 1 for row in rows), notes=True, groups=groups, rows=page.rows,
        )  # fmt: skip
        return Layout(page, found, known, learners)

    def tables(self, page: Page) -> list[Page]:
        """The tables of a page that stand one below the other."""
        return Tables(self.phrases, self.facts.year, self.knows, self._about_learner).of(page)

    def across(self, page: Page) -> bool:
        """Whether learners stand side by side in one of the first rows."""
        rows = page.cells[:_ROWS_TO_LOOK_AT]
        return any(sum(self._about_learner([cell]) for cell in row if cell is not None) > 1 for row in rows)

    def knows(self, heading: str) -> bool:
        """Whether a heading is one that exports have."""
        if len(heading) > _LONGEST:
            return False
        text = plain(heading)
        return (
            text in _WORDS
            or without_question(text) in _WORDS
            or folded(heading) in _OWN
            or any(who_word(heading, role) is not None for role in WHO_WORDS)
            or session_of(heading, year=self.facts.year) is not None
            or session_of(without_weekday(heading)) is not None  # a date that is another day: told later
            or week_in([heading], year=self.facts.year) is not None
            or self.phrases.part(heading).understood
            or SENSITIVE.search(text) is not None
            or of_a_contact(heading)
        )

    def _tells(self, heading: str) -> int:
        """How much a heading tells: one thing, or subject, drop and measure of marks each for themselves."""
        if len(heading) > _LONGEST:
            return 0
        session = session_of(heading, year=self.facts.year)
        if session:
            return 1 + bool(session[1])
        part = self.phrases.part(heading)
        if part.understood:
            return sum(map(bool, (part.subjects, part.drops is not None, part.measure)))
        return int(self.knows(heading))

    def _heads(self, page: Page, rows: Sequence[int]) -> bool:
        """Whether rows may be one block of headings: no title of one cell among them, no row without a heading."""
        counts = [sum(cell is not None for cell in page.cells[row]) for row in rows]
        if min(counts) == 0:
            return False
        above, below = page.cells[rows[0]], page.cells[rows[-1]]
        alone = [place for place, cell in enumerate(above) if cell is not None]
        left = min(place for row in rows[1:] for place, cell in enumerate(page.cells[row]) if cell is not None)
        return not (len(alone) == 1 and alone[0] <= left) and any(isinstance(cell, (str, date)) for cell in below)

    def _about_learner(self, row: Sequence[Value]) -> bool:
        known = self.facts.learners
        names = []
        for cell in row[:30]:
            if cell is None:
                continue
            text = as_text(cell)
            if any(known.identified(key, text) for key in ("id", "upn", "uln", "email")):
                return True
            if isinstance(cell, str) and len(cell) < 80:
                if known.named(readings(cell)):
                    return True
                names.append(bare(cell))
        firsts, surnames = known.firsts.intersection(names), known.surnames.intersection(names)
        return any(known.named([(first, surname)]) for first in firsts for surname in surnames)

    def _groups(self, page: Page, first: int) -> tuple[str, ...]:
        """The forms, subjects or data drops that rows of one cell name; drops only if they begin above all rows."""
        found: dict[str, bool] = {}
        above, begun = True, False
        for row in page.cells[first:]:
            filled = [cell for cell in row if cell is not None]
            if len(filled) == 1 and isinstance(filled[0], str):
                text = " ".join(filled[0].split())
                part = self.phrases.part(text)
                told = part.understood and part.drops != frozenset()
                if form_of(text, self.facts.learners) or len(self.facts.subjects_of(text)) == 1:
                    found[text] = True
                elif told and (len(part.subjects or ()) == 1 or above or begun):
                    found[text] = begun = True
            above = above and len(filled) < 2
        return tuple(found)
