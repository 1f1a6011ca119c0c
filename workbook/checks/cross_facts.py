"""What cross-checks ask of the rest of the tracker: placements and marks W, groups, topics, each learner's year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from workbook.checks.record_facts import Places, RecordFacts
from workbook.checks.spelling import bare, text_of
from workbook.measures.calendar import monday
from workbook.measures.codes import MARK_KEYS, code_counts, counted_codes
from workbook.measures.distinct import each
from workbook.measures.learners import word
from workbook.model.excel import fold
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import Value

LEFT, YEAR = "learner.left", "learner.year"
OF_LEARNER = (LEFT, YEAR)
"""What a check may read of a row's learner, in place of the ID: the day that one left, and the year group."""
_W = "w"


class Placement(NamedTuple):
    """A placement whose days are known: its row's place, the learner's, first and last day."""

    place: int
    learner: int
    start: date
    end: date


class Facts(RecordFacts):
    """What is asked of placements, groups and topics, beside what `RecordFacts` tells."""

    def column(self, table: Table, key: str) -> list[Any]:
        """What stands in a column of a table, or what is known of the learner of each row (`OF_LEARNER`)."""
        if key not in OF_LEARNER:
            return table[key]
        ask = {LEFT: self.left, YEAR: self.year}[key]
        return each(table["learner_id"], ask)

    def year(self, learner: Value) -> float | None:
        """A learner's year group, where its cell is in order."""
        place = self._known.people.find(learner) if learner is not None else None
        if place is None:
            return None
        learners = self._known.tracker["Learners"]
        one = self._known.people.all[place]
        return None if (learners.sheet.name, learners.cell("year", one.row)) in self._taken else one.year

    # Placements

    @cached_property
    def _placements(self) -> dict[int, list[Placement]]:
        """Placements by learner, as far as their days are known."""
        table = self._known.tracker["Workexperience"]
        found: dict[int, list[Placement]] = {}
        rows = zip(*(table[key] for key in ("learner_id", "start", "end")), strict=True)
        for place, (learner, first, last) in enumerate(rows):
            who, start, end = self._known.people.find(learner), as_date(first), as_date(last)
            if who is not None and start and end and start <= end:
                found.setdefault(who, []).append(Placement(place, who, start, end))
        return found

    @cached_property
    def _unsure(self) -> set[int]:
        """Learners with a placement whose days are not known, which may cover any day."""
        table = self._known.tracker["Workexperience"]
        sure = {one.place for all_ in self._placements.values() for one in all_}
        whose = (self._known.people.find(one) for place, one in enumerate(table["learner_id"]) if place not in sure)
        return {one for one in whose if one is not None}

    @cached_property
    def same_days(self) -> Places:
        """Placements that have a day of an earlier one of the same learner."""
        return self._meeting("Workexperience", chain.from_iterable(self._placements.values()))

    @cached_property
    def without_w(self) -> list[int]:
        """Placements on whose days the learner was marked present, and never with W."""
        known = chain.from_iterable(self._placements.values())
        return [one.place for one in known if self._attended_without_w(one)]

    def covered(self, learner: Value, day: date) -> bool:
        """Whether a placement covers a day for a learner, as far as can be told."""
        who = self._known.people.find(learner)
        if who is None or who in self._unsure:
            return True
        return any(one.start <= day <= one.end for one in self._placements.get(who, ()))

    @cached_property
    def marks_w(self) -> list[tuple[int, str, date]]:
        """Marks W that no placement covers: place of the row, column, day; the first of each row."""
        table = self._known.tracker["Registers"]
        first: dict[int, tuple[int, str, date]] = {}
        again = self._known.rows_again
        for number, key in enumerate(MARK_KEYS):
            column = table[key]
            if not {"W", "w"} & set(column):
                continue
            for place, mark in enumerate(column):
                unseen = mark in ("W", "w") and place not in first and place not in again
                if unseen and (week := as_date(table["week"][place])):
                    day = monday(week) + timedelta(days=number // 2)
                    if not self.covered(table["learner_id"][place], day):
                        first[place] = (place, key, day)
        return [first[place] for place in sorted(first)]

    def _attended_without_w(self, placement: Placement) -> bool:
        marks = list(self._marks(placement))
        return _W not in marks and any(mark in self._attended for mark in marks)

    def _marks(self, placement: Placement) -> Iterator[str]:
        table = self._known.tracker["Registers"]
        for place in self._register_rows.get(placement.learner, ()):
            week = as_date(table["week"][place])
            if week is None or not placement.start - timedelta(days=6) <= week <= placement.end:
                continue
            for number, key in enumerate(MARK_KEYS):
                day = monday(week) + timedelta(days=number // 2)
                if placement.start <= day <= placement.end and self._known.roll.counts(placement.learner, day):
                    yield bare(text_of(table[key][place]))

    @cached_property
    def _attended(self) -> set[str]:
        return counted_codes(code_counts(self._known.tracker), "attended")

    @cached_property
    def _register_rows(self) -> dict[int, list[int]]:
        """The rows of Registers of each learner who has a placement."""
        rows: dict[int, list[int]] = {}
        for place, learner in enumerate(self._known.tracker["Registers"]["learner_id"]):
            who = self._known.people.find(learner)
            if who in self._placements and place not in self._known.rows_again:
                rows.setdefault(who, []).append(place)
        return rows

    # Groups

    @cached_property
    def _members(self) -> dict[str, list[tuple[int, date, date]]]:
        """The members of each group, by its name in small letters, with their first and last day in it."""
        table = self._known.tracker["Groups"]
        found: dict[str, list[tuple[int, date, date]]] = {}
        rows = zip(*(table[key] for key in ("group", "learner_id", "joined", "left")), strict=True)
        for group, learner, joined, left in rows:
            who = self._known.people.find(learner)
            if who is not None:
                one = self._known.people.all[who]
                first = max(as_date(joined) or date.min, one.started or date.min)
                last = min(as_date(left) or date.max, one.left or date.max)
                found.setdefault(fold(word(group)), []).append((who, first, last))
        return found

    def anyone_in(self, group: Value, start: date, end: date) -> bool:
        """Whether a group had a member on roll on some day of a time."""
        return any(first <= end and start <= last for _, first, last in self._members.get(fold(word(group)), ()))

    # Personal development

    @cached_property
    def _topics(self) -> dict[str, list[tuple[float | None, date | None]]]:
        table = self._known.tracker["PDtopics"]
        found: dict[str, list[tuple[float | None, date | None]]] = {}
        for topic, year, week in zip(*(table[key] for key in ("topic", "year_group", "week")), strict=True):
            day = as_date(week)
            group = float(year) if isinstance(year, (int, float)) and not isinstance(year, bool) else None
            found.setdefault(fold(word(topic)), []).append((group, monday(day) if day else None))
        return found

    def years_of(self, topic: Value) -> set[float]:
        """The years a topic is for; empty where it is for all, or not known."""
        years = {year for year, _ in self._topics.get(fold(word(topic)), ())}
        return set() if None in years else {year for year in years if year is not None}

    def first_week_of(self, topic: Value, year: float | None) -> date | None:
        """The Monday of the first week in which a topic is taught to a year."""
        mine = [
            week for of, week in self._topics.get(fold(word(topic)), ()) if of is None or year is None or of == year
        ]
        return None if None in mine else min((week for week in mine if week), default=None)
