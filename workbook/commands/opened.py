"""The tracker a command is about: opened through the one guard, read once, what follows from it worked out once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.commands.whose import chosen, narrowed

if TYPE_CHECKING:
    from workbook.measures.flags import Found
    from workbook.measures.snapshot import Snapshot
    from workbook.model import Tracker
    from workbook.package.guard import GuardedFile


@dataclass
class Opened:
    """An open tracker: its file, and the day asked for, if one was."""

    file: GuardedFile
    asked: date | None = None

    @cached_property
    def tracker(self) -> Tracker:
        """What the file holds."""
        from workbook.commands.beside import aside, beside
        from workbook.reading.read import read

        return read(self.file, beside, aside)

    @cached_property
    def as_asked(self) -> Tracker:
        """The same, each table read when it is asked for: for a command that needs few of them."""
        from workbook.commands.beside import aside, beside
        from workbook.reading.as_asked import read_as_asked

        return read_as_asked(self.file, beside, aside)

    def ring(self) -> tuple[int, int]:
        """How many backups of it stay, and for how many days."""
        settings = (self.__dict__.get("tracker") or self.as_asked).settings
        return int(settings["backups_most"]), int(settings["backups_days"])

    @cached_property
    def on(self) -> date:
        """The day of the figures: the one asked for, else the last day of the data."""
        from workbook.measures.data_date import last_date

        return self.asked or last_date(self.tracker)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The tracker as it stood on the day."""
        from workbook.measures.snapshot import Snapshot

        return Snapshot(self.tracker, self.on)

    @cached_property
    def found(self) -> Found:
        """Every flag with its answer."""
        from workbook.measures.flags import found_in

        return found_in(self.snapshot)

    def among(
        self, form: str | None, mentor: str | None, year: int | None, learner: Collection[str] | None
    ) -> set[str] | None:
        """The learners meant, as `chosen` has them; None where nothing narrows the choice."""
        if not narrowed(form, mentor, year, learner):
            return None
        return chosen(self.snapshot, form, mentor, year, list(learner or ()))


def opened(tracker: Path, on: datetime | date | None = None) -> Opened:
    """Open a tracker for a command; CannotDo for a file that cannot be read."""
    from workbook.package.guard import open_guarded
    from workbook.package.run import note_ring

    one = Opened(open_guarded(tracker), on.date() if isinstance(on, datetime) else on)
    note_ring(tracker, one.ring)
    return one
