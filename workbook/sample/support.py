"""Interventions and the groups that share one: begun for what was known that day, judged by what came of it.

One kind of help helps: the small groups after lessons (Academic) raise levels (`workbook.sample.progress.HELPED`).
Every other kind changes nothing in the sample. Who of those with a concern gets help, and when, is left to chance, so
that there is somebody to compare with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from workbook.measures.earlier import Then
from workbook.model.rules import BY_CODE
from workbook.sample.known import Known, wants_talk
from workbook.sample.people import Person
from workbook.sample.results import MET, Results, of_all
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_CHANCE = 0.07
"""The chance in a week that somebody with a concern who has nothing in place gets something."""
_WEEKS = range(5, 17)
_CLUB_SIZE = 6

# type: aim measure, aim value, sessions, words for parents
_WAYS: dict[str, tuple[str, float, int, str]] = {
    "Attendance": ("Attendance %", 95, 8, "A weekly check-in and a call home after a day off."),
    "Parent meeting": ("Attendance %", 90, 2, "A meeting with home to agree what helps."),
    "Academic": ("Points", 0.5, 10, "Small-group sessions after lessons on Thursdays."),
    "Effort": ("Effort", 2, 6, "A short plan for starting lessons, looked at each Friday."),
    "Restorative meeting": ("Incidents", 0, 2, "A restorative meeting and a follow-up."),
    "Mentoring": ("Effort", 2, 8, "Half an hour with the mentor every week."),
}
_CONCERNS = {
    "Attendance": ("attendance_talk", "attendance_look", "lates"),
    "Parent meeting": ("attendance_talk", "attendance_head", "attendance_fall"),
    "Academic": ("progress_below", "core_below"),
    "Mentoring": ("progress_fell", "effort_dropped"),
    "Effort": ("effort_lowest", "effort_dropped"),
    "Restorative meeting": ("incidents",),
}
"""What each kind of help is for, the most serious concern first: it stands as the reason."""
_CLUBS = {"Breakfast club": "Attendance", "Maths catch-up": "Academic", "Fresh start": "Effort"}


@dataclass(frozen=True)
class Begun:
    """Help for a learner that begins on a Monday: which, why, and the group it is given in, if any."""

    person: Person
    kind: str
    start: date
    reason: str
    group: str = ""


def begin(persons: Sequence[Person], known: Known, calendar: SchoolYear, rng: Random) -> list[Begun]:
    """Who gets help, week by week, from what was known on the eve of the week; everybody at most once."""
    found: list[Begun] = []
    helped: set[str] = set()
    clubs = _club_weeks(len(persons), rng)
    for week in _WEEKS:
        monday = calendar.weeks[week]
        then = known.before(monday)
        free = [one for one in persons if one.learner_id in then and one.learner_id not in helped]
        for name in (name for name, at in clubs.items() if at == week):
            kind = _CLUBS[name.rstrip(" 0123456789")]
            fitting = [one for one in free if _fits(kind, then[one.learner_id])]
            for one in rng.sample(fitting, min(_CLUB_SIZE, len(fitting) // 2)):
                found.append(Begun(one, kind, monday, _reason(kind, then[one.learner_id]), name))
                helped.add(one.learner_id)
        for one in free:
            mine = then[one.learner_id]
            kinds = [kind for kind in _CONCERNS if _fits(kind, mine)]
            if one.learner_id in helped or not kinds or rng.random() > _CHANCE * (1.5 if wants_talk(mine) else 1):
                continue
            kind = rng.choice(kinds)
            found.append(Begun(one, kind, monday, _reason(kind, mine)))
            helped.add(one.learner_id)
    return found


def _club_weeks(learners: int, rng: Random) -> dict[str, int]:
    """The groups and the week in which each begins: one of a kind for 120 learners."""
    many = max(1, round(learners / 120))
    names = [f"{name} {number}" if many > 1 else name for name in _CLUBS for number in range(1, many + 1)]
    return {name: rng.randrange(7, 12) for name in names}


def _fits(kind: str, then: Then) -> bool:
    """Whether help is for one of a learner's concerns; who misses most gets more than a weekly check-in."""
    if kind == "Attendance" and (then.attendance is None or then.attendance < 80):
        return False
    return any(code in then.concerns for code in _CONCERNS[kind])


def _reason(kind: str, then: Then) -> str:
    return next(BY_CODE[code].title for code in _CONCERNS[kind] if code in then.concerns)


def helped_with_levels(begun: Sequence[Begun]) -> dict[str, date]:
    """Whose levels rise by what is planted, and from when on the help is given."""
    return {one.person.learner_id: one.start for one in begun if one.kind == "Academic"}


def interventions(begun: Sequence[Begun], results: Results, calendar: SchoolYear, rng: Random) -> tuple[Rows, Rows]:
    """Rows of Interventions by their start, and of Groups."""
    rows: Rows = []
    members: dict[str, list[Begun]] = {}
    for one in begun:
        if one.group:
            members.setdefault(one.group, []).append(one)
        else:
            rows.append({"learner_id": one.person.learner_id} | _row([one], results, calendar, rng))
    groups: Rows = []
    for name in sorted(members):
        rows.append({"group": name} | _row(members[name], results, calendar, rng))
        for one in members[name]:
            left = one.person.left or (calendar.friday(19) if rng.random() < 0.06 else None)
            groups.append({"group": name, "learner_id": one.person.learner_id, "joined": one.start, "left": left})
    rows.sort(key=lambda row: row["start"])
    return rows, groups


def _row(them: Sequence[Begun], results: Results, calendar: SchoolYear, rng: Random) -> dict[str, Any]:
    """The cells of a row but whose it is. What was to be looked at by now mostly was, and ended or goes on by that."""
    one = them[0]
    measure, value, planned, words = _WAYS[one.kind]
    left = one.person.left if len(them) == 1 else None
    review = one.start + rng.choice((28, 42, 42, 56)) * DAY
    end = outcome = None
    if left is not None:
        review, end, outcome = min(review, left), left, "Stopped"
    elif review <= calendar.last and rng.random() < 0.8:
        went = of_all([results.outcome(measure, value, each.person, one.start, review) for each in them])
        if went == MET or (went and rng.random() < 0.35):
            end, outcome = review, went
        else:
            review, outcome = review + 42 * DAY, "Goes on"
    weeks = ((end or calendar.last) - one.start).days / 7
    severe = BY_CODE["attendance_head"].title
    return {
        "type": one.kind,
        "reason": one.reason,
        "agreed_with": "Head of Year" if one.reason == severe else rng.choice(("Head of Year", "Home", "Learner")),
        "owner": one.person.mentor,
        "start": one.start,
        "review_due": review,
        "end": end,
        "aim_measure": measure,
        "aim_value": value,
        "sessions_planned": planned,
        "sessions_attended": min(planned, round(planned * min(1, weeks / 8) * rng.uniform(0.6, 1))),
        "for_parents": words,
        "outcome": outcome,
        "notes": "Goes better in the mornings." if rng.random() < 0.1 else None,
    }
