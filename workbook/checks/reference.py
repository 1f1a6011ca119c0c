"""What a tracker says of itself, gathered once for all checks: its learners, lists, scales, codes, year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from workbook.checks.spelling import Listed, bare, text_of
from workbook.checks.typed_choices import choices_of
from workbook.measures.calendar import Calendar, monday
from workbook.measures.data_date import HAPPENED
from workbook.measures.learners import Learners
from workbook.measures.roll import Roll
from workbook.measures.sessions import rows_again
from workbook.model.tracker import Table, Tracker, as_date
from workbook.model.vocabulary import Value

#: The codes of today are in force from this day (Department for Education, working together to improve attendance).
CODES_IN_FORCE = date(2024, 8, 19)
#: How many of the latest dated records, at least, may be mistyped before they count as what has happened.
_FEW, _SHARE = 5, 0.02
_FAR = 5
"""A week beyond a gap counts only if it has at least a fifth of the rows of the last one before it."""


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
        self.learners = Listed(tracker["Learners"]["learner_id"])
        self.people, self.calendar = Learners(tracker), Calendar(tracker)
        self.roll = Roll(tracker, self.people, self.calendar)
        self.stays = {
            bare(one.learner_id): (one.started, one.left) for one in self.people.all if one.started or one.left
        }
        """The first and last day of the learners for whom one of them is known."""
        self.levels = _levels(tracker["Scales"])
        self.scale_of = {
            bare(text_of(subject)): text_of(scale)
            for subject, scale in zip(tracker["Subjects"]["subject"], tracker["Subjects"]["scale"], strict=True)
            if subject is not None and scale is not None
        }
        self.efforts = Listed(tracker["Effort"]["code"])
        self.codes = _codes(tracker["Codes"])
        self.not_assessed = bare(str(tracker.settings["not_assessed"] or ""))
        self.year = tracker.year
        weeks = Counter(self._days("Registers", "week"))
        self.last_register = _reached(weeks, self.calendar.weeks)
        latest = self.last_register + timedelta(days=4) if self.last_register else None
        self.on, self._given = on or latest, on
        self._lists: dict[str, Listed] = {}

    @cached_property
    def latest(self) -> date | None:
        """The last day on which something can have happened; None where nothing tells.

        That is ``on`` or the end of the last week with registers. Where ``on`` is not given, registers may lie behind:
        then it is a week past the day that all but a few of the dated records have reached.
        """
        if self._given is not None:
            return max(self._given, self.on or self._given)
        dates = sorted(day for name, keys in HAPPENED.items() for key in keys for day in self._days(name, key))
        few = max(_FEW, round(len(dates) * _SHARE))
        reached = dates[-few] + timedelta(days=7) if len(dates) > few else date.min
        week = self.last_register + timedelta(days=6) if self.last_register else date.min
        return max(reached, week) if max(reached, week) > date.min else None

    def _days(self, table: str, key: str) -> list[date]:
        values = self.tracker[table][key]
        days = {value: day for value in set(values) if (day := as_date(value)) and self.inside(day)}
        return [days[value] for value in values if value in days]

    @cached_property
    def without_zeros(self) -> dict[str, str]:
        """Learners' IDs by what is left of them when Excel makes them numbers."""
        return {one.lstrip("0"): one for one in self.learners.texts}

    def scales_of(self, subjects: list[Value]) -> list[str]:
        """The scale of each row's subject, empty where it is not known."""
        scales = {subject: self.scale_of.get(bare(text_of(subject)), "") for subject in set(subjects)}
        return [scales[subject] for subject in subjects]

    def choices(self, name: str) -> Listed:
        """The choices of a list, as they should be spelt; empty where the tracker has none."""
        if name not in self._lists:
            self._lists[name] = choices_of(self.tracker, name)
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
        """Whether there is school."""
        return self.calendar.is_school_day(day)

    def has_session(self, learner: Value, day: date) -> bool:
        """Whether a day has sessions for a learner."""
        return self.roll.counts(self.people.find(learner), day)

    @cached_property
    def weeks(self) -> list[date | None]:
        """The Monday of the week of each row of Registers."""
        values = self.tracker["Registers"]["week"]
        mondays = {value: monday(day) for value in set(values) if (day := as_date(value))}
        return [mondays.get(value) for value in values]

    @cached_property
    def rows_again(self) -> frozenset[int]:
        """The rows of Registers whose marks do not count, since an earlier row has the learner's week."""
        return rows_again(self.tracker, self.people)

    @cached_property
    def part_weeks(self) -> list[tuple[int, date, str]]:
        """Rows of Registers in whose week some session does not count for the learner: place, Monday, sessions."""
        found = []
        for place, (learner, week) in enumerate(zip(self.tracker["Registers"]["learner_id"], self.weeks, strict=True)):
            if week is not None:
                pattern = self.roll.pattern(self.people.find(learner), week)
                if "0" in pattern:
                    found.append((place, week, pattern))
        return found

    def is_partly_here(self, learner: Value, day: date) -> bool:
        """Whether a learner is on roll on some day of the week of a day; a whole week away is said of the week."""
        place, week = self.people.find(learner), monday(day)
        if place is None:
            return False
        return any(self.people.all[place].on_roll(week + timedelta(days=n)) for n in range(5))

    def on_roll(self, learner: str, day: date) -> bool:
        """Whether a learner has started and not yet left on a day, as far as is known."""
        place = self.people.find(learner)
        return place is None or self.people.all[place].on_roll(day)


def _reached(weeks: Mapping[date, int], school_weeks: Sequence[date]) -> date | None:
    """The last week that registers have reached: a few rows beyond a school week without any are mistyped."""
    last: date | None = None
    for week in sorted(weeks):
        gap = last is not None and any(last + timedelta(days=7) <= day < week for day in school_weeks)
        if last is None or not gap or weeks[week] * _FAR >= weeks[last]:
            last = week
    return last


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
