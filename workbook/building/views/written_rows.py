"""What the sheets Problems, Flags and My week say: their columns, and a row for each thing found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.celebration import Praise, celebration
from workbook.measures.entries_mark import NAME
from workbook.measures.flags import Found
from workbook.measures.head_of_year import KEYS, Line, head_of_year
from workbook.measures.learners import learner_key
from workbook.measures.week_entries import Entry
from workbook.model import Problem, Tracker, Value
from workbook.model.rules import BY_CODE, Band
from workbook.model.tracker import as_date

BAND_WORDS = {
    Band.HEAD_OF_YEAR: "Head of Year",
    Band.TALK: "Talk",
    Band.LOOK: "Look",
    Band.CARE: "Care",
    Band.INFORMATION: "For information",
    Band.STRENGTH: "Strength",
}
BAND_FILLS = {"Head of Year": "#F6D7D2", "Talk": "#F6D7D2", "Look": "#FFE8B3", "Strength": "#CCE8D6"}


@dataclass(frozen=True)
class Heading:
    """A column of a written sheet."""

    header: str
    width: float
    kind: str = "text"  # text, note (wrapped), date, figure or link; what starts with entry is typed in

    @property
    def centred(self) -> bool:
        """Whether its cells stand in the middle."""
        return self.kind in ("date", "link", "figure", "entry date")

    @property
    def entry(self) -> bool:
        """Whether a mentor types into it."""
        return self.kind.startswith("entry")

    @property
    def wraps(self) -> bool:
        """Whether its cells hold sentences."""
        return self.kind.endswith("note")

    @property
    def dated(self) -> bool:
        """Whether its cells hold dates."""
        return self.kind.endswith("date")


PROBLEMS = (
    Heading("Sheet", 18),
    Heading("Cell", 9, "link"),
    Heading("What is there", 36),
    Heading("What is wrong", 64, "note"),
    Heading("How to mend it", 56, "note"),
    Heading("Did you mean", 16),
)
FLAGS = (
    Heading("Learner ID", 11),
    Heading("Learner", 24),
    Heading("Form", 8),
    Heading("Mentor", 18),
    Heading("Band", 15),
    Heading("List", 14),
    Heading("Flag", 28),
    Heading("Reason", 66, "note"),
    Heading("What to do", 50, "note"),
    Heading("Data date", 13, "date"),
    Heading("Answered", 13, "date"),
    Heading("Comes back", 13, "date"),
    Heading("For the Head of Year", 40, "note"),
)
WEEK = (
    Heading("Due", 13, "date"),
    Heading("What", 36, "note"),
    Heading("Learner", 22),
    Heading("Form", 7),
    Heading("Why", 56, "note"),
    Heading("Last contact", 30, "note"),
    Heading("Next step", 32, "note"),
    Heading("Sheet", 16),
    Heading("Cell", 9, "link"),
    Heading("Learner ID", 11),
    Heading("Record", 16, "entry"),
    Heading("With or kind", 18, "entry"),
    Heading("In words", 44, "entry note"),
    Heading("Next date", 13, "entry date"),
    Heading("Not taken yet", 34, "note"),
)
"""The week's columns; into those of a kind that starts with entry a mentor types what Mentorbook takes further."""
HEAD_OF_YEAR = (
    Heading("Part", 11),
    Heading("Of whom", 28),
    *(
        Heading(words, width, "figure")
        for words, width in (
            ("Learners", 9), ("Attendance %", 10.5), ("Unauthorised %", 12), ("Persistently absent", 11),
            ("Severely absent", 8.5), ("With a concern", 8), ("To talk to", 6), ("For the Head of Year", 7.5),
            ("Below in a subject", 7.5), ("Below a drop before", 7.5), ("Support in place", 8),
            ("Reviews overdue", 8.5), ("Levels above", 7), ("Levels on", 7), ("Levels just below", 7),
            ("Levels below", 7), ("Effort, mean", 7),
            ("Others", 7), ("Gap in points", 7), ("Gap from", 6), ("Gap to", 6),
        )
    ),
)  # fmt: skip
WRITES = "Mentorbook writes this sheet; what you type here is not kept."
TAKES = (
    "Type in the framed cells on the right what you did; the button My week, or mentorbook update, takes it from here."
)
NONE = {
    "Problems": "Nothing to mend.",
    "Flags": "No flags.",
    "My week": "Nothing is due in the coming days.",
    "Head of Year": "No learner is on roll.",
    "Celebration": "Nothing to celebrate is recorded yet.",
}
STALE = "Entries have changed since{}: press the button in the Mentorbook tab, or run mentorbook update."
NO_MARK = "Whether entries change after that it cannot tell: Start has lost the cell for it. Run mentorbook upgrade."
BLIND = "Whether entries change after that it cannot tell because of {where}: {message} {fix}"
NOT_YET = "Not worked out yet: press the button in the Mentorbook tab, or run mentorbook update."

Person = tuple[Value, Value, Value]
"""A learner's name, form and mentor."""


def people_of(tracker: Tracker, names: Sequence[Value]) -> dict[Value, Person]:
    """Name, form and mentor of each learner by ID; ``names`` are those that Learners works out."""
    table = tracker["Learners"]
    rows = zip(table["learner_id"], names, table["form"], table["mentor"], strict=True)
    return {learner_key(one): (name, form, mentor) for one, name, form, mentor in rows}


def problem_rows(problems: Iterable[Problem]) -> list[tuple[Any, ...]]:
    """A row a problem, in the columns of `PROBLEMS`."""
    return [(one.sheet, one.cell, _words(one.value), one.message, one.fix, one.suggestion) for one in problems]


def flag_rows(flags: Iterable[Any], people: Mapping[Value, Person]) -> list[tuple[Any, ...]]:
    """A row a flag, in the columns of `FLAGS`; ``people`` (by learner ID) tells who a flag is about that does not."""
    rows = []
    for flag in flags:
        known = (
            (flag.name, flag.form, flag.mentor) if flag.standing else people.get(flag.learner_id, (None, None, None))
        )
        rule, (name, form, mentor) = BY_CODE.get(flag.code), known
        band = BAND_WORDS.get(flag.band, str(flag.band).capitalize())
        title, do = (rule.title, rule.do) if rule else (flag.code, None)
        standing = flag.standing.capitalize() if flag.standing else None
        reason = f"New: {flag.reason}" if flag.new else flag.reason
        whose = (flag.learner_id, name, form, mentor)
        rows.append((*whose, band, standing, title, reason, do, flag.data_date, flag.answered, flag.until,
                     flag.head_of_year))  # fmt: skip
    return rows


def head_of_year_rows(lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    """A row a line, in the columns of `HEAD_OF_YEAR`; an asterisk where a number must not be told."""
    rows = []
    for one in lines:
        row = one.as_row()
        keys = (key for key in KEYS[2:] if key not in ("value", "others_value", "words"))
        figures = [round(row[key], 1) if isinstance(row[key], float) else row[key] for key in keys]
        if row["words"]:
            figures[0] = "*"
        rows.append((one.part, one.name, *figures))
    return rows


CELEBRATION = (
    Heading("For", 30),
    Heading("Learner ID", 11),
    Heading("Learner", 24),
    Heading("Form", 8),
    Heading("In words", 58, "note"),
    Heading("Last celebrated", 14, "date"),
    Heading("Times this year", 10, "figure"),
)


def celebration_rows(praise: Iterable[Praise]) -> list[tuple[Any, ...]]:
    """A row for each learner and measure, in the columns of `CELEBRATION`."""
    return [(one.measure, one.learner_id, one.name, one.form, one.words, one.last, one.times or None) for one in praise]


@dataclass(frozen=True)
class Listed:
    """A written sheet that follows from a day's flags and records alone: its columns, and its rows."""

    headings: tuple[Heading, ...]
    rows: Callable[[Found], list[tuple[Any, ...]]]


LISTS = {
    "Head of Year": Listed(HEAD_OF_YEAR, lambda found: head_of_year_rows(head_of_year(found))),
    "Celebration": Listed(CELEBRATION, lambda found: celebration_rows(celebration(found))),
}
"""Those sheets by name."""


def lists_of(found: Found) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the sheets of `LISTS` by name."""
    return {name: one.rows(found) for name, one in LISTS.items()}


def week_rows(week: Iterable[Any], people: Mapping[Value, Person], kept: Iterable[Entry] = ()) -> list[tuple[Any, ...]]:
    """A row for each thing due, in the columns of `WEEK`; entries that stay stand beside their learner, or below."""
    left: dict[Value, list[Entry]] = {}
    for entry in kept:
        left.setdefault(learner_key(entry.learner_id), []).append(entry)
    rows = []
    for one in week:
        told = (one.due, one.what, one.name, one.form, one.reason, one.last_contact, one.next_step, one.sheet, one.cell)
        waiting = left.get(one.learner_id) if one.learner_id else None
        rows.append((*told, one.learner_id, *_typed(waiting.pop(0) if waiting else None)))
    for who, entries in left.items():
        name, form, _ = people.get(who, (None, None, None))
        rows += [
            (None, "Your entry", name, form, None, None, None, None, None, entry.learner_id, *_typed(entry))
            for entry in entries
        ]
    return rows


def _typed(entry: Entry | None) -> tuple[Value, ...]:
    if entry is None:
        return (None,) * 5
    return (entry.record, entry.kind, entry.words, entry.due, entry.not_taken or None)


def entries_of(rows: Iterable[Mapping[str, Value]]) -> list[Entry]:
    """What was typed beside the week's list; ``rows`` by heading."""
    found = [
        Entry(row.get("Learner ID"), row.get("Record"), row.get("With or kind"), row.get("In words"),
              row.get("Next date"))
        for row in rows
    ]  # fmt: skip
    return [one for one in found if not one.blank]


def as_of(name: str, rows: int, on: date | None, more: str = "") -> str:
    """The line under the purpose of a written sheet while nothing has changed: the day, and that there is nothing."""
    if on is None:
        return NOT_YET
    found = (TAKES if name == "My week" else WRITES) if rows else NONE[name]
    return " ".join(part for part in (f"As of {on.day} {on:%B %Y}.", more, found) if part)


def line(words: str, on: date | None, mark: int) -> str:
    """The same as a formula: once entries have changed since the mark was taken, it says so instead.

    Where the cell on Start that tells is gone or broken, it says that too.
    """
    stale = NOT_YET if on is None else STALE.format(f" this was worked out for {on.day} {on:%B %Y}")
    lost = NOT_YET if on is None else f"{words} {NO_MARK}"
    told = f"IF({NAME}={mark},{_literal(words)},{_literal(stale)})"
    return f"=IF(ISNUMBER({NAME}),{told},{_literal(lost)})"


def doubtful(words: str, why: Problem) -> str:
    """The line where the workbook is damaged so that it cannot tell whether entries change: why, and what to mend."""
    return f"{words} {BLIND.format(where=f'{why.sheet} {why.cell}'.strip(), message=why.message, fix=why.fix)}"


def _literal(words: str) -> str:
    """Words in a formula, in pieces that Excel takes."""
    doubled = words.replace('"', '""')
    return "&".join(f'"{doubled[at : at + 250]}"' for at in range(0, len(doubled), 250)) or '""'


def _words(value: object) -> str | None:
    if value is None:
        return None
    day = as_date(value) if not isinstance(value, str) else None  # type: ignore[arg-type]
    return f"{day.day} {day:%b %Y}" if day else str(value)[:200]
