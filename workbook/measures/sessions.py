"""Register marks as sessions: whose, on which day, morning or afternoon, and what the code counts as.

Sources: the classes of codes are those of the Codes sheet, which in a new tracker are the Department for Education's
in force from 19 August 2024. A blank or ``-`` is a mark still missing: neither absent nor present.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workbook.measures.calendar import monday
from workbook.measures.codes import COUNTS, MARK_KEYS, code_counts, counted_codes
from workbook.measures.learners import Learners
from workbook.measures.roll import Roll
from workbook.model import Tracker, Value
from workbook.model.excel import fold, is_error, text
from workbook.model.marks import is_missing
from workbook.model.tracker import as_date

WEEK = len(MARK_KEYS)
"""Sessions in a week."""


class Codes:
    """What each register code counts as."""

    def __init__(self, tracker: Tracker) -> None:
        columns = code_counts(tracker)
        self._counting = {what: counted_codes(columns, what) for what in COUNTS}

    def counts(self, mark: str, what: str) -> bool:
        """Whether a mark counts as possible, attended, unauthorised or late."""
        return fold(mark) in self._counting[what]


@dataclass(frozen=True)
class Tally:
    """Sessions counted: whole numbers first, percentages only from these."""

    possible: int
    attended: int
    unauthorised: int
    late: int

    @property
    def absent(self) -> int:
        """Possible sessions missed, for whatever reason."""
        return self.possible - self.attended

    @property
    def authorised(self) -> int:
        """Sessions missed with authorisation."""
        return self.absent - self.unauthorised

    @property
    def attendance(self) -> float | None:
        """Attendance in percent, not rounded; None where no session was possible."""
        return 100 * self.attended / self.possible if self.possible else None

    @property
    def unauthorised_percent(self) -> float | None:
        """Unauthorised absence in percent of possible sessions, not rounded."""
        return 100 * self.unauthorised / self.possible if self.possible else None

    @property
    def persistent(self) -> bool:
        """A tenth of the possible sessions missed, or more: exactly 90% attendance is persistent absence."""
        return self.possible > 0 and 10 * self.absent >= self.possible

    @property
    def severe(self) -> bool:
        """Half of the possible sessions missed, or more."""
        return self.possible > 0 and 2 * self.absent >= self.possible


def tally(counts: Mapping[str, int], codes: Codes) -> Tally:
    """The tally of sessions given how often each code occurs."""
    return Tally(*(sum(n for code, n in counts.items() if codes.counts(code, what)) for what in COUNTS))


class Mask(tuple[int, ...]):
    """Sessions chosen: a whole number for each learner, whose bits are the sessions of the year in order.

    Bit 0 is the first Monday's morning; a week has as many bits as the Registers sheet has marks in a row.
    """

    __slots__ = ()

    def __and__(self, other: Mask) -> Mask:
        return Mask(mine & its for mine, its in zip(self, other, strict=True))

    def __invert__(self) -> Mask:
        return Mask(~mine for mine in self)


class Sessions:
    """Every session of the academic year up to a day, as masks: what exists, the four measures, and what is missing.

    A session is one of a school day on which the learner is on roll, study leave aside (`Roll`); marks of other days
    are of none. Of several rows for the same learner and week the first counts (`rows_again`).
    """

    def __init__(self, tracker: Tracker, learners: Learners, roll: Roll, on: date) -> None:
        rows, marks = _read(tracker, learners, on)
        self.learners = learners
        self.first = monday(tracker.year[0]).toordinal()
        last = min(on, tracker.year[1]).toordinal()  # weeks that nobody has a row for are weeks too
        self.weeks = max([*((week - self.first) // 7 + 1 for _, week in rows), (last - self.first) // 7 + 1, 0])
        parts = ("exists", *COUNTS, "missing")
        size = self.weeks * WEEK
        packed = [0] * len(learners)  # the parts one behind the other, so that a row is put in by one step
        for (who, week), row in zip(rows, self._packed(marks, Codes(tracker), parts, size), strict=True):
            packed[who] |= row << (week - self.first) // 7 * WEEK
        counted = self._counted(roll, on)
        self.parts = {
            part: Mask((one >> place * size) & mine for one, mine in zip(packed, counted, strict=True))
            for place, part in enumerate(parts)
        }
        self.exists, self.missing = self.parts["exists"], self.parts["missing"]
        self.masks = {what: self.parts[what] for what in COUNTS}

    def _counted(self, roll: Roll, on: date) -> list[int]:
        """The sessions that count for each learner, as bits."""
        school = 0
        for day in roll.calendar.school_days(date.min, on):
            school |= self.axis(day.toordinal(), day.toordinal())
        spans = (roll.span(one) for one in self.learners.all)
        return [school & self.axis(first.toordinal(), last.toordinal()) for first, last in spans]

    @staticmethod
    def _packed(marks: list[list[str]], codes: Codes, parts: tuple[str, ...], size: int) -> Iterable[int]:
        """Each row of marks as bits; most rows are alike, so each kind of row is worked out once."""
        bits: dict[str, int] = {}
        for mark in dict.fromkeys(mark for column in marks for mark in set(column)):
            holds = (True, *(codes.counts(mark, what) for what in parts[1:-1]), is_missing(mark))
            bits[mark] = sum(1 << place * size for place, held in enumerate(holds) if held)
        known: dict[tuple[str, ...], int] = {}
        for row in zip(*marks, strict=True):
            if row not in known:
                known[row] = sum(bits[mark] << place for place, mark in enumerate(row))
            yield known[row]

    def axis(self, first: int, last: int) -> int:
        """The sessions from one day to another (ordinals, both included) as bits."""
        return _span(self.place(last + 1)) & ~_span(self.place(first))

    def place(self, day: int) -> int:
        """How many sessions of the year lie before a day (an ordinal)."""
        week, weekday = divmod(max(0, day - self.first), 7)
        return min(week, self.weeks) * WEEK + (min(2 * weekday, WEEK) if week < self.weeks else 0)

    def day(self, place: int) -> int:
        """The day (an ordinal) of a session."""
        return self.first + place // WEEK * 7 + place % WEEK // 2

    def count(self, mask: Mask) -> list[int]:
        """How many sessions of a mask each learner has."""
        return [one.bit_count() for one in mask]

    def tallies(self, within: Mask | None = None) -> list[Tally]:
        """The tally of each learner, over all sessions or those ``within`` a mask."""
        chosen = (mask if within is None else mask & within for mask in self.masks.values())
        return [Tally(*numbers) for numbers in zip(*map(self.count, chosen), strict=True)]

    def between(self, first: date, last: date) -> Mask:
        """The sessions from one day to another, both included."""
        return self.everywhere(self.axis(first.toordinal(), last.toordinal()))

    def everywhere(self, axis: int) -> Mask:
        """The same sessions for every learner."""
        return Mask([axis] * len(self.learners))

    def last_days(self) -> list[date | None]:
        """The last day on which each learner has a mark that is not missing."""
        given = self.exists & ~self.missing
        return [date.fromordinal(self.day(one.bit_length() - 1)) if one else None for one in given]


def _span(places: int) -> int:
    return (1 << places) - 1


def rows_again(tracker: Tracker, learners: Learners) -> frozenset[int]:
    """The rows of Registers for a learner and week that an earlier row has: none of their marks is of a session.

    `workbook.model.questions.WEEK_AGAIN` is the same as a formula.
    """
    return frozenset(row for rows in weeks_twice(tracker, learners) for row in rows[1:])


def weeks_twice(tracker: Tracker, learners: Learners) -> list[list[int]]:
    """The rows of Registers for each learner and week that has several, from above.

    Learners who are not listed have no attendance, so their rows are not compared.
    """
    table = tracker["Registers"]
    mondays = {week: monday(day).toordinal() for week in set(table["week"]) if (day := as_date(week))}
    first: dict[tuple[int, int], int] = {}
    several: dict[int, list[int]] = {}
    for row, (value, week) in enumerate(zip(table["learner_id"], table["week"], strict=True)):
        who, begin = learners.find(value), mondays.get(week)
        if who is None or begin is None:
            continue
        kept = first.setdefault((who, begin), row)
        if kept != row:
            several.setdefault(kept, [kept]).append(row)
    return list(several.values())


def _read(tracker: Tracker, learners: Learners, on: date) -> tuple[list[tuple[int, int]], list[list[str]]]:
    """Learner and Monday of each week that counts, and the marks column by column."""
    registers = tracker["Registers"]
    first = monday(tracker.year[0])
    rows: dict[tuple[int, int], int] = {}
    weeks = {week: monday(day).toordinal() for week in set(registers["week"]) if (day := as_date(week))}
    held = {week: begin for week, begin in weeks.items() if first.toordinal() <= begin <= on.toordinal()}
    for i, (value, week) in enumerate(zip(registers["learner_id"], registers["week"], strict=True)):
        who, begin = learners.find(value), held.get(week)
        if who is None or begin is None:
            continue
        rows.setdefault((who, begin), i)
    places = list(rows.values())
    columns = [[mark if type(mark) is str else _mark(mark) for mark in registers[key]] for key in MARK_KEYS]
    return list(rows), [[column[i] for i in places] for column in columns]


def _mark(value: Value) -> str:
    if type(value) is str:
        return value
    return "" if value is None else "an error" if is_error(value) else text(value)
