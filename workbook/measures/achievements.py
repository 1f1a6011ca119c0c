"""Achievements: which still wait to be celebrated."""

from __future__ import annotations

from datetime import date

from workbook.measures.learners import word
from workbook.model import Value
from workbook.model.excel import fold
from workbook.model.tracker import as_date


def is_to_celebrate(when: Value, celebrated: Value, on: date, since: date = date.min) -> bool:
    """Whether an achievement up to a day has not been celebrated yet: Celebrated is anything but Yes.

    One from before `since`, the first day of the year, is another year's.
    """
    day = as_date(when)
    return (day is None or since <= day <= on) and fold(word(celebrated)) != "yes"
