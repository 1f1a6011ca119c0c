"""The academic year: which one a tracker is for, its first and last day, in Python and as names for formulas.

Source: an academic year runs from 1 September to 31 August; a term may begin a little earlier or end a little later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

NEW = "2026-27"
"""The year of a tracker that does not say which it is for, neither in words nor by its terms."""
LONGEST = timedelta(days=366)
"""A term or a closed time that is longer is mistyped."""
SLACK = timedelta(days=60)
"""So far a term may reach beyond September or August; one further off is another year's."""
_WRITTEN = re.compile(r"(20[0-9]{2})[-/]([0-9]{2})")
_CENTURY = range(2000, 2100)
_LAST_MONTH = 8  # a term that starts later than August is of the year that begins then

Span = tuple[date, date]


def begins(words: object) -> int | None:
    """The calendar year in which an academic year such as ``2026-27`` begins; None where that is not one."""
    found = _WRITTEN.fullmatch(str(words).strip())
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return int(found[1])


def bounds(words: object, starts: Iterable[date]) -> Span:
    """1 September and 31 August of the year; where the words name none, of the year in which most terms start."""
    year = begins(words) or _of_terms(starts) or int(NEW[:4])
    return date(year, 9, 1), date(year + 1, 8, 31)


def belongs(span: Span, year: Span) -> bool:
    """Whether a term, or a time when it is closed, is one of the year, not another year's and not mistyped."""
    (start, end), (first, last) = span, year
    near = start >= first - SLACK and end <= last + SLACK
    return near and start <= end <= start + LONGEST and end >= first and start <= last


def stretched(year: Span, terms: Sequence[Span]) -> Span:
    """The year from its first to its last day, a little longer where one of its terms is."""
    return min([year[0], *(start for start, _ in terms)]), max([year[1], *(end for _, end in terms)])


def _of_terms(starts: Iterable[date]) -> int | None:
    """The year of the term in the middle: one mistyped date does not move it."""
    days = [start.toordinal() for start in starts if start.year in _CENTURY]
    if not days:
        return None
    middle = date.fromordinal(int(median(days)))
    return middle.year if middle.month > _LAST_MONTH else middle.year - 1


_WORDS = "TRIM(academic_year)"
_YEAR = f"VALUE(LEFT({_WORDS},4))"
_NAMED = (
    f'{_YEAR}/AND(LEN({_WORDS})=7,OR(MID({_WORDS},5,1)="-",MID({_WORDS},5,1)="/"),'
    f'TEXT({_YEAR},"0000")=LEFT({_WORDS},4),INT({_YEAR}/100)=20,TEXT(MOD({_YEAR}+1,100),"00")=RIGHT({_WORDS},2))'
)
_STARTS = "Terms[Start]/(Terms[Start]>=36526)/(Terms[Start]<=73050)"  # 2000 to 2099
_MIDDLE = f"YEAR(EDATE(INT(_xlfn.AGGREGATE(16,6,{_STARTS},0.5)),-8))"
NAMES = {
    "first_september": f"DATE(IFERROR({_NAMED},IFERROR({_MIDDLE},{NEW[:4]})),9,1)",
    "last_august": "DATE(YEAR(first_september)+1,8,31)",
    "year_starts": 'MIN(first_september,IFERROR(_xlfn.AGGREGATE(15,6,1/(1/Terms[From])/(Terms[Kind]="Term"),1),73050))',
    "year_ends": 'MAX(last_august,IFERROR(_xlfn.AGGREGATE(14,6,Terms[To]/(Terms[Kind]="Term"),1),0))',
}
"""The same as defined names of a tracker, over the columns From and To of Terms."""

_IS_TERM = (
    f"IFERROR(AND(ISNUMBER([@Start]),ISNUMBER([@End]),[@Start]>=first_september-{SLACK.days},"
    f"INT([@End])<=last_august+{SLACK.days},INT([@Start])<=INT([@End]),INT([@End])<=INT([@Start])+{LONGEST.days},"
    "INT([@End])>=first_september,INT([@Start])<=last_august),FALSE)"
)
FROM = f"IF({_IS_TERM},INT([@Start]),0)"
TO = f"IF({_IS_TERM},INT([@End]),0)"
"""`belongs` as columns of Terms: first and last day where the row is one of the year, else 0."""
