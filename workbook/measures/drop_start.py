"""What a data drop needs before it starts: which drop it is, and a row for each learner and subject not there yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from workbook.measures.learners import Learner, Learners, word
from workbook.measures.levels import LEVEL_KEYS
from workbook.model import CannotDo, Tracker, Value
from workbook.model.excel import fold, is_number, number
from workbook.model.formulas import DROPS
from workbook.model.tracker import as_date

_UNDER_WAY = 0.5
"""The latest drop is still being filled while fewer than this share of the rows have a level in it."""


@dataclass(frozen=True)
class DropStart:
    """A data drop about to start: its number, name and date, and the rows that Progress lacks (ID and subject)."""

    number: int
    name: str
    day: date | None
    rows: tuple[dict[str, Value], ...]


def drop_start(tracker: Tracker, on: date) -> DropStart:
    """The drop to start on a day: the one after the latest with levels, or that one while it is being filled.

    CannotDo where every drop has been filled, or where there are no learners or no subjects.
    """
    if not len(tracker["Learners"]) or not len(tracker["Subjects"]):
        raise CannotDo("A data drop needs learners and subjects: fill the sheets Learners and Subjects first.")
    number_ = _number(tracker)
    name, day = _called(tracker, number_)
    return DropStart(number_, name, day, tuple(missing_rows(tracker, on)))


def missing_rows(tracker: Tracker, on: date) -> list[dict[str, Value]]:
    """A row for each learner here and each of their subjects that Progress lacks, in the order of both sheets.

    A learner's subjects are the vocational one named like their course, and those that at least half of their year
    group has; where the year group has none yet, all that are not vocational.
    """
    learners = Learners(tracker)
    here = [one for one in learners.all if one.on_roll(on)]
    subjects = [(text, fold(word(vocational)) == "yes") for text, vocational in _subjects(tracker)]
    taken = _taken(tracker, learners)
    usual = _usual(here, taken)
    courses = tracker["Learners"]["course"]
    rows: list[dict[str, Value]] = []
    for one in here:
        course, common = fold(word(courses[one.row])), usual.get(one.year)
        for subject, vocational in subjects:
            key = fold(subject)
            theirs = key == course if vocational else common is None or key in common
            if theirs and (fold(one.learner_id), key) not in taken:
                rows.append({"learner_id": one.learner_id, "subject": subject})
    return rows


def _subjects(tracker: Tracker) -> list[tuple[str, Value]]:
    table = tracker["Subjects"]
    pairs = zip(table["subject"], table["vocational"], strict=True)
    return [(word(subject), vocational) for subject, vocational in pairs if word(subject)]


def _taken(tracker: Tracker, learners: Learners) -> set[tuple[str, str]]:
    """Which learner has a row in which subject."""
    table = tracker["Progress"]
    found = set()
    for learner, subject in zip(table["learner_id"], table["subject"], strict=True):
        place = learners.find(learner)
        if place is not None:
            found.add((fold(learners.all[place].learner_id), fold(word(subject))))
    return found


def _usual(here: list[Learner], taken: set[tuple[str, str]]) -> dict[float | None, set[str]]:
    """The subjects that at least half of the learners of a year group with any subject have."""
    year_of = {fold(one.learner_id): one.year for one in here}
    with_any: dict[float | None, set[str]] = {}
    counts: dict[float | None, Counter[str]] = {}
    for learner, subject in taken:
        if learner in year_of:
            year = year_of[learner]
            with_any.setdefault(year, set()).add(learner)
            counts.setdefault(year, Counter())[subject] += 1
    return {
        year: {subject for subject, count in counted.items() if 2 * count >= len(with_any[year])}
        for year, counted in counts.items()
    }


def _number(tracker: Tracker) -> int:
    table = tracker["Progress"]
    filled = {drop: sum(value is not None for value in table[key]) for drop, key in zip(DROPS, LEVEL_KEYS, strict=True)}
    latest = max((drop for drop, count in filled.items() if count), default=0)
    if latest and filled[latest] < _UNDER_WAY * len(table):
        return latest
    if latest == DROPS[-1]:
        raise CannotDo(f"All {latest} data drops of this year have levels: start the next year with a new tracker.")
    return latest + 1


def _called(tracker: Tracker, wanted: int) -> tuple[str, date | None]:
    table = tracker["Drops"]
    for drop, name, day in zip(table["drop"], table["name"], table["date"], strict=True):
        if is_number(drop) and number(drop) == wanted:
            return word(name), as_date(day)
    return "", None
