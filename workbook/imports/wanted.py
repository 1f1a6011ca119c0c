"""A row that a sheet should have, before it is known whether it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.model import Column, Kind, Value

BLANK = "blank"


def said_of_all(column: Column) -> bool:
    """Whether one answer may say what a column holds on new rows of which the file says nothing."""
    return column.required and not column.refers and (bool(column.choices) or column.kind is Kind.YES_NO)


@dataclass
class Wanted:
    """A row that a sheet should have: its values by key, the row of the file it comes from, keys a blank may clear
    (``wipes``), keys that fill a blank cell only (``gentle``), what stands on a ``new`` row that says nothing.

    ``reason`` says why it cannot be taken, where that is known already; ``asks`` what answers may mend. ``named`` is
    the learner's name as the file writes it; ``about_learner`` that the reason is who the row is about.
    """

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    wipes: frozenset[str] = frozenset()
    reason: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    named: str = ""
    about_learner: bool = False
    gentle: frozenset[str] = frozenset()
    new: Mapping[str, Value] = field(default_factory=dict)
