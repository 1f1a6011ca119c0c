"""What a tracker says of itself, gathered once for all checks: its learners, lists, scales, codes, year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from workbook.checks.spelling import Listed, bare, text_of
from workbook.model.tracker import Table, Tracker, as_date
from workbook.model.vocabulary import Value, key_of

#: The codes of today are in force from this day (Department for Education, working together to improve attendance).
CODES_IN_FORCE = date(2024, 8, 19)
_SLACK = timedelta(days=60)


@dataclass(frozen=True)
class Code:
    """A register code: what it counts as, and what is used now where it is retired."""

    text: str
    meaning: str
    counts_as: str
    instead: str

    @property
    def retired(self) -> bool:
        """Whether the code is no longer in use."""
        return self.counts_as == "retired"


class Known:
    """The tracker's own words and dates. ``on`` is the day the check is for: nothing later is overdue."""

    def __init__(self, tracker: Tracker, on: date | None = None) -> None:
        self.tracker = tracker
        learners = tracker["Learners"]
        self.learners = Listed(learners["learner_id"])
        self.started, self.left = _by_id(learners, "started"), _by_id(learners, "left")
        # a learner who left before starting has one of the two dates wrong: neither is a measure for others
        muddled = {one for one, day in self.left.items() if one in self.started and day < self.started[one]}
        for one in muddled:
            del self.left[one], self.started[one]
        self.levels = _levels(tracker["Scales"])
        self.scale_of = {
            bare(text_of(subject)): text_of(scale)
            for subject, scale in zip(tracker["Subjects"]["subject"], tracker["Subjects"]["scale"], strict=True)
            if subject is not None and scale is not None
        }
        self.efforts = Listed(tracker["Effort"]["code"])
        self.codes = _codes(tracker["Codes"])
        self.not_assessed = bare(str(tracker.settings["not_assessed"] or ""))
        self.year = _year(tracker)
        weeks = [day for day in map(as_date, set(tracker["Registers"]["week"])) if day and self.inside(day)]
        self.last_register = max(weeks, default=None)
        latest = self.last_register + timedelta(days=4) if self.last_register else None
        self.on = on or latest
        self._terms = _terms(tracker["Terms"])
        self._lists: dict[str, Listed] = {}

    @cached_property
    def without_zeros(self) -> dict[str, str]:
        """Learners' IDs by what is left of them when Excel makes them numbers."""
        return {one.lstrip("0"): one for one in self.learners.texts}

    def scales_of(self, subjects: list[Value]) -> list[str]:
        """The scale of each row's subject, empty where it is not known."""
        scales = {subject: self.scale_of.get(bare(text_of(subject)), "") for subject in set(subjects)}
        return [scales[subject] for subject in subjects]

    def choices(self, name: str) -> Listed:
        """The choices of a list of the Lists sheet; empty where the tracker has none."""
        if name not in self._lists:
            self._lists[name] = Listed(self.tracker["Lists"][key_of(name)])
        return self._lists[name]

    def referred(self, place: str) -> Listed:
        """The values of a column given as ``Table.key``."""
        if place == "Learners.learner_id":
            return self.learners
        if place not in self._lists:
            table, _, key = place.partition(".")
            self._lists[place] = Listed(self.tracker[table][key])
        return self._lists[place]

    def inside(self, day: date, before: int = 0, after: int = 0) -> bool:
        """Whether a day is in the academic year, give or take some days."""
        return self.year[0] - timedelta(days=before) <= day <= self.year[1] + timedelta(days=after)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school: a weekday in a term that is not closed; any weekday where Terms is blank."""
        if day.weekday() > 4:
            return False
        terms, closed = self._terms
        if any(start <= day <= end for start, end in closed):
            return False
        return not terms or any(start <= day <= end for start, end in terms)

    def on_roll(self, learner: str, day: date) -> bool:
        """Whether a learner has started and not yet left on a day, as far as is known."""
        started, left = self.started.get(learner), self.left.get(learner)
        return (started is None or started <= day) and (left is None or day <= left)


def _by_id(learners: Table, key: str) -> dict[str, date]:
    days = map(as_date, learners[key])
    return {bare(text_of(one)): day for one, day in zip(learners["learner_id"], days, strict=True) if one and day}


def _levels(scales: Table) -> dict[str, Listed]:
    grouped: dict[str, list[Value]] = {}
    for scale, level in zip(scales["scale"], scales["level"], strict=True):
        if scale is not None and level is not None:
            grouped.setdefault(bare(text_of(scale)), []).append(level)
    return {scale: Listed(levels) for scale, levels in grouped.items()}


def _codes(codes: Table) -> dict[str, Code]:
    keys = ("code", "meaning", "class", "instead")
    rows = zip(*(codes[key] for key in keys), strict=True)
    return {
        bare(text_of(code)): Code(text_of(code), text_of(meaning), bare(text_of(group)), text_of(instead))
        for code, meaning, group, instead in rows
        if code is not None
    }


def _terms(table: Table) -> tuple[list[tuple[date, date]], list[tuple[date, date]]]:
    """First and last days of the terms, and of the times within them when the Academy is closed."""
    terms: list[tuple[date, date]] = []
    closed: list[tuple[date, date]] = []
    for kind, first, last in zip(table["kind"], table["start"], table["end"], strict=True):
        start, end = as_date(first), as_date(last)
        if start and end:
            (closed if bare(text_of(kind)) == "closed" else terms).append((start, end))
    return terms, closed


def _year(tracker: Tracker) -> tuple[date, date]:
    """The academic year of Settings, a little longer where a term is; a mistyped term does not stretch it."""
    text = str(tracker.settings["academic_year"])
    if text[:4].isdigit():
        first = int(text[:4])
    else:
        days = [day for day in map(as_date, tracker["Terms"]["start"]) if day]
        first = Counter(day.year for day in days).most_common(1)[0][0] if days else 2026
    start, end = date(first, 9, 1), date(first + 1, 8, 31)
    days = [day for key in ("start", "end") for day in map(as_date, tracker["Terms"][key]) if day]
    near = [day for day in days if start - _SLACK <= day <= end + _SLACK]
    return min([start, *near]), max([end, *near])
