"""What commands that look at a tracker have in common: whom they look at, the day, and whether to print data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from workbook.commands import output
from workbook.commands.opened import Opened, opened
from workbook.commands.output import Json, On, TrackerFile
from workbook.commands.whose import Form, LearnerIds, Mentor, Year


@dataclass
class Look:
    """A tracker looked at: opened, with the learners and the mentor asked for; ``json`` prints data."""

    path: Path
    one: Opened
    form: str | None
    mentor: str | None
    year: int | None
    learner: Sequence[str] | None
    json: bool

    @cached_property
    def among(self) -> set[str] | None:
        """The learners meant, in small letters; None where nothing narrows the choice."""
        return self.one.among(self.form, self.mentor, self.year, self.learner)

    def print_data(self, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
        """Print rows of the day of the figures as data."""
        output.as_json(self.path, self.one.on, rows, **more)


def looking(command: Callable[[Look], None], today: bool = False) -> Callable[..., None]:
    """A command with the options of all that look; ``today`` takes the clock's day where none is given."""

    def look(
        tracker: TrackerFile,
        form: Form = None,
        mentor: Mentor = None,
        year: Year = None,
        learner: LearnerIds = None,
        on: On = None,
        json: Json = False,
    ) -> None:
        one = opened(tracker, on or (date.today() if today else None))
        command(Look(tracker, one, form, mentor, year, learner, json))

    look.__name__, look.__doc__ = command.__name__, command.__doc__
    return look
