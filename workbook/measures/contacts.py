"""Contacts: which of them tell of this year so far.

A contact counts on its day and after, within its academic year: one of the year before was with another class, one
dated later is still to come or mistyped. The same as formulas: `workbook.model.questions.CONTACT_COUNTS`.
"""

from __future__ import annotations

from datetime import date

from workbook.model import Value
from workbook.model.tracker import as_date


def contact_day(value: Value, year: tuple[date, date], on: date) -> date | None:
    """The day of a contact that counts up to a day; None for one of another year, a later one or one without a day."""
    day = as_date(value)
    return day if day and year[0] <= day <= on else None
