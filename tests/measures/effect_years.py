"""How honest `effect` is: years with a planted effect or none, learners picked in different ways, claims counted.

    python -m tests.measures.effect_years [YEARS] [SEED]

A year is a college of 160 learners of one year group with fifteen weeks of registers or three drops of levels in four
subjects. Those to be helped are picked by chance, by chance among the lower half by true level, or as the lowest:
of the last four weeks (or the last drop), of the year so far, or by true level. Where nothing is planted, an interval
without 0 is a false claim; where something is, it should hold the planted figure.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from workbook.measures.effect import Effect, effects
from workbook.model import Tracker, defaults, sheet
from workbook.model.formulas import SESSIONS
from workbook.model.tracker import Table
from workbook.model.vocabulary import key_of

FIRST, START, ON = date(2026, 9, 7), date(2026, 11, 9), date(2027, 1, 8)
WEEKS = [FIRST + timedelta(weeks=n) for n in range(17)]
DROPS = (date(2026, 10, 2), date(2026, 11, 6), date(2026, 12, 11))
PICKS = ("chance", "half", "window", "year", "level")
SUBJECTS = ("English", "Maths", "Science", "PE")
LEARNERS, HELPED = 160, 32


def picked(how: str, random: Random, window: list[float], year: list[float], level: list[float]) -> set[int]:
    """The places of those who are helped."""
    if how == "chance":
        return set(random.sample(range(LEARNERS), HELPED))
    if how == "half":
        lower = sorted(range(LEARNERS), key=lambda one: (level[one], one))[: LEARNERS // 2]
        return set(random.sample(lower, HELPED))
    low = {"window": window, "year": year, "level": level}[how]
    return set(sorted(range(LEARNERS), key=lambda one: (low[one], one))[:HELPED])


def _tracker(rows: dict[str, list[dict[str, object]]], mine: set[int], measure: str, subject: str | None) -> Tracker:
    people = [{"learner_id": f"L{n:03}", "year": 10} for n in range(LEARNERS)]
    helped = [
        {"learner_id": f"L{n:03}", "type": "Mentoring", "aim_measure": measure, "start": START, "subject": subject}
        for n in sorted(mine)
    ]
    tracker = defaults.new("2026-27")
    for name, records in (rows | {"Learners": people, "Interventions": helped}).items():
        tracker.tables[name] = Table.of(sheet(name), records)  # type: ignore[arg-type]
    return tracker


def attendance(how: str, lift: float, seed: int) -> Tracker:
    """A year of registers: each learner has a lasting chance, and weeks differ."""
    random = Random(f"{how}/{lift}/{seed}/attendance")
    level = [min(0.995, random.betavariate(14, 1.6)) for _ in range(LEARNERS)]
    weeks = [[min(1, max(0, chance + random.gauss(0, 0.06))) for _ in WEEKS] for chance in level]
    marks = [[[random.random() < week for _ in SESSIONS] for week in mine] for mine in weeks]
    before = [number for number, week in enumerate(WEEKS) if week < START]
    year = [sum(sum(mine[number]) for number in before) for mine in marks]
    window = [sum(sum(mine[number]) for number in before[-4:]) for mine in marks]
    mine = picked(how, random, [float(one) for one in window], [float(one) for one in year], level)
    rows: list[dict[str, object]] = []
    for number, week in enumerate(WEEKS):
        for n in range(LEARNERS):
            here = [m or (n in mine and week >= START and random.random() < lift) for m in marks[n][number]]
            row = {key_of(one): "/" if m else "O" for one, m in zip(SESSIONS, here, strict=True)}
            rows.append({"learner_id": f"L{n:03}", "week": week, **row})
    return _tracker({"Registers": rows}, mine, "Attendance %", None)


def levels(how: str, lift: float, seed: int, subject: str | None = None) -> Tracker:
    """A year of levels on a fine scale: a lasting level, a lasting difference by subject, and chance at each drop."""
    random = Random(f"{how}/{lift}/{seed}/{subject}/levels")
    level = [random.gauss(4.5, 1.1) for _ in range(LEARNERS)]
    strength = [[random.gauss(0, 0.5) for _ in SUBJECTS] for _ in range(LEARNERS)]
    points = [
        [[level[n] + own + 0.15 * drop + random.gauss(0, 0.5) for drop in range(3)] for own in strength[n]]
        for n in range(LEARNERS)
    ]
    place = SUBJECTS.index(subject) if subject else None
    judged = [[one[place]] if place is not None else one for one in points]
    window = [sum(one[1] for one in mine) for mine in judged]
    year = [sum(one[0] + one[1] for one in mine) for mine in judged]
    mine = picked(how, random, window, year, level)
    rows: list[dict[str, object]] = []
    for n in range(LEARNERS):
        for number, name in enumerate(SUBJECTS):
            path = list(points[n][number])
            path[2] += lift if n in mine and place in (None, number) else 0
            given = {f"apl_{drop}": _fine(value) for drop, value in enumerate(path, start=1)}
            rows.append({"learner_id": f"L{n:03}", "subject": name, **given})
    drops = [{"drop": drop, "name": f"Drop {drop}", "date": day} for drop, day in enumerate(DROPS, start=1)]
    subjects = [{"subject": name, "scale": "GCSE fine"} for name in SUBJECTS]
    return _tracker({"Progress": rows, "Drops": drops, "Subjects": subjects}, mine, "Points", subject)


def _fine(value: float) -> str:
    thirds = round(min(9.0, max(1.0, value)) * 3)
    whole, rest = divmod(thirds + 1, 3)
    return f"{whole}{('-', '', '+')[rest]}"


def run(name: str, make: Callable[[int], Tracker], years: int, truth: float) -> None:
    """Print how many years claimed something, how often the interval held the truth, and how many were refused."""
    found: list[Effect] = [one for seed in range(years) for one in effects(make(seed), ON)]
    given = [one for one in found if one.effect is not None and one.low is not None and one.high is not None]
    claims = sum(not one.low <= 0 <= one.high for one in given if one.low is not None and one.high is not None)
    held = sum(one.low <= truth <= one.high for one in given if one.low is not None and one.high is not None)
    alone = [one.before_and_after for one in found if one.before_and_after is not None]
    mean = sum(one.effect or 0 for one in given) / max(1, len(given))
    print(
        f"{name:34} years {len(found):3}  refused {len(found) - len(given):3}  claims {claims:3} of {len(given):3}"
        f"  holds {truth:g}: {held:3}  mean {mean:6.2f}  alone {sum(alone) / max(1, len(alone)):6.2f}",
        flush=True,
    )


def main() -> None:
    """Every way of picking, with and without something planted."""
    years, seed = (int(one) for one in (*sys.argv[1:], "60", "0")[:2]) if len(sys.argv) < 3 else map(int, sys.argv[1:3])
    for how in PICKS:
        run(f"levels, none, by {how}", lambda n, how=how: levels(how, 0, seed + n), years, 0)  # type: ignore[misc]
        run(f"levels, +0.8, by {how}", lambda n, how=how: levels(how, 0.8, seed + n), years, 0.8)  # type: ignore[misc]
    for how in PICKS:
        run(f"maths, none, by {how}", lambda n, how=how: levels(how, 0, seed + n, "Maths"), years, 0)  # type: ignore[misc]
        run(f"maths, +0.8, by {how}", lambda n, how=how: levels(how, 0.8, seed + n, "Maths"), years, 0.8)  # type: ignore[misc]
    for how in PICKS:
        run(f"attendance, none, by {how}", lambda n, how=how: attendance(how, 0, seed + n), years, 0)  # type: ignore[misc]


if __name__ == "__main__":
    main()
