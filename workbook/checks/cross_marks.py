"""What cross-checks ask of registers: a learner's marks of a day, and rows for weeks that have not come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from workbook.checks.reference import Known
from workbook.checks.spelling import bare, text_of
from workbook.measures.calendar import monday
from workbook.measures.codes import ABSENT_CLASSES, ATTENDED_CLASSES, MARK_KEYS
from workbook.model.tracker import as_date
from workbook.model.vocabulary import Value


class Marks:
    """The marks of those weeks and learners of whom other sheets speak; ``asked`` are their IDs and days."""

    def __init__(self, known: Known, asked: Iterable[tuple[Value, date]]) -> None:
        self._known = known
        self._asked = {(bare(text_of(who)), monday(day)) for who, day in asked if who is not None}

    @cached_property
    def _rows(self) -> dict[tuple[str, date], int]:
        table = self._known.tracker["Registers"]
        mondays = {value: monday(day) for value in set(table["week"]) if (day := as_date(value))}
        wanted, keys = self._asked, {who: bare(text_of(who)) for who in set(table["learner_id"]) if who is not None}
        found: dict[tuple[str, date], int] = {}
        for place, (who, week) in enumerate(zip(table["learner_id"], table["week"], strict=True)):
            if week in mondays and who in keys and (key := (keys[who], mondays[week])) in wanted:
                found.setdefault(key, place)
        return found

    @cached_property
    def _counts(self) -> dict[str, set[str]]:
        """Codes of those who were at the college, of those who were absent, and of all possible sessions."""
        classes = {
            "present": ATTENDED_CLASSES[:1],
            "absent": ABSENT_CLASSES,
            "possible": ATTENDED_CLASSES + ABSENT_CLASSES,
        }
        return {
            said: {code for code, one in self._known.codes.items() if one.counts_as in set(map(bare, names))}
            for said, names in classes.items()
        }

    def all_day(self, learner: Value, day: date) -> str:
        """``present`` or ``absent`` where both marks of a day of the learner's sessions say so; else nothing."""
        row = self._rows.get((bare(text_of(learner)), monday(day)))
        if row is None or day.weekday() > 4 or not self._known.has_session(learner, day):
            return ""
        table, first = self._known.tracker["Registers"], 2 * day.weekday()
        both = {bare(text_of(table[key][row])) for key in MARK_KEYS[first : first + 2]}
        return next((said for said in ("present", "absent") if both <= self._counts[said]), "")

    def ahead(self, latest: date | None) -> list[int]:
        """The rows for weeks after a day that have a mark of a possible session."""
        table = self._known.tracker["Registers"]
        weeks = {value for value in set(table["week"]) if (day := as_date(value)) and latest and monday(day) > latest}
        if not weeks:
            return []
        possible = self._counts["possible"]
        marks = [table[key] for key in MARK_KEYS]
        return [
            place
            for place, week in enumerate(table["week"])
            if week in weeks and any(bare(text_of(column[place])) in possible for column in marks)
        ]
