"""Flags about attendance: the year to date, a change since the last half term, lateness, full weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from workbook.measures.attendance import is_too_early
from workbook.measures.calendar import HalfTerm
from workbook.measures.sessions import WEEK, Sessions, Tally
from workbook.measures.snapshot import Raised, Rules, Snapshot
from workbook.model.excel import whole

TIERS = ("attendance_head", "attendance_talk", "attendance_look")
_RECENT_WEEKS = 2


@dataclass(frozen=True)
class _Registers:
    """What every rule about attendance is given: sessions, and the last day of which each learner has a mark."""

    snapshot: Snapshot
    sessions: Sessions
    last: list[date | None]


_rule = Rules[_Registers]()


def attendance_flags(snapshot: Snapshot) -> Iterator[Raised]:
    """Every attendance rule for every learner with marks."""
    sessions = snapshot.sessions
    if any(sessions.exists):
        yield from _rule.ask(_Registers(snapshot, sessions, sessions.last_days()))


@cache
def exact(number: float) -> Fraction:
    """A threshold as it was typed, so that 90.1 is not a little more or less."""
    return Fraction(str(number))


def percent(tally: Tally) -> Fraction:
    """Attendance in percent, exactly; only where sessions were possible."""
    return Fraction(100 * tally.attended, tally.possible)


def shown(value: Fraction, below: float | None = None) -> str:
    """A percentage to one place; to more where rounding would lift it to the threshold that it is below."""
    places = 1
    while below is not None and places < 6 and round(float(value), places) >= below:
        places += 1
    return f"{float(value):.{places}f}".rstrip("0").rstrip(".")


def is_judged(snapshot: Snapshot, tally: Tally) -> bool:
    """Whether enough sessions were possible to judge the year's attendance."""
    return tally.possible > 0 and not is_too_early(tally, snapshot.settings["early_sessions"])


def tier(snapshot: Snapshot, tally: Tally) -> tuple[str, float] | None:
    """The most serious tier that the year's attendance reaches, and its threshold; none while it is too early."""
    if not is_judged(snapshot, tally):
        return None
    for code in TIERS:
        limit = snapshot.threshold(code)
        if limit is None:
            continue
        edge = exact(limit)  # whole numbers on both sides: thousands of learners are judged on several days
        short = edge.numerator * tally.possible - 100 * tally.attended * edge.denominator
        if short > 0 or (short == 0 and code != "attendance_look"):
            return code, limit
    return None


def half_terms(snapshot: Snapshot, day: date) -> tuple[HalfTerm, HalfTerm] | None:
    """The half term of a day and the one before it; None in the first one."""
    place = snapshot.calendar.half_term(day)
    return (snapshot.calendar.half_terms[place], snapshot.calendar.half_terms[place - 1]) if place else None


def changed(snapshot: Snapshot, now: Tally, before: Tally) -> Fraction | None:
    """By how many points attendance rose; None where either half term has too few sessions to judge."""
    least = max(1, snapshot.settings["early_sessions"])
    enough = before.possible >= least and now.possible >= least
    return percent(now) - percent(before) if enough else None


def falls(change: Fraction, limit: float | None) -> bool:
    """Whether a change, as a number of points above 0, is large enough to be said."""
    return limit is not None and change > 0 and change >= exact(limit)


def windows(snapshot: Snapshot, day: date) -> Iterator[tuple[str, str, float, date, dict[str, int]]]:
    """The rules that count sessions of the latest days: code, what is counted, threshold, first day, figures."""
    days, weeks = int(snapshot.settings["lates_days"]), int(snapshot.settings["unauthorised_weeks"])
    for code, measure, first, figures in (
        ("lates", "late", snapshot.calendar.days_back(day, days), {"days": days}),
        ("unauthorised", "unauthorised", snapshot.calendar.weeks_back(day, weeks), {"weeks": weeks}),
    ):
        limit = snapshot.threshold(code)
        if limit is not None:
            yield code, measure, limit, first, figures


@_rule
def _yearly(case: _Registers) -> Iterator[Raised]:
    """The most serious tier only, once enough sessions were possible to judge."""
    snapshot, tallies = case.snapshot, case.sessions.tallies()
    for i in snapshot.here:
        reached = tier(snapshot, tallies[i])
        if reached:
            (code, limit), value = reached, percent(tallies[i])
            words = shown(value, limit if code == "attendance_look" else None)
            yield Raised(i, code, round(float(value), 2), whole(limit), case.last[i], {"value": words})


@_rule
def _change(case: _Registers) -> Iterator[Raised]:
    """This half term against the one before, where both have enough sessions to judge."""
    snapshot, sessions = case.snapshot, case.sessions
    terms = half_terms(snapshot, snapshot.on)
    if not terms:
        return
    now, before = (sessions.tallies(sessions.between(term.start, term.end)) for term in terms)
    for i in snapshot.here:
        rise = changed(snapshot, now[i], before[i])
        if rise is None:
            continue
        for code, change in (("attendance_fall", -rise), ("attendance_up", rise)):
            limit = snapshot.threshold(code)
            if falls(change, limit):
                figures = {"value": shown(change), "before": shown(percent(before[i])), "now": shown(percent(now[i]))}
                yield Raised(i, code, round(float(change), 2), whole(limit), case.last[i], figures)


@_rule
def _recent(case: _Registers) -> Iterator[Raised]:
    """Late sessions in the latest school days, unauthorised ones in the latest school weeks."""
    snapshot, sessions = case.snapshot, case.sessions
    for code, measure, limit, first, figures in windows(snapshot, snapshot.on):
        counts = sessions.count(sessions.masks[measure] & sessions.between(first, snapshot.on))
        for i in snapshot.here:
            if counts[i] and counts[i] >= limit:
                yield Raised(i, code, counts[i], whole(limit), case.last[i], figures)


@_rule
def _weeks(case: _Registers) -> Iterator[Raised]:
    """Full weeks: every possible session attended, no mark missing, the week over."""
    snapshot, sessions = case.snapshot, case.sessions
    over = [week for week in snapshot.calendar.weeks if _friday(snapshot, week) <= snapshot.on]
    if not over or over[-1] < snapshot.calendar.weeks_back(snapshot.on, _RECENT_WEEKS):
        return
    places = [sessions.place(week.toordinal()) for week in over]
    recent = len(over) - sum(week >= snapshot.calendar.weeks_back(snapshot.on, _RECENT_WEEKS) for week in over)
    possible, attended, late = (sessions.masks[what] for what in ("possible", "attended", "late"))
    missing = sessions.missing
    whole_week = (1 << WEEK) - 1
    for i in snapshot.here:
        mine = (possible[i], possible[i] & ~attended[i], late[i], missing[i])
        weeks = ([(one >> place) & whole_week for one in mine] for place in reversed(places))
        held = [
            (place, week) for place, week in zip(range(len(over) - 1, -1, -1), weeks, strict=True) if week[0] or week[3]
        ]
        if not held or held[0][0] < recent:
            continue
        full = [bool(week[0]) and not week[1] and not week[3] for _, week in held]
        in_time = _run(fine and not week[2] for fine, (_, week) in zip(full, held, strict=True))
        not_full = _run(bool(week[1]) for _, week in held[1:]) if full[0] else 0
        for code, value in (("streak", in_time), ("full_week", not_full)):
            limit = snapshot.threshold(code)
            if limit is not None and value and value >= limit:
                yield Raised(i, code, value, whole(limit), case.last[i])


def _friday(snapshot: Snapshot, week: date) -> date:
    """The last school day of a week."""
    return snapshot.calendar.school_days(week, week + timedelta(days=6))[-1]


def _run(weeks: Iterable[bool]) -> int:
    """How many weeks in a row hold, the last one first."""
    length = 0
    for week in weeks:
        if not week:
            break
        length += 1
    return length
