"""A believable tracker of a college that does not exist, for trying things out, for tests and for pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from random import Random
from typing import Any

from workbook.model import CannotDo, Table, Tracker, Value, defaults, sheet
from workbook.model.formulas import SESSIONS
from workbook.model.lists import LISTS
from workbook.model.tracker import FIRST_ROW
from workbook.model.vocabulary import key_of
from workbook.sample import college, conduct, diary, families, journeys, plans
from workbook.sample.people import Person, learner_rows, people
from workbook.sample.progress import Marking, Standing
from workbook.sample.registers import registers, weeks_on_roll
from workbook.sample.school_year import SchoolYear, drops, school_year
from workbook.sample.vocational import vocational_days

MOST = 50_000
_ABSENT = frozenset(("C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U"))


def sample(learners: int = 240, seed: int = 1, year: str = "2026-27") -> Tracker:
    """A filled tracker: forms of twenty in Years 10 and 11, four data drops, twenty weeks of registers.

    The same ``learners``, ``seed`` and ``year`` give the same tracker everywhere. All that happened lies before the
    end of the twentieth week; due dates, placements and topics lie after it too. Raises CannotDo for a number of
    learners that is not 1 to 50,000, or a year that is not written like 2026-27.
    """
    if not 1 <= learners <= MOST:
        raise CannotDo(f"A sample can have 1 to {MOST:,} learners, not {learners}: choose a number in between.")

    def stream(name: str) -> Random:
        return Random(f"{seed}/{name}")

    tracker = defaults.new(year)
    calendar = school_year(tracker)
    persons = people(learners, calendar, stream("people"))
    _fill(tracker, "Drops", drops(calendar))
    _fill(tracker, "Subjects", college.subjects(stream("subjects")))
    _fill(tracker, "Settings", _settings(tracker, calendar))
    _fill(tracker, "Lists", _lists(persons))
    _fill(tracker, "Learners", learner_rows(persons, stream("learners")))
    _fill(tracker, "Parents", families.parents(persons, stream("parents")))

    placed, days_placed = journeys.placements(persons, calendar, stream("placements"))
    marks, suspended = registers(persons, calendar, days_placed, stream("registers"))
    tracker.tables["Registers"] = _registers(persons, marks, calendar)
    marking = Marking(tracker, stream("progress"))
    standings = {person.learner_id: Standing() for person in persons}
    _fill(tracker, "Progress", [row for one in persons for row in marking.rows(one, standings[one.learner_id])])
    missed = {one.learner_id: _missed(marks[one.learner_id]) for one in persons}
    interventions, groups = plans.plans(persons, standings, missed, calendar, stream("plans"))
    topics = journeys.topics(calendar)
    for table, rows in {
        "Behaviour": conduct.behaviour(persons, suspended, stream("behaviour")),
        "Achievements": conduct.achievements(persons, standings, stream("achievements")),
        "Contacts": families.contacts(persons, standings, calendar, stream("contacts")),
        "Targets": plans.targets(persons, standings, calendar, stream("targets")),
        "Interventions": interventions,
        "Groups": groups,
        "PDtopics": topics,
        "PDevidence": journeys.evidence(persons, topics, calendar, stream("evidence")),
        "Vocationaldays": vocational_days(persons, marks, calendar, stream("vocational days")),
        "Workexperience": placed,
        "Transition": journeys.transition(persons, calendar, stream("transition")),
        "Diary": diary.diary(persons, calendar, stream("diary")),
    }.items():
        _fill(tracker, table, _each_once(rows))
    return tracker


def _fill(tracker: Tracker, table: str, rows: Iterable[dict[str, Any]]) -> None:
    tracker.tables[table] = Table.of(sheet(table), rows)


def _each_once(rows: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The rows without those that say the same as an earlier one, word for word."""
    return {tuple(row.items()): row for row in rows}.values()


def _registers(persons: Sequence[Person], marks: dict[str, list[str]], calendar: SchoolYear) -> Table:
    """The Registers table, week by week, within a week in the order of Learners; column by column, since it is long."""
    table = Table.of(sheet("Registers"))
    ids: list[Value] = []
    weeks: list[Value] = []
    sessions: list[list[Value]] = [[] for _ in SESSIONS]
    on_roll: list[list[Person]] = [[] for _ in calendar.weeks]
    for person in persons:
        for number in weeks_on_roll(person, calendar):
            on_roll[number].append(person)
    for number, monday in enumerate(calendar.weeks):
        ids.extend(person.learner_id for person in on_roll[number])
        weeks.extend([monday] * len(on_roll[number]))
        ten = [marks[person.learner_id][10 * number : 10 * number + 10] for person in on_roll[number]]
        for column, values in zip(sessions, zip(*ten, strict=True), strict=bool(ten)):
            column.extend(values)
    columns = {"learner_id": ids, "week": weeks, **dict(zip(map(key_of, SESSIONS), sessions, strict=True))}
    return Table(table.sheet, columns, list(range(FIRST_ROW, FIRST_ROW + len(ids))), table.letters)


def _missed(marks: Sequence[str]) -> tuple[float, float]:
    """The share of sessions missed, and how much more of it in the last five weeks than in the seven before."""
    return _share_missed(marks), _share_missed(marks[150:]) - _share_missed(marks[80:150])


def _share_missed(marks: Sequence[str]) -> float:
    counted = Counter(marks)
    possible = len(marks) - sum(map(counted.__getitem__, ("#", "Z", "D", "Y1", "Y7", "Q")))
    return sum(map(counted.__getitem__, _ABSENT)) / max(1, possible)


def _settings(tracker: Tracker, calendar: SchoolYear) -> list[dict[str, Any]]:
    """The settings of a new tracker; destinations are due before the last Progress Day, phone and address are safe."""
    own: dict[str, str | date] = {
        "phone": "0113 496 0100",
        "destination_by": calendar.friday(18),
    }
    return [row | {"value": own.get(row["name"], row["value"])} for row in tracker["Settings"].records()]


def _lists(persons: Sequence[Person]) -> list[dict[str, Any]]:
    """The lists of a new tracker, with the forms, mentors and courses of this college."""
    lists = {key_of(name): list(words) for name, words in LISTS.items()}
    used = dict.fromkeys(person.form for person in persons)
    usual = [f"{year}{letter}" for year in college.YEARS for letter in "ABCDEF"]
    lists["forms"] = list(dict.fromkeys([*usual, *used]))
    lists["mentors"] = list(dict.fromkeys(person.mentor for person in persons))
    lists["courses"] = list(college.COURSES)
    return [dict(zip(lists, line, strict=True)) for line in zip_longest(*lists.values())]
