"""Next steps: who is undecided, who has an offer, who was declined; each answered here once."""

from __future__ import annotations

from workbook.measures.learners import word
from workbook.model import Value
from workbook.model.excel import fold


def is_undecided(wish: Value) -> bool:
    """Whether nothing is decided: the intended destination is blank or Undecided."""
    return fold(word(wish)) in ("", "undecided")


def has_offer(offer: Value) -> bool:
    """Whether an offer has come back that can be accepted, conditional or not."""
    return fold(word(offer)) not in ("", "none yet", "declined")


def was_declined(offer: Value) -> bool:
    """Whether the application was turned down."""
    return fold(word(offer)) == "declined"
