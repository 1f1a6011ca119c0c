"""What the computed columns show: the native formulas of `workbook.model.formulas`, worked out in Python.

The two readings agree cell for cell: where a formula gives an empty text the figure is None. A value found in a
formula cell of a file is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial

from workbook.measures.codes import Columns, code_counts
from workbook.measures.computed_answers import ANSWERS, Asked
from workbook.measures.computed_progress import progress_columns
from workbook.measures.data_date import last_date
from workbook.measures.learners import learner_key
from workbook.measures.levels import Assessed
from workbook.model import SHEETS, Table, Tracker, Value
from workbook.model.excel import (
    TextIndex,
    is_error,
    is_number,
    number,
    rounded,
    seen,
    serial,
    text,
    trim,
)


def computed(
    tracker: Tracker,
    tables: Collection[str] | None = None,
    rows: Mapping[str, Sequence[int]] | None = None,
    on: Callable[[], date] | None = None,
) -> dict[str, Columns]:
    """Every computed column of every table, ``{table: {key: values}}``; None where the formula gives a blank.

    ``tables`` asks for some tables only, by name; ``rows`` for some rows only of tables (not of Learners, nor of the
    reference sheets, which others look things up in), by their places; ``on`` gives the data date where it is known.
    """
    on = on or partial(last_date, tracker)
    if rows:
        tracker = tracker.with_room({name: tracker[name].some(places) for name, places in rows.items()})
    wanted = [one for one in SHEETS if tables is None or one.table in tables]
    done: dict[str, Columns] = {one.table: {} for one in SHEETS}
    done["Learners"] = {
        "name": learner_names(tracker),
        "key": [learner_key(value) or None for value in tracker["Learners"]["learner_id"]],
    }
    done["Subjects"] = {"key": as_keys(tracker["Subjects"]["subject"])}
    done["Scales"] = {"key": scale_keys(tracker)}
    done["Effort"] = {"key": effort_keys(tracker)}
    done["Codes"] = code_counts(tracker)
    done["Drops"] = {"elapsed": elapsed(tracker)}
    who, asked = _Listed(tracker, done["Learners"]), Asked(tracker, on)
    for one in wanted:
        for key in ("learner", "form", "year", "learners_row"):
            if key in one.by_key and one.by_key[key].computed:
                done[one.table][key] = who.column(tracker[one.table], key)
        if one.table == "Progress":
            done["Progress"] |= progress_columns(tracker, done)
        if one.table in ANSWERS:
            done[one.table] |= ANSWERS[one.table](asked)
    return {one.table: {column.key: done[one.table][column.key] for column in one.computed} for one in wanted}


def learner_names(tracker: Tracker) -> list[Value]:
    """The name of each row of Learners as its sheet shows it; None where none is typed."""
    return [_name(*names) for names in _names(tracker["Learners"])]


def _names(learners: Table) -> zip[tuple[Value, ...]]:
    return zip(learners["preferred_name"], learners["first_name"], learners["surname"], strict=True)


def _name(preferred: Value, first: Value, surname: Value) -> Value:
    """The name a learner goes by and the surname, tidily spaced."""
    goes_by = preferred if is_error(preferred) or seen(preferred) else first
    if is_error(goes_by) or is_error(surname):
        return None
    return trim(f"{text(goes_by)} {text(surname)}") or None


class _Listed:
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
        places = (self._place(value) for value in table["learner_id"])
        if what == "learners_row":
            return [None if place is None else place + 1 for place in places]
        about = self._about[what]
        return [None if place is None else about[place] for place in places]

    def _place(self, value: Value) -> int | None:
        if type(value) is not str:
            return None if is_error(value) else self._index.find_text(learner_key(value))
        if value not in self._seen:
            self._seen[value] = self._index.find_text(learner_key(value))
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


def elapsed(tracker: Tracker) -> list[Value]:
    """The share of this year's term days gone by at the date of each drop."""
    terms = [(serial(start), serial(end)) for kind, _, start, end in tracker.spans if kind == "term"]
    total = sum(last - first + 1 for first, last in terms)
    return [
        rounded(sum(_gone(number(day), *term) for term in terms) / total) if is_number(day) and total else None
        for day in tracker["Drops"]["date"]
    ]


def _gone(day: float, first: float, last: float) -> float:
    """Days of a half term gone by on ``day``, it included."""
    return (last if day >= last else day) - first + 1 if first <= day else 0
