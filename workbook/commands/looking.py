"""What commands that look at a tracker have in common: whom they look at, the day, and whether to print data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from workbook.commands import output
from workbook.commands.opened import Opened, opened
from workbook.commands.output import Json, On, TrackerFile
from workbook.commands.whose import Form, LearnerIds, Mentor, Year


@dataclass(kw_only=True)
class Look:
    """A tracker looked at: opened, with the learners and the mentor asked for; ``json`` prints data."""

    tracker: TrackerFile
    form: Form = None
    mentor: Mentor = None
    year: Year = None
    learner: LearnerIds = None
    on: On = None
    json: Json = False
    today: ClassVar[bool] = False
    """Whether the clock's day is taken where none is given; else it is the last of the data."""

    @cached_property
    def one(self) -> Opened:
        """The tracker, opened."""
        return opened(self.tracker, self.on or (date.today() if self.today else None))

    @cached_property
    def among(self) -> set[str] | None:
        """The learners meant, in small letters; None where nothing narrows the choice."""
        return self.one.among(self.form, self.mentor, self.year, self.learner)

    def print_data(self, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
        """Print rows of the day of the figures as data."""
        output.as_json(self.tracker, self.one.on, rows, **more)


@dataclass(kw_only=True)
class LookToday(Look):
    """The same on the clock's day."""

    today: ClassVar[bool] = True
