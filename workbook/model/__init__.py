"""What a tracker is, declared once: the sheets, their columns, scales, codes, terms, settings and flag rules."""

from __future__ import annotations

from workbook.model.problem import CannotDo, Problem
from workbook.model.sheets import SHEETS, sheet
from workbook.model.tracker import Table, Tracker
from workbook.model.vocabulary import Audience, CellError, Column, Group, Kind, Sheet, Value, key_of

__all__ = [
    "SHEETS",
    "Audience",
    "CannotDo",
    "CellError",
    "Column",
    "Group",
    "Kind",
    "Problem",
    "Sheet",
    "Table",
    "Tracker",
    "Value",
    "key_of",
    "sheet",
]
