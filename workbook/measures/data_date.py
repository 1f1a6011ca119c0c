"""The data date: the last day of which a tracker's data speaks, so that what is late never depends on today.

What has happened counts: register marks of possible sessions, dated records, drops for which a level or an effort was
given. What is planned (reviews, due dates, visits, the diary) says nothing about the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from workbook.measures.calendar import Calendar, monday
from workbook.measures.codes import MARK_KEYS, code_counts, counted_codes
from workbook.measures.learners import Learners, word
from workbook.measures.levels import Assessed
from workbook.measures.roll import Roll
from workbook.measures.sessions import rows_again
from workbook.model import Tracker, Value, sheet
from workbook.model.excel import fold, is_error, is_number, number, text
from workbook.model.formulas import DROPS, SESSIONS, literal
from workbook.model.tracker import as_date

HAPPENED: dict[str, tuple[str, ...]] = {
    "Behaviour": ("date",),
    "Contacts": ("date",),
    "Achievements": ("date",),
    "PDevidence": ("date",),
    "Targets": ("set_on", "reviewed"),
    "Workexperience": ("health_and_safety", "insurance", "consent"),
    "Transition": ("applied", "offer_date", "evidence"),
}
"""The columns of dates, by table, that tell of what has happened."""


def last_date(tracker: Tracker, mark: Callable[[], date | None] | None = None) -> date:
    """The last date inside the academic year on which the tracker records something that has happened.

    Marks of possible sessions on school days, dated records, and the dates of drops that have a level or an effort
    count; what is planned does not. The first day of the year where nothing is dated. ``mark`` gives the `last_mark`
    where somebody else may know it.
    """
    first, last = tracker.year
    return max(
        (day for day in _recorded(tracker, mark or partial(last_mark, tracker)) if first <= day <= last), default=first
    )


def last_of(tracker: Tracker, table: str) -> date | None:
    """The last of these dates that a table of records gives, or Progress; None where it has none inside the year."""
    first, last = tracker.year
    return max((day for day in _recorded_in(tracker, table) if first <= day <= last), default=None)


def _recorded_in(tracker: Tracker, table: str) -> Iterator[date]:
    if table == "Progress":
        yield from drop_dates(tracker, given_only=True).values()
    for key in HAPPENED.get(table, ()):
        yield from filter(None, map(as_date, set(tracker[table][key])))


def _recorded(tracker: Tracker, mark: Callable[[], date | None]) -> Iterator[date]:
    for name in (*HAPPENED, "Progress"):
        yield from _recorded_in(tracker, name)
    day = mark()
    if day:
        yield day


def drop_dates(tracker: Tracker, given_only: bool = False) -> dict[int, date]:
    """The date of each drop by its number; ``given_only`` leaves out drops for which nothing has been given yet."""
    drops, progress = tracker["Drops"], tracker["Progress"]
    first: dict[float, date | None] = {}
    for drop, value in zip(drops["drop"], drops["date"], strict=True):
        if is_number(drop):
            first.setdefault(number(drop), as_date(value))
    dates = {drop: day for drop in DROPS if (day := first.get(drop))}
    if not given_only:
        return dates
    assessed = Assessed(tracker)

    def given(drop: int) -> bool:
        columns = (progress[f"apl_{drop}"], progress[f"effort_{drop}"])
        return any(assessed(value) for column in columns for value in column if value is not None)

    return {drop: day for drop, day in dates.items() if given(drop)}


def drop_names(tracker: Tracker, unnamed: str = "drop") -> dict[int, str]:
    """The name of each drop by its number; one without a name is called ``drop 3``."""
    drops = zip(tracker["Drops"]["drop"], tracker["Drops"]["name"], strict=True)
    names: dict[float, str] = {}
    for drop, name in drops:
        if is_number(drop):
            names.setdefault(number(drop), word(name))
    return {drop: names.get(drop) or f"{unnamed} {drop}" for drop in DROPS}


def as_of(tracker: Tracker, on: date) -> Tracker:
    """The tracker as it stood on a day: levels and efforts of later drops are blank (a drop without a date stays)."""
    last = tracker.year[1]
    later = [drop for drop, day in drop_dates(tracker, given_only=True).items() if on < day <= last]
    if not later:
        return tracker
    table = tracker["Progress"]
    blank: list[Value] = [None] * len(table)
    keys = (f"{what}_{drop}" for drop in later for what in ("apl", "effort"))
    before = replace(table, columns=table.columns | {key: blank for key in keys if key in table.columns})
    return tracker.with_room({"Progress": before})


def last_mark(tracker: Tracker) -> date | None:
    """The last school day with a mark of a possible session; codes such as ``#`` may be typed ahead."""
    registers, calendar, learners = tracker["Registers"], Calendar(tracker), Learners(tracker)
    roll = Roll(tracker, learners, calendar)
    possible = counted_codes(code_counts(tracker), "possible")
    columns = [registers[key] for key in MARK_KEYS]
    mondays = {week: monday(day) for week in set(registers["week"]) if (day := as_date(week))}
    rows: dict[date, list[int]] = {}
    again = rows_again(tracker, learners)
    for i, value in enumerate(registers["week"]):
        if value in mondays and i not in again:
            rows.setdefault(mondays[value], []).append(i)
    who = registers["learner_id"]

    def held(row: int, mark: Value, day: date) -> bool:
        if mark is None or is_error(mark) or fold(text(mark)) not in possible:
            return False
        return roll.counts(learners.find(who[row]), day)

    for week in sorted(rows, reverse=True):
        for place in range(len(columns) - 1, -1, -1):
            day = week + timedelta(days=place // 2)
            if calendar.is_school_day(day) and any(held(i, columns[place][i], day) for i in rows[week]):
                return day
    return None


def _latest(days: str, condition: str = "") -> str:
    inside = f"({days}>=year_starts)*({days}<year_ends+1){condition}"
    return f"IFERROR(INT(_xlfn.AGGREGATE(14,6,{days}/({inside}),1)),0)"


def _marks() -> str:
    """The day of the last mark of a possible session, in the latest week that has any."""
    week = _latest("Registers[Week]", "*(Registers[Possible]>0)")
    week = f"({week}-WEEKDAY({week},3))"
    marks = f"Registers[[{SESSIONS[0]}]:[{SESSIONS[-1]}]]"
    possible = f"ISNUMBER(MATCH({literal(marks)},Codes[Counts possible],0))"
    places = ",".join(str(i + 1) for i in range(len(SESSIONS)))
    days = ",".join(str(i // 2) for i in range(len(SESSIONS)))
    counts = f'(MID(Registers[Sessions],{{{places}}},1)="1")'
    inside = f"(Registers[Week]>={week})*(Registers[Week]<{week}+7)"
    return f"{week}+IFERROR(SUMPRODUCT(MAX({inside}*{counts}*{possible}*{{{days}}})),0)"


def _given(drop: int) -> str:
    """The date of a drop that has a level or an effort, whole numbers only; 0 for any other."""
    counted = "+".join(
        f'COUNTIF(Progress[{what} {drop}],"?*")+COUNT(Progress[{what} {drop}])'
        f'-IF(not_assessed="",0,COUNTIF(Progress[{what} {drop}],"="&{literal("not_assessed")}))'
        for what in ("APL", "Effort")
    )
    day = f"INDEX(Drops[Date],MATCH({drop},Drops[Drop],0))"
    return f"IFERROR(({counted}>0)*({day}>=year_starts)*({day}<year_ends+1)*INT({day}),0)"


def _headers() -> Iterator[str]:
    for table, keys in HAPPENED.items():
        yield from (f"{table}[{sheet(table).by_key[key].header}]" for key in keys)


DATA_DATE = f"MAX(year_starts,{','.join([_marks(), *map(_given, DROPS), *map(_latest, _headers())])})"
"""The same as a formula."""
