"""One number that changes with the entries, as a formula and in Python: has anything been typed since?

The sheets that Mentorbook writes hold the number of the moment they were worked out and compare it with the live one
on Start. Only sums and counts of whole columns, so that it costs nothing to recalculate; each part has a weight of its
own, so that two changes seldom cancel. It is a sign that something changed, not a proof that nothing did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from workbook.model import Problem, Tracker, Value, sheet
from workbook.model import problem_kind as kinds
from workbook.model.excel import is_error, is_number, number

NAME = "entries_mark"
"""The name of the cell on Start that holds the live number."""

TABLES = ("Learners", "Progress", "Registers")
"""The tables whose computed columns it needs."""

_LOOKED_UP = ("Subjects", "Scales", "Effort", "Codes", "Terms", "Drops")
"""Whose computed columns these look up."""
_TRUTH = ("TRUE and FALSE count in one program and not in another.", "Type a number, a date, Yes or No.")
_WITHOUT_ROWS = {kinds.SHEET_MISSING.code, kinds.TABLE_MISSING.code, kinds.ROWS_BELOW_TABLE.code}
_WITHOUT_HEADINGS = {kinds.HEADING_MISSING.code, kinds.HEADING_RENAMED.code}
_WITHOUT_FORMULAS = {kinds.FORMULA_OVERWRITTEN.code, kinds.FORMULA_MISSING.code, kinds.FORMULAS_GONE.code}

Kind = Literal["count", "sum"]
Computed = Mapping[str, Mapping[str, Sequence[Value]]]

_COUNTED = {
    "Learners": ("learner_id", "first_name", "surname", "form", "mentor"),
    "Subjects": ("subject", "core"),
    "Progress": ("learner_id", "target", "baseline", "comment", *(f"effort_{drop}" for drop in range(1, 7))),
    "Registers": ("learner_id", "mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am", "wed_pm", "thu_am", "thu_pm",
                  "fri_am", "fri_pm"),
    "Contacts": ("learner_id", "with", "summary", "done"),
    "Interventions": ("learner_id", "type", "outcome"),
    "Targets": ("learner_id", "target", "status"),
    "Groups": ("learner_id", "group"),
    "Diary": ("what", "mentor", "done"),
    "Transition": ("intended_destination",),
    "Workexperience": ("employer",),
    "Settings": ("value",),
    "Codes": ("code",),
}  # fmt: skip
_SUMMED = {
    "Learners": ("year", "started", "left"),
    "Progress": (*(f"points_{drop}" for drop in range(1, 7)), *(f"effort_{drop}" for drop in range(1, 7)),
                 "target_points", "baseline_points"),
    "Registers": ("week", "possible", "attended", "unauthorised", "late"),
    "Behaviour": ("date",),
    "Contacts": ("date", "follow_up_due"),
    "Interventions": ("review_due", "end"),
    "Targets": ("due", "reviewed"),
    "Diary": ("date",),
    "Workexperience": ("start", "visit", "health_and_safety", "insurance", "consent"),
    "Settings": ("value",),
    "Scales": ("points",),
    "Terms": ("start", "end"),
    "Drops": ("date", "reports_due"),
}  # fmt: skip
_FINE = 12  # levels are worth whole, half, quarter or third points: twelve times that is whole


def _parts() -> list[tuple[Kind, str, str, int]]:
    """What is counted or summed: kind, table, column, weight."""
    kinds: tuple[tuple[Kind, dict[str, tuple[str, ...]]], ...] = (("count", _COUNTED), ("sum", _SUMMED))
    every = [(kind, table, key) for kind, tables in kinds for table, keys in tables.items() for key in keys]
    return [(kind, table, key, 3 + 2 * place) for place, (kind, table, key) in enumerate(every)]


def formula() -> str:
    """The number as a formula, without its equals sign."""
    terms = []
    for kind, table, key, weight in _parts():
        column = f"{table}[{sheet(table).by_key[key].header}]"
        figure = f"COUNTA({column})" if kind == "count" else f"IFERROR(ROUND({_FINE}*SUM({column}),0),0)"
        terms.append(f"{weight}*{figure}")
    return "+".join(terms)


def figure(tracker: Tracker, computed: Computed) -> int:
    """The same in Python; ``computed`` has the computed columns of `TABLES`."""
    total = 0
    for kind, table, key, weight in _parts():
        values = computed[table][key] if sheet(table).by_key[key].computed else tracker[table][key]
        if kind == "count":
            total += weight * sum(value is not None for value in values)
        elif not any(map(is_error, values)):
            summed = sum(number(value) for value in values if is_number(value))
            total += weight * int(_FINE * summed + 0.5)
    return total


def doubt(tracker: Tracker) -> Problem | None:
    """Why a workbook's formula may see something else than `figure` does; None where both see the same.

    A table that misses rows, a heading that is gone, a computed cell without its formula, a truth value that one
    program counts and another does not. ``tracker`` is as it was read, with what its file showed.
    """
    asked: dict[str, set[str]] = {}
    for _, table, key, _ in _parts():
        asked.setdefault(table, set()).add(key)
    tables = {sheet(table).name: table for table in (*asked, *_LOOKED_UP)}
    for one in tracker.problems:
        table = tables.get(one.sheet, "")
        if table and _blinds(tracker, one, table, asked.get(table, set())):
            return one
    return next(_truth_values(tracker), None)


def _blinds(tracker: Tracker, one: Problem, table: str, keys: set[str]) -> bool:
    if one.code in _WITHOUT_ROWS:
        return bool(keys)
    letters = tracker[table].letters
    if one.code in _WITHOUT_HEADINGS:
        return any(key not in letters for key in keys)
    if one.code in _WITHOUT_FORMULAS:
        return table in (*TABLES, *_LOOKED_UP)
    typed = {letters.get(key) for key in keys}
    return one.code == kinds.FORMULA_TYPED.code and one.value is None and one.cell.rstrip("0123456789") in typed


def _truth_values(tracker: Tracker) -> Iterator[Problem]:
    for kind, table, key, _ in _parts():
        if kind == "sum" and not sheet(table).by_key[key].computed:
            held = tracker[table]
            for row, value in enumerate(held[key]):
                if isinstance(value, bool):
                    yield Problem(held.sheet.name, held.cell(key, row), "truth-value", value, *_TRUTH)
