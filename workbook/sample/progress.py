"""Levels, effort and comments of each learner in each subject, for the data drops filled so far.

A learner's level follows the path from baseline to target, moved by how engaged the learner is, by the subject and
by a drift over the year, and is given in whole levels of the subject's scale.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from workbook.model import Tracker
from workbook.sample import college
from workbook.sample.comments import comment
from workbook.sample.people import Person
from workbook.sample.school_year import FILLED_DROPS

# scale: mean and spread of the baseline, what a course adds, how far one step of a hidden measure moves a level
_SHAPES = {
    "APL": (2.6, 0.8, 2.1, 1.0),
    "GCSE 9-1": (2.4, 0.8, 2.1, 1.0),
    "Combined Science": (2.5, 0.8, 1.7, 0.9),
    "Entry / Functional": (1.6, 0.5, 2.0, 0.7),
    "Level 1/2 Tech": (0.8, 0.5, 3.2, 1.1),
}
_NOT_ASSESSED = "N/A"
_BEHIND = 0.45
"""How far, in steps of a scale, learners stand below the path from baseline to target in the mean."""
HELPED = 0.6
"""The points by which small-group help raises levels, from the first drop four weeks after its start on."""
Taken = tuple[int, float, float]
"""A data drop: its number, the share of the course gone by then, what moves all of a learner's levels that week."""


@dataclass
class Standing:
    """How a learner stands at the latest drop, for the sheets that follow from it."""

    below: list[str] = field(default_factory=list)
    lowest_effort: list[str] = field(default_factory=list)
    rose: list[str] = field(default_factory=list)
    fell: list[str] = field(default_factory=list)


class Scale:
    """The levels of a scale by their points."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self.points = [float(row["points"]) for row in rows]
        self.levels = [str(row["level"]) for row in rows]
        self.in_words = [_in_words(row) for row in rows]

    def nearest(self, points: float) -> int:
        """The place of the level whose points are nearest."""
        right = bisect_left(self.points, points)
        if right == 0:
            return 0
        if right == len(self.points) or points - self.points[right - 1] <= self.points[right] - points:
            return right - 1
        return right


def _in_words(row: dict[str, Any]) -> str:
    """A level as a teacher writes it to a parent; APL levels are known by their short names."""
    return str(row["level"] if row["scale"] == "APL" else row["label_for_parents"])


def scales(tracker: Tracker) -> dict[str, Scale]:
    """The tracker's scales by name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in tracker["Scales"].records():
        rows.setdefault(row["scale"], []).append(row)
    return {name: Scale(sorted(some, key=lambda row: float(row["points"]))) for name, some in rows.items()}


def elapsed(tracker: Tracker, day: date) -> float:
    """The share of the year's term days gone by on ``day``, as the Drops sheet works it out."""
    spans = [(row["start"], row["end"]) for row in tracker["Terms"].records() if row["kind"] == "Term"]
    gone = sum(max(0, (min(day, end) - start).days + 1) for start, end in spans)
    return float(gone / sum((end - start).days + 1 for start, end in spans))


class Marking:
    """Fills the Progress sheet, row by row."""

    def __init__(self, tracker: Tracker, rng: Random, words: Random, helped: Mapping[str, date]) -> None:
        """``words`` chooses those of comments, so that levels are drawn alike whatever help ``helped`` is given."""
        self.scales = scales(tracker)
        self.rng, self.words, self.helped = rng, words, helped
        dates = [row["date"] for row in tracker["Drops"].records()][:FILLED_DROPS]
        self.drops = [(number, day, elapsed(tracker, day)) for number, day in enumerate(dates, start=1)]

    def rows(self, person: Person, standing: Standing) -> list[dict[str, Any]]:
        """A learner's nine rows; ``standing`` is told what stands out."""
        prior = self.rng.choices(("KS2", "CAT", "College assessment", "Teacher", "None"), (42, 13, 21, 8, 16))[0]
        lean = 0.3 * person.engagement + self.rng.gauss(0, 0.22)
        taken = [
            (number, (person.year - college.YEARS[0] + share) / len(college.YEARS), self.rng.gauss(0, 0.09))
            for number, day, share in self.drops
            if person.started <= day <= (person.left or day)
        ]
        return [
            self._row(person, subject, prior, lean, taken, standing) for subject in (*college.ACADEMIC, person.course)
        ]

    def _row(
        self,
        person: Person,
        subject: str,
        prior: str,
        lean: float,
        taken: list[Taken],
        standing: Standing,
    ) -> dict[str, Any]:
        rng, scale_name = self.rng, college.SCALE_OF.get(subject, college.TECH)
        scale, (mean, spread, gain, step) = self.scales[scale_name], _SHAPES[scale_name]
        baseline = scale.nearest(mean + spread * person.ability + rng.gauss(0, 0.5))
        target = scale.nearest(scale.points[baseline] + gain + rng.gauss(0, 0.35))
        has_baseline = prior != "None" and rng.random() > 0.01
        row: dict[str, Any] = {
            "learner_id": person.learner_id,
            "subject": subject,
            "baseline": scale.levels[baseline] if has_baseline else None,
            "baseline_source": _source(prior, subject) if has_baseline else "None",
            "target": scale.levels[target],
        }
        low, high = scale.points[baseline], scale.points[target]
        offset = step * (lean - _BEHIND + rng.gauss(0, 0.4))
        start = self.helped.get(person.learner_id, date.max)
        rises = {number for number, day, _ in self.drops if day - timedelta(weeks=4) >= start}
        given: list[int] = []
        gap = 0.0
        for number, share, mood in taken:
            expected = low + (high - low) * share
            trend = step * (0.07 * person.drift * (number - 2) + mood)
            more = HELPED * step if number in rises else 0
            place = scale.nearest(expected + offset + trend + more + step * rng.gauss(0, 0.06))
            draw = rng.random()
            if draw < 0.006:
                row[f"apl_{number}"] = _NOT_ASSESSED if draw < 0.003 else None
                continue
            row[f"apl_{number}"] = scale.levels[place]
            given.append(place)
            gap = scale.points[place] - expected
        if given and rng.random() > 0.04:
            row["forecast"] = scale.levels[scale.nearest(high + 0.8 * offset + step * rng.gauss(0, 0.2))]
        efforts = self._efforts(person, taken, row)
        if given and rng.random() > 0.015:
            row["comment"] = self._comment(person, row, scale, given, gap, has_baseline)
        self._stand(standing, subject, given, gap if has_baseline else 0.0, efforts)
        return row

    def _efforts(self, person: Person, taken: list[Taken], row: dict[str, Any]) -> list[str]:
        rng = self.rng
        habit = 0.8 * person.engagement + rng.gauss(0, 0.5)
        given: list[str] = []
        for number, *_ in taken:
            felt = habit + 0.1 * person.drift * (number - 2) + rng.gauss(0, 0.15)
            code = "1" if felt < -1.75 else "2" if felt < -0.65 else "3" if felt < 0.75 else "4"
            row[f"effort_{number}"] = code
            given.append(code)
        return given

    def _comment(
        self, person: Person, row: dict[str, Any], scale: Scale, given: list[int], gap: float, has_baseline: bool
    ) -> str:
        place = "unknown" if not has_baseline else "below" if gap < -0.5 else "above" if gap >= 0.5 else "on"
        if len(given) > 1 and given[-1] != given[-2] and self.words.random() < 0.7:
            place = "up" if given[-1] > given[-2] else "down"
        efforts = [row.get(f"effort_{number}") for number, *_ in self.drops]
        effort = next((one for one in reversed(efforts) if one), None)
        return comment(
            person.called,
            person.pronouns,
            str(row["subject"]),
            effort,
            place,
            scale.in_words[given[-1]],
            scale.in_words[scale.levels.index(str(row["target"]))],
            self.words,
        )

    @staticmethod
    def _stand(standing: Standing, subject: str, given: list[int], gap: float, efforts: list[str]) -> None:
        if gap < -1:
            standing.below.append(subject)
        if efforts and efforts[-1] == "1":
            standing.lowest_effort.append(subject)
        if len(given) > 1 and given[-1] != given[-2]:
            (standing.rose if given[-1] > given[-2] else standing.fell).append(subject)


def _source(prior: str, subject: str) -> str:
    """A vocational course and digital skills start from the college's own assessment."""
    tested_before = subject in ("English Language", "Mathematics", "Combined Science", "English Literature")
    return prior if tested_before or prior == "CAT" else "College assessment"
