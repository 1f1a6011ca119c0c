"""When the date of a column can be, around the academic year, and which year was meant where it cannot.

Source: a learner of 14 to 16 is born 14 to 16 years before the year; a college also has some of 10 to 25. What has
happened lies within the year; what is planned or still open reaches beyond it. Years go wrong in known ways: two
digits that became 0027, 1926 or 2086, two digits that changed places (2206), one that slipped (1026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workbook.model.academic_year import Span

_YEAR = timedelta(days=365.25)
_BLANK_AS_DATE = date(1900, 1, 1)
"""Excel shows a 0 as 00/01/1900; such a day was never typed, and nothing follows from it."""
_A_FEW_YEARS = 3 * _YEAR
"""In a window no longer, day and month alone say which year was meant."""
_NO_SLIP = 2


@dataclass(frozen=True)
class Window:
    """So many days a date may lie before the academic year's first day and after its last.

    ``usual`` are the years by which most dates of the column lie off the academic year, its first and its last;
    ``slack`` is how many years a date may be off the window until it is nonsense rather than of another year.
    """

    before: int = 0
    after: int = 0
    usual: tuple[int, int] = (0, 0)
    slack: int = 3

    def span(self, year: Span) -> Span:
        """The first and the last day that the column allows in an academic year."""
        return _moved(year[0], timedelta(days=-self.before)), _moved(year[1], timedelta(days=self.after))

    def holds(self, day: date, year: Span) -> bool:
        """Whether a day is one that the column allows."""
        first, last = self.span(year)
        return first <= day <= last

    def can_be(self, day: date, year: Span) -> bool:
        """Whether a day is at least one of a year not far off, so that it may be meant."""
        first, last = self.span(year)
        return _moved(first, -self.slack * _YEAR) <= day <= _moved(last, self.slack * _YEAR)

    def likely(self, day: date, year: Span) -> date | None:
        """The day that was likely meant where only its year is mistyped; None where that cannot be told."""
        if day <= _BLANK_AS_DATE and day.year >= _BLANK_AS_DATE.year - 1:
            return None
        first, last = self.span(year)
        usual = (_moved(year[0], self.usual[0] * _YEAR), _moved(year[1], self.usual[1] * _YEAR))
        found = []
        for number in range(first.year, last.year + 1):
            other = _in_year(day, number)
            if other is not None and first <= other <= last:
                found.append((_slips(day.year, number), _off(other, usual), other))
        if last - first <= _A_FEW_YEARS:
            return min(found, key=lambda one: one[1:], default=(0, 0, None))[2]
        found = sorted(one for one in found if one[0] == min(found)[0] and one[0] < _NO_SLIP)
        sure = len(found) == 1 or (len(found) > 1 and not found[0][1])
        return found[0][2] if sure else None


_HAPPENED, _PLANNED, _STAY = Window(), Window(before=120, after=120), Window(before=365 * 6)
_TERM = Window(before=30, after=30)
#: Columns that differ from the general rule: a year's leeway, for a tracker may carry over what is still open.
_WINDOWS: dict[str, Window] = {
    "Registers.week": Window(before=7),
    "PDtopics.week": Window(before=7),
    "Behaviour.date": _HAPPENED,
    "Achievements.date": _HAPPENED,
    "PDevidence.date": _HAPPENED,
    "Contacts.date": Window(before=60),
    "Diary.date": _TERM,
    "Drops.date": _HAPPENED,
    "Terms.start": _TERM,
    "Terms.end": _TERM,
    "Targets.set_on": Window(before=120),
    "Interventions.start": _PLANNED,
    "Learners.date_of_birth": Window(before=9131, after=-3653, usual=(-16, -15), slack=0),  # 25 and 10 years
    "Learners.started": _STAY,
    "Learners.left": Window(before=365 * 6, after=30),
}
_AHEAD = Window(before=400, after=200)


def window_of(table: str, key: str) -> Window:
    """The window of a column of dates, by its table and key."""
    return _WINDOWS.get(f"{table}.{key}", _AHEAD)


def written(day: date) -> str:
    """A day as people write it, with four digits for its year also where it is 0027."""
    return f"{day:%d/%m/}{day.year:04d}"


def _slips(typed: int, meant: int) -> int:
    """How far a year as typed is from another: 0 by its century or two digits that changed places,
    1 by one digit, `_NO_SLIP` otherwise.
    """
    one, other = f"{typed:04d}", f"{meant:04d}"
    differ = [place for place in range(4) if one[place] != other[place]]
    turned = len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other)
    if not differ or one[2:] == other[2:] or turned:
        return 0
    return 1 if len(differ) == 1 else _NO_SLIP


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _off(day: date, span: Span) -> timedelta:
    return max(span[0] - day, day - span[1], timedelta())


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
