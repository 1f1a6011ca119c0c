"""A believable tracker of a college that does not exist, for trying things out, for tests and for pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from random import Random
from typing import Any

from workbook.model import CannotDo, Table, Tracker, Value, defaults, sheet
from workbook.model.formulas import SESSIONS
from workbook.model.lists import LISTS
from workbook.model.tracker import FIRST_ROW
from workbook.model.vocabulary import key_of
from workbook.sample import college, conduct, diary, families, journeys, plans, support, talks
from workbook.sample.known import Known
from workbook.sample.people import Person, learner_rows, people
from workbook.sample.progress import Marking, Standing
from workbook.sample.registers import registers, weeks_on_roll
from workbook.sample.results import Results
from workbook.sample.school_year import SchoolYear, drops, school_year
from workbook.sample.vocational import vocational_days

MOST = 50_000


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
    incidents = conduct.behaviour(persons, suspended, marks, calendar, stream("behaviour"))
    _fill(tracker, "Behaviour", _each_once(incidents))
    # Help begins by what was known until then; what it does shows in the levels afterwards; contacts follow these.
    marking, standings, progress = _marked(tracker, persons, stream, {})
    begun = support.begin(persons, Known(tracker, persons, calendar), calendar, stream("plans"))
    marking, standings, progress = _marked(tracker, persons, stream, support.helped_with_levels(begun))
    known = Known(tracker, persons, calendar)
    given = {number: day for number, day, _ in marking.drops}
    results = Results(marks, progress, incidents, given, marking.scales, calendar)
    interventions, groups = support.interventions(begun, results, calendar, stream("interventions"))
    starts: dict[date, set[str]] = {}
    for one in begun:
        starts.setdefault(one.start, set()).add(one.person.learner_id)
    topics = journeys.topics(calendar)
    for table, rows in {
        "Achievements": conduct.achievements(persons, standings, stream("achievements")),
        "Contacts": talks.contacts(persons, known, starts, calendar, stream("contacts")),
        "Targets": plans.targets(persons, standings, results, calendar, stream("targets")),
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


def _marked(
    tracker: Tracker, persons: Sequence[Person], stream: Callable[[str], Random], helped: Mapping[str, date]
) -> tuple[Marking, dict[str, Standing], list[dict[str, Any]]]:
    """Fill the Progress sheet; gives what marked it, how each learner stands, and the rows."""
    marking = Marking(tracker, stream("progress"), stream("comments"), helped)
    standings = {person.learner_id: Standing() for person in persons}
    rows = [row for one in persons for row in marking.rows(one, standings[one.learner_id])]
    _fill(tracker, "Progress", rows)
    return marking, standings, rows


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
