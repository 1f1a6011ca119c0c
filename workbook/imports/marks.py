"""Register marks of a file: a column for each session, a row for each, or a week's marks in one text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from workbook.imports.mapping import Map, Marks
from workbook.imports.parse import NotTaken, is_dash
from workbook.imports.sessions import (
    PER_WEEK,
    count_in,
    day_in,
    half_in,
    marks_in,
    monday_of,
    no_monday,
    session_of,
    week_in,
)
from workbook.imports.source import Source, SourceRow
from workbook.imports.wanted import Wanted
from workbook.imports.words import as_text, shown
from workbook.model import CannotDo, Value
from workbook.model.formulas import DAYS
from workbook.model.vocabulary import key_of
from workbook.reading.headings import folded
from workbook.reading.written_dates import read_date, serial_date

Sessions = Mapping[str, tuple[date | int, str]]
TITLE = "{title}"
_CLOSED = ("", "#", "-", "–")


class Known(Protocol):
    """What a tracker knows that marks are read by: the year its academic year starts in, its register codes."""

    year: int
    codes: Collection[str]


def pattern_of(text: str, names: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of headings: ``{name}`` stands for the words of a name, ``{any}`` for anything, the rest for itself."""
    pieces = re.split(r"(\{\w+\})", text)
    parts = [
        names.get(piece[1:-1], ".*?" if piece == "{any}" else re.escape(piece))
        if piece.startswith("{")
        else r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece))
        for piece in pieces
    ]
    return re.compile("".join(parts), re.IGNORECASE)


def has(source: Source) -> str:
    """The first headings of a file, for a sentence."""
    return f" (it has {', '.join(source.headings[:6])})"


def session_columns(source: Source, plan: Map, marks: Marks, year: int) -> Sessions:
    """The columns of the file that hold marks: the day and the half of each."""
    dates = marks.dates or plan.file.dates
    found: dict[str, tuple[date | int, str]] = {}
    if marks.sessions:
        told = ((heading, session_of(heading, dates, year)) for heading in source.headings)
        found = {heading: session for heading, session in told if session}
    else:
        pattern = pattern_of(marks.headings, {"date": "(?P<date>.+?)", "half": "(?P<half>.+?)"})
        for heading in source.headings:
            match = pattern.fullmatch(heading)
            if match:
                day, half = read_date(match["date"], dates, year), _half(match["half"], marks)
                if day and half:
                    found[heading] = (day, half)
    if not found:
        like = "sessions, such as 08/02/2027 AM" if marks.sessions else marks.headings
        raise CannotDo(
            f"{source.name} has no column whose heading reads like {like}: correct headings and dates in "
            f"the map{has(source)}."
        )
    return found


def _half(text: str, marks: Marks) -> str:
    words = folded(text)
    if words in {folded(one) for one in marks.am_words}:
        return "am"
    return "pm" if words in {folded(one) for one in marks.pm_words} else half_in(words)


def with_marks(
    source: Source, plan: Map, marks: Marks, sessions: Sessions, row: SourceRow, one: Wanted, known: Known
) -> Iterator[Wanted]:
    """One row for each week in which the row of the file has a mark."""
    weeks: dict[date, Wanted] = {}
    try:
        if one.reason and one.about_learner:
            raise NotTaken(one.reason, *one.asks)
        found = list(_marks_of(source, plan, marks, sessions, row, known))
    except NotTaken as reason:
        one.reason, one.asks = one.reason or str(reason), one.asks or reason.asks
        yield one
        return
    for day, half, value in found:
        mark = _mark(value, half, marks)
        if mark is None or (day.weekday() >= len(DAYS) and mark in _CLOSED):
            continue
        monday = monday_of(day)
        week = weeks.get(monday)
        if week is None:
            week = weeks[monday] = Wanted(
                one.number, one.values | {"week": monday}, one.wipes, one.reason, one.asks, one.named
            )
        if day.weekday() >= len(DAYS):
            week.reason = week.reason or f"{day:%d/%m/%Y} is a {day:%A}, and a register has no place for its mark"
        else:
            week.values[key_of(f"{DAYS[day.weekday()]} {half}")] = mark
    yield from weeks.values()


def _marks_of(
    source: Source, plan: Map, marks: Marks, sessions: Sessions, row: SourceRow, known: Known
) -> Iterator[tuple[date, str, Value]]:
    """Day, half and value of each mark in a row of the file."""
    year, codes = known.year, known.codes
    dates = marks.dates or plan.file.dates
    if sessions:
        monday = _monday(source, marks.week, row, dates, year) if marks.week else None
        for heading, (day, half) in sessions.items():
            if isinstance(day, int):
                if monday is None:
                    raise NotTaken("The week is not said: name the column that says it, or a title with w/c and a date")
                day = monday + timedelta(days=day)
            yield from _halves(row.values[heading], day, half, codes)
        return
    if marks.text:
        day = _monday(source, marks.date, row, dates, year)
        yield from _week_of_marks(row.values[source.heading(marks.text)], day, codes, marks)
        return
    day = _day(source, marks.date, row, dates, year)
    if marks.mark and not marks.half:
        yield from _halves(row.values[source.heading(marks.mark)], day, "", codes)
        return
    if marks.mark:
        half = _half(as_text(row.values[source.heading(marks.half)]), marks)
        if not half:
            told_half = row.values[source.heading(marks.half)]
            raise NotTaken(f"{marks.half} should say am or pm, not {shown(told_half)}; see am_words in the map")
        yield day, half, row.values[source.heading(marks.mark)]
        return
    for half, heading in (("am", marks.am), ("pm", marks.pm)):
        if heading:
            yield day, half, row.values[source.heading(heading)]


def _day(source: Source, heading: str, row: SourceRow, dates: tuple[str, ...], year: int) -> date:
    if heading == TITLE:
        said = day_in(source.titles, dates)
        if said is None:
            raise NotTaken("The title of the file does not say the day of its marks")
        return said
    told = row.values[source.heading(heading)]
    day: date | None = None
    if isinstance(told, datetime):
        day = told.date()
    elif isinstance(told, date):
        day = told
    elif isinstance(told, str):
        day = read_date(told, dates, year) or (serial_date(float(told)) if told.isdecimal() else None)
    elif isinstance(told, (int, float)):
        day = serial_date(told)
    if day is None:
        raise NotTaken(f"{heading} should be a date, not {shown(told)}")
    return day


def _monday(source: Source, said: str, row: SourceRow, dates: tuple[str, ...], year: int) -> date:
    """The Monday on which a week begins: what the title says, a date that the map says, or a column of the file."""
    if said == TITLE:
        day = week_in(source.titles, dates, year)
        if day is None:
            raise NotTaken("The title of the file does not say the Monday on which its week begins")
    else:
        told = None if source.find(said) else read_date(said)
        day = told or _day(source, said, row, dates, year)
    if day.weekday():
        raise NotTaken(f"{no_monday(day)}. Write the Monday in the file")
    return day


def _halves(value: Value, day: date, half: str, codes: Collection[str]) -> Iterator[tuple[date, str, Value]]:
    """The marks of a cell: one where its heading says the half, else the two of a day."""
    if half or value is None:
        yield from ((day, half, value) for _ in range(bool(half)))
        return
    read = marks_in(as_text(value), codes, 2)
    if len(read) != 1:
        raise NotTaken(f"{day:%a %d/%m/%Y} {shown(value)} should be two marks, am and pm")
    yield from ((day, which, mark or None) for which, mark in zip(("am", "pm"), read[0], strict=True))


def _week_of_marks(value: Value, day: date, codes: Collection[str], marks: Marks) -> Iterator[tuple[date, str, Value]]:
    text = as_text(value)
    codes = {*codes, *marks.values, *marks.am_values, *marks.pm_values}
    read = [(days, way) for days in (5, 7) for way in marks_in(text, codes, 2 * days)]
    if not text:
        return
    if len(read) > 1:
        raise NotTaken(f"The marks {shown(text)} can be read in more than one way: part them with blanks")
    if not read:
        raise NotTaken(f"The marks {shown(text)} are {count_in(text)} marks, where a week has {PER_WEEK}", None)
    for place, mark in enumerate(read[0][1]):
        yield day + timedelta(days=place // 2), ("am", "pm")[place % 2], mark or None


def _mark(value: Value, half: str, marks: Marks) -> Value:
    """The mark that a value of the file stands for; a dash is a mark still missing."""
    own = marks.am_values if half == "am" else marks.pm_values
    mark = _translated(_translated(value, own) if own else value, marks.values)
    return None if mark is None or is_dash(as_text(mark)) else as_text(mark)


def _translated(value: Value, values: Mapping[str, str]) -> Value:
    text = folded(as_text(value))
    return (values[text] or None) if text in values else value
