"""Personal development: which topics of the year have begun, and who has evidence for each.

A topic is a row of PD topics with a name and a week of this academic year; one with a year group is for that year
alone. Evidence is a row of PD evidence about a learner, dated up to the day, that names the topic. The sheet PD
coverage shows the same by formula (`workbook.building.views.pd`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.measures.learners import Learner
from workbook.measures.snapshot import Snapshot
from workbook.model.excel import fold, is_error, is_number, number, text
from workbook.model.tracker import as_date


@dataclass(frozen=True)
class Topic:
    """A topic of the year: its row on PD topics (from 0), name, the date of its week, the year group it is for."""

    row: int
    name: str
    week: date
    year: float | None

    @property
    def end(self) -> date:
        """The Friday of its week."""
        return self.week + timedelta(days=4 - self.week.weekday())

    def is_for(self, learner: Learner) -> bool:
        """Whether the topic is for a learner's year group."""
        return self.year is None or learner.year == self.year


@dataclass(frozen=True)
class Covered:
    """How far a learner has come: the topics begun that are for them, and those without evidence."""

    learner: Learner
    topics: Sequence[Topic]
    missing: Sequence[Topic]

    @property
    def covered(self) -> int:
        """How many topics have evidence."""
        return len(self.topics) - len(self.missing)

    def as_row(self) -> dict[str, Any]:
        """The learner by column, as commands print it."""
        return {"learner_id": self.learner.learner_id, "form": self.learner.form or None, "topics": len(self.topics),
                "covered": self.covered, "missing": [one.name for one in self.missing]}  # fmt: skip


def topics(snapshot: Snapshot) -> list[Topic]:
    """The topics of the academic year, in the order of their sheet."""
    table, first = snapshot.tracker["PDtopics"], snapshot.tracker.year[0] - timedelta(days=6)
    rows = enumerate(zip(table["topic"], table["week"], table["year_group"], strict=True))
    found = []
    for row, (name, week, year) in rows:
        day = as_date(week)
        if day and day >= first and not is_error(name) and text(name):
            found.append(Topic(row, text(name), day, number(year) if is_number(year) else None))
    return found


def begun(snapshot: Snapshot) -> list[Topic]:
    """Those whose week has begun on the day."""
    return [one for one in topics(snapshot) if one.week <= snapshot.on]


def proven(snapshot: Snapshot) -> set[tuple[int, str]]:
    """Who (a position in `Learners`) has evidence up to the day for which topic, its name in small letters."""
    return {
        (learner, fold(text(name)))
        for learner, _, name, value in snapshot.records("PDevidence", "topic", "date")
        if not is_error(name) and (day := as_date(value)) and day <= snapshot.on
    }


def lacking(snapshot: Snapshot, topic: Topic, known: set[tuple[int, str]]) -> set[int]:
    """The learners here whom a topic is for and who have no evidence for it; ``known`` is what `proven` gives."""
    everyone, name = snapshot.learners.all, fold(topic.name)
    return {one for one in snapshot.here if topic.is_for(everyone[one]) and (one, name) not in known}


def coverage(snapshot: Snapshot) -> list[Covered]:
    """How far each learner on roll has come, in the order of Learners."""
    known, started = proven(snapshot), begun(snapshot)
    found = []
    for place in snapshot.here:
        learner = snapshot.learners.all[place]
        mine = [one for one in started if one.is_for(learner)]
        found.append(Covered(learner, mine, [one for one in mine if (place, fold(one.name)) not in known]))
    return found


def by_form(rows: Sequence[Covered]) -> list[dict[str, Any]]:
    """A row for each form and topic begun: how many learners it is for, and how many have evidence."""
    counted: dict[tuple[str, int], list[int]] = {}
    names: dict[int, Topic] = {}
    for one in rows:
        missing = {topic.row for topic in one.missing}
        for topic in one.topics:
            names[topic.row] = topic
            held = counted.setdefault((one.learner.form, topic.row), [0, 0])
            held[0] += 1
            held[1] += topic.row not in missing
    return [
        {"form": form or None, "topic": names[row].name, "week": names[row].week, "learners": many, "covered": done}
        for (form, row), (many, done) in sorted(counted.items())
    ]
