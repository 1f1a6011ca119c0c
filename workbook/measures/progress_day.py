"""A Personal Progress Day: which one is meant, when a form's learners come, siblings one after the other.

Start, minutes, breaks and rooms are settings. Learners are of one family where a contact at home is the same: the name,
and the email, phone or address with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from workbook.measures.learners import Learner, Learners, called, id_key, word
from workbook.model import CannotDo, Table, Tracker
from workbook.model.excel import fold
from workbook.model.problem_kind import shortened
from workbook.model.settings import BY_NAME
from workbook.model.tracker import as_date

_TIME = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]\d\d)?\s*([ap]m)?", re.IGNORECASE)
_PARTS = re.compile(r"[;,\n]")
_SPAN = re.compile(r"[-\u2013\u2014]|\bto\b", re.IGNORECASE)
_A_DAY = 24 * 60
TIMES = ("progress_day_start", "progress_day_breaks")
"""The settings that hold times."""


@dataclass(frozen=True)
class Place:
    """When and where a learner comes, and who of the family comes when: (name, form, time)."""

    at: int
    room: str = ""
    family: tuple[tuple[str, str, int], ...] = ()

    @property
    def time(self) -> str:
        """Such as 09:15."""
        return clock(self.at)


@dataclass
class Plan:
    """The settings of a Progress Day: times in minutes since midnight, rooms by form ("" for every form)."""

    start: int = 9 * 60
    minutes: int = 15
    breaks: tuple[tuple[int, int], ...] = ()
    rooms: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, tracker: Tracker) -> Plan:
        """As Settings has it; CannotDo for times that cannot be read."""
        settings = tracker.settings
        start, breaks = (times_in(settings[name]) for name in TIMES)
        rooms: dict[str, list[str]] = {}
        for part in filter(None, map(str.strip, _PARTS.split(word(settings["progress_day_rooms"])))):
            form, colon, there = part.partition(":")
            names = [one.strip() for one in (there if colon else part).split("+")]
            rooms.setdefault(fold(form.strip()) if colon else "", []).extend(filter(None, names))
        first = start[0][0] if start else _default_start()
        minutes, limits = int(settings["slot_minutes"]), BY_NAME["slot_minutes"]
        least, most = int(limits.low or 1), int(limits.high or _A_DAY)
        if not least <= minutes <= most:  # a slot of no length would never end
            raise CannotDo(f"Settings: {limits.label} is {minutes}: write a number from {least} to {most}.")
        return cls(first, minutes, tuple(sorted(breaks)), rooms)

    def rooms_of(self, form: str) -> list[str]:
        """The rooms in which a form's learners are seen; one without a name where none is told."""
        return self.rooms.get(fold(form)) or self.rooms.get("", [])[:1] or [""]

    def slots(self) -> Iterator[int]:
        """The beginnings of the slots, one after the other; none reaches into a break."""
        at = self.start
        while at < _A_DAY:
            over = next((end for begin, end in self.breaks if at < end and at + self.minutes > begin), None)
            if over is None:
                yield at
            at = at + self.minutes if over is None else over


def _default_start() -> int:
    return times_in(BY_NAME["progress_day_start"].default)[0][0]


def clock(minutes: int) -> str:
    """Minutes since midnight as 09:15."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def times_in(value: object) -> list[tuple[int, int]]:
    """The times of a setting in minutes since midnight, a break with its end; CannotDo in words for what is none."""
    found = []
    for part in filter(None, map(str.strip, _PARTS.split("" if value is None else str(value)))):
        ends = [_minutes(one.strip()) for one in _SPAN.split(part)]
        if None in ends or len(ends) > 2 or (len(ends) == 2 and ends[0] >= ends[1]):  # type: ignore[operator]
            raise CannotDo(
                f"Settings: {shortened(part)} is not a time: write 09:00 for the start of a Progress Day, 12:15-13:00 "
                "for a break."
            )
        found.append((ends[0] or 0, ends[-1] or 0))
    return found


def _minutes(text: str) -> int | None:
    """09:00, 9.00, 1:30 pm, or the part of a day that Excel makes of a time; None for anything else."""
    match = _TIME.fullmatch(text)
    if match:
        hours, minutes, half = int(match[1]), int(match[2]), (match[3] or "").lower()
        hours = hours % 12 + 12 * (half == "pm") if half else hours
        return hours * 60 + minutes if hours < 24 and minutes < 60 else None
    try:
        share = float(text)
    except ValueError:
        return None
    return round(share * _A_DAY) if 0 < share < 1 else None


def progress_days(tracker: Tracker, on: date) -> tuple[date | None, date | None]:
    """The Progress Day that is prepared on a day (that day, or the next one), and the one after it."""
    days = {day for value in tracker["Drops"]["progress_day"] if (day := as_date(value)) and day >= on}
    first, after = (*sorted(days), None, None)[:2]
    return first, after


def timetable(tracker: Tracker, on: date) -> dict[str, Place]:
    """When and where each learner on roll comes, by ID as `id_key` has it.

    Families come first, each member in the slot after the one before, whatever form they are in; then all others by
    surname.
    """
    plan = Plan.of(tracker)
    here = [one for one in Learners(tracker).all if one.form and one.on_roll(on)]
    table = tracker["Learners"]
    here.sort(key=lambda one: (fold(word(table["surname"][one.row])), fold(_called(table, one)), one.learner_id))
    slots = list(plan.slots())
    taken: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    families = families_of(tracker, here)
    together = {one.row: family for family in families for one in family}
    at: dict[str, tuple[int, str]] = {}
    for group in (*families, *([one] for one in here if one.row not in together)):
        first = next(
            begin
            for begin in count()
            if all(taken[fold(one.form)][begin + n] < len(plan.rooms_of(one.form)) for n, one in enumerate(group))
        )
        for number, one in enumerate(group, start=first):
            if number >= len(slots):
                raise CannotDo(
                    f"The Progress Day of form {one.form} goes past midnight: make its slots shorter on Settings, or "
                    "give the form more rooms."
                )
            form = fold(one.form)
            room = plan.rooms_of(one.form)[taken[form][number]]
            taken[form][number] += 1
            at[id_key(one.learner_id)] = (slots[number], room)
    found = {}
    for one in here:
        others = [other for other in together.get(one.row, ()) if other is not one]
        family = tuple((_called(table, each), each.form, at[id_key(each.learner_id)][0]) for each in others)
        found[id_key(one.learner_id)] = Place(*at[id_key(one.learner_id)], family)
    return found


def _called(table: Table, one: Learner) -> str:
    return called(table["preferred_name"][one.row], table["first_name"][one.row])


def families_of(tracker: Tracker, learners: Sequence[Learner]) -> list[list[Learner]]:
    """Learners who share a contact at home, in the order they stand in; those alone are left out."""
    parents = tracker["Parents"]
    home: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    keys = ("learner_id", "name", "email", "phone", "address")
    for learner, name, *ways in zip(*(parents[key] for key in keys), strict=True):
        for kind, way in zip(keys[2:], ways, strict=True):
            if word(name) and word(way):
                home[fold(word(name)), kind, "".join(fold(word(way)).split())].add(id_key(word(learner)))
    leader: dict[str, str] = {}

    def lead(one: str) -> str:
        while leader.get(one, one) != one:
            one = leader[one]
        return one

    for members in home.values():
        first, *others = sorted(members)
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[str, list[Learner]] = defaultdict(list)
    for one in learners:
        groups[lead(id_key(one.learner_id))].append(one)
    return [group for group in groups.values() if len(group) > 1]
