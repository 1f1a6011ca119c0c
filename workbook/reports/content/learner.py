"""What a learner's report says: nested mappings that a template's names are looked up in.

`contexts` gives one for each learner, `vocabulary` all the names there are. Numbers stay numbers and dates stay
dates, so that the format of a template's cell decides how they look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from workbook.measures.data_date import drop_dates
from workbook.measures.learners import called, id_key, learner_key
from workbook.measures.progress_day import progress_days
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo, Tracker
from workbook.model.excel import is_yes
from workbook.reports.content.audience import shown
from workbook.reports.content.names import Term, fill_in, terms, tree
from workbook.reports.content.path import chart, path
from workbook.reports.content.purpose import LeftOut, Purpose
from workbook.reports.content.recipients import UNNAMED
from workbook.reports.content.records import Records
from workbook.reports.content.story import Facts, attendance_sentences, late_sentence, story
from workbook.reports.content.subjects import Line, Subjects, level_words, plain, text_of
from workbook.reports.content.wording import Person

__all__ = ["Context", "contexts", "contexts_of", "present", "tree", "vocabulary"]

Context = dict[str, Any]
NOBODY = "with nobody to send it to"
_UNITS = "Vocational units are awarded one by one."

_HEADINGS = {
    "current against expected": (
        "On the way?",
        "On the way: the level now is about where it should be between the start and the target.",
    ),
    "current against target": ("At the target?", "The level now is set beside the target."),
    "forecast against target": ("Forecast", "The forecast is set beside the target."),
}


def vocabulary() -> tuple[Term, ...]:
    """Every name a template can ask for, with its meaning, who may see it and an example."""
    return terms()


def contexts(
    tracker: Tracker,
    on: date,
    learner_ids: Iterable[str] | None = None,
    *,
    reader: Audience = Audience.PARENT,
    each_recipient: bool = False,
    purpose: Purpose | None = None,
    left_out: list[LeftOut] | None = None,
) -> Iterator[Context]:
    """`contexts_of` a tracker as it stands on a day."""
    return contexts_of(
        Snapshot(tracker, on),
        learner_ids,
        reader=reader,
        each_recipient=each_recipient,
        purpose=purpose,
        left_out=left_out,
    )


def contexts_of(
    snapshot: Snapshot,
    learner_ids: Iterable[str] | None = None,
    *,
    reader: Audience = Audience.PARENT,
    each_recipient: bool = False,
    also_for_nobody: bool = False,
    purpose: Purpose | None = None,
    left_out: list[LeftOut] | None = None,
    needed: Collection[str] | None = None,
) -> Iterator[Context]:
    """A mapping for each learner who is at the Academy, as the tracker stands on the day of a snapshot.

    `learner_ids` chooses and orders learners, leavers too, whose report stands as on their last day; CannotDo names an
    ID that is not on Learners. For a parent `reader`
    no mentor's column is in it. With `each_recipient` a learner comes once for each person reports are sent to; where
    there is none, not at all, or once without a name with `also_for_nobody`. Those who do not come, and those whom a
    `purpose` does not fit, are noted in `left_out`. Where the names and lists that are `needed` are given, others that
    take time may not be in it.
    """
    for day, places in groupby(_chosen(snapshot, learner_ids), key=lambda chosen: chosen[1]):
        then = snapshot if day == snapshot.on else Snapshot(snapshot.tracker, day)
        college = _College(then, reader, [place for place, _ in places], needed)
        codes = college.records.codes if purpose and purpose.by_flag else {}
        for place in college.places:
            context, key = college.context(place), college.key(place)
            why = None
            if purpose and not purpose.suits(context, codes.get(key, ())):
                why = purpose.lacking
            recipients = college.records.recipients.get(key, ())
            if why or (each_recipient and not recipients and not also_for_nobody):
                learner = context["learner"]
                if left_out is not None:
                    left_out.append(LeftOut(learner["learner_id"], learner["name"], why or NOBODY))
            elif each_recipient and recipients:
                for one in recipients:
                    name = one["name"] or UNNAMED
                    whose = {**context["report"], "copy_for": f" · for {name}"}
                    dear = one["name"] or UNNAMED.lower()
                    yield {**context, "report": whose, "recipient": {**one, "name": name, "dear": dear}}
            else:
                yield context


def present(snapshot: Snapshot) -> list[int]:
    """The places on Learners of those who are at the Academy on the day, in the order of the sheet."""
    return [learner.row for learner in snapshot.learners.all if learner.on_roll(snapshot.on)]


def _chosen(snapshot: Snapshot, learner_ids: Iterable[str] | None) -> list[tuple[int, date]]:
    """The place of each learner on Learners, and the day of the report: a leaver's last, else the snapshot's."""
    on = snapshot.on
    if learner_ids is None:
        return [(place, on) for place in present(snapshot)]
    learners = snapshot.learners
    found: list[tuple[int, date]] = []
    for wanted in learner_ids:
        at = learners.find(wanted)
        if at is None:
            raise CannotDo(f"Learner {wanted} is not on the Learners sheet: check the ID.")
        one = learners.all[at]
        if one.on_roll(on):
            found.append((one.row, on))
        elif one.left is not None and one.has_left(on):
            found.append((one.row, one.left))
        else:
            raise CannotDo(f"Learner {wanted} has not yet started: check the ID.")
    return found


class _College:
    """All that the contexts share, worked out once."""

    def __init__(
        self, snapshot: Snapshot, reader: Audience, places: Sequence[int], needed: Collection[str] | None
    ) -> None:
        self.places = places
        tracker, on = snapshot.tracker, snapshot.on
        self.tracker, self.on, self.reader = tracker, on, reader
        self.learners = tracker["Learners"]
        self.subjects = Subjects(snapshot, reader)
        self.records = Records(snapshot, reader, {self.key(place) for place in places}, needed)
        self.keys = [column.key for column in shown(self.learners.sheet, reader) if not column.computed]
        self.dates = drop_dates(tracker)
        self.next_progress_day, _ = progress_days(tracker, on + timedelta(days=1))
        self.progress_day, self.look_again = progress_days(tracker, on)
        setting = tracker.settings
        self.academy = {"name": setting["academy"]}
        self.college = {"name": setting["college"]}
        self.heading, self.meaning = _HEADINGS[setting["status_measure"]]
        self.course_end = f"Year {int(setting['first_year'] + setting['course_years'] - 1)}"
        self._shares: dict[Any, dict[int, float | None]] = {}

    def key(self, place: int) -> str:
        """The learner's ID as rows of other sheets are grouped by."""
        return id_key(self.learners["learner_id"][place])

    def context(self, place: int) -> Context:
        """One learner's mapping."""
        key = self.key(place)
        row = {name: values[place] for name, values in self.learners.columns.items()}
        name = called(row.get("preferred_name"), row.get("first_name"))
        person = Person.of(name or "The learner", row.get("pronouns"))
        lines = self.subjects.lines(key)
        facts = self._facts(key, person, lines)
        context: Context = {
            "academy": self.academy,
            "college": self.college,
            "mentor": self._mentor(row.get("mentor")),
            "learner": self._learner(row, person),
            "report": self._report(lines),
            "attendance": self._attendance(facts),
            "subject": [line.item for line in lines],
            "recipient": self._recipient(key),
        }
        context |= story(facts)
        context |= chart(self._path(row.get("year"), lines), person.name, self.subjects.drop_names, self.dates)
        context |= self.records.of(key)
        fill_in(context, self.reader)
        return context

    def _facts(self, key: str, person: Person, lines: Sequence[Line]) -> Facts:
        records = self.records
        return Facts(
            learner_id=key,
            person=person,
            lines=lines,
            attendance=records.attendance_of(key),
            best_effort=self.subjects.best_effort,
            lowest_effort=self.subjects.lowest_effort,
            achievements=records.lately_achieved(key),
            targets_met=records.targets_met.get(key, 0),
            open_targets=records.lists["open_target"].get(key, ()),
            interventions=records.lists["intervention"].get(key, ()),
            next_progress_day=self.next_progress_day,
            strengths=records.strengths.get(key, {}),
        )

    def _learner(self, row: dict[str, Any], person: Person) -> Context:
        words = person.words()
        surname = text_of(row.get("surname"))
        return {key: plain(row.get(key)) for key in self.keys} | {
            "learner_id": learner_key(row.get("learner_id")),  # with what hides in it: others find the learner by it
            "first_name": person.name,
            "name": f"{person.name} {surname}".strip(),
            "full_name": f"{text_of(row.get('first_name'))} {surname}".strip(),
            "names": words["names"],
            "they": words["they"],
            "them": words["them"],
            "their": words["their"],
            "they_first": words["They"],
            "their_first": words["Their"],
            "are": words["are"],
            "have": words["have"],
        }

    def _mentor(self, name: Any) -> Context:
        setting = self.tracker.settings
        return {"name": text_of(name) or None, "phone": setting["phone"], "email": setting["email"]}

    def _report(self, lines: Sequence[Line]) -> Context:
        latest = max((line.drop for line in lines if line.drop), default=None)
        if latest is None:
            latest = max((drop for drop, day in self.dates.items() if day and day <= self.on), default=None)
        return {
            "date": self.on,
            "drop": self.subjects.drop_names.get(latest) if latest else None,
            "copy_for": None,
            "year": self.tracker.settings["academic_year"],
            "course_end": self.course_end,
            "next_progress_day": self.next_progress_day,
            "progress_day": self.progress_day,
            "look_again": self.look_again,
            "status_heading": self.heading,
            "status_meaning": self.meaning,
            "vocational_meaning": _UNITS if any(is_yes(line.item.get("vocational")) for line in lines) else None,
            "effort_words": self.subjects.effort_words,
            "level_words": level_words(lines),
        }

    def _attendance(self, facts: Facts) -> Context:
        figures = facts.attendance
        percent, unauthorised = figures.percent(figures.attended), figures.percent(figures.unauthorised)
        shown_here = {
            "possible": figures.possible,
            "attended": figures.attended,
            "missed": figures.missed,
            "authorised": figures.authorised,
            "unauthorised": figures.unauthorised,
            "late": figures.late,
            "percent": None if percent is None else round(percent, 2),
            "unauthorised_percent": None if unauthorised is None else round(unauthorised, 2),
            "sentence": " ".join(attendance_sentences(facts)),
            "late_sentence": late_sentence(facts),
            "pattern": figures.pattern or None,
        }
        if self.reader is Audience.MENTOR:
            early = figures.early
            words = "Severe absence" if figures.severe else "Persistent absence" if figures.persistent else None
            shown_here["words"] = None if early else words
        return shown_here

    def _recipient(self, key: str) -> Context:
        """The one person reports are sent to; only a form of address where there are several or none."""
        people = self.records.recipients.get(key, [])
        if len(people) == 1:
            name = people[0]["name"]
            return {**people[0], "name": name or UNNAMED, "dear": name or UNNAMED.lower()}
        return dict.fromkeys(("relation", "address", "language", "large_print")) | {
            "name": UNNAMED,
            "dear": UNNAMED.lower(),
        }

    def _path(self, year: Any, lines: Sequence[Line]) -> Any:
        if year not in self._shares:
            self._shares[year] = self.subjects.shares(year)
        return path(lines, self._shares[year], self.subjects.tolerance)
