"""What the tracker says, as the command line and the add-in's sheets say it: the same rows by the same functions."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.web.door.opened import current, day_of
from workbook.checks import check as find
from workbook.measures.attendance import told_attendance
from workbook.measures.flag_list import flag_list_of
from workbook.measures.progress import told_progress
from workbook.measures.week import week_of

Answer = dict[str, Any]


def check(on: str | None = None) -> Answer:
    """Problems, as ``check --json`` gives them."""
    one, day = current(), date.fromisoformat(on) if on else None
    return _told(day, one.once(("check", day), lambda: [problem.as_row() for problem in find(one.tracker, day)]))


def flags(on: str | None = None) -> Answer:
    """Flags, as ``flags --json`` gives them."""
    one, day = current(), day_of(on)
    return _told(day, one.once(("flags", day), lambda: [flag.as_row() for flag in flag_list_of(one.found(day)).flags]))


def week(on: str, mentor: str | None = None) -> Answer:
    """What is due, as ``week --json`` gives it; the page says which day it is."""
    one, day = current(), date.fromisoformat(on)
    return _told(day, one.once(("week", day, mentor), lambda: [it.as_row() for it in week_of(one.found(day), mentor)]))


def progress(on: str | None = None) -> Answer:
    """Progress, as ``progress --json`` gives it."""
    one, day = current(), day_of(on)
    return _told(day, one.once(("progress", day), lambda: told_progress(one.snapshot(day))))


def attendance(on: str | None = None) -> Answer:
    """Attendance, as ``attendance --json`` gives it."""
    one, day = current(), day_of(on)
    return _told(day, one.once(("attendance", day), lambda: told_attendance(one.snapshot(day))))


def listed(name: str, on: str | None = None) -> Answer:
    """The rows of the sheet Head of Year or Celebration with their headings, as the add-in writes them."""
    from workbook.building.views.written_rows import LISTS

    one, day = current(), day_of(on)
    rows = one.once((name, day), lambda: LISTS[name].rows(one.found(day)))
    headings = [heading.header for heading in LISTS[name].headings]
    return {"data": {"on": day, "headings": headings, "rows": rows}}


def _told(on: date | None, rows: list[dict[str, Any]]) -> Answer:
    return {"data": {"on": on, "rows": rows}}


DEEDS = {
    "check": check,
    "flags": flags,
    "week": week,
    "progress": progress,
    "attendance": attendance,
    "listed": listed,
}
