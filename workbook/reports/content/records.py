"""What the other sheets hold of each learner: targets, achievements, placements, attendance and so on, grouped once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from workbook.measures.achievements import is_to_celebrate
from workbook.measures.attendance import attendance_rows, half_term_rows
from workbook.measures.contacts import contact_day
from workbook.measures.flags import Flag, flags_of, raised_in
from workbook.measures.interventions import group_key, is_running
from workbook.measures.learners import id_key
from workbook.measures.patterns import told, weeks_of
from workbook.measures.snapshot import Snapshot
from workbook.measures.targets import is_open, met_lately
from workbook.model import Audience, sheet
from workbook.model.excel import fold
from workbook.model.rules import BY_CODE, Nature
from workbook.model.tracker import as_date
from workbook.reports.content.audience import shown
from workbook.reports.content.names import STAFF_LISTS, TABLES
from workbook.reports.content.recipients import gets_reports
from workbook.reports.content.story import Attendance
from workbook.reports.content.subjects import plain

Item = dict[str, Any]
Grouped = dict[str, list[Item]]

_NEWEST_FIRST = {"target": "set_on", "vocational_week": "week"} | dict.fromkeys(
    ("achievement", "to_celebrate", "evidence", "contact", "incident"), "date"
)
_BY_DATE = {"open_target": "due", "placement": "start"}
_ALWAYS = ("open_target", "achievement", "intervention", "placement")
"""The lists that sentences, and questions before a report is sent, need whatever is printed."""
_LATELY = timedelta(weeks=12)
MOST_ITEMS = 8
"""Of lists that stand newest first, only so many: a page is to be read."""
_EARLIEST, _LATEST = date.min, date.max


class Records:
    """The lists of all `learners` (keys as `id_key`), their attendance, recipients and strengths.

    Of lists, half terms and patterns only those are worked out that are `needed`, or all.
    """

    def __init__(
        self, snapshot: Snapshot, reader: Audience, learners: set[str], needed: Collection[str] | None = None
    ) -> None:
        self.snapshot, self.tracker, self.on, self.reader, self.learners = (
            snapshot,
            snapshot.tracker,
            snapshot.on,
            reader,
            learners,
        )
        self._needed = needed
        kept: dict[str, Callable[[Item], bool]] = {
            "open_target": lambda row: is_open(row.get("status")),
            "intervention": self._is_open,
            "achievement": lambda row: _says_what(row) and self._not_later("date")(row),
            "to_celebrate": lambda row: _says_what(row) and self._waits(row),
            "incident": self._not_later("date"),
            "contact": lambda row: contact_day(row.get("date"), self.tracker.year, self.on) is not None,
            "evidence": self._not_later("date"),
            "vocational_week": self._not_later("week"),
        }
        effort = self.tracker["Effort"]
        self._effort_words = {fold(str(plain(code))): label for code, label in zip(effort["code"], effort["label"],
                              strict=True) if code is not None and label}  # fmt: skip
        self.lists: dict[str, Grouped] = {
            name: self._grouped(name, kept.get(name, lambda row: True))
            for name in TABLES
            if (reader is Audience.MENTOR or name not in STAFF_LISTS) and (name in _ALWAYS or self._needs(name))
        }
        self.next_steps = self._next_steps()
        self.recipients = self._recipients()
        self.targets_met = self._targets_met()
        self._attendance, self.half_terms = self._sessions()
        self.strengths = self._strengths()

    def _needs(self, name: str) -> bool:
        return self._needed is None or name in self._needed

    def of(self, key: str) -> Item:
        """All lists of a learner, and the next step."""
        found: Item = {name: grouped.get(key, []) for name, grouped in self.lists.items()}
        found |= {"half_term": self.half_terms.get(key, []), "next_step": self.next_steps.get(key, {})}
        if self.reader is Audience.MENTOR and self._needs("flag"):
            found["flag"] = self.flags.get(key, [])
        return found

    def attendance_of(self, key: str) -> Attendance:
        """A learner's sessions so far; none possible where there is no register."""
        return self._attendance.get(key) or Attendance()

    def lately_achieved(self, key: str) -> Sequence[Item]:
        """Achievements of the last twelve weeks, newest first."""
        first = self.on - _LATELY
        return [
            one
            for one in self.lists["achievement"].get(key, ())
            if (day := as_date(one["date"])) and day >= first and one.get("what")
        ]

    def _rows(self, table: str) -> Iterator[tuple[str, Item]]:
        """(learner, row) of a sheet, for the learners asked for."""
        for row in self.tracker[table].records():
            learner = id_key(row.get("learner_id"))
            if learner in self.learners:
                yield learner, row

    def _grouped(self, name: str, keep: Callable[[Item], bool]) -> Grouped:
        table = TABLES[name]
        keys = [column.key for column in shown(sheet(table), self.reader) if not column.computed]
        keys = [key for key in keys if key != "learner_id"]
        found: Grouped = {}
        rows = self._group_rows() if name == "intervention" else self._rows(table)
        for learner, row in rows:
            if keep(row):
                found.setdefault(learner, []).append({key: plain(row.get(key)) for key in keys})
        for items in found.values():
            if name == "vocational_week":
                for item in items:
                    item["effort"] = self._effort_words.get(fold(str(item["effort"] or "")), item["effort"])
            if name in _NEWEST_FIRST:
                items.sort(key=lambda one: as_date(one[_NEWEST_FIRST[name]]) or _EARLIEST, reverse=True)
                del items[MOST_ITEMS:]
            elif name in _BY_DATE:
                items.sort(key=lambda one: as_date(one[_BY_DATE[name]]) or _LATEST)
            if name == "open_target":  # what is still to come first, then what is overdue
                items.sort(key=lambda one: (as_date(one["due"]) or _LATEST) < self.on)
        return found

    def _group_rows(self) -> Iterator[tuple[str, Item]]:
        """Interventions of a learner alone and of the groups the learner is in."""
        everyone, members = self.snapshot.learners, self.snapshot.members
        for row in self.tracker["Interventions"].records():
            place = everyone.find(row.get("learner_id"))
            for one in members.get(group_key(row.get("group")), ()) if place is None else (place,):
                learner = id_key(everyone.all[one].learner_id)
                if learner in self.learners:
                    yield learner, row

    def _is_open(self, row: Item) -> bool:
        return is_running(row.get("start"), row.get("end"), self.on)

    def _waits(self, row: Item) -> bool:
        return is_to_celebrate(row.get("date"), row.get("celebrated"), self.on, self.tracker.year[0])

    def _not_later(self, key: str) -> Callable[[Item], bool]:
        return lambda row: (as_date(row.get(key)) or _EARLIEST) <= self.on

    def _next_steps(self) -> dict[str, Item]:
        keys = [c.key for c in shown(sheet("Transition"), self.reader) if not c.computed and c.key != "learner_id"]
        return {learner: {key: plain(row.get(key)) for key in keys} for learner, row in self._rows("Transition")}

    def _recipients(self) -> Grouped:
        """Those with parental responsibility to whom reports are sent; never more than a letter's head needs."""
        found: Grouped = {}
        for learner, row in self._rows("Parents"):
            if gets_reports(row):
                keys = ("name", "relation", "address", "language", "large_print")
                found.setdefault(learner, []).append({key: plain(row.get(key)) for key in keys})
        return found

    def _targets_met(self) -> dict[str, int]:
        days = self.tracker.settings["target_met"]
        met: dict[str, int] = {}
        for learner, row in self._rows("Targets"):
            if met_lately(row.get("status"), row.get("reviewed"), row.get("due"), self.on, days):
                met[learner] = met.get(learner, 0) + 1
        return met

    def _sessions(self) -> tuple[dict[str, Attendance], Grouped]:
        """Every learner's sessions this year, and by half term."""
        setting, everyone = self.tracker.settings, self.snapshot.learners
        weeks = weeks_of(self.snapshot) if self._needs("attendance.pattern") else None
        found = {}
        for row in attendance_rows(self.snapshot):
            place = everyone.find(row["learner_id"])
            assert place is not None
            one = _attendance(row, setting["attendance_look"])
            if weeks:
                one.pattern = told(weeks[place], everyone.all[place].vocational_day, setting["early_sessions"])
            found[id_key(row["learner_id"])] = one
        by_half_term: Grouped = {}
        for row in half_term_rows(self.snapshot) if self._needs("half_term") else ():
            keys = ("possible", "attended", "authorised", "unauthorised", "late")
            item = {"name": row["half_term"], "percent": row["attendance"], **{key: row[key] for key in keys}}
            by_half_term.setdefault(id_key(row["learner_id"]), []).append(item)
        return found, by_half_term

    @cached_property
    def flags(self) -> Grouped:
        """Flags for staff."""
        found: Grouped = {}
        for flag in self._flags:
            rule = BY_CODE[flag.code]
            found.setdefault(id_key(flag.learner_id), []).append(
                {"reason": flag.reason, "band": str(flag.band), "title": rule.title, "to_do": rule.do}
            )
        return found

    @cached_property
    def codes(self) -> dict[str, set[str]]:
        """The flags of each learner by code, for choosing whom a template is for."""
        found: dict[str, set[str]] = {}
        for flag in self._flags:
            found.setdefault(id_key(flag.learner_id), set()).add(flag.code)
        return found

    @cached_property
    def _flags(self) -> list[Flag]:
        return [flag for flag in flags_of(self.snapshot) if id_key(flag.learner_id) in self.learners]

    def _strengths(self) -> dict[str, Item]:
        """The strengths that a parent's sentence can stand on, by rule."""
        found: dict[str, Item] = {}
        for place, raised in raised_in(self.snapshot).items():
            learner = id_key(self.snapshot.learners.all[place].learner_id)
            if learner in self.learners:
                found[learner] = {one.code: one.value for one in raised if BY_CODE[one.code].nature is Nature.STRENGTH}
        return found


def _says_what(row: Item) -> bool:
    """Whether an achievement is there in words: nobody is celebrated for a blank."""
    return bool(str(plain(row.get("what")) or "").strip())


def _attendance(row: Mapping[Any, Any], look: float | None) -> Attendance:
    possible, attended = int(row["possible"]), int(row["attended"])
    return Attendance(
        possible=possible,
        attended=attended,
        authorised=int(row["authorised"]),
        unauthorised=int(row["unauthorised"]),
        late=int(row["late"]),
        early=bool(row["too_early"]) or not possible,
        persistent=bool(row["persistent"]),
        severe=bool(row["severe"]),
        below=look is not None and possible > 0 and 100 * attended < look * possible,
    )
