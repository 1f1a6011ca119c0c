"""What the computed columns show: the native formulas of `workbook.model.formulas`, worked out in Python.

The two readings agree cell for cell: where a formula gives an empty text the figure is None. A value found in a
formula cell of a file is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from workbook.measures.computed_progress import progress_columns
from workbook.measures.levels import Assessed
from workbook.model import SHEETS, Table, Tracker, Value
from workbook.model.excel import (
    TextIndex,
    coerced,
    fold,
    is_error,
    is_number,
    number,
    rounded,
    same,
    text,
    trim,
)
from workbook.model.formulas import NOT_COUNTED, SESSIONS
from workbook.model.vocabulary import key_of

Columns: TypeAlias = dict[str, list[Value]]

ATTENDED_CLASSES = ("Present", "Approved educational activity")
ABSENT_CLASSES = ("Authorised absence", "Unauthorised absence")
MARK_KEYS = tuple(key_of(session) for session in SESSIONS)
COUNTS = ("possible", "attended", "unauthorised", "late")


def computed(tracker: Tracker, tables: Collection[str] | None = None) -> dict[str, Columns]:
    """Every computed column of every table, ``{table: {key: values}}``; None where the formula gives a blank.

    ``tables`` asks for some tables only, by name.
    """
    wanted = [one for one in SHEETS if tables is None or one.table in tables]
    done: dict[str, Columns] = {one.table: {} for one in SHEETS}
    done["Learners"] = {
        "name": [_name(*names) for names in _names(tracker["Learners"])],
        "key": as_keys(tracker["Learners"]["learner_id"]),
    }
    done["Subjects"] = {"key": as_keys(tracker["Subjects"]["subject"])}
    done["Scales"] = {"key": scale_keys(tracker)}
    done["Effort"] = {"key": effort_keys(tracker)}
    done["Codes"] = code_counts(tracker)
    done["Drops"] = {"elapsed": elapsed(tracker)}
    who = _Learners(tracker, done["Learners"])
    for one in wanted:
        for key in ("learner", "form", "year", "learners_row"):
            if key in one.by_key and one.by_key[key].computed:
                done[one.table][key] = who.column(tracker[one.table], key)
        if one.table == "Progress":
            done["Progress"] |= progress_columns(tracker, done)
        if one.table == "Registers":
            done["Registers"] |= _register_counts(tracker["Registers"], done["Codes"])
    return {one.table: {column.key: done[one.table][column.key] for column in one.computed} for one in wanted}


def _names(learners: Table) -> zip[tuple[Value, ...]]:
    return zip(learners["preferred_name"], learners["first_name"], learners["surname"], strict=True)


def _name(preferred: Value, first: Value, surname: Value) -> Value:
    """The name a learner goes by and the surname, tidily spaced."""
    called = first if preferred is None else preferred
    if is_error(called) or is_error(surname):
        return None
    return trim(f"{text(called)} {text(surname)}") or None


class _Learners:
    """What other sheets look up about a learner by ID."""

    def __init__(self, tracker: Tracker, worked_out: Columns) -> None:
        learners = tracker["Learners"]
        self._index = TextIndex(worked_out["key"])
        forms = [None if is_error(form) else text(form) or None for form in learners["form"]]
        years = [number(year) if is_number(year) else None for year in learners["year"]]
        rows = range(1, len(learners) + 1)
        self._about: dict[str, Sequence[Value]] = {
            "learner": worked_out["name"],
            "form": forms,
            "year": years,
            "learners_row": rows,
        }
        self._seen: dict[str, int | None] = {}

    def column(self, table: Table, what: str) -> list[Value]:
        """``what`` of each row's learner; blank where the ID is not on the Learners sheet."""
        about = self._about[what]
        places = (self._place(value) for value in table["learner_id"])
        return [None if place is None else about[place] for place in places]

    def _place(self, value: Value) -> int | None:
        if type(value) is not str:
            return self._index.find(value)
        if value not in self._seen:
            self._seen[value] = self._index.find(value)
        return self._seen[value]


def as_keys(values: Sequence[Value]) -> list[Value]:
    """Cells as the texts that formulas find them by."""
    return [None if is_error(value) else text(value) or None for value in values]


def scale_keys(tracker: Tracker) -> list[Value]:
    """``scale|level`` for every row of Scales that has points, but for the level that means "not assessed"."""
    scales, assessed = tracker["Scales"], Assessed(tracker)
    return [
        f"{text(scale)}|{text(level)}" if _filled(scale) and assessed(level) and is_number(points) else None
        for scale, level, points in zip(scales["scale"], scales["level"], scales["points"], strict=True)
    ]


def effort_keys(tracker: Tracker) -> list[Value]:
    """The code as text for every row of Effort that has an order."""
    effort = tracker["Effort"]
    return [
        text(code) if _filled(code) and is_number(order) else None
        for code, order in zip(effort["code"], effort["order"], strict=True)
    ]


def _filled(value: Value) -> bool:
    return value is not None and not is_error(value)


def code_counts(tracker: Tracker) -> Columns:
    """What each register code counts as: the code as text where it counts, else "not counted"."""
    codes = tracker["Codes"]
    conditions: dict[str, Callable[[Value, Value], bool]] = {
        "possible": lambda of, _: any(same(of, one) for one in ATTENDED_CLASSES + ABSENT_CLASSES),
        "attended": lambda of, _: any(same(of, one) for one in ATTENDED_CLASSES),
        "unauthorised": lambda of, _: same(of, "Unauthorised absence"),
        "late": lambda _, late: same(late, "Yes"),
    }

    def counted(code: Value, of: Value, late: Value, what: str) -> Value:
        relevant = late if what == "late" else of
        counts = _filled(code) and not is_error(relevant) and conditions[what](of, late)
        return text(code) if counts else NOT_COUNTED

    return {
        f"counts_{what}": [
            counted(*row, what) for row in zip(codes["code"], codes["class"], codes["late"], strict=True)
        ]
        for what in COUNTS
    }


def counted_codes(codes: Columns, what: str) -> set[str]:
    """The codes, in small letters, that count as possible, attended, unauthorised or late."""
    return {fold(str(code)) for code in codes[f"counts_{what}"] if code != NOT_COUNTED}


def _register_counts(registers: Table, codes: Columns) -> Columns:
    """Possible, attended, unauthorised and late sessions of each row; all four are summed in one number."""
    counting = [counted_codes(codes, what) for what in COUNTS]

    def worth(mark: Value) -> int:
        word = "" if is_error(mark) else fold(text(mark))
        return sum(1 << 8 * i for i, known in enumerate(counting) if word in known)

    columns = [registers[key] for key in MARK_KEYS]
    worths = {mark: worth(mark) for column in columns for mark in set(filter(_is_text, column))}
    weighed = [[worths[mark] if _is_text(mark) else worth(mark) for mark in column] for column in columns]
    sums = [sum(row) for row in zip(*weighed, strict=True)]
    return {what: [total >> 8 * i & 255 for total in sums] for i, what in enumerate(COUNTS)}


def _is_text(value: Value) -> bool:
    return type(value) is str


def elapsed(tracker: Tracker) -> list[Value]:
    """The share of this year's term days gone by at the date of each drop."""
    terms = tracker["Terms"]
    rows = list(zip(terms["kind"], terms["start"], terms["end"], strict=True))
    spans = [(coerced(start), coerced(end)) for _, start, end in rows]
    if any(is_error(kind) for kind, _, _ in rows) or any(None in span for span in spans):
        return [None] * len(tracker["Drops"])
    held = [
        (start, first or 0.0, end, last or 0.0)
        for (kind, start, end), (first, last) in zip(rows, spans, strict=True)
        if same(kind, "Term")
    ]
    total = sum(last - first + 1 for _, first, _, last in held)
    return [
        rounded(sum(_gone(number(day), *term) for term in held) / total) if is_number(day) and total else None
        for day in tracker["Drops"]["date"]
    ]


def _gone(day: float, start: Value, first: float, end: Value, last: float) -> float:
    """Days of a half term gone by on ``day``, it included; a text or a boolean is later than any day."""
    begun = (start is None or is_number(start)) and first <= day
    if not begun:
        return 0
    over = (end is None or is_number(end)) and day >= last
    return (last if over else day) - first + 1
