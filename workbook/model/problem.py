"""What can be wrong: a problem in a cell, and a job that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something to mend, at a cell: what is there, what is wrong in a mentor's words, how to mend it.

    ``cell`` is an address such as ``C17``, or empty where a whole sheet is meant. ``suggestion`` is the value that
    was likely meant, where one is clear.
    """

    sheet: str
    cell: str
    code: str
    value: Any
    message: str
    fix: str
    suggestion: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The problem by column, as commands print it."""
        return dict(vars(self))


class CannotDo(Exception):
    """The job cannot be done; the text is one plain sentence that says why and what to do (exit code 2)."""
