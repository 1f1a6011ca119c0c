"""Attendance by weekday, half day, vocational day and other days: counts, and a caution where they are few.

Nothing is inferred: with few sessions missed, two more on a Monday are chance. The Learner view tells the same sentence
by formula (`told_by_formula`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.measures.attendance import figures
from workbook.measures.sessions import WEEK, Tally
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.formulas import DAYS
from workbook.model.lists import LISTS

if TYPE_CHECKING:
    import pandas as pd

WEEKDAYS = LISTS["Weekdays"][: len(DAYS)]
FEW = 10
"""With fewer sessions missed a pattern may well be chance."""
CAUTION = "These are small numbers, so it may be chance."
NONE_MISSED = "No session was missed, on any day."
TOO_EARLY = "There are too few sessions so far to see a pattern by day."
VOCATIONAL, OTHER = "vocational days", "other days"

Week = Sequence[Tally]
"""A learner's sessions by their place in the week: Mon am, Mon pm … Fri pm."""


def weeks_of(snapshot: Snapshot) -> list[Week]:
    """The ten tallies of each learner, in the order of `snapshot.learners`."""
    sessions = snapshot.sessions
    places = (
        sessions.tallies(sessions.everywhere(sum(1 << week * WEEK + place for week in range(sessions.weeks))))
        for place in range(WEEK)
    )
    return [list(week) for week in zip(*places, strict=True)]


def pattern_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """A row for each learner on roll and part of the week with possible sessions: learner_id, part, the sessions."""
    weeks, rows = weeks_of(snapshot), []
    for place in snapshot.here:
        learner = snapshot.learners.all[place]
        for part, tally in parts(weeks[place], learner.vocational_day):
            if tally.possible:
                rows.append({"learner_id": learner.learner_id, "part": part, **figures(tally)})
    return rows


def patterns(tracker: Tracker, on: date) -> pd.DataFrame:
    """The rows of `pattern_rows` as a frame."""
    import pandas as pd

    return pd.DataFrame(pattern_rows(Snapshot(tracker, on)), dtype=object)


def parts(week: Week, vocational_day: str) -> Iterator[tuple[str, Tally]]:
    """Each weekday, am, pm and, where there is a vocational day, that day and the others."""
    days = [_added(week[2 * day : 2 * day + 2]) for day in range(len(DAYS))]
    yield from zip(WEEKDAYS, days, strict=True)
    yield "am", _added(week[::2])
    yield "pm", _added(week[1::2])
    own = vocational_place(vocational_day)
    if own is not None:
        yield VOCATIONAL, days[own]
        yield OTHER, _added(day for place, day in enumerate(days) if place != own)


def vocational_place(day: str) -> int | None:
    """Which weekday a vocational day is, 0 to 4; None for none."""
    return next((place for place, name in enumerate(WEEKDAYS) if fold(name) == fold(day)), None)


def _added(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(*(sum(getattr(one, key) for one in found) for key in ("possible", "attended", "unauthorised", "late")))


def told(week: Week, vocational_day: str, early: float) -> str:
    """The pattern in sentences: what was missed of how much, and a caution where that is little.

    Empty without possible sessions; ``early`` is how many are needed before anything is said.
    """
    whole = _added(week)
    if not whole.possible:
        return ""
    if whole.possible < early:
        return TOO_EARLY
    if not whole.absent:
        return NONE_MISSED
    found = {part: f"{tally.absent} of {tally.possible}" for part, tally in parts(week, vocational_day)}
    by_day = ", ".join(f"{name} {found[name]}" for name in WEEKDAYS)
    words = f"Sessions missed: {by_day}; mornings {found['am']}, afternoons {found['pm']}."
    own = vocational_place(vocational_day)
    if own is not None:
        words += f" On the vocational day ({WEEKDAYS[own]}) {found[VOCATIONAL]}, on other days {found[OTHER]}."
    return f"{words} {CAUTION}" if whole.absent < FEW else words


def told_by_formula(possible: Sequence[str], attended: Sequence[str], vocational_day: str) -> str:
    """`told` as a formula: cells of the ten sessions of a week, and an expression of the vocational day."""

    def part(places: Iterable[int]) -> str:
        chosen = list(places)
        ours, came = ("+".join(cells[place] for place in chosen) for cells in (possible, attended))
        return f'({ours}-({came}))&" of "&({ours})'

    def among(cells: Sequence[str]) -> str:
        return f"{cells[0]}:{cells[-1]}"

    days = [part((2 * day, 2 * day + 1)) for day in range(len(DAYS))]
    by_day = '&", '.join(f'{name} "&{day}' for name, day in zip(WEEKDAYS, days, strict=True))
    halves = [part(range(first, WEEK, 2)) for first in (0, 1)]
    words = f'"Sessions missed: {by_day}&"; mornings "&{halves[0]}&", afternoons "&{halves[1]}&"."'
    names = "{" + ",".join(f'"{name}"' for name in WEEKDAYS) + "}"
    own = f"MATCH({vocational_day},{names},0)"
    ours, came = (f"(INDEX({among(cells)},2*{own}-1)+INDEX({among(cells)},2*{own}))" for cells in (possible, attended))
    missed, whole = f"(SUM({among(possible)})-SUM({among(attended)}))", f"SUM({among(possible)})"
    on_it = (
        f'IFERROR(" On the vocational day ("&INDEX({names},{own})&") "&({ours}-{came})&" of "&{ours}&", on other days "'
        f'&({missed}-({ours}-{came}))&" of "&({whole}-{ours})&".","")'
    )
    said = f'{words}&{on_it}&IF({missed}<{FEW}," {CAUTION}","")'
    early = f'IF({whole}<early_sessions,"{TOO_EARLY}",IF({missed}=0,"{NONE_MISSED}",{said}))'
    return f'IF({whole}=0,"",{early})'
