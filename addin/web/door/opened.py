"""The tracker that is open: read once, its figures worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from workbook.measures.computed_keys import learner_names
from workbook.measures.data_date import last_date
from workbook.measures.flags import Found, found_in
from workbook.measures.learners import Learners, word
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo, Tracker, Value
from workbook.package.guard import GuardedFile, open_guarded
from workbook.reading.read import read

IN, OUT = Path("/in"), Path("/out")
TOO_LARGE = (
    "The browser has not enough memory for that. Close other tabs and try again; for a very large tracker use "
    "Mentorbook's command line."
)
T = TypeVar("T")


@dataclass
class Step:
    """How far a piece of work is: told to the page, if it listens."""

    tell: Callable[[int, int], object] | None

    def __call__(self, done: int, of: int) -> None:
        """``done`` pieces out of ``of`` are done."""
        if self.tell:
            self.tell(done, of)


@dataclass
class Opened:
    """An open tracker: its file as it was read (none where Excel has it open), what it says, the last day of its data,
    what is known of it by now.
    """

    file: GuardedFile | None
    tracker: Tracker
    day: date
    kept: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: Any, work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out the first time only."""
        if key not in self.kept:
            self.kept[key] = work()
        return self.kept[key]

    def found(self, day: date) -> Found:
        """Flags and all that they rest on, on a day."""
        return self.once(("found", day), lambda: found_in(self.snapshot(day)))

    def snapshot(self, day: date) -> Snapshot:
        """The tracker as it stood on a day."""
        return self.once(("snapshot", day), lambda: Snapshot(self.tracker, day))


_now: list[Opened] = []
_step = [Step(None)]


def hear(step: Step) -> None:
    """Who hears how far the work is."""
    _step[0] = step


def step(done: int, of: int) -> None:
    """Tell how far the work is."""
    _step[0](done, of)


def current() -> Opened:
    """The open tracker; CannotDo if there is none."""
    if not _now:
        raise CannotDo("No tracker is open: choose your tracker first.")
    return _now[0]


def day_of(on: str | None) -> date:
    """The day meant: as given, else the last date in the tracker's data."""
    return date.fromisoformat(on) if on else current().day


def incoming(name: str) -> Path:
    """A file that the page handed over."""
    path = IN / name
    if Path(name).name != name or not path.is_file():
        raise CannotDo(f"{name} did not arrive: choose it again.")
    return path


def open_tracker(name: str) -> dict[str, Any]:
    """Read the tracker that was handed over; who is in it, and the last day of its data. The one before is closed."""
    file = open_guarded(incoming(name))
    put(read(file), file)
    return {"data": summary()}


def put(tracker: Tracker, file: GuardedFile | None = None) -> None:
    """From now on this is the open tracker. The one before is closed."""
    close()
    _now.append(Opened(file, tracker, last_date(tracker)))


def summary() -> dict[str, Any]:
    """Who is in the open tracker: what the page offers to choose from."""
    one = current()
    names: list[Value] = learner_names(one.tracker)
    people = []
    for learner in Learners(one.tracker).all:
        name = word(names[learner.row]) or learner.learner_id
        people.append({"id": learner.learner_id, "name": name, "form": learner.form, "mentor": learner.mentor,
                       "here": learner.on_roll(one.day)})  # fmt: skip
    first_day, last_day = one.tracker.year
    return {"name": one.tracker.name, "learners": people, "day": one.day, "year": [first_day, last_day],
            "forms": sorted({person["form"] for person in people if person["form"]}),
            "mentors": sorted({person["mentor"] for person in people if person["mentor"]})}  # fmt: skip


def close() -> dict[str, Any]:
    """Forget the open tracker."""
    _now.clear()
    return {"data": None}


DEEDS = {"open": open_tracker, "close": close}
