"""Concerns as they stood on an earlier day of the year, by the settings and the entries of now.

A learner's sessions are bits, so any day is a mask away; levels can only have changed at a data drop, so they are
worked out once for each drop, and only for the learners somebody asks about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from workbook.measures.data_date import drop_dates
from workbook.measures.flags_attendance import (
    TIERS,
    attendance_flags,
    changed,
    falls,
    half_terms,
    is_judged,
    percent,
    tier,
    windows,
)
from workbook.measures.flags_progress import progress_flags
from workbook.measures.flags_records import record_flags
from workbook.measures.sessions import Tally
from workbook.measures.snapshot import Raised, Snapshot
from workbook.model.rules import AREAS, BY_CODE, Area, Nature

LEVELS = AREAS[Area.PROGRESS] | AREAS[Area.EFFORT]
"""The concerns that follow from levels and effort."""
_TRACED = LEVELS | {*TIERS, "attendance_fall", "lates", "incidents"}
"""The concerns that are looked up faster than by asking their rule on the day."""
Concerns = dict[str, float | None]


@dataclass
class Then:
    """A learner on a day: the year's attendance in percent, whether it can be judged yet, and each concern's value."""

    attendance: Fraction | None
    judged: bool
    concerns: Concerns = field(default_factory=dict)

    def reached(self, code: str) -> bool:
        """Whether attendance was as serious as this tier, or more."""
        return any(one in self.concerns for one in TIERS[: TIERS.index(code) + 1])

    def had(self, code: str) -> bool:
        """Whether a concern was there, or for the year's attendance a more serious one."""
        return self.reached(code) if code in TIERS else code in self.concerns


@dataclass
class _Day:
    """What the rules about sessions ask of a day, worked out once for all learners."""

    known: int
    windows: list[tuple[str, str, float, int]]
    half_terms: tuple[int, int] | None


class Earlier:
    """What was known of learners on other days, given what is raised on the day of the snapshot."""

    def __init__(self, snapshot: Snapshot, raised: Mapping[int, Iterable[Raised]]) -> None:
        self._snapshot = snapshot
        self._raised = {
            learner: {one.code: one.value for one in found if BY_CODE[one.code].nature is Nature.CONCERN}
            for learner, found in raised.items()
        }
        self._masks = list(snapshot.sessions.masks.values())
        self._days: dict[date, _Day] = {}
        self._present: dict[int, Then] = {}
        self._drops = drop_dates(snapshot.tracker, given_only=True)
        self._levels: dict[frozenset[int], dict[int, Concerns]] = {}

    def look(self, days: Mapping[int, date], whole: bool = False) -> dict[int, Then]:
        """Each learner on a day of their own, up to that of the snapshot.

        Of levels and effort only what is a concern on the day of the snapshot is looked up, unless ``whole`` is wanted.
        """
        found = {learner: self._with_sessions(learner, day) for learner, day in days.items()}
        for learner, then in found.items():
            self._add_incidents(learner, days[learner], then)
        asked = [learner for learner in days if whole or LEVELS & self._raised.get(learner, {}).keys()]
        by_drops: dict[frozenset[int], list[int]] = {}
        for learner in asked:
            by_drops.setdefault(self._later(days[learner]), []).append(learner)
        for later, learners in by_drops.items():
            levels = self._levels_without(later, learners)
            for learner in learners:
                found[learner].concerns |= levels.get(learner, {})
        self._add_others(days, found)
        return found

    def _add_others(self, days: Mapping[int, date], found: Mapping[int, Then]) -> None:
        """Any other concern of the day of the snapshot, by asking the rules again on the days of its learners."""
        by_day: dict[date, list[int]] = {}
        for learner, day in days.items():
            if self._raised.get(learner, {}).keys() - _TRACED:
                by_day.setdefault(day, []).append(learner)
        for day, learners in by_day.items():
            then = self._snapshot.narrowed(learners, day)
            for one in (*attendance_flags(then), *record_flags(then)):
                if BY_CODE[one.code].nature is Nature.CONCERN and one.code not in _TRACED:
                    found[one.learner].concerns[one.code] = one.value

    def present(self, learner: int) -> Then:
        """The learner on the day of the snapshot."""
        if learner not in self._present:
            then = self._with_sessions(learner, self._snapshot.on)
            self._present[learner] = Then(then.attendance, then.judged, self._raised.get(learner, {}))
        return self._present[learner]

    def _on(self, day: date) -> _Day:
        if day not in self._days:
            sessions, snapshot = self._snapshot.sessions, self._snapshot
            known = sessions.axis(0, day.toordinal())
            spans = [
                (code, measure, limit, sessions.axis(first.toordinal(), day.toordinal()))
                for code, measure, limit, first, _ in windows(snapshot, day)
                if code in BY_CODE and BY_CODE[code].nature is Nature.CONCERN
            ]
            terms = half_terms(snapshot, day)
            axes = [known & sessions.axis(term.start.toordinal(), term.end.toordinal()) for term in terms or ()]
            self._days[day] = _Day(known, spans, (axes[0], axes[1]) if axes else None)
        return self._days[day]

    def _with_sessions(self, learner: int, day: date) -> Then:
        snapshot, on = self._snapshot, self._on(day)
        mine = [mask[learner] for mask in self._masks]

        def tally(axis: int) -> Tally:
            return Tally(*[(mask & axis).bit_count() for mask in mine])

        year = tally(on.known)
        then = Then(percent(year) if year.possible else None, is_judged(snapshot, year))
        reached = tier(snapshot, year)
        if reached:
            then.concerns[reached[0]] = None
        if on.half_terms:
            change = changed(snapshot, *map(tally, on.half_terms))
            limit = snapshot.threshold("attendance_fall")
            if change is not None and falls(-change, limit):
                then.concerns["attendance_fall"] = None
        for code, measure, limit, axis in on.windows:
            count = (snapshot.sessions.masks[measure][learner] & axis).bit_count()
            if count and count >= limit:
                then.concerns[code] = count
        return then

    def _add_incidents(self, learner: int, day: date, then: Then) -> None:
        limit = self._snapshot.threshold("incidents")
        dates = self._snapshot.incidents.get(learner)
        if limit is None or not dates:
            return
        first = self._snapshot.calendar.days_back(day, int(self._snapshot.settings["incidents_days"]))
        count = bisect_right(dates, day) - bisect_left(dates, first)
        if count and count >= limit:
            then.concerns["incidents"] = count

    def _later(self, day: date) -> frozenset[int]:
        """The drops that were given between a day and that of the snapshot."""
        return frozenset(drop for drop, given in self._drops.items() if day < given <= self._snapshot.on)

    def _levels_without(self, later: frozenset[int], learners: Collection[int]) -> dict[int, Concerns]:
        """The concerns about levels and effort before some drops were given; they change only with a drop."""
        if not later:
            return {
                learner: {code: value for code, value in self._raised.get(learner, {}).items() if code in LEVELS}
                for learner in learners
            }
        known = self._levels.setdefault(later, {})
        missing = [learner for learner in learners if learner not in known]
        if missing:
            known |= {learner: {} for learner in missing}
            day = min(self._drops[drop] for drop in later) - timedelta(days=1)
            for one in progress_flags(self._snapshot.narrowed(missing, day)):
                if one.code in LEVELS:
                    known[one.learner][one.code] = one.value
        return known
