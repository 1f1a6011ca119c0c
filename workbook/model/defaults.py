"""What a new tracker holds: placeholder scales and effort, register codes, terms, drops, settings, lists."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from workbook.model.academic_year import NEW, begins
from workbook.model.lists import LISTS
from workbook.model.problem import CannotDo
from workbook.model.settings import SETTINGS
from workbook.model.tracker import Tracker
from workbook.model.vocabulary import key_of

Records = list[dict[str, Any]]

# Levels with points, low to high, and the tolerance of the scale. On whole levels half a level changes nothing when
# level is set against level (0 would give the same answer), and is fair to a learner whose expected point lies between.
_APL: list[tuple[str, float, str]] = [(f"APL{n}", n, f"Academy Progress Level {n}") for n in range(1, 10)]
_GCSE: list[tuple[str, float, str]] = [
    ("U", 0, "Ungraded"),
    *((str(n), n, f"Grade {n}") for n in range(1, 10)),
]
_FINE: list[tuple[str, float, str]] = [("U", 0, "Ungraded")] + [
    (f"{n}{sign}", round(n + third / 3, 4), f"{words} grade {n}")
    for n in range(1, 10)
    for sign, third, words in (("-", -1, "Low"), ("", 0, "Secure"), ("+", 1, "High"))
]
_PAIRS = [(n, n) for n in range(1, 10)] + [(n + 1, n) for n in range(1, 9)]
_COMBINED: list[tuple[str, float, str]] = [("U", 0, "Ungraded")] + [
    (f"{high}-{low}", (high + low) / 2, f"Grades {high} and {low}") for high, low in sorted(_PAIRS, key=sum)
]
_TECH: list[tuple[str, float, str]] = [
    ("U", 0, "Ungraded"),
    ("L1P", 1.25, "Level 1 Pass"),
    ("L1M", 2, "Level 1 Merit"),
    ("L1D", 3, "Level 1 Distinction"),
    ("L2P", 4, "Level 2 Pass"),
    ("L2M", 5.5, "Level 2 Merit"),
    ("L2D", 7, "Level 2 Distinction"),
    ("L2D*", 8.5, "Level 2 Distinction*"),
]
_ENTRY: list[tuple[str, float, str]] = [
    ("EL1", 1, "Entry Level 1"),
    ("EL2", 2, "Entry Level 2"),
    ("EL3", 3, "Entry Level 3"),
    ("L1", 4, "Level 1"),
    ("L2", 5, "Level 2"),
]
SCALES: tuple[tuple[str, list[tuple[str, float, str]], float, float], ...] = (
    # scale, levels, tolerance, points of the first pass
    ("APL", _APL, 0.5, 4),
    ("GCSE 9-1", _GCSE, 0.5, 4),
    ("GCSE fine", _FINE, 0.3334, 4),
    ("Combined Science", _COMBINED, 0.5, 4),
    ("Level 1/2 Tech", _TECH, 0.5, 1.25),
    ("Entry / Functional", _ENTRY, 0.5, 1),
)

EFFORT = (
    (
        "4",
        4,
        "Excellent",
        "Ready to learn every time, works hard unprompted, acts on feedback, keeps going when it is hard.",
    ),
    ("3", 3, "Good", "Usually ready, tries hard, finishes on time, responds to feedback."),
    ("2", 2, "Inconsistent", "Works well at times, needs reminders to start or stay focused."),
    ("1", 1, "Needs support", "Finding it hard to take part at the moment; we are agreeing next steps."),
)

# Working together to improve school attendance (Department for Education), codes in force from 19 August 2024.
CODES = {
    "Present": {
        "/": "Present in the morning",
        "\\": "Present in the afternoon",
        "L": "Late, before the register closed",
    },
    "Approved educational activity": {
        "K": "Education arranged by the local authority",
        "V": "Educational visit or trip",
        "P": "Sporting activity",
        "W": "Work experience",
        "B": "Another approved educational activity off site",
    },
    "Authorised absence": {
        "C": "Leave in exceptional circumstances",
        "C1": "Regulated performance or employment abroad",
        "C2": "Part-time timetable",
        "E": "Suspended or excluded, no provision made",
        "I": "Illness",
        "J1": "Interview for a job or another school or college",
        "M": "Medical or dental appointment",
        "R": "Religious observance",
        "S": "Study leave",
        "T": "Parent travelling for work",
    },
    "Unauthorised absence": {
        "G": "Holiday not agreed",
        "N": "No reason yet; replace within five school days",
        "O": "Absent without authorisation",
        "U": "Arrived after the register closed",
    },
    "Not a possible session": {
        "D": "Registered at another school",
        "Q": "Cannot attend: no access arrangements in place",
        "X": "Not of compulsory school age, not required",
        "Y1": "Transport not available",
        "Y2": "Widespread travel disruption",
        "Y3": "Part of the premises closed",
        "Y4": "Whole site unexpectedly closed",
        "Y5": "In custody",
        "Y6": "Public health guidance or law",
        "Y7": "Another unavoidable cause",
        "Z": "Prospective learner, not yet on the roll",
        "#": "Planned closure",
    },
    "Retired": {
        "H": "Holiday agreed (retired)",
        "J": "Interview (retired)",
        "Y": "Unable to attend (retired)",
        "F": "Extended holiday agreed (retired)",
    },
}
_INSTEAD = {"H": "C or G", "J": "J1", "Y": "Y1 to Y7", "F": "C or G"}

_HALF_TERMS = (  # placeholders around the usual dates of 2026-27
    ("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer 2", date(2027, 6, 7), date(2027, 7, 23)),
)


def scales() -> Records:
    """Rows of the Scales sheet, low to high within each scale."""
    return [
        {
            "scale": scale,
            "level": level,
            "order": order,
            "points": points,
            "label_for_parents": label,
            "pass": "Yes" if points >= first_pass else "No",
            "active": "Yes",
            "tolerance": tolerance,
        }
        for scale, levels, tolerance, first_pass in SCALES
        for order, (level, points, label) in enumerate(levels, start=1)
    ]


def effort() -> Records:
    """Rows of the Effort sheet."""
    return [{"code": code, "order": order, "label": label, "descriptor": words} for code, order, label, words in EFFORT]


def codes() -> Records:
    """Rows of the Codes sheet: 34 codes in force and four that are retired."""
    return [
        {
            "code": code,
            "meaning": meaning,
            "class": name,
            "late": "Yes" if code in ("L", "U") else "No",
            "instead": _INSTEAD.get(code),
        }
        for name, members in CODES.items()
        for code, meaning in members.items()
    ]


def _shift(first: int) -> timedelta:
    """From the placeholder year to the one that starts in ``first``, whole weeks so that Mondays stay Mondays."""
    days = (date(first, 9, 1) - date(2026, 9, 1)).days
    return timedelta(weeks=round(days / 7))


def terms(first: int = 2026) -> Records:
    """Rows of the Terms sheet for the year that starts in ``first``: six half terms and the May bank holiday."""
    shift = _shift(first)
    holiday = next(day for day in (date(first + 1, 5, n) for n in range(1, 8)) if day.weekday() == 0)
    half_terms = [
        {"name": name, "kind": "Term", "start": start + shift, "end": end + shift} for name, start, end in _HALF_TERMS
    ]
    return [*half_terms, {"name": "May Day bank holiday", "kind": "Closed", "start": holiday, "end": holiday}]


def drops(first: int = 2026) -> Records:
    """Rows of the Drops sheet: one near the end of each half term, named after it."""
    rows = []
    for number, (name, _, end) in enumerate(_HALF_TERMS, start=1):
        day = end + _shift(first) - timedelta(days=7)
        rows.append(
            {
                "drop": number,
                "name": name,
                "date": day,
                "reports_due": day + timedelta(days=5),
                "progress_day": day + timedelta(days=7),
            }
        )
    return rows


def settings(first: int = 2026) -> Records:
    """Rows of the Settings sheet."""
    special: dict[str, Any] = {
        "academic_year": f"{first}-{(first + 1) % 100:02d}",
        "destination_by": date(first + 1, 3, 31),
    }
    return [
        {
            "setting": one.label,
            "value": special.get(one.name, one.default),
            "what_it_does": one.help,
            "name": one.name,
        }
        for one in SETTINGS
    ]


def lists() -> Records:
    """Rows of the Lists sheet: the lists stand side by side, each in its own column."""
    keys = [key_of(name) for name in LISTS]
    return [dict(zip(keys, line, strict=True)) for line in zip_longest(*LISTS.values())]


def new(year: str = NEW) -> Tracker:
    """An empty tracker with placeholders for all that a college sets up; CannotDo for a year not like ``2026-27``."""
    first = begins(year)
    if first is None:
        raise CannotDo(f"{year!r} is not an academic year: write it like 2026-27.")
    return Tracker.of(
        {
            "Scales": scales(),
            "Effort": effort(),
            "Codes": codes(),
            "Terms": terms(first),
            "Drops": drops(first),
            "Settings": settings(first),
            "Lists": lists(),
        }
    )
