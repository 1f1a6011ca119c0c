"""Sessions and weeks in words: ``Mon 08/02 AM`` in a heading, ``w/c 8 Feb 2027`` in a title, a week in one text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from workbook.reading.written_dates import WEEKDAYS, read_date

AM_WORDS = ("am", "a.m.", "a", "morning", "morning session", "morning registration", "am registration", "am session")
PM_WORDS = ("pm", "p.m.", "p", "afternoon", "afternoon session", "afternoon registration", "pm registration",
            "pm session")  # fmt: skip
_HALF = re.compile(r"(?<![a-z])(?:(?P<am>a\.?m\.?|morning)|(?P<pm>p\.?m\.?|afternoon))(?![a-z])", re.IGNORECASE)
_TIME = re.compile(
    r"(?:^|[ T])(?P<hour>[01]?\d|2[0-3]):[0-5]\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?", re.IGNORECASE)
_WEEKDAY_LAST = re.compile(r"(.*\d.*?)[ ,\-]+" + _WEEKDAY.pattern, re.IGNORECASE)
_WEEK = re.compile(
    r"\b(?:w/?[cb]|week ?(?:commencing|beginning|starting|of|from)?|from|marks?)\b"
    r"[ :.\-]*(.+)",
    re.IGNORECASE,
)
#: A cell that says when something was printed says nothing of its marks.
PRINTED = re.compile(r"\b(?:printed|exported|generated|run|report date|as at|created|extracted|downloaded)\b.*", re.I)
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[- ](?:of )?[a-z]{3,9},?[- ]\d{4}", re.I
)
_NOT_SAID = ("-", "–", "—")
PER_WEEK = 10


def session_of(heading: str, dates: tuple[str, ...] = (), year: int | None = None) -> tuple[date | int, str] | None:
    """The day (a date, or a weekday from 0) and half ("am", "pm", "" for both) of a heading; None if it says none."""
    found = _HALF.search(heading)
    rest = (heading[: found.start()] + " " + heading[found.end() :]) if found else heading
    rest = re.sub(r"\b(?:session|registration|reg|mark|register)\b", " ", rest, flags=re.IGNORECASE)
    rest = " ".join(rest.replace("_", " ").split()).strip(" -:,.()/|")
    half = "" if not found else "am" if found["am"] else "pm"
    weekday = _WEEKDAY.fullmatch(rest)
    if weekday:
        return WEEKDAYS.index(weekday[1][:3].lower()), half
    day = read_date(rest, dates, year) or _day_of_the_week(rest, dates, year)
    return None if day is None else (day, half)


def half_in(text: str) -> str:
    """The half that words such as “AM Roll Call” or a time say; empty where they say none, or both."""
    time = _TIME.search(text)
    if time:
        return "am" if int(time["hour"]) < 12 else "pm"
    told = {"am" if match["am"] else "pm" for match in _HALF.finditer(text)}
    return told.pop() if len(told) == 1 else ""


def without_weekday(heading: str) -> str:
    """A heading without the day of the week that it begins with."""
    return re.sub(rf"^{_WEEKDAY.pattern}\b", "", heading, flags=re.IGNORECASE).strip(" ,.")


def _day_of_the_week(text: str, dates: tuple[str, ...], year: int | None) -> date | None:
    """The day of a date or a week with its weekday behind it, as headings of several rows join: ``8 Feb 2027 Mon``."""
    told = _WEEKDAY_LAST.fullmatch(text)
    if told is None:
        return None
    weekday = WEEKDAYS.index(told[2][:3].lower())
    day = read_date(told[1].strip(" ,-"), dates, year)
    if day is not None:
        return day if day.weekday() == weekday else None
    week = week_in([told[1]], dates, year)
    return None if week is None else monday_of(week) + timedelta(days=weekday)


def week_in(texts: Iterable[str], dates: tuple[str, ...] = (), year: int | None = None) -> date | None:
    """The day that titles say their week begins on; None where they say none, or several."""
    found = set()
    for text in texts:
        match = _WEEK.search(text)
        for piece in re.split(r"\s+(?:to|until|-|–)\s+|[,;()]", match[1] if match else ""):
            day = read_date(piece.strip(" .:"), dates, year)
            if day:
                found.add(day)
                break
    return found.pop() if len(found) == 1 else None


def day_in(texts: Iterable[str], dates: tuple[str, ...] = ()) -> date | None:
    """The one day that titles say, apart from when they were printed; None where they say none, or several."""
    told = {
        read_date(match.replace(" of ", " "), dates) for text in texts for match in _DAY.findall(PRINTED.sub("", text))
    }
    return told.pop() if len(told) == 1 else None


def marks_in(text: str, codes: Collection[str], count: int) -> list[list[str]]:
    """The ways to read a text as ``count`` marks, at most two of them; a mark still missing is an empty text.

    Codes may have two characters, so that a text cannot be cut by length; blanks and commas part marks.
    """
    known = {code.casefold(): code for code in codes} | dict.fromkeys(_NOT_SAID, "")
    longest = max(map(len, known), default=1)
    pieces = [piece for piece in re.split(r"[\s,;|]+", text.strip()) if piece]
    ways: list[dict[int, list[list[str]]]] = []
    for piece in pieces:
        ways.append(_readings(piece, known, longest, count))
    total: dict[int, list[list[str]]] = {0: [[]]}
    for way in ways:
        joined: dict[int, list[list[str]]] = {}
        for have, starts in total.items():
            for more, ends in way.items():
                if have + more <= count:
                    both = joined.setdefault(have + more, [])
                    both += [start + end for start in starts for end in ends][:2]
        total = joined
    return total.get(count, [])[:2]


def _readings(piece: str, known: dict[str, str], longest: int, most: int) -> dict[int, list[list[str]]]:
    """The readings of a text without blanks, by how many marks they have."""
    at: list[dict[int, list[list[str]]]] = [{} for _ in range(len(piece) + 1)]
    at[0][0] = [[]]
    for end in range(1, len(piece) + 1):
        for size in range(1, min(longest, end) + 1):
            code = known.get(piece[end - size : end].casefold())
            if code is None:
                continue
            for have, starts in at[end - size].items():
                if have < most:
                    at[end].setdefault(have + 1, []).extend([*start, code] for start in starts[:2])
    return at[-1]


def count_in(text: str) -> int:
    """How many marks a text that cannot be read seems to have."""
    return len(re.sub(r"[\s,;|]", "", text))


def mondays_meant(day: date) -> list[date]:
    """The Mondays of a week of which another day is said, the likelier first: a weekend may stand before or after."""
    own = monday_of(day)
    return [own + timedelta(days=7), own] if day.weekday() > 4 else [own]


def no_monday(day: date) -> str:
    """What to say of a day that should be a Monday, with the Mondays that may be meant."""
    meant = " or ".join(f"{one:%d/%m/%Y}" for one in mondays_meant(day))
    return f"{day:%d/%m/%Y} is a {day:%A}, and a week of marks begins on a Monday ({meant})"


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
