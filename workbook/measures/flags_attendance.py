"""Flags about attendance: the year to date, a change since the last half term, lateness, full weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from workbook.measures.attendance import counted, missing_marks
from workbook.measures.sessions import WEEK, Mask, Sessions, Tally
from workbook.measures.snapshot import Raised, Snapshot
from workbook.model.excel import whole

_TIERS = ("attendance_head", "attendance_talk", "attendance_look")
_RECENT_WEEKS = 2


def attendance_flags(snapshot: Snapshot) -> Iterator[Raised]:
    """Every attendance rule for every learner with marks."""
    sessions = snapshot.sessions
    if not any(sessions.exists):
        return
    last = sessions.last_days()
    counting = counted(snapshot.tracker, sessions, snapshot.calendar)
    yield from _yearly(snapshot, sessions.tallies(counting), last)
    yield from _change(snapshot, sessions, counting, last)
    yield from _recent(snapshot, sessions, last)
    yield from _weeks(snapshot, sessions, last)


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


def _yearly(snapshot: Snapshot, tallies: list[Tally], last: list[date | None]) -> Iterator[Raised]:
    """The most serious tier only, once enough sessions were possible to judge."""
    limits = [(code, snapshot.threshold(code)) for code in _TIERS]
    for i in snapshot.here:
        tally = tallies[i]
        if not tally.possible or tally.possible < snapshot.settings["early_sessions"]:
            continue
        value = percent(tally)
        for code, limit in limits:
            if limit is None:
                continue
            reached = value < exact(limit) if code == "attendance_look" else value <= exact(limit)
            if reached:
                words = shown(value, limit if code == "attendance_look" else None)
                yield Raised(i, code, round(float(value), 2), whole(limit), last[i], {"value": words})
                break


def _change(snapshot: Snapshot, sessions: Sessions, counting: Mask, last: list[date | None]) -> Iterator[Raised]:
    """This half term against the one before, where both have enough sessions to judge."""
    place = snapshot.calendar.half_term(snapshot.on)
    if not place:
        return
    terms = snapshot.calendar.half_terms[place - 1 : place + 1]
    before, now = (sessions.tallies(sessions.between(term.start, term.end) & counting) for term in terms)
    least = max(1, snapshot.settings["early_sessions"])
    for i in snapshot.here:
        if before[i].possible < least or now[i].possible < least:
            continue
        rise = percent(now[i]) - percent(before[i])
        for code, change in (("attendance_fall", -rise), ("attendance_up", rise)):
            limit = snapshot.threshold(code)
            if limit is not None and change > 0 and change >= exact(limit):
                figures = {"value": shown(change), "before": shown(percent(before[i])), "now": shown(percent(now[i]))}
                yield Raised(i, code, round(float(change), 2), whole(limit), last[i], figures)


def _recent(snapshot: Snapshot, sessions: Sessions, last: list[date | None]) -> Iterator[Raised]:
    """Late sessions in the latest school days, unauthorised ones in the latest school weeks."""
    days, weeks = int(snapshot.settings["lates_days"]), int(snapshot.settings["unauthorised_weeks"])
    rules = (
        ("lates", "late", snapshot.calendar.days_back(snapshot.on, days), {"days": days}),
        ("unauthorised", "unauthorised", snapshot.calendar.weeks_back(snapshot.on, weeks), {"weeks": weeks}),
    )
    for code, measure, first, figures in rules:
        limit = snapshot.threshold(code)
        if limit is None:
            continue
        counts = sessions.count(sessions.masks[measure] & sessions.between(first, snapshot.on))
        for i in snapshot.here:
            if counts[i] and counts[i] >= limit:
                yield Raised(i, code, counts[i], whole(limit), last[i], figures)


def _weeks(snapshot: Snapshot, sessions: Sessions, last: list[date | None]) -> Iterator[Raised]:
    """Full weeks: every possible session attended, no mark missing, the week over."""
    over = [week for week in snapshot.calendar.weeks if _friday(snapshot, week) <= snapshot.on]
    if not over or over[-1] < snapshot.calendar.weeks_back(snapshot.on, _RECENT_WEEKS):
        return
    places = [sessions.place(week.toordinal()) for week in over]
    recent = len(over) - sum(week >= snapshot.calendar.weeks_back(snapshot.on, _RECENT_WEEKS) for week in over)
    possible, attended, late = (sessions.masks[what] for what in ("possible", "attended", "late"))
    missing = missing_marks(sessions, snapshot.calendar)
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
                yield Raised(i, code, value, whole(limit), last[i])


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
