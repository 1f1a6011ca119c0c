"""The last day that a tracker's data speaks of, as a live formula, so that what is late never depends on today.

What has happened counts: register marks, dated records, drops for which levels were given. What is planned does not.
`workbook.measures.calendar.last_date` goes by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from workbook.building.views.places import Matter
from workbook.model import CellError, Value
from workbook.model.formulas import DROPS, SESSIONS
from workbook.model.tracker import as_date
from workbook.model.vocabulary import key_of

_HAPPENED = (
    ("Behaviour", "Date"),
    ("Contacts", "Date"),
    ("Achievements", "Date"),
    ("PDevidence", "Date"),
    ("Targets", "Set on"),
    ("Targets", "Reviewed"),
    ("Workexperience", "Health and safety"),
    ("Workexperience", "Insurance"),
    ("Workexperience", "Consent"),
    ("Transition", "Applied"),
    ("Transition", "Offer date"),
    ("Transition", "Evidence"),
)
_NO_SESSION = ("-", "#")
_DAYS = "{" + ",".join(str(i // 2) for i in range(len(SESSIONS))) + "}"


def name_year(book: Any) -> None:
    """Names for the first and last day of the academic year."""
    first = "DATE(VALUE(LEFT(academic_year,4)),9,1)"
    book.define_name("year_starts", f"=MIN({first},MIN(Terms[Start]))")
    book.define_name("year_ends", "=MAX(DATE(VALUE(LEFT(academic_year,4))+1,8,31),MAX(Terms[End]))")


def _latest(days: str, condition: str = "") -> str:
    inside = f"({days}>=year_starts)*({days}<=year_ends){condition}"
    return f"IFERROR(INT(_xlfn.AGGREGATE(14,6,{days}/({inside}),1)),0)"


def _marks() -> str:
    """The day of the last mark in the latest week that has a possible session."""
    week = _latest("Registers[Week]", "*(Registers[Possible]>0)")
    marks = f"Registers[[{SESSIONS[0]}]:[{SESSIONS[-1]}]]"
    filled = f'({marks}<>"")' + "".join(f'*({marks}<>"{mark}")' for mark in _NO_SESSION)
    return f"{week}+IFERROR(SUMPRODUCT(MAX((Registers[Week]={week})*{filled}*{_DAYS})),0)"


def _drops() -> list[str]:
    return [
        f"IFERROR((COUNT(Progress[Points {drop}])>0)*INDEX(Drops[Date],MATCH({drop},Drops[Drop],0)),0)"
        for drop in DROPS
    ]


DATA_DATE = f"MAX({','.join([_marks(), *_drops(), *(_latest(f'{table}[{header}]') for table, header in _HAPPENED)])})"


def data_date(matter: Matter) -> date | None:
    """What the formula gives; None for 0, where nothing has happened yet."""
    first, last = matter.tracker.year
    days = [day for day in _recorded(matter) if first <= day <= last]
    mark = _last_mark(matter, first, last)
    return max([*days, *([mark] if mark else []), *_given_drops(matter)], default=None)


def _recorded(matter: Matter) -> Iterator[date]:
    for table, header in _HAPPENED:
        yield from (day for day in map(as_date, matter.values(table, key_of(header))) if day)


def _given_drops(matter: Matter) -> Iterator[date]:
    dates = dict(zip(matter.values("Drops", "drop"), matter.values("Drops", "date"), strict=True))
    for drop in DROPS:
        given = any(isinstance(value, int | float) for value in matter.values("Progress", f"points_{drop}"))
        day = as_date(dates.get(drop))
        if given and day:
            yield day


def _last_mark(matter: Matter, first: date, last: date) -> date | None:
    weeks = matter.values("Registers", "week")
    possible = matter.values("Registers", "possible")
    held = [
        isinstance(count, int | float) and count > 0 and first <= (as_date(week) or date.min) <= last
        for week, count in zip(weeks, possible, strict=True)
    ]
    week = max((as_date(value) or date.min for value, there in zip(weeks, held, strict=True) if there), default=None)
    if week is None:
        return None
    rows = [row for row, value in enumerate(weeks) if isinstance(value, date) and not _is_time(value) and value == week]
    columns = [matter.values("Registers", key_of(session)) for session in SESSIONS]
    filled = [place // 2 for place, column in enumerate(columns) if any(_filled(column[row]) for row in rows)]
    return week + timedelta(days=max(filled, default=0))


def _is_time(value: date) -> bool:
    return isinstance(value, datetime) and (value.hour or value.minute) != 0


def _filled(mark: Value) -> bool:
    return mark is not None and not isinstance(mark, CellError) and mark not in _NO_SESSION
