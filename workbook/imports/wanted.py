"""A row that a sheet should have, before it is known whether it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.model import Value

BLANK = "blank"
SAID_OF_ALL = {("Parents", "relation"), ("Parents", "parental_responsibility"), ("Parents", "send_reports")}
"""The columns, by table and key, of which one answer may say what stands on new rows where the file says nothing."""


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
