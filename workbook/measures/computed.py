"""What the computed columns show: the native formulas of `workbook.model.formulas`, worked out in Python.

The two readings agree cell for cell: where a formula gives an empty text the figure is None. A value found in a
formula cell of a file is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, partial

from workbook.measures.codes import Columns, code_counts
from workbook.measures.computed_answers import ANSWERS, Asked, Column, Lazily, learners_columns, terms_columns
from workbook.measures.computed_keys import (
    effort_keys,
    elapsed,
    learner_keys,
    learner_names,
    scale_keys,
    subject_keys,
)
from workbook.measures.computed_progress import progress_columns
from workbook.measures.data_date import last_date
from workbook.measures.learners import learner_key
from workbook.model import SHEETS, Table, Tracker, Value, sheet
from workbook.model.excel import TextIndex, is_error, is_number, number, text


def computed(tracker: Tracker, tables: Collection[str] | None = None) -> dict[str, Columns]:
    """Every computed column of every table, ``{table: {key: values}}``; None where the formula gives a blank.

    ``tables`` asks for some tables only, by name.
    """
    figures = Figures(tracker)
    return {one.table: figures.of(one.table) for one in SHEETS if tables is None or one.table in tables}


class Figures:
    """The computed columns of a tracker, each worked out when it is asked for.

    ``on`` gives the data date where it is known.
    """

    def __init__(self, tracker: Tracker, on: Callable[[], date] | None = None) -> None:
        self._tracker = tracker
        self._asked = Asked(tracker, on or partial(last_date, tracker))

    def of(self, name: str, keys: Collection[str] | None = None, rows: Sequence[int] | None = None) -> Columns:
        """Computed columns of a table; ``keys`` asks for some of them only, ``rows`` for some rows, by their places."""
        wanted = [one.key for one in sheet(name).computed if keys is None or one.key in keys]
        whole = self._whole.get(name)
        if whole is None:
            table = self._tracker[name]
            of_rows = self._of_rows(table if rows is None else table.some(rows))
            return {key: of_rows[key]() for key in wanted}
        columns = {key: whole[key]() for key in wanted}
        return columns if rows is None else {key: [values[row] for row in rows] for key, values in columns.items()}

    @cached_property
    def _whole(self) -> dict[str, Lazily]:
        """The sheets that others look things up in: however few of their rows are asked for, all are worked out."""
        tracker = self._tracker
        counts = partial(code_counts, tracker)
        return {
            "Learners": {
                "name": lambda: self._listed.names,
                "key": lambda: self._listed.keys,
                **learners_columns(self._asked),
            },
            "Subjects": {"key": partial(subject_keys, tracker)},
            "Scales": {"key": partial(scale_keys, tracker)},
            "Effort": {"key": partial(effort_keys, tracker)},
            "Codes": {column.key: partial(lambda key: counts()[key], column.key) for column in sheet("Codes").computed},
            "Drops": {"elapsed": partial(elapsed, tracker)},
            "Terms": terms_columns(self._asked),
        }

    def _of_rows(self, table: Table) -> Lazily:
        """The columns of a table of which every row stands for itself."""
        about: dict[str, Column] = {key: partial(self._listed.column, table, key) for key in ABOUT_LEARNER}
        if table.sheet.table == "Progress":
            return about | dict(progress_columns(self._asked, table, about["year"]))
        answers = ANSWERS.get(table.sheet.table)
        return about | dict(answers(self._asked, table)) if answers else about

    @cached_property
    def _listed(self) -> _Listed:
        return _Listed(self._tracker)


ABOUT_LEARNER = ("learner", "form", "year", "learners_row")
"""The columns, of whichever sheet, that say of a row's learner what the sheet Learners does."""


class _Listed:
    """What other sheets look up about a learner by ID."""

    def __init__(self, tracker: Tracker) -> None:
        learners = tracker["Learners"]
        self.names, self.keys = learner_names(tracker), learner_keys(tracker)
        self._index = TextIndex(self.keys)
        self._about: dict[str, Sequence[Value]] = {
            "learner": self.names,
            "form": [None if is_error(form) else text(form) or None for form in learners["form"]],
            "year": [number(year) if is_number(year) else None for year in learners["year"]],
            "learners_row": range(1, len(learners) + 1),
        }
        self._seen: dict[str, int | None] = {}

    def column(self, table: Table, what: str) -> list[Value]:
        """``what`` of each row's learner; blank where the ID is not on the Learners sheet."""
        about = self._about[what]
        return [None if place is None else about[place] for place in map(self._place, table["learner_id"])]

    def _place(self, value: Value) -> int | None:
        if type(value) is not str:
            return None if is_error(value) else self._index.find_text(learner_key(value))
        if value not in self._seen:
            self._seen[value] = self._index.find_text(learner_key(value))
        return self._seen[value]
