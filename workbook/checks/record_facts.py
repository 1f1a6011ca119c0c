"""What cross-checks ask of people, levels, rows that are alike, and the year's frame; `cross_facts` has the rest."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeAlias

from workbook.checks.cross_marks import Marks
from workbook.checks.reference import Known
from workbook.checks.spelling import bare, text_of
from workbook.measures.calendar import monday
from workbook.measures.data_date import drop_dates, last_date
from workbook.measures.distinct import each
from workbook.measures.learners import word
from workbook.measures.next_step import has_offer
from workbook.measures.targets import is_open
from workbook.model.excel import fold, is_number, number
from workbook.model.formulas import DROPS
from workbook.model.settings import BY_NAME
from workbook.model.sheets import sheet
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import Value

_GATHERED = timedelta(days=14)
"""So long before a drop's day its levels are gathered."""
LAST_LEVELS = timedelta(days=28)
"""So long after a learner left a drop may still hold the last levels."""
_FEW, _SHARE = 5, 0.02
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_MOST = 1000.0

Places: TypeAlias = Mapping[int, int]
"""Places of records, each with the row on its sheet of the earlier record that it repeats."""


class RecordFacts:
    """``taken`` are the cells, by sheet and address, that have a problem already and so say nothing for sure."""

    def __init__(self, known: Known, taken: set[tuple[str, str]]) -> None:
        self._known, self._taken = known, taken
        self.on: date | None = known.on or last_date(known.tracker)
        self.latest = known.latest
        self.settings = known.tracker.settings

    def table(self, name: str) -> Table:
        """A table of the tracker."""
        return self._known.tracker[name]

    def header(self, table: str, key: str) -> str:
        """A column's heading."""
        return sheet(table).by_key[key].header

    def label(self, setting: str) -> str:
        """A setting in words."""
        return BY_NAME[setting].label

    def left(self, learner: Value) -> date | None:
        """The day a learner left; None for one who is still here, or whom nobody knows."""
        return self.stay(learner)[1]

    def stay(self, learner: Value) -> tuple[date | None, date | None]:
        """The first and the last day of a learner, as far as they are known."""
        place = self._known.people.find(learner) if learner is not None else None
        one = None if place is None else self._known.people.all[place]
        return (None, None) if one is None else (one.started, one.left)

    def inside(self, day: date) -> bool:
        """Whether a day is in the academic year."""
        return self._known.inside(day)

    def school_week(self, week: date) -> bool:
        """Whether a week has a day of college."""
        return any(self._known.is_school_day(monday(week) + timedelta(days=n)) for n in range(5))

    # Rows that are alike, columns that are usually filled

    @cached_property
    def same_person(self) -> Places:
        """Learners with the name and the date of birth of an earlier one."""
        return self._like_earlier("Learners", "first_name", "surname", "date_of_birth")

    @cached_property
    def same_time(self) -> Places:
        """Entries of the diary at the time of an earlier one of the mentor."""
        return self._like_earlier("Diary", "date", "time", "mentor")

    @cached_property
    def same_target(self) -> Places:
        """Open targets that are an earlier open one of the learner."""
        waits = each(self.table("Targets")["status"], is_open)
        return self._like_earlier("Targets", "learner_id", "target", among=waits)

    def _like_earlier(self, name: str, *keys: str, among: Sequence[bool] | None = None) -> Places:
        """Records (``among`` those that count) with the same in these columns, all filled, as an earlier one."""
        table = self.table(name)
        alike = zip(*(each(table[key], _as_compared) for key in keys), strict=True)
        first: dict[tuple[Any, ...], int] = {}
        found = {}
        for place, mine in enumerate(alike):
            if None not in mine and (among is None or among[place]):
                before = first.setdefault(mine, place)
                if before != place:
                    found[place] = table.rows[before]
        return found

    def usual(self, table: str, key: str) -> bool:
        """Whether a column is filled in most rows, so that a blank is one that was forgotten."""
        if (table, key) not in self._usual:
            values = self.table(table)[key]
            self._usual[table, key] = 2 * sum(one is not None for one in values) > len(values)
        return self._usual[table, key]

    @cached_property
    def _usual(self) -> dict[tuple[str, str], bool]:
        return {}

    @cached_property
    def closed_are_dated(self) -> bool:
        """Whether most targets that are closed say when they were reviewed."""
        table = self.table("Targets")
        rows = zip(table["status"], table["reviewed"], strict=True)
        dated = [day is not None for status, day in rows if word(status) and not is_open(status)]
        return 2 * sum(dated) > len(dated)

    def offers_have(self, key: str) -> bool:
        """Whether most offers have this column filled."""
        return self._offers[key]

    @cached_property
    def _offers(self) -> dict[str, bool]:
        table = self.table("Transition")
        rows = [place for place, one in enumerate(table["offer"]) if has_offer(one)]
        filled = {key: sum(table[key][place] is not None for place in rows) for key in ("offer_date", "provider")}
        return {key: 2 * count > len(rows) for key, count in filled.items()}

    # Levels

    @cached_property
    def drop_dates(self) -> dict[int, date]:
        """The day of each drop."""
        return drop_dates(self._known.tracker)

    @cached_property
    def drops_to_come(self) -> set[int]:
        """Drops whose day is not near yet, and for which hardly anything is given."""
        table, few = self.table("Progress"), max(_FEW, round(len(self.table("Progress")) * _SHARE))
        later = [one for one, day in self.drop_dates.items() if self.latest and day > self.latest + _GATHERED]
        return {one for one in later if sum(value is not None for value in table[f"apl_{one}"]) <= few}

    @cached_property
    def comers_and_goers(self) -> set[Value]:
        """IDs, as they are typed on Progress, of learners who came or left between the first and the last drop."""
        days = [self.drop_dates[one] for one in DROPS if one in self.drop_dates]
        if not days:
            return set()
        first, last = min(days), max(days)

        def moves(learner: Value) -> bool:
            started, left = self.stay(learner)
            return bool((started and started > first) or (left and left < last))

        return {one for one in set(self.table("Progress")["learner_id"]) if moves(one)}

    def not_assessed(self, level: Value) -> bool:
        """Whether a cell of levels says that there is none."""
        return bare(text_of(level)) == self._known.not_assessed

    @cached_property
    def foundation(self) -> set[str]:
        """Subjects of Foundation tier, in small letters."""
        table = self.table("Subjects")
        pairs = zip(table["subject"], table["tier"], strict=True)
        return {fold(word(subject)) for subject, tier in pairs if fold(word(tier)) == "foundation"}

    def points(self, subject: Value, level: Value) -> float | None:
        """What a level is worth on the scale of a subject."""
        if level is None:
            return None
        return self._points.get((bare(self._known.scale_of.get(bare(text_of(subject)), "")), bare(text_of(level))))

    @cached_property
    def _points(self) -> dict[tuple[str, str], float]:
        scales = self.table("Scales")
        rows = zip(scales["scale"], scales["level"], scales["points"], strict=True)
        return {(bare(text_of(a)), bare(text_of(b))): number(worth) for a, b, worth in rows if is_number(worth)}

    def level_below(self, scale: Value, order: Value) -> tuple[str, float] | None:
        """The level just below an order in a scale, with its points."""
        mine = self._ladders.get(bare(text_of(scale)), [])
        below = [one for one in mine if is_number(order) and one[0] < number(order)]
        return max(below)[1:] if below else None

    @cached_property
    def _ladders(self) -> dict[str, list[tuple[float, str, float]]]:
        scales = self.table("Scales")
        found: dict[str, list[tuple[float, str, float]]] = {}
        for scale, level, order, worth in zip(*(scales[k] for k in ("scale", "level", "order", "points")), strict=True):
            if is_number(order) and is_number(worth):
                rung = (number(order), text_of(level), number(worth))
                found.setdefault(bare(text_of(scale)), []).append(rung)
        return found

    def range_of(self, measure: str) -> tuple[float, float]:
        """The lowest and the highest value that a measure of an aim can have."""
        if measure == "attendance":
            return 0.0, 100.0
        orders = [number(one) for one in self.table("Effort")["order"] if is_number(one)]
        if measure == "effort" and orders:
            return min(orders), max(orders)
        worth = list(self._points.values())
        return (min(worth), max(worth)) if measure == "points" and worth else (0.0, _MOST)

    def subjects_of(self, learner: Value) -> set[str]:
        """The subjects of a learner on Progress, in small letters."""
        return self._subjects.get(bare(text_of(learner)), set())

    @cached_property
    def _subjects(self) -> dict[str, set[str]]:
        wanted = {bare(text_of(one)) for one in self.table("Interventions")["learner_id"] if one is not None}
        found: dict[str, set[str]] = {}
        table = self.table("Progress")
        for learner, subject in zip(table["learner_id"], table["subject"], strict=True):
            if (who := bare(text_of(learner))) in wanted:
                found.setdefault(who, set()).add(fold(word(subject)))
        return found

    # Days and weeks

    @cached_property
    def marks(self) -> Marks:
        """The marks of the days of which other sheets speak."""
        asked = [
            (who, day)
            for name, key in (("Behaviour", "date"), ("Vocationaldays", "week"))
            for who, value in zip(self.table(name)["learner_id"], self.table(name)[key], strict=True)
            if (day := as_date(value))
        ]
        return Marks(self._known, asked)

    def vocational_day(self, learner: Value, week: date) -> date | None:
        """The day of a week on which a learner's vocational course is."""
        said = self._weekdays.get(bare(text_of(learner)), "")
        return monday(week) + timedelta(days=_WEEKDAYS.index(said)) if said in _WEEKDAYS else None

    @cached_property
    def _weekdays(self) -> dict[str, str]:
        table = self.table("Learners")
        pairs = zip(table["learner_id"], table["vocational_day"], strict=True)
        return {bare(text_of(who)): fold(word(day)) for who, day in pairs if who is not None}

    @cached_property
    def same_term(self) -> Places:
        """Rows of Terms that have a day of an earlier one of the same kind."""
        return self._meeting("Terms", self._spans("Terms", ("kind",)))

    @cached_property
    def same_support(self) -> Places:
        """Interventions at the time of an earlier one of the same kind, about the same, for the same one."""
        keys = ("learner_id", "group", "type", "subject", "aim_measure")
        spans = self._spans("Interventions", keys, date.max)
        return self._meeting("Interventions", (one for one in spans if any(one[1][:2])))

    def _spans(
        self, name: str, keys: tuple[str, ...], without_end: date | None = None
    ) -> Iterator[tuple[int, Any, date, date]]:
        """The records whose days are known: place, what they are about by these columns, first and last day."""
        table = self.table(name)
        about = zip(*(each(table[key], lambda value: fold(word(value))) for key in keys), strict=True)
        days = zip(table["start"], table["end"], strict=True)
        for place, (what, (first, last)) in enumerate(zip(about, days, strict=True)):
            start, end = as_date(first), as_date(last) or without_end
            if start and end and start <= end:
                yield place, what, start, end

    def _meeting(self, name: str, spans: Iterable[tuple[int, Any, date, date]]) -> Places:
        rows = self.table(name).rows
        return {place: rows[other] for place, other in meetings(spans).items()}


def _as_compared(value: Value) -> Any:
    return None if value is None else as_date(value) or fold(text_of(value).strip())


def meetings(spans: Iterable[tuple[int, Hashable, date, date]]) -> dict[int, int]:
    """Which of these times, each with its place and what it is about, has a day that an earlier one about the same has.

    Gives the place of the first such one by the place of the later one; first and last day both count.
    """
    about: dict[Hashable, list[tuple[int, date, date]]] = {}
    found = {}
    for place, what, start, end in spans:
        before = about.setdefault(what, [])
        other = next((one for one, first, last in before if first <= end and start <= last), None)
        if other is not None:
            found[place] = other
        before.append((place, start, end))
    return found
