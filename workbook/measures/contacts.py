"""Contacts: which of them tell of this year so far.

A contact counts on its day and after, within its academic year: one of the year before was with another class, one
dated later is still to come or mistyped. The same as formulas: `workbook.model.questions.CONTACT_COUNTS`.
"""

from __future__ import annotations

from datetime import date

from workbook.model import Tracker, Value
from workbook.model.tracker import as_date

UNRECORDED = "No contacts are recorded yet this year, so nothing here tells who was spoken to."
"""Said once where nobody has recorded a contact: no data is not "spoken to nobody"."""


def contact_day(value: Value, year: tuple[date, date], on: date) -> date | None:
    """The day of a contact that counts up to a day; None for one of another year, a later one or one without a day."""
    day = as_date(value)
    return day if day and year[0] <= day <= on else None


def recorded_since(tracker: Tracker, on: date) -> date | None:
    """The day of the first contact of anybody this year, of those that count up to a day; None where there is none."""
    days = (contact_day(value, tracker.year, on) for value in tracker["Contacts"]["date"])
    return min((day for day in days if day), default=None)
