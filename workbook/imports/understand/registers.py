"""Registers: a column for each session, a row for each, or the marks of a week in one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbook.imports.judge import fold
from workbook.imports.mapping import Marks, Rows
from workbook.imports.marks import TITLE
from workbook.imports.sessions import (
    AM_WORDS,
    PER_WEEK,
    PM_WORDS,
    day_in,
    half_in,
    marks_in,
    mondays_meant,
    no_monday,
    session_of,
    week_in,
)
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.lexicon import (
    AM_COLUMNS,
    DATE_COLUMNS,
    HALF_COLUMNS,
    MARK_COLUMNS,
    PM_COLUMNS,
    WEEK_COLUMNS,
    plain,
)  # fmt: skip
from workbook.imports.understand.mark_words import MarkWords, of_words
from workbook.imports.understand.refusals import is_share
from workbook.imports.who import Who
from workbook.imports.words import as_text
from workbook.model import CannotDo, Value, sheet
from workbook.model.problem_kind import shortened
from workbook.reading.written_dates import read_date, serial_date

_SHEET = "Registers"
#: A mark with its words is no longer than this.
_LONGEST_MARK = 60


class Registers:
    """Makes the rows of Registers that a file holds."""

    def __init__(self, columns: Columns, who: Who | None) -> None:
        self.columns, self.who = columns, who
        self.facts, self.asker = columns.facts, columns.asker
        self.words = MarkWords(columns)
        self.codes = self.words.codes

    def rows(self) -> tuple[Rows, ...]:
        """The blocks of the map; none where the file holds no marks of sessions."""
        weeks = list(self._weeks_in_headings())
        marks = None if weeks else self._text() or self._by_row() or self._by_column()
        one = sheet(_SHEET)
        return tuple(
            Rows(one, {}, same=one.unique, marks=each, who=self.who) for each in (*weeks, marks) if each is not None
        )

    def _weeks_in_headings(self) -> Iterator[Marks]:
        """Columns of which each holds the marks of a week in one text, under the Monday that its heading says."""
        for heading in list(self.columns.free):
            day = week_in([heading], (), self.facts.year)
            if day and not day.weekday() and self.columns.share(heading, self._is_week):
                self.columns.take(heading)
                yield replace(self._of_text(heading), date=f"{day:%d/%m/%Y}", text=heading)

    def _by_column(self) -> Marks | None:
        """A column for each session, or for each day with two marks in a cell."""
        year = self.facts.year
        told = {heading: session for heading in self.columns.free if (session := session_of(heading, (), year))}
        told = {heading: session for heading, session in told.items() if self._holds_marks(heading, bool(session[1]))}
        if not told:
            return None
        dated = [heading for heading, (day, _) in told.items() if not isinstance(day, int)]
        dates = self.columns.dates(dated, as_heading=True) if dated else ()
        week = self._week() if len(dated) < len(told) else ""
        self.columns.take(*told)
        if len(dated) < len(told) and not week:
            return None
        return replace(self.words.in_columns(told), sessions=True, week=week, dates=dates)

    def _holds_marks(self, heading: str, one: bool) -> bool:
        values = self.columns.values(heading)
        longest = max((len(as_text(value)) for value in values), default=0)
        if is_share(self.columns.source, heading) or self.columns.share(heading, self._is_level) > 0.5:
            return False
        return longest <= (12 if one else 8) and not all(isinstance(value, float) for value in values or [1])

    def _tells_halves(self, date: str) -> bool:
        """Whether the time beside each date is one of two, before and after noon; lessons have more."""
        times = {text.replace("T", " ").partition(" ")[2] for text in self.columns.distinct(date)}
        halves = [half_in(f" {time}") for time in times]
        return bool(times) and all(halves) and len(times) == len(set(halves))

    def _is_day(self, value: Value) -> bool:
        """Whether a text is the two marks of a day."""
        return len(marks_in(as_text(value), self.codes, 2)) == 1

    def _is_level(self, value: Value) -> bool:
        """Whether a value is the level of a subject and no mark: a drop may be called by its day as well."""
        text = as_text(value)
        subjects = self.facts.subjects if len(text) > 2 or not text.isalpha() else ()
        return len(text) > 1 and any(self.facts.is_level(one, text) for one in subjects)

    def _week(self) -> str:
        """Where weekdays get their week from: a column, else the title; asked where neither says it."""
        among = [note for note in self.columns.source.notes if week_in([note], (), self.facts.year)]
        if among:
            raise CannotDo(
                f"{self.columns.source.name} says its weeks in lines among its rows ({shortened(among[0])}): put "
                "headings below each of these lines, or the Monday into a column Week, and import it again."
            )
        heading = self._date_column(WEEK_COLUMNS)
        if heading:
            self.columns.take(heading)
            return heading
        day = week_in(self.columns.source.titles, (), self.facts.year)
        if day and not day.weekday():
            return TITLE
        if day:
            choices = [(f"{one:%d/%m/%Y}", "") for one in mondays_meant(day)]
            return self.asker.ask("week", f"{no_monday(day)}. Which week are these marks of?", choices) or ""
        words = "The file does not say its week. On which Monday does it begin (such as 08/02/2027)?"
        answer = self.asker.ask("week", words)
        monday = read_date(answer, (), self.facts.year) if answer else None
        if answer and (monday is None or monday.weekday()):
            raise CannotDo(
                f"{no_monday(monday)}." if monday else f"{answer} is no date: write a Monday, as 08/02/2027."
            )
        return f"{monday:%d/%m/%Y}" if monday else ""

    def _date_column(self, words: Iterable[str]) -> str | None:
        year = self.facts.year

        def is_date(value: Value) -> bool:
            return (
                hasattr(value, "year")
                or (
                    as_text(value).isdecimal()
                    and len(as_text(value)) == 5
                    and serial_date(int(as_text(value))) is not None
                )
                or bool(isinstance(value, str) and read_date(value, (), year))
                or (bool(isinstance(value, str) and read_date(value, ("month first",), year)))
            )

        return self.columns.named(tuple(words), is_date)

    def _text(self) -> Marks | None:
        """The marks of a week in one text, beside the date of its Monday."""
        date = self._date_column((*WEEK_COLUMNS, *DATE_COLUMNS))

        def pronouns(value: Value) -> bool:  # they/them could be spelt with codes
            return re.fullmatch(r"[A-Za-z]{2,}(?:/[A-Za-z]{2,})+", as_text(value)) is not None

        def long(value: Value) -> bool:
            return len(as_text(value).replace(" ", "")) >= 6 and len(as_text(value)) <= 60

        def marked(heading: str) -> bool:  # words can be spelt with codes too
            if re.search(r"\b(?:marks?|codes?|register|attendance)\b", plain(heading)):
                return True
            return self.columns.share(heading, lambda value: re.search(r"[/\\]", as_text(value))) > 0.5

        fitting = [
            one
            for one in self.columns.free
            if one != date and marked(one) and self.columns.share(one, self._is_week)
            if self.columns.share(one, long) > 0.5 and not self.columns.share(one, pronouns) > 0.5
        ]
        if not fitting:
            return None
        dates = self.columns.dates([date]) if date else ()
        self.columns.take(*filter(None, (date, fitting[0])))
        date = date or self._week_of_texts(fitting[0]) or TITLE
        return replace(self._of_text(fitting[0]), date=date, text=fitting[0], dates=dates)

    def _is_week(self, value: Value) -> bool:
        """Whether a text may be the marks of a week, or would be with one more or less."""
        text = as_text(value)
        counts = range(6, 21) if re.search(r"[/\\]", text) else (PER_WEEK, 14)
        return any(marks_in(text, self.codes, count) for count in counts)

    def _of_text(self, heading: str) -> Marks:
        """What the marks of weeks in one text mean."""
        texts = map(as_text, self.columns.values(heading))
        read = (
            next((way for count in (PER_WEEK, 14) for way in marks_in(text, self.codes, count)), []) for text in texts
        )
        return self.words.of(Counter(mark for way in read for mark in way if mark))

    def _week_of_texts(self, heading: str) -> str:
        """The week that the title says of marks in one text; CannotDo where they begin at a weekend."""
        day = week_in(self.columns.source.titles, (), self.facts.year)
        if (
            day
            and day.weekday() > 4
            and self.columns.share(heading, lambda one: not marks_in(as_text(one), self.codes, 10))
        ):
            raise CannotDo(f"{no_monday(day)}. Export the week from its Monday, 10 marks from Monday to Friday.")
        return self._week()

    def _by_row(self) -> Marks | None:
        """A row for each session, or for each day with a column for each half."""
        date = self._date_column(DATE_COLUMNS) or (TITLE if day_in(self.columns.source.titles) else None)
        if not date:
            return None
        am, pm = self.columns.named(AM_COLUMNS), self.columns.named(PM_COLUMNS)
        if am and pm:
            dates = self.columns.dates([date]) if date != TITLE else ()
            told = {am: (0, "am"), pm: (0, "pm")}
            self.columns.take(date, am, pm)
            return replace(self.words.in_columns(told), date=date, am=am, pm=pm, dates=dates)
        if date == TITLE:
            return None
        words = {fold(one) for one in (*AM_WORDS, *PM_WORDS)}
        half = self.columns.named(HALF_COLUMNS, lambda value: fold(value) in words or half_in(as_text(value)))
        numbered = None if half else self.columns.named(("session", "half", "roll call"))
        if numbered and set(self.columns.distinct(numbered)) <= {"1", "2"}:  # lessons would go on to 3
            half = numbered
        marks = [one for one in MARK_COLUMNS if one != (half and plain(half))]
        mark = self.columns.named(tuple(marks), lambda value: len(as_text(value)) <= _LONGEST_MARK)
        if not half and mark and self._tells_halves(date):
            half = date
        if not half and mark and self.columns.share(mark, self._is_day) > 0.5:
            dates = self.columns.dates([date])
            self.columns.take(date, mark)
            return replace(self.words.in_columns({mark: (0, "")}), date=date, mark=mark, dates=dates)
        if not half or not mark or half == mark:
            return None
        dates = self.columns.dates([date])
        self.columns.take(date, half, mark)
        worded = {text: code for text in self.columns.distinct(mark) if (code := self.words.code_in(text))}
        counted = Counter(worded.get(text, text) for text in map(as_text, self.columns.values(mark)))
        return replace(
            of_words(self.words.of(counted), worded),
            date=date,
            half=half,
            mark=mark,
            dates=dates,
            am_words=(*AM_WORDS, "1") if numbered else AM_WORDS,
            pm_words=(*PM_WORDS, "2") if numbered else PM_WORDS,
        )
