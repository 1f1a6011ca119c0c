"""A row that a sheet should have, before it is known whether it may."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.model import Value

SEND_BLANK = ("Send reports", "blank")
"""What is asked of new contacts in a file that does not say whether they get reports."""


@dataclass
class Wanted:
    """A row that a sheet should have: its values by key, the row of the file it comes from, keys a blank may clear
    (``wipes``), keys that fill a blank cell only (``gentle``).

    ``reason`` says why it cannot be taken, where that is known already; ``ask`` what an answer may mend. ``named`` is
    the learner's name as the file writes it; ``about_learner`` that the reason is who the row is about.
    """

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    wipes: frozenset[str] = frozenset()
    reason: str = ""
    ask: tuple[str, str] | None = None
    named: str = ""
    about_learner: bool = False
    gentle: frozenset[str] = frozenset()
