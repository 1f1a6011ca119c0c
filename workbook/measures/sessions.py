"""Register marks as sessions: whose, on which day, morning or afternoon, and what the code counts as.

Sources: the classes of codes are those of the Codes sheet, which in a new tracker are the Department for Education's
in force from 19 August 2024. A blank or ``-`` is a mark still missing: neither absent nor present.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbook.measures.calendar import monday
from workbook.measures.computed import COUNTS, MARK_KEYS, code_counts, counted_codes
from workbook.measures.excel import fold, is_error, text
from workbook.measures.learners import Learners
from workbook.model import Tracker, Value
from workbook.model.tracker import as_date

Whole: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

MISSING = ("", "-")


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


class Sessions:
    """Every session of the academic year up to a day, one entry a session in parallel arrays.

    ``learner`` is the position in `Learners`, ``day`` an ordinal, ``half`` 0 for am and 1 for pm; the four measures
    and ``missing`` are masks. Two rows for the same learner and week are read as one: the first mark counts.
    """

    def __init__(self, tracker: Tracker, learners: Learners, on: date) -> None:
        rows, marks = _read(tracker, learners, on)
        kinds = {mark: i for i, mark in enumerate(dict.fromkeys(mark for column in marks for mark in set(column)))}
        codes = Codes(tracker)
        code = np.array([[kinds[mark] for mark in column] for column in marks], dtype=np.int32).T.ravel()
        who, weeks = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
        width = len(MARK_KEYS)
        day = np.repeat(weeks, width) + np.tile(np.arange(width) // 2, len(rows))
        kept = day <= on.toordinal()
        self.learners = learners
        self.learner: Whole = np.repeat(who, width)[kept]
        self.day: Whole = day[kept]
        self.half: Whole = np.tile(np.arange(width) % 2, len(rows))[kept]
        code = code[kept]
        self.masks: dict[str, Mask] = {
            what: np.array([codes.counts(mark, what) for mark in kinds], dtype=bool)[code] for what in COUNTS
        }
        self.missing: Mask = np.array([mark in MISSING for mark in kinds], dtype=bool)[code]

    def count(self, mask: Mask) -> Whole:
        """How many sessions of a mask each learner has."""
        return np.bincount(self.learner[mask], minlength=len(self.learners))

    def tallies(self, within: Mask | None = None) -> list[Tally]:
        """The tally of each learner, over all sessions or those ``within`` a mask."""
        chosen = (mask if within is None else mask & within for mask in self.masks.values())
        return [Tally(*numbers) for numbers in zip(*(self.count(mask).tolist() for mask in chosen), strict=True)]

    def between(self, first: date, last: date) -> Mask:
        """The sessions from one day to another, both included."""
        return (self.day >= first.toordinal()) & (self.day <= last.toordinal())

    def last_days(self) -> list[date | None]:
        """The last day on which each learner has a mark that is not missing."""
        latest = np.zeros(len(self.learners), dtype=np.int64)
        given = ~self.missing
        np.maximum.at(latest, self.learner[given], self.day[given])
        return [date.fromordinal(day) if day else None for day in latest.tolist()]


def _read(tracker: Tracker, learners: Learners, on: date) -> tuple[list[tuple[int, int]], list[list[str]]]:
    """Learner and Monday of each week that counts, and the marks column by column."""
    registers = tracker["Registers"]
    first = monday(tracker.year[0])
    rows: dict[tuple[int, int], int] = {}
    again: list[tuple[int, int]] = []
    for i, (value, week) in enumerate(zip(registers["learner_id"], registers["week"], strict=True)):
        who, day = learners.find(value), as_date(week)
        if who is None or day is None or not first <= day <= on:
            continue
        key = (who, monday(day).toordinal())
        if key in rows:
            again.append((rows[key], i))
        else:
            rows[key] = i
    places = list(rows.values())
    columns = [list(map(_mark, registers[key])) for key in MARK_KEYS]
    for kept, other in again:
        for column in columns:
            if column[kept] in MISSING:
                column[kept] = column[other]
    return list(rows), [[column[i] for i in places] for column in columns]


def _mark(value: Value) -> str:
    if type(value) is str:
        return value
    return "" if value is None else "an error" if is_error(value) else text(value)
