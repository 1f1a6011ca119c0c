"""What mentors of the sample knew on a day, by the rules that a tracker flags by: nobody acts on what came later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbook.measures.earlier import Earlier, Then
from workbook.measures.flags_attendance import TIERS, attendance_flags
from workbook.measures.flags_progress import progress_flags
from workbook.measures.snapshot import Raised, Snapshot
from workbook.model import Tracker
from workbook.model.rules import AREAS
from workbook.sample.people import Person
from workbook.sample.school_year import DAY, SchoolYear

_TO_TALK = set(TIERS[:2])


class Known:
    """Each learner's concerns on the eve of each week, from registers, levels and incidents up to then."""

    def __init__(self, tracker: Tracker, persons: Sequence[Person], calendar: SchoolYear) -> None:
        snapshot = Snapshot(tracker, calendar.last)
        raised: dict[int, list[Raised]] = {}
        for one in (*attendance_flags(snapshot), *progress_flags(snapshot)):
            raised.setdefault(one.learner, []).append(one)
        self._earlier = Earlier(snapshot, raised)
        self._persons = persons
        self._weeks: dict[date, dict[str, Then]] = {}

    def before(self, monday: date) -> dict[str, Then]:
        """What was known of each learner then on roll when a week began, by ID."""
        if monday not in self._weeks:
            day = monday - 3 * DAY
            on_roll = {
                place: person
                for place, person in enumerate(self._persons)
                if person.started < monday <= (person.left or monday)
            }
            then = self._earlier.look(dict.fromkeys(on_roll, day), whole=True)
            self._weeks[monday] = {person.learner_id: then[place] for place, person in on_roll.items()}
        return self._weeks[monday]


def areas_of(then: Then) -> list[str]:
    """The areas in which there is a concern, in their usual order."""
    return [name for name, codes in AREAS.items() if codes & then.concerns.keys()]


def wants_talk(then: Then) -> bool:
    """Whether a conversation is wanted, and not a look alone."""
    return len(then.concerns) > 1 or bool(_TO_TALK & then.concerns.keys())
